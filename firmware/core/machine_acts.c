/* SPDX-License-Identifier: MIT */
/* Actions of people, notices, items and weights. */
#include "machine_acts.h"

ACTION(forget_parcel)
{
	(void)event;
	machine->number[0] = '\0';
	machine->revision = 0;
	machine->parcel = machine->parcels = 0;
	machine->item_count = 0;
	machine->last_item = -1;
	machine->scans = machine->provable = machine->revised = machine->overridden = false;
	machine->held = false;
	machine->packaging = -1;
	machine->tare = machine->gross = machine->parts = (struct hal_mass){ 0 };
	machine->part_count = machine->attempts = 0;
	machine->verdict = VERDICT_NONE;
	machine->picking = PICK_NOTHING;
	machine->copy = 0;
	machine->copy_state = COPY_NONE;
	machine->scan_back = machine->told_out = false;
	machine->reason = 0;
	memset(machine->wanted, 0, sizeof(machine->wanted));
	memset(machine->scanned, 0, sizeof(machine->scanned));
}

/* People. */

ACTION(sign_in)
{
	copy_key(machine->packer, event->who);
	machine->record = RECORD_SIGN;
	tell(machine, NOTE_WELCOME);
}

ACTION(sign_out)
{
	(void)event;
	machine->record = RECORD_SIGN;
	machine->packer[0] = '\0';
}

ACTION(lock)
{
	(void)event;
	machine->record = RECORD_SIGN;
}

ACTION(unlock)
{
	(void)event;
	machine->record = RECORD_SIGN;
	tell(machine, NOTE_WELCOME);
}

ACTION(take_over)
{
	copy_key(machine->packer, event->who);
	machine->record = RECORD_SIGN;
	tell(machine, NOTE_TAKEN_OVER);
}

ACTION(call_supervisor)
{
	(void)event;
	machine->record = RECORD_NOTICE;
	tell(machine, NOTE_CALLED);
}

/* Refusals in words. */

#define TELLS(name, note)                                                                          \
	ACTION(name)                                                                               \
	{                                                                                          \
		(void)event;                                                                       \
		tell(machine, note);                                                               \
	}

TELLS(tell_sign_in, NOTE_SIGN_IN_FIRST)
TELLS(tell_finish_first, NOTE_FINISH_FIRST)
TELLS(tell_not_now, NOTE_NOT_NOW)
TELLS(tell_pan, NOTE_PAN_NOT_EMPTY)
TELLS(tell_garbled, NOTE_GARBLED)
TELLS(tell_unknown, NOTE_UNKNOWN_CODE)
TELLS(tell_wrong_item, NOTE_WRONG_ITEM)
TELLS(tell_too_many, NOTE_ONE_TOO_MANY)
TELLS(tell_packaging, NOTE_UNKNOWN_PACKAGING)
TELLS(tell_empty_first, NOTE_EMPTY_PRINTER_FIRST)
TELLS(tell_tear_up, NOTE_TEAR_UP)
TELLS(tell_other_label, NOTE_OTHER_LABEL)
TELLS(tell_label_good, NOTE_LABEL_GOOD)
TELLS(tell_bag_refused, NOTE_BAG_REFUSED)

/* The notice. */

ACTION(fetch)
{
	forget_parcel(machine, event);
	copy_key(machine->number, event->who);
	command(machine, CMD_FETCH);
}

ACTION(fetch_next)
{
	(void)event;
	command(machine, CMD_FETCH);
}

/* The label that is out belongs to the revision before: torn up, then the new one is read. */
ACTION(void_and_fetch)
{
	(void)event;
	set_copy(machine, COPY_VOID);
	machine->parcel_now = "waiting";
	command(machine, CMD_FETCH);
}

ACTION(tell_refused)
{
	forget_parcel(machine, event);
	machine->record = RECORD_NOTICE;
	tell(machine, NOTE_REFUSED);
}

static void begin(struct machine *machine, const struct machine_event *event)
{
	forget_parcel(machine, event);
	copy_key(machine->number, event->who);
	machine->revision = (uint32_t)event->index;
	machine->parcel = event->parcel;
	machine->parcels = event->parcels;
	machine->item_count = event->item_count;
	memcpy(machine->wanted, event->wanted, sizeof(machine->wanted));
	machine->scans = event->scans;
	machine->provable = event->provable;
	machine->copy = event->copies;
	machine->record = RECORD_NOTICE;
	machine->notice_now = NOTICE_PACKING;
	machine->parcel_now = "packing";
	command(machine, CMD_PREPARE);
}

ACTION(begin_reading)
{
	begin(machine, event);
	tell(machine, NOTE_READ_FIRST);
}

ACTION(begin_scanning)
{
	begin(machine, event);
}

ACTION(begin_weighing)
{
	begin(machine, event);
}

ACTION(acknowledge)
{
	(void)event;
	machine->record = RECORD_SCAN;
}

ACTION(put_back)
{
	(void)event;
	leave(machine, "waiting", NOTICE_OPEN);
	tell(machine, NOTE_UNDONE);
}

ACTION(park)
{
	(void)event;
	leave(machine, "parked", NOTICE_OPEN);
	tell(machine, NOTE_PARKED);
}

