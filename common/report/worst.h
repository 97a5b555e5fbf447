/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * worst - the findings that a text report of several targets has room for
 */
#ifndef REPORT_WORST_H
#define REPORT_WORST_H

#include <stdbool.h>

#include "base/buf.h"
#include "report/result.h"

/* worst_lines - at most TEXT_WORST lines in rank, and how many more there are, in `room` bytes; `all` also lists what is OK */
void	worst_lines(struct buf *, const struct run *, bool all, size_t room);

#endif
