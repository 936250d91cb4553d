#!/bin/sh
# SPDX-License-Identifier: MIT
# words-table.sh NAME LANGUAGE FILE.po...: writes message catalogues to stdout as one C
# table, sorted by key so that it can be searched by halves.
set -eu

name=$1
language=$2
shift 2

echo '/* SPDX-License-Identifier: MIT */'
echo '#include "words.h"'
echo "const struct words_entry words_${name}[] = {"
cat "$@" | "$(dirname "$0")/words.sh" /dev/stdin "$language" | LC_ALL=C awk '
	/^"/ {
		sub(/,$/, "")
		at = index($0, "\":\"")
		key = substr($0, 2, at - 2)
		text[key] = substr($0, at + 2)
	}
	END { for (key in text) printf("\t{ \"%s\", %s },\n", key, text[key]) }' | LC_ALL=C sort
echo '};'
echo "const size_t words_${name}_count = sizeof(words_${name}) / sizeof(words_${name}[0]);"
