/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * when - dates to seconds and back, and lengths of time in words
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <math.h>

#include "base/when.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

enum {
	OUT_MAX = 100
};

static const struct {
	int	year, month, day, hour, min, sec;
	bool	good;
	int64_t	when;
} civil[] = {
	{ 1970, 1, 1, 0, 0, 0, true, 0 },
	{ 1970, 1, 1, 0, 0, 1, true, 1 },
	{ 1969, 12, 31, 23, 59, 59, true, -1 },
	{ 2000, 2, 29, 0, 0, 0, true, 951782400 },
	{ 2000, 3, 1, 0, 0, 0, true, 951868800 },
	{ 2001, 9, 9, 1, 46, 40, true, 1000000000 },
	{ 2026, 3, 1, 12, 0, 0, true, 1772366400 },
	{ 2038, 1, 19, 3, 14, 8, true, 2147483648 },
	{ 2016, 12, 31, 23, 59, 60, true, 1483228799 },
	{ 2100, 2, 28, 0, 0, 0, true, 4107456000 },
	{ 1900, 1, 1, 0, 0, 0, true, -2208988800 },
	{ 1, 1, 1, 0, 0, 0, true, -62135596800 },
	{ 0, 1, 1, 0, 0, 0, true, -62167219200 },
	{ 0, 2, 29, 0, 0, 0, true, -62162121600 },
	{ 9999, 12, 31, 23, 59, 59, true, 253402300799 },
	{ 2026, 0, 1, 0, 0, 0, false, 0 },
	{ 2026, 13, 1, 0, 0, 0, false, 0 },
	{ 2026, -1, 1, 0, 0, 0, false, 0 },
	{ 2026, INT_MAX, 1, 0, 0, 0, false, 0 },
	{ 2026, 1, 0, 0, 0, 0, false, 0 },
	{ 2026, 1, 32, 0, 0, 0, false, 0 },
	{ 2026, 4, 31, 0, 0, 0, false, 0 },
	{ 2026, 2, 29, 0, 0, 0, false, 0 },
	{ 2024, 2, 30, 0, 0, 0, false, 0 },
	{ 2100, 2, 29, 0, 0, 0, false, 0 },
	{ 2026, 1, 1, 24, 0, 0, false, 0 },
	{ 2026, 1, 1, -1, 0, 0, false, 0 },
	{ 2026, 1, 1, 0, 60, 0, false, 0 },
	{ 2026, 1, 1, 0, -1, 0, false, 0 },
	{ 2026, 1, 1, 0, 0, 61, false, 0 },
	{ 2026, 1, 1, 0, 0, -1, false, 0 },
};

static void
counts_seconds(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(civil); i++) {
		int64_t when = 4711;
		bool good = when_from_civil(civil[i].year, civil[i].month,
		    civil[i].day, civil[i].hour, civil[i].min,
		    civil[i].sec, &when);

		if (good != civil[i].good ||
		    when != (good ? civil[i].when : 4711))
			fail_msg("row %zu is %lld", i, (long long)when);
	}
}

static void
parses(void **state)
{
	static const struct {
		const char	*text;
		int64_t		 when;
	} rows[] = {
		{ "1970-01-01", 0 },
		{ "2026-03-01", 1772323200 },
		{ "2026-03-01T12:00", 1772366400 },
		{ "2026-03-01 12:00", 1772366400 },
		{ "2026-03-01T12:00:00", 1772366400 },
		{ "2026-03-01T12:00:07", 1772366407 },
		{ "2026-03-01 12:00:00Z", 1772366400 },
		{ "2026-03-01T12:00Z", 1772366400 },
		{ "2026-03-01T12:00:00+01:00", 1772362800 },
		{ "2026-03-01T12:00-05:30", 1772386200 },
		{ "2026-03-01T12:00+00:00", 1772366400 },
		{ "2026-03-01T12:00-00:00", 1772366400 },
		{ "2026-01-01T00:30+01:00", 1767223800 },
		{ "2016-12-31T23:59:60Z", 1483228799 },
		{ "2024-02-29", 1709164800 },
		{ "9999-12-31T23:59:59Z", 253402300799 },
		{ "0000-01-01", -62167219200 },
		{ "@0", 0 },
		{ "@1772366400", 1772366400 },
		{ "@9223372036854775807", INT64_MAX },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		int64_t when = -4711;

		if (!when_parse(span_of(rows[i].text), &when) ||
		    when != rows[i].when)
			fail_msg("'%s' is %lld", rows[i].text,
			    (long long)when);
	}
}

