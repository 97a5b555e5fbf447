/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spread - several addresses of one host, judged together
 *
 * With --all-addresses each address is a target of its own.  Where some answer
 * and some do not, what is wrong with each of the silent ones is but a
 * consequence of what is found here.  Causes: connect.address-down,
 * connect.ipv6-down.
 */
#ifndef JUDGE_SPREAD_H
#define JUDGE_SPREAD_H

#include "judge/net_facts.h"
#include "report/result.h"

/* what this host can reach at all */
struct spread_host {
	bool	no_ipv4;	/* no address of that family (loopback and link-local apart) */
	bool	no_ipv6;
	int	source_family;	/* of --source-address; 0: any */
};

/* spread_choose - of the addresses of a name those that are to be asked besides the one that answered, moved to the front, each once; returns how many.  What this host has no address for is left out. */
size_t	spread_choose(struct address *list, size_t n, const struct address *winner, const struct spread_host *);
/* spread_judge - findings over the run, for each host that stands there with more than one address; the addresses are in target.fixed */
void	spread_judge(struct run *);

#endif
