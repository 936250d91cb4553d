/* SPDX-License-Identifier: MIT */
/*
 * What a supervisor decides on a notice that waits.  Before the write, on the journal's
 * own thread, the notice must still be the revision that was looked at.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "web_desk.h"

struct wait_act {
	struct web_act act;
	uint32_t revision; /* that was looked at */
	bool approves;
};

/* The prices in front of the approver: "QHJ014 12.00 CNY; ...". */
static void say_prices(const struct notice *notice, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (uint16_t i = 0; i < notice->item_count && used < size; i++) {
		const struct money *price = &notice->items[i].purchase_price;
		char amount[32] = "-";

		if (money_known(price))
			money_format(price, amount, sizeof(amount));
		used += (size_t)snprintf(text + used, size - used, "%s%s %s %s", i ? "; " : "",
		                         notice->items[i].sku, amount, price->currency);
	}
}

static enum hal_status commit(struct wait_act *wait, const struct notice *notice)
{
	struct journal_receipt receipt;

	if (notice->revision != wait->revision) {
		hal_fault_set(&wait->act.fault, "%s: revision %u", notice->number,
		              (unsigned)notice->revision);
		return HAL_E_ARG;
	}
	wait->act.step.revision = notice->revision;
	snprintf(wait->act.decision.before, sizeof(wait->act.decision.before), "%s",
	         notice_nature_name(notice->nature));
	if (wait->approves)
		say_prices(notice, wait->act.decision.after, sizeof(wait->act.decision.after));
	return journal_commit(wait->act.store, &wait->act.step, &receipt, &wait->act.fault);
}

static enum hal_status run(struct web_act *act)
{
	struct wait_act *wait = hal_container_of(act, struct wait_act, act);
	struct notice *notice = malloc(sizeof(*notice));
	enum hal_status status =
		notice ? desk_find_notice(act->store, STORE_WRITING, act->step.notice, notice)
		       : HAL_E_SYSTEM;

	if (status == HAL_OK)
		status = commit(wait, notice);
	free(notice);
	return status;
}

static struct wait_act *create(const struct web_request *request, const char *back,
                               const char *told, const char *what)
{
	struct wait_act *wait = web_act_create(request, sizeof(*wait), back, told);
	struct journal_decision *decision = wait ? &wait->act.decision : NULL;

	if (!wait)
		return NULL;
	wait->act.act = run;
	wait->revision = (uint32_t)strtoul(web_field(&request->form, "revision"), NULL, 10);
	snprintf(wait->act.step.notice, sizeof(wait->act.step.notice), "%s",
	         web_field(&request->form, "notice"));
	snprintf(decision->what, sizeof(decision->what), "%s", what);
	snprintf(decision->note, sizeof(decision->note), "%s", web_field(&request->form, "note"));
	return wait;
}

enum MHD_Result web_post_approvals(struct web_request *request)
{
	struct wait_act *wait = create(request, "/approvals", "approved", "approve");

	if (!wait)
		return MHD_NO;
	wait->approves = true;
	return web_act_begin(request, &wait->act);
}

/* What each answer to a held notice is in the record. */
static const struct {
	const char *rule; /* NULL: any but those named above */
	const char *why;  /* NULL: a reason of the list */
	const char *what, *reason, *after, *told;
	bool note;
} answers[] = {
	{ "gift-on-sale", "sale", "nature", "sold", "sale", "corrected", false },
	{ "gift-on-sale", "unpaid", "allow-lint", "nothing-was-paid", "", "stands", true },
	{ NULL, NULL, "allow-lint", NULL, "", "stands", true },
};

static size_t find_answer(const char *rule, const char *why)
{
	size_t count = sizeof(answers) / sizeof(answers[0]);

	for (size_t i = 0; i + 1 < count; i++)
		if (strcmp(answers[i].rule, rule) == 0 && strcmp(answers[i].why, why) == 0)
			return i;
	if (strcmp(rule, "gift-on-sale") == 0 || !rule[0] || strlen(rule) >= NOTICE_KEY ||
	    !web_reason_find("lint", why))
		return count;
	return count - 1;
}

enum MHD_Result web_post_held(struct web_request *request)
{
	const char *rule = web_field(&request->form, "rule");
	const char *why = web_field(&request->form, "why");
	size_t i = find_answer(rule, why);
	struct web_reason reason = { "", "", true };
	struct wait_act *wait;

	if (i == sizeof(answers) / sizeof(answers[0]))
		return web_refuse(request, MHD_HTTP_BAD_REQUEST, "refuse.no-reason", "", "/held");
	if (answers[i].note && !web_reason_has_note(&reason, web_field(&request->form, "note")))
		return web_refuse(request, MHD_HTTP_BAD_REQUEST, "refuse.no-note", "", "/held");
	wait = create(request, "/held", answers[i].told, answers[i].what);
	if (!wait)
		return MHD_NO;
	snprintf(wait->act.step.subject, sizeof(wait->act.step.subject), "%s", rule);
	snprintf(wait->act.decision.reason, sizeof(wait->act.decision.reason), "%s",
	         answers[i].reason ? answers[i].reason : why);
	snprintf(wait->act.decision.after, sizeof(wait->act.decision.after), "%s",
	         answers[i].after);
	return web_act_begin(request, &wait->act);
}
