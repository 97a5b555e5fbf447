/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_deleted - ask how much room an EXPUNGE would make
 */
#include "dialog/imap.h"
#include "dialog/imap_deleted.h"
#include "dialog/imap_mailbox.h"
#include "dialog/imap_quota.h"
#include "dialog/login.h"
#include "reply/imap_reply.h"

enum { WORTH_ASKING = 50 };	/* percent of a limit that are used */

static bool
offers(const struct session *s, const char *capability)
{
	return login_caps_has(&imap_of(s)->login, capability);
}

static bool
wanted(const struct session *s)
{
	const struct quota_list *list = &imap_of(s)->quotas->list;
	size_t i;

	if (!offers(s, "QUOTA=RES-STORAGE") && !offers(s, "QUOTA=RES-MESSAGE"))
		return false;
	for (i = 0; i < list->n; i++)
		if (quota_percent(&list->rows[i]) >= WORTH_ASKING)
			return true;
	return false;
}

static bool
say(struct session *s, struct exchange *x)
{
	const struct login *login = s->config->login;

	imap_begin(s, x, "STATUS");
	imap_mailbox(s, login->mailbox);
	imap_word(s, !offers(s, "QUOTA=RES-MESSAGE") ? "(DELETED-STORAGE)" :
	    !offers(s, "QUOTA=RES-STORAGE") ? "(DELETED)" :
	    "(DELETED DELETED-STORAGE)");
	return imap_end(s);
}

/* take - the mailbox's name comes first, and may be called like an item */
static void
take(struct session *s, struct span text)
{
	struct imap_deleted *d = &imap_of(s)->quotas->deleted;
	struct buf name;

	buf_init(&name, IMAP_REPLY_MAX);
	if (imap_string(&text, &name)) {
		d->has_messages = imap_number_after(text, "DELETED",
		    &d->messages);
		d->has_bytes = imap_number_after(text, "DELETED-STORAGE",
		    &d->bytes);
	}
	s->result->sheet.nomem |= name.nomem;
	buf_free(&name);
}

static enum heard
hear(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind == REPLY_CONTINUE)
		imap_continue(s);
	if (r->kind == REPLY_UNTAGGED && span_is(r->word, "STATUS"))
		take(s, r->text);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	imap_forget_command(s);
	return HEARD_OK;
}

const struct rung imap_deleted_ladder[] = {
	{ .stage = STAGE_QUOTA, .when = wanted, .say = say, .hear = hear,
	    .silent = "did not tell what is marked as deleted",
	    .ended = "at STATUS" },
	RUNG_END
};
