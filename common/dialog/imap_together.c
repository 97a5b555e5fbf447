/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_together - one write for the login and what follows it
 */
#include "base/text.h"
#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"
#include "dialog/imap_together.h"

enum {
	SHORT_NAME = 200	/* bytes that a quoted string can hold in any encoding */
};

/* plain_name - one mailbox only, whose name needs no literal */
static bool
plain_name(const struct session *s)
{
	const struct login *login = s->config->login;
	bool utf8 = (imap_of(s)->caps & (CAP_REV1 | CAP_REV2)) == CAP_REV2;

	return (login->wishes == NULL || login->wishes->nmailboxes == 0) &&
	    login->mailbox.len <= SHORT_NAME &&
	    !text_has_control(login->mailbox) &&
	    (text_is_ascii(login->mailbox) || !utf8);
}

/*
 * Courier's imaplogin gives way to another program when the login is good, and
 * what it has read behind it is lost, which is a matter of luck inside TLS 1.3:
 * there nothing goes together, for the wait until it is asked again costs more
 * than a round trip.
 *
 * Cyrus 3.6 reads AUTHENTICATE again, and loses what follows, when its buffer
 * holds more than that command.  What it takes in ends with a record.
 */
void
imap_together_begin(struct session *s)
{
	struct imap *m = imap_of(s);

	m->together = plain_name(s) && !m->forgets &&
	    (s->encrypted || m->login.choice.how == LOGIN_COMMAND);
	s->out_cut = s->out.len;
}

bool
imap_together_early(const struct session *s)
{
	return imap_of(s)->together && imap_wire_is_free(s);
}

bool
imap_together_too_soon(struct session *s, const struct exchange *x,
    const struct reply *r)
{
	struct imap *m = imap_of(s);

	if (!m->together || m->in_step || x->twice)
		return false;
	if (m->login.logged_in && r->status != REPLY_BAD) {
		m->in_step = true;
		return false;
	}
	return r->status != REPLY_OK;
}

bool
imap_together_to_a_stranger(const struct session *s, const struct exchange *x,
    const struct reply *r)
{
	return r->status != REPLY_OK && !x->twice && imap_of(s)->together &&
	    imap_id_unheard(s);
}

int64_t
imap_together_patience(const struct session *s)
{
	const struct imap *m = imap_of(s);
	const struct exchange *x = &s->climb.queue[0];

	if (!m->together || m->in_step || x->twice)
		return 0;
	return (s->config->deadline - x->since) / 4;
}

void
imap_together_repeat(struct session *s)
{
	ladder_repeat(s);
}
