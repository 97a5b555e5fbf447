/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * buf - a byte queue with a cap
 *
 * Grows at the back, is dropped from at the front, and never beyond its cap:
 * what does not fit sets `overflow` and is not added at all.  `nomem` is set
 * when the system gave no memory: our fault, not the sender's, so the two are
 * kept apart.  Both stick until buf_free().  Memory is wiped before it is given
 * back, also when the buffer moves while it grows: a buffer may hold a password.
 * Appending to a buffer with a flag set does nothing.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

struct buf {
	char	*data;		/* allocated at the first byte */
	size_t	 start;		/* bytes dropped from the front so far */
	size_t	 len;		/* bytes held */
	size_t	 size;		/* bytes allocated */
	size_t	 cap;		/* bytes it may hold */
	bool	 overflow;
	bool	 nomem;
};

/* buf_init - an empty buffer that may hold `cap` bytes; allocates nothing */
void		buf_init(struct buf *, size_t cap);
/* buf_free - wipe, free, and be as after buf_init() */
void		buf_free(struct buf *);
/* buf_add, buf_str, buf_span_add, buf_char, buf_fmt - append; false if a flag is set after it */
bool		buf_add(struct buf *, const void *, size_t);
bool		buf_str(struct buf *, const char *);
bool		buf_span_add(struct buf *, struct span);
bool		buf_char(struct buf *, char);
bool		buf_fmt(struct buf *, const char *, ...)
		    __attribute__((format(printf, 2, 3)));
/* buf_room - make room for n more bytes and return where they go; NULL if they do not fit.  buf_grew() says how many were put there. */
char		*buf_room(struct buf *, size_t);
void		buf_grew(struct buf *, size_t);
/* buf_drop - forget (and wipe) n bytes at the front; n may not exceed len */
void		buf_drop(struct buf *, size_t);
/* buf_cut - forget (and wipe) n bytes from offset `from` on; both lie within what is held */
void		buf_cut(struct buf *, size_t from, size_t n);
/* buf_clear - drop all that is held */
void		buf_clear(struct buf *);
/* buf_span - what is held, valid until the next call that changes the buffer */
struct span	buf_span(const struct buf *);
/* buf_cstr - the same as a C string (appends a NUL that does not count); "" when empty or out of memory */
const char	*buf_cstr(struct buf *);

#endif
