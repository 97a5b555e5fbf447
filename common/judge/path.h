/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * path - why no connection came about, and who stopped it
 *
 * By errno, poll events and the error queue together: an errno alone cannot
 * tell a host that refuses from a router that rejects.  Causes:
 * connect.no-network, connect.local-policy, connect.unreachable,
 * connect.rejected, connect.filtered, connect.refused, connect.reset (opened and
 * cut before anybody looked), internal.error, internal.unfinished (nothing was
 * tried before the deadline), usage.option (--source-address cannot be used).
 * Attempts of a family that this host has no address of are left out when the
 * other family was tried too.
 */
#ifndef JUDGE_PATH_H
#define JUDGE_PATH_H

#include "judge/net_facts.h"
#include "report/result.h"

/* path_cause - of one attempt that did not connect; CAUSE_NONE if it did */
enum cause	path_cause(const struct attempt *);
/* path_judge - one finding of the connect stage for each cause among the attempts; nothing when there is a winner.  `by_deadline`: the whole run's time is up */
void		path_judge(struct sheet *, const struct connected *, uint16_t port, const char *whom, bool by_deadline);

#endif
