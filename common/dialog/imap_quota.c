/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_quota - ask for the quota of a mailbox
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf7.h"
#include "dialog/answer.h"
#include "dialog/imap.h"
#include "dialog/imap_quota.h"
#include "dialog/imap_together.h"
#include "dialog/login.h"
#include "dialog/refusal.h"
#include "reply/imap_quota.h"
#include "reply/imap_reply.h"

static struct imap_quota *
quota_of(const struct session *s)
{
	return imap_of(s)->quota;
}

/* begin - what is learnt has a place of its own: only one check asks for it */
static bool
begin(struct session *s)
{
	struct imap *m = imap_of(s);

	if (m->quota != NULL)
		return true;
	m->quota = calloc(1, sizeof(*m->quota));
	if (m->quota == NULL)
		s->result->sheet.nomem = true;
	else
		buf_init(&m->quota->names, IMAP_QUOTA_NAMES_MAX);
	return m->quota != NULL;
}

void
imap_quota_free(struct imap_quota *q)
{
	if (q == NULL)
		return;
	quota_list_free(&q->list);
	buf_free(&q->names);
	buf_free(&q->folders.names);
	free(q);
}

/* --- what the server tells --- */

static struct span
root_name(const struct imap_quota *q, size_t i)
{
	return (struct span){ buf_span(&q->names).p + q->roots[i].at,
	    q->roots[i].len };
}

static size_t
root_find(const struct imap_quota *q, struct span name)
{
	size_t i;

	for (i = 0; i < q->nroots; i++)
		if (q->roots[i].len == name.len && (name.len == 0 ||
		    memcmp(root_name(q, i).p, name.p, name.len) == 0))
			break;
	return i;
}

/* note_root - a root that exists, and one of which is `told` */
static void
note_root(struct imap_quota *q, struct span name, bool told)
{
	size_t i;

	if (!told && q->nroots == IMAP_QUOTA_ROOTS_MAX)
		return;
	i = root_find(q, name);
	if (i == q->nroots) {
		if (i == IMAP_QUOTA_ROOTS_MAX ||
		    name.len > IMAP_QUOTA_NAMES_MAX - q->names.len)
			return;
		q->roots[i].at = q->names.len;
		q->roots[i].len = name.len;
		q->roots[i].told = false;
		if (!buf_span_add(&q->names, name))
			return;
		q->nroots++;
	}
	q->roots[i].told = q->roots[i].told || told;
}

static bool
take_roots(struct session *s, struct span text)
{
	struct imap_quota *q = quota_of(s);
	enum imap_quota_got got;
	bool mailbox = true;
	struct buf name;

	buf_init(&name, IMAP_REPLY_MAX);
	while ((got = imap_quota_name(&text, &name)) == IMAP_QUOTA_ITEM) {
		if (!mailbox)
			note_root(q, buf_span(&name), false);
		mailbox = false;
		buf_clear(&name);
	}
	if (name.nomem || q->names.nomem)
		s->result->sheet.nomem = true;
	buf_free(&name);
	return got == IMAP_QUOTA_END && !mailbox;
}

/* row - the one of that name, or a new one; NULL beyond the cap */
static struct quota_row *
row(struct imap_quota *q, const char *root, const char *resource, bool bytes)
{
	struct quota_list *list = &q->list;
	size_t i;

	for (i = 0; i < list->n; i++)
		if (strcmp(list->rows[i].root, root) == 0 &&
		    strcmp(list->rows[i].resource, resource) == 0)
			return &list->rows[i];
	if (list->n == IMAP_QUOTA_ROWS_MAX) {
		list->more++;
		return NULL;
	}
	return quota_list_add(list, span_of(root), span_of(resource),
	    bytes ? QUOTA_BYTES : QUOTA_COUNT);
}

/* zero_limits - does a limit of 0 mean what the RFC says? */
static bool
zero_limits(const struct session *s)
{
	const struct login_state *login = &imap_of(s)->login;

	/* of Cyrus 3 and of Cyrus 2 */
	return login_caps_has(login, "X-QUOTA=STORAGE") ||
	    login_caps_has(login, "NO_ATOMIC_RENAME");
}

static void
take_item(struct session *s, const char *root,
    const struct imap_quota_item *item)
{
	struct imap_quota *q = quota_of(s);
	uint64_t unit = imap_quota_unit(item->resource);
	char resource[TEXT_QUOTE_BUF];
	struct quota_row *r;
	size_t i;

	if (q->items == IMAP_QUOTA_ITEMS_MAX) {
		q->list.more++;
		return;
	}
	q->items++;
	session_quote(s, item->resource, resource);
	for (i = 0; resource[i] != '\0'; i++)
		if (resource[i] >= 'a' && resource[i] <= 'z')
			resource[i] = (char)(resource[i] - 32);
	r = row(q, root, resource, unit != 0);
	if (r == NULL)
		return;
	unit = unit == 0 ? 1 : unit;
	r->used = quota_scale(item->used, unit);
	r->limit = quota_scale(item->limit, unit);
	r->limited = item->limited && (item->limit > 0 || zero_limits(s));
}

