/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * utf7 - mailbox names on the wire: modified UTF-7, RFC 3501 section 5.1.3
 */
#ifndef BASE_UTF7_H
#define BASE_UTF7_H

#include "base/buf.h"
#include "base/span.h"

/* utf7_encode - UTF-8 in, modified UTF-7 appended; false if the input is not UTF-8 */
bool	utf7_encode(struct buf *, struct span);
/* utf7_decode - modified UTF-7 in, UTF-8 appended; false (nothing appended) if it is not well formed */
bool	utf7_decode(struct buf *, struct span);

#endif
