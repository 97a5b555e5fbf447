/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_spread - several addresses of one host, and references, judged over
 * the run
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "judge/spread.h"
#include "judge/uplink.h"
#include "report/verdict.h"

enum {
	ROWS = 5
};

/* an address and what became of it: CAUSE_NONE connected */
struct place {
	const char	*address;
	enum cause	 cause;
};

struct row {
	struct place	 places[ROWS];
	enum cause	 cause;		/* of the verdict */
	const char	*sentence;	/* of the run's own finding, NULL none */
};

static const struct row rows[] = {
	{ { { "192.0.2.7", CAUSE_NONE } }, CAUSE_NONE, NULL },
	{ { { "192.0.2.7", CAUSE_NONE }, { "2001:db8::7", CAUSE_NONE } },
	    CAUSE_NONE, NULL },
	{ { { "192.0.2.7", CAUSE_NONE },
	    { "2001:db8::7", CAUSE_CONNECT_FILTERED },
	    { "2001:db8::8", CAUSE_CONNECT_REFUSED } },
	    CAUSE_CONNECT_IPV6_DOWN,
	    "mail.example.org:993 answers at 192.0.2.7 but at none of its "
	    "IPv6 addresses: 2001:db8::7 and 2001:db8::8" },
	{ { { "192.0.2.7", CAUSE_NONE }, { "2001:db8::7", CAUSE_NONE },
	    { "2001:db8::8", CAUSE_CONNECT_UNREACHABLE } },
	    CAUSE_CONNECT_ADDRESS_DOWN,
	    "mail.example.org:993 answers at 192.0.2.7 and 2001:db8::7 but "
	    "not at 2001:db8::8" },
	{ { { "2001:db8::7", CAUSE_NONE },
	    { "192.0.2.7", CAUSE_CONNECT_REJECTED } },
	    CAUSE_CONNECT_ADDRESS_DOWN,
	    "mail.example.org:993 answers at 2001:db8::7 but not at "
	    "192.0.2.7" },
	/* all are down: nothing to compare with */
	{ { { "192.0.2.7", CAUSE_CONNECT_FILTERED },
	    { "2001:db8::7", CAUSE_CONNECT_FILTERED } },
	    CAUSE_CONNECT_FILTERED, NULL },
	/* what this host does not let out is no fault of the address */
	{ { { "192.0.2.7", CAUSE_NONE },
	    { "192.0.2.8", CAUSE_CONNECT_LOCAL_POLICY } },
	    CAUSE_CONNECT_LOCAL_POLICY, NULL },
	/* what one address has besides is said all the same, and is worse */
	{ { { "192.0.2.7", CAUSE_NONE }, { "192.0.2.8", CAUSE_CERT_EXPIRED },
	    { "192.0.2.9", CAUSE_CONNECT_REFUSED } },
	    CAUSE_CERT_EXPIRED,
	    "mail.example.org:993 answers at 192.0.2.7 and 192.0.2.8 but not "
	    "at 192.0.2.9" }
};

static void
place(struct run *run, const char *host, const struct place *p)
{
	struct target t = { .port = 993 };
	bool up = p->cause == CAUSE_NONE || p->cause == CAUSE_CERT_EXPIRED;
	struct result *r;

	snprintf(t.host, sizeof(t.host), "%s", host);
	if (p->address != NULL)
		assert_true(address_parse(span_of(p->address), &t.fixed));
	r = run_new_result(run, &t);
	assert_non_null(r);
	r->stages[STAGE_CONNECT].progress = up ? PROGRESS_OK :
	    PROGRESS_FAILED;
	if (p->cause != CAUSE_NONE)
		sheet_find(&r->sheet, p->cause, STAGE_CONNECT, NULL, "bad");
}

static void
spread(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct run run = { .plugin = "check_x", .version = "0" };

		for (k = 0; k < ROWS && rows[i].places[k].address; k++)
			place(&run, "mail.example.org", &rows[i].places[k]);
		spread_judge(&run);
		assert_int_equal(run.sheet.nfindings,
		    rows[i].sentence != NULL);
		if (rows[i].sentence != NULL)
			assert_string_equal(run.sheet.findings[0].sentence,
			    rows[i].sentence);
		verdict_reach(&run, 1u << STAGE_CONNECT);
		assert_int_equal(run.cause, rows[i].cause);
		run_free(&run);
	}
}

