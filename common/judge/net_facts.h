/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * net_facts - what name resolution and connecting showed
 *
 * Numbers only, so that the judges can be tested without any network.  Errors
 * are errno values; 0 is success.
 */
#ifndef JUDGE_NET_FACTS_H
#define JUDGE_NET_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"

enum {
	ADDRESSES_MAX = 32	/* addresses of one name that are tried */
};

enum dns_outcome {
	DNS_FOUND,
	DNS_NXDOMAIN,		/* the name does not exist */
	DNS_NO_ADDRESS,		/* it exists, without an address of the family asked for */
	DNS_SERVER_FAILURE,	/* SERVFAIL, REFUSED or another error code */
	DNS_NO_ANSWER,		/* no resolver answered in time */
	DNS_OURS		/* memory, threads, descriptors */
};

struct resolved {
	enum dns_outcome outcome;
	struct address	 list[ADDRESSES_MAX];	/* as the resolver orders */
	size_t		 n;
	char		 detail[160];	/* plain words: "10.0.0.1 answers SERVFAIL"; "" none */
};

/* one connection attempt */
struct attempt {
	struct address	 address;
	int64_t		 started;
	int64_t		 ended;		/* 0: still without an answer */
	int		 error;		/* errno; 0 with ended set: connected; ETIMEDOUT also when --connect-timeout came */
	bool		 local;		/* connect() itself failed at once: nothing left this host */
	bool		 source;	/* with local: it was --source-address that could not be used */
	short		 revents;	/* poll(2) bits when it ended */
	bool		 icmp;		/* an ICMP error was in the error queue: */
	uint8_t		 icmp_type;	/* ICMP or ICMPv6 by the family of the address */
	uint8_t		 icmp_code;
	struct address	 offender;	/* who sent it; family 0 unknown */
	bool		 offender_is_ours; /* an address of this host */
	bool		 on_link;	/* the address is in a network of one of our interfaces */
	unsigned	 retransmits;	/* SYNs sent again; where the system tells */
};

struct connected {
	struct attempt	 attempts[ADDRESSES_MAX];
	size_t		 n;
	int		 winner;	/* index, -1 none */
	struct address	 local;		/* our own end with a winner; family 0 not known */
	bool		 no_ipv4;	/* this host has no address of that family (loopback and link-local apart) */
	bool		 no_ipv6;
};

#endif
