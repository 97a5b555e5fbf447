/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * range - thresholds: what they mean, what is none, how they are written back
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/range.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

enum {
	OUT_MAX = 1000
};

/* FALLING and WHOLE are the two flags of range_parse() */
enum {
	FALLING = 1,
	WHOLE = 2
};

static bool
parse(const char *text, enum unit unit, int flags, struct range *r)
{
	return range_parse(span_of(text), unit, (flags & FALLING) != 0,
	    (flags & WHOLE) != 0, r);
}

static const struct {
	const char	*text;
	int		 flags;
	double		 value;
	bool		 alert;
} acting[] = {
	{ "10", 0, -5, true },
	{ "10", 0, -0.000001, true },
	{ "10", 0, 0, false },
	{ "10", 0, 5, false },
	{ "10", 0, 10, false },
	{ "10", 0, 10.000001, true },
	{ "010", 0, 10, false },
	{ "010", 0, 9, false },
	{ "0", 0, 0, false },
	{ "0", 0, 1, true },
	{ "10:", 0, 9.999, true },
	{ "10:", 0, 10, false },
	{ "10:", 0, 1e300, false },
	{ "~:10", 0, -1e300, false },
	{ "~:10", 0, 10, false },
	{ "~:10", 0, 10.5, true },
	{ "~:-10", 0, -10, false },
	{ "~:-10", 0, -9, true },
	{ "10:20", 0, 9, true },
	{ "10:20", 0, 10, false },
	{ "10:20", 0, 20, false },
	{ "10:20", 0, 21, true },
	{ "10:10", 0, 10, false },
	{ "10:10", 0, 11, true },
	{ "-5.5:-1.5", 0, -3, false },
	{ "-5.5:-1.5", 0, -5.5, false },
	{ "-5.5:-1.5", 0, -5.6, true },
	{ "-5.5:-1.5", 0, -1.4, true },
	{ "0:2", 0, 2, false },
	{ "0:2", 0, -1, true },
	{ "@10:20", 0, 9, false },
	{ "@10:20", 0, 10, true },
	{ "@10:20", 0, 15, true },
	{ "@10:20", 0, 20, true },
	{ "@10:20", 0, 21, false },
	{ "@10", 0, -1, false },
	{ "@10", 0, 0, true },
	{ "@10", 0, 10, true },
	{ "@10", 0, 11, false },
	{ "@~:0", 0, 0, true },
	{ "@~:0", 0, 1, false },
	{ "@10:", 0, 10, true },
	{ "@10:", 0, 9, false },
	{ "~:", 0, -1e300, false },
	{ "~:", 0, 1e300, false },
	{ "@~:", 0, 0, true },
	{ "21", FALLING, 20.9, true },
	{ "21", FALLING, 21, false },
	{ "21", FALLING, 400, false },
	{ "-1", FALLING, -2, true },
	{ "-1", FALLING, 0, false },
	{ "21:", FALLING, 20, true },
	{ "0:21", FALLING, 20, false },
	{ "0:21", FALLING, 22, true },
	{ "@21", FALLING, 20, true },
	{ "@21", FALLING, 22, false },
};

static void
alerts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(acting); i++) {
		struct range r;

		if (!parse(acting[i].text, UNIT_NONE, acting[i].flags, &r))
			fail_msg("'%s' refused", acting[i].text);
		if (range_alerts(&r, acting[i].value) != acting[i].alert)
			fail_msg("'%s' (row %zu) of %g", acting[i].text, i,
			    acting[i].value);
	}
}

static const struct {
	const char	*text;
	enum unit	 unit;
	int		 flags;
} wrong[] = {
	{ "", UNIT_NONE, 0 },
	{ "", UNIT_NONE, FALLING },
	{ "@", UNIT_NONE, 0 },
	{ "@", UNIT_NONE, FALLING },
	{ ":", UNIT_NONE, 0 },
	{ "@:", UNIT_NONE, 0 },
	{ "~", UNIT_NONE, 0 },
	{ "~", UNIT_NONE, FALLING },
	{ "@~", UNIT_NONE, 0 },
	{ ":10", UNIT_NONE, 0 },
	{ "~:~", UNIT_NONE, 0 },
	{ "10:~", UNIT_NONE, 0 },
	{ "20:10", UNIT_NONE, 0 },
	{ "20:10", UNIT_NONE, FALLING },
	{ "@20:10", UNIT_NONE, 0 },
	{ "-5", UNIT_NONE, 0 },
	{ "@-5", UNIT_NONE, 0 },
	{ "-1:-2", UNIT_NONE, 0 },
	{ "5s", UNIT_NONE, 0 },
	{ "5,5", UNIT_NONE, 0 },
	{ "5,5", UNIT_SECONDS, 0 },
	{ "0x10", UNIT_NONE, 0 },
	{ "1e3", UNIT_NONE, 0 },
	{ "+5", UNIT_NONE, 0 },
	{ "inf", UNIT_NONE, 0 },
	{ "nan", UNIT_NONE, 0 },
	{ "~:inf", UNIT_NONE, 0 },
	{ "10:20:30", UNIT_NONE, 0 },
	{ "10::20", UNIT_NONE, 0 },
	{ "@@10", UNIT_NONE, 0 },
	{ "10@", UNIT_NONE, 0 },
	{ "~~:10", UNIT_NONE, 0 },
	{ " 10", UNIT_NONE, 0 },
	{ "10 ", UNIT_NONE, 0 },
	{ "10: 20", UNIT_NONE, 0 },
	{ "10-20", UNIT_NONE, 0 },
	{ "10..20", UNIT_NONE, 0 },
	{ "abc", UNIT_NONE, 0 },
	{ "2d:1h", UNIT_SECONDS, 0 },
	{ "80%", UNIT_NONE, 0 },
	{ "80%", UNIT_BYTES, 0 },
	{ "80%", UNIT_SECONDS, 0 },
	{ "80%%", UNIT_BYTES, WHOLE },
	{ "%", UNIT_BYTES, WHOLE },
	{ "10K:20%", UNIT_BYTES, WHOLE },
	{ "10%:20K", UNIT_BYTES, WHOLE },
	{ "20%:10%", UNIT_BYTES, WHOLE },
};

