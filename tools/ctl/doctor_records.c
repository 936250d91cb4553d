/* SPDX-License-Identifier: MIT */
/* The disk under the database, and what is in it. */
#include "doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statfs.h>
#include <time.h>
#include <unistd.h>

#include "inbox.h"
#include "journal.h"

#define MIB          (1024 * 1024)
#define FREE_LEAST   ((uint64_t)200 * MIB)
#define FREE_NICE    ((uint64_t)1024 * MIB)
#define SYNCS        9
#define SYNC_SLOW_US 50000

/* linux/magic.h lacks the first two. */
#define NFS_MAGIC  0x6969
#define CIFS_MAGIC 0xFF534D42
#define FUSE_MAGIC 0x65735546

static const struct {
	uint32_t magic;
	const char *words;
} unfit[] = {
	{ NFS_MAGIC, "lies on NFS, whose locks a database cannot trust" },
	{ CIFS_MAGIC, "lies on a Windows share, whose locks a database cannot trust" },
	{ SMB2_SUPER_MAGIC, "lies on a Windows share, whose locks a database cannot trust" },
	{ FUSE_MAGIC, "lies on FUSE: does it keep what was synced?" },
	{ TMPFS_MAGIC, "lies in memory: every record is gone with the power" },
	{ RAMFS_MAGIC, "lies in memory: every record is gone with the power" },
};

static const char *find_unfit(const struct statfs *disk)
{
	for (size_t i = 0; i < sizeof(unfit) / sizeof(unfit[0]); i++)
		if ((uint32_t)disk->f_type == unfit[i].magic)
			return unfit[i].words;
	return NULL;
}

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* How long until a page is safe, the median of a few; -1: it never was. */
static int64_t time_syncs(int fd)
{
	static const char page[4096];
	int64_t took_us[SYNCS];

	for (int i = 0; i < SYNCS; i++) {
		int64_t began_us = now_us();

		if (write(fd, page, sizeof(page)) != (ssize_t)sizeof(page) || fdatasync(fd) != 0)
			return -1;
		took_us[i] = now_us() - began_us;
	}
	qsort(took_us, SYNCS, sizeof(took_us[0]), compare);
	return took_us[SYNCS / 2];
}

static int64_t probe(const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	int64_t took_us = fd >= 0 ? time_syncs(fd) : -1;

	if (fd >= 0)
		close(fd);
	return took_us;
}

static void say_disk(struct doctor *doctor, const char *folder, const struct statfs *disk)
{
	uint64_t left = (uint64_t)disk->f_bavail * (uint64_t)disk->f_bsize;
	int64_t sync_us = probe(folder);
	const char *wrong = find_unfit(disk);

	if (wrong)
		doctor_say(doctor, DOCTOR_BAD, "disk",
		           "take a folder on the board's own disk for [bench] database", "%s %s",
		           folder, wrong);
	else if (left < FREE_NICE)
		doctor_say(doctor, left < FREE_LEAST ? DOCTOR_BAD : DOCTOR_NOTE, "disk",
		           "make room: the bench stops before it would lose a record",
		           "%" PRIu64 " MiB are left in %s", left / MIB, folder);
	else if (sync_us > SYNC_SLOW_US)
		doctor_say(doctor, DOCTOR_NOTE, "disk",
		           "another card (A2) or an SSD makes every scan quicker",
		           "a record is safe only after %" PRId64 " ms", sync_us / 1000);
	else if (sync_us < 0)
		doctor_say(doctor, DOCTOR_GOOD, "disk", NULL, "%" PRIu64 " MiB free in %s",
		           left / MIB, folder);
	else
		doctor_say(doctor, DOCTOR_GOOD, "disk", NULL,
		           "%" PRIu64 " MiB free in %s; a record is safe after %" PRId64 ".%" PRId64
		           " ms",
		           left / MIB, folder, sync_us / 1000, sync_us % 1000 / 100);
}

