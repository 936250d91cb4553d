/* SPDX-License-Identifier: MIT */
/* Actions of the label, of parcels picked by scanning, of bags and of the scale. */
#include "machine_acts.h"

ACTION(render)
{
	(void)event;
	command(machine, CMD_RENDER);
}

ACTION(ask_print)
{
	(void)event;
	set_copy(machine, COPY_ASKED);
	command(machine, CMD_PRINT);
}

ACTION(label_failed)
{
	(void)event;
	machine->copy--;
	machine->record = RECORD_NOTICE;
	tell(machine, NOTE_LABEL_FAILED);
}

ACTION(resend)
{
	(void)event;
	command(machine, CMD_PRINT);
}

ACTION(label_out)
{
	(void)event;
	machine->told_out = true;
	set_copy(machine, COPY_OUT);
}

ACTION(label_confirmed)
{
	(void)event;
	set_copy(machine, COPY_OUT);
	machine->parcel_now = "packed";
	if (machine->parcel + 1 >= machine->parcels)
		machine->notice_now = NOTICE_PACKED;
	machine->scan_back = false;
	tell(machine, NOTE_LABEL_OUT);
}

ACTION(confirmed_next)
{
	label_confirmed(machine, event);
	command(machine, CMD_FETCH);
}

ACTION(label_unsure)
{
	(void)event;
	set_copy(machine, COPY_UNCERTAIN);
	tell(machine, NOTE_PRINTER_TROUBLE);
	command(machine, CMD_CLEAR);
}

ACTION(become_quiet)
{
	(void)event;
	set_copy(machine, COPY_QUIET);
}

ACTION(void_for_new)
{
	(void)event;
	set_copy(machine, COPY_VOID);
	want_copy(machine);
}

ACTION(void_for_revision)
{
	(void)event;
	set_copy(machine, COPY_VOID);
	machine->revised = false;
	machine->parcel_now = "waiting";
	tell(machine, NOTE_CHANGED);
}

ACTION(out_but_changed)
{
	(void)event;
	set_copy(machine, COPY_OUT);
	machine->revised = false;
	tell(machine, NOTE_CHANGED);
}

ACTION(restart_label)
{
	(void)event;
	command(machine, CMD_PREPARE);
	command(machine, CMD_RENDER);
}

ACTION(prepare_again)
{
	(void)event;
	command(machine, CMD_PREPARE);
}

ACTION(restart_uncertain)
{
	(void)event;
	set_copy(machine, COPY_UNCERTAIN);
	tell(machine, NOTE_PRINTER_TROUBLE);
	command(machine, CMD_PREPARE);
	command(machine, CMD_CLEAR);
}

/* Parcels picked by scanning. */

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
	copy_key(machine->number, event->who);
	machine->revision = (uint32_t)event->index;
	machine->parcel = event->parcel;
	machine->parcels = event->parcels;
	machine->item_count = event->item_count;
	memcpy(machine->wanted, event->wanted, sizeof(machine->wanted));
	machine->copy = event->copies;
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

ACTION(bag_closed)
{
	(void)event;
	machine->record = RECORD_BAG;
	tell(machine, NOTE_BAG_CLOSED);
}

/* The scale. */

ACTION(zero_scale)
{
	(void)event;
	machine->record = RECORD_SCALE;
	command(machine, CMD_ZERO);
}

ACTION(begin_check)
{
	(void)event;
	machine->record = RECORD_STATE;
}

ACTION(scale_checked)
{
	machine->gross = event->mass;
	machine->pan_empty = false;
	machine->record = RECORD_SCALE;
	command(machine, CMD_LEARN_SCALE);
	tell(machine, event->hold ? NOTE_SCALE_OFF : NOTE_SCALE_CHECKED);
}

ACTION(scale_tagged)
{
	(void)event;
	machine->record = RECORD_SCALE;
}

ACTION(stop_for_good)
{
	(void)event;
	tell(machine, NOTE_STOPPED);
}
