/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * span - bytes that belong to somebody else
 *
 * A span borrows.  It is valid until its owner changes the bytes: a span out of
 * a reply lives until the reply is dropped from its buffer.  Never NUL-ended.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	const char	*p;
	size_t		 len;
};

/* span_of - the bytes of a C string, without its NUL */
struct span	span_of(const char *);
/* span_is - equal to the string, ASCII letters compared without case */
bool		span_is(struct span, const char *);
/* span_begins - begins with the string, ASCII letters without case */
bool		span_begins(struct span, const char *);
/* span_has - contains the string, ASCII letters without case */
bool		span_has(struct span, const char *);
/* span_has_word - is one of its words that one, ASCII letters without case? */
bool		span_has_word(struct span, const char *);
/* span_word - cut the next word (up to a space) off the front, with the spaces before it and the one behind; empty at the end */
struct span	span_word(struct span *);
/* span_line - cut the next line off the front, without its LF, which goes too */
struct span	span_line(struct span *);
/* span_trim - without spaces, tabs, CR and LF at both ends */
struct span	span_trim(struct span);
/* span_number - decimal digits only; false if none, others, or beyond 2^64-1 */
bool		span_number(struct span, uint64_t *);
/* span_copy - into a fixed array, always NUL-ended; false when cut short */
bool		span_copy(struct span, char *, size_t);

#endif
