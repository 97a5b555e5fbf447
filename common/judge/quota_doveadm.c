/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm - a row of doveadm's quotaGet becomes one of the list
 */
#include "judge/quota_doveadm.h"

/* amount - decimal digits with or without a minus, which makes it 0; beyond 2^64-1 it is that */
static bool
amount(struct span text, uint64_t *out)
{
	bool negative = text.len > 0 && text.p[0] == '-';
	size_t i;

	if (negative) {
		text.p++;
		text.len--;
	}
	for (i = 0; i < text.len; i++)
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
	if (text.len == 0)
		return false;
	if (!span_number(text, out))
		*out = UINT64_MAX;
	if (negative)
		*out = 0;
	return true;
}

/* capitals - as the list wants its resources */
static struct span
capitals(struct span text, char out[QUOTA_NAME_MAX + 1])
{
	char *p;

	(void)span_copy(text, out, QUOTA_NAME_MAX + 1);
	for (p = out; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p -= 'a' - 'A';
	return span_of(out);
}

bool
quota_doveadm_add(struct quota_list *list, const struct quota_doveadm *said)
{
	bool bytes = span_is(said->type, "STORAGE");
	uint64_t unit = bytes ? 1024 : 1, used, limit = 0;
	char type[QUOTA_NAME_MAX + 1];
	struct quota_row *row;

	if (said->root.p == NULL || said->type.len == 0 ||
	    !amount(said->value, &used))
		return false;
	if (!span_is(said->limit, "-") && !amount(said->limit, &limit))
		return false;
	row = quota_list_add(list, said->root, capitals(said->type, type),
	    bytes ? QUOTA_BYTES : QUOTA_COUNT);
	if (row == NULL)
		return true;
	row->used = quota_scale(used, unit);
	row->limited = limit > 0;
	row->limit = quota_scale(limit, unit);
	return true;
}
