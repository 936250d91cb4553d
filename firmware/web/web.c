/* SPDX-License-Identifier: MIT */
#include "web.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "web_parts.h"
#include "web_upload.h"

#define CONNECTIONS 64
#define BEAT_US     HAL_SEC(1)
#define WEIGHT_US   HAL_MS(50)
#define IDLE_S      30

/*
 * libmicrohttpd 0.9.75 with an external epoll has three traps.  Resuming a
 * connection does not wake its epoll, so MHD_run() must follow, and never from
 * inside one of its own handlers: hence the soon timer.  What MHD_get_timeout()
 * asks for is to be kept to the microsecond, or long answers crawl.  And a client
 * that dies while its connection is suspended is noticed only by writing to it:
 * hence the beat.
 */

static void arm(struct web *web)
{
	MHD_UNSIGNED_LONG_LONG wait_ms;

	if (MHD_get_timeout(web->daemon, &wait_ms) == MHD_YES)
		hal_timer_start(web->env.loop, &web->due, wait_ms ? (int64_t)wait_ms * 1000 : 1);
	else
		hal_timer_stop(web->env.loop, &web->due);
}

static void run(struct web *web)
{
	web->inside = true;
	MHD_run(web->daemon);
	web->inside = false;
	arm(web);
	if (web->streams.count > 0 && !web->beating) {
		web->beating = true;
		hal_timer_start(web->env.loop, &web->beat, BEAT_US);
	}
}

static void wake(struct web *web)
{
	web_streams_wake(&web->streams);
	run(web);
}

static void on_ready(struct hal_watch *watch, unsigned what)
{
	(void)what;
	run(hal_container_of(watch, struct web, watch));
}

static void on_due(struct hal_timer *timer)
{
	run(hal_container_of(timer, struct web, due));
}

static void on_soon(struct hal_timer *timer)
{
	wake(hal_container_of(timer, struct web, soon));
}

static void on_beat(struct hal_timer *timer)
{
	struct web *web = hal_container_of(timer, struct web, beat);

	web->beating = web->streams.count > 0;
	if (!web->beating)
		return;
	web->streams.beats++;
	hal_timer_start(web->env.loop, &web->beat, BEAT_US);
	wake(web);
}

static void tell_weight(struct web *web)
{
	web->weighed_us = hal_now_us(web->env.loop);
	web->streams.weights++;
	wake(web);
}

static void on_weight(struct hal_timer *timer)
{
	struct web *web = hal_container_of(timer, struct web, weight);

	web->weighing = false;
	tell_weight(web);
}

static void station_changed(void *owner)
{
	struct web *web = owner;

	web_decide_look(web);
	if (web->streams.count > 0)
		hal_timer_start(web->env.loop, &web->soon, 1);
}

/* With the frame that brought it, so that the page costs no wake-up of its own. */
static void station_weight(void *owner)
{
	struct web *web = owner;
	int64_t since_us = hal_now_us(web->env.loop) - web->weighed_us;

	if (web->streams.count == 0 || web->weighing)
		return;
	if (since_us >= WEIGHT_US && !web->inside) {
		tell_weight(web);
		return;
	}
	web->weighing = true;
	hal_timer_start(web->env.loop, &web->weight,
	                since_us < WEIGHT_US ? WEIGHT_US - since_us : 1);
}

static const struct station_listener station_listener = { station_changed, station_weight };

static bool fill_address(const struct config *config, struct sockaddr_in *ret_address)
{
	*ret_address = (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)config->web.port),
	};
	return inet_pton(AF_INET, config->web.listen, &ret_address->sin_addr) == 1;
}

static enum hal_status listen_at(struct web *web, struct hal_fault *fault)
{
	const struct config *config = web->env.config;
	struct sockaddr_in address;

	if (!fill_address(config, &address)) {
		hal_fault_set(fault, "[web] listen = '%s': wants an IPv4 address",
		              config->web.listen);
		return HAL_E_ARG;
	}
	web->daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, (uint16_t)config->web.port, NULL, NULL,
		web_handle, web, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_LIMIT,
		CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, IDLE_S, MHD_OPTION_NOTIFY_COMPLETED,
		web_completed, web, MHD_OPTION_END);
	if (web->daemon)
		return HAL_OK;
	hal_fault_set(fault, "[web] %s:%d is taken or not ours; choose another port",
	              config->web.listen, (int)config->web.port);
	return HAL_E_SYSTEM;
}

static bool open_upload(struct web *web)
{
	const struct web_upload_env env = {
		.work = web->env.work,
		.log = web->env.log,
		.bulk = web->env.bulk,
		.database = web->env.config->bench.database,
		.config_path = web->env.config_path,
		.helper = web->env.helper,
	};

	web->upload = web_upload_open(&env);
	return web->upload != NULL;
}

enum hal_status web_open(const struct web_env *env, struct web **ret_web,
                         struct hal_fault *reterr_fault)
{
	struct web *web = calloc(1, sizeof(*web));
	enum hal_status status;

	if (!web)
		return HAL_E_SYSTEM;
	web->env = *env;
	web->streams.view = station_view(env->station);
	web->sessions.idle_us = HAL_SEC(60) * env->config->web.idle_min;
	if (getrandom(web->key, sizeof(web->key), 0) != (ssize_t)sizeof(web->key)) {
		web_close(web);
		return HAL_E_SYSTEM;
	}
	web->due = (struct hal_timer){ .fire = on_due, .accuracy_us = 1 };
	web->soon = (struct hal_timer){ .fire = on_soon, .accuracy_us = 1 };
	web->beat.fire = on_beat;
	web->weight.fire = on_weight;
	status = open_upload(web) ? listen_at(web, reterr_fault) : HAL_E_SYSTEM;
	if (status == HAL_OK) {
		web->watch = (struct hal_watch){
			.ready = on_ready,
			.fd = MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd,
			.wanted = HAL_READ,
			.priority = HAL_PRIORITY_WEB,
		};
		status = hal_watch_start(env->loop, &web->watch);
	}
	if (status != HAL_OK) {
		web_close(web);
		return status;
	}
	station_listen(env->station, &station_listener, web);
	arm(web);
	*ret_web = web;
	return HAL_OK;
}

void web_close(struct web *web)
{
	if (!web)
		return;
	station_listen(web->env.station, NULL, NULL);
	hal_timer_stop(web->env.loop, &web->due);
	hal_timer_stop(web->env.loop, &web->soon);
	hal_timer_stop(web->env.loop, &web->beat);
	hal_timer_stop(web->env.loop, &web->weight);
	hal_watch_stop(web->env.loop, &web->watch);
	web_streams_end(&web->streams);
	web_decide_end(web);
	web_wake_sleepers(web);
	if (web->daemon)
		MHD_stop_daemon(web->daemon);
	web_upload_close(web->upload);
	free(web);
}
