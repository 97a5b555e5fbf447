/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * worst - the findings that a text report of several targets has room for
 */
#include "report/line.h"
#include "report/plain.h"
#include "report/render.h"
#include "report/verdict.h"
#include "report/worst.h"

enum {
	MORE_MAX = 32		/* bytes that "and N more" may take */
};

/* a finding to list, and whose it is; without one: a target that is well */
struct entry {
	const struct finding	*finding;
	const struct result	*result;	/* NULL: the run's own */
};

struct listing {
	struct entry	 worst[TEXT_WORST];
	size_t		 n;		/* of them */
	size_t		 total;		/* of all that there are */
};

/* worse first, else in the order of the targets, as the verdict has it; who is well comes last */
static bool
goes_before(const struct finding *f, const struct result *r,
    const struct entry *other)
{
	if (f == NULL || other->finding == NULL)
		return f != NULL;
	if (r == other->result)
		return finding_before(f, other->finding);
	return state_badness(f->state) > state_badness(other->finding->state);
}

/* the worst stay */
static void
enlist(struct listing *l, const struct finding *f, const struct result *r)
{
	size_t k;

	l->total++;
	for (k = l->n; k > 0; k--) {
		if (!goes_before(f, r, &l->worst[k - 1]))
			break;
		if (k < TEXT_WORST)
			l->worst[k] = l->worst[k - 1];
	}
	if (k == TEXT_WORST)
		return;
	l->worst[k].finding = f;
	l->worst[k].result = r;
	if (l->n < TEXT_WORST)
		l->n++;
}

static void
enlist_sheet(struct listing *l, const struct sheet *sh, const struct result *r,
    bool all)
{
	bool any = false;
	size_t i;

	for (i = 0; i < sh->nfindings; i++) {
		if (!finding_counts(&sh->findings[i]))
			continue;
		if (!all && sh->findings[i].state == STATE_OK)
			continue;
		enlist(l, &sh->findings[i], r);
		any = true;
	}
	if (!any && all && r != NULL)
		enlist(l, NULL, r);
}

static void
entry_line(struct buf *out, const struct entry *e)
{
	const struct result *r = e->result;

	if (e->finding != NULL)
		line_finding(out, e->finding, r, true);
	else if (r != NULL)
		line_plain(out, state_word(r->state), STAGE_NONE, r->name,
		    r->ok_summary != NULL ? result_words(r, 0, r->ok_summary) :
		    "all is well");
}

void
worst_lines(struct buf *out, const struct run *run, bool all, size_t room)
{
	struct listing l = { .n = 0 };
	struct buf line;
	size_t i;

	enlist_sheet(&l, &run->sheet, NULL, all);
	for (i = 0; i < run->nresults; i++)
		enlist_sheet(&l, &run->results[i].sheet, &run->results[i], all);
	for (i = 0; i < l.n; i++) {
		buf_init(&line, room < MORE_MAX ? 0 : room - MORE_MAX);
		entry_line(&line, &l.worst[i]);
		if (line.overflow) {
			buf_free(&line);
			break;
		}
		room -= line.len;
		plain_take(out, &line);
	}
	if (i < l.total && room >= MORE_MAX)
		buf_fmt(out, "and %zu more\n", l.total - i);
}
