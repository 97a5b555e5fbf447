/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_oldest - find the first message that is unseen, and ask for its date
 *
 *	"SEARCH" *(SP nz-number)
 *	"ESEARCH" ["(" "TAG" SP string ")"] ["MIN" SP nz-number]
 *
 * A plain answer names every message, and a line has a cap; so a large mailbox
 * is searched a slice at a time, until there is one.
 */
#include <inttypes.h>
#include <stdio.h>

#include "dialog/answer.h"
#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"
#include "dialog/imap_oldest.h"
#include "dialog/imap_slices.h"
#include "reply/imap_date.h"
#include "reply/imap_reply.h"

static bool
wants_oldest(const struct session *s)
{
	const struct login *login = s->config->login;

	return login->wishes != NULL && login->wishes->oldest &&
	    imap_of(s)->box.opened && imap_of(s)->box.has_exists;
}

/* slices - none more once a message is found */
static unsigned
slices(const struct session *s)
{
	uint64_t n = imap_slices(s);

	if (imap_of(s)->box.oldest_place > 0)
		return 0;
	return n < SLICES_MAX ? (unsigned)n : SLICES_MAX;
}

static bool
say_unseen(struct session *s, struct exchange *x)
{
	imap_begin(s, x, "SEARCH");
	if (login_caps_has(&imap_of(s)->login, "ESEARCH"))
		imap_word(s, "RETURN (MIN)");
	else if (imap_of(s)->box.exists > SLICE)
		imap_slice_word(s, x->turn);
	imap_word(s, "UNSEEN");
	return imap_end(s);
}

/* take_place - of a message that may be the first; what is no place in this mailbox counts for nothing */
static void
take_place(struct imap_box *box, uint64_t place)
{
	if (place > 0 && place <= box->exists &&
	    (box->oldest_place == 0 || place < box->oldest_place))
		box->oldest_place = place;
}

static void
take_places(struct imap_box *box, struct span text)
{
	uint64_t place;

	while (text.len > 0)
		if (span_number(span_word(&text), &place))
			take_place(box, place);
}

static enum heard
hear_unseen(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap_box *box = &imap_of(s)->box;
	uint64_t place;

	(void)x;
	if (r->kind == REPLY_TAGGED)
		return answer_status(s, r, STAGE_MAILBOX,
		    CAUSE_MAILBOX_UNAVAILABLE, "the search for unseen messages");
	if (r->kind != REPLY_UNTAGGED)
		return HEARD_MORE;
	if (span_is(r->word, "SEARCH"))
		take_places(box, r->text);
	if (span_is(r->word, "ESEARCH") &&
	    imap_number_after(r->text, "MIN", &place))
		take_place(box, place);
	return HEARD_MORE;
}

static bool
found(const struct session *s)
{
	return wants_oldest(s) && imap_of(s)->box.oldest_place > 0;
}

static bool
say_date(struct session *s, struct exchange *x)
{
	char place[24];

	snprintf(place, sizeof(place), "%" PRIu64,
	    imap_of(s)->box.oldest_place);
	imap_begin(s, x, "FETCH");
	imap_word(s, place);
	imap_word(s, "(INTERNALDATE)");
	return imap_end(s);
}

static enum heard
hear_date(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap_box *box = &imap_of(s)->box;

	(void)x;
	if (r->kind == REPLY_UNTAGGED && r->has_number &&
	    r->number == box->oldest_place && span_is(r->word, "FETCH") &&
	    imap_date_after(r->text, "INTERNALDATE", &box->oldest))
		box->has_oldest = true;
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	if (r->status == REPLY_OK && !box->has_oldest)
		result_note_more(s->result, STAGE_MAILBOX,
		    "; when unseen message %" PRIu64 " arrived is not told",
		    box->oldest_place);
	return answer_status(s, r, STAGE_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE,
	    "the date of a message");
}

const struct rung imap_oldest_ladder[] = {
	{ .stage = STAGE_MAILBOX, .when = wants_oldest,
	    .say = say_unseen, .hear = hear_unseen, .count = slices },
	{ .stage = STAGE_MAILBOX, .when = found,
	    .say = say_date, .hear = hear_date },
	RUNG_END
};
