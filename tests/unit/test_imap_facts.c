/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap - metrics and "facts" of a session that was made by hand */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "dialog/download.h"
#include "plugin/imap.h"
#include "report/json.h"
#include "sample_run.h"

#define NOTHING_LEARNT "{\"protocol\":\"imap\",\"capabilities\":[]," \
	"\"mechanisms\":[],\"mechanism\":null,\"server_text\":null,\"mailbox\":null," \
	"\"messages\":null,\"unseen\":null,\"newest\":null,\"oldest_unseen\":null," \
	"\"uidvalidity\":null," \
	"\"server_id\":null,\"idle_seconds\":null,\"push_seconds\":null}"

/* one session as far as it may come */
struct play {
	struct run		 run;
	struct session_config	 config;
	struct session		 session;
	struct imap		*imap;
};

static struct play play;

static struct play *
begin(bool connected)
{
	memset(&play, 0, sizeof(play));
	sample_result(&play.run, "mail.example.org", 993);
	play.config.protocol = &imap_protocol;
	session_init(&play.session, &play.config, play.run.results);
	if (connected) {
		assert_true(imap_protocol.open(&play.session));
		play.imap = imap_of(&play.session);
	}
	return &play;
}

/* capabilities - as they were taken from the wire */
static void
capabilities(struct play *p, const char *text, const char *mechanism)
{
	buf_str(&p->imap->login.caps_text, text);
	login_offers(&p->imap->login.offer, span_of(mechanism));
}

static void
opened(struct play *p, uint64_t exists)
{
	struct imap_box *box = &p->imap->box;

	assert_true(span_copy(span_of("INBOX"), box->name, sizeof(box->name)));
	box->opened = true;
	box->has_exists = true;
	box->exists = exists;
}

static const struct imap_options plain;

/* facts_are - conclude, free the session as the frame does, and write */
static void
facts_are(struct play *p, const char *want)
{
	struct buf out;
	struct json j;

	imap_conclude(&p->session, &plain);
	session_free(&p->session);
	buf_init(&out, 64 * 1024);
	json_init(&j, &out);
	json_object(&j, NULL);
	imap_facts(&p->run, &j);
	json_object_end(&j);
	assert_string_equal(buf_cstr(&out), want);
	buf_free(&out);
}

static double
value(const struct play *p, enum metric_id id)
{
	const struct metric *m = sheet_metric(&p->run.results[0].sheet, id);

	return m == NULL ? -1 : m->value;
}

static void
counts(const struct play *p, double messages, double unseen)
{
	assert_true(value(p, METRIC_MESSAGES) >= messages &&
	    value(p, METRIC_MESSAGES) <= messages);
	assert_true(value(p, METRIC_UNSEEN) >= unseen &&
	    value(p, METRIC_UNSEEN) <= unseen);
}

static void
a_whole_session(void **state)
{
	struct play *p = begin(true);
	const struct metric *m;

	(void)state;
	capabilities(p, "IMAP4rev1\nSASL-IR\nAUTH=plain", "plain");
	login_offers(&p->imap->login.offer, span_of("SCRAM-SHA-256"));
	p->imap->login.choice.how = LOGIN_SASL;
	span_copy(span_of("PLAIN"), p->imap->login.choice.mechanism, SASL_NAME_MAX);
	opened(p, 7);
	p->imap->box.has_messages = p->imap->box.has_unseen = true;
	p->imap->box.messages = 5;
	p->imap->box.unseen = 2;
	p->imap->box.has_uidvalidity = true;
	p->imap->box.uidvalidity = 4294967295u;
	span_copy(span_of("Logged in <\"x\">"), p->imap->login.server_text,
	    TEXT_QUOTE_BUF);
	facts_are(p, "{\"protocol\":\"imap\",\"capabilities\":[\"IMAP4rev1\","
	    "\"SASL-IR\",\"AUTH=plain\"],\"mechanisms\":[\"PLAIN\","
	    "\"SCRAM-SHA-256\"],\"mechanism\":\"PLAIN\",\"server_text\":\"Logged in \\u003c\\\"x\\\"\\u003e\",\"mailbox\":\"INBOX\","
	    "\"messages\":5,\"unseen\":2,\"newest\":null,\"oldest_unseen\":null,"
	    "\"uidvalidity\":4294967295,"
	    "\"server_id\":null,\"idle_seconds\":null,\"push_seconds\":null}");
	counts(p, 5, 2);
	m = sheet_metric(&p->run.results[0].sheet, METRIC_UNSEEN);
	assert_true(m->has_min && !m->has_max);
	run_free(&p->run);
}

