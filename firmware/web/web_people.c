/* SPDX-License-Identifier: MIT */
/*
 * Who works here: badges, names, PINs.  A new secret becomes a hash in a child process
 * and is never kept in any other form; whose secret changed or who is gone is signed out
 * everywhere.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"
#include "web_sheet.h"

#define SECRET_MAX 128

/* ---- The page ------------------------------------------------------------------------------- */

struct people {
	struct web_sheet sheet;
	unsigned count;
};

static void put_option(struct web_page *page, const char *value, const char *chosen,
                       const char *text)
{
	web_put(page, "<option value=\"%s\"", value);
	web_put_raw(page, strcmp(value, chosen) == 0 ? " selected>" : ">");
	web_put(page, "%s</option>", text);
}

static void put_field(struct web_page *page, const char *name, const char *key, const char *value,
                      const char *attributes)
{
	web_put(page, "<label><span>%s</span><input name=\"%s\" value=\"%s\" ", web_say(page, key),
	        name, value);
	web_put_raw(page, attributes);
	web_put_raw(page, "></label>");
}

static void put_fields(struct web_page *page, const struct person *person, bool new)
{
	put_field(page, "name", "people.name", person->name, "required maxlength=\"150\"");
	put_field(page, "badge", "people.badge", person->badge, "maxlength=\"47\"");
	web_put(page, "<label><span>%s</span><select name=\"language\">",
	        web_say(page, "people.language"));
	put_option(page, "zh", person->language, "中文");
	put_option(page, "en", person->language, "English");
	web_put_raw(page, "</select></label>");
	web_put(page,
	        "<label><span>%s</span><input name=\"secret\" type=\"password\" maxlength=\"100\""
	        " autocomplete=\"new-password\"><small>%s</small></label>",
	        web_say(page, "people.secret"),
	        web_say(page, new ? "people.secret-new" : "people.secret-keep"));
	web_put(page,
	        "<label class=\"check\"><input type=\"checkbox\" name=\"supervisor\" value=\"1\"");
	web_put_raw(page, person->supervisor ? " checked>" : ">");
	web_put(page, "<span>%s</span></label>", web_say(page, "people.supervisor"));
}

static void put_change(struct web_page *page, const struct person *person)
{
	web_put(page, "<details><summary>%s</summary>", web_say(page, "people.change"));
	web_put_form(page, "/people", "fields");
	web_put(page, "<input type=\"hidden\" name=\"id\" value=\"%s\">", person->id);
	put_fields(page, person, false);
	web_put(page,
	        "<p class=\"choose\"><button class=\"main\" name=\"do\" value=\"put\">%s</button>"
	        "<button name=\"do\" value=\"remove\">%s</button></p></form></details>",
	        web_say(page, "people.save"), web_say(page, "people.remove"));
}

static void put_person(void *context, const struct person *person)
{
	struct people *people = context;
	struct web_page *page = &people->sheet.page;

	people->count++;
	web_put(page,
	        "<tr><td data-name=\"%s\"><b>%s</b></td><td data-name=\"%s\">%s</td>"
	        "<td data-name=\"%s\"><code>PS-BADGE-%s</code></td><td "
	        "data-name=\"%s\">%s</td><td>",
	        web_say(page, "people.name"), person->name, web_say(page, "people.id"), person->id,
	        web_say(page, "people.badge"), person->badge, web_say(page, "people.role"),
	        web_say(page, person->supervisor ? "people.supervisor" : "people.packer"));
	put_change(page, person);
	web_put_raw(page, "</td></tr>");
}

static enum hal_status write_people(struct web_sheet *sheet)
{
	struct people *people = hal_container_of(sheet, struct people, sheet);
	struct web_page *page = &sheet->page;
	struct person nobody = { .language = "zh" };
	enum hal_status status;

