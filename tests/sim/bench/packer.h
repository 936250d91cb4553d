/* SPDX-License-Identifier: MIT */
/*
 * packer.h - a packer with hands and eyes, who makes mistakes
 *
 * Packs a notice the way a person does: scans, reads the screen, puts things into
 * a box and the box on the scale, corrects what the screen calls wrong, sticks
 * the label on.  Knows nothing but what the screen shows and what lies before
 * him; what things weigh comes from struct goods.
 */
#ifndef TESTS_SIM_BENCH_PACKER_H
#define TESTS_SIM_BENCH_PACKER_H

#include "goods.h"
#include "paper.h"
#include "view.h"

enum packer_mistake {
	MISTAKE_NONE,
	MISTAKE_MISSING, /* one piece too few */
	MISTAKE_EXTRA,   /* one piece too many */
	MISTAKE_SWAP,    /* another piece instead */
};

struct packer_task {
	const char *number;
	enum packer_mistake mistake;
	const char *sku;       /* of the piece it is about */
	const char *other;     /* SWAP: what lies there instead */
	const char *packaging; /* really used; NULL: as the screen says */
};

struct packer_result {
	bool printed;
	bool refused; /* the notice was not accepted; the screen's word is in why */
	bool held;
	bool lost;        /* the screen asked for something a packer cannot do */
	unsigned parcels; /* finished */
	unsigned weighings;
	unsigned shorts, overs; /* verdicts seen */
	unsigned scans;
	bool caught;      /* the mistake was put right before a label came */
	double spread_mg; /* of the expectation, as the screen drew it */
	char why[224];
	uint32_t first_label, labels; /* on the printer's paper */
};

/* What eyes and hands reach: a bench in virtual time, or one behind ptys in real time. */
struct packer_world {
	const struct station_view *(*screen)(struct packer_world *world);
	int64_t (*now_us)(struct packer_world *world);
	void (*wait)(struct packer_world *world, int64_t span_us);
	void (*scan)(struct packer_world *world, const char *text);
	void (*put)(struct packer_world *world, struct hal_mass load, int64_t settle_us);
	const struct paper *(*paper)(struct packer_world *world);
	void (*cycle_printer)(struct packer_world *world); /* off, and on again */
	/* Optional: a supervisor has counted the pieces and lets the parcel go. */
	bool (*decide)(struct packer_world *world);
};

struct packer {
	struct packer_world *world;
	struct goods *goods;
	int64_t hand_us; /* time of one movement */
};

void packer_init(struct packer *packer, struct packer_world *world, struct goods *goods);

struct packer_result packer_pack(struct packer *packer, const struct packer_task *task);

/* From wherever the bench stands on: after a power cut, a load of paper. */
struct packer_result packer_go_on(struct packer *packer, const struct packer_task *task);

#endif /* TESTS_SIM_BENCH_PACKER_H */
