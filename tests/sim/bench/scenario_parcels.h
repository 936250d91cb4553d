/* SPDX-License-Identifier: MIT */
/*
 * scenario_parcels.h - many real parcels, some packed wrongly, counted
 *
 * Packs the notices of a file one after the other with a packer who errs now and
 * then, on goods with true weights of their own, and counts what the station
 * caught, missed and wrongly stopped.
 */
#ifndef TESTS_SIM_BENCH_SCENARIO_PARCELS_H
#define TESTS_SIM_BENCH_SCENARIO_PARCELS_H

#include <stdbool.h>
#include <stdint.h>

#include "packer.h"

struct parcels_plan {
	const char *notices;   /* JSON Lines */
	const char *catalogue; /* CSV */
	const char *rules;     /* folder, NULL: nothing is linted */
	const char *labels;    /* folder for PNG files, NULL: none are kept */
	unsigned count;
	double faults;       /* share of parcels packed wrongly */
	unsigned look_every; /* decode every n-th label; 0: none */
	uint64_t seed;
	unsigned pieces_most; /* notices with more pieces are left lying; 0: none */
	int64_t hand_us;      /* time of one movement; 0: the packer's own */
	unsigned seconds;     /* after so long no further parcel is begun; 0: no limit */
	bool talk;            /* a line a parcel */
};

struct parcels_tally {
	unsigned notices, parcels, refused;
	unsigned complete;     /* packed rightly and not stopped */
	unsigned false_alarms; /* packed rightly and stopped */
	unsigned short_made, short_caught, short_missed;
	unsigned over_made, over_caught, over_missed;
	unsigned missed_provable;      /* missing piece over seven spreads, and yet a label */
	unsigned labels, labels_wrong; /* wrong: not exactly one a parcel */
	unsigned looked,
		unreadable; /* labels decoded, and those whose codes were not what they should be */
	unsigned item_scans, held, lost;
	bool verified;
	double cpu_s;   /* of packing, without setting up */
	double world_s; /* of that, the printer model and whoever reads its labels */
	double virtual_s;
};

/* "--parcels" "40" and alike, as shift and simd take them; false: it is none of the plan's. */
bool parcels_take_option(struct parcels_plan *plan, const char *name, const char *value);

/* Packs the notices of the plan in any world; false when the file cannot be read. */
bool parcels_pack(const struct parcels_plan *plan, struct packer_world *world, struct goods *goods,
                  struct parcels_tally *tally);

/* The same on a simulated bench made for it, in virtual time. */
bool parcels_run(const struct parcels_plan *plan, struct parcels_tally *ret_tally);

void parcels_print(const struct parcels_tally *tally);

#endif /* TESTS_SIM_BENCH_SCENARIO_PARCELS_H */
