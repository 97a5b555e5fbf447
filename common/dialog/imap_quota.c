/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_quota - ask for the quotas that hold for a mailbox
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dialog/answer.h"
#include "dialog/imap.h"
#include "dialog/imap_folders.h"
#include "dialog/imap_mailbox.h"
#include "dialog/imap_quota.h"
#include "dialog/imap_together.h"
#include "dialog/login.h"
#include "dialog/refusal.h"
#include "reply/imap_quota.h"
#include "reply/imap_reply.h"

struct imap_root {
	char	*name;		/* on the wire */
	size_t	 len;
	bool	 told;
};

static void
forget(struct imap_quotas *q)
{
	size_t i;

	for (i = 0; i < q->nroots; i++)
		free(q->roots[i].name);
	free(q->roots);
	quota_list_free(&q->list);
	memset(q, 0, sizeof(*q));
}

void
imap_quotas_free(struct imap_quotas *q)
{
	if (q != NULL)
		forget(q);
	free(q);
}

/* root_of - the one of that name, which is added if need be; NULL without memory or room */
static struct imap_root *
root_of(struct imap_quotas *q, struct span name)
{
	struct imap_root *root;
	size_t i;

	for (i = 0; i < q->nroots; i++)
		if (q->roots[i].len == name.len && (name.len == 0 ||
		    memcmp(q->roots[i].name, name.p, name.len) == 0))
			return &q->roots[i];
	if (q->nroots == IMAP_ROOTS_MAX) {
		q->list.more++;
		return NULL;
	}
	if (q->roots == NULL)
		q->roots = calloc(IMAP_ROOTS_MAX, sizeof(*q->roots));
	root = q->roots == NULL ? NULL : &q->roots[q->nroots];
	if (root == NULL || (root->name = malloc(name.len + 1)) == NULL) {
		q->list.nomem = true;
		return NULL;
	}
	if (name.len > 0)
		memcpy(root->name, name.p, name.len);
	root->len = name.len;
	q->nroots++;
	return root;
}

/* take_roots - "QUOTAROOT" SP mailbox *(SP quota-root-name) */
static void
take_roots(struct imap_quotas *q, struct span text)
{
	struct buf name;

	buf_init(&name, IMAP_REPLY_MAX);
	q->told = true;
	if (imap_string(&text, &name))
		for (buf_clear(&name); imap_string(&text, &name);
		    buf_clear(&name))
			(void)root_of(q, buf_span(&name));
	q->list.nomem |= name.nomem;
	buf_free(&name);
}

/* zero_limits - does it mean a limit of 0?  Cyrus does: 3.10 and later, 3, 2 */
static bool
zero_limits(const struct session *s)
{
	static const char *const marks[] = {
		"QUOTA=RES-ANNOTATION-STORAGE", "X-QUOTA=STORAGE",
		"NO_ATOMIC_RENAME"
	};
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (login_caps_has(&imap_of(s)->login, marks[i]))
			return true;
	return false;
}

static void
add(struct session *s, struct span root, const struct imap_quota *quota)
{
	struct imap_quotas *q = imap_of(s)->quotas;
	uint64_t unit = imap_quota_unit(quota->resource);
	struct quota_row *row = quota_list_add(&q->list, root,
	    quota->resource, unit > 0 ? QUOTA_BYTES : QUOTA_COUNT);

	if (row == NULL)
		return;
	row->used = quota_scale(quota->used, unit > 0 ? unit : 1);
	row->limited = quota->limited &&
	    (quota->limit > 0 || zero_limits(s));
	row->limit = quota_scale(quota->limit, unit > 0 ? unit : 1);
}

/* take_resources - of one root; what was told of it before is not said again */
static bool
take_resources(struct session *s, struct span wire, struct span list)
{
	struct imap_quotas *q = imap_of(s)->quotas;
	struct imap_root *root = root_of(q, wire);
	enum imap_quota_found found;
	struct imap_quota quota;
	struct buf name;

	if (root == NULL || root->told)
		return true;
	root->told = true;
	buf_init(&name, IMAP_REPLY_MAX);
	imap_decoded(s, wire, &name);
	while ((found = imap_quota_next(&list, &quota)) == IMAP_QUOTA_ONE)
		add(s, buf_span(&name), &quota);
	q->list.nomem |= name.nomem;
	buf_free(&name);
	return found == IMAP_QUOTA_END;
}

/* take_quota - false, with a finding, for what is no quota */
static bool
take_quota(struct session *s, const struct reply *r)
{
	struct imap_quotas *q = imap_of(s)->quotas;
	struct span text = r->text;
	struct buf root;
	bool good;

	q->told = true;
	buf_init(&root, IMAP_REPLY_MAX);
	good = imap_quota_root(&text, &root) &&
	    take_resources(s, buf_span(&root), text);
	q->list.nomem |= root.nomem;
	buf_free(&root);
	if (!good)
		s->config->protocol->babble(s, r->line, false);
	return good;
}

