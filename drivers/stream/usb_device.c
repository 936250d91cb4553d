/* SPDX-License-Identifier: MIT */
#include "stream/usb_device.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum hal_status usb_device_init(struct usb_device *device, struct hal_fault *reterr_fault)
{
	int failed;

	device->fd = -1;
	device->handle = NULL;
	libusb_set_option(NULL, LIBUSB_OPTION_NO_DEVICE_DISCOVERY);
	failed = libusb_init(&device->context);
	if (failed != 0) {
		device->context = NULL;
		hal_fault_set(reterr_fault, "libusb: %s", libusb_strerror(failed));
		return HAL_E_SYSTEM;
	}
	return HAL_OK;
}

void usb_device_finish(struct usb_device *device)
{
	if (device->context)
		libusb_exit(device->context);
	device->context = NULL;
}

static enum hal_status tell(const char *node, const char *step, int failed,
                            struct hal_fault *reterr_fault)
{
	hal_fault_set(reterr_fault, "'%s': %s: %s%s", node, step, libusb_strerror(failed),
	              failed == LIBUSB_ERROR_BUSY ? " (another program holds it)" : "");
	return failed == LIBUSB_ERROR_NO_DEVICE || failed == LIBUSB_ERROR_NOT_FOUND ? HAL_E_LINK
	                                                                            : HAL_E_SYSTEM;
}

/* Its index among the configurations counts for GET_DEVICE_ID; printers have one. */
static int choose(struct usb_device *device)
{
	libusb_device *usb = libusb_get_device(device->handle);
	struct libusb_config_descriptor *config;
	int failed = libusb_get_active_config_descriptor(usb, &config);
	bool chosen;

	if (failed == LIBUSB_ERROR_NOT_FOUND)
		failed = libusb_get_config_descriptor(usb, 0, &config);
	if (failed != 0)
		return failed;
	chosen = usb_choose(config, &device->choice);
	libusb_free_config_descriptor(config);
	return chosen ? 0 : LIBUSB_ERROR_NOT_SUPPORTED;
}

/* The kernel's usblp lets go when it is asked to, and gets the printer back when we release it. */
static int claim(struct usb_device *device)
{
	const struct usb_choice *choice = &device->choice;
	int failed;

	libusb_set_auto_detach_kernel_driver(device->handle, 1);
	failed = libusb_claim_interface(device->handle, choice->interface);
	if (failed != 0 || !choice->has_alternates)
		return failed;
	return libusb_set_interface_alt_setting(device->handle, choice->interface,
	                                        choice->alternate);
}

static enum hal_status use_node(struct usb_device *device, const char *node,
                                struct hal_fault *reterr_fault)
{
	int failed = libusb_wrap_sys_device(device->context, (intptr_t)device->fd, &device->handle);

	if (failed != 0)
		return tell(node, "open", failed, reterr_fault);
	failed = choose(device);
	if (failed == LIBUSB_ERROR_NOT_SUPPORTED) {
		hal_fault_set(reterr_fault, "'%s' is not a printer", node);
		return HAL_E_SYSTEM;
	}
	if (failed != 0)
		return tell(node, "describe", failed, reterr_fault);
	failed = claim(device);
	return failed == 0 ? HAL_OK : tell(node, "claim", failed, reterr_fault);
}

enum hal_status usb_device_open(struct usb_device *device, const char *node,
                                struct hal_fault *reterr_fault)
{
	enum hal_status status;

	device->fd = open(node, O_RDWR | O_CLOEXEC);
	if (device->fd < 0) {
		hal_fault_set(reterr_fault, "'%s': %s%s", node, strerror(errno),
		              errno == EACCES ? " (see config/60-packing-station.rules)" : "");
		return errno == ENOENT || errno == ENODEV ? HAL_E_LINK : HAL_E_SYSTEM;
	}
	status = use_node(device, node, reterr_fault);
	if (status != HAL_OK)
		usb_device_close(device);
	return status;
}

/* Releasing what was not claimed is harmless; a device that is gone only forgets. */
void usb_device_close(struct usb_device *device)
{
	if (device->handle) {
		libusb_release_interface(device->handle, device->choice.interface);
		libusb_close(device->handle);
	}
	device->handle = NULL;
	if (device->fd >= 0)
		close(device->fd);
	device->fd = -1;
}

bool usb_device_clear(struct usb_device *device, uint8_t endpoint)
{
	return libusb_clear_halt(device->handle, endpoint) == 0;
}
