/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_path - how a session came to its server, or why not
 */
#include <stdlib.h>
#include <string.h>

#include "dialog/session_path.h"
#include "judge/path.h"

void
session_keep_addresses(struct session *s, const struct resolved *r)
{
	if (!s->config->all_addresses || r->n == 0)
		return;
	s->addresses = malloc(r->n * sizeof(*s->addresses));
	if (s->addresses == NULL) {
		s->result->sheet.nomem = true;
		return;
	}
	memcpy(s->addresses, r->list, r->n * sizeof(*s->addresses));
	s->naddresses = r->n;
}

void
session_arrived(struct session *s, const struct connected *c)
{
	char text[ADDRESS_TEXT];
	struct buf name;

	s->local = c->local;
	if (s->config->proxy == NULL) {
		result_note(s->result, STAGE_CONNECT, "%s port %u",
		    address_text(&c->attempts[c->winner].address, text),
		    (unsigned)s->result->target.port);
		return;
	}
	buf_init(&name, SENTENCE_MAX);
	via_name(&name, s->config->proxy);
	result_note(s->result, STAGE_CONNECT, "by way of %s", buf_cstr(&name));
	if (name.nomem)
		s->result->sheet.nomem = true;
	buf_free(&name);
}

void
session_stranded(struct session *s, const struct event *e)
{
	struct sheet *sheet = &s->result->sheet;

	if (s->config->proxy == NULL)
		path_judge(sheet, e->connected, s->result->target.port,
		    s->whom, s->by_deadline);
	else
		via_judge(sheet, s->config->proxy, e->resolved, e->connected,
		    e->via, s->whom, s->by_deadline);
}
