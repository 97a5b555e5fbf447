/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * login_state - what every dialogue with a login keeps
 */
#include <stdlib.h>
#include <string.h>

#include "dialog/download.h"
#include "dialog/login_state.h"

void
login_state_init(struct login_state *l)
{
	buf_init(&l->caps_text, LOGIN_CAPS_MAX);
	buf_init(&l->held, SASL_MESSAGE_MAX * 2);
}

void
login_state_free(struct login_state *l)
{
	if (l->exchange != NULL)
		l->choice.functions->end(l->exchange);
	buf_free(&l->caps_text);
	buf_free(&l->held);
	free(l->download);
	free(l->offered);
}

void
login_caps_forget(struct login_state *l)
{
	l->caps_known = false;
	memset(&l->offer, 0, sizeof(l->offer));
	buf_clear(&l->caps_text);
}

bool
login_caps_add(struct login_state *l, struct span name)
{
	if (name.len == 0 || l->caps_text.len + name.len + 8 >= LOGIN_CAPS_MAX)
		return false;
	if (l->caps_text.len > 0)
		buf_char(&l->caps_text, '\n');
	text_clean(&l->caps_text, name, TEXT_QUOTE_MAX);
	return true;
}

bool
login_caps_has(const struct login_state *l, const char *name)
{
	struct span lines = buf_span(&l->caps_text);
	struct span line;

	while (lines.len > 0) {
		line = span_line(&lines);
		if (span_is(span_word(&line), name))
			return true;
	}
	return false;
}

bool
login_begin(struct session *s, struct login_state *l, bool command_first)
{
	free(l->offered);
	l->offered = malloc(sizeof(*l->offered));
	if (l->offered == NULL) {
		s->result->sheet.nomem = true;
		return false;
	}
	*l->offered = l->offer;
	return login_choose(s, s->config->login, &l->offer, command_first,
	    &l->choice);
}

bool
login_unproven(struct session *s, const struct login_state *l)
{
	if (l->choice.functions == NULL || l->sasl_done)
		return false;
	session_find(s, CAUSE_AUTH_SERVER_UNPROVEN, STAGE_AUTH, NULL,
	    "%s says OK without proving that it knows the password (%s)",
	    s->whom, l->choice.mechanism);
	return true;
}

void
login_done(struct session *s, struct login_state *l)
{
	l->logged_in = true;
	result_note(s->result, STAGE_AUTH, "%s by %s",
	    s->result->target.user == NULL ? "" : s->result->target.user,
	    l->choice.mechanism);
}
