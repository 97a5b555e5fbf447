/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports - what the ports of one host come to
 *
 * The rows of a host are judged together: a silent port is connect.filtered
 * when all are silent, and connect.port-blocked when others of the same address
 * answer.  With a policy (--expect) each port of it is held to its word; without
 * one at least one port has to be good at which mail is fetched, or all ports
 * when none of those is looked at.  All other ports are facts.  Where some
 * addresses serve and some do not: connect.ipv6-down, connect.address-down.
 * Causes: connect.*, greeting.unavailable and others of a greeting that sends
 * away, greeting.wrong-protocol, greeting.timeout, greeting.closed,
 * tls.port-speaks-plaintext, tls.port-speaks-tls, tls.starttls-missing,
 * tls.starttls-refused, tls.injection, tls.version, tls.policy,
 * tls.client-certificate, tls.handshake, tls.timeout, tls.closed,
 * tls.server-setup, internal.error, internal.unfinished.
 */
#ifndef JUDGE_PORTS_H
#define JUDGE_PORTS_H

#include "judge/port_facts.h"
#include "judge/port_policy.h"
#include "report/result.h"

/* the ports of a host, at each of its addresses */
struct port_host {
	struct port_row	*rows;		/* address by address, and each with all ports in rising order */
	size_t		 naddresses;
	size_t		 nports;
};

/* what is expected of every host */
struct ports_wish {
	const struct port_policy *policy;	/* with n 0: the default */
	enum probe_depth	 depth;
	int64_t			 patience;	/* microseconds that the first word was waited for */
};

/* ports_judge - findings into the result's sheet, and the marks of its stages */
void		ports_judge(struct result *, const struct port_host *, const struct ports_wish *);
/* ports_trouble - what is wrong with what an open port says, for the port that it is; CAUSE_NONE: nothing that is known */
enum cause	ports_trouble(const struct port_row *, enum probe_depth);
/* ports_cause - what a row is a fault of, if its port has to be good; CAUSE_NONE: it is */
enum cause	ports_cause(const struct port_host *, const struct port_row *, const struct ports_wish *);
/* ports_nearest - of a port's rows the one that says most, NULL when the port is good at some address */
const struct port_row *ports_nearest(const struct port_host *, size_t port, const struct ports_wish *);
/* ports_said - a word of the host itself, as against one of a router or none */
bool		ports_said(const struct port_row *);
/* ports_answers - has that address said a word of its own on any port? */
bool		ports_answers(const struct port_host *, size_t address);
/* ports_retrieve - is one among them at which mail is fetched? */
bool		ports_retrieve(const struct port_host *);
/* ports_row - of the nth address and the nth port */
struct port_row	*ports_row(const struct port_host *, size_t address, size_t port);
/* ports_address - which address a row of it is of */
size_t		ports_address(const struct port_host *, const struct port_row *);

#endif
