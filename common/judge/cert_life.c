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

static int64_t
whole(const struct cert_facts *c)
{
	return c->not_after < c->not_before ? 0 :
	    c->not_after - c->not_before + 1;
}

/* share - in days; of seconds, so that at the exact second nothing is lost to rounding */
static double
share(int64_t seconds, double percent)
{
	return (double)seconds * percent / 100 / DAY;
}

/* share_left - before it begins all of it is left */
static double
share_left(const struct cert_facts *c, int64_t now)
{
	if (whole(c) == 0 || now > c->not_after)
		return 0;
	return now < c->not_before ? 100 : 100 *
	    (double)(c->not_after - now + 1) / (double)whole(c);
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
		.lifetime = share_left(leaf, now), .whole = whole(leaf) };
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
smaller(int64_t seconds, double days, double percent)
{
	double part = share(seconds, percent);

	return part < days ? part : days;
}

size_t
cert_life_defaults(int64_t seconds, const struct threshold *given, size_t n,
    struct threshold out[LIFE_DEFAULTS])
{
	size_t kept = 0;

	if (!is_given(given, n, false))
		out[kept++] = (struct threshold){ .id = METRIC_DAYS,
			.range = { .no_end = true, .start = smaller(seconds,
			LIFE_WARN_DAYS, LIFE_WARN_PERCENT) } };
	if (!is_given(given, n, true))
		out[kept++] = (struct threshold){ .id = METRIC_DAYS,
			.critical = true,
			.range = { .no_end = true, .start = smaller(seconds,
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
		m->max = (double)life.whole / DAY;
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

/* attach - the defaults and then what was given, its shares as days */
static void
attach(struct sheet *sheet, int64_t seconds, const struct threshold *given,
    size_t n)
{
	struct threshold t, defaults[LIFE_DEFAULTS];
	size_t i;

	threshold_attach(sheet, defaults, cert_life_defaults(seconds, given, n,
	    defaults));
	for (i = 0; i < n; i++) {
		t = given[i];
		if (t.id == METRIC_DAYS && t.range.percent) {
			t.range.start = share(seconds, t.range.start);
			t.range.end = share(seconds, t.range.end);
			t.range.percent = false;
		}
		threshold_attach(sheet, &t, 1);
	}
}

/* settle - those of the run, who come later, have the same thresholds */
static void
settle(struct sheet *sheet)
{
	size_t i;

	for (i = 0; i < sheet->nmetrics; i++)
		if (sheet->metrics[i].id == METRIC_DAYS ||
		    sheet->metrics[i].id == METRIC_LIFETIME)
			sheet->metrics[i].judged = true;
}

void
cert_life_judge(struct sheet *sheet, const struct tls_facts *facts,
    int64_t now, const struct threshold *given, size_t n, const char *whom)
{
	const struct metric *days = sheet_metric(sheet, METRIC_DAYS);
	struct cert_life life;

	if (days == NULL || !cert_life_read(facts, now, &life))
		return;
	attach(sheet, life.whole, given, n);
	threshold_apply(sheet, NULL, 0, NULL, whom);
	settle(sheet);
	say_which(sheet, facts, days, now);
	say_unused(sheet, facts, days, now, whom);
}
