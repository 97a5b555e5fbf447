/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_mailbox - open a mailbox without touching it, and count
 *
 * STATUS before EXAMINE, for a server need not answer it for the mailbox that
 * is open (RFC 3501 section 6.3.10).  Both go out together, ID between them,
 * and with the login where it bears that (imap_together.h).
 */
#include <stdio.h>

#include "base/text.h"
#include "dialog/answer.h"
#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"
#include "dialog/imap_nearest.h"
#include "dialog/imap_oldest.h"
#include "dialog/imap_search.h"
#include "dialog/imap_together.h"
#include "dialog/login.h"
#include "dialog/refusal.h"
#include "reply/imap_reply.h"

/* mailboxes - how many; zero more when one is missing */
static unsigned
mailboxes(const struct session *s)
{
	const struct login *login = s->config->login;

	if (imap_of(s)->box.missing)
		return 0;
	return login->wishes == NULL || login->wishes->nmailboxes == 0 ? 1 :
	    login->wishes->nmailboxes;
}

/* mailbox_of - of this turn; the first of several comes last */
static struct span
mailbox_of(const struct session *s, const struct exchange *x)
{
	const struct login *login = s->config->login;

	if (login->wishes == NULL || login->wishes->nmailboxes == 0)
		return login->mailbox;
	return login->wishes->mailboxes[(x->turn + 1) %
	    login->wishes->nmailboxes];
}

static bool
say_status(struct session *s, struct exchange *x)
{
	imap_begin(s, x, "STATUS");
	imap_mailbox(s, mailbox_of(s, x));
	imap_word(s, "(MESSAGES UNSEEN)");
	return imap_end(s);
}

/* forget_counts - of one mailbox the last word counts: it may be asked twice */
static void
forget_counts(struct imap_box *box)
{
	box->messages = box->unseen = 0;
	box->counted = box->counted_unseen = 0;
}

/* status = "STATUS" SP mailbox SP "(" [status-att-list] ")" */
static void
take_status(struct session *s, struct span text)
{
	struct imap_box *box = &imap_of(s)->box;
	uint64_t messages, unseen;
	struct buf name;

	buf_init(&name, IMAP_REPLY_MAX);
	if (imap_string(&text, &name)) {
		if (mailboxes(s) == 1)
			forget_counts(box);
		if (imap_number_after(text, "MESSAGES", &messages)) {
			box->messages += messages;
			box->counted++;
		}
		if (imap_number_after(text, "UNSEEN", &unseen)) {
			box->unseen += unseen;
			box->counted_unseen++;
		}
	}
	box->has_messages = box->counted >= mailboxes(s);
	box->has_unseen = box->counted_unseen >= mailboxes(s);
	buf_free(&name);
}

/* to_a_stranger - refused by a server that had not heard yet who we are, and knows by now: the same write said it */
static bool
to_a_stranger(const struct session *s, const struct exchange *x,
    const struct reply *r)
{
	return r->status != REPLY_OK && !x->twice && imap_of(s)->together &&
	    imap_id_unheard(s);
}

/* A refused STATUS alone is not the verdict: EXAMINE tells what is wrong. */
static enum heard
hear_status(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap *m = imap_of(s);

	if (r->kind == REPLY_CONTINUE && imap_continue(s))
		return HEARD_MORE;
	if (r->kind == REPLY_UNTAGGED && span_is(r->word, "STATUS"))
		take_status(s, r->text);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	imap_forget_command(s);
	if (imap_together_too_soon(s, x, r) || to_a_stranger(s, x, r))
		return HEARD_AGAIN;
	if (r->status != REPLY_OK) {
		session_quote(s, reply_words(r), m->box.status_refused);
		m->box.uncounted |= 1u << x->turn;
	}
	return HEARD_OK;
}

static bool
say_examine(struct session *s, struct exchange *x)
{
	struct imap_box *box = &imap_of(s)->box;

	box->has_exists = box->has_uidvalidity = false;
	imap_begin(s, x, "EXAMINE");
	imap_mailbox(s, mailbox_of(s, x));
	return imap_end(s);
}

