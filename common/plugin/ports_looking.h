/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_looking - a look at many hosts while it goes on; for its two files, and
 * nobody else
 *
 * Hosts whose names are known are looked at while others are still resolved.
 */
#ifndef PLUGIN_PORTS_LOOKING_H
#define PLUGIN_PORTS_LOOKING_H

#include "plugin/ports.h"
#include "world/interfaces.h"
#include "world/lookup.h"
#include "world/resolve.h"
#include "world/sweep.h"

enum {
	NAME_COST = 4		/* descriptors that a name takes while it is resolved */
};

/* a name that is being resolved */
struct naming {
	struct looking	*l;
	struct naming	*prev, *next;
	struct resolve	*resolve;
	size_t		 host;
	int64_t		 since;
};

struct looking {
	const struct work	*work;
	const struct ports_options *options;
	struct ports_batch	*batch;
	struct run		*run;
	struct loop		*loop;
	struct sweep		*sweep;
	struct interfaces	 interfaces;
	struct naming		*names;		/* under way */
	unsigned		 nnames;
	unsigned		 most_names;	/* at once; 0: not known yet */
	size_t			 next_name;	/* host that comes next */
	size_t			*ready;		/* hosts that have rows, in the order in which they got them */
	size_t			 nready;
	size_t			 next_ready;	/* of them, whose rows come next */
	size_t			 next_row;	/* of its rows */
	size_t			 ngates;	/* first steps that were looked at */
};

/* looking_rows - for each of these addresses of a host and each port */
void	looking_rows(struct looking *, size_t host, const struct address *, size_t n);
/* looking_names - begin with as many hosts as may be resolved at once; addresses need none of it */
void	looking_names(struct looking *);
/* looking_names_end - time is up for those that are under way */
void	looking_names_end(struct looking *);

#endif
