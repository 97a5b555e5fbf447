/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text - words from outside, made fit to be shown
 *
 * Everything that a server, a file or DNS said enters a report only through
 * text_clean().  What comes out is one line of valid UTF-8 without control or
 * escape bytes, `|`, C1 controls, line and paragraph separators, zero-width and
 * bidirectional formatting characters (U+061C, U+200B-U+200F, U+2028-U+202E,
 * U+2060-U+206F, U+FEFF, U+FFF9-U+FFFB, U+E0000-U+E007F).  White space folds
 * into one space, ends are trimmed, `|` becomes `/`, an invalid byte becomes
 * `?` and so does a control character, formatting characters vanish, a run of
 * one character longer than TEXT_RUN_MAX is cut to that with "...".  `<` and
 * `>` pass: the renderers treat them.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/buf.h"
#include "base/span.h"

enum {
	TEXT_RUN_MAX = 16,	/* longest run of one character */
	TEXT_QUOTE_MAX = 240,	/* bytes of a server's words that a sentence may quote */
	TEXT_QUOTE_BUF = TEXT_QUOTE_MAX + 8	/* an array that holds such a quote, with "..." and NUL */
};

/* text_clean - append the cleaned text, at most `max` bytes and cut at a character with "..." */
void	text_clean(struct buf *, struct span, size_t max);
/* text_mask - as text_clean(), but every occurrence of `secret` (if not empty) becomes "***" first; what only cleaning would put together to it does too */
void	text_mask(struct buf *, struct span, size_t max, struct span secret);
/* text_utf8 - length in bytes (1-4) of the valid UTF-8 character at the front, 0 if it is none; the code point goes to *cp (RFC 3629: no surrogates, no overlong forms, nothing beyond U+10FFFF) */
size_t	text_utf8(struct span, uint32_t *cp);
/* text_is_utf8 - all of it is valid UTF-8 */
bool	text_is_utf8(struct span);
/* text_is_ascii - 7 bit only */
bool	text_is_ascii(struct span);
/* text_has_control - holds NUL, CR, LF or another byte below 0x20, or 0x7f */
bool	text_has_control(struct span);

#endif
