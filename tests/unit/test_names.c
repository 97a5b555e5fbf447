/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_names - why a host name gives no address
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "judge/names.h"

static const struct {
	enum dns_outcome outcome;
	int		 family;
	const char	*detail;
	enum cause	 cause;
	const char	*sentence;
} judged[] = {
	{ DNS_NXDOMAIN, 0, "10.0.0.1 answers NXDOMAIN",
	    CAUSE_DNS_NXDOMAIN,
	    "mail.example does not exist (10.0.0.1 answers NXDOMAIN)" },
	{ DNS_NXDOMAIN, 0, "", CAUSE_DNS_NXDOMAIN,
	    "mail.example does not exist" },
	{ DNS_NO_ADDRESS, 0, "", CAUSE_DNS_NO_ADDRESS,
	    "mail.example exists, but has no address" },
	{ DNS_NO_ADDRESS, 4, "", CAUSE_DNS_NO_ADDRESS,
	    "mail.example exists, but has no IPv4 address" },
	{ DNS_NO_ADDRESS, 6, "", CAUSE_DNS_NO_ADDRESS,
	    "mail.example exists, but has no IPv6 address" },
	{ DNS_SERVER_FAILURE, 0, "10.0.0.1 answers SERVFAIL",
	    CAUSE_DNS_SERVER_FAILURE,
	    "mail.example cannot be resolved: the name server fails "
	    "(10.0.0.1 answers SERVFAIL)" },
	{ DNS_NO_ANSWER, 0, "10.0.0.1 is silent", CAUSE_DNS_NO_ANSWER,
	    "mail.example cannot be resolved: no name server answers "
	    "(10.0.0.1 is silent)" },
	{ DNS_OURS, 0, "", CAUSE_INTERNAL_ERROR,
	    "mail.example cannot be resolved: this check ran out of "
	    "memory, threads or descriptors" }
};

static void
test_judge(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(judged) / sizeof(judged[0]); i++) {
		struct resolved r = { .outcome = judged[i].outcome };
		struct sheet sh = { 0 };

		memcpy(r.detail, judged[i].detail,
		    strlen(judged[i].detail) + 1);
		names_judge(&sh, &r, "mail.example", judged[i].family, false);
		assert_int_equal(sh.nfindings, 1);
		assert_int_equal(sh.findings[0].cause, judged[i].cause);
		assert_int_equal(sh.findings[0].stage, STAGE_DNS);
		assert_string_equal(sh.findings[0].sentence,
		    judged[i].sentence);
		assert_false(sh.findings[0].by_deadline);
		sheet_free(&sh);
	}
}

static void
test_found(void **state)
{
	struct resolved r = { .outcome = DNS_FOUND, .n = 1 };
	struct sheet sh = { 0 };

	(void)state;
	names_judge(&sh, &r, "mail.example", 0, true);
	assert_int_equal(sh.nfindings, 0);
	sheet_free(&sh);
}

/* only silence is the deadline's doing: an answer was one */
static void
test_deadline(void **state)
{
	struct resolved r = { .outcome = DNS_NO_ANSWER };
	struct sheet sh = { 0 };

	(void)state;
	names_judge(&sh, &r, "mail.example", 0, true);
	r.outcome = DNS_SERVER_FAILURE;
	names_judge(&sh, &r, "mail.example", 0, true);
	assert_int_equal(sh.nfindings, 2);
	assert_true(sh.findings[0].by_deadline);
	assert_false(sh.findings[1].by_deadline);
	sheet_free(&sh);
}

static void
test_note(void **state)
{
	static const struct {
		size_t		 n;
		const char	*text;
	} rows[] = {
		{ 1, "m is 192.0.2.0" },
		{ 2, "m is 192.0.2.0 and 192.0.2.1" },
		{ 3, "m is 192.0.2.0, 192.0.2.1 and 192.0.2.2" },
		{ 6, "m is 192.0.2.0, 192.0.2.1, 192.0.2.2, 192.0.2.3, "
		    "192.0.2.4 and 192.0.2.5" },
		{ 8, "m is 192.0.2.0, 192.0.2.1, 192.0.2.2, 192.0.2.3, "
		    "192.0.2.4, 192.0.2.5 and 2 more" }
	};
	struct resolved r = { .outcome = DNS_FOUND };
	struct buf text;
	size_t i;

	(void)state;
	for (i = 0; i < ADDRESSES_MAX; i++)
		r.list[i] = (struct address){ .family = 4,
		    .ip = { 192, 0, 2, (uint8_t)i } };
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_init(&text, 512);
		r.n = rows[i].n;
		names_note(&text, &r, "m");
		assert_string_equal(buf_cstr(&text), rows[i].text);
		buf_free(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_judge),
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_deadline),
		cmocka_unit_test(test_note)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
