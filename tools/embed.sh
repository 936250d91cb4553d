#!/bin/sh
# SPDX-License-Identifier: MIT
# embed.sh FILE...: writes the C table of the web's assets to stdout.
set -eu

type_of() {
	case $1 in
	*.html) echo 'text/html; charset=utf-8' ;;
	*.css) echo 'text/css; charset=utf-8' ;;
	*.js) echo 'text/javascript; charset=utf-8' ;;
	*.json) echo 'application/json' ;;
	*.svg) echo 'image/svg+xml' ;;
	*) echo 'application/octet-stream' ;;
	esac
}

echo '/* SPDX-License-Identifier: MIT */'
echo '#include "web_assets.h"'
n=0
for file in "$@"; do
	echo "static const uint8_t data_${n}[] = {"
	od -An -v -tu1 "$file" | sed 's/  */,/g; s/^,//; s/$/,/'
	echo '};'
	n=$((n + 1))
done
echo 'const struct web_asset web_assets[] = {'
n=0
for file in "$@"; do
	tag=$(sha256sum "$file" | cut -c1-16)
	echo "	{ \"/$(basename "$file")\", \"$(type_of "$file")\", \"\\\"$tag\\\"\", data_$n, sizeof(data_$n) },"
	n=$((n + 1))
done
echo '};'
echo 'const size_t web_asset_count = sizeof(web_assets) / sizeof(web_assets[0]);'