/* what EXAMINE tells on its way: EXISTS, UIDVALIDITY */
static void
take_opening(struct imap *m, const struct reply *r)
{
	if (r->has_number && span_is(r->word, "EXISTS")) {
		m->box.has_exists = true;
		m->box.exists = r->number;
	} else if (r->status == REPLY_OK && span_is(r->code, "UIDVALIDITY")) {
		m->box.has_uidvalidity = span_number(r->code_args,
		    &m->box.uidvalidity);
	}
}

enum cause
imap_warning_cause(const struct imap *m, enum stage stage)
{
	enum cause cause = CAUSE_NONE;
	struct reply warning;
	struct buf line;

	buf_init(&line, TEXT_QUOTE_BUF + 8);
	buf_fmt(&line, "* NO %s", m->warned);
	if (imap_reply(buf_span(&line), &warning))
		cause = refusal_cause(&imap_refusals, stage, &warning);
	buf_free(&line);
	return cause == CAUSE_QUOTA_EXCEEDED || cause == CAUSE_QUOTA_NEAR ?
	    cause : CAUSE_MAILBOX_DEGRADED;
}

void
imap_mailbox_doubt(struct session *s, const char *name)
{
	struct imap *m = imap_of(s);

	if (m->warned[0] != '\0')
		session_find(s, imap_warning_cause(m, STAGE_MAILBOX),
		    STAGE_MAILBOX, NULL,
		    "%s opened %s and warned: \"%s\"", s->whom, name,
		    m->warned);
	m->warned[0] = '\0';
}

/* doubt - opened, but not whole: a warning on the way, or no STATUS */
static void
doubt(struct session *s, const struct exchange *x)
{
	struct imap *m = imap_of(s);

	imap_mailbox_doubt(s, m->box.name);
	if ((m->box.uncounted & (1u << x->turn)) != 0)
		session_find(s, CAUSE_MAILBOX_DEGRADED, STAGE_MAILBOX, NULL,
		    "%s opened %s and refused its STATUS: \"%s\"", s->whom,
		    m->box.name, m->box.status_refused);
}

/* opened - it is open, and nothing was changed by that */
static enum heard
opened(struct session *s, const struct exchange *x)
{
	struct imap *m = imap_of(s);
	char others[64] = "";

	m->box.opened = true;
	if (x->turn > 0)
		snprintf(others, sizeof(others), " as the last of %u",
		    x->turn + 1);
	result_note(s->result, STAGE_MAILBOX, "%s opened read-only%s",
	    m->box.name, others);
	doubt(s, x);
	return HEARD_OK;
}

/* refused - when the name is wrong, the right one is looked for */
static enum heard
refused(struct session *s, const struct reply *r)
{
	struct imap *m = imap_of(s);
	char what[TEXT_QUOTE_BUF + 32];
	enum heard heard;
	struct buf b;

	m->box.opened = false;
	buf_init(&b, sizeof(what) - 1);
	buf_fmt(&b, "to open %s", m->box.name);
	span_copy(buf_span(&b), what, sizeof(what));
	buf_free(&b);
	heard = answer_status(s, r, STAGE_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE,
	    what);
	m->box.missing = sheet_has(&s->result->sheet, CAUSE_MAILBOX_MISSING);
	return m->box.missing ? HEARD_OK : heard;
}

static enum heard
hear_examine(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap *m = imap_of(s);

	if (r->kind == REPLY_CONTINUE && imap_continue(s))
		return HEARD_MORE;
	take_opening(m, r);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	imap_forget_command(s);
	if (imap_together_too_soon(s, x, r))
		return HEARD_AGAIN;
	session_quote(s, mailbox_of(s, x), m->box.name);
	return r->status == REPLY_OK ? opened(s, x) : refused(s, r);
}

const struct rung imap_mailbox_ladder[] = {
	RUNG_LADDER(imap_id_ladder),
	{ .stage = STAGE_MAILBOX, .say = say_status, .hear = hear_status,
	    .early = imap_together_early, .count = mailboxes,
	    .patience = imap_together_patience, .wake = imap_together_repeat },
	RUNG_LADDER(imap_id_together_ladder),
	{ .stage = STAGE_MAILBOX, .say = say_examine, .hear = hear_examine,
	    .early = imap_wire_is_free, .count = mailboxes },
	RUNG_LADDER(imap_nearest_ladder),
	RUNG_LADDER(imap_search_ladder),
	RUNG_LADDER(imap_oldest_ladder),
	RUNG_END
};
