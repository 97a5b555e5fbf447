/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * host_list - many hosts in little memory
 */
#include <stdlib.h>
#include <string.h>

#include "base/host_list.h"

enum {
	TEXT_FIRST = 256,	/* bytes of the first block of text, */
	ROOM_FIRST = 8,		/* hosts of the first array, */
	SLOTS_FIRST = 64	/* and slots of the first index */
};

/* grow - the block holds `need` of its things; it doubles */
static bool
grow(void **block, size_t *size, size_t need, size_t first, size_t each)
{
	size_t wanted = *size > 0 ? *size : first;
	void *moved;

	if (need <= *size)
		return true;
	while (wanted < need)
		wanted *= 2;
	moved = realloc(*block, wanted * each);
	if (moved == NULL)
		return false;
	*block = moved;
	*size = wanted;
	return true;
}

bool
host_list_add(struct host_list *list, struct span host)
{
	void *text = list->text, *at = list->at;
	bool ok;

	ok = grow(&text, &list->size, list->len + host.len + 1, TEXT_FIRST, 1);
	list->text = text;
	ok = ok && grow(&at, &list->room, list->n + 1, ROOM_FIRST,
	    sizeof(*list->at));
	list->at = at;
	if (!ok)
		return false;
	list->at[list->n++] = (uint32_t)list->len;
	(void)span_copy(host, list->text + list->len, host.len + 1);
	list->len += host.len + 1;
	return true;
}

const char *
host_list_at(const struct host_list *list, size_t i)
{
	return list->text + list->at[i];
}

void
host_list_clear(struct host_list *list)
{
	list->len = 0;
	list->n = 0;
}

void
host_list_free(struct host_list *list)
{
	free(list->text);
	free(list->at);
	memset(list, 0, sizeof(*list));
}

/* hash - FNV-1a, ASCII letters of any case alike */
static uint32_t
hash(struct span s)
{
	uint32_t h = UINT32_C(2166136261);
	size_t i;

	for (i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		h = (h ^ c) * UINT32_C(16777619);
	}
	return h;
}

/* find_slot - the one that holds the host, or the free one where it belongs */
static uint32_t *
find_slot(const struct host_index *index, struct span host)
{
	size_t mask = index->size - 1, i = hash(host) & mask;

	while (index->slots[i] != 0 &&
	    !span_is(host, host_list_at(index->list, index->slots[i] - 1)))
		i = (i + 1) & mask;
	return &index->slots[i];
}

/* rebuild - with room for twice what the list holds, and more */
static bool
rebuild(struct host_index *index)
{
	size_t i, size = SLOTS_FIRST;
	uint32_t *slots;

	while (size < index->list->n * 4)
		size *= 2;
	slots = calloc(size, sizeof(*slots));
	if (slots == NULL)
		return false;
	free(index->slots);
	index->slots = slots;
	index->size = size;
	for (i = 0; i < index->list->n; i++)
		*find_slot(index, span_of(host_list_at(index->list, i))) =
		    (uint32_t)i + 1;
	return true;
}

bool
host_index_open(struct host_index *index, struct host_list *list)
{
	*index = (struct host_index){ .list = list };
	return rebuild(index);
}

enum host_added
host_index_add(struct host_index *index, struct span host, size_t most)
{
	struct host_list *list = index->list;
	uint32_t *slot = find_slot(index, host);

	if (*slot != 0)
		return HOST_KNOWN;
	if (list->n >= most)
		return HOST_NO_ROOM;
	if (!host_list_add(list, host))
		return HOST_NO_MEMORY;
	*slot = (uint32_t)list->n;
	if (list->n * 2 > index->size && !rebuild(index))
		return HOST_NO_MEMORY;
	return HOST_ADDED;
}

void
host_index_free(struct host_index *index)
{
	free(index->slots);
	*index = (struct host_index){ .list = NULL };
}
