/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_list - how full it is, as one source says
 *
 * Every back end of check_quota fills one of these, and everything that
 * judges, remembers, compares or shows quotas reads it.  RFC 9208 (QUOTA) names
 * root and resource; for a file system the root is where it is mounted.
 */
#ifndef JUDGE_QUOTA_LIST_H
#define JUDGE_QUOTA_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"
#include "report/cause.h"
#include "report/stage.h"

enum {
	QUOTA_ROWS_MAX = 65536,		/* rows a list holds; more are counted */
	QUOTA_NAME_MAX = 255		/* bytes of a root or resource that are kept */
};

enum quota_unit {
	QUOTA_BYTES,
	QUOTA_COUNT
};

struct quota_row {
	char		*root;		/* UTF-8 without control characters; "" is a root, too */
	char		*resource;	/* in capitals: STORAGE MESSAGE MAILBOX ANNOTATION-STORAGE INODES, or what the source calls it */
	enum quota_unit	 unit;
	int64_t		 used;		/* bytes or counts, 0 to 2^63-1 */
	int64_t		 limit;		/* of limited ones; 0 is a limit too: nothing is allowed */
	bool		 limited;
	double		 full_in;	/* seconds until it is full at the present rate; below 0: not known */
};

struct quota_list {
	struct quota_row *rows;		/* owned, as are their strings */
	size_t		 n, size;
	size_t		 more;		/* rows beyond QUOTA_ROWS_MAX */
	size_t		 folders;	/* room that is wanted behind the facts for the largest folders */
	bool		 nomem;
};

/* why a source gave no list */
struct quota_refusal {
	enum cause	 cause;		/* quota.unsupported, quota.timeout, connect.*, usage.* ... */
	enum stage	 stage;
	struct buf	 why;		/* what is wrong and what to do, a sentence without a full stop; the caller gives it a cap */
};

/* quota_list_add - a row with copies of both names, cleaned and cut; NULL when it is full or without memory, which the list remembers */
struct quota_row	*quota_list_add(struct quota_list *, struct span root, struct span resource, enum quota_unit);
/* quota_scale - value x unit, at most 2^63-1 (RFC 9208 STORAGE: units of 1024) */
int64_t			 quota_scale(uint64_t value, uint64_t unit);
/* quota_percent - used share of the limit, beyond 100 as it is; 100 where the limit is 0; below 0 for what has no limit */
double			 quota_percent(const struct quota_row *);
void			 quota_list_free(struct quota_list *);

#endif
