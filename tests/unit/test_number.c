/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * number - what is taken for a number, and how one is written
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/number.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

enum {
	OUT_MAX = 1000
};

static const struct {
	const char	*text;
	enum unit	 unit;
	double		 number;
} taken[] = {
	{ "0", UNIT_NONE, 0 },
	{ "-0", UNIT_NONE, 0 },
	{ "10", UNIT_NONE, 10 },
	{ "010", UNIT_NONE, 10 },
	{ "-5.5", UNIT_NONE, -5.5 },
	{ "0.1", UNIT_NONE, 0.1 },
	{ "00.50", UNIT_NONE, 0.5 },
	{ "9007199254740993", UNIT_NONE, 9007199254740992.0 },
	{ "3K", UNIT_NONE, 3072 },
	{ "1.5K", UNIT_NONE, 1536 },
	{ "2M", UNIT_NONE, 2097152 },
	{ "9G", UNIT_NONE, 9663676416.0 },
	{ "-1T", UNIT_NONE, -1099511627776.0 },
	{ "5", UNIT_SECONDS, 5 },
	{ "5s", UNIT_SECONDS, 5 },
	{ "5ms", UNIT_SECONDS, 0.005 },
	{ "300ms", UNIT_SECONDS, 0.3 },
	{ "1.5m", UNIT_SECONDS, 90 },
	{ "2h", UNIT_SECONDS, 7200 },
	{ "21d", UNIT_SECONDS, 1814400 },
	{ "21", UNIT_DAYS, 21 },
	{ "21d", UNIT_DAYS, 21 },
	{ "36h", UNIT_DAYS, 1.5 },
	{ "720m", UNIT_DAYS, 0.5 },
	{ "5", UNIT_BYTES, 5 },
	{ "5B", UNIT_BYTES, 5 },
	{ "5K", UNIT_BYTES, 5120 },
	{ "5KB", UNIT_BYTES, 5120 },
	{ "1MB", UNIT_BYTES, 1048576 },
	{ "9G", UNIT_BYTES, 9663676416.0 },
	{ "1TB", UNIT_BYTES, 1099511627776.0 },
	{ "80", UNIT_PERCENT, 80 },
	{ "80%", UNIT_PERCENT, 80 },
	{ "99.95%", UNIT_PERCENT, 99.95 },
};

static void
parses(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(taken); i++) {
		double n = -1;

		if (!number_parse(span_of(taken[i].text), taken[i].unit, &n) ||
		    memcmp(&n, &taken[i].number, sizeof(n)) != 0)
			fail_msg("'%s' (row %zu) is %.17g", taken[i].text, i,
			    n);
	}
}

static const struct {
	const char	*text;
	enum unit	 unit;
} wrong[] = {
	{ "", UNIT_NONE },
	{ "-", UNIT_NONE },
	{ "+5", UNIT_NONE },
	{ "--5", UNIT_NONE },
	{ ".5", UNIT_NONE },
	{ "-.5", UNIT_NONE },
	{ "5.", UNIT_NONE },
	{ "5.K", UNIT_NONE },
	{ "5.5.5", UNIT_NONE },
	{ "5,5", UNIT_NONE },
	{ "5 ", UNIT_NONE },
	{ " 5", UNIT_NONE },
	{ "5 K", UNIT_NONE },
	{ "0x10", UNIT_NONE },
	{ "1e3", UNIT_NONE },
	{ "1E3", UNIT_NONE },
	{ "inf", UNIT_NONE },
	{ "nan", UNIT_NONE },
	{ "-inf", UNIT_NONE },
	{ "five", UNIT_NONE },
	{ "5s", UNIT_NONE },
	{ "5%", UNIT_NONE },
	{ "5B", UNIT_NONE },
	{ "5k", UNIT_NONE },
	{ "5KB", UNIT_NONE },
	{ "5KK", UNIT_NONE },
	{ "5,5", UNIT_SECONDS },
	{ "5S", UNIT_SECONDS },
	{ "5M", UNIT_SECONDS },
	{ "5us", UNIT_SECONDS },
	{ "5sec", UNIT_SECONDS },
	{ "1h30m", UNIT_SECONDS },
	{ "5%", UNIT_SECONDS },
	{ "5s", UNIT_DAYS },
	{ "5ms", UNIT_DAYS },
	{ "5D", UNIT_DAYS },
	{ "5BK", UNIT_BYTES },
	{ "5KiB", UNIT_BYTES },
	{ "5g", UNIT_BYTES },
	{ "5P", UNIT_BYTES },
	{ "B", UNIT_BYTES },
	{ "%", UNIT_PERCENT },
	{ "5%%", UNIT_PERCENT },
	{ "5K", UNIT_PERCENT },
	{ "1111111111222222222233333333334444444444"
	  "555555555566666666667777777777", UNIT_NONE },
	/* can be read, and what was read could not be written that short */
	{ "999999999999999999999999999999999999999999999999999999999999h",
	    UNIT_SECONDS },
};

