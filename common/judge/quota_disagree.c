/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_disagree - do several sources tell the same?
 */
#include <string.h>

#include "judge/quota_disagree.h"
#include "judge/quota_words.h"

enum {
	COARSE = 1024,		/* bytes: RFC 9208 counts in units of that, so nothing below it can be a difference */
	ROWS_COMPARED = 256	/* of a source, the fullest */
};

/* all answers, and what has come out so far */
struct view {
	struct sheet	*sheet;
	const struct quota_source *sources;
	size_t		 n;
	const struct quota_tolerance *tolerance;
	size_t		 found;
};

/* far - is the difference beyond the tolerance, of a whole? */
static bool
far(const struct view *v, enum quota_unit unit, double apart, double whole)
{
	const struct quota_tolerance *t = v->tolerance;

	apart = apart < 0 ? -apart : apart;
	if (unit == QUOTA_BYTES && apart <= COARSE)
		return false;
	if (t->given && t->bytes && unit == QUOTA_BYTES)
		return apart > t->value;
	return apart * 100 > whole * (t->given && !t->bytes ? t->value :
	    QUOTA_TOLERANCE);
}

static double
larger(int64_t a, int64_t b)
{
	return (double)(a > b ? a : b);
}

/* rows_differ - in what is used or in what may be */
static bool
rows_differ(const struct view *v, const struct quota_row *a,
    const struct quota_row *b)
{
	double used = (double)a->used - (double)b->used, whole;

	if (a->limited != b->limited)
		return true;
	whole = a->limited ? larger(a->limit, b->limit) :
	    larger(a->used, b->used);
	return far(v, a->unit, used, whole) || (a->limited &&
	    far(v, a->unit, (double)a->limit - (double)b->limit, whole));
}

/* only - the one row of that resource; NULL none or several */
static const struct quota_row *
only(const struct quota_facts *facts, const char *resource)
{
	const struct quota_row *row = NULL;
	size_t i;

	for (i = 0; i < facts->n; i++) {
		if (strcmp(facts->rows[i].resource, resource) != 0)
			continue;
		if (row != NULL)
			return NULL;
		row = &facts->rows[i];
	}
	return row;
}

/* partner - what the other source says of the same root and resource; one alone of that resource is the same, whatever each calls its root */
static const struct quota_row *
partner(const struct quota_facts *facts, const struct quota_row *row,
    const struct quota_facts *other)
{
	size_t i;

	for (i = 0; i < other->n; i++)
		if (strcmp(other->rows[i].resource, row->resource) == 0 &&
		    strcmp(other->rows[i].root, row->root) == 0)
			return &other->rows[i];
	return only(facts, row->resource) == row ?
	    only(other, row->resource) : NULL;
}

static bool
is_fuller(const struct quota_row *a, const struct quota_row *b)
{
	double left = quota_percent(a), right = quota_percent(b);

	if (a->limited == b->limited && (left > right || left < right))
		return left > right;
	return a->limited != b->limited ? a->limited : a->used > b->used;
}

/* say_source - "imap (mail.example.org:993)" */
static void
say_source(struct buf *out, const struct quota_source *source)
{
	(void)buf_fmt(out, "%s (%s)", source->facts->backend, source->whom);
}

static void
say_use(struct buf *out, const struct quota_row *row)
{
	quota_words_use(out, row);
	if (!row->limited)
		(void)buf_str(out, " without a limit");
}

/* report - one finding, or one more that has no room */
static void
report(struct view *v, struct buf *text)
{
	if (v->found++ < QUOTA_DISAGREE_MAX)
		(void)sheet_find(v->sheet, CAUSE_QUOTA_DISAGREE, STAGE_QUOTA,
		    NULL, "%s", buf_cstr(text));
	v->sheet->nomem = v->sheet->nomem || text->nomem;
	buf_free(text);
}

static void
report_rows(struct view *v, const struct quota_source *a,
    const struct quota_row *x, const struct quota_source *b,
    const struct quota_row *y)
{
	const char *account = a->account != NULL ? a->account : b->account;
	struct buf text;

	buf_init(&text, SENTENCE_MAX);
	say_source(&text, a);
	(void)buf_str(&text, " and ");
	say_source(&text, b);
	(void)buf_str(&text, " disagree");
	if (account != NULL)
		(void)buf_fmt(&text, " about %s", account);
	(void)buf_str(&text, ": ");
	say_use(&text, x);
	(void)buf_str(&text, " and ");
	say_use(&text, y);
	(void)buf_str(&text, "; the fuller one is ");
	say_source(&text, is_fuller(x, y) ? a : b);
	report(v, &text);
}

