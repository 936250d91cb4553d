#!/bin/sh
# SPDX-License-Identifier: MIT
# run-tests.sh BUILD PROGRAM...: runs cmocka programs, shows what failed, and
# ends with the plain line that counts tests.
set -u
build=$1
shift
mkdir -p "$build/logs"
passed=0
failed=0
skipped=0

count() { # count PATTERN LOG
	sed -n "s/.*\[  $1 *\] \([a-z0-9_ -]*: \)\{0,1\}\([0-9][0-9]*\) test(s).*/\2/p" "$2" |
		awk '{ n += $1 } END { print n + 0 }'
}

for program in "$@"; do
	name=$(basename "$program")
	log="$build/logs/$name.log"
	timeout 600 "$program" >"$log" 2>&1
	code=$?
	p=$(count PASSED "$log")
	f=$(count FAILED "$log")
	s=$(count SKIPPED "$log")
	if [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; then
		f=1 # it crashed, or leaked: cmocka counted nothing
	fi
	if [ "$code" -ne 0 ]; then
		echo "FAILED $name (exit $code)"
		grep -vE '^\[ +(RUN|OK) +\]' "$log" | tail -40 | sed 's/^/    /'
	else
		echo "ok     $name ($p)"
	fi
	passed=$((passed + p))
	failed=$((failed + f))
	skipped=$((skipped + s))
done
if [ "$skipped" -gt 0 ]; then
	echo "$passed passed, $failed failed, $skipped skipped"
else
	echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
