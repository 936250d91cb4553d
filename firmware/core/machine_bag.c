/* SPDX-License-Identifier: MIT */
/* Actions of parcels picked by scanning, and of bags. */
#include "machine_acts.h"

static void begin_picking(struct machine *machine, enum machine_pick pick)
{
	machine->picking = pick;
}

ACTION(pick_pull_back)
{
	forget_parcel(machine, event);
	begin_picking(machine, PICK_PULL_BACK);
}

ACTION(pick_reprint)
{
	forget_parcel(machine, event);
	begin_picking(machine, PICK_REPRINT);
}

ACTION(pick_return)
{
	forget_parcel(machine, event);
	begin_picking(machine, PICK_RETURN);
}

ACTION(pick_resume)
{
	forget_parcel(machine, event);
	begin_picking(machine, PICK_RESUME);
}

ACTION(pick_code)
{
	copy_key(machine->number, event->who);
	command(machine, CMD_PICK);
}

ACTION(look_up)
{
	(void)event;
	command(machine, CMD_LOOK);
}

ACTION(picked_pull_back)
{
	copy_key(machine->number, event->who);
	machine->parcel = event->parcel;
	leave(machine, "pulled-back", NOTICE_PULLED_BACK);
	tell(machine, NOTE_PULLED_BACK);
}

ACTION(picked_return)
{
	copy_key(machine->number, event->who);
	machine->parcel = event->parcel;
	leave(machine, "returned", NOTICE_RETURNED);
	tell(machine, NOTE_RETURNED);
}

ACTION(ask_why)
{
	take_parcel(machine, event);
	machine->gross = event->mass;
	command(machine, CMD_PREPARE);
}

ACTION(void_for_reprint)
{
	machine->reason = event->index;
	set_copy(machine, COPY_VOID);
	want_copy(machine);
}

/* Bags. */

ACTION(open_bag)
{
	machine->bag_label = false;
	copy_key(machine->bag, event->who);
	machine->record = RECORD_BAG;
}

ACTION(leave_bag)
{
	if (event->kind == EV_BAG) {
		copy_key(machine->bag, event->who);
		machine->record = RECORD_BAG;
		command(machine, CMD_BAG_LEAVE);
		tell(machine, NOTE_BAG_GONE);
	}
}

ACTION(add_to_bag)
{
	copy_key(machine->number, event->who);
	command(machine, CMD_BAG_ADD);
}

ACTION(tell_bagged)
{
	copy_key(machine->number, event->who);
	machine->record = RECORD_BAG;
	machine->parcel = event->parcel;
	machine->parcel_now = "packed";
	tell(machine, NOTE_BAGGED);
}

ACTION(close_bag)
{
	(void)event;
	command(machine, CMD_BAG_CLOSE);
}

static void begin_label(struct machine *machine, uint32_t copies)
{
	machine->bag_label = true;
	machine->copy = copies;
}

/* What was packed into it before is on its manifest, which comes with its label. */
ACTION(bag_closed)
{
	forget_parcel(machine, event);
	begin_label(machine, event->copies);
	want_copy(machine);
	machine->record = RECORD_BAG;
	tell(machine, NOTE_BAG_CLOSED);
}

ACTION(label_bag)
{
	forget_parcel(machine, event);
	copy_key(machine->bag, event->who);
	begin_label(machine, event->copies);
	want_copy(machine);
}

ACTION(ask_why_bag)
{
	copy_key(machine->bag, event->who);
	begin_label(machine, event->copies);
}
