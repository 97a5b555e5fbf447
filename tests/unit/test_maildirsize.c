/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_maildirsize - what the quota file of a Maildir says, and what a recount
 * makes of it
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "judge/recount.h"
#include "reply/maildirsize.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))
#define BYTES(text) { text, sizeof(text) - 1 }

static const struct {
	struct span	 file;
	int64_t		 bytes_limit, messages_limit;	/* 0 none */
	int64_t		 bytes, messages;
	size_t		 lines;
	bool		 torn;
} good[] = {
	/* maildirmake -q of Courier, then two deliveries */
	{ BYTES("1000000S,100C\n           0    0\n       1234    1\n"
	    "        77    1\n"), 1000000, 100, 1311, 2, 3, false },
	/* Dovecot */
	{ BYTES("102400S,20C\n30573 3\n"), 102400, 20, 30573, 3, 1, false },
	{ BYTES("5C\n9 5\n-9 -1\n"), 0, 5, 0, 4, 2, false },
	{ BYTES("5S\n+9 +1\n"), 5, 0, 9, 1, 1, false },
	{ BYTES("100C,5S\r\n9 1\r\n"), 5, 100, 9, 1, 1, false },
	{ BYTES("0S,0C\n9 1\n"), 0, 0, 9, 1, 1, false },
	{ BYTES("0S\n9 1\n"), 0, 0, 9, 1, 1, false },
	{ BYTES("\n9 1\n"), 0, 0, 9, 1, 1, false },
	{ BYTES(" 5S , 6C \n9\t1\n"), 5, 6, 9, 1, 1, false },
	/* a kind that is not ours, and the last of two of a kind */
	{ BYTES("7Q,5S,8S\n9 1\n"), 8, 0, 9, 1, 1, false },
	{ BYTES(""), 0, 0, 0, 0, 0, false },
	{ BYTES("5S"), 5, 0, 0, 0, 0, true },
	{ BYTES("5S\n"), 5, 0, 0, 0, 0, false },
	{ BYTES("5S\n9 1\n12"), 5, 0, 9, 1, 1, true },
	{ BYTES("5S\n9 1\n12 1"), 5, 0, 9, 1, 1, true },
	{ BYTES("5S\n9 1\n-"), 5, 0, 9, 1, 1, true },
	{ BYTES("5S\n1 1\n-9 -9\n"), 5, 0, -8, -8, 2, false },
	{ BYTES("8589934592S\n4294967296 1\n4294967296 1\n"), 8589934592, 0,
	    8589934592, 2, 2, false },
	{ BYTES("99999999999999999999S\n9223372036854775807 1\n9 1\n"),
	    INT64_MAX, 0, INT64_MAX, 2, 2, false },
	{ BYTES("5S\n-99999999999999999999 -1\n-9 -1\n"), 5, 0, INT64_MIN,
	    -2, 2, false }
};

static const struct {
	struct span	 file;
	size_t		 wrong;
} bad[] = {
	{ BYTES("S\n1 1\n"), 1 }, { BYTES("5\n1 1\n"), 1 },
	{ BYTES("-5S\n1 1\n"), 1 }, { BYTES("5S,\n,1 1\n"), 2 },
	{ BYTES("5S 6C\n1 1\n"), 1 }, { BYTES("5 S\n"), 1 },
	{ BYTES("5SC\n"), 1 }, { BYTES("\0\n1 1\n"), 1 },
	{ BYTES("5S\n\n1 1\n"), 2 }, { BYTES("5S\n1 1\n1\n"), 3 },
	{ BYTES("5S\n1 1 1\n"), 2 }, { BYTES("5S\n1,1\n"), 2 },
	{ BYTES("5S\n1 1x\n"), 2 }, { BYTES("5S\n- 1\n"), 2 },
	{ BYTES("5S\n--1 1\n"), 2 }, { BYTES("5S\n1 1\n\0\0\0\0\n"), 3 },
	{ BYTES("5S\n1 1\n<html>\n1 1\n"), 3 }, { BYTES("5S\n0x5 1\n"), 2 },
	{ BYTES("Hello"), 1 }, { BYTES("5S\n1.5 1\n"), 2 }
};

