/* SPDX-License-Identifier: MIT */
#include "pin.h"

#include <crypt.h>
#include <string.h>

bool pin_hash(const char *pin, char *secret, size_t size)
{
	char salt[CRYPT_GENSALT_OUTPUT_SIZE];
	struct crypt_data data = { 0 };
	const char *hash;

	if (strlen(pin) < 4 || !crypt_gensalt_rn("$y$", 0, NULL, 0, salt, sizeof(salt)))
		return false;
	hash = crypt_r(pin, salt, &data);
	if (!hash || strlen(hash) >= size)
		return false;
	memcpy(secret, hash, strlen(hash) + 1);
	return true;
}