void doctor_look_at_disk(struct doctor *doctor)
{
	char path[CONFIG_TEXT], remedy[CONFIG_TEXT + 64];
	const char *folder;
	struct statfs disk;

	snprintf(path, sizeof(path), "%s", doctor->config->bench.database);
	folder = dirname(path);
	snprintf(remedy, sizeof(remedy), "install -d -o %s %s", doctor_user(), folder);
	if (access(folder, F_OK) != 0)
		doctor_say(doctor, DOCTOR_BAD, "disk", remedy, "the folder %s is not there",
		           folder);
	else if (access(folder, W_OK | X_OK) != 0)
		doctor_say(doctor, DOCTOR_BAD, "disk", remedy, "%s may not write in %s",
		           doctor_user(), folder);
	else if (statfs(folder, &disk) != 0)
		doctor_say(doctor, DOCTOR_BAD, "disk", "is it mounted?", "%s: %s", folder,
		           strerror(errno));
	else
		say_disk(doctor, folder, &disk);
}

/* ---- What is in the database -------------------------------------------------------------- */

struct crowd {
	unsigned packers, supervisors, without_pin;
};

static void count_person(void *context, const struct person *person)
{
	struct crowd *crowd = context;

	crowd->packers += !person->supervisor;
	crowd->supervisors += person->supervisor;
	crowd->without_pin += person->supervisor && !person->secret[0];
}

static void look_at_people(struct doctor *doctor, struct store *store)
{
	struct crowd crowd = { 0 };

	if (inbox_each_person(store, count_person, &crowd) != HAL_OK)
		return; /* the journal's finding says that the file is broken */
	if (crowd.packers + crowd.supervisors == 0)
		doctor_say(doctor, DOCTOR_BAD, "people",
		           "stationctl person add packer-01 'NAME'; "
		           "stationctl sheet badges > badges.pdf",
		           "nobody can sign in");
	else if (crowd.supervisors == crowd.without_pin)
		doctor_say(doctor, DOCTOR_NOTE, "people",
		           "stationctl person add supervisor-1 'NAME' --supervisor --pin-stdin",
		           "no supervisor with a PIN: a held parcel stays held");
	else
		doctor_say(doctor, DOCTOR_GOOD, "people", NULL, "%u packers, %u supervisors",
		           crowd.packers, crowd.supervisors);
}

static void count_entry(void *context, const struct catalogue_entry *entry)
{
	(void)entry;
	++*(unsigned *)context;
}

static void look_at_catalogue(struct doctor *doctor, struct store *store)
{
	unsigned count = 0;

	if (inbox_each_entry(store, count_entry, &count) != HAL_OK)
		return;
	if (count == 0)
		doctor_say(doctor, DOCTOR_NOTE, "catalogue",
		           "stationctl import --catalogue catalogue.csv",
		           "empty: no weight is expected of any parcel");
	else
		doctor_say(doctor, DOCTOR_GOOD, "catalogue", NULL, "%u SKUs and packagings", count);
}

static void look_at_journal(struct doctor *doctor, struct store *store)
{
	struct hal_fault fault = { "" };
	struct journal_check check;

	if (journal_verify(store, NULL, 0, &check, &fault) == HAL_OK)
		doctor_say(doctor, DOCTOR_GOOD, "journal", NULL, "%" PRId64 " records, unbroken",
		           check.records);
	else
		doctor_say(doctor, DOCTOR_BAD, "journal",
		           "keep this file as it is; bring a backup back with 'stationctl restore'",
		           "broken at %s", fault.text);
}

void doctor_look_at_records(struct doctor *doctor)
{
	const char *path = doctor->config->bench.database;
	struct hal_fault fault = { "" };
	struct store *store;

	if (access(path, F_OK) != 0) {
		doctor_say(doctor, DOCTOR_NOTE, "journal",
		           "the first start makes it; then bring in people and the catalogue",
		           "%s is not there yet", path);
		return;
	}
	if (store_open_reading(path, &store, &fault) != HAL_OK) {
		doctor_say(doctor, DOCTOR_BAD, "journal",
		           "whose file is it? the station's user must be able to read and write it",
		           "%s", fault.text);
		return;
	}
	look_at_journal(doctor, store);
	look_at_people(doctor, store);
	look_at_catalogue(doctor, store);
	store_close(store);
}
