/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_login - which mechanism is chosen, and when none may be
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "dialog/login.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define SPAN(text) { text, sizeof(text) - 1 }

enum safety { CLEAR, ENCRYPTED, VERIFIED };

static const struct sasl_functions functions;

static const struct sasl_functions *
module(struct buf *why)
{
	(void)why;
	return &functions;
}

static const struct sasl_functions *
no_module(struct buf *why)
{
	buf_str(why, "install the module");
	return NULL;
}

static const char *const plain_only[] = { "PLAIN" };
static const char *const login_only[] = { "LOGIN" };
static const char *const cram_then_plain[] = { "CRAM-MD5", "PLAIN" };
static const char *const external_only[] = { "EXTERNAL" };

static const struct login plainly = { .user = SPAN("bob"),
	.password = SPAN("x"), .sasl = module };
static const struct login strongest = { .user = SPAN("bob"),
	.password = SPAN("x"), .sasl = module, .strongest = true };
static const struct login without_module = { .user = SPAN("bob"),
	.password = SPAN("x"), .sasl = no_module };
static const struct login without_loader = { .user = SPAN("bob"),
	.password = SPAN("x") };
static const struct login asks_plain = { .user = SPAN("bob"),
	.password = SPAN("x"), .mechanisms = plain_only, .nmechanisms = 1 };
static const struct login asks_login = { .user = SPAN("bob"),
	.password = SPAN("x"), .mechanisms = login_only, .nmechanisms = 1 };
static const struct login asks_two = { .user = SPAN("bob"),
	.password = SPAN("x"), .mechanisms = cram_then_plain,
	.nmechanisms = 2, .sasl = module };
static const struct login asks_two_without = { .user = SPAN("bob"),
	.password = SPAN("x"), .mechanisms = cram_then_plain,
	.nmechanisms = 2, .sasl = no_module };
static const struct login certificate = { .user = SPAN("bob"),
	.client_cert = true };
static const struct login certificate_and_password = { .user = SPAN("bob"),
	.password = SPAN("x"), .client_cert = true };
static const struct login asks_external = { .user = SPAN("bob"),
	.password = SPAN("x"), .mechanisms = external_only,
	.nmechanisms = 1 };

