/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * unique - how many of many names came before?
 */
#include <stdlib.h>

#include "dialog/unique.h"

struct unique {
	uint64_t	 n;		/* names in it */
	uint64_t	 mask;
	uint64_t	 slots[];	/* 0 is empty */
};

struct unique *
unique_new(uint64_t names)
{
	struct unique *u;
	uint64_t size = 64;

	while (size < 2 * (names < UNIQUE_MAX ? names : UNIQUE_MAX))
		size *= 2;
	u = calloc(1, sizeof(*u) + (size_t)size * sizeof(u->slots[0]));
	if (u != NULL)
		u->mask = size - 1;
	return u;
}

/* hash - FNV-1a with 64 bits (RFC 9923), never 0 */
static uint64_t
hash(struct span name)
{
	uint64_t h = 0xcbf29ce484222325u;
	size_t i;

	for (i = 0; i < name.len; i++)
		h = (h ^ (unsigned char)name.p[i]) * 0x100000001b3u;
	return h == 0 ? 1 : h;
}

bool
unique_add(struct unique *u, struct span name)
{
	uint64_t h = hash(name), i;

	for (i = h & u->mask; u->slots[i] != 0; i = (i + 1) & u->mask)
		if (u->slots[i] == h)
			return true;
	/* half of the table stays empty, so that a search ends soon */
	if (u->n < (u->mask + 1) / 2) {
		u->slots[i] = h;
		u->n++;
	}
	return false;
}

void
unique_free(struct unique *u)
{
	free(u);
}
