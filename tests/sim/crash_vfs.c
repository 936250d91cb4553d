/* SPDX-License-Identifier: MIT */
#include "crash_vfs.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#define FILES  8
#define SECTOR 512

/* One write that no sync has covered yet. */
struct pending {
	struct pending *next;
	sqlite3_int64 at;
	int len;
	unsigned char bytes[];
};

/* A file as a power cut would leave it. */
struct platter {
	char path[512];
	unsigned char *bytes;
	sqlite3_int64 size, room;
	struct pending *first, **last;
	bool synced; /* at least once: its name survives */
};

struct layered {
	sqlite3_file base;
	struct platter *platter; /* NULL: temporary, of no interest */
	sqlite3_file *real;
};

static struct {
	sqlite3_vfs vfs;
	sqlite3_vfs *below;
	struct platter platters[FILES];
	long operations, syncs, cut_at;
	bool cut, syncs_fail, full;
} disk;

/* ---- Platters -------------------------------------------------------------------------- */

static void drop_pending(struct platter *platter)
{
	while (platter->first) {
		struct pending *pending = platter->first;

		platter->first = pending->next;
		free(pending);
	}
	platter->last = &platter->first;
}

static void forget(struct platter *platter)
{
	drop_pending(platter);
	free(platter->bytes);
	memset(platter, 0, sizeof(*platter));
}

static struct platter *find_platter(const char *path, bool make)
{
	struct platter *empty = NULL;

	for (int i = 0; i < FILES; i++) {
		if (strcmp(disk.platters[i].path, path) == 0)
			return &disk.platters[i];
		if (!disk.platters[i].path[0] && !empty)
			empty = &disk.platters[i];
	}
	if (!make)
		return NULL;
	assert(empty);
	snprintf(empty->path, sizeof(empty->path), "%s", path);
	empty->last = &empty->first;
	return empty;
}

static void put(struct platter *platter, sqlite3_int64 at, const unsigned char *bytes, int len)
{
	if (at + len > platter->room) {
		platter->room = 2 * (at + len);
		platter->bytes = realloc(platter->bytes, (size_t)platter->room);
		assert(platter->bytes);
	}
	if (at + len > platter->size) {
		memset(platter->bytes + platter->size, 0, (size_t)(at + len - platter->size));
		platter->size = at + len;
	}
	memcpy(platter->bytes + at, bytes, (size_t)len);
}

static void apply_all(struct platter *platter)
{
	for (struct pending *p = platter->first; p; p = p->next)
		put(platter, p->at, p->bytes, p->len);
	drop_pending(platter);
}

/* What a cut may leave of a write: any of its sectors. */
static void apply_some(struct platter *platter, unsigned *seed)
{
	for (struct pending *p = platter->first; p; p = p->next)
		for (int from = 0; from < p->len; from += SECTOR) {
			int len = p->len - from < SECTOR ? p->len - from : SECTOR;

			*seed = *seed * 1103515245u + 12345u;
			if (*seed >> 16 & 1)
				put(platter, p->at + from, p->bytes + from, len);
		}
	drop_pending(platter);
}

/* What is there when a file is first met is on the disk. */
static void load(struct platter *platter, sqlite3_file *real)
{
	sqlite3_int64 size;

	if (real->pMethods->xFileSize(real, &size) != SQLITE_OK || size == 0)
		return;
	platter->bytes = malloc((size_t)size);
	assert(platter->bytes);
	if (real->pMethods->xRead(real, platter->bytes, (int)size, 0) != SQLITE_OK)
		abort();
	platter->size = platter->room = size;
	platter->synced = true;
}

/* ---- Operations that count --------------------------------------------------------------- */

/* True when the power is gone, from this operation on. */
static bool gone(void)
{
	disk.operations++;
	if (disk.cut_at && disk.operations >= disk.cut_at)
		disk.cut = true;
	return disk.cut;
}

static struct layered *layered(sqlite3_file *file)
{
	return (struct layered *)file;
}

/* What is there can be written over; nothing grows. */
static bool has_room(sqlite3_file *file, int len, sqlite3_int64 at)
{
	sqlite3_file *real = layered(file)->real;
	sqlite3_int64 size = 0;

	return !disk.full ||
	       (real->pMethods->xFileSize(real, &size) == SQLITE_OK && at + len <= size);
}

static int on_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
	struct platter *platter = layered(file)->platter;
	struct pending *pending;

	if (!has_room(file, len, at))
		return SQLITE_FULL;
	if (!platter)
		return layered(file)->real->pMethods->xWrite(layered(file)->real, bytes, len, at);
	pending = malloc(sizeof(*pending) + (size_t)len);
	assert(pending);
	*pending = (struct pending){ .at = at, .len = len };
	memcpy(pending->bytes, bytes, (size_t)len);
	*platter->last = pending; /* a cut in the middle of this write may keep some of it */
	platter->last = &pending->next;
	if (gone())
		return SQLITE_IOERR_WRITE;
	return layered(file)->real->pMethods->xWrite(layered(file)->real, bytes, len, at);
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct platter *platter = layered(file)->platter;

	if (platter && gone())
		return SQLITE_IOERR_TRUNCATE;
	if (platter) {
		apply_all(platter); /* kept simple: a truncation orders what came before it */
		if (platter->size > size)
			platter->size = size;
	}
	return layered(file)->real->pMethods->xTruncate(layered(file)->real, size);
}

static int on_sync(sqlite3_file *file, int flags)
{
	struct platter *platter = layered(file)->platter;

	(void)flags;
	if (!platter)
		return SQLITE_OK;
	if (gone() || disk.syncs_fail)
		return SQLITE_IOERR_FSYNC;
	disk.syncs++;
	apply_all(platter);
	platter->synced = true;
	return SQLITE_OK;
}

