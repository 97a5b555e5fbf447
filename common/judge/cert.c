/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert - what certificate facts mean
 *
 * When the issuer of the last certificate is neither sent nor trusted, the
 * facts cannot prove whether an intermediate is missing or the root is unknown.
 * What speaks for an intermediate, in this order:
 *
 *	1. the issuer's name says so (intermediate, issuing, subordinate,
 *	   sub ca)
 *	2. its name says "root": then it is none, and nothing below counts
 *	3. the last certificate is the server's own: its issuer is hardly ever a
 *	   root of a public CA, so an address for fetching the issuer in it, or
 *	   kinship of the issuer with a root that is trusted, is enough
 *	4. the last certificate is a CA: its issuer usually is the root, which
 *	   servers leave out, so both of the above are needed
 *
 * Everything else is an unknown root, and the detail says what would be needed
 * if it were not.
 */
#include <string.h>

#include "base/when.h"
#include "judge/cert.h"
#include "judge/cert_clock.h"
#include "judge/cert_life.h"
#include "judge/cert_tidy.h"
#include "judge/cert_words.h"

/* what all that judge one trouble need */
struct view {
	struct sheet		*sheet;
	const struct tls_facts	*facts;
	const struct cert_facts	*cert;	/* the one in trouble */
	int64_t			 now;
	const char		*whom;
	const struct cert_voice	*voice;
	struct buf		 words;	/* for the sentence */
	struct buf		 detail;
};

/* report - with what was gathered in the detail; the sentence goes behind `whom` */
static void
report(struct view *v, enum cause cause)
{
	(void)sheet_find(v->sheet, cause, STAGE_TLS, buf_cstr(&v->detail),
	    "%s %s", v->whom, buf_cstr(&v->words));
}

/* role - "the root CN=..." for others than the server's own certificate */
static void
role(struct view *v)
{
	if (v->cert->anchor)
		(void)buf_str(&v->words, "leads to a root that ");
	else
		(void)buf_fmt(&v->words, "%s an intermediate that ",
		    v->voice->sends);
}

static void
span_words(struct buf *out, int64_t seconds)
{
	when_write_span(out, seconds > 0 ? (double)seconds : 0);
}

static void
judge_expired(struct view *v, const struct cert_trouble *trouble)
{
	if (trouble->depth == 0)
		(void)buf_fmt(&v->words, "%s a certificate that ",
		    v->voice->presents);
	else
		role(v);
	(void)buf_str(&v->words, "expired ");
	span_words(&v->words, v->now - v->cert->not_after);
	(void)buf_str(&v->words, " ago");
	cert_words_name(&v->detail, v->cert);
	(void)buf_str(&v->detail, " ended ");
	when_write(&v->detail, v->cert->not_after);
	report(v, CAUSE_CERT_EXPIRED);
}

static void
judge_early(struct view *v, const struct cert_trouble *trouble)
{
	if (trouble->depth == 0)
		(void)buf_fmt(&v->words, "%s a certificate that ",
		    v->voice->presents);
	else
		role(v);
	(void)buf_str(&v->words, "becomes valid only in ");
	span_words(&v->words, v->cert->not_before - v->now);
	cert_words_name(&v->detail, v->cert);
	(void)buf_str(&v->detail, " begins ");
	when_write(&v->detail, v->cert->not_before);
	report(v, CAUSE_CERT_NOT_YET_VALID);
}

static void
judge_host(struct view *v, const struct cert_trouble *trouble)
{
	(void)trouble;
	(void)buf_fmt(&v->words, "%s a certificate that does not name ",
	    v->voice->presents);
	cert_words_limited(&v->words, v->facts->expected, CERT_NAME_SHOWN);
	if (v->cert->nnames > 0) {
		(void)buf_str(&v->detail, "it names ");
		cert_words_hosts(&v->detail, v->cert);
	} else {
		(void)buf_str(&v->detail, "it has no alternative names, and ");
		cert_words_name(&v->detail, v->cert);
		(void)buf_str(&v->detail, " alone is not looked at");
	}
	report(v, CAUSE_CERT_WRONG_HOST);
}

