/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_together - what goes out in the write of the login: ID, STATUS, EXAMINE
 *
 * Where the login needs no second word of ours, what comes next may follow it
 * at once (RFC 3501 section 5.5): one round trip for all, and if the login
 * fails, the rest is refused.  Servers that drop or refuse what they had not
 * been ready for are asked again, one by one, in the same session; the login
 * itself is never said twice.  Several mailboxes always wait for the login, and
 * so do a name that may need a literal, AUTHENTICATE in clear, and all that is
 * for Courier.
 */
#ifndef DIALOG_IMAP_TOGETHER_H
#define DIALOG_IMAP_TOGETHER_H

#include "dialog/ladder.h"

/* imap_together_begin - the login has been said, and nothing of it waits for the server */
void	imap_together_begin(struct session *);
/* imap_together_early - may a rung that follows the login be said already? (`early`) */
bool	imap_together_early(const struct session *);
/* imap_together_too_soon - this tagged answer refuses what went out with the login, from a server that may not bear it so: to be said again */
bool	imap_together_too_soon(struct session *, const struct exchange *, const struct reply *);
/* imap_together_to_a_stranger - it refuses this from a server that had not heard yet who we are, and knows by now, for the same write said it: to be said again */
bool	imap_together_to_a_stranger(const struct session *, const struct exchange *, const struct reply *);
/* imap_together_patience - how long a server that took the login may be silent before the rest is said again (`patience`) */
int64_t	imap_together_patience(const struct session *);
/* imap_together_repeat - then (`wake`) */
void	imap_together_repeat(struct session *);

#endif
