/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_facts - what one source said, the fullest first
 */
#include <stdlib.h>
#include <string.h>

#include "judge/quota_facts.h"

static int
compare(const void *one, const void *two)
{
	const struct quota_row *a = one, *b = two;
	double left = quota_percent(a), right = quota_percent(b);
	int order;

	if (left > right || left < right)
		return left > right ? -1 : 1;
	if (a->used != b->used)
		return a->used > b->used ? -1 : 1;
	order = strcmp(a->root, b->root);
	return order != 0 ? order : strcmp(a->resource, b->resource);
}

/* put - a copy of the text behind the others */
static char *
put(char **at, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = memcpy(*at, text, size);

	*at += size;
	return copy;
}

struct quota_facts *
quota_facts_make(const struct quota_list *list, const char *backend,
    const char *whom)
{
	size_t size = sizeof(struct quota_facts) + strlen(whom) + 1 +
	    list->n * sizeof(struct quota_row) +
	    list->folders * sizeof(struct quota_folder), i;
	struct quota_facts *facts;
	char *at;

	for (i = 0; i < list->n; i++)
		size += strlen(list->rows[i].root) +
		    strlen(list->rows[i].resource) + 2;
	facts = malloc(size);
	if (facts == NULL)
		return NULL;
	memset(facts, 0, sizeof(*facts));
	facts->backend = backend;
	facts->n = list->n;
	facts->more = list->more;
	facts->deleted_bytes = facts->deleted_messages = -1;
	at = (char *)&facts->rows[list->n];
	if (list->folders > 0) {
		facts->folders = (struct quota_folder *)(void *)at;
		at += list->folders * sizeof(struct quota_folder);
	}
	facts->whom = put(&at, whom);
	for (i = 0; i < list->n; i++) {
		facts->rows[i] = list->rows[i];
		facts->rows[i].root = put(&at, list->rows[i].root);
		facts->rows[i].resource = put(&at, list->rows[i].resource);
	}
	if (facts->n > 1)
		qsort(facts->rows, facts->n, sizeof(facts->rows[0]), compare);
	return facts;
}

struct quota_row *
quota_facts_fullest(struct quota_facts *facts, const char *resource)
{
	size_t i;

	for (i = 0; i < facts->n && facts->rows[i].limited; i++)
		if (resource == NULL ||
		    strcmp(facts->rows[i].resource, resource) == 0)
			return &facts->rows[i];
	return NULL;
}
