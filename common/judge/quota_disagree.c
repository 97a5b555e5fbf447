/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_disagree - several sources, and what does not fit together
 */
#include <string.h>

#include "judge/quota_disagree.h"
#include "judge/quota_words.h"

/* a row and who told it */
struct told {
	const struct quota_source *source;
	const struct quota_row *row;
};

static double
left(const struct quota_row *row)
{
	return row->used >= row->limit ? 0 :
	    (double)row->limit - (double)row->used;
}

/* beyond - is that difference, of a whole, more than is tolerated */
static bool
beyond(const struct quota_tolerance *t, double difference, double whole)
{
	difference = difference < 0 ? -difference : difference;
	if (!t->in_bytes)
		return difference * 100 > t->value * whole;
	return difference > t->value;
}

/* find - on the sheet of the fuller one; another finding of that kind is enough */
static void
find(const struct quota_source *fuller, struct buf *text)
{
	if (!sheet_has(fuller->sheet, CAUSE_QUOTA_DISAGREE))
		(void)sheet_find(fuller->sheet, CAUSE_QUOTA_DISAGREE,
		    STAGE_QUOTA, NULL, "%s", buf_cstr(text));
	fuller->sheet->nomem = fuller->sheet->nomem || text->nomem;
}

static void
name(struct buf *out, const struct told *t)
{
	(void)buf_fmt(out, "%s (%s)", t->source->whom,
	    t->source->facts->backend);
}

/* doors - the same account, told twice */
static void
doors(const struct told *a, const struct told *b,
    const struct quota_tolerance *t)
{
	double whole = (double)(a->row->limit > b->row->limit ? a->row->limit :
	    b->row->limit);
	bool bytes = a->row->unit == QUOTA_BYTES;
	const struct told *fuller;
	struct buf text;

	/* a tolerance in bytes says nothing of messages */
	if ((t->in_bytes && !bytes) || (!beyond(t,
	    (double)a->row->used - (double)b->row->used, whole) && !beyond(t,
	    (double)a->row->limit - (double)b->row->limit, whole) &&
	    (t->in_bytes || !beyond(t, quota_percent(a->row) -
	    quota_percent(b->row), 100))))
		return;
	fuller = quota_percent(b->row) > quota_percent(a->row) ? b : a;
	buf_init(&text, SENTENCE_MAX);
	name(&text, a);
	(void)buf_str(&text, " says ");
	quota_words_use(&text, a->row);
	(void)buf_str(&text, ", ");
	name(&text, b);
	(void)buf_str(&text, " says ");
	quota_words_use(&text, b->row);
	(void)buf_fmt(&text, ": %s is the fuller one",
	    fuller->source->facts->backend);
	find(fuller->source, &text);
	buf_free(&text);
}

/* below - the room that a quota leaves, and the room on the disk */
static void
below(const struct told *account, const struct told *disk,
    const struct quota_tolerance *t)
{
	double more = left(account->row) - left(disk->row);
	struct buf text;

	if (more <= 0 || !beyond(t, more, (double)account->row->limit))
		return;
	buf_init(&text, SENTENCE_MAX);
	name(&text, account);
	(void)buf_str(&text, " says ");
	quota_words_use(&text, account->row);
	(void)buf_str(&text, ", which leaves room for ");
	quota_words_size(&text, (int64_t)left(account->row));
	(void)buf_str(&text, ", but ");
	name(&text, disk);
	if (left(disk->row) <= 0) {
		(void)buf_str(&text, " is full");
	} else {
		(void)buf_str(&text, " has room for ");
		quota_words_size(&text, (int64_t)left(disk->row));
		(void)buf_str(&text, " only");
	}
	find(disk->source, &text);
	buf_free(&text);
}

/* only - the one limited row of that resource; NULL when there are none or several */
static const struct quota_row *
only(const struct quota_facts *facts, const char *resource)
{
	const struct quota_row *row = NULL;
	size_t i;

	for (i = 0; i < facts->n && facts->rows[i].limited; i++) {
		if (strcmp(facts->rows[i].resource, resource) != 0)
			continue;
		if (row != NULL)
			return NULL;
		row = &facts->rows[i];
	}
	return row;
}

/* match - what the other answer says of this row; NULL nothing */
static const struct quota_row *
match(const struct quota_source *a, const struct quota_row *row,
    const struct quota_source *b)
{
	const struct quota_row *other;
	size_t i;

	for (i = 0; i < b->facts->n && b->facts->rows[i].limited; i++) {
		other = &b->facts->rows[i];
		if (strcmp(other->root, row->root) == 0 &&
		    strcmp(other->resource, row->resource) == 0)
			return other->unit == row->unit ? other : NULL;
	}
	other = only(b->facts, row->resource);
	return other != NULL && other->unit == row->unit &&
	    only(a->facts, row->resource) == row ? other : NULL;
}

/* same_account - a folder has another name than its owner, but who asks for one and one means the same */
static bool
same_account(const struct quota_source *a, const struct quota_source *b)
{
	return (a->alone && b->alone) || (a->account != NULL &&
	    b->account != NULL && strcmp(a->account, b->account) == 0);
}

static void
accounts(const struct quota_source *a, const struct quota_source *b,
    const struct quota_tolerance *t)
{
	struct told one = { a, NULL }, two = { b, NULL };
	size_t i;

	if (strcmp(a->facts->backend, b->facts->backend) == 0 ||
	    !same_account(a, b))
		return;
	for (i = 0; i < a->facts->n && a->facts->rows[i].limited; i++) {
		one.row = &a->facts->rows[i];
		two.row = match(a, one.row, b);
		if (two.row != NULL)
			doors(&one, &two, t);
	}
}

/* roomiest - of the file systems; its row is NULL where there is none */
static struct told
roomiest(const struct quota_source *sources, size_t n)
{
	struct told best = { NULL, NULL };
	const struct quota_row *row;
	size_t i;

	for (i = 0; i < n; i++) {
		row = sources[i].disk ?
		    quota_facts_fullest(sources[i].facts, "STORAGE") : NULL;
		if (row != NULL && (best.row == NULL ||
		    left(row) > left(best.row)))
			best = (struct told){ &sources[i], row };
	}
	return best;
}

void
quota_disagree(const struct quota_source *sources, size_t n,
    const struct quota_tolerance *tolerance)
{
	struct told disk = roomiest(sources, n), account;
	size_t i, k;

	for (i = 0; i < n; i++) {
		if (sources[i].disk)
			continue;
		account = (struct told){ &sources[i],
			quota_facts_fullest(sources[i].facts, "STORAGE") };
		if (disk.row != NULL && account.row != NULL)
			below(&account, &disk, tolerance);
		for (k = i + 1; k < n; k++)
			if (!sources[k].disk)
				accounts(&sources[i], &sources[k], tolerance);
	}
}
