/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * login_state - what every dialogue with a login keeps: what the server offers,
 * how far the login is, what was downloaded, what was said last
 *
 * A protocol embeds one in its session.talk.  What the server offered before
 * TLS is forgotten by the protocol's `secured`.
 */
#ifndef DIALOG_LOGIN_STATE_H
#define DIALOG_LOGIN_STATE_H

#include "base/buf.h"
#include "base/text.h"
#include "dialog/login.h"
#include "dialog/session.h"

enum {
	LOGIN_CAPS_MAX = 8 * 1024	/* bytes of the capability list that are kept */
};

struct download;

struct login_state {
	bool		 caps_known;
	struct buf	 caps_text;	/* as the server wrote them, cleaned, one a line */
	struct login_offer offer;
	struct login_offer *offered;	/* when the login was begun; what comes after it is no offer.  NULL before */
	struct login_choice choice;
	/* of a SASL exchange (sasl_exchange.h) */
	void		*exchange;	/* of the SASL module */
	unsigned	 steps;		/* continuations answered in this login */
	bool		 ir_sent;	/* the initial response went with the command */
	bool		 sasl_done;	/* the mechanism is content: the server's word is all that is missing */
	bool		 holding;	/* `held`, the client's first message, did not go with the command */
	struct buf	 held;
	bool		 logged_in;
	struct download	*download;	/* made by the first message */
	char		 server_text[TEXT_QUOTE_BUF];	/* the last words with a status, cleaned */
};

void	login_state_init(struct login_state *);
void	login_state_free(struct login_state *);
/* login_caps_forget - another list replaces them, or TLS makes them void */
void	login_caps_forget(struct login_state *);
/* login_caps_add - a capability as the server wrote it; what does not fit is left out (false) */
bool	login_caps_add(struct login_state *, struct span name);
/* login_caps_has - is there one with that first word */
bool	login_caps_has(const struct login_state *, const char *name);
/* login_begin - keep the offer for the facts, and choose by login_choose(); false with a finding or without memory */
bool	login_begin(struct session *, struct login_state *, bool command_first);
/* login_unproven - a server that says OK before it has proven itself: auth.server-unproven was found */
bool	login_unproven(struct session *, const struct login_state *);
/* login_done - the server took the login: note it for the stage */
void	login_done(struct session *, struct login_state *);

#endif
