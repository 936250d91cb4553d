/* SPDX-License-Identifier: MIT */
/* One notice in more parcels than planned: what was scanned stays, the rest is another one. */
#include <string.h>

#include "station_parts.h"

static void add_portion(struct notice_parcel *parcel, uint16_t item, uint16_t quantity)
{
	if (quantity > 0)
		parcel->portions[parcel->portion_count++] =
			(struct notice_portion){ .item = item, .quantity = quantity };
}

/* A notice that goes without numbers goes without one in each of its parcels. */
bool station_can_number(const struct station *station)
{
	const struct inbox_taken *taken = &station->taken;
	unsigned parcels = notice_parcels(&taken->notice), without = 0;

	for (unsigned i = 0; i < parcels; i++)
		without += !taken->parcels[i].tracking[0];
	/* What was split off before draws its number when it is packed. */
	return without == parcels || taken->numbers_left > without;
}

/* The rest goes to the end, so that no other parcel changes its number. */
void station_split(struct station *station, struct commit_job *commit)
{
	struct notice *notice = &station->taken.notice;
	const struct machine *machine = &station->machine;
	unsigned count = machine->parcels;
	struct notice_parcel *here = &commit->split[machine->parcel];
	struct notice_parcel *rest = &commit->split[count - 1];

	for (unsigned i = 0; i + 1 < count; i++)
		notice_portions(notice, i, &commit->split[i]);
	here->portion_count = rest->portion_count = 0;
	for (uint16_t i = 0; i < machine->item_count; i++) {
		uint16_t wanted = station->before.wanted[i];

		add_portion(here, i, machine->wanted[i]);
		add_portion(rest, i, (uint16_t)(wanted - machine->wanted[i]));
	}
	memcpy(notice->parcels, commit->split, count * sizeof(commit->split[0]));
	notice->parcel_count = (uint8_t)count;
	memset(&station->taken.parcels[count - 1], 0, sizeof(station->taken.parcels[0]));
	station->portions = *here;
	commit->step.split = commit->split;
	commit->step.split_count = (uint8_t)count;
}
