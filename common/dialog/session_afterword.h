/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_afterword - what a server says to a handshake that is done
 *
 * In TLS 1.3 the client is done first: what the server thinks of its
 * certificate, or of the lack of one, comes behind that (RFC 8446 section
 * 4.4.2.4).  Who has nothing to talk about waits for it, if there was a demand.
 */
#ifndef DIALOG_SESSION_AFTERWORD_H
#define DIALOG_SESSION_AFTERWORD_H

#include "dialog/session.h"

enum {
	AFTERWORD_MAX = 1000000		/* microseconds; a server that is content says nothing */
};

/* session_afterword_begin - a session that is finished waits for it, if one is to be expected */
void	session_afterword_begin(struct session *, int64_t now);
/* session_afterword - an event of that phase, which ends with it: tls.client-certificate, or all is well */
void	session_afterword(struct session *, const struct event *);

#endif
