/* SPDX-License-Identifier: MIT */
/*
 * door_parts.h - one caller, as door.c serves and door_requests.c answers it
 *
 * Threads:    the loop's; a job's run() touches its caller's person and answer alone.
 */
#ifndef FIRMWARE_EXCHANGE_DOOR_PARTS_H
#define FIRMWARE_EXCHANGE_DOOR_PARTS_H

#include "door.h"

struct caller {
	struct door *door;
	int fd;     /* -1: nobody */
	int passed; /* the descriptor that came with the line, -1: none */
	struct hal_watch watch;
	struct hal_timer patience;
	char line[DOOR_LINE];
	size_t len;
	json_t *request;
	FILE *answer; /* written whole, then sent */
	char out[4096];
	size_t out_len, out_at;

	struct bulk_task task;
	struct hal_job job;
	struct person person;
	struct weight_word word;
	enum hal_status status;
	struct hal_fault fault;
};

struct door {
	struct door_env env;
	char path[108];
	struct hal_watch listening;
	unsigned served;
	struct caller callers[DOOR_CALLERS];
};

/* Begins what the caller's line asks; door_answered() follows, now or later. */
void door_ask(struct caller *caller);

/* The answer's last line, and off it goes. */
void door_answered(struct caller *caller, int exit, const char *words, json_t *more);

#endif /* FIRMWARE_EXCHANGE_DOOR_PARTS_H */
