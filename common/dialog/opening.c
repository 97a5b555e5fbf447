/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opening - what dialogues keep that go no further than TLS
 */
#include <stdlib.h>
#include <string.h>

#include "dialog/opening.h"

struct opening *
opening_of(const struct session *s)
{
	return s->talk;
}

bool
opening_open(struct session *s)
{
	s->talk = calloc(1, sizeof(struct opening));
	return s->talk != NULL;
}

void
opening_close(struct session *s)
{
	free(s->talk);
	s->talk = NULL;
}

/* what was offered in clear may be anybody's offer */
void
opening_secured(struct session *s)
{
	memset(opening_of(s), 0, sizeof(struct opening));
}

bool
opening_say(struct session *s, struct span bytes, const char *shown)
{
	session_log(s, ">", span_of(shown));
	buf_span_add(&s->out, bytes);
	if (s->out.nomem)
		s->result->sheet.nomem = true;
	return !s->out.nomem;
}

void
opening_silent(struct session *s)
{
	(void)s;
}
