/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gate - how much may begin, and when
 */
#include <sys/resource.h>

#include "world/gate.h"

enum {
	RESERVED = 64,			/* descriptors that are not for connections */
	DESCRIPTORS_MAX = 64 * 1024,
	BURST = 20			/* a part of a second that connections may come early */
};

void
gate_init(struct gate *g, unsigned slots, unsigned rate)
{
	struct rlimit limit = { .rlim_cur = 2 * RESERVED };

	(void)getrlimit(RLIMIT_NOFILE, &limit);
	g->descriptors = limit.rlim_cur < DESCRIPTORS_MAX ?
	    (unsigned)limit.rlim_cur : DESCRIPTORS_MAX;
	g->descriptors = g->descriptors > RESERVED ?
	    g->descriptors - RESERVED : 1;
	g->slots = slots != 0 ? slots : g->descriptors;
	g->interval = rate != 0 ? 1000000 / rate : 0;
	g->due = 0;
}

int64_t
gate_closed(const struct gate *g, int64_t now)
{
	return g->due > now + 1000000 / BURST ? g->due - 1000000 / BURST : 0;
}

void
gate_pass(struct gate *g, int64_t now)
{
	if (g->due < now)
		g->due = now;
	g->due += g->interval;
}
