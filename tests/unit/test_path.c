/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_path - who stopped a connection, by errno, events and error queue
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <cmocka.h>

#include "judge/path.h"

#define SERVER4		{ .family = 4, .ip = { 192, 0, 2, 7 } }
#define SERVER6		{ .family = 6, .ip = { 0x20, 0x01, 0x0d, 0xb8, \
    [15] = 7 } }
#define ROUTER4		{ .family = 4, .ip = { 10, 99, 2, 2 } }
#define ROUTER6		{ .family = 6, .ip = { 0xfd, [15] = 2 } }
#define RESET		(POLLOUT | POLLERR | POLLHUP)
#define WHOM		"mail.example.org:993"

struct row {
	struct attempt	 a;
	enum cause	 cause;
	const char	*sentence;
};

static const struct row rows[] = {
	/* answers without ICMP */
	{ { .address = SERVER4, .ended = 1, .error = ECONNREFUSED,
	    .revents = RESET }, CAUSE_CONNECT_REFUSED,
	    WHOM " refuses the connection: nothing listens on port 993 of "
	    "192.0.2.7, or a filter resets it" },
	{ { .address = SERVER4, .ended = 1, .error = ECONNREFUSED,
	    .local = true }, CAUSE_CONNECT_REFUSED,
	    WHOM " refuses the connection: nothing listens on port 993 of "
	    "192.0.2.7, or a filter resets it" },
	{ { .address = SERVER4, .ended = 1, .error = ECONNRESET,
	    .revents = RESET }, CAUSE_CONNECT_RESET,
	    WHOM " opened the connection and cut it before a byte came "
	    "(192.0.2.7)" },
	{ { .address = SERVER4, .ended = 1, .error = ECONNREFUSED,
	    .revents = POLLERR }, CAUSE_CONNECT_REJECTED,
	    "a packet filter on the way rejects the connection to " WHOM
	    " (port unreachable)" },
	{ { .address = SERVER6, .ended = 1, .error = EACCES,
	    .revents = POLLERR }, CAUSE_CONNECT_REJECTED,
	    "a packet filter on the way rejects the connection to " WHOM
	    " (administratively prohibited)" },
	{ { .address = SERVER4, .ended = 1, .error = EHOSTUNREACH,
	    .revents = POLLERR, .on_link = true }, CAUSE_CONNECT_UNREACHABLE,
	    WHOM " is unreachable: 192.0.2.7 does not answer on the local "
	    "network" },
	{ { .address = SERVER4, .ended = 1, .error = EHOSTUNREACH,
	    .revents = POLLERR }, CAUSE_CONNECT_UNREACHABLE,
	    WHOM " is unreachable (192.0.2.7: host unreachable)" },
	/* ICMP from a router */
	{ { .address = SERVER4, .ended = 1, .error = EHOSTUNREACH,
	    .revents = POLLERR, .icmp = true, .icmp_type = 3, .icmp_code = 13,
	    .offender = ROUTER4 }, CAUSE_CONNECT_REJECTED,
	    "a router, 10.99.2.2, rejects the connection to " WHOM
	    " (administratively prohibited)" },
	{ { .address = SERVER4, .ended = 1, .error = ECONNREFUSED,
	    .revents = POLLERR, .icmp = true, .icmp_type = 3, .icmp_code = 3,
	    .offender = ROUTER4 }, CAUSE_CONNECT_REJECTED,
	    "a router, 10.99.2.2, rejects the connection to " WHOM
	    " (port unreachable)" },
	{ { .address = SERVER4, .ended = 1, .error = ENETUNREACH,
	    .revents = POLLERR, .icmp = true, .icmp_type = 3, .icmp_code = 9,
	    .offender = ROUTER4 }, CAUSE_CONNECT_REJECTED,
	    "a router, 10.99.2.2, rejects the connection to " WHOM
	    " (network administratively prohibited)" },
	{ { .address = SERVER4, .ended = 1, .error = EHOSTUNREACH,
	    .revents = POLLERR, .icmp = true, .icmp_type = 3, .icmp_code = 1,
	    .offender = ROUTER4 }, CAUSE_CONNECT_UNREACHABLE,
	    "a router, 10.99.2.2, says that " WHOM
	    " is unreachable (192.0.2.7: host unreachable)" },
	{ { .address = SERVER4, .ended = 1, .error = ENETUNREACH,
	    .revents = POLLERR, .icmp = true, .icmp_type = 3, .icmp_code = 0,
	    .offender = ROUTER4 }, CAUSE_CONNECT_UNREACHABLE,
	    "a router, 10.99.2.2, says that " WHOM
	    " is unreachable (192.0.2.7: network unreachable)" },
	{ { .address = SERVER4, .ended = 1, .error = EHOSTUNREACH,
	    .revents = POLLERR, .icmp = true, .icmp_type = 11,
	    .offender = ROUTER4 }, CAUSE_CONNECT_UNREACHABLE,
	    "a router, 10.99.2.2, ends the way to " WHOM ": packets for "
	    "192.0.2.7 go round in a circle, or are sent with too short a "
	    "life (time to live exceeded)" },
	{ { .address = SERVER6, .ended = 1, .error = EACCES,
	    .revents = POLLERR, .icmp = true, .icmp_type = 1, .icmp_code = 1,
	    .offender = ROUTER6 }, CAUSE_CONNECT_REJECTED,
	    "a router, fd00::2, rejects the connection to " WHOM
	    " (administratively prohibited)" },
	{ { .address = SERVER6, .ended = 1, .error = EHOSTUNREACH,
	    .revents = POLLERR, .icmp = true, .icmp_type = 1, .icmp_code = 3,
	    .offender = ROUTER6 }, CAUSE_CONNECT_UNREACHABLE,
	    "a router, fd00::2, says that " WHOM
	    " is unreachable (2001:db8::7: address unreachable)" },
	/* ICMP from the server itself, whatever it says */
	{ { .address = SERVER4, .ended = 1, .error = ECONNREFUSED,
	    .revents = POLLERR, .icmp = true, .icmp_type = 3, .icmp_code = 3,
	    .offender = SERVER4 }, CAUSE_CONNECT_REJECTED,
	    "the server itself rejects the connection to " WHOM
	    " (port unreachable)" },
	{ { .address = SERVER4, .ended = 1, .error = EHOSTUNREACH,
	    .revents = POLLERR, .icmp = true, .icmp_type = 3, .icmp_code = 1,
	    .offender = SERVER4, .offender_is_ours = true },
	    CAUSE_CONNECT_REJECTED,
	    "the server itself rejects the connection to " WHOM
	    " (host unreachable)" },
	/* ICMP from ourselves */
	{ { .address = SERVER4, .ended = 1, .error = EHOSTUNREACH,
	    .revents = POLLERR, .icmp = true, .icmp_type = 3, .icmp_code = 13,
	    .offender = ROUTER4, .offender_is_ours = true },
	    CAUSE_CONNECT_LOCAL_POLICY,
	    "this host itself forbids the connection to " WHOM
	    " (administratively prohibited)" },
	{ { .address = SERVER4, .ended = 1, .error = EHOSTUNREACH,
	    .revents = POLLERR, .icmp = true, .icmp_type = 3, .icmp_code = 1,
	    .offender = ROUTER4, .offender_is_ours = true, .on_link = true },
	    CAUSE_CONNECT_UNREACHABLE,
	    WHOM " is unreachable: 192.0.2.7 does not answer on the local "
	    "network" },
	{ { .address = SERVER4, .ended = 1, .error = EHOSTUNREACH,
	    .revents = POLLERR, .icmp = true, .icmp_type = 3, .icmp_code = 1,
	    .offender = ROUTER4, .offender_is_ours = true },
	    CAUSE_CONNECT_NO_NETWORK,
	    WHOM " cannot be reached: the gateway of this host to 192.0.2.7 "
	    "does not answer" },
	/* nothing left this host */
	{ { .address = SERVER4, .ended = 1, .error = ENETUNREACH,
	    .local = true }, CAUSE_CONNECT_NO_NETWORK,
	    WHOM " cannot be reached: this host has no route to 192.0.2.7" },
	{ { .address = SERVER4, .ended = 1, .error = EHOSTUNREACH,
	    .local = true }, CAUSE_CONNECT_NO_NETWORK,
	    WHOM " cannot be reached: this host has no route to 192.0.2.7" },
	{ { .address = SERVER6, .ended = 1, .error = EADDRNOTAVAIL,
	    .local = true }, CAUSE_CONNECT_NO_NETWORK,
	    WHOM " cannot be reached: this host has no route to "
	    "2001:db8::7" },
	{ { .address = SERVER4, .ended = 1, .error = EACCES, .local = true },
	    CAUSE_CONNECT_LOCAL_POLICY,
	    "this host itself forbids the connection to " WHOM " (a "
	    "prohibiting route, a packet filter or a security module)" },
	{ { .address = SERVER4, .ended = 1, .error = EPERM, .local = true },
	    CAUSE_CONNECT_LOCAL_POLICY,
	    "this host itself forbids the connection to " WHOM " (a packet "
	    "filter or a security module)" },
	{ { .address = SERVER4, .ended = 1, .error = EINVAL, .local = true },
	    CAUSE_CONNECT_LOCAL_POLICY,
	    "this host itself forbids the connection to " WHOM
	    " (a blackhole route)" },
	/* ours */
	{ { .address = SERVER4, .ended = 1, .error = EMFILE, .local = true },
	    CAUSE_INTERNAL_ERROR, NULL },
	{ { .address = SERVER4, .ended = 1, .error = ENOBUFS, .local = true },
	    CAUSE_INTERNAL_ERROR, NULL },
	{ { .address = SERVER4, .ended = 1, .error = ENOMEM },
	    CAUSE_INTERNAL_ERROR, NULL },
	{ { .address = SERVER4, .ended = 1, .error = EADDRNOTAVAIL,
	    .local = true }, CAUSE_INTERNAL_ERROR, NULL },
	{ { .address = SERVER4, .ended = 1, .error = EADDRNOTAVAIL,
	    .local = true, .source = true }, CAUSE_USAGE_OPTION,
	    "--source-address is no address of this host: " WHOM
	    " was not tried" },
	{ { .address = SERVER4, .ended = 1, .error = EAFNOSUPPORT,
	    .local = true, .source = true }, CAUSE_USAGE_OPTION,
	    "--source-address is of another family than 192.0.2.7: " WHOM
	    " was not tried" },
	/* silence */
	{ { .address = SERVER4, .started = 1000, .ended = 7001000,
	    .error = ETIMEDOUT, .retransmits = 3 }, CAUSE_CONNECT_FILTERED,
	    WHOM " does not answer: no word from 192.0.2.7 within 7 seconds, "
	    "though the request was sent 4 times" },
	{ { .address = SERVER4, .started = 1000 }, CAUSE_CONNECT_FILTERED,
	    WHOM " does not answer: no word from 192.0.2.7" },
	{ { .address = SERVER4, .started = 1, .ended = 2 }, CAUSE_NONE, NULL }
};

