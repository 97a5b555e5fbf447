/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_opt_types - what each type of value turns into
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "judge/hygiene.h"
#include "judge/pins.h"
#include "judge/port_policy.h"
#include "opt_line.h"
#include "plugin/nearest.h"
#include "plugin/service.h"

static void
timeouts(void **state)
{
	static const struct {
		const char	*value;
		int64_t		 usec;
		bool		 has_state;
		enum state	 state;
	} rows[] = {
		{ "10", 10000000, false, STATE_OK },
		{ "500ms", 500000, false, STATE_OK },
		{ "2m", 120000000, false, STATE_OK },
		{ "1d", INT64_C(86400000000), false, STATE_OK },
		{ "10:warning", 10000000, true, STATE_WARNING },
		{ "10:1", 10000000, true, STATE_WARNING },
		{ "0.5:UNKNOWN", 500000, true, STATE_UNKNOWN },
		{ "3:ok", 3000000, true, STATE_OK }
	};
	struct parsed p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		parse_good(&p, WORDS("-t", rows[i].value));
		assert_int_equal(p.s.timeout.usec, rows[i].usec);
		assert_int_equal(p.s.timeout.has_state, rows[i].has_state);
		assert_int_equal(p.s.timeout.state, rows[i].state);
		parsed_free(&p);
	}
	parse_good(&p, WORDS("-t10:warning", "-t20"));
	assert_false(p.s.timeout.has_state);
	parsed_free(&p);
}

static void
ports_and_services(void **state)
{
	static const struct {
		const char	*value;
		uint16_t	 port;
	} rows[] = {
		{ "1", 1 }, { "65535", 65535 }, { "imap", 143 },
		{ "IMAPS", 993 }, { "pop3", 110 }, { "pop3s", 995 },
		{ "smtp", 25 }, { "submission", 587 }, { "submissions", 465 },
		{ "smtps", 465 }, { "sieve", 4190 }, { "lmtp", 24 }
	};
	struct parsed p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		parse_good(&p, WORDS("-p", rows[i].value));
		assert_int_equal(p.s.port, rows[i].port);
		parsed_free(&p);
	}
	for (i = 0; service_names[i] != NULL; i++)
		assert_int_not_equal(service_port(span_of(service_names[i])),
		    0);
	assert_int_equal(service_port(span_of("http")), 0);
	assert_int_equal(service_port(span_of("")), 0);
}

static void
thresholds(void **state)
{
	struct parsed p;
	const struct threshold *t = p.s.thresholds.rows;

	(void)state;
	parse_good(&p, WORDS("-w", "500ms", "-c", "auth=2", "-w",
	    "cert_days=21d", "-w", "used=80%", "-c", "used=9G", "-w", "1:3",
	    "-w", "fetch_rate=10K", "-c", "percent=95%"));
	assert_int_equal(p.s.thresholds.n, 7);
	assert_int_equal(t[0].id, METRIC_TIME);
	assert_false(t[0].critical);
	assert_true(t[0].range.start == 1 && t[0].range.end == 3);
	assert_int_equal(t[1].id, METRIC_AUTH);
	assert_true(t[1].critical);
	assert_int_equal(t[2].id, METRIC_CERT_DAYS);
	assert_true(t[2].range.no_end && t[2].range.start == 21);
	assert_true(t[3].range.percent && t[3].range.end == 80);
	assert_true(!t[4].range.percent && t[4].range.end == 9663676416.0);
	assert_true(t[5].range.no_end && t[5].range.start == 10240);
	assert_true(!t[6].range.percent && t[6].range.end == 95);
	parsed_free(&p);
}

/* set - by a type alone, without a command line */
static bool
set(const struct opt_type *type, void *field, const char *value)
{
	struct buf why;
	bool ok;

	buf_init(&why, SENTENCE_MAX);
	ok = type->set(field, value, &fake_plugin, &why);
	assert_true(ok == (why.len == 0));
	buf_free(&why);
	return ok;
}