static void
no_connection_no_facts(void **state)
{
	struct play *p = begin(false);

	(void)state;
	facts_are(p, NOTHING_LEARNT);
	assert_null(p->run.results[0].facts);
	assert_int_equal(p->run.results[0].sheet.nmetrics, 0);
	run_free(&p->run);
}

static void
a_mute_server_shows_nothing(void **state)
{
	struct play *p = begin(true);

	(void)state;
	facts_are(p, NOTHING_LEARNT);
	assert_int_equal(p->run.results[0].sheet.nmetrics, 0);
	run_free(&p->run);
}

static void
messages_come_from_examine_without_status(void **state)
{
	struct play *p = begin(true);

	(void)state;
	opened(p, 7);
	facts_are(p, "{\"protocol\":\"imap\",\"capabilities\":[],"
	    "\"mechanisms\":[],\"mechanism\":null,\"server_text\":null,\"mailbox\":\"INBOX\","
	    "\"messages\":7,\"unseen\":null,\"newest\":null,\"oldest_unseen\":null,"
	    "\"uidvalidity\":null,"
	    "\"server_id\":null,\"idle_seconds\":null,\"push_seconds\":null}");
	counts(p, 7, -1);
	run_free(&p->run);
}

/* STATUS may have answered for a mailbox that then did not open */
static void
a_mailbox_that_did_not_open_has_no_counts(void **state)
{
	struct play *p = begin(true);

	(void)state;
	opened(p, 7);
	p->imap->box.opened = false;
	p->imap->box.has_messages = p->imap->box.has_unseen = true;
	p->imap->login.choice.how = LOGIN_COMMAND;
	span_copy(span_of("LOGIN"), p->imap->login.choice.mechanism, SASL_NAME_MAX);
	facts_are(p, "{\"protocol\":\"imap\",\"capabilities\":[],"
	    "\"mechanisms\":[],\"mechanism\":\"LOGIN\",\"server_text\":null,\"mailbox\":null,"
	    "\"messages\":null,\"unseen\":null,\"newest\":null,\"oldest_unseen\":null,"
	    "\"uidvalidity\":null,"
	    "\"server_id\":null,\"idle_seconds\":null,\"push_seconds\":null}");
	counts(p, -1, -1);
	run_free(&p->run);
}

/* where a server may put a secret that it knows by now */
static const struct {
	const char	*capabilities, *mechanism;
	const char	*want;
} leaks[] = {
	{ "IMAP4rev1\nHUNTER22\nX", "PLAIN",
	    "\"capabilities\":[\"IMAP4rev1\",\"***\",\"X\"]" },
	{ "XHUNTER22Y", "PLAIN", "\"capabilities\":[\"X***Y\"]" },
	{ "X=SFVOVEVSMjI=", "PLAIN", "\"capabilities\":[\"X=***=\"]" },
	{ "X\nAGJvYgBIVU5URVIyMg==", "PLAIN",
	    "\"capabilities\":[\"X\",\"***==\"]" },
	{ "AUTH=HUNTER22", "HUNTER22",
	    "\"capabilities\":[\"AUTH=***\"],\"mechanisms\":[\"***\"]" },
	{ "A", "X-HUNTER22", "\"mechanisms\":[\"X-***\"]" }
};

