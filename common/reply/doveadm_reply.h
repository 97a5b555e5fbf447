/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * doveadm_reply - the answer of Dovecot's HTTP API, as it comes
 *
 *	answer	= "[" result *("," result) "]"
 *	result	= "[" word "," (object / "[" [object *("," object)] "]")
 *		  "," word "]"
 *
 * The first word is "doveadmResponse" or "error".  Whatever its size, no more
 * of it is held than one object; what an object says is for a JSON parser.
 */
#ifndef REPLY_DOVEADM_REPLY_H
#define REPLY_DOVEADM_REPLY_H

#include "base/buf.h"
#include "base/span.h"

enum {
	DOVEADM_OBJECT_MAX = 1024 * 1024,	/* bytes of one */
	DOVEADM_WORD_MAX = 1024,
	DOVEADM_NESTED_MAX = 8		/* arrays and objects in an object */
};

enum doveadm_read {
	DOVEADM_MORE,		/* so far it is well, and not at its end */
	DOVEADM_WHOLE,
	DOVEADM_NONSENSE,	/* not such an answer, or a piece beyond its cap */
	DOVEADM_ENOUGH,		/* who takes the pieces wants no more */
	DOVEADM_NOMEM
};

struct doveadm_reply {
	/* word, object - a whole piece, a word with its quotes; it lives until the return; false: no more is wanted */
	bool		(*word)(void *arg, struct span);
	bool		(*object)(void *arg, struct span);
	void		*arg;
	/* its own */
	struct buf	 piece;
	unsigned	 depth;		/* arrays that are open */
	unsigned	 nested;	/* brackets that are open in the object */
	bool		 word_here;	/* the piece is a word, not an object */
	bool		 quoted, escaped;
	enum { DOVEADM_FIRST, DOVEADM_VALUE, DOVEADM_COMMA } last;
	enum doveadm_read state;
};

/* doveadm_reply_begin - with both functions and their argument */
void		doveadm_reply_begin(struct doveadm_reply *, bool (*word)(void *, struct span), bool (*object)(void *, struct span), void *arg);
/* doveadm_reply_take - the next bytes; once it is anything but DOVEADM_MORE or DOVEADM_WHOLE it stays so */
enum doveadm_read doveadm_reply_take(struct doveadm_reply *, struct span);
void		doveadm_reply_end(struct doveadm_reply *);

#endif