/* offered: mechanisms in a row; "!" says LOGINDISABLED, "-" that there is no login command */
static const struct {
	enum safety	 safety;
	bool		 allow;
	const struct login *login;
	const char	*offered;
	bool		 command_first;
	enum login_how	 how;
	const char	*mechanism;
	bool		 by_module;
	enum cause	 cause;
} rows[] = {
	/* inside verified TLS: what mail clients use */
	{ VERIFIED, false, &plainly, "PLAIN", false, LOGIN_SASL, "PLAIN" },
	{ VERIFIED, false, &plainly, "PLAIN", true, LOGIN_COMMAND, "LOGIN" },
	{ VERIFIED, false, &plainly, "", false, LOGIN_COMMAND, "LOGIN" },
	{ VERIFIED, false, &plainly, "LOGIN", false, LOGIN_COMMAND, "LOGIN" },
	{ VERIFIED, false, &plainly, "LOGIN !", false, LOGIN_SASL, "LOGIN" },
	{ VERIFIED, false, &plainly, "LOGIN PLAIN !", true, LOGIN_SASL,
	    "PLAIN" },
	{ VERIFIED, false, &plainly, "SCRAM-SHA-256 PLAIN", false,
	    LOGIN_SASL, "PLAIN" },
	{ VERIFIED, false, &plainly, "SCRAM-SHA-256 !", false, LOGIN_NONE,
	    "", false, CAUSE_AUTH_NO_MECHANISM },
	{ VERIFIED, false, &plainly, "GSSAPI -", false, LOGIN_NONE, "",
	    false, CAUSE_AUTH_NO_MECHANISM },
	/* the strongest, when asked, and wherever the peer is not known */
	{ VERIFIED, false, &strongest,
	    "PLAIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256", false, LOGIN_SASL,
	    "SCRAM-SHA-256", true },
	{ VERIFIED, false, &strongest, "PLAIN CRAM-MD5 SCRAM-SHA-1", false,
	    LOGIN_SASL, "SCRAM-SHA-1", true },
	{ VERIFIED, false, &strongest, "PLAIN DIGEST-MD5 CRAM-MD5", false,
	    LOGIN_SASL, "DIGEST-MD5", true },
	{ VERIFIED, false, &strongest, "PLAIN", false, LOGIN_SASL, "PLAIN" },
	{ VERIFIED, false, &strongest, "SCRAM-SHA-256-PLUS PLAIN", false,
	    LOGIN_SASL, "PLAIN" },
	{ ENCRYPTED, false, &plainly, "PLAIN CRAM-MD5", false, LOGIN_SASL,
	    "CRAM-MD5", true },
	{ ENCRYPTED, false, &plainly, "PLAIN", false, LOGIN_SASL, "PLAIN" },
	{ ENCRYPTED, false, &without_module, "SCRAM-SHA-1 PLAIN", false,
	    LOGIN_SASL, "PLAIN" },
	{ ENCRYPTED, false, &without_loader, "SCRAM-SHA-1 PLAIN", false,
	    LOGIN_SASL, "PLAIN" },
	/* in clear: never the password, unless that is allowed */
	{ CLEAR, false, &plainly, "PLAIN LOGIN", true, LOGIN_NONE, "", false,
	    CAUSE_AUTH_CLEARTEXT },
	{ CLEAR, false, &plainly, "", true, LOGIN_NONE, "", false,
	    CAUSE_AUTH_CLEARTEXT },
	{ CLEAR, false, &plainly, "PLAIN CRAM-MD5", true, LOGIN_SASL,
	    "CRAM-MD5", true },
	{ CLEAR, false, &without_module, "PLAIN CRAM-MD5", true, LOGIN_NONE,
	    "", false, CAUSE_AUTH_CLEARTEXT },
	{ CLEAR, true, &plainly, "PLAIN", false, LOGIN_SASL, "PLAIN" },
	{ CLEAR, true, &plainly, "PLAIN", true, LOGIN_COMMAND, "LOGIN" },
	{ CLEAR, true, &plainly, "PLAIN CRAM-MD5", false, LOGIN_SASL,
	    "CRAM-MD5", true },
	{ CLEAR, true, &plainly, "!", false, LOGIN_NONE, "", false,
	    CAUSE_AUTH_NEEDS_TLS },
	{ CLEAR, false, &plainly, "!", false, LOGIN_NONE, "", false,
	    CAUSE_AUTH_NEEDS_TLS },
	{ CLEAR, true, &plainly, "PLAIN !", false, LOGIN_SASL, "PLAIN" },
	/* a list is taken in its own order, and nothing else */
	{ VERIFIED, false, &asks_plain, "PLAIN LOGIN", true, LOGIN_SASL,
	    "PLAIN" },
	{ VERIFIED, false, &asks_plain, "LOGIN", true, LOGIN_NONE, "", false,
	    CAUSE_AUTH_NO_MECHANISM },
	{ VERIFIED, false, &asks_plain, "", false, LOGIN_NONE, "", false,
	    CAUSE_AUTH_NO_MECHANISM },
	{ VERIFIED, false, &asks_login, "PLAIN", false, LOGIN_COMMAND,
	    "LOGIN" },
	{ VERIFIED, false, &asks_login, "LOGIN", true, LOGIN_COMMAND,
	    "LOGIN" },
	{ VERIFIED, false, &asks_login, "LOGIN", false, LOGIN_SASL, "LOGIN" },
	{ VERIFIED, false, &asks_login, "PLAIN !", false, LOGIN_NONE, "",
	    false, CAUSE_AUTH_NO_MECHANISM },
	{ VERIFIED, false, &asks_two, "PLAIN CRAM-MD5", false, LOGIN_SASL,
	    "CRAM-MD5", true },
	{ VERIFIED, false, &asks_two, "PLAIN", false, LOGIN_SASL, "PLAIN" },
	{ CLEAR, false, &asks_two, "PLAIN", false, LOGIN_NONE, "", false,
	    CAUSE_AUTH_CLEARTEXT },
	{ VERIFIED, false, &asks_two_without, "CRAM-MD5", false, LOGIN_NONE,
	    "", false, CAUSE_INTERNAL_MODULE },
	/* a certificate speaks for us when there is no password */
	{ VERIFIED, false, &certificate, "EXTERNAL PLAIN", false, LOGIN_SASL,
	    "EXTERNAL" },
	{ VERIFIED, false, &certificate, "PLAIN", false, LOGIN_NONE, "",
	    false, CAUSE_AUTH_NO_MECHANISM },
	{ VERIFIED, false, &certificate_and_password, "EXTERNAL PLAIN", false,
	    LOGIN_SASL, "PLAIN" },
	{ VERIFIED, false, &asks_external, "EXTERNAL PLAIN", false,
	    LOGIN_SASL, "EXTERNAL" },
	/* APOP is stronger than the password and, in clear, as good as it */
	{ VERIFIED, false, &plainly, "PLAIN APOP", false, LOGIN_SASL,
	    "PLAIN" },
	{ VERIFIED, false, &strongest, "PLAIN APOP", false, LOGIN_APOP,
	    "APOP" },
	{ VERIFIED, false, &strongest, "APOP CRAM-MD5", false, LOGIN_SASL,
	    "CRAM-MD5", true },
	{ CLEAR, false, &plainly, "APOP - ", false, LOGIN_NONE, "", false,
	    CAUSE_AUTH_CLEARTEXT },
	{ CLEAR, true, &plainly, "APOP", false, LOGIN_APOP, "APOP" }
};

