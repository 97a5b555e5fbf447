/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * doveadm_reply - what Dovecot's HTTP API answers; its shape stands in the
 * header
 */
#include <string.h>

#include "plugin/doveadm_reply.h"

enum field { USER, ROOT, TYPE, VALUE, LIMIT };

static const char *const names[DOVEADM_FIELDS] = {
	[USER] = "username", [ROOT] = "root", [TYPE] = "type",
	[VALUE] = "value", [LIMIT] = "limit"
};

void
doveadm_reply_init(struct doveadm_reply *r,
    void (*row)(void *, const struct doveadm_row *), void *arg)
{
	size_t i;

	memset(r, 0, sizeof(*r));
	r->row = row;
	r->arg = arg;
	buf_init(&r->error, DOVEADM_FIELD_MAX);
	for (i = 0; i < DOVEADM_FIELDS; i++)
		buf_init(&r->fields[i], DOVEADM_FIELD_MAX);
}

void
doveadm_reply_free(struct doveadm_reply *r)
{
	size_t i;

	buf_free(&r->error);
	for (i = 0; i < DOVEADM_FIELDS; i++)
		buf_free(&r->fields[i]);
}

static struct span
field(struct doveadm_reply *r, enum field which)
{
	return buf_span(&r->fields[which]);
}

/* number - a value below nothing is nothing */
static bool
number(struct span text, uint64_t *value)
{
	size_t i;

	*value = 0;
	if (text.len > 1 && text.p[0] == '-')
		return span_number((struct span){ text.p + 1, text.len - 1 },
		    value) && (*value = 0, true);
	for (i = 0; i < text.len; i++)
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
	if (text.len > 0 && !span_number(text, value))
		*value = UINT64_MAX;
	return text.len > 0;
}

static void
end_row(struct doveadm_reply *r)
{
	struct doveadm_row row = { .user = field(r, USER),
		.root = field(r, ROOT), .type = field(r, TYPE) };
	struct span limit = field(r, LIMIT);

	if (row.type.len == 0 || !number(field(r, VALUE), &row.value)) {
		r->strange++;
		return;
	}
	row.limited = number(limit, &row.limit) && row.limit > 0;
	if (!row.limited && limit.len > 0 && !span_is(limit, "-") &&
	    !number(limit, &row.limit)) {
		r->strange++;
		return;
	}
	r->row(r->arg, &row);
}

static void
take_string(struct doveadm_reply *r, const struct json_event *e)
{
	size_t i;

	if (r->depth == 2 && e->key.p == NULL) {
		r->response |= span_is(e->string, "doveadmResponse");
		r->failed |= span_is(e->string, "error");
	} else if (r->depth == 3 && r->failed && span_is(e->key, "type")) {
		buf_span_add(&r->error, e->string);
	} else if (r->depth == 4) {
		for (i = 0; i < DOVEADM_FIELDS; i++)
			if (span_is(e->key, names[i]))
				buf_span_add(&r->fields[i], e->string);
	}
}

void
doveadm_reply_take(void *reply, const struct json_event *e)
{
	struct doveadm_reply *r = reply;
	size_t i;

	switch (e->kind) {
	case JSON_IS_OBJECT:
	case JSON_IS_ARRAY:
		r->depth++;
		for (i = 0; r->depth == 4 && i < DOVEADM_FIELDS; i++)
			buf_clear(&r->fields[i]);
		break;
	case JSON_IS_OBJECT_END:
		if (r->depth == 4 && r->response)
			end_row(r);
		r->depth--;
		break;
	case JSON_IS_ARRAY_END:
		r->depth--;
		break;
	case JSON_IS_STRING:
		take_string(r, e);
		break;
	case JSON_IS_INTEGER:
		if (r->depth == 3 && span_is(e->key, "exitCode"))
			r->exit_code = e->integer;
		break;
	case JSON_IS_OTHER:
		break;
	}
}