static void
test_rows(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct connected c = { .n = 1, .winner = -1 };
		struct sheet sh = { 0 };

		c.attempts[0] = rows[i].a;
		assert_int_equal(path_cause(&rows[i].a), rows[i].cause);
		path_judge(&sh, &c, 993, WHOM, false);
		assert_int_equal(sh.nfindings, rows[i].cause != CAUSE_NONE);
		if (sh.nfindings > 0)
			assert_int_equal(sh.findings[0].cause, rows[i].cause);
		if (rows[i].sentence != NULL)
			assert_string_equal(sh.findings[0].sentence,
			    rows[i].sentence);
		sheet_free(&sh);
	}
}

static const struct attempt refused4 = { .address = SERVER4, .ended = 1,
    .error = ECONNREFUSED, .revents = RESET };
static const struct attempt refused6 = { .address = SERVER6, .ended = 1,
    .error = ECONNREFUSED, .revents = RESET };
static const struct attempt unrouted6 = { .address = SERVER6, .ended = 1,
    .error = ENETUNREACH, .local = true };
static const struct attempt pending6 = { .address = SERVER6 };

static void
test_grouped(void **state)
{
	struct connected c = { .n = 3, .winner = -1 };
	struct sheet sh = { 0 };

	(void)state;
	c.attempts[0] = refused4;
	c.attempts[1] = pending6;
	c.attempts[2] = refused6;
	path_judge(&sh, &c, 993, WHOM, true);
	assert_int_equal(sh.nfindings, 2);
	assert_int_equal(sh.findings[0].cause, CAUSE_CONNECT_REFUSED);
	assert_non_null(strstr(sh.findings[0].sentence,
	    "192.0.2.7 and 2001:db8::7"));
	assert_false(sh.findings[0].by_deadline);
	assert_int_equal(sh.findings[1].cause, CAUSE_CONNECT_FILTERED);
	assert_true(sh.findings[1].by_deadline);
	sheet_free(&sh);
}