static struct login_offer
offer_of(const char *offered)
{
	struct login_offer offer = { .command = "LOGIN" };
	struct span rest = span_of(offered);

	while (rest.len > 0) {
		struct span name = span_word(&rest);

		if (span_is(name, "!"))
			offer.disabled = "LOGINDISABLED";
		else if (span_is(name, "-"))
			offer.command = NULL;
		else
			login_offers(&offer, name);
	}
	return offer;
}

static void
test_choose(void **state)
{
	struct session_config config = { 0 };
	struct login_choice choice;
	struct login_offer offer;
	struct session s;
	struct result r;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		memset(&r, 0, sizeof(r));
		memset(&choice, 0, sizeof(choice));
		memcpy(r.target.host, "mail.example", 13);
		config.allow_cleartext = rows[i].allow;
		session_init(&s, &config, &r);
		s.encrypted = rows[i].safety != CLEAR;
		s.secure = rows[i].safety == VERIFIED;
		offer = offer_of(rows[i].offered);
		if (login_choose(&s, rows[i].login, &offer,
		    rows[i].command_first, &choice) !=
		    (rows[i].cause == CAUSE_NONE))
			fail_msg("row %zu (%s)", i, rows[i].offered);
		if (rows[i].cause == CAUSE_NONE) {
			assert_int_equal(r.sheet.nfindings, 0);
			assert_int_equal(choice.how, rows[i].how);
			assert_string_equal(choice.mechanism,
			    rows[i].mechanism);
			assert_ptr_equal(choice.functions, rows[i].by_module ?
			    &functions : NULL);
		} else {
			assert_int_equal(r.sheet.nfindings, 1);
			assert_true(r.sheet.findings[0].stage == STAGE_AUTH);
			assert_string_equal(
			    cause_info(r.sheet.findings[0].cause)->slug,
			    cause_info(rows[i].cause)->slug);
		}
		session_free(&s);
		result_free(&r);
	}
}

static void
test_offers(void **state)
{
	struct login_offer offer = { 0 };
	char name[8];
	unsigned i;

	(void)state;
	login_offers(&offer, span_of("plain"));
	login_offers(&offer, span_of(""));
	login_offers(&offer, span_of("BAD NAME"));
	login_offers(&offer, span_of("<B>"));
	login_offers(&offer, span_of("A2345678901234567890"));
	login_offers(&offer, span_of("A23456789012345678901"));
	assert_int_equal(offer.n, 2);
	assert_true(login_offered(&offer, "PLAIN"));
	assert_true(login_offered(&offer, "a2345678901234567890"));
	assert_false(login_offered(&offer, "LOGIN"));
	for (i = 0; i < 2 * SASL_MECHANISMS_MAX; i++) {
		snprintf(name, sizeof(name), "M%u", i);
		login_offers(&offer, span_of(name));
	}
	assert_int_equal(offer.n, SASL_MECHANISMS_MAX);
}

static void
test_needs_sasl(void **state)
{
	static const struct login eight_bit_user = {
		.user = SPAN("b\xc3\xb6"), .password = SPAN("x") };
	static const struct login eight_bit_password = {
		.user = SPAN("b"), .password = SPAN("\xff") };

	(void)state;
	assert_false(login_needs_sasl(&plainly));
	assert_true(login_needs_sasl(&eight_bit_user));
	assert_true(login_needs_sasl(&eight_bit_password));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_choose),
		cmocka_unit_test(test_offers),
		cmocka_unit_test(test_needs_sasl)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
