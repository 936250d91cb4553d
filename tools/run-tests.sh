#!/bin/sh
# SPDX-License-Identifier: MIT
# run-tests.sh BUILD PROGRAM...: runs cmocka programs, JOBS at a time, shows what failed,
# and ends with the plain line that counts tests.  What they print is in BUILD/logs.
set -u

count() { # count WORD LOG: of cmocka's sums
	sed -n "s/.*\[  $1 *\] \([a-z0-9_ -]*: \)\{0,1\}\([0-9][0-9]*\) test(s).*/\2/p" "$2" |
		awk '{ n += $1 } END { print n + 0 }'
}

run_one() { # run_one BUILD PROGRAM
	name=$(basename "$2")
	log="$1/logs/$name.log"
	timeout 600 "$2" >"$log" 2>&1
	code=$?
	p=$(count PASSED "$log")
	f=$(count FAILED "$log")
	if [ "$code" -eq 0 ]; then
		echo "ok     $name ($p)"
	else
		[ "$f" -gt 0 ] || f=1 # it crashed, or leaked: cmocka counted nothing
		printf '%s\n' "FAILED $name (exit $code)
$(grep -vE '^\[ +(RUN|OK) +\]' "$log" | tail -40 | sed 's/^/    /')"
	fi
	echo "$p $f $(count SKIPPED "$log")" >"$log.count"
}

if [ "$1" = --one ]; then
	run_one "$2" "$3"
	exit
fi

build=$1
shift
mkdir -p "$build/logs"
rm -f "$build"/logs/*.log.count
# Half of them wait, for a device or a disk; a disk in memory is waited for less.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
printf '%s\n' "$@" | xargs -P "${JOBS:-$(($(nproc) * 2))}" -n 1 "$0" --one "$build"
cat "$build"/logs/*.log.count | awk -v programs=$# '
	{ passed += $1; failed += $2; skipped += $3 }
	END {
		failed += programs - NR
		printf("%d passed, %d failed%s\n", passed, failed, skipped ? ", " skipped " skipped" : "")
		exit failed > 0
	}'
