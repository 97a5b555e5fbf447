/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_handshake - how a handshake ended, and what is concluded from it
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "judge/handshake.h"

#define WHOM "mail.example.org:993"

static void
put_first(struct tls_facts *facts, const char *first, size_t len)
{
	memcpy(facts->first, first, len);
	facts->nfirst = len;
}

/* the only finding: its cause, and that the sentence begins with `words` */
static void
check_only(size_t row, struct sheet *sheet, enum cause cause,
    enum stage stage, const char *words)
{
	assert_false(sheet->nomem);
	assert_int_equal(sheet->nfindings, 1);
	if (sheet->findings[0].cause != cause ||
	    sheet->findings[0].stage != stage ||
	    strncmp(sheet->findings[0].sentence, words, strlen(words)) != 0) {
		print_error("row %zu: [%s] %s\n", row,
		    cause_info(sheet->findings[0].cause)->slug,
		    sheet->findings[0].sentence);
		fail();
	}
	sheet_free(sheet);
}

static const struct {
	struct tls_facts facts;
	bool		 starttls;
	const char	*first;
	enum cause	 cause;
	const char	*words;
} outcomes[] = {
	{ { .outcome = TLS_NOT_TLS }, false, "* OK Dovecot\r\nmore",
	    CAUSE_TLS_PORT_SPEAKS_PLAINTEXT, WHOM " answers in plain "
	    "text where TLS was expected: * OK Dovecot" },
	{ { .outcome = TLS_NOT_TLS }, false, "220 mail",
	    CAUSE_TLS_PORT_SPEAKS_PLAINTEXT, WHOM " answers" },
	{ { .outcome = TLS_NOT_TLS }, false, "\r\n+OK",
	    CAUSE_TLS_PORT_SPEAKS_PLAINTEXT, WHOM " answers in plain text "
	    "where TLS was expected: an empty line" },
	{ { .outcome = TLS_NOT_TLS }, false, "\x80\x2e\x01",
	    CAUSE_TLS_HANDSHAKE, WHOM " answers with neither TLS nor "
	    "text, beginning 80 2e 01" },
	{ { .outcome = TLS_NOT_TLS }, true, "* BYE shutting down\r\n",
	    CAUSE_TLS_STARTTLS_REFUSED, WHOM " agreed to STARTTLS and "
	    "then refused: * BYE shutting down" },
	{ { .outcome = TLS_NOT_TLS }, true, "-ERR no\r\n",
	    CAUSE_TLS_STARTTLS_REFUSED, WHOM },
	{ { .outcome = TLS_NOT_TLS }, true, "454 TLS not available",
	    CAUSE_TLS_STARTTLS_REFUSED, WHOM },
	{ { .outcome = TLS_NOT_TLS }, true, "454\r\n",
	    CAUSE_TLS_STARTTLS_REFUSED, WHOM },
	{ { .outcome = TLS_NOT_TLS }, true, "4545 mails",
	    CAUSE_TLS_INJECTION, WHOM },
	{ { .outcome = TLS_NOT_TLS }, true, "250 evil\r\n",
	    CAUSE_TLS_INJECTION, WHOM " sends text in clear where the "
	    "TLS handshake belongs: 250 evil" },
	{ { .outcome = TLS_NOT_TLS }, true, "\x01\x02\x03",
	    CAUSE_TLS_HANDSHAKE, WHOM },
	{ { .outcome = TLS_NOT_TLS }, true, "0\x0c\x02\x01\x02",
	    CAUSE_TLS_INJECTION, WHOM " sends bytes in clear where the TLS "
	    "handshake belongs, beginning 30 0c 02 01 02" },
	{ { .outcome = TLS_NOT_TLS }, false, "0\x0c\x02\x01\x02",
	    CAUSE_TLS_HANDSHAKE, WHOM " answers with neither" },
	{ { .outcome = TLS_NOT_TLS }, true, "BYE \"no key\"\r\n",
	    CAUSE_TLS_STARTTLS_REFUSED, WHOM },
	{ { .outcome = TLS_NOT_TLS }, true, "<stream:error><x/>",
	    CAUSE_TLS_STARTTLS_REFUSED, WHOM },
	{ { .outcome = TLS_VERSION, .alert = -1,
	    .server_version = 10 }, false, "", CAUSE_TLS_VERSION,
	    WHOM " speaks TLS 1.0, which is not accepted here" },
	{ { .outcome = TLS_VERSION, .alert = 70 }, false, "",
	    CAUSE_TLS_VERSION,
	    WHOM " speaks no TLS version that is accepted here" },
	{ { .outcome = TLS_POLICY, .alert = -1,
	    .reason = "its key is too small" }, false, "",
	    CAUSE_TLS_POLICY, WHOM " is refused by the security level "
	    "of this host: its key is too small" },
	{ { .outcome = TLS_CLIENT_CERT, .alert = 116,
	    .reason = "none was given" }, false, "",
	    CAUSE_TLS_CLIENT_CERTIFICATE, WHOM " demands a client "
	    "certificate: none was given" },
	{ { .outcome = TLS_ALERT, .alert = 40 }, false, "",
	    CAUSE_TLS_HANDSHAKE, WHOM " ends the TLS handshake with "
	    "alert handshake_failure (40)" },
	{ { .outcome = TLS_ALERT, .alert = 99 }, false, "",
	    CAUSE_TLS_HANDSHAKE, WHOM " ends the TLS handshake with "
	    "alert unknown (99)" },
	/* Courier, whose TLS part cannot read its key: a polite farewell */
	{ { .outcome = TLS_ALERT, .alert = 0 }, false, "",
	    CAUSE_TLS_SERVER_SETUP, WHOM " closes the connection at the "
	    "first TLS message" },
	{ { .outcome = TLS_ALERT, .alert = 0, .server_version = 12 }, false,
	    "", CAUSE_TLS_HANDSHAKE, WHOM " ends the TLS handshake with "
	    "alert close_notify (0)" },
	{ { .outcome = TLS_BROKEN, .alert = -1,
	    .reason = "a record was damaged" }, false, "",
	    CAUSE_TLS_HANDSHAKE, WHOM " breaks the TLS handshake: a "
	    "record was damaged" },
	{ { .outcome = TLS_BROKEN, .alert = -1 }, false, "",
	    CAUSE_TLS_HANDSHAKE, WHOM " breaks the TLS handshake: no "
	    "reason is known" },
	{ { .outcome = TLS_OURS, .alert = -1,
	    .reason = "out of memory" }, false, "",
	    CAUSE_INTERNAL_ERROR, "TLS with " WHOM " failed on this "
	    "side: out of memory" }
};

