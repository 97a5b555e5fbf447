/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_list - how full it is, as one source says
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "judge/quota_list.h"

/* copied - without what might upset a terminal or a report; NULL without memory */
static char *
copied(struct span name)
{
	struct buf text;
	char *copy = NULL;

	buf_init(&text, QUOTA_NAME_MAX * 4 + 1);
	text_clean(&text, name, QUOTA_NAME_MAX);
	if (!text.nomem)
		copy = malloc(text.len + 1);
	if (copy != NULL)
		memcpy(copy, buf_cstr(&text), text.len + 1);
	buf_free(&text);
	return copy;
}

/* grown - is there room for one more */
static bool
grown(struct quota_list *list)
{
	size_t size = list->size == 0 ? 8 : list->size * 2;
	struct quota_row *rows;

	if (list->n < list->size)
		return true;
	rows = realloc(list->rows, size * sizeof(*rows));
	if (rows == NULL)
		return false;
	list->rows = rows;
	list->size = size;
	return true;
}

struct quota_row *
quota_list_add(struct quota_list *list, struct span root, struct span resource,
    enum quota_unit unit)
{
	struct quota_row row = { .unit = unit, .full_in = -1 };

	if (list->n == QUOTA_ROWS_MAX) {
		list->more++;
		return NULL;
	}
	row.root = copied(root);
	row.resource = copied(resource);
	if (row.root == NULL || row.resource == NULL || !grown(list)) {
		free(row.root);
		free(row.resource);
		list->nomem = true;
		return NULL;
	}
	list->rows[list->n] = row;
	return &list->rows[list->n++];
}

int64_t
quota_scale(uint64_t value, uint64_t unit)
{
	if (unit != 0 && value > (uint64_t)INT64_MAX / unit)
		return INT64_MAX;
	return (int64_t)(value * unit);
}

double
quota_percent(const struct quota_row *row)
{
	if (!row->limited)
		return -1;
	if (row->limit == 0)
		return 100;
	return (double)row->used * 100.0 / (double)row->limit;
}

void
quota_list_free(struct quota_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		free(list->rows[i].root);
		free(list->rows[i].resource);
	}
	free(list->rows);
	memset(list, 0, sizeof(*list));
}
