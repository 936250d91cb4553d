/* SPDX-License-Identifier: MIT */
/*
 * web_page.h - one page of the supervisors' while it is written
 *
 * Text grows in memory and is sent whole.  web_put() is a small printf whose %s
 * goes through html_text(): what people typed cannot become mark-up, and nobody has
 * to remember it.  The frame around every page (header, navigation, language,
 * sign-out) is here, once.
 *
 * Ownership:  init() copies what it needs of the request, so a page may be written
 *             on another thread; send() takes the text over, finish() drops a page
 *             that is not sent.
 * Errors:     out of memory: the page is marked and send() answers so.
 * Threads:    init and send: the loop's; the rest: one, any.
 */
#ifndef FIRMWARE_WEB_WEB_PAGE_H
#define FIRMWARE_WEB_WEB_PAGE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <microhttpd.h>

#include "money.h"
#include "notice.h"
#include "web_session.h"
#include "words.h"

#define WEB_PATH 160

struct web_request;

struct web_page {
	FILE *out; /* into text; for whatever writes HTML itself.  NULL: no memory */
	enum words_language language;
	char path[WEB_PATH]; /* of the request, for links back */
	char asked[1024];    /* its query as it goes on in a link, but the language; "a=1&" */
	char bench[NOTICE_KEY];
	char person[NOTICE_KEY]; /* "" : nobody is signed in */
	char name[NOTICE_TEXT];
	char form[WEB_TOKEN]; /* of the session; see web_put_form() */
	char *text;
	size_t len;
};

void web_page_init(struct web_page *page, const struct web_request *request);
void web_page_finish(struct web_page *page);

/* Head, header and navigation up to <main>; title is shown as it is, escaped. */
void web_page_begin(struct web_page *page, const char *title);
/* The same, with a script of ours: "/queue.js". */
void web_page_begin_with(struct web_page *page, const char *title, const char *script);
void web_page_end(struct web_page *page);

/* Takes the page's text over; NULL: it does not fit. */
struct MHD_Response *web_page_response(struct web_page *page);
/* The same, and off it goes. */
enum MHD_Result web_page_send(struct web_page *page, const struct web_request *request,
                              unsigned status);

/* %s (escaped), %d, %u, %lld, %llu, %zu and %%: nothing else. */
__attribute__((format(printf, 2, 3))) void web_put(struct web_page *page, const char *format, ...);
/* As it is: for mark-up of our own. */
void web_put_raw(struct web_page *page, const char *text);

/* What the key says, for a %s. */
const char *web_say(const struct web_page *page, const char *key);
/* The same with gaps {0} to {3} filled, straight into the page. */
void web_put_say(struct web_page *page, const char *key, const char *const args[], size_t count);
/* "status.open" and the like; what has no words stays what it is. */
void web_put_word(struct web_page *page, const char *area, const char *name);

/* "312.1 g", with its sign "-12.5 g" where it is a difference. */
void web_put_grams(struct web_page *page, int64_t mg);
void web_put_difference(struct web_page *page, int64_t mg);
void web_put_money(struct web_page *page, const struct money *money);
/* <time> in the manner of the language; 0: a dash. */
void web_put_time(struct web_page *page, int64_t wall_us);

/* <form method="post" action> with the session's token in it; close it with </form>. */
void web_put_form(struct web_page *page, const char *action, const char *css_class);
/* The coloured silhouette with its word: tone "stop", shape "short". */
void web_put_state(struct web_page *page, const char *tone, const char *shape, const char *word);

/* What became of the form before: "told." + told, where there are such words. */
void web_put_told(struct web_page *page, const char *told);

#endif /* FIRMWARE_WEB_WEB_PAGE_H */
