/* SPDX-License-Identifier: MIT */
/*
 * web_sheet.h - a page that asks the database, and a form that changes it
 *
 * A sheet is written on the clerk's thread, framed on the loop.  An act is one write
 * on the journal's thread, after which the browser goes back to the page it came
 * from and is told what became of it.
 *
 * Ownership:  begin() takes them over, in every case.
 * Threads:    write() and act(): as said; the rest: the loop's.
 */
#ifndef FIRMWARE_WEB_WEB_SHEET_H
#define FIRMWARE_WEB_WEB_SHEET_H

#include "journal.h"
#include "web_page.h"
#include "web_parts.h"

#define WEB_TOLD 48

struct web_sheet {
	struct web_task task;
	struct web_page page;
	struct store *store;
	/* Inside <main>, on the clerk's thread. */
	enum hal_status (*write)(struct web_sheet *sheet);
	const char *title;  /* key of the catalogues */
	const char *script; /* NULL: none */
	char told[WEB_TOLD];
	char trusted[NOTICE_KEY]; /* of the configuration */
	enum hal_status status;
};

/* size: of what has the sheet as its first member; NULL: no memory. */
void *web_sheet_create(const struct web_request *request, size_t size);
enum MHD_Result web_sheet_begin(struct web_request *request, struct web_sheet *sheet);

struct web_act {
	struct web_task task;
	struct store *store;
	/* On the journal's thread; NULL: the step is committed. */
	enum hal_status (*act)(struct web_act *act);
	/* On the loop, when it went well; may be NULL. */
	void (*then)(struct web *web, struct web_act *act);
	struct journal_step step; /* its decision is the one below once it has a what */
	struct journal_decision decision;
	char back[WEB_PATH]; /* where to go on */
	char told[WEB_TOLD]; /* "told." + this is what to say there */
	enum hal_status status;
	struct hal_fault fault;
};

/* With bench, time and the supervisor filled in. */
void *web_act_create(const struct web_request *request, size_t size, const char *back,
                     const char *told);
enum MHD_Result web_act_begin(struct web_request *request, struct web_act *act);

/* Back to a page, with "told." + told said there. */
enum MHD_Result web_go_back(const struct web_request *request, const char *path, const char *told);

/* The same page of words for whatever could not be done. */
enum MHD_Result web_refuse(const struct web_request *request, unsigned status, const char *key,
                           const char *detail, const char *back);

#endif /* FIRMWARE_WEB_WEB_SHEET_H */