/* doors - two answers about one account */
static void
doors(struct view *v, const struct quota_source *a,
    const struct quota_source *b)
{
	const struct quota_row *row, *other;
	size_t i;

	for (i = 0; i < a->facts->n && i < ROWS_COMPARED; i++) {
		row = &a->facts->rows[i];
		other = partner(a->facts, row, b->facts);
		if (other != NULL && rows_differ(v, row, other))
			report_rows(v, a, row, b, other);
	}
}

/* alone - the back end has given no other answer */
static bool
alone(const struct view *v, const struct quota_source *source)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		if (&v->sources[i] != source && strcmp(
		    v->sources[i].facts->backend, source->facts->backend) == 0)
			return false;
	return true;
}

static bool
same_account(const struct view *v, const struct quota_source *a,
    const struct quota_source *b)
{
	if (a->disk || b->disk ||
	    strcmp(a->facts->backend, b->facts->backend) == 0)
		return false;
	if (a->account != NULL && b->account != NULL)
		return strcmp(a->account, b->account) == 0;
	return alone(v, a) && alone(v, b);
}

/* room - what a row leaves */
static int64_t
room(const struct quota_row *row)
{
	return row->used >= row->limit ? 0 : row->limit - row->used;
}

/* least - the row of bytes that leaves least; NULL none has a limit */
static const struct quota_row *
least(const struct quota_facts *facts)
{
	const struct quota_row *row = NULL;
	size_t i;

	for (i = 0; i < facts->n; i++)
		if (facts->rows[i].limited &&
		    facts->rows[i].unit == QUOTA_BYTES &&
		    (row == NULL || room(&facts->rows[i]) < room(row)))
			row = &facts->rows[i];
	return row;
}

/* roomiest - the disk with most room; NULL there is none */
static const struct quota_source *
roomiest(const struct view *v)
{
	const struct quota_source *disk = NULL, *s = v->sources;
	size_t i;

	for (i = 0; i < v->n; i++, s++)
		if (s->disk && least(s->facts) != NULL && (disk == NULL ||
		    room(least(s->facts)) > room(least(disk->facts))))
			disk = s;
	return disk;
}

/* on_disk - is there room for what the quota leaves? */
static void
on_disk(struct view *v, const struct quota_source *s,
    const struct quota_source *disk)
{
	const struct quota_row *quota = least(s->facts);
	const struct quota_row *fs = least(disk->facts);
	struct buf text;

	if (quota == NULL || room(quota) <= room(fs) || !far(v, QUOTA_BYTES,
	    (double)room(quota) - (double)room(fs), (double)quota->limit))
		return;
	buf_init(&text, SENTENCE_MAX);
	say_source(&text, s);
	(void)buf_str(&text, " leaves ");
	quota_words_size(&text, room(quota));
	if (s->account != NULL)
		(void)buf_fmt(&text, " to %s", s->account);
	(void)buf_str(&text, " with ");
	quota_words_use(&text, quota);
	(void)buf_str(&text, ", and ");
	say_source(&text, disk);
	(void)buf_str(&text, " has room for ");
	quota_words_size(&text, room(fs));
	(void)buf_str(&text, " with ");
	quota_words_use(&text, fs);
	(void)buf_str(&text, ": the disk is the fuller one");
	report(v, &text);
}

void
quota_disagree_judge(struct sheet *sheet, const struct quota_source *sources,
    size_t n, const struct quota_tolerance *tolerance)
{
	struct view v = { sheet, sources, n, tolerance, 0 };
	const struct quota_source *disk = roomiest(&v);
	size_t i, k;

	for (i = 0; i < n; i++) {
		for (k = i + 1; k < n; k++)
			if (same_account(&v, &sources[i], &sources[k]))
				doors(&v, &sources[i], &sources[k]);
		if (disk != NULL && !sources[i].disk)
			on_disk(&v, &sources[i], disk);
	}
	if (v.found > QUOTA_DISAGREE_MAX)
		sheet_say_more(sheet, CAUSE_QUOTA_DISAGREE,
		    ", and so do %zu more", v.found - QUOTA_DISAGREE_MAX);
}
