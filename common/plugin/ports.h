/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports - looking at the ports of very many hosts
 *
 * ports.c is the way through.  ports_look.c looks and ports_names.c resolves,
 * ports_uplink.c asks the references, ports_paths.c follows the way and
 * ports_bulk.c fills it, ports_sums.c measures and sums up.  ports_table.c and
 * ports_hops.c write what was found as lines and as facts.
 */
#ifndef PLUGIN_PORTS_H
#define PLUGIN_PORTS_H

#include "base/port_set.h"
#include "judge/hop_facts.h"
#include "judge/port_policy.h"
#include "judge/ports.h"
#include "plugin/plugin.h"

enum {
	TARGETS_MAX = 1024 * 1024,	/* ports of all hosts that one run looks at */
	PATHS_MAX = 4,			/* addresses that are followed hop by hop */
	PORTS_EACH_MAX = 8		/* ports of all hosts that are measured one by one, as for perfdata */
};

struct ports_options {
	struct port_set		 ports;
	struct port_policy	 policy;
	enum probe_depth	 depth;
	unsigned		 attempts;
	bool			 path;
};

/* where packets to one address stop */
struct ports_path {
	size_t			 host;
	size_t			 address;
	struct hop_trace	*traces;	/* ports, then UDP and echo */
	size_t			 ntraces;
};

/* what is known of the hosts of a run: one for each result, in their order */
struct ports_batch {
	struct port_host	*hosts;
	uint16_t		*ports;		/* in rising order */
	size_t			 nports;
	struct ports_path	 paths[PATHS_MAX];
	size_t			 npaths;
};

/* ports_work - from the options to findings, metrics and rows; the batch is there until the program ends */
void	ports_work(const struct work *, const struct ports_options *, struct ports_batch *);

/* ports_look - all ports of all results, as far as time goes, but for `kept` microseconds of the time-out; what is wrong with names, and with this host, is found. */
void	ports_look(const struct work *, const struct ports_options *, struct ports_batch *, int64_t kept);
/* ports_patience - how long that waits for the first word of a port, microseconds */
int64_t	ports_patience(const struct work *, int64_t kept);
/* ports_free - the rows */
void	ports_free(struct ports_batch *, size_t nhosts);

/* ports_uplink - where the uplink of this host may be at fault: the references, and if they fail too, its gateway and resolver */
void	ports_uplink(const struct work *, const struct ports_batch *);

/* ports_paths - with --path: follow the way to addresses where something is wrong, else to the first that is open, and put what is found into findings */
void	ports_paths(const struct work *, struct ports_batch *);

/* ports_bulk - say much at one open port of that address: connect.mtu */
void	ports_bulk(const struct work *, const struct ports_batch *, const struct ports_path *);

/* ports_measure - the metrics of each host and of the run, and the summaries */
void	ports_measure(struct run *, const struct ports_batch *, const struct ports_options *);

/* ports_facts - the member "ports" of the facts */
void	ports_facts(const struct run *, struct json *, const struct ports_batch *);
/* ports_paths_facts - the member "paths" */
void	ports_paths_facts(const struct run *, struct json *, const struct ports_batch *);
/* ports_paths_table - a line for each hop */
void	ports_paths_table(const struct run *, struct buf *, const struct ports_batch *);
/* ports_table - a line per host and address, with what became of each port */
void	ports_table(const struct run *, struct buf *, const struct ports_batch *);

#endif
