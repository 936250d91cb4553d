/* SPDX-License-Identifier: MIT */
/* What is said of the scale and of weight's power before there is a verdict. */
#include "grams.h"
#include "station_parts.h"

/* What the scale is owed is said while no parcel waits. */
const char *station_idle_key(const struct station *station)
{
	static const char *const keys[] = {
		[TRUST_NOTHING] = "idle",
		[TRUST_ZERO] = "zero-due",
		[TRUST_CHECK] = "check-due",
	};

	if (!station->devices.scale || !station->scale_up)
		return "idle";
	if (station->scale->trust.failed)
		return "check-failed";
	return keys[trust_wants(&station->scale->trust)];
}

/* What is to be put on. */
static void show_check(struct station *station)
{
	char grams[GRAMS_TEXT];

	grams_format(station->trust_rules.check_weight.mg, grams, sizeof(grams)); /* raw: as text */
	station_say(&station->view.say, "checking", grams, NULL);
}

/* Before the weighing: what weight can prove, and whether weighing the box first would help. */
static void show_before(struct station *station)
{
	struct station_view *view = &station->view;
	const struct machine *machine = &station->machine;
	bool untared = machine->tare.mg <= 0; /* raw: a flag */

	if (machine->verdict != VERDICT_NONE || !station->has_forecast)
		return;
	if (view->state == ST_WEIGHING)
		view->lead.key = machine->tare.mg > 0        ? "weighing-tared" /* raw: a flag */
		                 : station_provable(station) ? "weighing"
		                                             : "weighing-scanned";
	if (view->state != ST_SCANNING || station_provable(station))
		return;
	view->lead.key = station_trust_proves(station) ? "scanning-unprovable" : "scale-untrusted";
	if (untared && station->forecast.pack_first_helps && station_trust_proves(station))
		view->next.key = "pack-first";
}

/* More alarms than promised: whose weights somebody should look at. */
static void show_astray(struct station *station)
{
	struct station_view *view = &station->view;

	if (view->state == ST_IDLE && station->astray[0] &&
	    trust_wants(&station->scale->trust) == TRUST_NOTHING)
		station_say(&view->next, "weights-astray", station->astray, NULL);
}

void station_show_proof(struct station *station)
{
	show_astray(station);
	if (station->view.state == ST_CHECKING)
		show_check(station);
	show_before(station);
}
