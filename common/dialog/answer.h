/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answer - what every protocol makes of an answer: a refusal, nonsense, the
 * word on STARTTLS
 *
 * Refusals are looked up in the protocol's tables (struct protocol.refusals).
 */
#ifndef DIALOG_ANSWER_H
#define DIALOG_ANSWER_H

#include "dialog/session.h"

/* answer_babble - for protocol.babble: another protocol (greeting.wrong-protocol), TLS (tls.port-speaks-tls), or nonsense (protocol.violation) */
void		answer_babble(struct session *, struct span, bool first);
/* answer_violation - a reply that makes no sense here, by protocol.babble */
enum heard	answer_violation(struct session *, const struct reply *);
/* answer_status - the usual hearing of a last word: OK, or a finding by the refusal tables with `otherwise` for words that stand in none; BAD is protocol.rejected.  `what` completes "the server refuses ...". */
enum heard	answer_status(struct session *, const struct reply *, enum stage, enum cause otherwise, const char *what);
/* answer_unwelcome - a greeting that sends us away, with "a refusal": by the tables, else greeting.unavailable */
enum heard	answer_unwelcome(struct session *, const struct reply *, const char *with);
/* answer_starttls - the last word on `command`, which was offered: the handshake, or tls.starttls-refused */
enum heard	answer_starttls(struct session *, const struct reply *, const char *command);
/* answer_starttls_no - a refusal of `command`, which the server may or may not have offered: tls.starttls-missing when it is `unknown` there, else tls.starttls-refused */
enum heard	answer_starttls_no(struct session *, const struct reply *, const char *command, bool unknown);
/* answer_welcome - a greeting that takes us in: noted, and it goes on */
enum heard	answer_welcome(struct session *, const struct reply *);
/*
 * answer_unasked - for protocol.aside of a protocol without tags: a refusal of
 * what was not asked yet.  It came in one segment with the OK before it, from a
 * server that changed its mind (Dovecot, when a maildrop cannot be opened) or
 * sends us away.  HEARD_MORE for everything else.
 */
enum heard	answer_unasked(struct session *, const struct reply *);
/* starttls_wanted - for `when`: is TLS still to be started on this connection */
bool		starttls_wanted(const struct session *);
/* starttls_missing - it is not offered: false, with tls.starttls-missing */
bool		starttls_missing(struct session *, const char *command);

#endif
