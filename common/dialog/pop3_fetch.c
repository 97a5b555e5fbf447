/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pop3_fetch - download the newest messages: RETR (RFC 1939 section 5)
 *
 * The newest message has the highest number.  A message that is downloaded
 * stays where it is.
 */
#include <inttypes.h>
#include <stdio.h>

#include "dialog/answer.h"
#include "dialog/download.h"
#include "dialog/command.h"
#include "dialog/pop3.h"

static unsigned
messages(const struct session *s)
{
	const struct login *login = s->config->login;
	uint64_t there = pop3_of(s)->drop.messages;

	return login->fetch < there ? login->fetch : (unsigned)there;
}

/* place - of the message that an exchange asks for */
static uint64_t
place(const struct session *s, const struct exchange *x)
{
	return pop3_of(s)->drop.messages - x->turn;
}

static bool
say_retr(struct session *s, struct exchange *x)
{
	struct pop3 *m = pop3_of(s);
	struct download *d = download_begin(s, &m->login.download);
	uint64_t told;

	if (d == NULL)
		return false;
	told = x->turn < m->drop.nsizes ? m->drop.sizes[x->turn] : UINT64_MAX;
	d->has_size = told != UINT64_MAX;
	d->told = told;
	return command_say(s, "RETR %" PRIu64, place(s, x));
}

static bool
body_retr(struct session *s, struct exchange *x, struct span piece,
    uint64_t left)
{
	(void)x;
	(void)left;
	download_bytes(pop3_of(s)->login.download, piece);
	return true;
}

static enum heard
hear_retr(struct session *s, struct exchange *x, const struct reply *r)
{
	char what[64];

	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	if (r->status != REPLY_OK) {
		snprintf(what, sizeof(what), "to deliver message %" PRIu64,
		    place(s, x));
		return answer_status(s, r, STAGE_FETCH, CAUSE_FETCH_REFUSED,
		    what);
	}
	download_end(s, pop3_of(s)->login.download, place(s, x),
	    "the maildrop", "LIST");
	return HEARD_OK;
}

const struct rung pop3_fetch_ladder[] = {
	{ .stage = STAGE_FETCH, .say = say_retr, .hear = hear_retr,
	    .body = body_retr, .count = messages },
	RUNG_END
};