	web_put(page,
	        "<h1>%s</h1><p>%s</p><div class=\"sheet stack\"><table><thead><tr><th>%s</th>"
	        "<th>%s</th><th>%s</th><th>%s</th><td></td></tr></thead><tbody>",
	        web_say(page, "nav.people"), web_say(page, "people.lead"),
	        web_say(page, "people.name"), web_say(page, "people.id"),
	        web_say(page, "people.badge"), web_say(page, "people.role"));
	status = inbox_look_at_people(sheet->store, put_person, people);
	web_put(page, "</tbody></table></div><section class=\"panel\"><h2>%s</h2>",
	        web_say(page, "people.add"));
	web_put_form(page, "/people", "fields");
	put_field(page, "id", "people.id", "", "required maxlength=\"47\" autocapitalize=\"none\"");
	put_fields(page, &nobody, true);
	web_put(page,
	        "<p class=\"choose\"><button class=\"main\" name=\"do\" "
	        "value=\"put\">%s</button></p>"
	        "</form></section>",
	        web_say(page, "people.add"));
	return status;
}

enum MHD_Result web_get_people(struct web_request *request)
{
	struct people *people = web_sheet_create(request, sizeof(*people));

	if (!people)
		return MHD_NO;
	people->sheet.write = write_people;
	people->sheet.title = "nav.people";
	return web_sheet_begin(request, &people->sheet);
}

/* ---- Changing ------------------------------------------------------------------------------- */

struct person_act {
	struct web_act act;
	struct hal_child child;
	struct person person;
	bool removes, keeps_secret;
	char secret[SECRET_MAX], hash[sizeof(((struct person *)0)->secret)];
	size_t hash_len;
	int code;
};

struct find_old {
	const char *id;
	struct person found;
	bool known;
	unsigned others; /* supervisors with a secret, besides */
};

static void match(void *context, const struct person *person)
{
	struct find_old *find = context;

	if (strcmp(person->id, find->id) != 0) {
		find->others += person->supervisor && person->secret[0];
		return;
	}
	find->found = *person;
	find->known = true;
}

/* Somebody must be left who can sign in here. */
static bool locks_all_out(const struct person_act *act, const struct find_old *old)
{
	return old->others == 0 && old->known && old->found.supervisor &&
	       (act->removes || !act->person.supervisor);
}

static enum hal_status run(struct web_act *base)
{
	struct person_act *act = hal_container_of(base, struct person_act, act);
	struct find_old old = { .id = act->person.id };
	struct journal_receipt receipt;
	enum hal_status status = inbox_each_person(base->store, match, &old);

	if (status == HAL_OK && (locks_all_out(act, &old) || (act->removes && !old.known))) {
		hal_fault_set(&base->fault, "%s", act->person.id);
		return HAL_E_ARG;
	}
	if (act->keeps_secret && old.known)
		memcpy(act->person.secret, old.found.secret, sizeof(act->person.secret));
	if (status == HAL_OK)
		status = act->removes
		                 ? inbox_remove_person(base->store, act->person.id, &base->fault)
		                 : inbox_put_person(base->store, &act->person, &base->fault);
	return status == HAL_OK ? journal_commit(base->store, &base->step, &receipt, &base->fault)
	                        : status;
}

static void then(struct web *web, struct web_act *base)
{
	const struct person_act *act = hal_container_of(base, struct person_act, act);

	if (act->removes || !act->person.supervisor || !act->keeps_secret)
		web_session_close_all_of(&web->sessions, act->person.id);
	station_reload(web->env.station);
}

static void hash_output(struct hal_child *child, const uint8_t *data, size_t len)
{
	struct person_act *act = hal_container_of(child, struct person_act, child);
	size_t room = sizeof(act->hash) - 1 - act->hash_len;

	len = len < room ? len : room;
	memcpy(act->hash + act->hash_len, data, len);
	act->hash_len += len;
}

static void hash_ended(struct hal_child *child, int code)
{
	struct person_act *act = hal_container_of(child, struct person_act, child);

	act->code = code;
	web_ready(&act->act.task);
}

static enum MHD_Result hashed(struct web_request *request, struct web_task *task)
{
	struct web_act *base = hal_container_of(task, struct web_act, task);
	struct person_act *act = hal_container_of(base, struct person_act, act);