static void
mailboxes_and_what_of_them(void **state)
{
	static const char *const bad_counts[] = { "0", "1001", "-1", "x", "" };
	static const char *const bad_searches[] = { " ", "{3}", "A {3+}",
	    "a\nb", "a\177b", "\xc3\xbc" };
	static const char *const bad_folders[] = { "", "a\nb", "a\177b",
	    "\xff" };
	struct mailbox_list list = { .n = 0 };
	const char *search = NULL, *folder = NULL;
	unsigned n = 0;
	size_t i;

	(void)state;
	assert_true(set(&opt_fetch, &n, NULL) && n == 1);
	assert_true(set(&opt_fetch, &n, "1000") && n == 1000);
	for (i = 0; i < sizeof(bad_counts) / sizeof(bad_counts[0]); i++)
		assert_false(set(&opt_fetch, &n, bad_counts[i]));
	assert_true(set(&opt_search, &search, "FROM \"a b\""));
	assert_string_equal(search, "FROM \"a b\"");
	for (i = 0; i < sizeof(bad_searches) / sizeof(bad_searches[0]); i++)
		assert_false(set(&opt_search, &search, bad_searches[i]));
	assert_true(set(&opt_folder, &folder, "Entw\xc3\xbcrfe"));
	assert_string_equal(folder, "Entw\xc3\xbcrfe");
	for (i = 0; i < sizeof(bad_folders) / sizeof(bad_folders[0]); i++)
		assert_false(set(&opt_folder, &folder, bad_folders[i]));
	/* the default, then what takes its place */
	assert_true(set(&opt_mailboxes, &list, "INBOX") && list.n == 1);
	assert_true(set(&opt_mailboxes, &list, "a") && list.n == 1);
	assert_string_equal(list.names[0], "a");
	assert_false(set(&opt_mailboxes, &list, "\xff"));
	for (i = 1; i < MAILBOX_OPTIONS_MAX; i++)
		assert_true(set(&opt_mailboxes, &list, "b"));
	assert_false(set(&opt_mailboxes, &list, "one too many"));
	assert_int_equal(list.n, MAILBOX_OPTIONS_MAX);
}

static void
certificate_days(void **state)
{
	static const enum metric_id days_only[] = { METRIC_DAYS, METRIC_COUNT };
	struct plugin cert = fake_plugin;
	struct parsed p;
	const struct threshold *t = p.s.thresholds.rows;

	(void)state;
	parse_good(&p, WORDS("-D", "30", "--certificate=21d,7"));
	assert_int_equal(p.s.thresholds.n, 2);
	assert_int_equal(t[0].id, METRIC_CERT_DAYS);
	assert_true(t[0].range.no_end && t[0].range.start == 21);
	assert_true(t[1].critical && t[1].range.start == 7);
	parsed_free(&p);
	cert.metrics = days_only;
	cert.main_metric = METRIC_DAYS;
	parse_with(&p, &cert, WORDS("-D12h"));
	assert_int_equal(p.outcome, OPT_RUN);
	assert_int_equal(t[0].id, METRIC_DAYS);
	assert_true(t[0].range.start == 0.5);
	parsed_free(&p);
}

static void
causes_and_severities(void **state)
{
	struct parsed p;

	(void)state;
	parse_good(&p, WORDS("--severity=cert.*=ok", "--severity",
	    "auth.rejected=2", "--expect-cause=connect.refused",
	    "--timeout-result=Unknown"));
	assert_int_equal(p.s.severities.n, 2);
	assert_string_equal(p.s.severities.rows[0].pattern, "cert.*");
	assert_int_equal(p.s.severities.rows[0].state, STATE_OK);
	assert_string_equal(p.s.severities.rows[1].pattern, "auth.rejected");
	assert_int_equal(p.s.severities.rows[1].state, STATE_CRITICAL);
	assert_int_equal(p.s.expect, CAUSE_CONNECT_REFUSED);
	assert_true(p.s.timeout_result.given);
	assert_int_equal(p.s.timeout_result.state, STATE_UNKNOWN);
	parsed_free(&p);
}

static void
too_many_severities(void **state)
{
	struct settings s;
	struct buf why;
	int i;

	(void)state;
	settings_init(&s);
	buf_init(&why, SENTENCE_MAX);
	for (i = 0; i < SEVERITIES_MAX; i++)
		assert_true(opt_severity.set(&s.severities, "slow=ok",
		    &fake_plugin, &why));
	assert_false(opt_severity.set(&s.severities, "slow=ok", &fake_plugin,
	    &why));
	assert_non_null(strstr(buf_cstr(&why), "at most 64"));
	buf_free(&why);
	settings_free(&s);
}

