/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * naming - what reports call each target of a run
 *
 * A name is a perfdata label and an OpenMetrics label, so no two targets of a
 * run may share one, and it may not depend on where a connection happened to go.
 */
#ifndef REPORT_NAMING_H
#define REPORT_NAMING_H

#include "report/result.h"

/* names_give - "host:port" to each result that has no name yet; where that is not unique the address asked for follows, and what is still the same gets a number ("#2").  False without memory. */
bool	names_give(struct run *);

#endif
