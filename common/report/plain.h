/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plain - the smallest pieces of a text report
 */
#ifndef REPORT_PLAIN_H
#define REPORT_PLAIN_H

#include "base/buf.h"

/* plain_text - append a text as it may stand in a line for schedulers: `<` and `>` become `(` and `)`, `|` becomes `/`, a control byte a space */
void	plain_text(struct buf *, const char *);
/* plain_span - the same of bytes that no NUL ends */
void	plain_span(struct buf *, struct span);
/* plain_take - append what a buffer of our own holds and free it; lack of memory for it is passed on */
void	plain_take(struct buf *, struct buf *own);

#endif
