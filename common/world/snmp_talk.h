/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_talk - tables of an SNMP agent, over UDP and within a deadline
 *
 * The socket is connected, so that only the agent is heard and an ICMP error
 * comes through.  Addresses are asked one after another: the next one when
 * the port is refused, or when its share of the time has gone by in silence.
 */
#ifndef WORLD_SNMP_TALK_H
#define WORLD_SNMP_TALK_H

#include <signal.h>

#include "dialog/snmp_walk.h"
#include "judge/net_facts.h"
#include "judge/quota_list.h"

enum {
	SNMP_AGAIN = 1000 * 1000	/* microseconds in silence before a question is sent again */
};

struct snmp_wish {
	const struct snmp_functions *module;
	const struct snmp_account *account;
	const struct address *addresses;
	size_t			 n;
	uint16_t		 port;
	struct address		 source;	/* family 0: the system chooses */
	int64_t			 deadline;
	const volatile sig_atomic_t *stop;
};

/* what came of it, besides the tables */
struct snmp_seen {
	struct address	 address;	/* that was asked last */
	int64_t		 connected;	/* clock_now() time of its first answer; 0: none came */
	unsigned	 answers;
	unsigned	 strays;	/* datagrams that were no answer */
	bool		 by_deadline;	/* the refusal is one because time was up */
};

/*
 * snmp_talk - walk these tables, which are started; false with the refusal
 * filled in.  Causes: connect.refused, connect.rejected, connect.unreachable,
 * connect.no-network, auth.rejected, auth.no-mechanism, auth.unauthorized,
 * auth.refused, auth.timeout (an SNMPv3 agent that named its engine and fell
 * silent at the question), quota.timeout, quota.unsupported, usage.secret,
 * usage.option, internal.error.
 */
bool	snmp_talk(const struct snmp_wish *, struct snmp_walk *, size_t n, struct snmp_seen *, struct quota_refusal *);

#endif
