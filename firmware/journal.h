/* SPDX-License-Identifier: MIT */
/*
 * journal.h - the durable record, apart from the log
 *
 * One call writes one step of the station in one transaction: the journal
 * record (append-only, hash-chained from the first), and what follows from it
 * in the tables beside it (weighing, label, parcel, notice, learnt weights, the
 * bench's own state for a restart).  When the call has returned HAL_OK the step
 * is on disk.
 *
 * The chain: hash = SHA-256(previous hash | sequence | canonical body); personal
 * fields stand in the body as salted digests, their plain text and salt in a
 * side table from which the law may have them erased.
 *
 * Units:      milligrams; wall time in microseconds since 1970, with its doubt.
 * Ownership:  a step and all it points to is borrowed for the call.
 * Threads:    writing: the journal thread.
 */
#ifndef FIRMWARE_JOURNAL_H
#define FIRMWARE_JOURNAL_H

#include "hal_clock.h"
#include "hal_scale.h"
#include "notice.h"
#include "store.h"

/* In the database: append only, never renumber. */
enum journal_kind {
	JOURNAL_START = 1,       /* the daemon started; reason: version */
	JOURNAL_SIGN = 2,        /* sign in, out, pause, take over */
	JOURNAL_NOTICE = 3,      /* taken, refused, put back, parked, revised */
	JOURNAL_SCAN = 4,        /* an item, packaging, acknowledgement */
	JOURNAL_WEIGHING = 5,
	JOURNAL_LABEL = 6,
	JOURNAL_DECISION = 7,
	JOURNAL_SCALE = 8,       /* zero, check-weight, another scale, drift */
	JOURNAL_BAG = 9,         /* filled, closed, handed over */
	JOURNAL_IMPORT = 10,
	JOURNAL_RETURN = 11,
	JOURNAL_ERASURE = 12,    /* personal data erased on request */
	JOURNAL_EPOCH = 13,      /* a restored backup: names the last known head */
	JOURNAL_ANCHOR = 14,     /* the head was exported or printed */
	JOURNAL_CATALOGUE = 15,  /* a weight accepted, pinned or reset */
};

/* The label's own states, product terms.  In the database: append only. */
enum label_state {
	LABEL_NONE = 0,
	LABEL_ASKED = 1,
	LABEL_OUT = 2,
	LABEL_UNCERTAIN = 3,
	LABEL_QUIET = 4, /* the printer was proven empty; still not known whether it came out */
	LABEL_VOID = 5,
};

#define JOURNAL_FRAMES 512
#define JOURNAL_DETAIL 4096
#define JOURNAL_STATE  8192

struct journal_weighing {
	struct hal_mass measured;
	struct hal_mass expected;
	struct hal_mass spread; /* one standard deviation of a complete parcel */
	char verdict[16];       /* complete, short, over, unprovable */
	int32_t complete_ppm;   /* probability of complete, parts per million */
	char scale[NOTICE_KEY]; /* identity */
	char packaging[NOTICE_KEY];
	uint8_t frames[JOURNAL_FRAMES]; /* as the scale sent them, the last ones before the weight */
	uint16_t frame_bytes;
	char detail[JOURNAL_DETAIL]; /* JSON: causes, hypotheses, scans, model, last zero and check-weight */
};

struct journal_label {
	uint32_t copy; /* from 1 */
	enum label_state state;
	char form[8]; /* cn22, cn23 */
	char tracking[NOTICE_KEY];
	char printer[NOTICE_TEXT];
	uint8_t sha256[32]; /* of the bytes for the printer; zero when no bytes were made */
	uint32_t bytes;
	char reason[NOTICE_TEXT];
};

struct journal_parcel {
	char status[16]; /* packing, parked, packed, pulled-back, handed-over, returned */
	struct hal_mass gross;
	char tracking[NOTICE_KEY];
	char packaging[NOTICE_KEY];
	char bag[NOTICE_KEY];
};

struct journal_decision {
	char supervisor[NOTICE_KEY];
	char what[NOTICE_KEY];   /* allow-weight, refuse, allow-lint, nature, reprint, reset-weight, ... */
	char reason[NOTICE_KEY]; /* from the list */
	char note[NOTICE_LONG];
	char before[NOTICE_TEXT];
	char after[NOTICE_TEXT];
};

/* One learnt state, bit for bit as firmware/core/weighing has it. */
struct journal_learnt {
	char kind; /* 'k' SKU, 'p' packaging, 's' scale */
	char name[NOTICE_KEY];
	const void *state;
	size_t size;
};

struct journal_step {
	enum journal_kind kind;
	struct hal_wall at;
	char bench[NOTICE_KEY];
	char packer[NOTICE_KEY];
	char notice[NOTICE_KEY]; /* "" : none */
	uint32_t revision;
	uint32_t parcel; /* from 1; 0: none */
	char from[16], event[24], to[16]; /* the machine's transition */
	char reason[NOTICE_TEXT];
	char subject[NOTICE_KEY]; /* SKU, packaging, bag, scale: what the step is about */
	const struct journal_weighing *weighing; /* each NULL where the step has none */
	const struct journal_label *label;
	const struct journal_parcel *parcel_now;
	const struct journal_decision *decision;
	enum notice_status notice_now; /* 0: as it is */
	const struct journal_learnt *learnt;
	size_t learnt_count;
	const char *bench_state; /* text to find again at the next start; NULL: as it is */
};

struct journal_receipt {
	int64_t sequence;
	uint8_t hash[32];
};

HAL_MUST_USE enum hal_status journal_commit(struct store *store, const struct journal_step *step,
                                            struct journal_receipt *ret_receipt,
                                            struct hal_fault *reterr_fault);

/* What journal_step.bench_state last said for this bench; "" when nothing.  Writing side. */
HAL_MUST_USE enum hal_status journal_bench_state(struct store *store, const char *bench, char *text,
                                                 size_t size);

/* Calls back for every learnt state there is, at start.  Writing side. */
HAL_MUST_USE enum hal_status
journal_each_learnt(struct store *store,
                    void (*each)(void *context, const struct journal_learnt *learnt), void *context);

/* Walks the whole chain.  Reading.  HAL_E_PROTOCOL: broken, at *ret_broken. */
HAL_MUST_USE enum hal_status journal_verify(struct store *store, int64_t *ret_records,
                                            int64_t *ret_broken, struct hal_fault *reterr_fault);

#endif /* FIRMWARE_JOURNAL_H */
