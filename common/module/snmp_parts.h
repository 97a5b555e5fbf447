/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_parts - what the files of the module "snmp" share
 */
#ifndef MODULE_SNMP_PARTS_H
#define MODULE_SNMP_PARTS_H

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>

#include "dialog/snmp.h"

enum {
	SNMP_PRETENDED = 0	/* the descriptor that the library looks for in our own set */
};

struct snmp {
	void			*session;
	bool			 (*send)(void *, struct span);
	void			*arg;
	struct span		 in;		/* the datagram that is being heard */
	bool			 v3;
	enum snmp_state		 state;
	unsigned		 status;
	struct snmp_name	 asked[SNMP_ASKED_MAX];
	size_t			 nasked;
	unsigned		 rows;
	struct snmp_value	*values;
	size_t			 n;
	bool			 probing;
	unsigned		 outside;	/* reports of a missed time window */
};

/* snmp_wire - a transport, which the library frees with its session; NULL without memory */
netsnmp_transport *snmp_wire(struct snmp *);
/* snmp_values_take - what an answer holds */
void	snmp_values_take(struct snmp *, const netsnmp_pdu *);
/* snmp_user - SNMPv3's part of a session, keys too; `account` has to outlive the session's being added.  False with a sentence. */
bool	snmp_user(netsnmp_session *, const struct snmp_account *, struct buf *why);

#endif
