#!/bin/sh
# SPDX-License-Identifier: MIT
# run-benches.sh PROGRAM...: runs benches one after the other and sums up which figures
# were over their limit.  A figure counts as over where its line ends in MISSED, and a
# bench that fails without such a line counts as one.
set -u
missed=
met=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

for program in "$@"; do
	name=$(basename "$program")
	printf '\n== %s\n' "$name"
	{ "$program"; echo "exit $?"; } 2>&1 | tee "$log" | sed '/^exit [0-9]*$/d'
	met=$((met + $(grep -c ' ok$' "$log")))
	over=$(grep ' MISSED$' "$log" | sed "s/^ */  $name: /")
	if [ -z "$over" ] && ! tail -1 "$log" | grep -q '^exit 0$'; then
		over="  $name: failed"
	fi
	[ -z "$over" ] || missed="$missed$over
"
done

over=$(printf '%s' "$missed" | grep -c .)
printf '\n%s figures within their limits, %s over\n%s' "$met" "$over" "$missed"
[ "$over" -eq 0 ]
