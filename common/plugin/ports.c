/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports - the work of a port check, from its options to its verdict
 */
#include <stdlib.h>

#include "plugin/ports.h"

/* list - the ports of the options, those that something is expected of among them */
static bool
list(const struct ports_options *options, struct ports_batch *batch)
{
	struct port_set all = options->ports;
	uint16_t port;

	for (port = options->policy.n == 0 ? 0 : port_policy_next(
	    &options->policy, 1); port != 0;
	    port = port_policy_next(&options->policy, port + 1u))
		port_set_add(&all, port, port);
	batch->ports = calloc(all.n, sizeof(*batch->ports));
	if (batch->ports == NULL)
		return false;
	for (port = port_set_next(&all, 1); port != 0;
	    port = port_set_next(&all, port + 1u))
		batch->ports[batch->nports++] = port;
	return true;
}

static void
too_many(struct run *run, size_t nports)
{
	sheet_find(&run->sheet, CAUSE_USAGE_OPTION, STAGE_NONE, NULL,
	    "%zu hosts with %zu ports each are more than one run looks at "
	    "(%d): split them into several runs", run->nresults, nports,
	    TARGETS_MAX);
}

static void
judge(struct run *run, const struct ports_batch *batch,
    const struct ports_wish *wish)
{
	size_t i;

	for (i = 0; batch->hosts != NULL && i < run->nresults; i++)
		if (batch->hosts[i].rows != NULL)
			ports_judge(&run->results[i], &batch->hosts[i], wish);
}

/* kept - time for what comes after the look, if anything does */
static int64_t
kept(const struct work *work, bool path)
{
	return work->settings->references.n > 0 || path ?
	    work->settings->timeout.usec / 3 : 0;
}

void
ports_work(const struct work *work, const struct ports_options *options,
    struct ports_batch *batch)
{
	int64_t later = kept(work, options->path);
	struct ports_wish wish = { .policy = &options->policy,
	    .depth = options->depth,
	    .patience = ports_patience(work, later) };
	struct run *run = work->run;

	if (!list(options, batch)) {
		run->sheet.nomem = true;
		return;
	}
	if (batch->nports > TARGETS_MAX / run->nresults) {
		too_many(run, batch->nports);
		return;
	}
	ports_look(work, options, batch, later);
	judge(run, batch, &wish);
	ports_uplink(work, batch);
	if (options->path && batch->hosts != NULL)
		ports_paths(work, batch);
	if (batch->hosts != NULL)
		ports_measure(run, batch, options);
}
