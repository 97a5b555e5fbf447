/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * race - Happy Eyeballs: which address is tried when
 */
#include <string.h>

#include "dialog/race.h"

/* next_of - the next address from `from` on whose family is, or is not, `family`; n if there is none */
static size_t
next_of(const struct address *list, size_t n, size_t from, uint8_t family,
    bool same)
{
	while (from < n && (list[from].family == family) != same)
		from++;
	return from;
}

void
race_begin(struct race *race, const struct address *list, size_t n)
{
	size_t one, other;
	uint8_t first;

	memset(race, 0, sizeof(*race));
	if (n > ADDRESSES_MAX)
		n = ADDRESSES_MAX;
	if (n == 0)
		return;
	first = list[0].family;
	one = next_of(list, n, 0, first, true);
	other = next_of(list, n, 0, first, false);
	while (one < n || other < n) {
		if (one < n) {
			race->order[race->n++] = (uint8_t)one;
			one = next_of(list, n, one + 1, first, true);
		}
		if (other < n) {
			race->order[race->n++] = (uint8_t)other;
			other = next_of(list, n, other + 1, first, false);
		}
	}
}

int
race_next(struct race *race, int64_t now, int64_t *wake_at)
{
	int index = -1;

	*wake_at = 0;
	if (race->started == race->n)
		return -1;
	if (race->next_at == 0 || now >= race->next_at) {
		index = race->order[race->started++];
		race->next_at = now + RACE_DELAY;
	}
	if (race->started < race->n)
		*wake_at = race->next_at;
	return index;
}

void
race_failed(struct race *race)
{
	race->next_at = 0;
}
