/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sasl - PLAIN's message, and which mechanism is the strongest */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dialog/sasl.h"

struct plain {
	const char	*user;
	const char	*password;
	const char	*message;
	size_t		 len;
};

static const struct plain plains[] = {
	{ "bob", "secret", "\0bob\0secret", 11 },
	{ "b\xc3\xb6rn", " p w ", "\0b\xc3\xb6rn\0 p w ", 12 },
	{ "", "", "\0\0", 2 }
};

struct row {
	const char	*mechanism;
	int		 strength;
	bool		 builtin;
};

static const struct row rows[] = {
	{ "SCRAM-SHA-256", 6, false },
	{ "scram-sha-256", 6, false },
	{ "SCRAM-SHA-1", 5, false },
	{ "DIGEST-MD5", 4, false },
	{ "CRAM-MD5", 3, false },
	{ "PLAIN", 2, true },
	{ "plain", 2, true },
	{ "LOGIN", 1, true },
	{ "EXTERNAL", 0, true },
	{ "SCRAM-SHA-256-PLUS", 0, false },
	{ "SCRAM-SHA-512", 0, false },
	{ "XOAUTH2", 0, false },
	{ "OAUTHBEARER", 0, false },
	{ "GSSAPI", 0, false },
	{ "PLAI", 0, false },
	{ "PLAINER", 0, false },
	{ "", 0, false }
};

static void
plain_is_nul_user_nul_password(void **state)
{
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(plains) / sizeof(plains[0]); i++) {
		struct buf	out;

		buf_init(&out, 100);
		sasl_plain(&out, span_of(plains[i].user),
		    span_of(plains[i].password));
		assert_int_equal(buf_span(&out).len, plains[i].len);
		assert_memory_equal(buf_span(&out).p, plains[i].message,
		    plains[i].len);
		buf_free(&out);
	}
}

static void
plain_that_does_not_fit_is_flagged(void **state)
{
	struct buf	out;

	(void)state;
	buf_init(&out, 8);
	sasl_plain(&out, span_of("bob"), span_of("secret"));
	assert_true(out.overflow);
	buf_free(&out);
}

static void
mechanisms_are_ranked(void **state)
{
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct span	name = span_of(rows[i].mechanism);

		assert_int_equal(sasl_strength(name), rows[i].strength);
		assert_int_equal(sasl_is_builtin(name), rows[i].builtin);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_is_nul_user_nul_password),
		cmocka_unit_test(plain_that_does_not_fit_is_flagged),
		cmocka_unit_test(mechanisms_are_ranked)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
