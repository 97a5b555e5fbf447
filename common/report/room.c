/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * room - arrays that grow by one
 *
 * They do so at powers of two: their count alone tells when they are full.
 */
#include <stdint.h>
#include <stdlib.h>

#include "report/room.h"

void *
room_for_one(void *array, size_t n, size_t size)
{
	size_t want = n == 0 ? 1 : 2 * n;

	if ((n & (n - 1)) != 0)
		return array;
	if (n > SIZE_MAX / 2 || want > SIZE_MAX / size)
		return NULL;
	return realloc(array, want * size);
}
