/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_port_policy - what is expected of ports: words, ports, and what does not
 * go together
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "judge/port_policy.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))
#define EXAMPLE	"open:993,open:587,closed:110,closed:143,filtered:25"

static struct port_policy policy;	/* of the row under test */

static uint16_t
by_name(struct span name)
{
	return span_is(name, "imap") ? 143 : span_is(name, "imaps") ? 993 :
	    span_is(name, "smtp") ? 25 : 0;
}

/* add - `why` is empty exactly when it is taken */
static bool
add(const char *text, struct buf *why)
{
	bool ok;

	buf_init(why, 512);
	ok = port_policy_parse(&policy, span_of(text), by_name, why);
	assert_true(ok == (why->len == 0));
	assert_false(why->overflow);
	return ok;
}

static bool
parse(const char *text, struct buf *why)
{
	memset(&policy, 0, sizeof(policy));
	return add(text, why);
}

static const struct {
	const char	*text;
	const char	*written;
	unsigned	 n;
} good[] = {
	{ EXAMPLE, "filtered:25,closed:110,closed:143,open:587,"
	    "open:993", 5 },
	{ "closed:1-1024", "closed:1-1024", 1024 },
	{ "closed:1-24,filtered:25,closed:26-30",
	    "closed:1-24,filtered:25,closed:26-30", 30 },
	{ "OPEN:imaps", "open:993", 1 },
	{ " open : 993 , closed:25 - 26 ", "closed:25-26,open:993", 3 },
	{ "open:all", "open:25,open:110,open:143,open:465,open:587,"
	    "open:993,open:995,open:4190", 8 },
	{ "refused:1,rejected:2,filtered:3,unreachable:4,reset:5",
	    "refused:1,rejected:2,filtered:3,unreachable:4,reset:5",
	    5 },
	/* the narrower of two, in either order */
	{ "closed:25,filtered:25", "filtered:25", 1 },
	{ "filtered:25,closed:25", "filtered:25", 1 },
	{ "closed:1-3,refused:2", "closed:1,refused:2,closed:3", 3 },
	{ "open:993,open:993", "open:993", 1 },
	{ "closed:65535", "closed:65535", 1 }
};

static void
policies(void **state)
{
	struct buf text;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(good); i++) {
		if (!parse(good[i].text, &text))
			fail_msg("%s: %s", good[i].text, buf_cstr(&text));
		port_policy_write(&text, &policy, 0);
		assert_string_equal(buf_cstr(&text), good[i].written);
		assert_int_equal(policy.n, good[i].n);
		buf_free(&text);
	}
}

static const struct {
	const char	*text;
	const char	*said;
} bad[] = {
	{ "", "; an item is empty" },
	{ "open:993,", "; an item is empty" },
	{ "993", "; '993' is none of these" },
	{ "open:993,587", "; '587' is none of these" },
	{ "open", "; 'open' is none of these" },
	{ "open:", "; 'open:' is none of these" },
	{ ":993", "; ':993' is none of these" },
	{ ":", "; ':' is none of these" },
	{ "untried:993", "; 'untried:993' is none of these" },
	{ "shut:993", "; 'shut:993' is none of these" },
	{ "open:0", "; 'open:0' is none of these" },
	{ "open:65536", "; 'open:65536' is none of these" },
	{ "open:foo", "; 'open:foo' is none of these" },
	{ "open:993:994", "; 'open:993:994' is none of these" },
	{ "open=993", "; 'open=993' is none of these" },
	{ "closed:9-3", "; 'closed:9-3' runs backwards" },
	{ "open:993,closed:993", "port 993 cannot be both open and "
	    "closed" },
	{ "closed:1-1024,open:imaps", "port 993 cannot be both closed "
	    "and open" },
	{ "filtered:25,refused:25", "port 25 cannot be both filtered "
	    "and refused" },
	{ "closed:25,filtered:25,reset:25", "port 25 cannot be both "
	    "filtered and reset" },
	{ "reset:7,open:7", "port 7 cannot be both reset and open" }
};

static void
no_policies(void **state)
{
	struct buf why;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(bad); i++) {
		if (parse(bad[i].text, &why))
			fail_msg("'%s' is taken", bad[i].text);
		if (strstr(buf_cstr(&why), bad[i].said) == NULL)
			fail_msg("'%s' lacks '%s'", buf_cstr(&why),
			    bad[i].said);
		buf_free(&why);
	}
}

/* the words name what a policy can say; whoever adds a verdict adds its word */
static void
says_every_word(void **state)
{
	struct buf why;
	unsigned v;

	(void)state;
	assert_false(parse("x", &why));
	for (v = PORT_UNTRIED + 1; v < PORT_VERDICTS; v++)
		assert_non_null(strstr(buf_cstr(&why),
		    port_verdict_name((enum port_verdict)v)));
	buf_free(&why);
}

static void
uses_add(void **state)
{
	struct buf why;

	(void)state;
	assert_true(parse("open:993", &why));
	assert_true(add("closed:25", &why));
	assert_int_equal(policy.n, 2);
	assert_false(add("open:25", &why));
	assert_non_null(strstr(buf_cstr(&why), "port 25 cannot be both closed "
	    "and open"));
	buf_free(&why);
}

static void
verdicts_that_fit(void **state)
{
	static const struct {
		uint16_t	port;
		const char	*word;
		bool		fits[PORT_VERDICTS];
	} rows[] = {
		{ 993, "open", { [PORT_OPEN] = true } },
		{ 110, "closed", { [PORT_REFUSED] = true,
		    [PORT_REJECTED] = true, [PORT_FILTERED] = true,
		    [PORT_UNREACHABLE] = true, [PORT_RESET] = true } },
		{ 25, "filtered", { [PORT_FILTERED] = true } },
		{ 26, NULL, { true, true, true, true, true, true, true } }
	};
	struct buf why;
	unsigned v;
	size_t i;

	(void)state;
	assert_true(parse(EXAMPLE, &why));
	for (i = 0; i < ROWS(rows); i++) {
		const char *word = port_policy_word(&policy, rows[i].port);

		if (rows[i].word == NULL)
			assert_null(word);
		else
			assert_string_equal(word, rows[i].word);
		for (v = 0; v < PORT_VERDICTS; v++)
			assert_true(port_policy_fits(&policy, rows[i].port,
			    (enum port_verdict)v) == rows[i].fits[v]);
	}
}

static void
in_rising_order(void **state)
{
	static const uint16_t want[] = { 25, 110, 143, 587, 993 };
	struct buf why;
	uint16_t port;
	size_t i = 0;

	(void)state;
	assert_true(parse(EXAMPLE, &why));
	for (port = port_policy_next(&policy, 1); port != 0;
	    port = port_policy_next(&policy, port + 1U))
		assert_int_equal(port, want[i++]);
	assert_int_equal(i, ROWS(want));
	port_policy_write(&why, &policy, 2);
	assert_string_equal(buf_cstr(&why), "filtered:25,closed:110 and 3 "
	    "more");
	buf_free(&why);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(policies),
		cmocka_unit_test(no_policies),
		cmocka_unit_test(says_every_word),
		cmocka_unit_test(uses_add),
		cmocka_unit_test(verdicts_that_fit),
		cmocka_unit_test(in_rising_order)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