static void
refuses(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(wrong); i++) {
		struct range r = { .start = 47 };

		if (parse(wrong[i].text, wrong[i].unit, wrong[i].flags, &r))
			fail_msg("'%s' (row %zu) taken", wrong[i].text, i);
		assert_true(r.start > 46);	/* left alone */
	}
	assert_false(range_parse((struct span){ NULL, 0 }, UNIT_NONE, false,
	    false, &(struct range){ 0 }));
	assert_false(range_parse((struct span){ "1\0:2", 4 }, UNIT_NONE,
	    false, false, &(struct range){ 0 }));
}

static const struct {
	const char	*text;
	enum unit	 unit;
	int		 flags;
	double		 whole;		/* 0: not scaled */
	const char	*written;
} texts[] = {
	{ "10", UNIT_NONE, 0, 0, "10" },
	{ "0:10", UNIT_NONE, 0, 0, "10" },
	{ "0", UNIT_NONE, 0, 0, "0" },
	{ "0:0", UNIT_NONE, 0, 0, "0" },
	{ "-0:10", UNIT_NONE, 0, 0, "10" },
	{ "0:", UNIT_NONE, 0, 0, "0:" },
	{ "10:", UNIT_NONE, 0, 0, "10:" },
	{ "010:020", UNIT_NONE, 0, 0, "10:20" },
	{ "~:10", UNIT_NONE, 0, 0, "~:10" },
	{ "~:", UNIT_NONE, 0, 0, "~:" },
	{ "@~:", UNIT_NONE, 0, 0, "@~:" },
	{ "@10:20", UNIT_NONE, 0, 0, "@10:20" },
	{ "@0:20", UNIT_NONE, 0, 0, "@20" },
	{ "-5.50:-1.5", UNIT_NONE, 0, 0, "-5.5:-1.5" },
	{ "0.5", UNIT_SECONDS, 0, 0, "0.5" },
	{ "5s", UNIT_SECONDS, 0, 0, "5" },
	{ "500ms", UNIT_SECONDS, 0, 0, "0.5" },
	{ "1m:1h", UNIT_SECONDS, 0, 0, "60:3600" },
	{ "21d", UNIT_DAYS, FALLING, 0, "21:" },
	{ "36h", UNIT_DAYS, FALLING, 0, "1.5:" },
	{ "21:", UNIT_DAYS, FALLING, 0, "21:" },
	{ "9G", UNIT_BYTES, 0, 0, "9663676416" },
	{ "1K:1MB", UNIT_BYTES, 0, 0, "1024:1048576" },
	{ "80%", UNIT_PERCENT, 0, 0, "80" },
	{ "80%", UNIT_PERCENT, WHOLE, 1000, "80" },
	{ "80%", UNIT_BYTES, WHOLE, 0, "80%" },
	{ "10%:20%", UNIT_BYTES, WHOLE, 0, "10%:20%" },
	{ "10:20%", UNIT_BYTES, WHOLE, 0, "10%:20%" },
	{ "80%", UNIT_BYTES, WHOLE, 2000, "1600" },
	{ "10%", UNIT_BYTES, FALLING | WHOLE, 2000, "200:" },
	{ "10%:20%", UNIT_BYTES, WHOLE, 2000, "200:400" },
	{ "~:50%", UNIT_NONE, WHOLE, 7, "~:3.5" },
	{ "@0:50%", UNIT_NONE, WHOLE, 7, "@3.5" },
	{ "80", UNIT_BYTES, WHOLE, 2000, "80" },
};

static void
writes(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(texts); i++) {
		struct range r;
		struct buf b;

		if (!parse(texts[i].text, texts[i].unit, texts[i].flags, &r))
			fail_msg("'%s' refused", texts[i].text);
		if (texts[i].whole > 0)
			range_scale(&r, texts[i].whole);
		buf_init(&b, OUT_MAX);
		range_write(&b, &r);
		assert_string_equal(buf_cstr(&b), texts[i].written);
		buf_free(&b);
	}
}

static void
scales_once(void **state)
{
	struct range r;

	(void)state;
	assert_true(parse("80%", UNIT_BYTES, WHOLE, &r));
	assert_true(r.percent);
	range_scale(&r, 1000);
	assert_false(r.percent);
	range_scale(&r, 1000);
	assert_false(range_alerts(&r, 800));
	assert_true(range_alerts(&r, 801));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alerts),
		cmocka_unit_test(refuses),
		cmocka_unit_test(writes),
		cmocka_unit_test(scales_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
