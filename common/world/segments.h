/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * segments - how a connection cuts its bytes, and what became of them
 *
 * Linux tells (tcp(7), TCP_INFO; SIOCOUTQ).  Elsewhere nothing is counted.
 */
#ifndef WORLD_SEGMENTS_H
#define WORLD_SEGMENTS_H

#include "judge/bulk.h"

/* segments_limit - before connect(): none larger than that, in either direction */
bool	segments_limit(int fd, int bytes);
/* segments_full - bytes of a full one, of the direction where they are larger; 1460 where that cannot be told */
size_t	segments_full(int fd);
/* segments_count - fill in `counted` and what stands behind it */
void	segments_count(int fd, struct bulk_try *);

#endif
