/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base64 - RFC 4648 section 4
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buf.h"
#include "base/span.h"

/* base64_encode - append, with padding, on one line */
void	base64_encode(struct buf *, struct span);
/* base64_decode - append the bytes; false (and nothing appended) on a foreign character, wrong padding or bits left over */
bool	base64_decode(struct buf *, struct span);

#endif
