#!/bin/sh
# SPDX-License-Identifier: MIT
# words.sh FILE.po [LANGUAGE]: writes a message catalogue to stdout as JSON, with
# the names of countries from iso-codes where that is installed.
set -eu

codes=/usr/share/iso-codes/json/iso_3166-1.json
names=/usr/share/locale/${2:-none}/LC_MESSAGES/iso_3166-1.mo

entries() { # "key<TAB>text" lines of .po on stdin, one-line entries alone
	sed -n '
		s/^msgid "\(.*\)"$/\1/
		t keep
		s/^msgstr "\(.*\)"$/\1/
		t pair
		b
		:keep
		h
		b
		:pair
		H
		x
		s/\n/	/
		/^	/!p
	'
}

# "country.DE<TAB>Germany": the common name where there is one, in the language if known.
countries() {
	[ -r "$codes" ] || return 0
	if [ -r "$names" ] && command -v msgunfmt >/dev/null; then
		msgunfmt --no-wrap "$names" | entries
	fi | awk -F'\t' '
		FNR == NR && FILENAME == "-" { known[$1] = $2; next }
		{ split($0, part, "\"") }
		part[2] == "alpha_2" { code = part[4] }
		part[2] == "common_name" { common = part[4] }
		part[2] == "name" { name = part[4] }
		/^ *\}/ && code {
			text = (common ? common : name)
			if (text in known) text = known[text]
			else if (name in known) text = known[name]
			print "country." code "\t" text
			code = common = name = ""
		}' - "$codes"
}

# What the catalogue says of its own stands last and wins.
{ countries; entries <"$1"; } | awk -F'\t' '
	BEGIN { printf "{" }
	{ printf("%s\n\"%s\":\"%s\"", (NR > 1 ? "," : ""), $1, $2) }
	END { print "\n}" }'
