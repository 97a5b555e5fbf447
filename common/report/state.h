/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state - the four words of the Monitoring Plugins guidelines
 *
 * The values are the exit codes.  Their order of badness is another one:
 * OK < UNKNOWN < WARNING < CRITICAL, for a known fault outranks ignorance.
 */
#ifndef REPORT_STATE_H
#define REPORT_STATE_H

#include <stdbool.h>

#include "base/span.h"

enum state { STATE_OK, STATE_WARNING, STATE_CRITICAL, STATE_UNKNOWN };

/* state_badness - 0 (OK) to 3 (CRITICAL) */
int		 state_badness(enum state);
enum state	 state_worse(enum state, enum state);
/* state_name - "OK"; state_word - "ok" */
const char	*state_name(enum state);
const char	*state_word(enum state);
/* state_parse - ok warning critical unknown in any case, or 0 to 3 */
bool		 state_parse(struct span, enum state *);

#endif
