/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_afterword - what a server says to a handshake that is done
 */
#include "dialog/session_afterword.h"
#include "judge/handshake.h"

void
session_afterword_begin(struct session *s, int64_t now)
{
	if (s->tls == NULL || !s->tls->client_cert_asked ||
	    s->tls->server_version != 13)
		return;
	s->phase = PHASE_AFTERWORD;
	s->phase_at = now;
}

void
session_afterword(struct session *s, const struct event *e)
{
	bool starttls = s->result->target.tls == TLS_STARTTLS;
	struct tls_facts facts;

	s->phase = PHASE_DONE;
	if (e->kind != EVENT_TLS)
		return;
	s->finished = false;
	facts = session_hide(s, e->tls);
	handshake_judge(&s->result->sheet, &facts, starttls, s->whom);
	s->result->stages[STAGE_TLS].progress = PROGRESS_FAILED;
}
