/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hops_words - where packets to a port stop, in words
 */
#ifndef JUDGE_HOPS_WORDS_H
#define JUDGE_HOPS_WORDS_H

#include "base/buf.h"
#include "judge/hops.h"

/* hops_say - one sentence without a full stop: what the traces prove, and what those beside the blocked one add to it */
void	hops_say(struct buf *, const struct hops_case *, const struct hops_verdict *);
/* hops_say_loss - "packets to port 993 are lost from hop 3 on: hop 3 10.99.3.2 lost 2 of 3, ..."; false: nothing is lost, and nothing was appended */
bool	hops_say_loss(struct buf *, const struct hop_trace *);
/* hops_title - what is traced: "TCP port 993", "UDP", "ICMP echo", and why there are no hops where there are none */
void	hops_title(struct buf *, const struct hop_trace *);
/* hops_lines - how many hops a report lists: up to the end of the way, to the first silent one behind the last that answers, or once round a circle */
size_t	hops_lines(const struct hop_trace *);
/* hops_line - of hop 1...: "hop 2  10.99.2.2  0.4 ms  0 of 3 lost" */
void	hops_line(struct buf *, const struct hop_trace *, size_t hop);

#endif
