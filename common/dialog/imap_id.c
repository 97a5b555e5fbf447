/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_id - who the server says it is, and who we are (RFC 2971 section 4)
 *
 *	id          = "ID" SPACE id_params_list
 *	id_response = "ID" SPACE id_params_list
 *	id_params_list = "(" #(string SPACE nstring) ")" / nil
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <stdlib.h>

#include "dialog/imap.h"
#include "dialog/imap_together.h"
#include "reply/imap_reply.h"

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION	"0.0.0"
#endif

static bool
offered(const struct session *s)
{
	return (imap_of(s)->caps & CAP_ID) != 0;
}

static bool
alone(const struct session *s)
{
	return offered(s) && !imap_of(s)->together;
}

static bool
together(const struct session *s)
{
	return offered(s) && imap_of(s)->together;
}

bool
imap_id_unheard(const struct session *s)
{
	return offered(s) && !imap_of(s)->id_heard;
}

static bool
say_id(struct session *s, struct exchange *x)
{
	imap_begin(s, x, "ID");
	imap_word(s, "(\"name\" \"monitoring-plugins-mail\" "
	    "\"version\" \"" PACKAGE_VERSION "\")");
	return imap_end(s);
}

/* take - the next string of the list; false at its end.  NIL, and what is no string, comes out empty. */
static bool
take(struct span *list, struct buf *out)
{
	bool atom;

	buf_clear(out);
	while (list->len > 0 && list->p[0] == ' ') {
		list->p++;
		list->len--;
	}
	if (list->len == 0 || list->p[0] == ')')
		return false;
	atom = list->p[0] != '"' && list->p[0] != '{';
	if (!imap_string(list, out))
		return false;
	if (atom)
		buf_clear(out);
	return true;
}

static bool
known(const struct imap_id *id, const char *name)
{
	size_t i;

	for (i = 0; i < id->n; i++)
		if (span_is(span_of(id->fields[i].name), name))
			return true;
	return false;
}

/* add - a field that says something, fit to be shown */
static void
add(struct session *s, struct imap_id *id, struct span name, struct span value)
{
	struct imap_id_field *field = &id->fields[id->n];
	char text[TEXT_QUOTE_BUF];
	struct buf cut;

	buf_init(&cut, IMAP_ID_NAME_MAX - 1);
	/* room for the dots of what is cut */
	text_clean(&cut, span_of(session_quote(s, name, text)),
	    IMAP_ID_NAME_MAX - 8);
	span_copy(buf_span(&cut), field->name, sizeof(field->name));
	buf_free(&cut);
	session_quote(s, value, field->value);
	if (field->name[0] != '\0' && field->value[0] != '\0' &&
	    !known(id, field->name))
		id->n++;
}

/* take_id - the first list counts */
static void
take_id(struct session *s, struct span list)
{
	struct imap *m = imap_of(s);
	struct imap_id *id;
	struct buf name, value;

	if (list.len == 0 || list.p[0] != '(' || m->id != NULL)
		return;
	m->id = id = calloc(1, sizeof(*id));
	if (id == NULL) {
		s->result->sheet.nomem = true;
		return;
	}
	list.p++;
	list.len--;
	buf_init(&name, IMAP_REPLY_MAX);
	buf_init(&value, IMAP_REPLY_MAX);
	while (id->n < IMAP_ID_FIELDS_MAX && take(&list, &name) &&
	    take(&list, &value))
		add(s, id, buf_span(&name), buf_span(&value));
	s->result->sheet.nomem |= name.nomem || value.nomem;
	buf_free(&name);
	buf_free(&value);
}

/* show - beside the login, or the greeting where there was none */
static void
show(struct session *s, const struct imap_id *id)
{
	enum stage stage = imap_of(s)->preauth ? STAGE_GREETING : STAGE_AUTH;
	size_t i;

	for (i = 0; id != NULL && i < id->n; i++)
		result_note_more(s->result, stage, "%s%s \"%s\"",
		    i == 0 ? "; server ID: " : ", ", id->fields[i].name,
		    id->fields[i].value);
}

/* The continuation is for the command behind this one, whose answer it is that must not be lost. */
static enum heard
hear_id(struct session *s, struct exchange *x, const struct reply *r)
{
	if (r->kind == REPLY_CONTINUE)
		imap_continue(s);
	if (r->kind == REPLY_UNTAGGED && span_is(r->word, "ID"))
		take_id(s, r->text);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	if (imap_together_too_soon(s, x, r))
		return HEARD_AGAIN;
	imap_of(s)->id_heard = true;
	show(s, imap_of(s)->id);
	return HEARD_OK;
}

#define RUNG_ID(at, climbed, soon)					\
	{ .stage = (at), .when = (climbed), .say = say_id,		\
	    .hear = hear_id, .early = (soon),				\
	    .patience = imap_together_patience,				\
	    .wake = imap_together_repeat,				\
	    .silent = "did not answer ID or what came with it",		\
	    .ended = "at ID" }

const struct rung imap_id_ladder[] = {
	RUNG_ID(STAGE_MAILBOX, alone, imap_together_early),
	RUNG_END
};

const struct rung imap_id_together_ladder[] = {
	RUNG_ID(STAGE_MAILBOX, together, imap_wire_is_free),
	RUNG_END
};

const struct rung imap_id_quota_ladder[] = {
	RUNG_ID(STAGE_QUOTA, alone, imap_together_early),
	RUNG_END
};

const struct rung imap_id_quota_together_ladder[] = {
	RUNG_ID(STAGE_QUOTA, together, imap_wire_is_free),
	RUNG_END
};
