/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * render_text - for schedulers and people
 *
 *	NAME STATE: SENTENCE [CAUSE] | PERFDATA
 *	word      stage     what was found [cause]
 *
 * Only the first line may hold a bar.  With one target the lines below follow
 * the work, with several they are the worst findings.
 */
#include <string.h>

#include "report/advice.h"
#include "report/line.h"
#include "report/plain.h"
#include "report/render.h"
#include "report/verdict.h"
#include "report/worst.h"

static void
first_line(const struct run *run, struct buf *out)
{
	const char *p = run->plugin;

	if (strncmp(p, "check_", 6) == 0)
		p += 6;
	for (; *p != '\0'; p++)
		buf_char(out, *p >= 'a' && *p <= 'z' ?
		    (char)(*p - 'a' + 'A') : *p);
	buf_fmt(out, " %s: ", state_name(run->state));
	plain_text(out, run->summary != NULL ? run->summary :
	    "out of memory");
	if (run->cause != CAUSE_NONE)
		buf_fmt(out, " [%s]", cause_info(run->cause)->slug);
	perfdata_write(run, out);
	buf_char(out, '\n');
}

/* put a sheet's counting findings of that stage in rank among those there */
static size_t
rank(const struct sheet *sh, enum stage stage, const struct finding **ranked,
    size_t n)
{
	const struct finding *f;
	size_t i, k;

	for (i = 0; i < sh->nfindings; i++) {
		f = &sh->findings[i];
		if (f->stage != stage || !finding_counts(f))
			continue;
		for (k = n++; k > 0 && finding_before(f, ranked[k - 1]); k--)
			ranked[k] = ranked[k - 1];
		ranked[k] = f;
	}
	return n;
}

static void
stage_lines(const struct run *run, const struct result *r, enum stage stage,
    struct buf *out)
{
	const struct finding *ranked[2 * FINDINGS_MAX];
	const struct stage_row *row = NULL;
	size_t i, n;

	n = rank(&run->sheet, stage, ranked, 0);
	if (r != NULL)
		n = rank(&r->sheet, stage, ranked, n);
	if (r != NULL && stage != STAGE_NONE)
		row = &r->stages[stage];
	if (row != NULL && row->progress == PROGRESS_OK &&
	    (row->note != NULL || n == 0))
		line_plain(out, state_word(STATE_OK), stage, NULL, row->note);
	for (i = 0; i < n; i++)
		line_finding(out, ranked[i], r, false);
}

static void
skipped_line(const struct result *r, bool tls_first, struct buf *out)
{
	bool any = false;
	enum stage s;
	unsigned i;

	for (i = 0; i < STAGE_COUNT; i++) {
		s = stage_of_work(i, tls_first);
		if (r->stages[s].progress != PROGRESS_SKIPPED)
			continue;
		if (!any)
			line_word(out, "skipped");
		buf_fmt(out, any ? " %s" : "%s", stage_name(s));
		any = true;
	}
	if (any)
		buf_char(out, '\n');
}

/* one target: what was done, in order of work */
static void
work_lines(const struct run *run, struct buf *out)
{
	const struct result *r = run_only(run);
	bool tls_first = r != NULL && r->target.tls == TLS_IMPLICIT;
	unsigned i;

	for (i = 0; i <= STAGE_COUNT; i++)
		stage_lines(run, r, stage_of_work(i, tls_first), out);
	if (r != NULL)
		skipped_line(r, tls_first, out);
}

/* a line of a word and a text that is ours to free; none without text */
static void
text_line(struct buf *out, const char *word, struct buf *text)
{
	if (text->len > 0) {
		line_word(out, word);
		plain_text(out, buf_cstr(text));
		buf_char(out, '\n');
		buf_clear(text);
	}
	plain_take(out, text);
}

static void
way_out(const struct run *run, struct buf *out)
{
	const struct result *r = run->worst != NULL ? run->worst :
	    run_only(run);
	struct buf next, by_hand;

	buf_init(&next, TEXT_MAX);
	buf_init(&by_hand, TEXT_MAX);
	advice_next(&next, run->cause);
	if (r != NULL)
		advice_shows(&by_hand, r, run->telling, run->cause, run->stage);
	text_line(out, "next", &next);
	text_line(out, "by hand", &by_hand);
}

static void
config_lines(const struct run *run, struct buf *out)
{
	struct buf line;
	const char *p;
	size_t n;

	if (run->config == NULL)
		return;
	for (p = buf_cstr(run->config); *p != '\0'; p += n + (p[n] == '\n')) {
		n = strcspn(p, "\n");
		buf_init(&line, SIZE_MAX);
		buf_add(&line, p, n);
		text_line(out, "config", &line);
	}
}

/* bad usage is one line, and so is all that is well and not asked about */
static bool
is_one_line(const struct run *run, unsigned verbose)
{
	if (cause_matches(run->cause, span_of("usage.*")))
		return true;
	return run->state == STATE_OK && verbose == 0;
}

/* table - of the check's own lines, as many as there is room for */
static void
table(const struct run *run, size_t room, struct buf *out)
{
	struct buf lines;
	struct span rest, line;
	size_t shown = 0;

	buf_init(&lines, SIZE_MAX);
	run->table(run, &lines);
	for (rest = buf_span(&lines); rest.len > 0; shown++) {
		line = span_line(&rest);
		if (line.len + 1 > room)
			break;
		room -= line.len + 1;
		plain_span(out, line);
		buf_char(out, '\n');
	}
	if (lines.nomem)
		out->nomem = true;
	buf_free(&lines);
}

/*
 * A scheduler cuts what several targets have to say, so the way out gets its
 * place before the findings do, and the configuration what is left.
 */
static void
several(const struct run *run, unsigned verbose, size_t room, struct buf *out)
{
	struct buf tail, config;
	size_t begin = out->len;

	buf_init(&tail, room);
	way_out(run, &tail);
	worst_lines(out, run, verbose > 0, room - tail.len);
	if (run->table != NULL)
		table(run, room - tail.len - (out->len - begin), out);
	plain_take(out, &tail);
	buf_init(&config, room - (out->len - begin));
	if (verbose >= 2)
		config_lines(run, &config);
	if (config.overflow)
		buf_free(&config);
	plain_take(out, &config);
}

void
render_text(const struct run *run, unsigned verbose, struct buf *out)
{
	size_t begin = out->len;

	first_line(run, out);
	if (is_one_line(run, verbose))
		return;
	if (run->nresults > 1) {
		if (out->len - begin < TEXT_MAX)
			several(run, verbose, TEXT_MAX - (out->len - begin),
			    out);
		return;
	}
	work_lines(run, out);
	if (run->table != NULL)
		table(run, SIZE_MAX, out);
	way_out(run, out);
	if (verbose >= 2)
		config_lines(run, out);
}