static void
refuses(void **state)
{
	static const char *const rows[] = {
		"", "@", "@-1", "@+1", "@1.5", "@ 1", "@1 ", "@1s",
		"@9223372036854775808", "1772366400", "now", "tomorrow",
		"2026", "2026-03", "2026-3-1", "26-03-01", "02026-03-01",
		"2026-03-1", "2026-03-001", "2026/03/01", "20260301",
		"2026-03-01 ", " 2026-03-01", "2026-03-01T", "2026-03-01Z",
		"2026-03-01+01:00", "2026-03-01T12", "2026-03-01T12Z",
		"2026-03-01T1200", "2026-03-01T12:0", "2026-03-01T12:00:",
		"2026-03-01T12:00:0", "2026-03-01T12:00:00.5",
		"2026-03-01t12:00", "2026-03-01T12:00z",
		"2026-03-01  12:00", "2026-03-01T12:00 Z",
		"2026-03-01T12:00ZZ", "2026-03-01T12:00Z+01:00",
		"2026-03-01T12:00+1:00", "2026-03-01T12:00+0100",
		"2026-03-01T12:00+01", "2026-03-01T12:00+24:00",
		"2026-03-01T12:00+01:60", "2026-03-01T12:00 UTC",
		"2026-03-01T24:00", "2026-03-01T12:60", "2026-03-01T12:00:61",
		"2026-02-29", "2026-00-01", "2026-13-01", "2026-01-00",
		"-2026-01-01", "+2026-01-01", "2026-0x-01", "2026--1-01",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		int64_t when = 4711;

		if (when_parse(span_of(rows[i]), &when))
			fail_msg("'%s' taken as %lld", rows[i],
			    (long long)when);
		assert_int_equal(when, 4711);
	}
	assert_false(when_parse((struct span){ "2026-03-01\0", 11 },
	    &(int64_t){ 0 }));
}

static const struct {
	int64_t		 when;
	const char	*text;
	const char	*iso;
} texts[] = {
	{ 0, "1970-01-01 00:00:00 UTC", "1970-01-01T00:00:00Z" },
	{ -1, "1969-12-31 23:59:59 UTC", "1969-12-31T23:59:59Z" },
	{ 951782400, "2000-02-29 00:00:00 UTC",
	  "2000-02-29T00:00:00Z" },
	{ 1772366400, "2026-03-01 12:00:00 UTC",
	  "2026-03-01T12:00:00Z" },
	{ 1735689599, "2024-12-31 23:59:59 UTC",
	  "2024-12-31T23:59:59Z" },
	{ 1735689600, "2025-01-01 00:00:00 UTC",
	  "2025-01-01T00:00:00Z" },
	{ 4107542399, "2100-02-28 23:59:59 UTC",
	  "2100-02-28T23:59:59Z" },
	{ 4107542400, "2100-03-01 00:00:00 UTC",
	  "2100-03-01T00:00:00Z" },
	{ -62167219200, "0000-01-01 00:00:00 UTC",
	  "0000-01-01T00:00:00Z" },
	{ 253402300799, "9999-12-31 23:59:59 UTC",
	  "9999-12-31T23:59:59Z" },
	{ 253402300800, "10000-01-01 00:00:00 UTC",
	  "10000-01-01T00:00:00Z" },
	{ INT64_MAX, "292277026596-12-04 15:30:07 UTC",
	  "292277026596-12-04T15:30:07Z" },
	{ INT64_MIN, "-292277022657-01-27 08:29:52 UTC",
	  "-292277022657-01-27T08:29:52Z" },
};

