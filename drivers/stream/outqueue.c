/* SPDX-License-Identifier: MIT */
#include "stream/outqueue.h"

#include <string.h>

enum hal_status outqueue_push(struct outqueue *queue, const void *data, size_t len)
{
	size_t tail = (queue->head + queue->used) % queue->depth;
	size_t first = len < queue->depth - tail ? len : queue->depth - tail;

	if (len > queue->depth)
		return HAL_E_ARG;
	if (len > queue->depth - queue->used)
		return HAL_E_BUSY;
	if (len == 0)
		return HAL_OK;
	memcpy(queue->bytes + tail, data, first);
	memcpy(queue->bytes, (const uint8_t *)data + first, len - first);
	queue->used += len;
	return HAL_OK;
}

size_t outqueue_peek(const struct outqueue *queue, const uint8_t **ret_data)
{
	size_t to_end = queue->depth - queue->head;

	*ret_data = queue->bytes + queue->head;
	return queue->used < to_end ? queue->used : to_end;
}

void outqueue_pop(struct outqueue *queue, size_t len)
{
	queue->used -= len;
	queue->head = queue->used > 0 ? (queue->head + len) % queue->depth : 0;
}

size_t outqueue_drop(struct outqueue *queue)
{
	size_t dropped = queue->used;

	queue->used = 0;
	queue->head = 0;
	return dropped;
}
