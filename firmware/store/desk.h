/* SPDX-License-Identifier: MIT */
/*
 * desk.h - what a supervisor is shown before deciding
 *
 * Units:      milligrams, wall time in microseconds.
 * Ownership:  what a callback is given is borrowed until it returns.
 * Errors:     as store.h says; a decision that cannot be is HAL_E_ARG with words.
 * Threads:    each..., find...: reading.
 */
#ifndef FIRMWARE_STORE_DESK_H
#define FIRMWARE_STORE_DESK_H

#include "inbox.h"
#include "journal.h"

/* One attempt to weigh a parcel since it was last begun. */
struct desk_weighing {
	int64_t sequence, at_us;
	struct hal_mass measured, expected, spread;
	char verdict[16];
	char cause[64];
	int32_t cause_ppm; /* -1: none */
	char packer[NOTICE_TEXT];
};

HAL_MUST_USE enum hal_status
desk_each_weighing(struct store *store, const char *notice, uint32_t parcel,
                   void (*each)(void *context, const struct desk_weighing *weighing),
                   void *context);

/* Did this person pack, weigh or print anything of the parcel? */
HAL_MUST_USE enum hal_status desk_find_packed_by(struct store *store, const char *person,
                                                 const char *notice, uint32_t parcel,
                                                 bool *ret_packed);

/* Parcels laid aside after a weight that did not agree. */
struct desk_parked {
	char notice[NOTICE_KEY];
	uint32_t parcel;
	char country[4];
	char packer[NOTICE_TEXT];
	char verdict[16];
	struct hal_mass difference;
	int64_t at_us;
};

HAL_MUST_USE enum hal_status
desk_each_parked(struct store *store, void (*each)(void *context, const struct desk_parked *parked),
                 void *context);

enum desk_waiting {
	DESK_APPROVAL, /* nobody allowed it to be packed */
	DESK_LINT,     /* a finding holds it */
};

#define DESK_NOTICES 50 /* the oldest of them are shown */

struct desk_finding {
	char rule[NOTICE_KEY];
	int level;
	int item; /* -1: the notice */
	char text[NOTICE_LONG];
};

/*
 * The oldest notices that wait, completed from the catalogue, most urgent first.  Whether an
 * approval is wanted follows from trusted, see inbox_trusts().  *ret_more: how many there
 * are beyond those told.
 */
HAL_MUST_USE enum hal_status
desk_each_waiting(struct store *store, enum desk_waiting what, const char *trusted,
                  void (*each)(void *context, const struct notice *notice), void *context,
                  unsigned *ret_more);

/* One notice, completed; HAL_E_ARG: there is none, or it was erased.  On the side that is said. */
HAL_MUST_USE enum hal_status desk_find_notice(struct store *store, enum store_side side,
                                              const char *number, struct notice *ret_notice);

/* Findings of the notice's present revision that nobody decided yet. */
HAL_MUST_USE enum hal_status
desk_each_finding(struct store *store, const char *notice,
                  void (*each)(void *context, const struct desk_finding *finding), void *context);

/* What is known of a unit's weight; a mass of 0: not known. */
struct desk_weight {
	char sku[NOTICE_KEY];
	char name[NOTICE_TEXT];
	struct hal_mass catalogue, accepted, learnt, sure;
	int64_t parcels; /* that taught it */
};

/* HAL_E_ARG: no such SKU. */
HAL_MUST_USE enum hal_status desk_find_weight(struct store *store, const char *sku,
                                              struct desk_weight *ret_weight);

/* A bag that is closed and still here. */
struct desk_bag {
	char code[NOTICE_KEY], carrier[NOTICE_KEY], method[NOTICE_KEY];
	unsigned parcels;
	int64_t closed_us;
};

HAL_MUST_USE enum hal_status
desk_each_closed_bag(struct store *store, void (*each)(void *context, const struct desk_bag *bag),
                     void *context);
/* HAL_E_ARG: none of that code is closed and here.  Writing. */
HAL_MUST_USE enum hal_status desk_find_closed_bag(struct store *store, const char *code,
                                                  struct desk_bag *ret_bag);

/* Parcels whose tracking number the shop was not given. */
HAL_MUST_USE enum hal_status desk_count_untold(struct store *store, int64_t *ret_count);

#endif /* FIRMWARE_STORE_DESK_H */
