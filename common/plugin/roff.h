/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * roff - texts of ours in a manual page
 *
 * What roff would take for its own is made harmless: escapes, dots and quotes
 * at the front of a line, quotes that it would bend, and the hyphens of what is
 * to be typed.
 */
#ifndef PLUGIN_ROFF_H
#define PLUGIN_ROFF_H

#include "base/buf.h"
#include "base/span.h"

/* roff_word - in the middle of a line; `typed`: as it is entered at a shell */
void	roff_word(struct buf *, struct span word, bool typed);
/* roff_text - filled text that begins and ends a line */
void	roff_text(struct buf *, struct span text);
/* roff_literal - a line that stands as it is */
void	roff_literal(struct buf *, const char *line);
/* roff_arg - an argument of a macro, which must not be read as a macro itself */
void	roff_arg(struct buf *, const char *text);

#endif
