#!/bin/sh
# SPDX-License-Identifier: MIT
# init.sh: the first process of the bench kernel.  Sets up what a Debian system
# would, starts udevd, runs what the host left as "run" in its folder $BENCH_OUT,
# leaves its output ("log") and exit code ("code") there, and switches off.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/run TMPDIR=/run/tmp LANG=C.UTF-8
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev 2>/dev/null
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
# Nothing else is covered: the tree under test may lie anywhere.
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /dev/shm
mkdir -p /run/tmp /run/out /run/udev/rules.d
mount -t configfs configfs /sys/kernel/config
mount -t debugfs debugfs /sys/kernel/debug
# Kernels from 6.10 on want the folder by name, older ones take all that is said for a path.
mount -t hostfs -o "hostfs=$BENCH_OUT" none /run/out 2>/dev/null ||
	mount -t hostfs -o "$BENCH_OUT" none /run/out
exec </dev/null >/run/out/log 2>&1

BENCH_TREE=$(cd "$(dirname "$0")/../.." && pwd)
export BENCH_TREE
ip link set lo up
cp "$BENCH_TREE"/config/*.rules /run/udev/rules.d/ 2>/dev/null
/lib/systemd/systemd-udevd --daemon 2>/dev/null && udevadm settle

cd /run/tmp || exit
sh /run/out/run
echo $? >/run/out/code
sync
poweroff -ff 2>/dev/null || echo o >/proc/sysrq-trigger
