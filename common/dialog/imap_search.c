/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_search - count messages
 *
 *	"SEARCH" *(SP nz-number)
 *	"ESEARCH" ["(" "TAG" SP string ")"] *(SP "COUNT" SP number)
 *
 * A plain answer names every message, and a line has a cap; so only the number
 * is asked for where that can be done, and a large mailbox is searched in slices
 * where not.  One of more than SLICES_MAX is searched at once, for better or worse.
 */
#include "dialog/answer.h"
#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"
#include "dialog/imap_search.h"
#include "dialog/imap_slices.h"
#include "reply/imap_reply.h"

static bool
wants_search(const struct session *s)
{
	const struct login *login = s->config->login;

	return login->wishes != NULL && login->wishes->search != NULL;
}

static unsigned
slices(const struct session *s)
{
	uint64_t n = imap_of(s)->box.has_exists ? imap_slices(s) : 1;

	return n > 1 && n <= SLICES_MAX ? (unsigned)n : 1;
}

static bool
say_search(struct session *s, struct exchange *x)
{
	const struct login *login = s->config->login;

	imap_begin(s, x, "SEARCH");
	if (login_caps_has(&imap_of(s)->login, "ESEARCH"))
		imap_word(s, "RETURN (COUNT)");
	imap_word(s, login->wishes->search);
	if (slices(s) > 1)
		imap_slice_word(s, x->turn);
	return imap_end(s);
}

static void
count_words(struct imap_box *box, struct span text)
{
	uint64_t number;

	box->has_found = true;
	while (text.len > 0)
		box->found += span_number(span_word(&text), &number);
}

static enum heard
hear_search(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap_box *box = &imap_of(s)->box;
	uint64_t count;

	(void)x;
	if (r->kind == REPLY_TAGGED)
		return answer_status(s, r, STAGE_MAILBOX,
		    CAUSE_MAILBOX_UNAVAILABLE, "the search");
	if (r->kind != REPLY_UNTAGGED)
		return HEARD_MORE;
	if (span_is(r->word, "SEARCH"))
		count_words(box, r->text);
	if (span_is(r->word, "ESEARCH") &&
	    imap_number_after(r->text, "COUNT", &count)) {
		box->has_found = true;
		box->found = count;
	}
	return HEARD_MORE;
}

const struct rung imap_search_ladder[] = {
	{ .stage = STAGE_MAILBOX, .when = wants_search,
	    .say = say_search, .hear = hear_search, .count = slices },
	RUNG_END
};