/* ---- Operations passed on ------------------------------------------------------------------ */

static int on_close(sqlite3_file *file)
{
	return layered(file)->real->pMethods->xClose(layered(file)->real);
}

static int on_read(sqlite3_file *file, void *bytes, int len, sqlite3_int64 at)
{
	return layered(file)->real->pMethods->xRead(layered(file)->real, bytes, len, at);
}

static int on_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return layered(file)->real->pMethods->xFileSize(layered(file)->real, size);
}

static int on_lock(sqlite3_file *file, int level)
{
	return layered(file)->real->pMethods->xLock(layered(file)->real, level);
}

static int on_unlock(sqlite3_file *file, int level)
{
	return layered(file)->real->pMethods->xUnlock(layered(file)->real, level);
}

static int on_check(sqlite3_file *file, int *result)
{
	return layered(file)->real->pMethods->xCheckReservedLock(layered(file)->real, result);
}

static int on_control(sqlite3_file *file, int op, void *arg)
{
	return layered(file)->real->pMethods->xFileControl(layered(file)->real, op, arg);
}

static int on_sector(sqlite3_file *file)
{
	(void)file;
	return SECTOR;
}

/* No promise of any kind: neither atomic writes nor safe appends. */
static int on_traits(sqlite3_file *file)
{
	(void)file;
	return 0;
}

static int on_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **where)
{
	return layered(file)->real->pMethods->xShmMap(layered(file)->real, page, size, extend,
	                                              where);
}

static int on_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return layered(file)->real->pMethods->xShmLock(layered(file)->real, offset, n, flags);
}

static void on_shm_barrier(sqlite3_file *file)
{
	layered(file)->real->pMethods->xShmBarrier(layered(file)->real);
}

static int on_shm_unmap(sqlite3_file *file, int erase)
{
	return layered(file)->real->pMethods->xShmUnmap(layered(file)->real, erase);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = on_close,
	.xRead = on_read,
	.xWrite = on_write,
	.xTruncate = on_truncate,
	.xSync = on_sync,
	.xFileSize = on_size,
	.xLock = on_lock,
	.xUnlock = on_unlock,
	.xCheckReservedLock = on_check,
	.xFileControl = on_control,
	.xSectorSize = on_sector,
	.xDeviceCharacteristics = on_traits,
	.xShmMap = on_shm_map,
	.xShmLock = on_shm_lock,
	.xShmBarrier = on_shm_barrier,
	.xShmUnmap = on_shm_unmap,
};

static int on_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out)
{
	struct layered *self = layered(file);
	int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
	int code;

	(void)vfs;
	memset(self, 0, sizeof(*self));
	self->real = (sqlite3_file *)(self + 1);
	code = disk.below->xOpen(disk.below, path, self->real, flags, out);
	if (code != SQLITE_OK)
		return code;
	if (path && (flags & kept)) {
		self->platter = find_platter(path, false);
		if (!self->platter) {
			self->platter = find_platter(path, true);
			load(self->platter, self->real);
		}
	}
	self->base.pMethods = &methods;
	return SQLITE_OK;
}

static int on_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	struct platter *platter = find_platter(path, false);

	(void)vfs;
	if (platter && gone())
		return SQLITE_IOERR_DELETE;
	if (platter)
		forget(platter);
	(void)sync_folder;
	return disk.below->xDelete(disk.below, path, 0);
}

/* ---- The hands ----------------------------------------------------------------------------- */

void crash_vfs_init(void)
{
	memset(&disk, 0, sizeof(disk));
	disk.below = sqlite3_vfs_find(NULL);
	disk.vfs = *disk.below;
	disk.vfs.pNext = NULL;
	disk.vfs.zName = "crash";
	disk.vfs.szOsFile = (int)sizeof(struct layered) + disk.below->szOsFile;
	disk.vfs.xOpen = on_open;
	disk.vfs.xDelete = on_delete;
	sqlite3_vfs_register(&disk.vfs, 1);
}

void crash_vfs_format(void)
{
	for (int i = 0; i < FILES; i++)
		forget(&disk.platters[i]);
}

void crash_vfs_finish(void)
{
	crash_vfs_format();
	sqlite3_vfs_unregister(&disk.vfs);
	sqlite3_vfs_register(disk.below, 1);
}

void crash_vfs_cut_after(long operations)
{
	disk.cut_at = operations ? disk.operations + operations : 0;
}

bool crash_vfs_is_cut(void)
{
	return disk.cut;
}

void crash_vfs_fill(bool full)
{
	disk.full = full;
}

long crash_vfs_operations(void)
{
	return disk.operations;
}

long crash_vfs_syncs(void)
{
	return disk.syncs;
}

void crash_vfs_fail_syncs(bool fail)
{
	disk.syncs_fail = fail;
}

static void write_back(struct platter *platter, unsigned *seed)
{
	char shm[sizeof(platter->path) + 8];
	FILE *file;

	apply_some(platter, seed);
	snprintf(shm, sizeof(shm), "%s-shm", platter->path);
	unlink(shm);
	if (!platter->synced && (*seed >> 17 & 1)) {
		unlink(platter->path);
		forget(platter);
		return;
	}
	file = fopen(platter->path, "w");
	assert(file);
	if (platter->size > 0)
		fwrite(platter->bytes, 1, (size_t)platter->size, file);
	fclose(file);
}

void crash_vfs_reboot(unsigned seed)
{
	for (int i = 0; i < FILES; i++)
		if (disk.platters[i].path[0])
			write_back(&disk.platters[i], &seed);
	disk.cut = false;
	disk.cut_at = 0;
	disk.syncs_fail = false;
}