static void
test_outcomes(void **state)
{
	struct tls_facts facts;
	struct sheet sheet;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++) {
		facts = outcomes[i].facts;
		memset(&sheet, 0, sizeof(sheet));
		put_first(&facts, outcomes[i].first, strlen(outcomes[i].first));
		handshake_judge(&sheet, &facts, outcomes[i].starttls, WHOM);
		check_only(i, &sheet, outcomes[i].cause, STAGE_TLS,
		    outcomes[i].words);
	}
	memset(&sheet, 0, sizeof(sheet));
	handshake_judge(&sheet, &(struct tls_facts){ .outcome = TLS_DONE },
	    false, WHOM);
	assert_int_equal(sheet.nfindings, 0);
}

/* what an alert means is said with it */
static void
test_hint(void **state)
{
	struct tls_facts facts = { .outcome = TLS_ALERT, .alert = 112 };
	struct sheet sheet = { 0 };

	(void)state;
	handshake_judge(&sheet, &facts, false, WHOM);
	assert_string_equal(sheet.findings[0].detail, "alert "
	    "unrecognized_name (112) from the server: the server knows no "
	    "such host name");
	sheet_free(&sheet);
}

static void
test_closed(void **state)
{
	static const struct {
		bool		 spoke, reset, starttls;
		const char	*first;
		enum cause	 cause;
		enum stage	 stage;
		const char	*words;
	} rows[] = {
		{ false, false, false, "", CAUSE_TLS_SERVER_SETUP, STAGE_TLS,
		    WHOM " closes the connection at the first TLS message" },
		{ false, false, true, "", CAUSE_TLS_SERVER_SETUP, STAGE_TLS,
		    WHOM " closes" },
		{ false, true, false, "", CAUSE_CONNECT_RESET, STAGE_CONNECT,
		    WHOM " resets the connection before it says anything" },
		{ false, true, true, "", CAUSE_TLS_SERVER_SETUP, STAGE_TLS,
		    WHOM " resets the connection at the first TLS message" },
		{ true, false, false, "", CAUSE_TLS_CLOSED, STAGE_TLS,
		    WHOM " closes the connection half-way" },
		{ true, true, true, "", CAUSE_TLS_CLOSED, STAGE_TLS,
		    WHOM " resets the connection half-way" },
		/* words without a line end, and then the end */
		{ false, false, false, "220 mail",
		    CAUSE_TLS_PORT_SPEAKS_PLAINTEXT, STAGE_TLS, WHOM },
		{ false, true, true, "* BYE", CAUSE_TLS_STARTTLS_REFUSED,
		    STAGE_TLS, WHOM }
	};
	struct tls_facts facts;
	struct sheet sheet;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(&sheet, 0, sizeof(sheet));
		memset(&facts, 0, sizeof(facts));
		facts.server_spoke = rows[i].spoke;
		put_first(&facts, rows[i].first, strlen(rows[i].first));
		handshake_closed(&sheet, &facts, rows[i].reset,
		    rows[i].starttls, WHOM);
		check_only(i, &sheet, rows[i].cause, rows[i].stage,
		    rows[i].words);
	}
}

/* a reset may be a filter's, or a server's that cannot load its key */
static void
test_reset_names_key(void **state)
{
	struct tls_facts facts = { .server_spoke = false };
	struct sheet sheet = { 0 };

	(void)state;
	handshake_closed(&sheet, &facts, true, false, WHOM);
	assert_int_equal(sheet.nfindings, 1);
	assert_non_null(sheet.findings[0].detail);
	assert_non_null(strstr(sheet.findings[0].detail, "certificate or key"));
	sheet_free(&sheet);
}

/* hostile words are cleaned and cut */
static void
test_cleaned(void **state)
{
	struct tls_facts facts = { .outcome = TLS_NOT_TLS };
	struct sheet sheet = { 0 };
	char first[TLS_FIRST_MAX];

	(void)state;
	memset(first, 'A', sizeof(first));
	memcpy(first, "* OK |\x1b[2J\xe2\x80\xae", 13);
	put_first(&facts, first, sizeof(first));
	handshake_judge(&sheet, &facts, false, WHOM);
	assert_null(strpbrk(sheet.findings[0].sentence, "|\x1b"));
	assert_null(strstr(sheet.findings[0].sentence, "\xe2\x80\xae"));
	assert_non_null(strstr(sheet.findings[0].sentence, "A..."));
	sheet_free(&sheet);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_hint),
		cmocka_unit_test(test_closed),
		cmocka_unit_test(test_reset_names_key),
		cmocka_unit_test(test_cleaned)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
