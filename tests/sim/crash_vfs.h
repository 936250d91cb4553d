/* SPDX-License-Identifier: MIT */
/*
 * crash_vfs.h - a disk that forgets what was never synced
 *
 * A layer over SQLite's own files: what programs see is in the file, what would
 * survive a power cut is remembered beside it.  A sync makes the one the other.
 * At the n-th write, sync, truncation or deletion the power goes: everything
 * fails from then on, until crash_vfs_reboot() writes back what survived.  Of
 * what was written and not synced a cut keeps any sectors, in any order, as
 * disks do; a seed decides which.
 *
 * Ownership:  registered as the default VFS until crash_vfs_finish().
 * Threads:    one.
 */
#ifndef TESTS_SIM_CRASH_VFS_H
#define TESTS_SIM_CRASH_VFS_H

#include <stdbool.h>

void crash_vfs_init(void);
void crash_vfs_finish(void);

/* Forgets every file, as a new card would. */
void crash_vfs_format(void);

/* Power goes at the n-th operation from now; 0: never. */
void crash_vfs_cut_after(long operations);
bool crash_vfs_is_cut(void);

/* Operations so far, and how many of them were syncs. */
long crash_vfs_operations(void);
long crash_vfs_syncs(void);

/* The power is back; every connection must be closed before. */
void crash_vfs_reboot(unsigned seed);

/* The disk is full from now on: no file grows. */
void crash_vfs_fill(bool full);

/* Every sync fails from now on, but the machine lives. */
void crash_vfs_fail_syncs(bool fail);

#endif /* TESTS_SIM_CRASH_VFS_H */
