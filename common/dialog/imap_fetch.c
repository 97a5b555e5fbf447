/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_fetch - download the newest messages without marking them as seen
 *
 *	message-data = nz-number SP "FETCH" SP msg-att
 *	msg-att      = "(" ... "BODY" section SP nstring ... ")"
 *
 * Messages are named by their place, which cannot change during FETCH (RFC 3501
 * section 7.4.1).
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "dialog/answer.h"
#include "dialog/download.h"
#include "dialog/imap.h"
#include "dialog/imap_fetch.h"
#include "dialog/imap_mailbox.h"
#include "reply/imap_date.h"
#include "reply/imap_reply.h"

static unsigned
wanted(const struct session *s)
{
	const struct login *login = s->config->login;

	return login->fetch;
}

static bool
newest_wanted(const struct session *s)
{
	const struct login *login = s->config->login;

	return login->wishes != NULL && login->wishes->newest;
}

/* filled - messages in the mailbox that is open; a place is 32 bits wide */
static uint32_t
filled(const struct session *s)
{
	const struct imap_box *box = &imap_of(s)->box;

	if (!box->opened || !box->has_exists)
		return 0;
	return box->exists > UINT32_MAX ? UINT32_MAX : (uint32_t)box->exists;
}

static unsigned
messages(const struct session *s)
{
	return wanted(s) < filled(s) ? wanted(s) : filled(s);
}

static bool
wants_messages(const struct session *s)
{
	return messages(s) > 0;
}

/* the age of the newest message alone */
static bool
wants_newest(const struct session *s)
{
	return newest_wanted(s) && wanted(s) == 0 && filled(s) > 0;
}

/* place - of the message that an exchange asks for */
static uint32_t
place(const struct session *s, const struct exchange *x)
{
	return filled(s) - x->turn;
}

static bool
say(struct session *s, struct exchange *x, const char *items)
{
	char set[16];

	snprintf(set, sizeof(set), "%" PRIu32, place(s, x));
	imap_begin(s, x, "FETCH");
	imap_word(s, set);
	imap_word(s, items);
	return imap_end(s);
}

static bool
say_newest(struct session *s, struct exchange *x)
{
	return say(s, x, "(INTERNALDATE)");
}

static bool
say_fetch(struct session *s, struct exchange *x)
{
	struct imap *m = imap_of(s);

	if (download_begin(s, &m->login.download) == NULL)
		return false;
	m->ours = m->delivered = false;
	return say(s, x, "(UID RFC822.SIZE INTERNALDATE BODY.PEEK[])");
}

/* is_answer - is it about the message asked for? */
static bool
is_answer(const struct session *s, const struct exchange *x,
    const struct reply *r)
{
	return r->kind == REPLY_UNTAGGED && r->has_number &&
	    r->number == place(s, x) && span_is(r->word, "FETCH");
}

/* take_date - the newest message is the one that arrived last, wherever it stands */
static void
take_date(struct imap_box *box, struct span items)
{
	int64_t date;

	if (!imap_date_after(items, "INTERNALDATE", &date) ||
	    (box->has_newest && date < box->newest))
		return;
	box->has_newest = true;
	box->newest = date;
}

/* begins_message - does the literal that begins behind these bytes hold the message asked for? */
static bool
begins_message(const struct session *s, const struct exchange *x,
    struct span head)
{
	struct reply r;

	if (!imap_reply(head, &r) || !is_answer(s, x, &r))
		return false;
	while (head.len > 0 && head.p[head.len - 1] != '{')
		head.len--;
	if (head.len > 1 && head.p[head.len - 2] == '~')
		head.len--;
	head.len -= head.len > 0;
	head = span_trim(head);
	if (head.len < 6)
		return false;
	return span_is((struct span){ head.p + head.len - 6, 6 }, "BODY[]");
}

static bool
body_fetch(struct session *s, struct exchange *x, struct span piece,
    uint64_t left)
{
	struct imap *m = imap_of(s);
	struct span head = buf_span(&s->climb.in);

	if (!m->streaming) {
		head.len = s->climb.scan.pos;
		m->streaming = true;
		m->ours = !m->delivered && begins_message(s, x, head);
	}
	if (m->ours)
		download_bytes(m->login.download, piece);
	if (left > 0)
		return true;
	m->delivered = m->delivered || m->ours;
	m->streaming = false;
	return true;
}

/* take_inline - a message so small that it came as a string, or as a literal without a byte; NIL is none */
static void
take_inline(struct imap *m, struct span items)
{
	struct span item = { NULL, 0 };
	struct buf text;

	while (items.len > 0 && !span_is(item, "BODY[]")) {
		item = span_word(&items);
		while (item.len > 0 && item.p[0] == '(') {
			item.p++;
			item.len--;
		}
	}
	if (items.len == 0 || (items.p[0] != '"' && items.p[0] != '{'))
		return;
	buf_init(&text, IMAP_REPLY_MAX);
	if (imap_string(&items, &text)) {
		download_bytes(m->login.download, buf_span(&text));
		m->delivered = true;
	}
	buf_free(&text);
}

/* delivered - the server says that this was all */
static enum heard
delivered(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap *m = imap_of(s);
	char what[TEXT_QUOTE_BUF + 64];

	if (r->status != REPLY_OK) {
		snprintf(what, sizeof(what), "to deliver message %" PRIu32
		    " of %s", place(s, x), m->box.name);
		return answer_status(s, r, STAGE_FETCH, CAUSE_FETCH_REFUSED,
		    what);
	}
	if (!m->delivered) {
		session_find(s, CAUSE_FETCH_REFUSED, STAGE_FETCH, NULL,
		    "%s counts %" PRIu32 " messages in %s and does not "
		    "deliver number %" PRIu32, s->whom, filled(s),
		    m->box.name, place(s, x));
		return HEARD_FAIL;
	}
	download_end(s, m->login.download, place(s, x), m->box.name,
	    "RFC822.SIZE");
	if (m->warned[0] != '\0')
		session_find(s, CAUSE_MAILBOX_DEGRADED, STAGE_MAILBOX, NULL,
		    "%s delivered from %s and warned: \"%s\"", s->whom,
		    m->box.name, m->warned);
	m->warned[0] = '\0';
	return HEARD_OK;
}

static enum heard
hear_fetch(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap *m = imap_of(s);
	struct download *d = m->login.download;

	if (r->kind == REPLY_TAGGED)
		return delivered(s, x, r);
	if (!is_answer(s, x, r))
		return HEARD_MORE;
	take_date(&m->box, r->text);
	if (imap_number_after(r->text, "RFC822.SIZE", &d->told))
		d->has_size = true;
	if (!m->delivered)
		take_inline(m, r->text);
	return HEARD_MORE;
}

static enum heard
hear_newest(struct session *s, struct exchange *x, const struct reply *r)
{
	if (r->kind == REPLY_TAGGED)
		return answer_status(s, r, STAGE_MAILBOX,
		    CAUSE_MAILBOX_UNAVAILABLE, "the date of a message");
	if (is_answer(s, x, r))
		take_date(&imap_of(s)->box, r->text);
	return HEARD_MORE;
}

const struct rung imap_fetch_ladder[] = {
	{ .stage = STAGE_MAILBOX, .when = wants_newest,
	    .say = say_newest, .hear = hear_newest },
	{ .stage = STAGE_FETCH, .when = wants_messages,
	    .say = say_fetch, .hear = hear_fetch, .body = body_fetch,
	    .count = messages },
	RUNG_END
};
