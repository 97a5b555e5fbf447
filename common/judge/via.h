/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * via - why a proxy gave no way to the server
 *
 * Causes, all of the connect stage, with the proxy named: connect.refused,
 * connect.unreachable, connect.filtered, connect.rejected (also when it wants
 * a login), connect.reset, protocol.violation; of the dns stage those of
 * judge/names for the proxy's own name.
 */
#ifndef JUDGE_VIA_H
#define JUDGE_VIA_H

#include "base/proxy.h"
#include "base/text.h"
#include "judge/net_facts.h"
#include "report/result.h"

enum via_outcome {
	VIA_UP,
	VIA_LOGIN,		/* SOCKS: it takes nobody without a login */
	VIA_CODE,		/* an answer that is not yes: `code` */
	VIA_BABBLE,		/* no answer of that protocol */
	VIA_CLOSED,		/* it hung up instead of answering, */
	VIA_RESET,		/* or cut the connection */
	VIA_SILENT		/* the deadline came */
};

struct via {
	enum via_outcome outcome;
	unsigned	 code;		/* SOCKS reply field, HTTP status */
	char		 words[TEXT_QUOTE_BUF];	/* HTTP reason, cleaned; "" none */
};

/* via_judge - the way through the proxy failed: in its name (resolved, else NULL), on the way to it (connected without a winner), or by its answer (via, else NULL) */
void	via_judge(struct sheet *, const struct proxy *, const struct resolved *, const struct connected *, const struct via *, const char *whom, bool by_deadline);
/* via_cause - what the answer comes to */
enum cause via_cause(enum proxy_kind, const struct via *);
/* via_name - "the proxy HOST:PORT" */
void	via_name(struct buf *, const struct proxy *);

#endif
