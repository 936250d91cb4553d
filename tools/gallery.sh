#!/bin/sh
# SPDX-License-Identifier: MIT
# Draws every notice of tests/fixtures/label in every size, to be looked at; of one that
# the lint holds, what it says.
# usage: tools/gallery.sh STATIONCTL FOLDER
set -eu
ctl=$1
out=$2
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$out"
rm -f "$out"/*.png

draw() { # draw NOTICE SIZE DPI CAPTIONS
	name=$(basename "$1" .json)
	"$ctl" label render --notice "$1" --weight-g 2345.678 --format png --size "$2" --dpi "$3" \
		--captions "$4" --date 2026-11-21 --copy 1 > "$out/$name-$2-$3.png"
	printf '<figure><img src="%s" alt=""><figcaption>%s, %s mm, %s dpi</figcaption></figure>\n' \
		"$name-$2-$3.png" "$name" "$2" "$3" >> "$out/index.html"
}

draw_all() { # draw_all NOTICE
	captions=en+fr
	case $(basename "$1") in 07-* | 12-*) captions=en+fr+zh ;; esac
	for size in 100x150 100x100 74x105; do
		draw "$1" "$size" 203 "$captions"
		draw "$1" "$size" 300 "$captions"
	done
}

cat > "$out/index.html" <<-'END'
	<!doctype html><meta charset="utf-8"><title>Labels</title>
	<style>body{background:#888;font:14px sans-serif}figure{display:inline-block;margin:12px;
	vertical-align:top}img{display:block}figcaption,pre{background:#fff;padding:4px}</style>
END
for notice in "$here"/tests/fixtures/label/*.json; do
	if findings=$("$ctl" label check --notice "$notice"); then
		draw_all "$notice"
	else
		printf '<figure><pre>%s\n</pre><figcaption>%s: held, no label</figcaption></figure>\n' \
			"$findings" "$(basename "$notice" .json)" >> "$out/index.html"
	fi
done
echo "$out/index.html"
