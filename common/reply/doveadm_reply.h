/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * doveadm_reply - answers of Dovecot's HTTP API, cut into pieces as they come
 *
 *	answer	= "[" [ outcome *( "," outcome ) ] "]"
 *	outcome	= "[" word "," ( rows / object ) "," tag "]"
 *	rows	= "[" [ object *( "," object ) ] "]"
 *
 * Each object of the rows is handed over by itself, and behind them the
 * outcome without its rows; so thousands of rows need the memory of one.  What
 * is handed over has matching quotes and is else as it came: no more than JSON
 * that is to be read.  Dovecot 2.3 leaves out the comma behind the outcome of a
 * command that it does not know: no comma is missed between outcomes.
 */
#ifndef REPLY_DOVEADM_REPLY_H
#define REPLY_DOVEADM_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

enum {
	DOVEADM_ROW_MAX = 16 * 1024,		/* bytes of a row */
	DOVEADM_OUTCOME_MAX = 4 * 1024 * 1024,	/* bytes of an outcome without its rows: all users in one line */
	DOVEADM_DEPTH_MAX = 16
};

enum doveadm_piece { DOVEADM_ROW, DOVEADM_OUTCOME };

/* takes a piece; `nth` is the outcome that it belongs to, from 0; false: no more is wanted */
typedef bool doveadm_taker(void *arg, enum doveadm_piece, size_t nth, struct span);

enum doveadm_state {
	DOVEADM_UNDER_WAY,
	DOVEADM_DONE,
	DOVEADM_NO_ANSWER,	/* it is something else */
	DOVEADM_TOO_DEEP,
	DOVEADM_TOO_LONG,	/* a row or an outcome */
	DOVEADM_NO_MEMORY,
	DOVEADM_UNWANTED	/* the taker wants no more */
};

struct doveadm_reply {
	enum doveadm_state	 state;
	doveadm_taker		*take;
	void			*arg;
	unsigned		 depth;
	bool			 string;
	bool			 escaped;
	bool			 rows;		/* the array of depth 3 is one of rows */
	bool			 row;		/* within one */
	size_t			 nth;
	struct buf		 piece;		/* the row under way */
	struct buf		 outcome;	/* the outcome under way */
};

void	doveadm_reply_init(struct doveadm_reply *, doveadm_taker *, void *arg);
/* doveadm_reply_feed - the next bytes; false when none are wanted any more: done, or wrong */
bool	doveadm_reply_feed(struct doveadm_reply *, struct span);
void	doveadm_reply_free(struct doveadm_reply *);

/* doveadm_reply_number - decimal digits, 2^64-1 for what is more; false for all else */
bool	doveadm_reply_number(struct span, uint64_t *);

#endif