static void
says_what_it_says(void **state)
{
	struct maildirsize m;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(good); i++) {
		assert_true(maildirsize_read(good[i].file, &m));
		assert_int_equal(m.wrong, 0);
		assert_int_equal(m.has_bytes_limit, good[i].bytes_limit > 0);
		assert_int_equal(m.has_messages_limit,
		    good[i].messages_limit > 0);
		if (m.has_bytes_limit)
			assert_true(m.bytes_limit == good[i].bytes_limit);
		if (m.has_messages_limit)
			assert_true(m.messages_limit ==
			    good[i].messages_limit);
		assert_true(m.bytes == good[i].bytes);
		assert_true(m.messages == good[i].messages);
		assert_int_equal(m.lines, good[i].lines);
		assert_int_equal(m.torn, good[i].torn);
	}
}

static void
makes_no_sense(void **state)
{
	struct maildirsize m;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(bad); i++) {
		assert_false(maildirsize_read(bad[i].file, &m));
		assert_int_equal(m.wrong, bad[i].wrong);
	}
}

/* however much of a file is there, what is whole in it counts and no more */
static void
cut_anywhere(void **state)
{
	struct maildirsize whole, part;
	struct span file;
	size_t i, n, lf;

	(void)state;
	for (i = 0; i < ROWS(good); i++) {
		lf = 0;
		for (n = 0; n < good[i].file.len; n++) {
			if (n > 0 && good[i].file.p[n - 1] == '\n')
				lf = n;
			file = (struct span){ good[i].file.p, n };
			(void)maildirsize_read(file, &part);
			/* half a definition is none, or another one */
			if (lf == 0)
				continue;
			file.len = lf;
			assert_true(maildirsize_read(file, &whole));
			assert_int_equal(part.wrong, 0);
			assert_int_equal(part.lines, whole.lines);
			assert_true(part.bytes == whole.bytes);
			assert_int_equal(part.torn, n > lf);
		}
	}
}

static const struct {
	struct recount	 count;
	struct recount_said said;
	bool		 trash;
	bool		 disagree;
} recounts[] = {
	{ { 100, 10, 0, 0, 0, 1 }, { true, 100, 10, 1000, 0 }, true, false },
	/* as Courier counts, as Dovecot does, in between */
	{ { 100, 10, 40, 4, 0, 1 }, { true, 60, 6, 100, 0 }, false, false },
	{ { 100, 10, 40, 4, 0, 1 }, { true, 100, 10, 100, 0 }, true, false },
	{ { 100, 10, 40, 4, 0, 1 }, { true, 79, 6, 100, 0 }, false, true },
	/* trash without bytes: the messages tell */
	{ { 100, 10, 0, 4, 0, 1 }, { true, 100, 6, 0, 0 }, false, false },
	{ { 100, 10, 0, 4, 0, 1 }, { true, 100, 10, 0, 0 }, true, false },
	/* five of a hundred are no matter, six are */
	{ { 95, 10, 0, 0, 0, 1 }, { true, 90, 10, 100, 0 }, true, false },
	{ { 96, 10, 0, 0, 0, 1 }, { true, 90, 10, 100, 0 }, true, true },
	/* without a limit they are of the larger sum */
	{ { 96, 10, 0, 0, 0, 1 }, { true, 100, 10, 0, 0 }, true, false },
	{ { 94, 10, 0, 0, 0, 1 }, { true, 100, 10, 0, 0 }, true, true },
	{ { 100, 10, 0, 0, 0, 1 }, { true, 100, 20, 0, 100 }, true, true },
	{ { 0, 0, 0, 0, 0, 1 }, { true, 0, 0, 0, 0 }, true, false },
	{ { INT64_MAX, 9, 0, 0, 0, 1 }, { true, 1, 9, 1, 0 }, true, true },
	{ { 100, 10, 40, 4, 0, 1 }, { false, 0, 0, 0, 0 }, true, false }
};

static void
agrees_or_not(void **state)
{
	struct recount_said said;
	struct sheet sheet;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(recounts); i++) {
		said = recounts[i].said;
		said.tolerance = 5;
		assert_int_equal(recount_with_trash(&recounts[i].count,
		    &said), recounts[i].trash);
		memset(&sheet, 0, sizeof(sheet));
		recount_judge(&sheet, &recounts[i].count, &said, "/m");
		assert_int_equal(sheet.nfindings, recounts[i].disagree);
		if (recounts[i].disagree)
			assert_int_equal(sheet.findings[0].cause,
			    CAUSE_QUOTA_DISAGREE);
		sheet_free(&sheet);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_it_says),
		cmocka_unit_test(makes_no_sense),
		cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(agrees_or_not)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
