/* SPDX-License-Identifier: MIT */
#include "stream/tcp.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "stream/fdstream.h"
#include "stream/uri.h"

#define DEPTH           (512u * 1024u)
#define PORT_DEFAULT    9100
#define CONNECT_US      HAL_SEC(5)
#define BACK_OFF_US     HAL_SEC(1)
#define BACK_OFF_MAX_US HAL_SEC(10)
#define SEND_BUFFER     16384
#define ADDRESSES_MAX   4

struct address {
	struct sockaddr_storage bytes;
	socklen_t len;
};

struct tcp {
	struct fdstream base;
	struct hal_watch connecting; /* on the socket until it is connected */
	struct hal_timer patience;   /* with a printer that does not answer at all */
	struct hal_job lookup;
	struct address addresses[ADDRESSES_MAX];
	int address_count, address; /* the one being tried */
	int lookup_failed;          /* as getaddrinfo says it */
	bool numeric;
	bool looking; /* the clerk has the job */
	bool closed;  /* by its owner, while the clerk still looked */
	char name[URI_BODY_MAX];
	char port[8];
};

static struct tcp *tcp_from_base(struct fdstream *base)
{
	return hal_container_of(base, struct tcp, base);
}

static void fail(struct tcp *tcp, const char *words)
{
	int64_t *patience_us = &tcp->base.finder.patience_us;
	struct hal_fault fault;

	hal_fault_set(&fault, "'%s' port %s: %s", tcp->name, tcp->port, words);
	fdstream_failed(&tcp->base, HAL_E_TIMEOUT, &fault);
	*patience_us = *patience_us * 2 < BACK_OFF_MAX_US ? *patience_us * 2 : BACK_OFF_MAX_US;
}

static void stop_connecting(struct tcp *tcp)
{
	hal_watch_stop(tcp->base.host.loop, &tcp->connecting);
	hal_timer_stop(tcp->base.host.loop, &tcp->patience);
}

static void set_up_socket(int fd)
{
	static const struct {
		int level, name, value;
	} options[] = {
		{ SOL_SOCKET, SO_KEEPALIVE, 1 },   { IPPROTO_TCP, TCP_KEEPIDLE, 10 },
		{ IPPROTO_TCP, TCP_KEEPINTVL, 5 }, { IPPROTO_TCP, TCP_KEEPCNT, 3 },
		{ IPPROTO_TCP, TCP_NODELAY, 1 },   { SOL_SOCKET, SO_SNDBUF, SEND_BUFFER },
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		setsockopt(fd, options[i].level, options[i].name, &options[i].value,
		           sizeof(options[i].value));
}

static int connect_to(struct tcp *tcp, const struct address *address)
{
	int fd = socket(address->bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return errno;
	set_up_socket(fd);
	tcp->base.watch.fd = fd;
	if (connect(fd, (const struct sockaddr *)&address->bytes, address->len) == 0)
		return 0;
	return errno;
}

/* Waits for the answer to a connection under way; also one that was answered already. */
static void await_answer(struct tcp *tcp)
{
	tcp->connecting.fd = tcp->base.watch.fd;
	tcp->connecting.wanted = HAL_WRITE;
	hal_timer_start(tcp->base.host.loop, &tcp->patience, CONNECT_US);
	if (hal_watch_start(tcp->base.host.loop, &tcp->connecting) != HAL_OK)
		fail(tcp, "cannot be waited for");
}

static void close_socket(struct tcp *tcp)
{
	stop_connecting(tcp);
	if (tcp->base.watch.fd >= 0)
		close(tcp->base.watch.fd);
	tcp->base.watch.fd = -1;
}

static void try_address(struct tcp *tcp)
{
	int failed = 0;

	for (; tcp->address < tcp->address_count; tcp->address++) {
		failed = connect_to(tcp, &tcp->addresses[tcp->address]);
		if (failed == 0 || failed == EINPROGRESS) {
			await_answer(tcp);
			return;
		}
		close_socket(tcp);
	}
	fail(tcp, strerror(failed));
}

static void try_next(struct tcp *tcp, const char *words)
{
	close_socket(tcp);
	if (++tcp->address < tcp->address_count)
		try_address(tcp);
	else
		fail(tcp, words);
}

static void on_answer(struct hal_watch *watch, unsigned what)
{
	struct tcp *tcp = hal_container_of(watch, struct tcp, connecting);
	int error = 0;
	socklen_t len = sizeof(error);

	(void)what;
	stop_connecting(tcp);
	getsockopt(watch->fd, SOL_SOCKET, SO_ERROR, &error, &len);
	if (error != 0) {
		try_next(tcp, strerror(error));
		return;
	}
	tcp->base.finder.patience_us = BACK_OFF_US;
	fdstream_opened(&tcp->base);
}

static void on_no_answer(struct hal_timer *timer)
{
	try_next(hal_container_of(timer, struct tcp, patience), strerror(ETIMEDOUT));
}

static int look_up(struct tcp *tcp, int flags)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV | flags };
	struct addrinfo *found;
	int failed = getaddrinfo(tcp->name, tcp->port, &hints, &found);

	tcp->address_count = 0;
	if (failed)
		return failed;
	for (struct addrinfo *at = found; at && tcp->address_count < ADDRESSES_MAX;
	     at = at->ai_next) {
		struct address *address = &tcp->addresses[tcp->address_count++];

		memcpy(&address->bytes, at->ai_addr, at->ai_addrlen);
		address->len = at->ai_addrlen;
	}
	freeaddrinfo(found);
	return 0;
}

