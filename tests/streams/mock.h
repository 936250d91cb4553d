/* SPDX-License-Identifier: MIT */
/*
 * mock.h - a /sys and /dev of our own for one test program, by umockdev
 *
 * umockdev works by LD_PRELOAD, so a test that uses it starts itself once more
 * with that set, behind the sanitizer's runtime where there is one.  A machine
 * without umockdev's preload library cannot run these tests, and they say so.
 */
#ifndef TESTS_STREAMS_MOCK_H
#define TESTS_STREAMS_MOCK_H

#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <umockdev.h>

#define MOCK_LIBRARY "libumockdev-preload.so.0"
#define MOCK_MARK    "STATION_MOCKED"

#ifdef __SANITIZE_ADDRESS__
void __asan_init(void);

static inline const char *mock_runtime(void)
{
	Dl_info info;
	void *address;
	void (*init)(void) = __asan_init;

	memcpy(&address, &init, sizeof(address));
	return dladdr(address, &info) ? info.dli_fname : "";
}
#else
static inline const char *mock_runtime(void)
{
	return "";
}
#endif

/* Does not return when it could start the program again; false: no umockdev here. */
static inline bool mock_enter(char **argv)
{
	char preload[512];
	void *library;

	if (getenv(MOCK_MARK))
		return true;
	library = dlopen(MOCK_LIBRARY, RTLD_LAZY);
	if (!library)
		return false;
	dlclose(library);
	snprintf(preload, sizeof(preload), "%s %s", mock_runtime(), MOCK_LIBRARY);
	setenv("LD_PRELOAD", preload, 1);
	setenv(MOCK_MARK, "1", 1);
	execv("/proc/self/exe", argv);
	return false;
}

/* For a group of tests that cannot run: each is counted as skipped. */
static inline int mock_missing(const struct CMUnitTest *tests, size_t count, const char *name)
{
	fprintf(stderr, "%s: umockdev's preload library is not installed\n", name);
	printf("[  SKIPPED ] %s: %zu test(s).\n", name, count);
	(void)tests;
	return 0;
}

/*
 * The far end of a device's node, which is a pseudo terminal's.  A near end stays open
 * until the program ends: else the terminal's number is free when the far end was
 * closed, and another program's terminal appears behind the node.
 */
static inline int mock_far_end(UMockdevTestbed *testbed, const char *node)
{
	if (open(node, O_RDWR | O_NOCTTY | O_CLOEXEC) < 0)
		abort();
	return umockdev_testbed_get_dev_fd(testbed, node);
}

static inline UMockdevTestbed *mock_add(UMockdevTestbed *testbed, const char *description)
{
	GError *error = NULL;

	if (!umockdev_testbed_add_from_string(testbed, description, &error)) {
		fprintf(stderr, "umockdev: %s\n", error->message);
		abort();
	}
	return testbed;
}

typedef gboolean (*mock_handler)(UMockdevIoctlBase *, UMockdevIoctlClient *, gpointer);

static inline UMockdevIoctlBase *mock_answer(UMockdevTestbed *testbed, const char *node,
                                             mock_handler handler, void *data)
{
	UMockdevIoctlBase *base = umockdev_ioctl_base_new();
	GError *error = NULL;

	g_signal_connect_data(base, "handle-ioctl", (GCallback)(void (*)(void))handler, data, NULL,
	                      (GConnectFlags)0);
	if (!umockdev_testbed_attach_ioctl(testbed, node, base, &error)) {
		fprintf(stderr, "umockdev: %s\n", error->message);
		abort();
	}
	return base;
}

/* Copies out what the program under test passed by pointer. */
static inline void mock_read(UMockdevIoctlClient *client, void *ret_bytes, size_t len)
{
	UMockdevIoctlData *data =
		umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, len, NULL);

	memcpy(ret_bytes, data->data, len);
	g_object_unref(data);
}

static inline void mock_write(UMockdevIoctlClient *client, const void *bytes, size_t len)
{
	UMockdevIoctlData *data =
		umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, len, NULL);

	umockdev_ioctl_data_update(data, 0, (guint8 *)(uintptr_t)bytes, (gint)len);
	g_object_unref(data);
}

#endif /* TESTS_STREAMS_MOCK_H */
