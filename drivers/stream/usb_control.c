/* SPDX-License-Identifier: MIT */
#include "stream/usb_control.h"

#define PATIENCE_US HAL_SEC(3)

#define CLASS_IN_INTERFACE  0xa1
#define CLASS_OUT_INTERFACE 0x21
#define CLASS_OUT_OTHER     0x23

static const struct request {
	uint8_t type, number;
	bool shifted; /* wIndex carries the interface in its high byte, the setting in its low */
	uint16_t len;
} requests[] = {
	[HAL_ASK_DEVICE_ID] = { CLASS_IN_INTERFACE, 0, true, USB_CONTROL_ANSWER_MAX },
	[HAL_ASK_PORT_STATUS] = { CLASS_IN_INTERFACE, 1, false, 1 },
	[HAL_ASK_SOFT_RESET] = { CLASS_OUT_OTHER, 2, false, 0 },
};

static enum hal_status submit(struct usb_control *control)
{
	const struct request *request = &requests[control->ask];
	const struct usb_choice *choice = &control->choice;
	uint8_t type = control->second ? CLASS_OUT_INTERFACE : request->type;
	unsigned index = request->shifted ? (unsigned)choice->interface << 8 | choice->alternate
	                                  : choice->interface;

	libusb_fill_control_setup(control->buffer, type, request->number,
	                          request->shifted ? choice->config : 0, (uint16_t)index,
	                          request->len);
	control->transfer->dev_handle = control->handle;
	control->transfer->length = LIBUSB_CONTROL_SETUP_SIZE + request->len;
	if (libusb_submit_transfer(control->transfer) != 0)
		return HAL_E_LINK;
	control->flying = true;
	hal_timer_start(control->loop, &control->patience, PATIENCE_US);
	return HAL_OK;
}

static enum hal_status to_status(enum libusb_transfer_status status)
{
	switch (status) {
	case LIBUSB_TRANSFER_COMPLETED:
		return HAL_OK;
	case LIBUSB_TRANSFER_CANCELLED:
	case LIBUSB_TRANSFER_TIMED_OUT:
		return HAL_E_TIMEOUT;
	case LIBUSB_TRANSFER_STALL:
	case LIBUSB_TRANSFER_OVERFLOW:
		return HAL_E_PROTOCOL;
	case LIBUSB_TRANSFER_ERROR:
	case LIBUSB_TRANSFER_NO_DEVICE:
		return HAL_E_LINK;
	}
	return HAL_E_LINK;
}

static bool try_other_form(struct usb_control *control, enum libusb_transfer_status status)
{
	if (control->ask != HAL_ASK_SOFT_RESET || control->second ||
	    status != LIBUSB_TRANSFER_STALL)
		return false;
	control->second = true;
	return submit(control) == HAL_OK;
}

static void LIBUSB_CALL on_landed(struct libusb_transfer *transfer)
{
	struct usb_control *control = transfer->user_data;
	enum hal_status status = to_status(transfer->status);

	control->flying = false;
	hal_timer_stop(control->loop, &control->patience);
	if (try_other_form(control, transfer->status))
		return;
	control->answered(
		control->owner, control->ask, status, libusb_control_transfer_get_data(transfer),
		status == HAL_OK && transfer->actual_length > 0 ? (size_t)transfer->actual_length
								: 0);
}

static void on_impatience(struct hal_timer *timer)
{
	usb_control_cancel(hal_container_of(timer, struct usb_control, patience));
}

enum hal_status usb_control_init(struct usb_control *control, struct hal_loop *loop)
{
	control->loop = loop;
	control->patience.fire = on_impatience;
	control->transfer = libusb_alloc_transfer(0);
	if (!control->transfer)
		return HAL_E_SYSTEM;
	libusb_fill_control_transfer(control->transfer, NULL, control->buffer, on_landed, control,
	                             0);
	return HAL_OK;
}

void usb_control_finish(struct usb_control *control)
{
	libusb_free_transfer(control->transfer);
}

enum hal_status usb_control_ask(struct usb_control *control, const struct usb_device *device,
                                enum hal_stream_ask ask)
{
	if (control->flying)
		return HAL_E_BUSY;
	control->handle = device->handle;
	control->choice = device->choice;
	control->ask = ask;
	control->second = false;
	return submit(control);
}

void usb_control_cancel(struct usb_control *control)
{
	hal_timer_stop(control->loop, &control->patience);
	if (control->flying)
		libusb_cancel_transfer(control->transfer);
}
