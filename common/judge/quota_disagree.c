/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_disagree - do two sources that should agree do so?
 */
#include <string.h>

#include "judge/quota_disagree.h"
#include "judge/quota_words.h"

static void
find(struct sheet *sheet, const struct quota_facts *a,
    const struct quota_row *one, const struct quota_facts *b,
    const struct quota_row *two)
{
	struct buf text;

	buf_init(&text, SENTENCE_MAX);
	(void)buf_fmt(&text, "%s (%s) has used ", a->whom, a->backend);
	quota_words_use(&text, one);
	(void)buf_fmt(&text, ", but %s (%s) ", b->whom, b->backend);
	quota_words_use(&text, two);
	(void)sheet_find(sheet, CAUSE_QUOTA_DISAGREE, STAGE_QUOTA, NULL, "%s",
	    buf_cstr(&text));
	sheet->nomem = sheet->nomem || text.nomem;
	buf_free(&text);
}

static int64_t
left(const struct quota_row *row)
{
	return row->used >= row->limit ? 0 : row->limit - row->used;
}

/* no_room - the disk is fuller, and holds less than the quota promises; without inodes it holds nothing more */
static void
no_room(struct sheet *sheet, struct quota_facts *account,
    struct quota_facts *disk, double points)
{
	const struct quota_row *one = quota_facts_fullest(account, "STORAGE");
	const struct quota_row *two = quota_facts_fullest(disk, "STORAGE");
	const struct quota_row *inodes = quota_facts_fullest(disk, "INODES");

	if (inodes != NULL && left(inodes) == 0)
		two = inodes;
	if (one != NULL && two != NULL && left(two) < left(one) &&
	    quota_percent(two) - quota_percent(one) > points)
		find(sheet, account, one, disk, two);
}

/* share - of the limit, which only one of them may know */
static double
share(const struct quota_row *row, const struct quota_row *other)
{
	int64_t limit = row->limited ? row->limit : other->limit;

	return limit == 0 ? 100 : (double)row->used * 100.0 / (double)limit;
}

static void
apart(struct sheet *sheet, struct quota_facts *a, struct quota_facts *b,
    const char *resource, double points)
{
	const struct quota_row *one = quota_facts_fullest(a, resource);
	const struct quota_row *two = quota_facts_fullest(b, resource);
	double difference;

	if (one == NULL || two == NULL)
		return;
	difference = share(one, two) - share(two, one);
	if (difference > points || difference < -points)
		find(sheet, difference > 0 ? b : a, difference > 0 ? two : one,
		    difference > 0 ? a : b, difference > 0 ? one : two);
}

void
quota_disagree(struct sheet *sheet, struct quota_facts *a, bool a_disk,
    struct quota_facts *b, bool b_disk, double points)
{
	if (a_disk && b_disk)
		return;
	if (a_disk || b_disk) {
		no_room(sheet, a_disk ? b : a, a_disk ? a : b, points);
		return;
	}
	apart(sheet, a, b, "STORAGE", points);
	apart(sheet, a, b, "MESSAGE", points);
}
