#!/bin/sh
# SPDX-License-Identifier: MIT
# Draws every notice of tests/fixtures/label in every size, to be looked at.
# usage: tools/gallery.sh STATIONCTL FOLDER
set -eu
ctl=$1
out=$2
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$out"

draw() { # draw NOTICE SIZE DPI CAPTIONS
	name=$(basename "$1" .json)
	"$ctl" label render --notice "$1" --weight-g 2345.678 --format png --size "$2" --dpi "$3" \
		--captions "$4" --date 2026-11-21 --copy 1 > "$out/$name-$2-$3.png"
	printf '<figure><img src="%s" alt=""><figcaption>%s, %s mm, %s dpi</figcaption></figure>\n' \
		"$name-$2-$3.png" "$name" "$2" "$3" >> "$out/index.html"
}

cat > "$out/index.html" <<-'END'
	<!doctype html><meta charset="utf-8"><title>Labels</title>
	<style>body{background:#888;font:14px sans-serif}figure{display:inline-block;margin:12px;
	vertical-align:top}img{display:block}figcaption{background:#fff;padding:4px}</style>
END
for notice in "$here"/tests/fixtures/label/*.json; do
	captions=en+fr
	case $(basename "$notice") in 07-* | 12-*) captions=en+fr+zh ;; esac
	for size in 100x150 100x100 74x105; do
		draw "$notice" "$size" 203 "$captions"
	done
	draw "$notice" 100x150 300 "$captions"
done
echo "$out/index.html"
