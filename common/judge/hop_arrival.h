/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hop_arrival - has an answer come as far as the server's should have?
 *
 * Packets begin their life with 64, 128 or 255 hops to go (nearly all systems
 * do), and each router takes one.  Which of these an answer began with is not
 * known, but what is left of its life lies in one of two kinds of ranges: what a
 * packet from the server's hop, or from further away, has left, and what one
 * from nearer has.  A socket can be told to hear only packets with so much left,
 * which is how the range is found.  Ways back that are shorter than the way
 * there would make all answers look nearer: a port that connects is asked, too.
 */
#ifndef JUDGE_HOP_ARRIVAL_H
#define JUDGE_HOP_ARRIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "judge/hop_facts.h"

enum {
	ARRIVALS = 5		/* questions: has it at least so much left? */
};

/* arrival_least - how much, in question N (0...), for a server at that hop (2...) */
uint8_t		arrival_least(size_t hop, size_t n);
/* arrival_came - what the answers mean, which may be lost, but not heard in error */
enum trace_came	arrival_came(const bool answered[ARRIVALS]);

#endif