/* take - what comes before the last word; HEARD_FAIL when it makes no sense */
static enum heard
take(struct session *s, const struct reply *r)
{
	if (r->kind == REPLY_CONTINUE)
		return imap_continue(s) ? HEARD_MORE : answer_violation(s, r);
	if (span_is(r->word, "QUOTAROOT"))
		take_roots(imap_of(s)->quotas, r->text);
	else if (span_is(r->word, "QUOTA") && !take_quota(s, r))
		return HEARD_FAIL;
	return HEARD_MORE;
}

static bool
say_roots(struct session *s, struct exchange *x)
{
	const struct login *login = s->config->login;
	struct imap *m = imap_of(s);

	if (m->quotas == NULL)
		m->quotas = calloc(1, sizeof(*m->quotas));
	if (m->quotas == NULL) {
		s->result->sheet.nomem = true;
		return false;
	}
	forget(m->quotas);
	imap_begin(s, x, "GETQUOTAROOT");
	imap_mailbox(s, login->mailbox);
	return imap_end(s);
}

/* lacking - roots without a quota to the front */
static void
lacking(struct imap_quotas *q)
{
	struct imap_root root;
	size_t i;

	for (i = 0; i < q->nroots; i++) {
		if (q->roots[i].told)
			continue;
		if (q->nasked == IMAP_ASKED_MAX) {
			q->list.more++;
			continue;
		}
		root = q->roots[q->nasked];
		q->roots[q->nasked++] = q->roots[i];
		q->roots[i] = root;
	}
}

/* warned - the server may say in words that it is full, or that something is wrong */
static void
warned(struct session *s)
{
	struct imap *m = imap_of(s);

	if (m->warned[0] != '\0')
		session_find(s, imap_warning_cause(m), STAGE_QUOTA, NULL,
		    "%s warned: \"%s\"", s->whom, m->warned);
	m->warned[0] = '\0';
}

/* answered - Dovecot tells nothing of an account without limits */
static enum heard
answered(struct session *s)
{
	struct imap_quotas *q = imap_of(s)->quotas;

	if (!q->told && !login_caps_has(&imap_of(s)->login, "QUOTA")) {
		session_find(s, CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA, NULL,
		    "%s does not offer QUOTA, and tells nothing when it is "
		    "asked for it", s->whom);
		return HEARD_FAIL;
	}
	lacking(q);
	warned(s);
	return HEARD_OK;
}

/* refused - a server that does not know the command has no quotas to tell */
static enum heard
refused(struct session *s, const struct reply *r)
{
	char words[TEXT_QUOTE_BUF];

	if (refusal_cause(&imap_refusals, STAGE_QUOTA, r) == CAUSE_NONE &&
	    !login_caps_has(&imap_of(s)->login, "QUOTA")) {
		session_find(s, CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA, NULL,
		    "%s does not offer QUOTA, and refuses GETQUOTAROOT: "
		    "\"%s\"", s->whom, session_quote(s, reply_words(r),
		    words));
		return HEARD_FAIL;
	}
	return answer_status(s, r, STAGE_QUOTA, CAUSE_QUOTA_UNSUPPORTED,
	    "GETQUOTAROOT");
}

static enum heard
hear_roots(struct session *s, struct exchange *x, const struct reply *r)
{
	if (r->kind != REPLY_TAGGED)
		return take(s, r);
	imap_forget_command(s);
	if (imap_together_too_soon(s, x, r) ||
	    imap_together_to_a_stranger(s, x, r))
		return HEARD_AGAIN;
	return r->status == REPLY_OK ? answered(s) : refused(s, r);
}

static unsigned
asked(const struct session *s)
{
	return (unsigned)imap_of(s)->quotas->nasked;
}

static bool
say_quota(struct session *s, struct exchange *x)
{
	const struct imap_root *root = &imap_of(s)->quotas->roots[x->turn];

	imap_begin(s, x, "GETQUOTA");
	imap_astring(s, (struct span){ root->name, root->len }, false);
	return imap_end(s);
}

static enum heard
hear_quota(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind != REPLY_TAGGED)
		return take(s, r);
	imap_forget_command(s);
	return answer_status(s, r, STAGE_QUOTA, CAUSE_QUOTA_UNSUPPORTED,
	    "GETQUOTA");
}

const struct rung imap_quota_ladder[] = {
	RUNG_LADDER(imap_id_quota_ladder),
	{ .stage = STAGE_QUOTA, .say = say_roots, .hear = hear_roots,
	    .early = imap_together_early,
	    .patience = imap_together_patience, .wake = imap_together_repeat },
	RUNG_LADDER(imap_id_quota_together_ladder),
	{ .stage = STAGE_QUOTA, .say = say_quota, .hear = hear_quota,
	    .count = asked },
	RUNG_LADDER(imap_deleted_ladder),
	RUNG_LADDER(imap_folders_ladder),
	RUNG_END
};
