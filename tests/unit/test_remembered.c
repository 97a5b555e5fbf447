/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remembered - what is kept of a mailbox, and what becomes of it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "judge/remembered.h"

#define ROWS(rows) (sizeof(rows) / sizeof((rows)[0]))
#define HEAD "monitoring-plugins-mail mailbox 1\n"

static void
what_is_written_is_read(void **state)
{
	static const struct remembered boxes[] = {
		{ 0, 0 }, { 1, 0 }, { 4294967295u, 7 },
		{ UINT64_MAX, UINT64_MAX }
	};
	struct remembered back;
	struct span text;
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(boxes); i++) {
		buf_init(&out, REMEMBERED_MAX);
		remembered_write(&out, &boxes[i]);
		assert_false(out.overflow);
		text = buf_span(&out);
		assert_true(remembered_parse(text, &back));
		assert_true(back.uidvalidity == boxes[i].uidvalidity);
		assert_true(back.messages == boxes[i].messages);
		/* and no part of it is */
		while (text.len-- > 0)
			assert_false(remembered_parse(text, &back));
		buf_free(&out);
	}
}

static void
what_is_broken_is_not(void **state)
{
	static const char *const broken[] = {
		"", "\n", HEAD, "monitoring-plugins-mail mailbox 2\n"
		"uidvalidity 1\nmessages 1\n",
		HEAD "uidvalidity 1\nmessages 1\n\n",
		HEAD "uidvalidity -1\nmessages 1\n",
		HEAD "uidvalidity 1\nmessages 1x\n",
		HEAD "uidvalidity \nmessages 1\n",
		HEAD "uidvalidity 99999999999999999999\nmessages 1\n",
		HEAD "messages 1\nuidvalidity 1\n",
		HEAD "uidvalidity 1\r\nmessages 1\r\n"
	};
	struct remembered box;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(broken); i++)
		assert_false(remembered_parse(span_of(broken[i]), &box));
}

static const struct {
	struct remembered before, now;
	enum cause	 cause;
	const char	*sentence;
} fates[] = {
	{ { 1, 5 }, { 1, 5 }, CAUSE_NONE, NULL },
	{ { 1, 5 }, { 1, 6 }, CAUSE_NONE, NULL },
	{ { 1, 5 }, { 1, 3 }, CAUSE_MAILBOX_DEGRADED,
	    "h:1 shows fewer messages in INBOX than the last time: 3, and it was 5" },
	{ { 1, 1 }, { 1, 0 }, CAUSE_MAILBOX_DEGRADED, "0, and it was 1" },
	{ { 1, 5 }, { 2, 5 }, CAUSE_MAILBOX_RESET,
	    "its UIDVALIDITY is 2 and was 1" },
	{ { 2, 5 }, { 1, 1 }, CAUSE_MAILBOX_RESET,
	    "is 1 and was 2; it holds 1 message, and held 5" },
	{ { 0, 5 }, { 2, 5 }, CAUSE_NONE, NULL },
	{ { 2, 5 }, { 0, 5 }, CAUSE_NONE, NULL },
	{ { 2, 5 }, { 0, 4 }, CAUSE_MAILBOX_DEGRADED, "4, and it was 5" }
};

static void
what_has_become_of_it(void **state)
{
	struct sheet sheet;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(fates); i++) {
		memset(&sheet, 0, sizeof(sheet));
		remembered_judge(&sheet, &fates[i].before, &fates[i].now,
		    "h:1", "INBOX");
		assert_int_equal(sheet.nfindings,
		    fates[i].cause != CAUSE_NONE);
		if (sheet.nfindings > 0) {
			assert_int_equal(sheet.findings[0].cause,
			    fates[i].cause);
			assert_int_equal(sheet.findings[0].stage,
			    STAGE_MAILBOX);
			assert_non_null(strstr(sheet.findings[0].sentence,
			    fates[i].sentence));
		}
		assert_false(sheet.nomem);
		sheet_free(&sheet);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(what_is_broken_is_not),
		cmocka_unit_test(what_has_become_of_it)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
