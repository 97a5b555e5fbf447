/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_bulk - what three tries with large and small packets say
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "judge/bulk.h"

/* tries as they come from real networks */
#define PASSED_FULL	{ .end = BULK_PASSED, .sent = 3645, .received = 44598, \
	.full = 1448, .counted = true, .mss = 1448 }
#define PASSED_SMALL	{ .end = BULK_PASSED, .sent = 3645, .received = 44598, \
	.full = 524, .counted = true, .mss = 524 }
#define LOST_TO		{ .end = BULK_STALLED, .sent = 3645, .full = 1448, \
	.counted = true, .unacked = 3645, .retransmits = 3 }
#define LOST_FROM	{ .end = BULK_STALLED, .sent = 3645, .received = 9, \
	.full = 1448, .counted = true }
#define UNCOUNTED	{ .end = BULK_STALLED, .sent = 3645, .received = 9, \
	.full = 1460 }

static const struct {
	const char		*name;
	struct bulk_facts	 f;
	enum cause		 cause;
	const char		*words;
} rows[] = {
	{ "all is well", { 4, { PASSED_FULL } }, CAUSE_NONE, NULL },
	{ "nothing is known", { 4, { { .end = BULK_UNTRIED } } }, CAUSE_NONE,
	    NULL },
	{ "lost on the way to the server",
	    { 4, { LOST_TO, PASSED_SMALL, LOST_TO } }, CAUSE_CONNECT_MTU,
	    "full-sized packets vanish on the way to mail.example.org:143 while "
	    "small ones pass: ICMP fragmentation-needed does not get through "
	    "(3645 of 3645 bytes were never confirmed)" },
	{ "lost on the way from the server, IPv6",
	    { 6, { LOST_FROM, PASSED_SMALL, LOST_FROM } }, CAUSE_CONNECT_MTU,
	    "full-sized packets vanish on the way from mail.example.org:143 "
	    "while small ones pass: ICMP packet-too-big does not get through "
	    "(9 of at least 44598 bytes came)" },
	{ "lost, and the system counts nothing",
	    { 4, { UNCOUNTED, PASSED_SMALL, UNCOUNTED } }, CAUSE_CONNECT_MTU,
	    "full-sized packets vanish on the way to or from "
	    "mail.example.org:143 while small ones pass: ICMP "
	    "fragmentation-needed does not get through (9 of at least 44598 "
	    "bytes came)" },
	{ "small ones are lost, too",
	    { 4, { LOST_TO, LOST_TO } }, CAUSE_NONE, NULL },
	{ "the server was slow once",
	    { 4, { LOST_FROM, PASSED_SMALL, PASSED_FULL } }, CAUSE_NONE,
	    NULL },
	{ "a loss that was over a moment later",
	    { 4, { LOST_TO, PASSED_SMALL, PASSED_FULL } }, CAUSE_NONE, NULL },
	{ "this host has learnt how narrow the way is",
	    { 4, { LOST_FROM, PASSED_SMALL, { .end = BULK_PASSED,
	    .sent = 3645, .received = 44598, .full = 1228, .counted = true } } },
	    CAUSE_CONNECT_MTU, NULL },
	{ "it has learnt it, and that did not help",
	    { 4, { LOST_FROM, PASSED_SMALL, { .end = BULK_CUT, .sent = 3645,
	    .full = 1228, .counted = true } } }, CAUSE_NONE, NULL },
	{ "who has learnt it gets to the server, too",
	    { 4, { LOST_TO, PASSED_SMALL, { .end = BULK_PASSED, .sent = 3645,
	    .received = 44598, .full = 1228, .counted = true } } },
	    CAUSE_NONE, NULL },
	{ "the third try could not be made",
	    { 4, { LOST_FROM, PASSED_SMALL, { .end = BULK_UNCONNECTED } } },
	    CAUSE_NONE, NULL },
	{ "all came but the end of it",
	    { 4, { { .end = BULK_STALLED, .sent = 3645, .received = 44598,
	    .full = 1448, .counted = true }, PASSED_SMALL, LOST_FROM } },
	    CAUSE_NONE, NULL },
	{ "an answer and a reset: small ones pass",
	    { 4, { LOST_TO, { .end = BULK_CUT, .sent = 3645, .received = 40,
	    .full = 524, .counted = true }, LOST_TO } }, CAUSE_CONNECT_MTU,
	    NULL },
	{ "a reset without an answer says nothing",
	    { 4, { LOST_TO, { .end = BULK_CUT, .sent = 3645, .full = 524,
	    .counted = true }, LOST_TO } }, CAUSE_NONE, NULL },
	{ "a reset of the full-sized is an answer",
	    { 4, { { .end = BULK_CUT, .sent = 3645, .full = 1448 } } },
	    CAUSE_NONE, NULL },
	{ "unconfirmed and never sent again: it was just sent",
	    { 4, { { .end = BULK_STALLED, .sent = 3645, .full = 1448,
	    .counted = true, .unacked = 10, .received = 44598 },
	    PASSED_SMALL, LOST_TO } }, CAUSE_NONE, NULL },
	{ "no end came", { 4, { { .end = BULK_LONG, .received = 900000 } } },
	    CAUSE_NONE, NULL },
	{ "no greeting", { 4, { { .end = BULK_EARLY } } }, CAUSE_NONE, NULL }
};

static void
test_rows(void **state)
{
	struct buf words;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (bulk_cause(&rows[i].f) != rows[i].cause)
			fail_msg("%s", rows[i].name);
		if (rows[i].words == NULL)
			continue;
		buf_init(&words, 1024);
		bulk_words(&rows[i].f, "mail.example.org:143", &words);
		assert_string_equal(buf_cstr(&words), rows[i].words);
		buf_free(&words);
	}
}

/* one connection is enough where all is well */
static void
test_goes_on(void **state)
{
	struct bulk_facts f = { 4, { LOST_TO, PASSED_SMALL } };
	int end;

	(void)state;
	assert_true(bulk_goes_on(&f, BULK_FULL));
	assert_true(bulk_goes_on(&f, BULK_SMALL));
	assert_true(bulk_goes_on(&f, BULK_AGAIN));
	assert_false(bulk_goes_on(&f, BULK_TRIALS));
	for (end = BULK_UNTRIED; end <= BULK_PASSED; end++) {
		f.tries[BULK_FULL].end = (enum bulk_end)end;
		assert_int_equal(bulk_goes_on(&f, BULK_SMALL),
		    end == BULK_STALLED);
		f.tries[BULK_SMALL].received = 0;
		f.tries[BULK_SMALL].end = (enum bulk_end)end;
		assert_int_equal(bulk_goes_on(&f, BULK_AGAIN),
		    end == BULK_PASSED);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_goes_on)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
