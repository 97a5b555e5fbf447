/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_trust - who a session talks to
 */
#ifndef DIALOG_SESSION_TRUST_H
#define DIALOG_SESSION_TRUST_H

#include "dialog/session.h"

/* session_trusts - judge who the peer is, once TLS is up: causes of judge/cert and judge/interceptors.  False ends the session before a credential is sent. */
bool	session_trusts(struct session *);

#endif