ACTION(out_of_stock)
{
	(void)event;
	leave(machine, "waiting", NOTICE_WAITING_STOCK);
	tell(machine, NOTE_OUT_OF_STOCK);
}

ACTION(show_changes)
{
	(void)event;
	machine->record = RECORD_NOTICE;
	tell(machine, NOTE_CHANGED);
}

ACTION(mark_revised)
{
	(void)event;
	machine->revised = true;
	machine->record = RECORD_NOTICE;
}

/* Items and packaging. */

ACTION(count_item)
{
	machine->scanned[event->index]++;
	machine->last_item = event->index;
	machine->record = RECORD_SCAN;
	tell(machine, NOTE_ITEM_COUNTED);
}

ACTION(count_last_item)
{
	count_item(machine, event);
	tell(machine, NOTE_ALL_COUNTED);
}

ACTION(uncount_item)
{
	(void)event;
	machine->scanned[machine->last_item]--;
	machine->scans = true;
	machine->record = RECORD_SCAN;
	tell(machine, NOTE_UNDONE);
}

/* What was weighed is not what will be sent: no decision may rest on it. */
static void forget_verdict(struct machine *machine)
{
	machine->verdict = VERDICT_NONE;
	machine->held = false;
}

ACTION(set_packaging)
{
	forget_verdict(machine);
	machine->packaging = event->index;
	machine->record = RECORD_SCAN;
	tell(machine, NOTE_PACKAGING_CHANGED);
}

/* Weighing. */

ACTION(note_empty)
{
	(void)event;
	machine->pan_empty = true;
}

ACTION(begin_taring)
{
	(void)event;
	machine->record = RECORD_STATE;
}

ACTION(take_tare)
{
	machine->tare = event->mass;
	machine->pan_empty = false;
	machine->record = RECORD_WEIGHING;
	tell(machine, NOTE_TARED);
}

ACTION(weigh_again)
{
	(void)event;
	forget_verdict(machine);
	machine->parts = (struct hal_mass){ 0 };
	machine->part_count = 0;
	machine->record = RECORD_STATE;
}

ACTION(tell_over_capacity)
{
	(void)event;
	machine->pan_empty = false;
	machine->record = RECORD_WEIGHING;
	tell(machine, NOTE_WEIGH_IN_PARTS);
}

ACTION(add_part)
{
	/* raw: a sum beyond the type's range cannot come from real parcels; it is clamped and
	 * judged over */
	int64_t sum = (int64_t)machine->parts.mg + event->mass.mg; /* raw: likewise */

	machine->parts.mg = sum > INT32_MAX ? INT32_MAX : (int32_t)sum; /* raw: likewise */
	machine->part_count++;
	machine->pan_empty = false;
	machine->record = RECORD_WEIGHING;
	tell(machine, NOTE_PART_ADDED);
}

ACTION(judge_sum)
{
	(void)event;
	machine->record = RECORD_STATE;
	command(machine, CMD_JUDGE_SUM);
}

static void take_weight(struct machine *machine, const struct machine_event *event)
{
	machine->gross = event->mass;
	machine->verdict = event->verdict;
	machine->held = event->hold;
	machine->attempts++;
	if (machine->part_count == 0) /* of a sum the last part knows whether it still lies there */
		machine->pan_empty = false;
	machine->record = RECORD_WEIGHING;
}

ACTION(accept_weight)
{
	take_weight(machine, event);
	machine->learn = true;
	want_copy(machine);
	tell(machine, NOTE_COMPLETE);
}

ACTION(mismatch_short)
{
	take_weight(machine, event);
	tell(machine, NOTE_SHORT);
}

ACTION(mismatch_over)
{
	take_weight(machine, event);
	tell(machine, NOTE_OVER);
}

ACTION(ask_for_scans)
{
	take_weight(machine, event);
	machine->scans = true;
	tell(machine, NOTE_UNPROVABLE);
}

ACTION(hold_weight)
{
	take_weight(machine, event);
	tell(machine, NOTE_HELD);
}

ACTION(begin_locating)
{
	(void)event;
	machine->record = RECORD_STATE;
	command(machine, CMD_LOCATE);
}

ACTION(note_piece)
{
	machine->record = RECORD_WEIGHING;
	tell(machine, event->known ? NOTE_PIECE_FITS : NOTE_PIECE_ODD);
}

/* Decisions. */

static void take_decision(struct machine *machine, const struct machine_event *event)
{
	copy_key(machine->supervisor, event->who);
	machine->record = RECORD_DECISION;
}

ACTION(allow)
{
	take_decision(machine, event);
	machine->overridden = true;
	want_copy(machine);
	tell(machine, NOTE_ALLOWED);
}

ACTION(allow_weight)
{
	take_decision(machine, event);
	machine->overridden = true;
	tell(machine, NOTE_HELD);
}

ACTION(refuse)
{
	take_decision(machine, event);
	machine->parcel_now = "waiting";
	machine->notice_now = NOTICE_HELD;
}

ACTION(decide_again)
{
	take_decision(machine, event);
	forget_verdict(machine);
}