static void
judge_self_signed(struct view *v, const struct cert_trouble *trouble)
{
	(void)trouble;
	(void)buf_fmt(&v->words, "%s a self-signed certificate that is not "
	    "trusted", v->voice->presents);
	cert_words_name(&v->detail, v->cert);
	(void)buf_fmt(&v->detail, " signed itself, SHA-256 %s",
	    v->cert->sha256);
	report(v, CAUSE_CERT_SELF_SIGNED);
}

static void
judge_root(struct view *v, const struct cert_trouble *trouble)
{
	(void)trouble;
	(void)buf_fmt(&v->words, "%s a certificate that leads to a root "
	    "that is not trusted", v->voice->presents);
	(void)buf_str(&v->detail, "the root is ");
	cert_words_name(&v->detail, v->cert);
	(void)buf_fmt(&v->detail, ", SHA-256 %s", v->cert->sha256);
	report(v, CAUSE_CERT_UNTRUSTED);
}

static bool
names_intermediate(struct span cn)
{
	return span_has(cn, "intermediate") || span_has(cn, "issuing") ||
	    span_has(cn, "subordinate") || span_has(cn, "sub ca") ||
	    span_has(cn, "subca") || span_has(cn, "sub-ca");
}

/* issuer_is_intermediate - see at the top of this file */
static bool
issuer_is_intermediate(const struct tls_facts *facts,
    const struct cert_facts *last)
{
	struct span cn = span_of(last->issuer_cn);

	if (names_intermediate(cn))
		return true;
	if (span_has(cn, "root"))
		return false;
	if (last->is_ca)
		return last->has_aia_issuer && facts->issuer_kin;
	return last->has_aia_issuer || facts->issuer_kin;
}

/* has_issuer - is another certificate of the issuer's name among them */
static bool
has_issuer(const struct cert_facts *list, size_t n,
    const struct cert_facts *cert)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i].subject, cert->issuer) == 0 &&
		    strcmp(list[i].sha256, cert->sha256) != 0)
			return true;
	return false;
}

/* is_circle - the issuer stands below what it certifies, so no root is above */
static bool
is_circle(const struct view *v, const struct cert_trouble *trouble)
{
	size_t depth = trouble->depth < 0 ? 0 : (size_t)trouble->depth;

	return depth <= v->facts->npath &&
	    has_issuer(v->facts->path, depth, v->cert);
}

static void
judge_circle(struct view *v)
{
	(void)buf_fmt(&v->words, "%s certificates that have certified each "
	    "other in a circle and lead to no root", v->voice->presents);
	cert_words_name(&v->detail, v->cert);
	(void)buf_str(&v->detail, " is issued by ");
	cert_words_issuer(&v->detail, v->cert);
	(void)buf_str(&v->detail, ", which stands below it");
	report(v, CAUSE_CERT_UNTRUSTED);
}

static void
judge_issuer(struct view *v, const struct cert_trouble *trouble)
{
	bool missing = issuer_is_intermediate(v->facts, v->cert);

	if (is_circle(v, trouble)) {
		judge_circle(v);
		return;
	}
	if (missing)
		(void)buf_fmt(&v->words, "%s the intermediate ",
		    v->voice->sends_not);
	else
		(void)buf_fmt(&v->words, "%s a certificate of an unknown "
		    "issuer, ", v->voice->presents);
	if (*v->cert->issuer_cn != '\0')
		cert_words_limited(&v->words, v->cert->issuer_cn,
		    CERT_NAME_SHOWN);
	else
		(void)buf_str(&v->words, "whose name is empty");
	cert_words_name(&v->detail, v->cert);
	(void)buf_str(&v->detail, " is issued by ");
	cert_words_issuer(&v->detail, v->cert);
	if (has_issuer(v->facts->sent, v->facts->nsent, v->cert))
		(void)buf_str(&v->detail, "; the one of that name that is "
		    "there does not fit it in key, algorithm or identifier");
	else
		(void)buf_fmt(&v->detail, ", which is %s nor trusted",
		    v->voice->neither);
	if (!missing)
		(void)buf_fmt(&v->detail, "; if that is an intermediate, %s",
		    v->voice->too);
	report(v, missing ? CAUSE_CERT_INCOMPLETE_CHAIN : CAUSE_CERT_UNTRUSTED);
}

