/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * silence - when no answer comes, or the connection ends without one
 *
 * Both are named by the rung that listened: greeting.timeout, auth.closed and
 * so on.  A port that stays silent before any greeting may be waiting for TLS:
 * a hello is sent to find out (tls.port-speaks-tls), late enough not to disturb
 * a server that is only slow.
 */
#ifndef DIALOG_SILENCE_H
#define DIALOG_SILENCE_H

#include "dialog/session.h"

/* silence_closed - the connection ended while the ladder listened */
void	silence_closed(struct session *, bool reset);
/* silence_deadline - time is up, in whatever phase */
void	silence_deadline(struct session *);
/* silence_patience - how long a greeting is waited for before the hello: 1 s on a port that is known for implicit TLS, four fifths of the time left otherwise; 0 inside TLS */
int64_t	silence_patience(const struct session *);
/* silence_probe - send the hello, once */
void	silence_probe(struct session *);
/* silence_answered - what the silent port said to it */
void	silence_answered(struct session *, struct span, int64_t now);

#endif
