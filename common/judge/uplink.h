/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * uplink - is it the server that cannot be reached, or can we reach nobody?
 *
 * The references of --reference are hosts that have nothing to do with the
 * server.  Cause: connect.no-network, with what was found before as its
 * consequence, when none of them can be reached either.
 */
#ifndef JUDGE_UPLINK_H
#define JUDGE_UPLINK_H

#include "report/result.h"

/* uplink_doubtful - might this failure be the uplink's? (silence and routers' words; not the server's own refusal) */
bool	uplink_doubtful(const struct result *);
/* uplink_judge - what the references say about the doubtful results; nothing when none was tried */
void	uplink_judge(struct run *, const struct run *references);

#endif