static void
judge_rule(struct view *v, const struct cert_trouble *trouble)
{
	(void)buf_fmt(&v->words, "%s a certificate that %s: %s",
	    v->voice->presents, trouble->kind == CERT_WEAK ? "is too weak" : "breaks a rule",
	    trouble->rule);
	cert_words_name(&v->detail, v->cert);
	(void)buf_fmt(&v->detail, ": %s", trouble->rule);
	if (trouble->kind == CERT_WEAK)
		(void)buf_fmt(&v->detail, " (%s, %u bits, %s)", v->cert->key,
		    v->cert->bits, v->cert->signature);
	report(v, CAUSE_CERT_INVALID);
}

static const struct {
	enum cert_problem	 kind;
	void			(*judge)(struct view *,
				    const struct cert_trouble *);
} judges[] = {
	{ CERT_EXPIRED, judge_expired },
	{ CERT_NOT_YET_VALID, judge_early },
	{ CERT_WRONG_HOST, judge_host },
	{ CERT_SELF_SIGNED, judge_self_signed },
	{ CERT_UNTRUSTED_ROOT, judge_root },
	{ CERT_ISSUER_MISSING, judge_issuer },
	{ CERT_BROKEN_RULE, judge_rule },
	{ CERT_WEAK, judge_rule }
};

/* judge_unseen - what is wrong with a certificate so far up that it was not read */
static void
judge_unseen(struct view *v, const struct cert_trouble *trouble)
{
	if (trouble->kind == CERT_ISSUER_MISSING ||
	    trouble->kind == CERT_UNTRUSTED_ROOT)
		(void)sheet_find(v->sheet, CAUSE_CERT_UNTRUSTED, STAGE_TLS,
		    NULL, "%s %s a chain that leads to no trusted root over "
		    "%d certificates", v->whom, v->voice->presents,
		    trouble->depth + 1);
	else
		(void)sheet_find(v->sheet, CAUSE_CERT_INVALID, STAGE_TLS,
		    *trouble->rule != '\0' ? trouble->rule : NULL,
		    "%s %s a certificate that cannot be verified",
		    v->whom, v->voice->presents);
}

static void
judge_trouble(struct view *v, const struct cert_trouble *trouble)
{
	size_t i;

	v->cert = tls_facts_cert(v->facts,
	    trouble->depth < 0 ? 0 : (size_t)trouble->depth);
	if (v->cert == NULL) {
		judge_unseen(v, trouble);
		return;
	}
	buf_init(&v->words, SENTENCE_MAX);
	buf_init(&v->detail, SENTENCE_MAX);
	for (i = 0; i < sizeof(judges) / sizeof(judges[0]); i++)
		if (judges[i].kind == trouble->kind)
			judges[i].judge(v, trouble);
	if (v->words.nomem || v->detail.nomem)
		v->sheet->nomem = true;
	buf_free(&v->words);
	buf_free(&v->detail);
}

bool
cert_judge(struct sheet *sheet, const struct tls_facts *facts,
    const struct cert_moment *moment, const char *whom)
{
	struct view v = {
		.sheet = sheet, .facts = facts, .now = moment->now,
		.whom = whom, .voice = cert_words_voice(moment->filed)
	};
	size_t i, doubts = 0;

	if (!facts->verified)
		return true;
	cert_clock_judge(sheet, facts, moment, whom);
	for (i = 0; i < facts->ntroubles; i++) {
		if (facts->troubles[i].kind == CERT_OK)
			continue;
		judge_trouble(&v, &facts->troubles[i]);
		doubts++;
	}
	cert_tidy_judge(sheet, facts, moment, whom);
	return doubts == 0;
}

bool
cert_days(const struct tls_facts *facts, int64_t now, double *days)
{
	struct cert_life life;

	if (!cert_life_read(facts, now, &life))
		return false;
	*days = life.days;
	return true;
}

void
cert_note(struct buf *out, const struct tls_facts *facts)
{
	const struct cert_facts *leaf = tls_facts_cert(facts, 0);

	if (facts->version[0] != '\0')
		(void)buf_fmt(out, "%s %s", facts->version, facts->cipher);
	if (leaf == NULL)
		return;
	if (facts->version[0] != '\0')
		(void)buf_str(out, ", ");
	cert_words_name(out, leaf);
	(void)buf_str(out, ", issued by ");
	cert_words_limited(out, leaf->issuer_cn, CERT_NAME_SHOWN);
	(void)buf_str(out, ", ends ");
	when_write(out, leaf->not_after);
}