static void
refuses(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(wrong); i++) {
		double n = 4711;

		if (number_parse(span_of(wrong[i].text), wrong[i].unit, &n))
			fail_msg("'%s' taken as %.17g", wrong[i].text, n);
		assert_true(n > 4710 && n < 4712);
	}
	assert_false(number_parse((struct span){ "5\0", 2 }, UNIT_NONE,
	    &(double){ 0 }));
	assert_false(number_parse((struct span){ NULL, 0 }, UNIT_NONE,
	    &(double){ 0 }));
}

static void
stops_at_the_end_of_the_span(void **state)
{
	double n;

	(void)state;
	assert_true(number_parse((struct span){ "123.45", 5 }, UNIT_NONE, &n));
	assert_true(n > 123.39 && n < 123.41);
	assert_false(number_parse((struct span){ "1.5", 2 }, UNIT_NONE, &n));
}

static void
counts(void **state)
{
	static const struct {
		const char	*text;
		uint64_t	 max;
		bool		 good;
		uint64_t	 number;
	} rows[] = {
		{ "0", 0, true, 0 },
		{ "1", 0, false, 0 },
		{ "65535", 65535, true, 65535 },
		{ "65536", 65535, false, 0 },
		{ "0993", 65535, true, 993 },
		{ "18446744073709551615", UINT64_MAX, true, UINT64_MAX },
		{ "18446744073709551616", UINT64_MAX, false, 0 },
		{ "", 10, false, 0 },
		{ "-1", 10, false, 0 },
		{ "1K", 2000, false, 0 },
		{ "1.0", 10, false, 0 },
		{ "0x1", 10, false, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		uint64_t n = 4711;
		bool good = number_uint(span_of(rows[i].text), rows[i].max,
		    &n);

		if (good != rows[i].good ||
		    n != (good ? rows[i].number : 4711))
			fail_msg("'%s'", rows[i].text);
	}
}

static const struct {
	const char	*text;
	int64_t		 usec;	/* -1: refused */
} times[] = {
	{ "0", 0 },
	{ "10", 10000000 },
	{ "0.5", 500000 },
	{ "0.1", 100000 },
	{ "0.000001", 1 },
	{ "0.0000004", 0 },
	{ "1.000001", 1000001 },
	{ "250ms", 250000 },
	{ "0.3ms", 300 },
	{ "15m", 900000000 },
	{ "1h", 3600000000 },
	{ "1.5d", 129600000000 },
	{ "36525d", 3155760000000000 },
	{ "3155760000", 3155760000000000 },
	{ "3155760001", -1 },
	{ "36526d", -1 },
	{ "99999999999999999999999999d", -1 },
	{ "-1", -1 },
	{ "-0", -1 },
	{ "", -1 },
	{ "s", -1 },
	{ "5%", -1 },
	{ "5w", -1 },
	{ "1h30m", -1 },
	{ "inf", -1 },
};

static void
reads_durations(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(times); i++) {
		int64_t usec = -1;
		bool good = number_duration(span_of(times[i].text), &usec);

		if (good != (times[i].usec >= 0) || usec != times[i].usec)
			fail_msg("'%s' is %lld", times[i].text,
			    (long long)usec);
	}
}

static const struct {
	double		 number;
	const char	*text;
} texts[] = {
	{ 0, "0" },
	{ -0.0, "0" },
	{ 10, "10" },
	{ 100, "100" },
	{ -5, "-5" },
	{ -5.5, "-5.5" },
	{ 0.1, "0.1" },
	{ 0.3, "0.3" },
	{ 0.021, "0.021" },
	{ 0.000001, "0.000001" },
	{ 0.0000004, "0" },
	{ -0.0000004, "0" },
	{ 0.0000006, "0.000001" },
	{ -0.0000006, "-0.000001" },
	{ 0.9999996, "1" },
	{ -0.9999996, "-1" },
	{ 99.9999999, "100" },
	{ 1.0 / 3, "0.333333" },
	{ 2.0 / 3, "0.666667" },
	{ 12.5, "12.5" },
	{ 1234567.891, "1234567.891" },
	{ 9663676416.0, "9663676416" },
	{ 9007199254740991.0, "9007199254740991" },
	{ 9007199254740992.0, "9007199254740992" },
	{ -9007199254740991.0, "-9007199254740991" },
	{ 1e21, "1000000000000000000000" },
	{ 1e-300, "0" },
	{ (double)INFINITY, "0" },
	{ -(double)INFINITY, "0" },
	{ (double)NAN, "0" },
};

static void
writes(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(texts); i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		number_write(&b, texts[i].number);
		assert_string_equal(buf_cstr(&b), texts[i].text);
		buf_free(&b);
	}
}

static void
writes_the_largest(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, OUT_MAX);
	number_write(&b, -1.7976931348623157e308);
	assert_int_equal(b.len, 310);
	assert_true(span_begins(buf_span(&b), "-179769313486231570"));
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses),
		cmocka_unit_test(refuses),
		cmocka_unit_test(stops_at_the_end_of_the_span),
		cmocka_unit_test(counts),
		cmocka_unit_test(reads_durations),
		cmocka_unit_test(writes),
		cmocka_unit_test(writes_the_largest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