static void
mechanisms(void **state)
{
	struct parsed p;

	(void)state;
	parse_good(&p, WORDS("--auth=scram-sha-256,Plain,PLAIN"));
	assert_int_equal(p.s.auth.n, 2);
	assert_string_equal(p.s.auth.names[0], "SCRAM-SHA-256");
	assert_string_equal(p.s.auth.names[1], "PLAIN");
	assert_false(p.s.auth.strongest);
	parsed_free(&p);
	parse_good(&p, WORDS("--auth=LOGIN", "--auth=strongest"));
	assert_int_equal(p.s.auth.n, 0);
	assert_true(p.s.auth.strongest);
	parsed_free(&p);
	/* what the program cannot speak is not taken, though others can */
	expect_bad(WORDS("--auth=PLAIN,GSSAPI"), CAUSE_USAGE_OPTION,
	    "SCRAM-SHA-256, EXTERNAL, APOP or strongest");
}

static void
the_rest(void **state)
{
	struct parsed p;

	(void)state;
	parse_good(&p, WORDS("--address=[2001:db8::7]",
	    "--source-address=2001:db8::8", "--connect-timeout=3s",
	    "--parallel=0", "--rate=1000000", "--tls-min=1.0",
	    "--tls-max=1.3", "--at=@86400", "--password-fd=1023",
	    "--backoff=0", "--output-format=multi-line", "--sni=_x.example"));
	assert_int_equal(p.s.address.family, 6);
	assert_int_equal(p.s.source.ip[15], 8);
	assert_int_equal(p.s.connect_timeout, 3000000);
	assert_int_equal(p.s.parallel, 0);
	assert_int_equal(p.s.rate, 1000000);
	assert_int_equal(p.s.tls_min, 10);
	assert_int_equal(p.s.tls_max, 13);
	assert_true(p.s.at.given && p.s.at.epoch == 86400);
	assert_int_equal(p.s.password_fd, 1023);
	assert_int_equal(p.s.backoff, 0);
	assert_int_equal(p.s.format, FORMAT_TEXT);
	assert_string_equal(p.s.sni.name, "_x.example");
	parsed_free(&p);
}

static void
many_hosts(void **state)
{
	struct settings s;
	struct buf why;
	size_t i;

	(void)state;
	settings_init(&s);
	buf_init(&why, SENTENCE_MAX);
	for (i = 0; i < 1000; i++)
		assert_true(opt_host.set(&s.hosts, i % 2 ? "a.example" :
		    "192.0.2.1", &fake_plugin, &why));
	assert_int_equal(s.hosts.n, 1000);
	assert_string_equal(host_list_at(&s.hosts, 999), "a.example");
	assert_string_equal(host_list_at(&s.hosts, 0), "192.0.2.1");
	buf_free(&why);
	settings_free(&s);
}

static void
port_lists(void **state)
{
	static struct port_policy policy;
	struct port_set ports;

	(void)state;
	memset(&ports, 0, sizeof(ports));
	/* the last list counts, as after a default */
	assert_true(set(&opt_ports, &ports, PORTS_USUAL));
	assert_true(set(&opt_ports, &ports, "pop3-imap,SIEVE"));
	assert_int_equal(ports.n, 35);
	assert_true(port_set_has(&ports, 4190));
	assert_false(set(&opt_ports, &ports, "http"));
	/* each policy adds */
	assert_true(set(&opt_expect_ports, &policy, "open:imaps"));
	assert_true(set(&opt_expect_ports, &policy, "filtered:smtp"));
	assert_string_equal(port_policy_word(&policy, 993), "open");
	assert_string_equal(port_policy_word(&policy, 25), "filtered");
	assert_false(set(&opt_expect_ports, &policy, "closed:993"));
}

