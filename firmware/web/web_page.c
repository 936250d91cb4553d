/* SPDX-License-Identifier: MIT */
#include "web_page.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "web_parts.h"

static bool is(const char *at, const char *conversion)
{
	return strncmp(at, conversion, strlen(conversion)) == 0;
}

/* One conversion, its length; the compiler has checked the arguments. */
static size_t put_one(FILE *out, const char *at, va_list *args)
{
	if (is(at, "s"))
		html_text(out, va_arg(*args, const char *));
	else if (is(at, "d"))
		fprintf(out, "%d", va_arg(*args, int));
	else if (is(at, "u"))
		fprintf(out, "%u", va_arg(*args, unsigned));
	else if (is(at, "lld"))
		fprintf(out, "%lld", va_arg(*args, long long));
	else if (is(at, "llu"))
		fprintf(out, "%llu", va_arg(*args, unsigned long long));
	else if (is(at, "zu"))
		fprintf(out, "%zu", va_arg(*args, size_t));
	else {
		assert(is(at, "%"));
		fputc('%', out);
	}
	return strspn(at, "lz") + 1;
}

void web_put(struct web_page *page, const char *format, ...)
{
	va_list args;

	if (!page->out)
		return;
	va_start(args, format);
	while (*format) {
		size_t plain = strcspn(format, "%");

		fwrite(format, 1, plain, page->out);
		format += plain;
		if (*format)
			format += 1 + put_one(page->out, format + 1, &args);
	}
	va_end(args);
}

void web_put_raw(struct web_page *page, const char *text)
{
	if (page->out)
		fputs(text, page->out);
}

const char *web_say(const struct web_page *page, const char *key)
{
	return words_get(page->language, "", key);
}

void web_put_say(struct web_page *page, const char *key, const char *const args[], size_t count)
{
	char text[1024];

	words_fill(text, sizeof(text), web_say(page, key), args, count);
	web_put(page, "%s", text);
}

void web_put_word(struct web_page *page, const char *area, const char *name)
{
	web_put(page, "%s", words_get(page->language, area, name));
}

/* A question too long to be kept goes on without its end. */
static enum MHD_Result keep_asked(void *owner, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
	struct web_page *page = owner;
	size_t used = strlen(page->asked);
	FILE *out = fmemopen(page->asked + used, sizeof(page->asked) - used, "w");

	(void)kind;
	if (!out)
		return MHD_NO;
	if (strcmp(name, "lang") != 0) {
		html_query(out, name);
		fputc('=', out);
		html_query(out, value ? value : "");
		fputc('&', out);
	}
	if (fclose(out) == 0 && strlen(page->asked) + 1 < sizeof(page->asked))
		return MHD_YES;
	page->asked[used] = '\0';
	return MHD_NO;
}

void web_page_init(struct web_page *page, const struct web_request *request)
{
	const struct web_session *session = request->session;

	*page = (struct web_page){ .language = request->language };
	page->out = open_memstream(&page->text, &page->len);
	snprintf(page->path, sizeof(page->path), "%s", request->path);
	snprintf(page->bench, sizeof(page->bench), "%s", request->web->env.config->bench.name);
	if (strcmp(request->method, "GET") == 0)
		MHD_get_connection_values(request->connection, MHD_GET_ARGUMENT_KIND, keep_asked,
		                          page);
	if (!session)
		return;
	memcpy(page->person, session->person, sizeof(page->person));
	memcpy(page->name, session->name, sizeof(page->name));
	memcpy(page->form, session->form, sizeof(page->form));
}

void web_page_finish(struct web_page *page)
{
	if (page->out)
		fclose(page->out);
	page->out = NULL;
	free(page->text);
	page->text = NULL;
}

struct MHD_Response *web_page_response(struct web_page *page)
{
	struct MHD_Response *response = NULL;
	bool whole = page->out && !ferror(page->out) && fflush(page->out) == 0;

	if (page->out)
		fclose(page->out);
	page->out = NULL;
	if (whole)
		response = MHD_create_response_from_buffer(page->len, page->text,
		                                           MHD_RESPMEM_MUST_FREE);
	if (!response) {
		web_page_finish(page);
		return NULL;
	}
	page->text = NULL;
	MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
	MHD_add_response_header(response, "Cache-Control", "no-store");
	return response;
}

enum MHD_Result web_page_send(struct web_page *page, const struct web_request *request,
                              unsigned status)
{
	struct MHD_Response *response = web_page_response(page);

	if (response)
		return web_queue(request, status, response);
	return web_answer(request, MHD_HTTP_INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8",
	                  "There is no memory for this page.\n");
}
