/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sasl_exchange - base64 lines there and back, the same in every protocol
 *
 * IMAP: RFC 3501 section 6.2.2 and RFC 4959; POP3: RFC 5034; SMTP: RFC 4954.
 * The protocol spells the command, says how long an initial response may be
 * that goes with it, and hands over the challenges.  "*" cancels in all three.
 */
#ifndef DIALOG_SASL_EXCHANGE_H
#define DIALOG_SASL_EXCHANGE_H

#include "dialog/login_state.h"

enum {
	SASL_INITIAL_ANY = SASL_MESSAGE_MAX * 4	/* no limit of the protocol's */
};

/*
 * sasl_begin - set the chosen mechanism going.  `initial_max`: bytes in base64
 * that may go with the command, 0 where the protocol or the server takes none.
 * With login_state.ir_sent the text in `out` is to go with the command: base64,
 * "=" for an empty message.  A longer one is kept for the first challenge.
 * False with a finding.
 */
bool		sasl_begin(struct session *, struct login_state *, size_t initial_max, struct buf *out);
/*
 * sasl_say_auth - begin, and say AUTH as POP3 and SMTP spell it.  The initial
 * response goes with it where the line is no longer than `line_max` bytes with
 * its end; 0: never.
 */
bool		sasl_say_auth(struct session *, struct login_state *, size_t line_max);
/* sasl_step - answer one challenge, given in base64 */
enum heard	sasl_step(struct session *, struct login_state *, struct span challenge);
/* sasl_says_all - did all that the mechanism has to say go with the command? */
bool		sasl_says_all(const struct login_state *);

#endif