/* shown - a root as people write it: those that are named like mailboxes are in modified UTF-7 */
static void
shown(struct session *s, struct span wire, char text[TEXT_QUOTE_BUF])
{
	struct buf name;

	buf_init(&name, IMAP_REPLY_MAX);
	session_quote(s, utf7_decode(&name, wire) ? buf_span(&name) : wire,
	    text);
	buf_free(&name);
}

static bool
take_quota(struct session *s, struct span text)
{
	enum imap_quota_got got = IMAP_QUOTA_BAD;
	struct imap_quota_item item;
	char name[TEXT_QUOTE_BUF];
	struct buf root;

	buf_init(&root, IMAP_REPLY_MAX);
	if (imap_quota_root(&text, &root)) {
		note_root(quota_of(s), buf_span(&root), true);
		shown(s, buf_span(&root), name);
		while ((got = imap_quota_item(&text, &item)) ==
		    IMAP_QUOTA_ITEM)
			take_item(s, name, &item);
	}
	if (root.nomem || quota_of(s)->names.nomem)
		s->result->sheet.nomem = true;
	buf_free(&root);
	return got == IMAP_QUOTA_END;
}

/* take - false for what claims to be an answer and is none */
static bool
take(struct session *s, const struct reply *r)
{
	if (r->kind != REPLY_UNTAGGED || r->has_number)
		return true;
	if (span_is(r->word, "QUOTAROOT"))
		return take_roots(s, r->text);
	if (span_is(r->word, "QUOTA"))
		return take_quota(s, r->text);
	return true;
}

/* --- GETQUOTAROOT: RFC 9208 section 4.1.2 --- */

static struct span
mailbox_of(const struct session *s)
{
	const struct login *login = s->config->login;

	return login->mailbox;
}

static bool
say_root(struct session *s, struct exchange *x)
{
	if (!begin(s))
		return false;
	imap_begin(s, x, "GETQUOTAROOT");
	imap_mailbox(s, mailbox_of(s));
	return imap_end(s);
}

/* choose - the roots that were named only */
static void
choose(struct imap_quota *q)
{
	size_t i;

	for (i = 0; i < q->nroots && q->nasked < IMAP_QUOTA_ASKED_MAX; i++)
		if (!q->roots[i].told)
			q->asked[q->nasked++] = i;
}

/* refused - does the server know no quotas, or not this one? */
static enum heard
refused(struct session *s, const struct reply *r)
{
	bool offered = login_caps_has(&imap_of(s)->login, "QUOTA");
	char words[TEXT_QUOTE_BUF], what[TEXT_QUOTE_BUF + 32];
	struct buf b;

	if (!offered && (r->status == REPLY_BAD || refusal_cause(
	    &imap_refusals, STAGE_QUOTA, r) == CAUSE_NONE)) {
		session_find(s, CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA, NULL,
		    "%s does not offer QUOTA, and says: \"%s\"", s->whom,
		    session_quote(s, reply_words(r), words));
		return HEARD_FAIL;
	}
	buf_init(&b, sizeof(what) - 1);
	(void)buf_fmt(&b, "to tell the quota of %s",
	    session_quote(s, mailbox_of(s), words));
	span_copy(buf_span(&b), what, sizeof(what));
	buf_free(&b);
	return answer_status(s, r, STAGE_QUOTA, CAUSE_QUOTA_UNSUPPORTED,
	    what);
}

static enum heard
hear_root(struct session *s, struct exchange *x, const struct reply *r)
{
	if (r->kind == REPLY_CONTINUE && imap_continue(s))
		return HEARD_MORE;
	if (!take(s, r))
		return answer_violation(s, r);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	imap_forget_command(s);
	if (imap_together_too_soon(s, x, r))
		return HEARD_AGAIN;
	if (r->status != REPLY_OK)
		return refused(s, r);
	quota_of(s)->answered = true;
	choose(quota_of(s));
	return HEARD_OK;
}

/* --- GETQUOTA: RFC 9208 section 4.1.1 --- */

static unsigned
roots(const struct session *s)
{
	return quota_of(s)->nasked;
}

static bool
say_quota(struct session *s, struct exchange *x)
{
	struct imap_quota *q = quota_of(s);

	imap_begin(s, x, "GETQUOTA");
	imap_astring(s, root_name(q, q->asked[x->turn]), false);
	return imap_end(s);
}

static enum heard
hear_quota(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap_quota *q = quota_of(s);

	if (r->kind == REPLY_CONTINUE && imap_continue(s))
		return HEARD_MORE;
	if (!take(s, r))
		return answer_violation(s, r);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	imap_forget_command(s);
	if (r->status == REPLY_OK)
		return HEARD_OK;
	q->refused++;
	/* one root of several that is kept from us is no failure; all are */
	if (x->turn + 1 == q->nasked && q->list.n == 0)
		return answer_status(s, r, STAGE_QUOTA,
		    CAUSE_QUOTA_UNSUPPORTED, "to tell of its quota root");
	return HEARD_OK;
}

const struct rung imap_quota_ladder[] = {
	{ .stage = STAGE_QUOTA, .say = say_root, .hear = hear_root,
	    .early = imap_together_early, .patience = imap_together_patience,
	    .wake = imap_together_repeat },
	{ .stage = STAGE_QUOTA, .say = say_quota, .hear = hear_quota,
	    .count = roots },
	RUNG_LADDER(imap_folders_ladder),
	RUNG_END
};