static void
probes_and_attempts(void **state)
{
	static const char *const no_attempts[] = {
		"0", "101", "-1", "1.5", "many"
	};
	enum probe_depth probe = PROBE_CONNECT;
	unsigned attempts = 0;
	size_t i;

	(void)state;
	assert_true(set(&opt_probe, &probe, "TLS"));
	assert_int_equal(probe, PROBE_TLS);
	assert_true(set(&opt_probe, &probe, "greeting"));
	assert_int_equal(probe, PROBE_GREETING);
	assert_true(set(&opt_probe, &probe, "connect"));
	assert_int_equal(probe, PROBE_CONNECT);
	assert_false(set(&opt_probe, &probe, "ping"));
	assert_true(set(&opt_attempts, &attempts, "1"));
	assert_int_equal(attempts, 1);
	assert_true(set(&opt_attempts, &attempts, "100"));
	assert_int_equal(attempts, ATTEMPTS_MAX);
	for (i = 0; i < sizeof(no_attempts) / sizeof(no_attempts[0]); i++)
		assert_false(set(&opt_attempts, &attempts, no_attempts[i]));
}

static void
nearest_words(void **state)
{
	static const struct {
		const char	*wanted;
		const char	*found;
	} rows[] = {
		{ "port", "port" }, { "prt", "port" }, { "pots", "port" },
		{ "hostnmae", "hostname" }, { "hostn", "hostname" },
		{ "hnosetme", NULL },
		{ "host", "hostname" }, { "ho", NULL }, { "", NULL },
		{ "xy", NULL },
		{ "a-word-so-long-that-nothing-is-compared-with-it", NULL }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct nearest n;

		nearest_start(&n, span_of(rows[i].wanted));
		nearest_try(&n, "hostname");
		nearest_try(&n, "port");
		nearest_try(&n, "at");
		if (rows[i].found == NULL)
			assert_null(n.found);
		else
			assert_string_equal(n.found, rows[i].found);
	}
}

/* what check_tls_cert measures against */
static void
certificates(void **state)
{
	static const enum metric_id metrics[] = { METRIC_DAYS, METRIC_LIFETIME,
	    METRIC_COUNT };
	static const struct plugin plugin = { .name = "check_fake",
		.main_metric = METRIC_DAYS, .metrics = metrics };
	static struct threshold_list list;
	static struct pin_list pins;
	enum cert_policy policy = CERT_POLICY_PUBLIC;
	struct buf why;

	(void)state;
	buf_init(&why, 1024);
	assert_true(opt_cert_policy.set(&policy, "private", &plugin, &why));
	assert_int_equal(policy, CERT_POLICY_PRIVATE);
	assert_true(opt_cert_policy.set(&policy, "public", &plugin, &why));
	assert_int_equal(policy, CERT_POLICY_PUBLIC);
	assert_false(opt_cert_policy.set(&policy, "Private", &plugin, &why));
	assert_string_equal(buf_cstr(&why), "public or private");
	buf_clear(&why);
	assert_true(opt_pin.set(&pins, "cert-sha256:000102030405060708090a0b0"
	    "c0d0e0f101112131415161718191a1b1c1d1e1f", &plugin, &why));
	assert_int_equal(pins.n, 1);
	assert_false(opt_pin.set(&pins, "sha256", &plugin, &why));
	assert_int_equal(pins.n, 1);
	buf_clear(&why);
	assert_true(opt_warning.set(&list, "25%", &plugin, &why));
	assert_true(list.rows[0].range.percent && list.rows[0].range.no_end);
	assert_true(opt_critical.set(&list, "36h", &plugin, &why));
	assert_true(list.rows[1].range.start == 1.5);
	assert_false(list.rows[1].range.percent);
	assert_false(opt_critical.set(&list, "soon", &plugin, &why));
	assert_string_equal(buf_cstr(&why), "[METRIC=]RANGE, for days such as "
	    "21d, 36h, 7:90 or 25% of the lifetime");
	buf_free(&why);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(timeouts),
		cmocka_unit_test(ports_and_services),
		cmocka_unit_test(thresholds),
		cmocka_unit_test(mailboxes_and_what_of_them),
		cmocka_unit_test(certificate_days),
		cmocka_unit_test(causes_and_severities),
		cmocka_unit_test(too_many_severities),
		cmocka_unit_test(mechanisms),
		cmocka_unit_test(the_rest),
		cmocka_unit_test(many_hosts),
		cmocka_unit_test(port_lists),
		cmocka_unit_test(probes_and_attempts),
		cmocka_unit_test(nearest_words),
		cmocka_unit_test(certificates)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