/* the silent address is not OK by itself, and two hosts are not mixed up */
static void
two_hosts(void **state)
{
	const struct place up = { "192.0.2.7", CAUSE_NONE };
	const struct place down = { "192.0.2.8", CAUSE_CONNECT_REFUSED };
	struct run run = { .plugin = "check_x", .version = "0" };

	(void)state;
	place(&run, "a.example.org", &up);
	place(&run, "b.example.org", &down);
	spread_judge(&run);
	assert_int_equal(run.sheet.nfindings, 0);
	place(&run, "a.example.org", &down);
	spread_judge(&run);
	assert_int_equal(run.sheet.nfindings, 1);
	verdict_reach(&run, 1u << STAGE_CONNECT);
	assert_int_equal(run.results[1].state, STATE_CRITICAL);
	assert_int_equal(run.results[2].state, STATE_WARNING);
	assert_int_equal(run.results[2].cause, CAUSE_CONNECT_ADDRESS_DOWN);
	assert_int_equal(run.results[2].sheet.findings[0].consequence_of,
	    CAUSE_CONNECT_ADDRESS_DOWN);
	run_free(&run);
}

static void
choice(void **state)
{
	static const char *const texts[] = { "192.0.2.7", "2001:db8::7",
	    "192.0.2.8", "192.0.2.8", "2001:db8::8" };
	static const struct {
		struct spread_host host;
		size_t n;
	} hosts[] = {
		{ { false, false, 0 }, 3 },
		{ { false, true, 0 }, 1 },
		{ { true, false, 0 }, 3 },	/* IPv4 has just worked */
		{ { false, false, 6 }, 2 },
		{ { false, false, 4 }, 1 }
	};
	struct address list[5], winner;
	size_t i, k;

	(void)state;
	assert_true(address_parse(span_of(texts[0]), &winner));
	for (i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		for (k = 0; k < 5; k++)
			address_parse(span_of(texts[k]), &list[k]);
		assert_int_equal(spread_choose(list, 5, &winner,
		    &hosts[i].host), hosts[i].n);
	}
}

/* what was found, what two references came to, the verdict, and what is said of the uplink */
static const struct {
	enum cause	 found;
	struct place	 references[2];
	enum cause	 verdict;
	bool		 clear;
} uplinks[] = {
	{ CAUSE_CONNECT_FILTERED, { { NULL, CAUSE_NONE },
	    { NULL, CAUSE_CONNECT_FILTERED } }, CAUSE_CONNECT_FILTERED, true },
	{ CAUSE_CONNECT_FILTERED, { { NULL, CAUSE_CONNECT_FILTERED },
	    { NULL, CAUSE_CONNECT_REFUSED } }, CAUSE_CONNECT_FILTERED, true },
	{ CAUSE_CONNECT_FILTERED, { { NULL, CAUSE_CONNECT_FILTERED },
	    { NULL, CAUSE_CONNECT_NO_NETWORK } }, CAUSE_CONNECT_NO_NETWORK,
	    false },
	{ CAUSE_DNS_NO_ANSWER, { { NULL, CAUSE_DNS_NO_ANSWER },
	    { NULL, CAUSE_CONNECT_UNREACHABLE } }, CAUSE_CONNECT_NO_NETWORK,
	    false },
	{ CAUSE_DNS_NO_ANSWER, { { NULL, CAUSE_NONE },
	    { NULL, CAUSE_NONE } }, CAUSE_DNS_NO_ANSWER, true },
	/* the server's own word, and references that prove nothing */
	{ CAUSE_CONNECT_REFUSED, { { NULL, CAUSE_CONNECT_FILTERED },
	    { NULL, CAUSE_CONNECT_FILTERED } }, CAUSE_CONNECT_REFUSED, false },
	{ CAUSE_CONNECT_FILTERED, { { NULL, CAUSE_INTERNAL_ERROR },
	    { NULL, CAUSE_INTERNAL_UNFINISHED } }, CAUSE_CONNECT_FILTERED,
	    false }
};

static void
uplink(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(uplinks) / sizeof(uplinks[0]); i++) {
		struct run run = { .plugin = "check_x", .version = "0" };
		struct run references = { .plugin = "check_x" };
		const struct place found = { NULL, uplinks[i].found };
		const char *detail;

		place(&run, "mail.example.org", &found);
		place(&references, "one.test", &uplinks[i].references[0]);
		place(&references, "two.test", &uplinks[i].references[1]);
		uplink_judge(&run, &references);
		detail = run.results[0].sheet.findings[0].detail;
		assert_int_equal(detail != NULL && strstr(detail,
		    "the uplink of this host is clear") != NULL,
		    uplinks[i].clear);
		verdict_reach(&run, 1u << STAGE_CONNECT);
		assert_int_equal(run.cause, uplinks[i].verdict);
		run_free(&run);
		run_free(&references);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spread),
		cmocka_unit_test(two_hosts),
		cmocka_unit_test(choice),
		cmocka_unit_test(uplink)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
