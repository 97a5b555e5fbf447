/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * timers - a binary heap that knows where each of its timers is
 *
 * So that one which is not wanted any more is taken out and not waited for:
 * most timers of a check never come.
 */
#include "world/timers.h"

#include <stdlib.h>

enum {
	TIMERS_FIRST = 16	/* places of the first allocation */
};

static void
put(struct timers *t, size_t i, struct timer *timer)
{
	t->heap[i] = timer;
	timer->slot = (unsigned)i + 1;
}

/* up - towards the top, as long as those above are due later */
static void
up(struct timers *t, size_t i)
{
	struct timer *timer = t->heap[i];

	while (i > 0 && t->heap[(i - 1) / 2]->at > timer->at) {
		put(t, i, t->heap[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
	put(t, i, timer);
}

/* down - away from the top, as long as one below is due earlier */
static void
down(struct timers *t, size_t i)
{
	struct timer *timer = t->heap[i];
	size_t child;

	while ((child = 2 * i + 1) < t->n) {
		if (child + 1 < t->n &&
		    t->heap[child + 1]->at < t->heap[child]->at)
			child++;
		if (t->heap[child]->at >= timer->at)
			break;
		put(t, i, t->heap[child]);
		i = child;
	}
	put(t, i, timer);
}

static bool
grow(struct timers *t)
{
	size_t size = t->size == 0 ? TIMERS_FIRST : t->size * 2;
	struct timer **heap = realloc(t->heap, size * sizeof(struct timer *));

	if (heap == NULL)
		return false;
	t->heap = heap;
	t->size = size;
	return true;
}

bool
timers_set(struct timers *t, struct timer *timer, int64_t at)
{
	timers_unset(t, timer);
	if (t->n == t->size && !grow(t))
		return false;
	timer->at = at;
	put(t, t->n++, timer);
	up(t, t->n - 1);
	return true;
}

void
timers_unset(struct timers *t, struct timer *timer)
{
	size_t i = timer->slot;

	timer->at = 0;
	if (i == 0)
		return;
	timer->slot = 0;
	i--;
	t->n--;
	if (i == t->n)
		return;
	put(t, i, t->heap[t->n]);
	down(t, i);
	up(t, t->heap[i]->slot - 1);
}

struct timer *
timers_first(const struct timers *t)
{
	return t->n > 0 ? t->heap[0] : NULL;
}

void
timers_free(struct timers *t)
{
	free(t->heap);
	*t = (struct timers){ 0 };
}
