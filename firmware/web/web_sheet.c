/* SPDX-License-Identifier: MIT */
#include "web_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Pages ---------------------------------------------------------------------------------- */

static void run_write(struct web_task *task)
{
	struct web_sheet *sheet = hal_container_of(task, struct web_sheet, task);

	web_page_begin_with(&sheet->page, web_say(&sheet->page, sheet->title), sheet->script);
	web_put_told(&sheet->page, sheet->told);
	sheet->status = sheet->write(sheet);
	web_page_end(&sheet->page);
}

static enum MHD_Result send_sheet(struct web_request *request, struct web_task *task)
{
	struct web_sheet *sheet = hal_container_of(task, struct web_sheet, task);

	if (sheet->status == HAL_E_ARG)
		return web_refuse(request, MHD_HTTP_NOT_FOUND, "refuse.gone", "", "/queue");
	if (sheet->status != HAL_OK)
		return web_refuse(request, MHD_HTTP_SERVICE_UNAVAILABLE, "refuse.storage", "",
		                  "/queue");
	return web_page_send(&sheet->page, request, MHD_HTTP_OK);
}

static void drop_sheet(struct web_task *task)
{
	struct web_sheet *sheet = hal_container_of(task, struct web_sheet, task);

	web_page_finish(&sheet->page);
	free(sheet);
}

void *web_sheet_create(const struct web_request *request, size_t size)
{
	struct web_sheet *sheet = calloc(1, size);

	if (!sheet)
		return NULL;
	sheet->store = request->web->env.store;
	snprintf(sheet->told, sizeof(sheet->told), "%s", web_query(request, "told"));
	snprintf(sheet->trusted, sizeof(sheet->trusted), "%s",
	         request->web->env.config->bench.trusted);
	web_page_init(&sheet->page, request);
	return sheet;
}

enum MHD_Result web_sheet_begin(struct web_request *request, struct web_sheet *sheet)
{
	sheet->task.run = run_write;
	sheet->task.answer = send_sheet;
	sheet->task.drop = drop_sheet;
	return web_begin(request, &sheet->task, HAL_QUEUE_CLERK);
}

/* ---- Changes -------------------------------------------------------------------------------- */

static void run_act(struct web_task *task)
{
	struct web_act *act = hal_container_of(task, struct web_act, task);
	struct journal_receipt receipt;

	act->status = act->act ? act->act(act)
	                       : journal_commit(act->store, &act->step, &receipt, &act->fault);
}

static enum MHD_Result acted(struct web_request *request, struct web_task *task)
{
	struct web_act *act = hal_container_of(task, struct web_act, task);

	if (act->status == HAL_E_ARG)
		return web_refuse(request, MHD_HTTP_CONFLICT, "refuse.cannot", act->fault.text,
		                  act->back);
	if (act->status != HAL_OK)
		return web_refuse(request, MHD_HTTP_SERVICE_UNAVAILABLE, "refuse.storage",
		                  act->fault.text, act->back);
	if (act->then)
		act->then(request->web, act);
	return web_go_back(request, act->back, act->told);
}

static void drop_act(struct web_task *task)
{
	struct web_act *act = hal_container_of(task, struct web_act, task);

	explicit_bzero(&act->decision, sizeof(act->decision));
	free(act);
}

void *web_act_create(const struct web_request *request, size_t size, const char *back,
                     const char *told)
{
	struct web_act *act = calloc(1, size);
	const struct web_env *env = &request->web->env;

	if (!act)
		return NULL;
	act->store = env->store;
	act->step.kind = JOURNAL_DECISION;
	act->step.at = hal_wall_now(env->clock);
	snprintf(act->step.bench, sizeof(act->step.bench), "%s", env->config->bench.name);
	snprintf(act->step.event, sizeof(act->step.event), "page");
	snprintf(act->decision.supervisor, sizeof(act->decision.supervisor), "%s",
	         request->session->person);
	snprintf(act->back, sizeof(act->back), "%s", back);
	snprintf(act->told, sizeof(act->told), "%s", told);
	return act;
}

enum MHD_Result web_act_begin(struct web_request *request, struct web_act *act)
{
	if (act->decision.what[0])
		act->step.decision = &act->decision;
	act->task.run = run_act;
	act->task.answer = acted;
	act->task.drop = drop_act;
	return web_begin(request, &act->task, HAL_QUEUE_JOURNAL);
}

/* ---- What is said of it --------------------------------------------------------------------- */

enum MHD_Result web_go_back(const struct web_request *request, const char *path, const char *told)
{
	char where[WEB_PATH + WEB_TOLD + 8];

	snprintf(where, sizeof(where), "%s?told=%s", path, told);
	return web_redirect(request, where);
}

enum MHD_Result web_refuse(const struct web_request *request, unsigned status, const char *key,
                           const char *detail, const char *back)
{
	struct web_page page;

	web_page_init(&page, request);
	web_page_begin(&page, web_say(&page, "refuse.title"));
	web_put(&page, "<h1>%s</h1>", web_say(&page, "refuse.title"));
	web_put(&page,
	        "<p class=\"told\" data-tone=\"stop\" role=\"alert\"><svg class=\"shape\""
	        " viewBox=\"0 0 96 96\" aria-hidden=\"true\"><use href=\"#no\"/></svg>"
	        "<span>%s %s</span></p>",
	        web_say(&page, key), detail);
	web_put(&page, "<p><a class=\"act\" href=\"%s\">%s</a></p>", back,
	        web_say(&page, "refuse.back"));
	web_page_end(&page);
	return web_page_send(&page, request, status);
}
