/* SPDX-License-Identifier: MIT */
/*
 * label_world.h - the label of one parcel or of one bag, and all that can happen to it
 *
 * The production machine closed with a small world: a printer that holds what it
 * was given and prints it when it likes, a cable, a roll, a database, a queue of
 * events, a power switch, and a packer who tells the truth about what he sees.
 * world_moves() calls back with every world that may come next.  Misfortunes are
 * paid from .luck, so that the worlds are finitely many.
 *
 * The station's part (what waits for the printer's link) is told here in a few
 * lines after station_label.c and station_devices.c.
 *
 * Ownership:  values; machines are numbered and kept in one table.
 * Threads:    one.
 */
#ifndef TESTS_UNIT_LABEL_WORLD_H
#define TESTS_UNIT_LABEL_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "machine.h"

#define WORLD_COPIES  8
#define WORLD_EVENTS  3
#define WORLD_BUFFER  3
#define WORLD_MINDS   16384
#define WORLD_MACHINE 4096

enum world_job {
	JOB_NONE,    /* the driver has none in hand */
	JOB_SENDING, /* taken, nothing known of its bytes */
	JOB_SENT,
};

struct world_event {
	uint8_t kind;
	uint8_t arg; /* copy of a mark; proven */
};

/* Bytes alone: two worlds are one when their bytes are. */
struct world {
	uint16_t live, saved; /* machines, by number */
	uint8_t committing;   /* the step is made and not yet durable */
	struct world_event queue[WORLD_EVENTS];
	uint8_t queued;
	uint8_t luck;
	/* The database and the table of the bench. */
	uint8_t label[WORLD_COPIES]; /* enum machine_copy of each copy ever recorded */
	uint8_t paper[WORLD_COPIES]; /* good papers of each copy */
	uint8_t saw_none;            /* the packer looked, and there was none */
	uint8_t bag_closed;
	/* The printer. */
	uint8_t buffer[WORLD_BUFFER];
	uint8_t buffered;
	uint8_t paper_out, link;
	/* Driver and station. */
	uint8_t job, job_copy;
	uint8_t rendering, fetching, picking, closing, clearing;
	uint8_t print_waits, clear_waits, cycle_asked, went_down;
};

/* Which printer, and how the bench is set. */
struct world_setup {
	bool tells, confirm_always;
	bool bag; /* a bag's label, not a parcel's */
	uint8_t luck;
};

struct world_sink {
	/* A world that may come next, and what happened. */
	void (*next)(void *owner, const struct world *world, const char *how);
	/* Something that must never happen did. */
	void (*broken)(void *owner, const struct world *world, const char *what);
	void *owner;
};

void world_begin(const struct world_setup *setup, struct world *ret_world);
void world_moves(const struct world *world, const struct world_sink *sink);
const struct machine *world_machine(const struct world *world);

/* Good papers on the table that are not voided. */
unsigned world_live_papers(const struct world *world);
/* Printed, confirmed, and the bench is free. */
bool world_is_done(const struct world *world);

#endif /* TESTS_UNIT_LABEL_WORLD_H */
