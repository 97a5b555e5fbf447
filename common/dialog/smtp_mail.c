/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * smtp_mail - would this mail be taken? MAIL, RCPT, and back by RSET
 *
 * RFC 5321 section 3.3, RFC 2920, RFC 6531.  A refusal ends the climb: QUIT
 * gives up what was begun (RFC 5321 section 4.1.1.10).
 */
#include <string.h>

#include "base/text.h"
#include "dialog/answer.h"
#include "dialog/command.h"
#include "dialog/smtp.h"

static bool
in_one_write(const struct session *s)
{
	return (smtp_of(s)->caps & SMTP_PIPELINING) != 0;
}

static bool
wants_mail(const struct session *s)
{
	return smtp_wishes_of(s)->from != NULL;
}

static bool
wants_rcpt(const struct session *s)
{
	return wants_mail(s) && smtp_wishes_of(s)->rcpt != NULL;
}

/* international - the address that needs SMTPUTF8; NULL neither does */
static const char *
international(const struct smtp_wishes *wishes)
{
	if (!text_is_ascii(span_of(wishes->from)))
		return wishes->from;
	if (wishes->rcpt != NULL && !text_is_ascii(span_of(wishes->rcpt)))
		return wishes->rcpt;
	return NULL;
}

static bool
say_mail(struct session *s, struct exchange *x)
{
	const struct smtp_wishes *wishes = smtp_wishes_of(s);
	const char *utf8 = international(wishes);

	(void)x;
	if (utf8 != NULL && (smtp_of(s)->caps & SMTP_UTF8) == 0) {
		session_find(s, CAUSE_SUBMIT_REFUSED, STAGE_SUBMIT, NULL,
		    "%s does not offer SMTPUTF8, and %s cannot be written without it",
		    s->whom, utf8);
		return false;
	}
	return command_say(s, "MAIL FROM:<%s>%s", wishes->from,
	    utf8 != NULL ? " SMTPUTF8" : "");
}

/* judged - the answer about an address */
static enum heard
judged(struct session *s, const struct reply *r, const char *role,
    const char *address)
{
	struct buf what;
	enum heard heard;

	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	buf_init(&what, SENTENCE_MAX);
	buf_fmt(&what, "the %s %s", role, address[0] == '\0' ? "<>" : address);
	heard = answer_status(s, r, STAGE_SUBMIT, CAUSE_SUBMIT_REFUSED,
	    buf_cstr(&what));
	if (what.nomem)
		s->result->sheet.nomem = true;
	buf_free(&what);
	return heard;
}

static enum heard
hear_mail(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	smtp_of(s)->from_taken = r->status == REPLY_OK;
	return judged(s, r, "sender", smtp_wishes_of(s)->from);
}

static bool
say_rcpt(struct session *s, struct exchange *x)
{
	(void)x;
	return command_say(s, "RCPT TO:<%s>", smtp_wishes_of(s)->rcpt);
}

static enum heard
hear_rcpt(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	smtp_of(s)->rcpt_taken = r->status == REPLY_OK;
	return judged(s, r, "recipient", smtp_wishes_of(s)->rcpt);
}

static bool
say_rset(struct session *s, struct exchange *x)
{
	(void)x;
	return command_say(s, "RSET");
}

static enum heard
hear_rset(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	return answer_status(s, r, STAGE_SUBMIT, CAUSE_PROTOCOL_REJECTED,
	    "RSET");
}

const struct rung smtp_mail_ladder[] = {
	{ .stage = STAGE_SUBMIT, .when = wants_mail,
	    .say = say_mail, .hear = hear_mail,
	    .silent = "did not answer MAIL", .ended = "at MAIL" },
	{ .stage = STAGE_SUBMIT, .when = wants_rcpt, .early = in_one_write,
	    .say = say_rcpt, .hear = hear_rcpt,
	    .silent = "did not answer RCPT", .ended = "at RCPT" },
	{ .stage = STAGE_SUBMIT, .when = wants_mail, .early = in_one_write,
	    .say = say_rset, .hear = hear_rset,
	    .silent = "did not answer RSET", .ended = "at RSET" },
	RUNG_END
};