static void
the_secret_is_no_fact(void **state)
{
	struct buf out;
	struct json j;
	struct play *p;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(leaks); i++) {
		p = begin(true);
		p->config.secret = span_of("HUNTER22");
		p->config.secret_forms[0] = span_of("SFVOVEVSMjI");
		p->config.secret_forms[1] = span_of("AGJvYgBIVU5URVIyMg");
		capabilities(p, leaks[i].capabilities, leaks[i].mechanism);
		imap_conclude(&p->session, &plain);
		session_free(&p->session);
		buf_init(&out, 64 * 1024);
		json_init(&j, &out);
		imap_facts(&p->run, &j);
		if (strstr(buf_cstr(&out), leaks[i].want) == NULL)
			fail_msg("%s lacks %s", buf_cstr(&out), leaks[i].want);
		assert_null(strstr(buf_cstr(&out), "HUNTER22"));
		buf_free(&out);
		run_free(&p->run);
	}
}

static void
facts_are_of_one_target(void **state)
{
	struct play *p = begin(true);

	(void)state;
	opened(p, 7);
	sample_result(&p->run, "other.example.org", 993);
	p->session.result = &p->run.results[0];
	facts_are(p, "{\"protocol\":\"imap\"}");
	run_free(&p->run);
	/* nor is there one when the command line made no sense */
	p = begin(false);
	session_free(&p->session);
	run_free(&p->run);
	p->session.talk = NULL;
	facts_are(p, "{\"protocol\":\"imap\"}");
}

/* with all addresses of a host the facts are those of the one login */
static void
facts_beside_other_addresses(void **state)
{
	struct play *p = begin(true);

	(void)state;
	opened(p, 7);
	sample_result(&p->run, p->run.results[0].target.host,
	    p->run.results[0].target.port);
	p->session.result = &p->run.results[0];
	facts_are(p, "{\"protocol\":\"imap\",\"capabilities\":[],"
	    "\"mechanisms\":[],\"mechanism\":null,\"server_text\":null,\"mailbox\":\"INBOX\","
	    "\"messages\":7,\"unseen\":null,\"newest\":null,\"oldest_unseen\":null,"
	    "\"uidvalidity\":null,"
	    "\"server_id\":null,\"idle_seconds\":null,\"push_seconds\":null}");
	run_free(&p->run);
}

static struct download some = { .messages = 2, .bytes = 700 };

static const struct {
	struct imap	 m;
	const char	*want;
	struct imap_options options;
} tallies[] = {
	{ { .box = { .has_unseen = true, .unseen = 2 } }, "", { .fetch = 0 } },
	{ { .box = { .has_messages = true, .messages = 4, .has_unseen = true,
	    .unseen = 2 } }, " (4 messages, 2 unseen)", { .fetch = 0 } },
	{ { .box = { .has_messages = true, .messages = 1 } }, " (1 message)",
	    { .fetch = 0 } },
	{ { .box = { .has_messages = true, .has_unseen = true } },
	    " (0 messages, 0 unseen)", { .fetch = 0 } },
	{ { .box = { .has_messages = true, .messages = UINT64_MAX,
	    .has_unseen = true, .unseen = UINT64_MAX } },
	    " (18446744073709551615 messages, 18446744073709551615 unseen)",
	    { .fetch = 0 } },
	{ { .box = { .has_messages = true, .messages = 4, .has_found = true,
	    .found = 3 }, .login = { .download = &some } }, " and 2 others (4 messages), "
	    "found 3 and downloaded 2 messages (700 bytes)",
	    { .wishes = { .nmailboxes = 3 }, .fetch = 2 } },
	{ { .box = { .has_messages = true } },
	    " (0 messages), which is empty: nothing to download",
	    { .fetch = 1 } }
};

static void
what_is_known_is_told(void **state)
{
	char text[LOGIN_SUMS_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(tallies); i++) {
		imap_sums(&tallies[i].m, &tallies[i].options, text);
		assert_string_equal(text, tallies[i].want);
	}
}

