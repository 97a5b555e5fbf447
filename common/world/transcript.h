/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * transcript - what was said, on its way to standard error
 */
#ifndef WORLD_TRANSCRIPT_H
#define WORLD_TRANSCRIPT_H

#include "base/buf.h"

/* transcript_write - write and drop what fd takes at once, and until then (clock_now() time; 0: no wait) what it takes later; fd -1 drops all */
void	transcript_write(int fd, struct buf *, int64_t until);

#endif
