/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * doveadm_reply - what Dovecot's HTTP API answers to quotaGet
 *
 *	[["doveadmResponse", [{"username": U, "root": R, "type": T,
 *	    "value": V, "limit": L, "percent": P}, ...], TAG]]
 *	[["error", {"type": WORD, "exitCode": N}, TAG]]
 *
 * All values are strings; U is there where more than one user was asked for; L
 * is "-" without a limit; STORAGE counts KiB.  As Dovecot 2.3.19 answers.
 */
#ifndef PLUGIN_DOVEADM_REPLY_H
#define PLUGIN_DOVEADM_REPLY_H

#include "base/buf.h"
#include "module/json_parser.h"

struct doveadm_row {
	struct span	 user;		/* empty: of the one that was asked for */
	struct span	 root;
	struct span	 type;
	uint64_t	 value;
	uint64_t	 limit;
	bool		 limited;
};

enum { DOVEADM_FIELDS = 5, DOVEADM_FIELD_MAX = 1024 };

/* a reply under way; zeroed, with row and arg set, by the caller */
struct doveadm_reply {
	void		(*row)(void *arg, const struct doveadm_row *);
	void		*arg;
	unsigned	 depth;
	bool		 response;	/* a "doveadmResponse" came */
	bool		 failed;	/* an "error" came, with these: */
	struct buf	 error;
	long long	 exit_code;
	unsigned	 strange;	/* rows that make no sense */
	struct buf	 fields[DOVEADM_FIELDS];
};

void	doveadm_reply_init(struct doveadm_reply *, void (*row)(void *, const struct doveadm_row *), void *arg);
/* doveadm_reply_take - for json_functions.parse: the argument is the reply */
void	doveadm_reply_take(void *reply, const struct json_event *);
void	doveadm_reply_free(struct doveadm_reply *);

#endif
