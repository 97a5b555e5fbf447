/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_life - how long what a server presents still lives, against -w and -c
 */
#include <string.h>

#include "base/when.h"
#include "judge/cert_life.h"
#include "judge/cert_words.h"

#define DAY	86400.0

static double
days_left(const struct cert_facts *c, int64_t now)
{
	return (double)(c->not_after - now) / DAY;
}

static double
whole_days(const struct cert_facts *c)
{
	return c->not_after < c->not_before ? 0 :
	    (double)(c->not_after - c->not_before + 1) / DAY;
}

/* share_left - before it begins all of it is left */
static double
share_left(const struct cert_facts *c, int64_t now)
{
	double whole = whole_days(c), left = days_left(c, now) + 1 / DAY;

	if (whole <= 0 || now > c->not_after)
		return 0;
	return left >= whole ? 100 : 100 * left / whole;
}

bool
cert_life_read(const struct tls_facts *facts, int64_t now,
    struct cert_life *life)
{
	const struct cert_facts *leaf = tls_facts_cert(facts, 0), *c;
	size_t i;

	if (leaf == NULL)
		return false;
	*life = (struct cert_life){ .first = leaf,
		.lifetime = share_left(leaf, now), .whole = whole_days(leaf) };
	for (i = 1; (c = tls_facts_cert(facts, i)) != NULL; i++)
		if (c->not_after < life->first->not_after) {
			life->first = c;
			life->depth = i;
		}
	life->days = days_left(life->first, now);
	return true;
}

static bool
is_given(const struct threshold *given, size_t n, bool critical)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (given[i].id == METRIC_DAYS &&
		    given[i].critical == critical)
			return true;
	return false;
}

static double
smaller(double whole, double days, double percent)
{
	double share = whole * percent / 100;

	return share < days ? share : days;
}

size_t
cert_life_defaults(double whole, const struct threshold *given, size_t n,
    struct threshold out[LIFE_DEFAULTS])
{
	size_t kept = 0;

	if (!is_given(given, n, false))
		out[kept++] = (struct threshold){ .id = METRIC_DAYS,
			.range = { .no_end = true, .start = smaller(whole,
			LIFE_WARN_DAYS, LIFE_WARN_PERCENT) } };
	if (!is_given(given, n, true))
		out[kept++] = (struct threshold){ .id = METRIC_DAYS,
			.critical = true,
			.range = { .no_end = true, .start = smaller(whole,
			LIFE_CRIT_DAYS, LIFE_CRIT_PERCENT) } };
	return kept;
}

bool
cert_life_measure(struct sheet *sheet, const struct tls_facts *facts,
    int64_t now)
{
	struct cert_life life;
	struct metric *m;

	if (!cert_life_read(facts, now, &life))
		return false;
	m = sheet_measure(sheet, METRIC_DAYS, life.days);
	if (m != NULL) {
		m->has_max = true;
		m->max = life.whole;
	}
	m = sheet_measure(sheet, METRIC_LIFETIME, life.lifetime);
	if (m != NULL) {
		m->has_min = m->has_max = true;
		m->min = 0;
		m->max = 100;
	}
	return true;
}

/* breaks - would so many days be a finding? */
static bool
breaks(const struct metric *m, double days)
{
	return (m->has_warn && range_alerts(&m->warn, days)) ||
	    (m->has_crit && range_alerts(&m->crit, days));
}

/* is_near - it has not ended yet, which would be another's finding, but it breaks the threshold */
static bool
is_near(const struct metric *m, const struct cert_facts *c, int64_t now)
{
	return c->not_after >= now && breaks(m, days_left(c, now));
}

/* say_which - all of the path that end too soon, when it is not the server's own alone */
static void
say_which(struct sheet *sheet, const struct tls_facts *facts,
    const struct metric *days, int64_t now)
{
	const struct cert_facts *c;
	struct buf words;
	size_t i;

	buf_init(&words, SENTENCE_MAX);
	for (i = 1; (c = tls_facts_cert(facts, i)) != NULL; i++) {
		if (!is_near(days, c, now))
			continue;
		(void)buf_fmt(&words, "%s the %s ", words.len > 0 ? "," : ":",
		    c->anchor ? "root" : "intermediate");
		cert_words_name(&words, c);
		(void)buf_str(&words, " ends ");
		when_write(&words, c->not_after);
	}
	if (words.len > 0)
		sheet_say_more(sheet, CAUSE_CERT_EXPIRING, "%s",
		    buf_cstr(&words));
	sheet->nomem = sheet->nomem || words.nomem;
	buf_free(&words);
}

/* say_unused - an extra is no reason to renew, and in the way all the same */
static void
say_unused(struct sheet *sheet, const struct tls_facts *facts,
    const struct metric *days, int64_t now, const char *whom)
{
	struct buf words;
	size_t i;

	buf_init(&words, SENTENCE_MAX);
	for (i = 0; facts->npath > 0 && i < facts->nsent; i++) {
		const struct cert_facts *c = &facts->sent[i];

		if (!is_near(days, c, now) ||
		    tls_facts_has(facts->sent, i, c) ||
		    tls_facts_has(facts->path, facts->npath, c))
			continue;
		if (words.len > 0)
			(void)buf_str(&words, "; ");
		cert_words_name(&words, c);
		(void)buf_str(&words, " ends ");
		when_write(&words, c->not_after);
	}
	if (words.len > 0)
		(void)sheet_find(sheet, CAUSE_CERT_UNTIDY, STAGE_TLS,
		    buf_cstr(&words), "%s sends what is not needed and ends "
		    "soon: %s", whom, buf_cstr(&words));
	sheet->nomem = sheet->nomem || words.nomem;
	buf_free(&words);
}

void
cert_life_judge(struct sheet *sheet, const struct tls_facts *facts,
    int64_t now, const struct threshold *given, size_t n, const char *whom)
{
	const struct metric *days = sheet_metric(sheet, METRIC_DAYS);
	struct threshold defaults[LIFE_DEFAULTS];
	size_t kept;

	if (days == NULL)
		return;
	kept = cert_life_defaults(days->max, given, n, defaults);
	threshold_attach(sheet, defaults, kept);
	threshold_apply(sheet, given, n, NULL, whom);
	days = sheet_metric(sheet, METRIC_DAYS);
	say_which(sheet, facts, days, now);
	say_unused(sheet, facts, days, now, whom);
}
