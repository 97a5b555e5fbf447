/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * room - arrays that grow by one
 */
#ifndef REPORT_ROOM_H
#define REPORT_ROOM_H

#include <stddef.h>

/* room_for_one - the array of n elements of that size (NULL at first), perhaps moved, with room for one more; NULL without memory, and the old one stays */
void	*room_for_one(void *array, size_t n, size_t size);

#endif