/* what a download came to, as metrics */
static void
a_download_is_measured(void **state)
{
	struct imap_options fetching = { .fetch = 2 };
	struct play *p = begin(true);
	struct imap *m = imap_of(&p->session);
	struct sheet *sheet = &p->run.results[0].sheet;

	(void)state;
	opened(p, 7);
	m->login.download = calloc(1, sizeof(*m->login.download));
	assert_non_null(m->login.download);
	m->login.download->bytes = 5000;
	m->box.has_newest = true;
	m->box.newest = 1000;
	p->config.moment.now = 1060;
	p->session.finished = true;
	result_spent(&p->run.results[0], STAGE_FETCH, 500000);
	imap_measure(&p->session, &fetching);
	assert_true(sheet_metric(sheet, METRIC_FETCH_BYTES)->value == 5000);
	assert_true(sheet_metric(sheet, METRIC_FETCH_RATE)->value == 10000);
	assert_true(sheet_metric(sheet, METRIC_NEWEST_AGE)->value == 60);
	p->config.moment.now = 900;
	imap_measure(&p->session, &fetching);
	assert_true(sheet_metric(sheet, METRIC_NEWEST_AGE)->value == 0);
	session_free(&p->session);
	run_free(&p->run);
}

/* the age of the oldest unseen message, and what a search found */
static void
what_waits_is_measured(void **state)
{
	struct imap_options waiting = { .wishes = { .oldest = true } };
	struct play *p = begin(true);
	struct imap_box *box = &imap_of(&p->session)->box;
	struct sheet *sheet = &p->run.results[0].sheet;

	(void)state;
	opened(p, 7);
	imap_measure(&p->session, &waiting);
	assert_null(sheet_metric(sheet, METRIC_UNSEEN_AGE));
	assert_null(sheet_metric(sheet, METRIC_FOUND));
	box->has_oldest = box->has_found = true;
	box->oldest = 1000;
	box->found = 0;
	p->config.moment.now = 1060;
	imap_measure(&p->session, &waiting);
	assert_true(sheet_metric(sheet, METRIC_UNSEEN_AGE)->value == 60);
	assert_true(sheet_metric(sheet, METRIC_FOUND)->value == 0);
	p->config.moment.now = 900;
	imap_measure(&p->session, &waiting);
	assert_true(sheet_metric(sheet, METRIC_UNSEEN_AGE)->value == 0);
	session_free(&p->session);
	run_free(&p->run);
}

/* thresholds ask for what they need; one on found has nothing to count without a search */
static void
thresholds_ask_for_it(void **state)
{
	struct imap_options options = { .idle = 0 };
	struct settings settings = { .thresholds = { .n = 2, .rows = {
	    { .id = METRIC_UNSEEN_AGE }, { .id = METRIC_FOUND } } } };
	struct opt_error error = { .cause = CAUSE_NONE };

	(void)state;
	buf_init(&error.sentence, SENTENCE_MAX);
	assert_false(imap_check(&options, &settings, &error));
	assert_true(options.wishes.oldest && !options.wishes.newest);
	assert_int_equal(error.cause, CAUSE_USAGE_OPTION);
	assert_non_null(strstr(buf_cstr(&error.sentence), "give --search"));
	buf_free(&error.sentence);
	options.wishes.search = "UNSEEN";
	assert_true(imap_check(&options, &settings, &error));
	settings.thresholds.rows[1].id = METRIC_NEWEST_AGE;
	assert_true(imap_check(&options, &settings, &error));
	assert_true(options.wishes.newest);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_session),
		cmocka_unit_test(no_connection_no_facts),
		cmocka_unit_test(a_mute_server_shows_nothing),
		cmocka_unit_test(messages_come_from_examine_without_status),
		cmocka_unit_test(a_mailbox_that_did_not_open_has_no_counts),
		cmocka_unit_test(the_secret_is_no_fact),
		cmocka_unit_test(facts_are_of_one_target),
		cmocka_unit_test(facts_beside_other_addresses),
		cmocka_unit_test(what_is_known_is_told),
		cmocka_unit_test(a_download_is_measured),
		cmocka_unit_test(what_waits_is_measured),
		cmocka_unit_test(thresholds_ask_for_it)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
