/* SPDX-License-Identifier: MIT */
#include "web_reason.h"

#include <string.h>

/* clang-format off */
const struct web_reason web_reasons[] = {
	/* what      name                note */
	{ "allow",  "counted",           false },
	{ "allow",  "other-packaging",   false },
	{ "allow",  "catalogue-weight",  false },
	{ "allow",  "replaced",          true  },
	{ "allow",  "part-agreed",       true  },
	{ "allow",  "customs-checked",   true  },
	{ "allow",  "other-allow",       true  },
	{ "again",  "disturbed",         false },
	{ "again",  "repacked",          false },
	{ "refuse", "goods-missing",     false },
	{ "refuse", "wrong-goods",       false },
	{ "refuse", "damaged",           false },
	{ "refuse", "order-stopped",     false },
	{ "refuse", "other-refuse",      true  },
	{ "lint",   "value-is-real",     true  },
	{ "lint",   "papers-seen",       true  },
	{ "lint",   "rule-does-not-fit", true  },
	{ "weight", "learnt-agrees",     false },
	{ "weight", "weighed-by-hand",   false },
	{ "weight", "new-delivery",      false },
	{ "weight", "learnt-wrong",      true  },
};
/* clang-format on */

const size_t web_reason_count = sizeof(web_reasons) / sizeof(web_reasons[0]);

const struct web_reason *web_reason_find(const char *what, const char *name)
{
	for (size_t i = 0; i < web_reason_count; i++)
		if (strcmp(web_reasons[i].what, what) == 0 &&
		    strcmp(web_reasons[i].name, name) == 0)
			return &web_reasons[i];
	return NULL;
}

/* Blanks say nothing; a character of any script counts as one. */
bool web_reason_has_note(const struct web_reason *reason, const char *note)
{
	size_t said = 0;

	for (const char *at = note; *at; at++)
		said += (unsigned char)*at > ' ' && ((unsigned char)*at & 0xC0) != 0x80;
	return !reason->note || said >= WEB_NOTE_MIN;
}
