/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gadget.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "desk.h"

#define GADGET "/sys/kernel/config/usb_gadget/serial"

void gadget_make(void)
{
	if (access(GADGET, F_OK) == 0)
		return;
	desk_make(GADGET);
	desk_put(GADGET "/idVendor", "0x0403");
	desk_put(GADGET "/idProduct", "0x6001");
	desk_make(GADGET "/strings/0x409");
	desk_put(GADGET "/strings/0x409/serialnumber", "SCALE0001");
	desk_put(GADGET "/strings/0x409/manufacturer", "Bench Works");
	desk_put(GADGET "/strings/0x409/product", "Bench Scale");
	desk_make(GADGET "/configs/c.1");
	desk_make(GADGET "/functions/acm.0");
	assert_int_equal(symlink(GADGET "/functions/acm.0", GADGET "/configs/c.1/acm.0"), 0);
}

void gadget_plug(void)
{
	assert_true(desk_put(GADGET "/UDC", "dummy_udc.0"));
}

/* No hand is faster than the hub: a cable back before it saw it go confuses the gadget. */
void gadget_unplug(void)
{
	assert_true(desk_put(GADGET "/UDC", "\n"));
	assert_true(desk_gone(GADGET_LINK));
	assert_true(desk_gone("/dev/ttyACM0"));
}

int gadget_open(void)
{
	struct termios line;
	int fd = open("/dev/ttyGS0", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(tcgetattr(fd, &line), 0);
	cfmakeraw(&line);
	assert_int_equal(tcsetattr(fd, TCSANOW, &line), 0);
	return fd;
}
