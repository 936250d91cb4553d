/* SPDX-License-Identifier: MIT */
/*
 * door.h - the daemon's Unix socket, through which stationctl writes
 *
 * Two writers never meet: while the daemon runs, what stationctl would write is
 * asked for here.  The socket is "<database>.socket", for its owner alone.
 *
 * One connection, one request, one answer.  The request is a JSON object on one line
 * of at most DOOR_LINE bytes; a file comes as its path, or as an open descriptor with
 * the line's first byte (SCM_RIGHTS).  The answer is JSON Lines; the last has the key
 * "exit", which is stationctl's exit code, and "words" where there is something to say.
 *
 *   {"do": "import", "what": "notices", "name": "orders.csv", "path": "/tmp/orders.csv",
 *    "format": "csv", "charset": "gb18030", "delimiter": ";", "headings": "/tmp/h.conf",
 *    "lint": true}                        one object a refused row, a finding; the sum last
 *   {"do": "person-add", "id": "p3", "badge": "p3", "name": "...", "supervisor": false,
 *    "language": "zh", "secret": "a hash"}
 *   {"do": "person-remove", "id": "p3"}
 *   {"do": "weight", "what": "pin", "sku": "QHJ014", "grams": "12.6", "by": "supervisor-1",
 *    "reason": "weighed", "note": ""}     what: pin, reset, new-lot; grams: pin alone
 *   {"do": "reload"}
 *
 * At most DOOR_CALLERS are served at a time; who says nothing, or takes no answer, for
 * half a minute is dropped.  An import goes on when its caller has left.
 *
 * Ownership:  everything of the environment is borrowed.
 * Errors:     from open() alone: the socket cannot be made.
 * Threads:    the loop's.
 * Source:     unix(7), recvmsg(2), cmsg(3).
 */
#ifndef FIRMWARE_EXCHANGE_DOOR_H
#define FIRMWARE_EXCHANGE_DOOR_H

#include "bulk.h"
#include "hal_log.h"
#include "hal_loop.h"
#include "weight_word.h"

#define DOOR_LINE    8192
#define DOOR_CALLERS 4

struct door;

struct door_env {
	struct hal_loop *loop;
	struct hal_work *work;
	struct hal_log *log;
	struct store *store;
	struct bulk *bulk;
	const char *database;
	/* As station_set_weight(). */
	enum hal_status (*set_weight)(void *owner, struct weight_word *word);
	void *owner;
};

/* The socket's path; false when it is too long for one. */
bool door_path(const char *database, char *path, size_t size);

HAL_MUST_USE enum hal_status door_open(const struct door_env *env, struct door **ret_door,
                                       struct hal_fault *reterr_fault);
/* Once the work is closed. */
void door_close(struct door *door);

#endif /* FIRMWARE_EXCHANGE_DOOR_H */