static void
test_left_out(void **state)
{
	static const struct {
		bool		 no4, no6;
		const struct attempt *a[2];
		size_t		 n;
		enum cause	 causes[2];
		size_t		 ncauses;
	} cases[] = {
		{ false, true, { &unrouted6, &refused4 }, 2,
		    { CAUSE_CONNECT_REFUSED }, 1 },
		{ false, false, { &unrouted6, &refused4 }, 2,
		    { CAUSE_CONNECT_NO_NETWORK, CAUSE_CONNECT_REFUSED }, 2 },
		{ true, true, { &unrouted6, &refused4 }, 2,
		    { CAUSE_CONNECT_NO_NETWORK, CAUSE_CONNECT_REFUSED }, 2 },
		{ false, true, { &unrouted6 }, 1,
		    { CAUSE_CONNECT_NO_NETWORK }, 1 },
		{ true, false, { &refused4, &pending6 }, 2,
		    { CAUSE_CONNECT_FILTERED }, 1 }
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct connected c = { .n = cases[i].n, .winner = -1,
		    .no_ipv4 = cases[i].no4, .no_ipv6 = cases[i].no6 };
		struct sheet sh = { 0 };

		for (j = 0; j < c.n; j++)
			c.attempts[j] = *cases[i].a[j];
		path_judge(&sh, &c, 993, WHOM, false);
		assert_int_equal(sh.nfindings, cases[i].ncauses);
		for (j = 0; j < sh.nfindings; j++)
			assert_int_equal(sh.findings[j].cause,
			    cases[i].causes[j]);
		sheet_free(&sh);
	}
}

static void
test_winner_and_none(void **state)
{
	struct connected c = { .n = 2, .winner = 1 };
	struct sheet sh = { 0 };

	(void)state;
	c.attempts[0] = refused4;
	c.attempts[1] = (struct attempt){ .address = SERVER6, .ended = 1 };
	path_judge(&sh, &c, 993, WHOM, false);
	assert_int_equal(sh.nfindings, 0);
	c = (struct connected){ .winner = -1 };
	path_judge(&sh, &c, 993, WHOM, false);
	path_judge(&sh, &c, 993, WHOM, true);
	assert_int_equal(sh.nfindings, 2);
	assert_int_equal(sh.findings[0].cause, CAUSE_INTERNAL_ERROR);
	assert_int_equal(sh.findings[1].cause, CAUSE_INTERNAL_UNFINISHED);
	assert_true(sh.findings[1].by_deadline);
	sheet_free(&sh);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_grouped),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_winner_and_none)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