static void run_lookup(struct hal_job *job)
{
	struct tcp *tcp = hal_container_of(job, struct tcp, lookup);

	tcp->lookup_failed = look_up(tcp, 0);
}

static void on_looked_up(struct hal_job *job)
{
	struct tcp *tcp = hal_container_of(job, struct tcp, lookup);

	tcp->looking = false;
	if (tcp->closed) {
		free(tcp);
		return;
	}
	tcp->address = 0;
	if (tcp->lookup_failed)
		fail(tcp, gai_strerror(tcp->lookup_failed));
	else
		try_address(tcp);
}

static enum hal_status open_tcp(struct fdstream *base, struct hal_fault *reterr_fault)
{
	struct tcp *tcp = tcp_from_base(base);

	tcp->address = 0;
	if (tcp->numeric) {
		try_address(tcp);
		return HAL_E_BUSY;
	}
	if (hal_work_submit(base->host.work, HAL_QUEUE_CLERK, &tcp->lookup) != HAL_OK) {
		hal_fault_set(reterr_fault, "'%s' cannot be looked up now", tcp->name);
		return HAL_E_SYSTEM;
	}
	tcp->looking = true;
	return HAL_E_BUSY;
}

static ssize_t read_tcp(struct fdstream *base, void *data, size_t cap)
{
	return recv(base->watch.fd, data, cap, 0);
}

static ssize_t write_tcp(struct fdstream *base, const void *data, size_t len)
{
	return send(base->watch.fd, data, len, MSG_NOSIGNAL);
}

/* Nothing read from a socket that was ready is the other side's end of it. */
static bool is_gone(struct fdstream *base)
{
	(void)base;
	return true;
}

static void shut_tcp(struct fdstream *base)
{
	close_socket(tcp_from_base(base));
}

static void free_tcp(struct fdstream *base)
{
	struct tcp *tcp = tcp_from_base(base);

	if (tcp->looking)
		tcp->closed = true;
	else
		free(tcp);
}

static const struct fdstream_kind tcp_kind = {
	.tag = "tcp",
	.depth = DEPTH,
	.open = open_tcp,
	.read = read_tcp,
	.write = write_tcp,
	.gone = is_gone,
	.shut = shut_tcp,
	.eager = true,
	.free = free_tcp,
};

/* "[::1]:9100": an IPv6 address stands in brackets, because it is full of colons itself. */
enum hal_status tcp_parse(const char *text, char *ret_host, unsigned *ret_port,
                          struct hal_fault *reterr_fault)
{
	bool bracketed = text[0] == '[';
	const char *host = text + bracketed;
	size_t len = strcspn(host, bracketed ? "]" : ":");
	const char *rest = host + len + (bracketed && host[len] == ']');
	unsigned port = PORT_DEFAULT;

	if (len == 0 || len >= URI_BODY_MAX || (*rest != '\0' && *rest != ':') ||
	    (*rest == ':' && (!uri_number(rest + 1, 65535, &port) || port == 0))) {
		hal_fault_set(reterr_fault, "'%s' is not a host and port like 192.168.1.20:9100",
		              text);
		return HAL_E_ARG;
	}
	memcpy(ret_host, host, len);
	ret_host[len] = '\0';
	*ret_port = port;
	return HAL_OK;
}

static enum hal_status init(struct tcp *tcp, const struct host *host, const char *uri,
                            struct hal_fault *reterr_fault)
{
	char body[URI_BODY_MAX];
	unsigned port;
	enum hal_status status = uri_parse(uri, body, NULL, 0, reterr_fault);

	if (status == HAL_OK)
		status = tcp_parse(body, tcp->name, &port, reterr_fault);
	if (status != HAL_OK)
		return status;
	snprintf(tcp->port, sizeof(tcp->port), "%u", port);
	tcp->connecting = (struct hal_watch){ .ready = on_answer, .fd = -1 };
	tcp->patience.fire = on_no_answer;
	tcp->lookup = (struct hal_job){ .run = run_lookup, .done = on_looked_up };
	tcp->numeric = look_up(tcp, AI_NUMERICHOST) == 0;
	status = fdstream_init(&tcp->base, &tcp_kind, host, NULL);
	tcp->base.finder.patience_us = BACK_OFF_US;
	return status;
}

enum hal_status tcp_open(const struct host *host, const char *uri, struct hal_stream **ret_stream,
                         struct hal_fault *reterr_fault)
{
	struct tcp *tcp = calloc(1, sizeof(*tcp));
	enum hal_status status;

	if (!tcp) {
		hal_fault_set(reterr_fault, "%s", strerror(ENOMEM));
		return HAL_E_SYSTEM;
	}
	status = init(tcp, host, uri, reterr_fault);
	if (status != HAL_OK) {
		free(tcp);
		return status;
	}
	*ret_stream = &tcp->base.base;
	return HAL_OK;
}
