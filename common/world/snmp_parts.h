/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_parts - a talk with an SNMP agent, from the inside
 */
#ifndef WORLD_SNMP_PARTS_H
#define WORLD_SNMP_PARTS_H

#include "world/snmp_talk.h"

/* with one address */
struct talk {
	const struct snmp_wish	*wish;
	struct snmp_seen	*seen;
	struct quota_refusal	*refusal;
	struct snmp		*snmp;
	int			 fd;
	int64_t			 until;		/* it has to answer by then */
	enum snmp_state		 state;
	int			 error;		/* of the socket, 0 none */
	bool			 ours;		/* the error came before anything was sent */
	bool			 met;		/* as of the module, when it is closed */
	unsigned		 status;
	struct snmp_walk	*walk;		/* in trouble, NULL none */
	char			 datagram[SNMP_DATAGRAM_MAX];
};

/* snmp_talk_refuse - why a talk came to nothing */
void	snmp_talk_refuse(struct talk *);

#endif
