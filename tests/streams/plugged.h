/* SPDX-License-Identifier: MIT */
/*
 * plugged.h - what is plugged into a bench made by umockdev, and a verb that looks at it
 *
 * For tests of stationctl's verbs: the devices' descriptions, and what the verb wrote.
 */
#ifndef TESTS_STREAMS_PLUGGED_H
#define TESTS_STREAMS_PLUGGED_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mock.h"

#define USB_DEVICE(path, vendor, product, maker, name, serial)                                     \
	"P: /devices/usb1/" path "\nN: bus/usb/001/002\nE: DEVNAME=/dev/bus/usb/001/002\n"         \
	"E: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nA: idVendor=" vendor                             \
	"\\n\nA: idProduct=" product "\\n\nA: manufacturer=" maker "\\n\nA: product=" name         \
	"\\n\n" serial "\n"

#define SERIAL(text) "A: serial=" text "\\n\n"

#define TTY(path, name, minor)                                                                     \
	"P: /devices/usb1/" path "/" path ":1.0\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\n\n"   \
	"P: /devices/usb1/" path "/" path ":1.0/tty/" name "\nN: " name "\nE: DEVNAME=/dev/" name  \
	"\nE: SUBSYSTEM=tty\nE: MAJOR=188\nE: MINOR=" minor "\n"

static UMockdevTestbed *testbed;
static char heard[8192], said[4096]; /* on stdout and stderr */

static inline int set_up(void **state)
{
	(void)state;
	testbed = umockdev_testbed_new();
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	g_object_unref(testbed);
	return 0;
}

static inline void make_folder(const char *root, const char *folder)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", root, folder);
	if (mkdir(path, 0755) != 0)
		assert_int_equal(errno, EEXIST);
}

/* As udevd makes it: /dev/GROUP/KIND/NAME leads to a node. */
static inline void link_node(const char *group, const char *kind, const char *name,
                             const char *target)
{
	char *root = umockdev_testbed_get_root_dir(testbed);
	char folder[256], path[512];

	snprintf(folder, sizeof(folder), "dev/%s", group);
	make_folder(root, folder);
	snprintf(folder, sizeof(folder), "dev/%s/%s", group, kind);
	make_folder(root, folder);
	snprintf(path, sizeof(path), "%s/%s/%s", root, folder, name);
	assert_int_equal(symlink(target, path), 0);
	g_free(root);
}

static inline int redirect(FILE *stream, int into)
{
	int saved;

	fflush(stream);
	saved = dup(fileno(stream));
	dup2(into, fileno(stream));
	return saved;
}

static inline void restore(FILE *stream, int saved)
{
	fflush(stream);
	dup2(saved, fileno(stream));
	close(saved);
}

static inline void take(FILE *file, char *text, size_t cap)
{
	rewind(file);
	text[fread(text, 1, cap - 1, file)] = '\0';
	fclose(file);
}

#define KEYS(path, name)                                                                           \
	"P: /devices/usb1/" path "/input/input9/" name "\nN: input/" name                          \
	"\nE: DEVNAME=/dev/input/" name "\nE: SUBSYSTEM=input\nE: MAJOR=13\nE: MINOR=73\n"         \
	"E: ID_INPUT=1\nE: ID_INPUT_KEYBOARD=1\nE: ID_BUS=usb\n"

#define PRINTER(path, vendor, product, maker, name, serial, id)                                    \
	USB_DEVICE(path, vendor, product, maker, name, serial)                                     \
	"P: /devices/usb1/" path "/" path ":1.0\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\n"     \
	"A: bInterfaceClass=07\\n\nA: bInterfaceSubClass=01\\n\n" id "\n"

/* What was said goes to heard and said; answers: lines for stdin, NULL none. */
static inline int run_verb(int (*verb)(int argc, char **argv), int argc, char **argv,
                           const char *answers)
{
	FILE *in = tmpfile(), *out = tmpfile(), *err = tmpfile();
	int saved_out = redirect(stdout, fileno(out)), saved_err = redirect(stderr, fileno(err));
	int saved_in = dup(STDIN_FILENO), code;

	fputs(answers ? answers : "", in);
	rewind(in);
	dup2(fileno(in), STDIN_FILENO);
	__fpurge(stdin);
	clearerr(stdin);
	code = verb(argc, argv);
	dup2(saved_in, STDIN_FILENO);
	close(saved_in);
	fclose(in);
	restore(stdout, saved_out);
	restore(stderr, saved_err);
	take(out, heard, sizeof(heard));
	take(err, said, sizeof(said));
	return code;
}

static inline void assert_heard(const char *words)
{
	if (!strstr(heard, words))
		fail_msg("'%s' is not in:\n%s%s", words, heard, said);
}

#endif /* TESTS_STREAMS_PLUGGED_H */
