/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_slips - how far words are from one another */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/slips.h"

static const struct {
	const char	*a, *b;
	size_t		 far;
} rows[] = {
	{ "", "", 0 }, { "a", "", 1 }, { "", "abc", 3 },
	{ "sent", "sent", 0 }, { "sent", "spent", 1 }, { "sent", "set", 1 },
	{ "sent", "sunt", 1 }, { "sent", "snet", 2 },
	{ "kitten", "sitting", 3 }, { "ab", "cd", 2 }
};

static void
test_rows(void **state)
{
	char longest[SLIPS_WORD_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(slips(span_of(rows[i].a),
		    span_of(rows[i].b)), rows[i].far);
		assert_int_equal(slips(span_of(rows[i].b),
		    span_of(rows[i].a)), rows[i].far);
	}
	memset(longest, 'x', sizeof(longest));
	assert_int_equal(slips((struct span){ longest, sizeof(longest) },
	    span_of("y")), SLIPS_WORD_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