static void
writes(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(texts); i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		when_write(&b, texts[i].when);
		assert_string_equal(buf_cstr(&b), texts[i].text);
		buf_clear(&b);
		when_write_iso(&b, texts[i].when);
		assert_string_equal(buf_cstr(&b), texts[i].iso);
		buf_free(&b);
	}
}

static void
writes_for_mail(void **state)
{
	static const struct {
		int64_t		 when;
		const char	*text;
	} dates[] = {
		{ 0, "Thu, 01 Jan 1970 00:00:00 +0000" },
		{ -1, "Wed, 31 Dec 1969 23:59:59 +0000" },
		{ 951782399, "Mon, 28 Feb 2000 23:59:59 +0000" },
		{ 951782400, "Tue, 29 Feb 2000 00:00:00 +0000" },
		{ 1795623470, "Wed, 25 Nov 2026 16:17:50 +0000" },
		{ 1795910400, "Sun, 29 Nov 2026 00:00:00 +0000" },
		{ -2208988800, "Mon, 01 Jan 1900 00:00:00 +0000" }
	};
	struct buf b;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(dates); i++) {
		buf_init(&b, OUT_MAX);
		when_write_mail(&b, dates[i].when);
		assert_string_equal(buf_cstr(&b), dates[i].text);
		buf_free(&b);
	}
}

/* each day of eight hundred years is the one after the day before */
static void
reads_what_it_wrote(void **state)
{
	int64_t day;

	(void)state;
	for (day = -135140; day < 146097; day++) {
		int64_t when = day * 86400 + 86399, back = 0;
		struct buf b;

		buf_init(&b, OUT_MAX);
		when_write_iso(&b, when);
		if (!when_parse(buf_span(&b), &back) || back != when)
			fail_msg("%s", buf_cstr(&b));
		buf_free(&b);
	}
}

static const struct {
	double		 seconds;
	const char	*text;
} lengths[] = {
	{ 0, "0 seconds" },
	{ -0.0, "0 seconds" },
	{ -5, "0 seconds" },
	{ (double)NAN, "0 seconds" },
	{ 0.0001, "0 seconds" },
	{ 0.001, "0.001 seconds" },
	{ 0.0214, "0.021 seconds" },
	{ 0.0999, "0.1 seconds" },
	{ 0.3, "0.3 seconds" },
	{ 0.34, "0.3 seconds" },
	{ 0.96, "1 second" },
	{ 1, "1 second" },
	{ 1.04, "1 second" },
	{ 1.5, "1.5 seconds" },
	{ 2, "2 seconds" },
	{ 9.94, "9.9 seconds" },
	{ 9.9996, "10 seconds" },
	{ 10, "10 seconds" },
	{ 10.4, "10 seconds" },
	{ 40, "40 seconds" },
	{ 59.99, "59 seconds" },
	{ 60, "1 minute" },
	{ 119, "1 minute" },
	{ 120, "2 minutes" },
	{ 3599, "59 minutes" },
	{ 3600, "1 hour" },
	{ 18000, "5 hours" },
	{ 86399, "23 hours" },
	{ 86400, "1 day" },
	{ 172799, "1 day" },
	{ 259200, "3 days" },
	{ 34560000, "400 days" },
	{ 1e300, "11574074074 days" },
	{ (double)INFINITY, "11574074074 days" },
};

static void
writes_lengths(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(lengths); i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		when_write_span(&b, lengths[i].seconds);
		assert_string_equal(buf_cstr(&b), lengths[i].text);
		buf_free(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_seconds),
		cmocka_unit_test(parses),
		cmocka_unit_test(refuses),
		cmocka_unit_test(writes),
		cmocka_unit_test(writes_for_mail),
		cmocka_unit_test(reads_what_it_wrote),
		cmocka_unit_test(writes_lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
