/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pop3 - metrics and "facts" of a session that was made by hand, and the digest of APOP */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "dialog/download.h"
#include "plugin/pop3.h"
#include "report/json.h"
#include "sample_run.h"
#include "world/digest.h"

/* one session as far as it may come */
struct play {
	struct run		 run;
	struct session_config	 config;
	struct session		 session;
	struct pop3		*pop3;
};

static struct play play;

static struct play *
begin(void)
{
	memset(&play, 0, sizeof(play));
	sample_result(&play.run, "mail.example.org", 995);
	play.config.protocol = &pop3_protocol;
	session_init(&play.session, &play.config, play.run.results);
	assert_true(pop3_protocol.open(&play.session));
	play.pop3 = pop3_of(&play.session);
	return &play;
}

static const struct pop3_options fetching = { .fetch = 2 };

/* facts_are - conclude, free the session as the frame does, and write */
static void
facts_are(struct play *p, const char *want)
{
	struct buf out;
	struct json j;

	pop3_conclude(&p->session, &fetching);
	session_free(&p->session);
	buf_init(&out, 64 * 1024);
	json_init(&j, &out);
	json_object(&j, NULL);
	pop3_facts(&p->run, &j);
	json_object_end(&j);
	assert_string_equal(buf_cstr(&out), want);
	buf_free(&out);
	run_free(&p->run);
}

static void
a_mute_server_shows_nothing(void **state)
{
	(void)state;
	facts_are(begin(), "{\"protocol\":\"pop3\",\"capabilities\":[],"
	    "\"mechanisms\":[],\"mechanism\":null,\"server_text\":null,"
	    "\"messages\":null,\"mailbox_bytes\":null}");
}

static void
a_whole_session(void **state)
{
	struct play *p = begin();
	struct pop3_drop *drop = &p->pop3->drop;

	(void)state;
	login_caps_add(&p->pop3->login, span_of("SASL PLAIN LOGIN"));
	login_caps_add(&p->pop3->login, span_of("USER"));
	login_offers(&p->pop3->login.offer, span_of("PLAIN"));
	p->pop3->login.choice.how = LOGIN_COMMAND;
	span_copy(span_of("USER"), p->pop3->login.choice.mechanism,
	    SASL_NAME_MAX);
	drop->opened = drop->has_list = drop->has_uidl = drop->has_bytes = true;
	drop->messages = drop->listed = drop->uids = 3;
	drop->bytes = 5000;
	drop->duplicates = 1;
	p->pop3->login.download = calloc(1, sizeof(struct download));
	assert_non_null(p->pop3->login.download);
	p->pop3->login.download->messages = 2;
	p->pop3->login.download->bytes = 900;
	pop3_conclude(&p->session, &fetching);
	free(p->run.results[0].facts);
	p->run.results[0].facts = NULL;
	assert_true(sheet_metric(&p->run.results[0].sheet,
	    METRIC_MESSAGES)->value == 3);
	assert_true(sheet_metric(&p->run.results[0].sheet,
	    METRIC_FETCH_BYTES)->value == 900);
	facts_are(p, "{\"protocol\":\"pop3\",\"capabilities\":["
	    "\"SASL PLAIN LOGIN\",\"USER\"],\"mechanisms\":[\"PLAIN\"],"
	    "\"mechanism\":\"USER\",\"server_text\":null,"
	    "\"download\":{\"messages\":2,\"bytes\":900,\"resized\":0,"
	    "\"malformed\":0},\"messages\":3,\"mailbox_bytes\":5000,"
	    "\"listed\":3,\"uids\":3,\"uid_duplicates\":1}");
}

static struct download some = { .messages = 1, .bytes = 700 };

static void
what_is_known_is_told(void **state)
{
	static const struct {
		struct pop3	 m;
		const char	*want;
	} rows[] = {
		{ { .drop = { .messages = 1 } },
		    "1 message, so nothing to download" },
		{ { .drop = { .has_bytes = true } },
		    "0 messages (0 bytes), so nothing to download" },
		{ { .drop = { .messages = UINT64_MAX, .has_bytes = true,
		    .bytes = UINT64_MAX }, .login = { .download = &some } },
		    "18446744073709551615 messages (18446744073709551615 "
		    "bytes) and downloaded 1 message (700 bytes)" }
	};
	char text[LOGIN_SUMS_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		pop3_sums(&rows[i].m, &fetching, text);
		assert_string_equal(text, rows[i].want);
	}
}

/* the example of RFC 1939 section 7 */
static void
the_digest_of_apop(void **state)
{
	char hex[LOGIN_DIGEST_MAX];

	(void)state;
	assert_true(digests_openssl.md5(
	    span_of("<1896.697170952@dbc.mtview.ca.us>"),
	    span_of("tanstaaf"), hex));
	assert_string_equal(hex, "c4c9334bac560ecc979e58001b3e22fb");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mute_server_shows_nothing),
		cmocka_unit_test(a_whole_session),
		cmocka_unit_test(what_is_known_is_told),
		cmocka_unit_test(the_digest_of_apop)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
