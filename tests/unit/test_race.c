/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_race - which address is tried when
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "dialog/race.h"

/* list_of - "466" is an IPv4 address and two IPv6 ones */
static size_t
list_of(const char *families, struct address *list)
{
	size_t n = strlen(families);
	size_t i;

	memset(list, 0, n * sizeof(*list));
	for (i = 0; i < n; i++)
		list[i].family = (uint8_t)(families[i] - '0');
	return n;
}

static void
test_order(void **state)
{
	static const struct {
		const char	*families;
		uint8_t		 order[8];
	} rows[] = {
		{ "", { 0 } },
		{ "4", { 0 } },
		{ "64", { 0, 1 } },
		{ "6644", { 0, 2, 1, 3 } },
		{ "4466", { 0, 2, 1, 3 } },
		{ "66664", { 0, 4, 1, 2, 3 } },
		{ "46464", { 0, 1, 2, 3, 4 } },
		{ "4446", { 0, 3, 1, 2 } }
	};
	struct address list[8];
	struct race race;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n = list_of(rows[i].families, list);

		race_begin(&race, list, n);
		assert_int_equal(race.n, n);
		assert_memory_equal(race.order, rows[i].order, n);
	}
}

static void
test_pace(void **state)
{
	struct address list[3];
	struct race race;
	int64_t wake;

	(void)state;
	race_begin(&race, list, list_of("646", list));
	assert_int_equal(race_next(&race, 1000, &wake), 0);
	assert_int_equal(wake, 1000 + RACE_DELAY);
	assert_int_equal(race_next(&race, 1000 + RACE_DELAY - 1, &wake), -1);
	assert_int_equal(wake, 1000 + RACE_DELAY);
	assert_int_equal(race_next(&race, 1000 + RACE_DELAY, &wake), 1);
	assert_int_equal(wake, 1000 + 2 * RACE_DELAY);
	race_failed(&race);
	assert_int_equal(race_next(&race, 1000 + RACE_DELAY + 5, &wake), 2);
	assert_int_equal(wake, 0);
	race_failed(&race);
	assert_int_equal(race_next(&race, INT64_MAX, &wake), -1);
	assert_int_equal(wake, 0);
}

static void
test_bounds(void **state)
{
	struct address list[ADDRESSES_MAX + 8];
	struct race race;
	int64_t wake;
	size_t n = 0;

	(void)state;
	memset(list, 0, sizeof(list));
	race_begin(&race, list, 0);
	assert_int_equal(race_next(&race, 1, &wake), -1);
	assert_int_equal(wake, 0);
	race_begin(&race, list, ADDRESSES_MAX + 8);
	while (race_next(&race, 1, &wake) >= 0) {
		race_failed(&race);
		n++;
	}
	assert_int_equal(n, ADDRESSES_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_pace),
		cmocka_unit_test(test_bounds)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