	act->hash[strcspn(act->hash, "\r\n")] = '\0';
	if (act->code != 0 || !act->hash[0])
		return web_refuse(request, MHD_HTTP_BAD_REQUEST, "refuse.secret", "", "/people");
	memcpy(act->person.secret, act->hash, sizeof(act->person.secret));
	return web_act_begin(request, base);
}

static void drop_hashing(struct web_task *task)
{
	struct web_act *base = hal_container_of(task, struct web_act, task);
	struct person_act *act = hal_container_of(base, struct person_act, act);

	explicit_bzero(act->secret, sizeof(act->secret));
	free(act);
}

static enum MHD_Result make_hash(struct web_request *request, struct person_act *act)
{
	const char *argv[] = { request->web->env.helper, "person", "hash", NULL };
	char input[SECRET_MAX + 2];
	int len = snprintf(input, sizeof(input), "%s\n", act->secret);
	enum hal_status status;

	explicit_bzero(act->secret, sizeof(act->secret));
	act->child.output = hash_output;
	act->child.ended = hash_ended;
	act->act.task.answer = hashed;
	act->act.task.drop = drop_hashing;
	status = hal_work_spawn(request->web->env.work, &act->child, argv, input, (size_t)len);
	explicit_bzero(input, sizeof(input));
	if (status == HAL_OK)
		return web_sleep(request, &act->act.task);
	free(act);
	return web_refuse(request, MHD_HTTP_SERVICE_UNAVAILABLE, "refuse.busy", "", "/people");
}

static bool copy(char *to, size_t size, const char *text)
{
	size_t len = strlen(text);

	if (len >= size || strpbrk(text, "\r\n"))
		return false;
	memcpy(to, text, len + 1);
	return true;
}

/* A badge left open is the person's own number. */
static bool take(struct person_act *act, const struct web_form *form)
{
	struct person *person = &act->person;
	const char *badge = web_field(form, "badge"), *id = web_field(form, "id");

	act->removes = strcmp(web_field(form, "do"), "remove") == 0;
	person->supervisor = strcmp(web_field(form, "supervisor"), "1") == 0;
	if (strncmp(badge, "PS-BADGE-", 9) == 0)
		badge += 9;
	snprintf(person->language, sizeof(person->language), "%s",
	         words_language_code(words_language_of(web_field(form, "language"))));
	return copy(person->id, sizeof(person->id), id) && notice_key_ok(id) &&
	       copy(person->badge, sizeof(person->badge), badge[0] ? badge : id) &&
	       notice_key_ok(person->badge) &&
	       copy(person->name, sizeof(person->name), web_field(form, "name")) &&
	       (act->removes || person->name[0]) &&
	       copy(act->secret, sizeof(act->secret), web_field(form, "secret"));
}

static void fill_record(struct person_act *act)
{
	struct web_act *base = &act->act;

	snprintf(base->step.subject, sizeof(base->step.subject), "%s", act->person.id);
	snprintf(base->decision.what, sizeof(base->decision.what), "%s",
	         act->removes ? "person-remove" : "person-put");
	snprintf(base->decision.reason, sizeof(base->decision.reason), "people");
	utf8_copy(base->decision.after, sizeof(base->decision.after),
	          act->removes ? "" : act->person.name);
	snprintf(base->decision.note, sizeof(base->decision.note), "%s%s",
	         act->person.supervisor ? "supervisor" : "packer",
	         act->secret[0] ? ", new secret" : "");
}

enum MHD_Result web_post_people(struct web_request *request)
{
	struct person_act *act = web_act_create(request, sizeof(*act), "/people", "people");

	if (!act)
		return MHD_NO;
	if (!take(act, &request->form)) {
		free(act);
		return web_refuse(request, MHD_HTTP_BAD_REQUEST, "refuse.person", "", "/people");
	}
	act->act.act = run;
	act->act.then = then;
	act->keeps_secret = !act->secret[0];
	fill_record(act);
	if (act->removes || act->keeps_secret)
		return web_act_begin(request, &act->act);
	return make_hash(request, act);
}
