/* SPDX-License-Identifier: MIT */
/*
 * statechart: the machine's own table as a drawing, in Graphviz' language.
 *
 * Only what changes the state is drawn.  What many states answer alike (a pause, a
 * failed disk) comes from one box with their number, so that the parcel's way is
 * what the eye finds.
 */
#include <stdio.h>

#include "machine.c"

#define MANY 6

static const char *name_of(int state)
{
	return state == RESUME ? "where it was" : facts[state].name;
}

/* A state is where the parcel is, where nobody's parcel is, or a stop. */
static const char *colour_of(int state)
{
	if (state == ST_MISMATCH || state == ST_HELD || state == ST_UNCERTAIN ||
	    state == ST_STOPPED)
		return "#f6c6c0";
	if (state == ST_PRINTING || state == ST_CONFIRM || state == ST_QUIET)
		return "#cfe8cf";
	return facts[state].parcel ? "#dce6f4" : "#eeeeee";
}

static void draw_state(int state)
{
	printf("\ts%d [label=\"%s\", fillcolor=\"%s\"];\n", state, name_of(state),
	       colour_of(state));
}

static unsigned count_states(unsigned in)
{
	unsigned count = 0;

	for (int state = 1; state <= ST_LAST; state++)
		count += (in & IN(state)) != 0;
	return count;
}

static bool leads(const struct rule *rule, int from, int to)
{
	return (rule->in & IN(from)) && rule->next == to && to != from;
}

/* The events of all rows from one state to another, each once. */
static void draw_edge(int from, int to)
{
	bool seen[EV_LAST + 1] = { false };
	const char *glue = "";

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct rule *rule = &rules[i];

		if (!leads(rule, from, to) || count_states(rule->in) >= MANY || seen[rule->on])
			continue;
		if (!*glue)
			printf("\ts%d -> s%d [label=\"", from, to == RESUME ? 0 : to);
		printf("%s%s", glue, machine_event_name(rule->on));
		seen[rule->on] = true;
		glue = "\\n";
	}
	if (*glue)
		puts("\"];");
}

static void draw_crowd(const struct rule *rule, size_t row)
{
	printf("\tm%zu [label=\"any of %u\", shape=plaintext, style=\"\"];\n"
	       "\tm%zu -> s%d [label=\"%s\", style=dashed];\n",
	       row, count_states(rule->in), row, rule->next, machine_event_name(rule->on));
}

int main(void)
{
	puts("digraph machine {\n"
	     "\trankdir=TB; nodesep=0.3; ranksep=0.5;\n"
	     "\tnode [shape=box, style=\"rounded,filled\", fontname=\"DejaVu Sans\", "
	     "fontsize=11];\n"
	     "\tedge [fontname=\"DejaVu Sans\", fontsize=10, color=\"#555555\"];\n"
	     "\ts0 [label=\"where it was\", shape=plaintext, style=\"\"];");
	for (int state = 1; state <= ST_LAST; state++)
		draw_state(state);
	for (int from = 1; from <= ST_LAST; from++)
		for (int to = RESUME; to <= ST_LAST; to++)
			if (to != STAY)
				draw_edge(from, to);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].next != STAY && count_states(rules[i].in) >= MANY)
			draw_crowd(&rules[i], i);
	puts("}");
	return fflush(stdout) == 0 ? 0 : 1;
}
