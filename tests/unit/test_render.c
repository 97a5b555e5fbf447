/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * render - whole reports, byte for byte
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "report/json.h"
#include "report/render.h"
#include "report/verdict.h"
#include "sample_run.h"

enum {
	OUT_MAX = 4 * 1024 * 1024,
	LOGIN = 1 << STAGE_DNS | 1 << STAGE_CONNECT | 1 << STAGE_GREETING |
	    1 << STAGE_TLS | 1 << STAGE_AUTH | 1 << STAGE_MAILBOX
};

/* the same in every sample of OpenMetrics below */
#define BASE "plugin=\"check_imap_login\",host=\"mail.example.org\"," \
	"port=\"993\",account=\"\",target=\"mail.example.org:993\"," \
	"mailbox=\"\",root=\"\""

static void
rendered_is(const struct run *run, enum format format, unsigned verbose,
    const char *want)
{
	struct buf out;

	buf_init(&out, OUT_MAX);
	render(run, format, verbose, &out);
	assert_string_equal(buf_cstr(&out), want);
	buf_free(&out);
}

static void
done(struct result *r, enum stage s, int64_t usec, const char *note)
{
	r->stages[s].progress = PROGRESS_OK;
	if (usec > 0)
		result_spent(r, s, usec);
	if (note != NULL)
		result_note(r, s, "%s", note);
}

static void
whole_time(struct run *run, double seconds)
{
	struct metric *m = measured(&run->sheet, METRIC_TIME, seconds);

	m->has_max = true;
	m->max = 10;
}

static struct run
imap_run(void)
{
	return (struct run){ .plugin = "check_imap_login", .version = "1.0" };
}

/* the example of README: an expired certificate */
static struct run
expired(void)
{
	struct run run = imap_run();
	struct result *r = sample_result(&run, "mail.example.org", 993);

	r->target.address = address_from("192.0.2.7");
	whole_time(&run, 0.021);
	done(r, STAGE_DNS, 1200,
	    "mail.example.org is 192.0.2.7 and 2001:db8::7");
	done(r, STAGE_CONNECT, 6100, "192.0.2.7 port 993");
	result_spent(r, STAGE_TLS, 13500);
	r->stages[STAGE_TLS].progress = PROGRESS_FAILED;
	sheet_find(&r->sheet, CAUSE_CERT_EXPIRED, STAGE_TLS,
	    "CN=mail.example.org ended 2026-03-01 12:00:00 UTC",
	    "mail.example.org:993 presents a certificate that expired "
	    "3 days ago");
	verdict_reach(&run, LOGIN);
	return run;
}

static void
expired_as_text(void **unused)
{
	struct run run = expired();

	(void)unused;
	rendered_is(&run, FORMAT_TEXT, 0,
	    "IMAP_LOGIN CRITICAL: mail.example.org:993 presents a certificate "
	    "that expired 3 days ago [cert.expired] | time=0.021s;;;0;10 "
	    "dns=0.0012s;;;0 connect=0.0061s;;;0 tls=0.0135s;;;0\n"
	    "ok        dns       mail.example.org is 192.0.2.7 and "
	    "2001:db8::7\n"
	    "ok        connect   192.0.2.7 port 993\n"
	    "critical  tls       CN=mail.example.org ended "
	    "2026-03-01 12:00:00 UTC [cert.expired]\n"
	    "skipped   greeting auth mailbox\n"
	    "next      server: renew it and reload the server\n"
	    "by hand   openssl s_client -connect '192.0.2.7:993' "
	    "-servername 'mail.example.org'\n");
	run_free(&run);
}

static const char expired_json[] =
    "{\"plugin\":\"check_imap_login\",\"version\":\"1.0\","
    "\"state\":\"critical\",\"cause\":\"cert.expired\","
    "\"party\":\"server\",\"stage\":\"tls\","
    "\"summary\":\"mail.example.org:993 presents a certificate that "
    "expired 3 days ago\","
    "\"target\":{\"host\":\"mail.example.org\",\"port\":993,"
    "\"address\":\"192.0.2.7\",\"tls\":\"implicit\"},"
    "\"stages\":["
    "{\"name\":\"dns\",\"state\":\"ok\",\"seconds\":0.0012,"
    "\"target\":\"mail.example.org:993\"},"
    "{\"name\":\"connect\",\"state\":\"ok\",\"seconds\":0.0061,"
    "\"target\":\"mail.example.org:993\"},"
    "{\"name\":\"tls\",\"state\":\"critical\",\"seconds\":0.0135,"
    "\"target\":\"mail.example.org:993\"},"
    "{\"name\":\"greeting\",\"state\":\"skipped\",\"seconds\":null,"
    "\"target\":\"mail.example.org:993\"},"
    "{\"name\":\"auth\",\"state\":\"skipped\",\"seconds\":null,"
    "\"target\":\"mail.example.org:993\"},"
    "{\"name\":\"mailbox\",\"state\":\"skipped\",\"seconds\":null,"
    "\"target\":\"mail.example.org:993\"}],"
    "\"findings\":[{\"cause\":\"cert.expired\","
    "\"state\":\"critical\",\"party\":\"server\",\"stage\":\"tls\","
    "\"target\":\"mail.example.org:993\",\"detail\":"
    "\"CN=mail.example.org ended 2026-03-01 12:00:00 UTC\","
    "\"next\":\"renew it and reload the server\",\"by_hand\":"
    "\"openssl s_client -connect '192.0.2.7:993' -servername "
    "'mail.example.org'\",\"consequence_of\":null}],"
    "\"metrics\":["
    "{\"label\":\"time\",\"value\":0.021,\"uom\":\"s\","
    "\"warn\":null,\"crit\":null,\"min\":0,\"max\":10,"
    "\"target\":null},"
    "{\"label\":\"dns\",\"value\":0.0012,\"uom\":\"s\","
    "\"warn\":null,\"crit\":null,\"min\":0,\"max\":null,"
    "\"target\":\"mail.example.org:993\"},"
    "{\"label\":\"connect\",\"value\":0.0061,\"uom\":\"s\","
    "\"warn\":null,\"crit\":null,\"min\":0,\"max\":null,"
    "\"target\":\"mail.example.org:993\"},"
    "{\"label\":\"tls\",\"value\":0.0135,\"uom\":\"s\","
    "\"warn\":null,\"crit\":null,\"min\":0,\"max\":null,"
    "\"target\":\"mail.example.org:993\"}],"
    "\"facts\":{}}\n";

static void
expired_as_json(void **unused)
{
	struct run run = expired();

	(void)unused;
	rendered_is(&run, FORMAT_JSON, 0, expired_json);
	run_free(&run);
}

static void
expired_as_openmetrics(void **unused)
{
	struct run run = expired();

	(void)unused;
	rendered_is(&run, FORMAT_OPENMETRICS, 0,
	    "# HELP mail_check_state State of the check: 0 ok, 1 warning, "
	    "2 critical, 3 unknown.\n"
	    "# TYPE mail_check_state gauge\n"
	    "mail_check_state{" BASE "} 2\n"
	    "# HELP mail_check_cause What is wrong, and who acts next.\n"
	    "# TYPE mail_check_cause gauge\n"
	    "mail_check_cause{" BASE ",cause=\"cert.expired\","
	    "party=\"server\"} 1\n"
	    "# HELP mail_check_seconds Duration of the whole check.\n"
	    "# TYPE mail_check_seconds gauge\n"
	    "mail_check_seconds{" BASE "} 0.021\n"
	    "# HELP mail_check_stage_seconds Duration of a stage of the "
	    "check.\n"
	    "# TYPE mail_check_stage_seconds gauge\n"
	    "mail_check_stage_seconds{" BASE ",stage=\"dns\"} 0.0012\n"
	    "mail_check_stage_seconds{" BASE ",stage=\"connect\"} 0.0061\n"
	    "mail_check_stage_seconds{" BASE ",stage=\"tls\"} 0.0135\n"
	    "# EOF\n");
	run_free(&run);
}

static void
login_facts(const struct run *run, struct json *j)
{
	(void)run;
	json_string(j, "protocol", "imap");
	json_array(j, "capabilities");
	json_string(j, NULL, "IMAP4rev1");
	json_array_end(j);
}

/* all is well; thresholds, counts, an account, a certificate, a greeting */
static struct run
well(struct buf *config)
{
	struct run run = imap_run();
	struct result *r = sample_result(&run, "mail.example.org", 993);
	struct metric *m;

	run.account = "a\"b\\c\n";
	run.mailbox = "INBOX";
	run.config = config;
	run.facts = login_facts;
	whole_time(&run, 0.5);
	done(r, STAGE_DNS, 0, NULL);
	done(r, STAGE_GREETING, 20000, "Dovecot | <ready>\n");
	done(r, STAGE_TLS, 10000, "TLSv1.3");
	done(r, STAGE_AUTH, 30000, NULL);
	sheet_measure(&r->sheet, METRIC_MESSAGES, 12);
	sheet_measure(&r->sheet, METRIC_UNSEEN, NAN);
	m = sheet_measure(&r->sheet, METRIC_CERT_DAYS, 21.5);
	m->has_warn = m->has_crit = m->has_max = true;
	assert_true(range_parse(span_of("21"), UNIT_DAYS, true, false,
	    &m->warn));
	assert_true(range_parse(span_of("@~:7"), UNIT_DAYS, true, false,
	    &m->crit));
	m->max = 90;
	m = measured(&r->sheet, METRIC_AUTH, 0.03);
	m->has_crit = true;
	assert_true(range_parse(span_of("2"), UNIT_SECONDS, false, false,
	    &m->crit));
	result_summary(r, "logged in <fast> | really");
	verdict_reach(&run, LOGIN);
	return run;
}

#define WELL "IMAP_LOGIN OK: logged in (fast) / really | time=0.5s;;;0;10 " \
	"tls=0.01s;;;0 greeting=0.02s;;;0 auth=0.03s;;2;0 messages=12 " \
	"cert_days=21.5;21:;@~:7;;90\n"
#define WELL_STAGES "ok        dns\n" \
	"ok        tls       TLSv1.3\n" \
	"ok        greeting  Dovecot / (ready) \n" \
	"ok        auth\n"

static void
well_as_text(void **unused)
{
	struct buf config;
	struct run run;

	(void)unused;
	buf_init(&config, OUT_MAX);
	buf_str(&config, "port 993|x\ntls <implicit>\n\nlast");
	run = well(&config);
	rendered_is(&run, FORMAT_TEXT, 0, WELL);
	rendered_is(&run, FORMAT_TEXT, 1, WELL WELL_STAGES);
	rendered_is(&run, FORMAT_TEXT, 2, WELL WELL_STAGES
	    "config    port 993/x\n"
	    "config    tls (implicit)\n"
	    "config    last\n");
	run_free(&run);
	buf_free(&config);
}

#define ESCAPED "plugin=\"check_imap_login\",host=\"mail.example.org\"," \
	"port=\"993\",account=\"a\\\"b\\\\c\\n\"," \
	"target=\"mail.example.org:993\",mailbox=\"INBOX\",root=\"\""

static void
well_as_openmetrics(void **unused)
{
	struct run run = well(NULL);

	(void)unused;
	rendered_is(&run, FORMAT_OPENMETRICS, 0,
	    "# HELP mail_check_state State of the check: 0 ok, 1 warning, "
	    "2 critical, 3 unknown.\n"
	    "# TYPE mail_check_state gauge\n"
	    "mail_check_state{" ESCAPED "} 0\n"
	    "# HELP mail_check_seconds Duration of the whole check.\n"
	    "# TYPE mail_check_seconds gauge\n"
	    "mail_check_seconds{" ESCAPED "} 0.5\n"
	    "# HELP mail_check_stage_seconds Duration of a stage of the "
	    "check.\n"
	    "# TYPE mail_check_stage_seconds gauge\n"
	    "mail_check_stage_seconds{" ESCAPED ",stage=\"greeting\"} 0.02\n"
	    "mail_check_stage_seconds{" ESCAPED ",stage=\"tls\"} 0.01\n"
	    "mail_check_stage_seconds{" ESCAPED ",stage=\"auth\"} 0.03\n"
	    "# HELP mail_check_messages Messages in the mailbox.\n"
	    "# TYPE mail_check_messages gauge\n"
	    "mail_check_messages{" ESCAPED "} 12\n"
	    "# HELP mail_check_certificate_remaining_seconds Time until the "
	    "first certificate on the path ends.\n"
	    "# TYPE mail_check_certificate_remaining_seconds gauge\n"
	    "mail_check_certificate_remaining_seconds{" ESCAPED "} 1857600\n"
	    "# EOF\n");
	run_free(&run);
}

static void
well_as_json(void **unused)
{
	struct run run = well(NULL);

	(void)unused;
	run.results[0].sheet.nmetrics = 3;
	run.results[0].stages[STAGE_DNS].progress = PROGRESS_NONE;
	run.results[0].stages[STAGE_AUTH].progress = PROGRESS_NONE;
	rendered_is(&run, FORMAT_JSON, 0,
	    "{\"plugin\":\"check_imap_login\",\"version\":\"1.0\","
	    "\"state\":\"ok\",\"cause\":null,\"party\":null,\"stage\":null,"
	    "\"summary\":\"logged in \\u003cfast\\u003e | really\","
	    "\"target\":{\"host\":\"mail.example.org\",\"port\":993,"
	    "\"address\":null,\"tls\":\"implicit\"},"
	    "\"stages\":["
	    "{\"name\":\"tls\",\"state\":\"ok\",\"seconds\":0.01,"
	    "\"target\":\"mail.example.org:993\"},"
	    "{\"name\":\"greeting\",\"state\":\"ok\",\"seconds\":0.02,"
	    "\"target\":\"mail.example.org:993\"}],"
	    "\"findings\":[],"
	    "\"metrics\":["
	    "{\"label\":\"time\",\"value\":0.5,\"uom\":\"s\","
	    "\"warn\":null,\"crit\":null,\"min\":0,\"max\":10,"
	    "\"target\":null},"
	    "{\"label\":\"messages\",\"value\":12,\"uom\":\"\","
	    "\"warn\":null,\"crit\":null,\"min\":null,\"max\":null,"
	    "\"target\":\"mail.example.org:993\"},"
	    "{\"label\":\"unseen\",\"value\":null,\"uom\":\"\","
	    "\"warn\":null,\"crit\":null,\"min\":null,\"max\":null,"
	    "\"target\":\"mail.example.org:993\"},"
	    "{\"label\":\"cert_days\",\"value\":21.5,\"uom\":\"\","
	    "\"warn\":\"21:\",\"crit\":\"@~:7\",\"min\":null,\"max\":90,"
	    "\"target\":\"mail.example.org:993\"}],"
	    "\"facts\":{\"protocol\":\"imap\","
	    "\"capabilities\":[\"IMAP4rev1\"]}}\n");
	run_free(&run);
}

static void
usage_is_one_line(void **unused)
{
	struct run run = imap_run();

	(void)unused;
	sheet_find(&run.sheet, CAUSE_USAGE_OPTION, STAGE_NONE, NULL,
	    "--port: '99|99\n<x>' is no port");
	verdict_reach(&run, LOGIN);
	rendered_is(&run, FORMAT_TEXT, 3, "IMAP_LOGIN UNKNOWN: "
	    "--port: '99/99 (x)' is no port [usage.option]\n");
	rendered_is(&run, FORMAT_JSON, 0,
	    "{\"plugin\":\"check_imap_login\",\"version\":\"1.0\","
	    "\"state\":\"unknown\",\"cause\":\"usage.option\","
	    "\"party\":\"caller\",\"stage\":null,\"summary\":"
	    "\"--port: '99|99\\u000a\\u003cx\\u003e' is no port\","
	    "\"target\":null,\"stages\":[],\"findings\":[{"
	    "\"cause\":\"usage.option\",\"state\":\"unknown\","
	    "\"party\":\"caller\",\"stage\":null,\"target\":null,\"detail\":"
	    "\"--port: '99|99\\u000a\\u003cx\\u003e' is no port\","
	    "\"next\":\"read --help; nothing was contacted\","
	    "\"by_hand\":null,\"consequence_of\":null}],"
	    "\"metrics\":[],\"facts\":{}}\n");
	run_free(&run);
}

/* of the run, without stage, several in a stage, explained ones, OK ones */
static void
findings_stand_at_their_stage(void **unused)
{
	static const struct severity weak_ok[] = { { "cert.weak", STATE_OK } };
	struct run run = imap_run();
	struct result *r = sample_result(&run, "mail.example.org", 143);

	(void)unused;
	run.policy.severities = weak_ok;
	run.policy.nseverities = 1;
	done(r, STAGE_CONNECT, 0, "192.0.2.7 port 143");
	done(r, STAGE_TLS, 0, "TLSv1.2");
	done(r, STAGE_AUTH, 0, NULL);
	sheet_find(&r->sheet, CAUSE_CERT_WEAK, STAGE_TLS, NULL, "weak");
	sheet_find(&r->sheet, CAUSE_CERT_UNTIDY, STAGE_TLS, NULL, "untidy");
	sheet_find(&r->sheet, CAUSE_CERT_EXPIRED, STAGE_TLS, NULL, "hidden");
	sheet_find(&r->sheet, CAUSE_CERT_CLOCK, STAGE_TLS, NULL, "clock");
	sheet_find(&r->sheet, CAUSE_SLOW, STAGE_NONE, "tls took 5 s", "slow");
	sheet_find(&run.sheet, CAUSE_CONNECT_IPV6_DOWN, STAGE_CONNECT, NULL,
	    "2001:db8::7 is silent");
	verdict_reach(&run, LOGIN);
	rendered_is(&run, FORMAT_TEXT, 0,
	    "IMAP_LOGIN WARNING: 2001:db8::7 is silent [connect.ipv6-down]\n"
	    "ok        connect   192.0.2.7 port 143\n"
	    "warning   connect   2001:db8::7 is silent [connect.ipv6-down]\n"
	    "ok        tls       TLSv1.2\n"
	    "warning   tls       untidy [cert.untidy]\n"
	    "unknown   tls       clock [cert.clock]\n"
	    "ok        tls       weak [cert.weak]\n"
	    "ok        auth\n"
	    "warning   -         tls took 5 s [slow]\n"
	    "next      network: repair IPv6 or withdraw the AAAA record\n"
	    "by hand   nc -vz -w 5 'mail.example.org' '143'\n");
	run_free(&run);
}

/* --expect-cause makes it OK, but -v still shows what there is */
static void
expected_is_shown_when_asked(void **unused)
{
	struct run run = imap_run();
	struct result *r = sample_result(&run, "mail.example.org", 143);

	(void)unused;
	run.policy.expect = CAUSE_AUTH_REJECTED;
	sheet_find(&r->sheet, CAUSE_AUTH_REJECTED, STAGE_AUTH, "NO",
	    "mail.example.org:143 says NO");
	verdict_reach(&run, LOGIN);
	rendered_is(&run, FORMAT_TEXT, 0, "IMAP_LOGIN OK: auth.rejected as "
	    "expected: mail.example.org:143 says NO\n");
	rendered_is(&run, FORMAT_TEXT, 1, "IMAP_LOGIN OK: auth.rejected as "
	    "expected: mail.example.org:143 says NO\n"
	    "critical  auth      NO [auth.rejected]\n");
	run_free(&run);
}

/* three targets, two of them the same, one with a name of its own */
static struct run
several(void)
{
	struct run run = { .plugin = "check_tls_cert", .version = "1.0" };
	struct result *r;

	whole_time(&run, 2);
	r = sample_result(&run, "2001:db8::7", 993);
	result_summary(r, "[2001:db8::7]:993 is good");
	sheet_measure(&r->sheet, METRIC_DAYS, 60);
	r = sample_result(&run, "a.example", 143);
	sheet_find(&r->sheet, CAUSE_CERT_UNTIDY, STAGE_TLS, "order",
	    "a.example:143 is untidy");
	sheet_find(&r->sheet, CAUSE_CERT_WRONG_HOST, STAGE_TLS, NULL,
	    "a.example:143 is for <b.example>");
	sheet_measure(&r->sheet, METRIC_DAYS, -1);
	result_spent(r, STAGE_TLS, 5000);
	r = sample_result(&run, "", 0);
	r->name = sentence_make("/etc/it's=<mine>|.pem");
	sheet_find(&r->sheet, CAUSE_CERT_UNREADABLE, STAGE_NONE, NULL,
	    "/etc/it's=<mine>|.pem is no certificate");
	sheet_measure(&r->sheet, METRIC_DAYS, 7);
	sheet_find(&run.sheet, CAUSE_CERT_DIFFERS, STAGE_TLS, NULL,
	    "two certificates");
	verdict_reach(&run, 0);
	return run;
}

#define SEVERAL_HEAD "TLS_CERT CRITICAL: 2 of 3 targets fail; worst " \
	"a.example:143 is for (b.example) [cert.wrong-host] | " \
	"time=2s;;;0;10 '[2001:db8::7]:993 days'=60 " \
	"'a.example:143 tls'=0.005s;;;0 'a.example:143 days'=-1 " \
	"'/etc/it''s_(mine)/.pem days'=7\n" \
	"critical  tls       a.example:143 is for (b.example) " \
	"[cert.wrong-host]\n" \
	"warning   tls       two certificates [cert.differs]\n" \
	"warning   tls       a.example:143 order [cert.untidy]\n" \
	"unknown   -         /etc/it's=(mine)/.pem is no certificate " \
	"[cert.unreadable]\n"
#define SEVERAL_TAIL \
	"next      settings: use one of these names, or reissue\n" \
	"by hand   openssl s_client -connect 'a.example:143' -servername " \
	"'a.example' -starttls imap\n"

static void
several_as_text(void **unused)
{
	struct run run = several();

	(void)unused;
	rendered_is(&run, FORMAT_TEXT, 0, SEVERAL_HEAD SEVERAL_TAIL);
	rendered_is(&run, FORMAT_TEXT, 1, SEVERAL_HEAD
	    "ok        -         [2001:db8::7]:993 is good\n" SEVERAL_TAIL);
	run_free(&run);
}

#define L(host, port, target) "plugin=\"check_tls_cert\",host=\"" host \
	"\",port=\"" port "\",account=\"\",target=\"" target \
	"\",mailbox=\"\",root=\"\""
#define WHOLE L("", "", "")
#define V6 L("2001:db8::7", "993", "[2001:db8::7]:993")
#define A L("a.example", "143", "a.example:143")
#define PEM L("", "", "/etc/it's=<mine>|.pem")

static void
several_as_openmetrics(void **unused)
{
	struct run run = several();

	(void)unused;
	rendered_is(&run, FORMAT_OPENMETRICS, 0,
	    "# HELP mail_check_state State of the check: 0 ok, 1 warning, "
	    "2 critical, 3 unknown.\n"
	    "# TYPE mail_check_state gauge\n"
	    "mail_check_state{" WHOLE "} 2\n"
	    "mail_check_state{" V6 "} 0\n"
	    "mail_check_state{" A "} 2\n"
	    "mail_check_state{" PEM "} 3\n"
	    "# HELP mail_check_cause What is wrong, and who acts next.\n"
	    "# TYPE mail_check_cause gauge\n"
	    "mail_check_cause{" A ",cause=\"cert.wrong-host\","
	    "party=\"settings\"} 1\n"
	    "# HELP mail_check_seconds Duration of the whole check.\n"
	    "# TYPE mail_check_seconds gauge\n"
	    "mail_check_seconds{" WHOLE "} 2\n"
	    "# HELP mail_check_stage_seconds Duration of a stage of the "
	    "check.\n"
	    "# TYPE mail_check_stage_seconds gauge\n"
	    "mail_check_stage_seconds{" A ",stage=\"tls\"} 0.005\n"
	    "# HELP mail_check_certificate_remaining_seconds Time until the "
	    "first certificate on the path ends.\n"
	    "# TYPE mail_check_certificate_remaining_seconds gauge\n"
	    "mail_check_certificate_remaining_seconds{" V6 "} 5184000\n"
	    "mail_check_certificate_remaining_seconds{" A "} -86400\n"
	    "mail_check_certificate_remaining_seconds{" PEM "} 604800\n"
	    "# HELP mail_check_targets Targets looked at.\n"
	    "# TYPE mail_check_targets gauge\n"
	    "mail_check_targets{" WHOLE "} 3\n"
	    "# HELP mail_check_targets_in_state Targets by state.\n"
	    "# TYPE mail_check_targets_in_state gauge\n"
	    "mail_check_targets_in_state{" WHOLE ",state=\"ok\"} 1\n"
	    "mail_check_targets_in_state{" WHOLE ",state=\"warning\"} 0\n"
	    "mail_check_targets_in_state{" WHOLE ",state=\"critical\"} 1\n"
	    "mail_check_targets_in_state{" WHOLE ",state=\"unknown\"} 1\n"
	    "# EOF\n");
	run_free(&run);
}

static void
several_as_json(void **unused)
{
	static const char *const parts[] = {
		"\"target\":null,\"stages\":[],\"findings\":[{"
		"\"cause\":\"cert.differs\",\"state\":\"warning\","
		"\"party\":\"server\",\"stage\":\"tls\",\"target\":null,",
		"{\"cause\":\"cert.wrong-host\",\"state\":\"critical\","
		"\"party\":\"settings\",\"stage\":\"tls\","
		"\"target\":\"a.example:143\","
		"\"detail\":\"a.example:143 is for \\u003cb.example\\u003e\",",
		"{\"cause\":\"cert.untidy\",\"state\":\"warning\",",
		"\"target\":\"/etc/it's=\\u003cmine\\u003e|.pem\"",
		"\"label\":\"targets\",\"value\":3,",
		"\"label\":\"days\",\"value\":60,"
	};
	struct run run = several();
	const char *p;
	struct buf out;
	size_t i;

	(void)unused;
	buf_init(&out, OUT_MAX);
	render(&run, FORMAT_JSON, 0, &out);
	p = buf_cstr(&out);
	for (i = 0; i < ROWS(parts); i++) {
		p = strstr(p, parts[i]);
		assert_non_null(p);
	}
	buf_free(&out);
	run_free(&run);
}

/* n targets a0.example, a1.example, ...; every one fails in the same words */
static struct run
crowd(unsigned n, const char *words)
{
	struct run run = { .plugin = "check_imap_login", .version = "1.0" };
	struct result *r;
	struct metric *m;
	char host[32];
	unsigned i;

	whole_time(&run, 3);
	for (i = 0; i < n; i++) {
		snprintf(host, sizeof(host), "a%u.example", i);
		r = sample_result(&run, host, 993);
		sheet_find(&r->sheet, i % 2 == 0 ? CAUSE_CERT_EXPIRING :
		    CAUSE_CERT_EXPIRED, STAGE_TLS, NULL, "%s:993 %s", host,
		    words);
		m = measured(&r->sheet, METRIC_CONNECT, i == 5 ? 9 : 0.5);
		m->has_warn = i == 5;
		m->warn = (struct range){ .end = 4 };
		sheet_measure(&r->sheet, METRIC_CERT_DAYS,
		    i == 3 ? -20.0 : i);
	}
	verdict_reach(&run, 0);
	return run;
}

static void
a_crowd_is_summed_up(void **unused)
{
	struct run run = crowd(25, "is old");

	(void)unused;
	rendered_is(&run, FORMAT_TEXT, 0,
	    "IMAP_LOGIN CRITICAL: 25 of 25 targets fail; worst "
	    "a1.example:993 is old [cert.expired] | time=3s;;;0;10 "
	    "connect=9s;4;;0 cert_days=-20 targets=25;;;0 ok=0;;;0 "
	    "warning=13;;;0 critical=12;;;0 unknown=0;;;0\n"
	    "critical  tls       a1.example:993 is old [cert.expired]\n"
	    "critical  tls       a3.example:993 is old [cert.expired]\n"
	    "critical  tls       a5.example:993 is old [cert.expired]\n"
	    "critical  tls       a7.example:993 is old [cert.expired]\n"
	    "critical  tls       a9.example:993 is old [cert.expired]\n"
	    "critical  tls       a11.example:993 is old [cert.expired]\n"
	    "critical  tls       a13.example:993 is old [cert.expired]\n"
	    "critical  tls       a15.example:993 is old [cert.expired]\n"
	    "critical  tls       a17.example:993 is old [cert.expired]\n"
	    "critical  tls       a19.example:993 is old [cert.expired]\n"
	    "and 15 more\n"
	    "next      server: renew it and reload the server\n"
	    "by hand   openssl s_client -connect 'a1.example:993' "
	    "-servername 'a1.example'\n");
	run_free(&run);
}

static void
perfdata_changes_with_the_ninth_target(void **unused)
{
	struct run run = crowd(8, "x");
	struct buf out;

	(void)unused;
	buf_init(&out, OUT_MAX);
	perfdata_write(&run, &out);
	assert_non_null(strstr(buf_cstr(&out), "'a7.example:993 connect'="));
	assert_null(strstr(buf_cstr(&out), "targets="));
	buf_free(&out);
	run_free(&run);
	run = crowd(9, "x");
	perfdata_write(&run, &out);
	assert_null(strstr(buf_cstr(&out), "'"));
	assert_non_null(strstr(buf_cstr(&out), "targets=9"));
	buf_free(&out);
	run_free(&run);
}

/* long host names would fill the line: then the worst values do for eight */
static void
perfdata_leaves_room_for_text(void **unused)
{
	struct run run = { .plugin = "check_test" };
	char host[HOST_MAX];
	struct result *r;
	struct buf out;
	unsigned i, k;

	(void)unused;
	for (i = 0; i < PERFDATA_TARGETS; i++) {
		memset(host, 'a' + (int)i, sizeof(host) - 1);
		host[sizeof(host) - 1] = '\0';
		r = sample_result(&run, host, 993);
		for (k = 0; k < STAGE_COUNT; k++)
			result_spent(r, (enum stage)k, 1000);
	}
	verdict_reach(&run, 0);
	buf_init(&out, OUT_MAX);
	perfdata_write(&run, &out);
	assert_string_equal(buf_cstr(&out), " | dns=0.001s;;;0 "
	    "connect=0.001s;;;0 greeting=0.001s;;;0 tls=0.001s;;;0 "
	    "auth=0.001s;;;0 submit=0.001s;;;0 mailbox=0.001s;;;0 "
	    "fetch=0.001s;;;0 quota=0.001s;;;0 targets=8;;;0 ok=8;;;0 "
	    "warning=0;;;0 critical=0;;;0 unknown=0;;;0");
	buf_free(&out);
	run_free(&run);
}

static size_t
count_of(const char *text, const char *word)
{
	size_t n = 0;

	for (; (text = strstr(text, word)) != NULL; text++)
		n++;
	return n;
}

/* 8 KiB hold the way out and as many findings as there is room for */
static void
a_crowd_is_cut_to_size(void **unused)
{
	static const size_t lengths[] = {
		10, 500, 700, 740, 750, 760, 780, 900, 1000
	};
	static char words[SENTENCE_MAX];
	struct run run;
	struct buf out;
	const char *s;
	unsigned shown, more;
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(lengths); i++) {
		memset(words, 'w', lengths[i]);
		words[lengths[i]] = '\0';
		run = crowd(100, words);
		buf_init(&out, OUT_MAX);
		render_text(&run, 0, &out);
		s = buf_cstr(&out);
		assert_true(out.len <= TEXT_MAX);
		shown = (unsigned)count_of(s, "\ncritical  ");
		assert_true(shown > 0 && shown <= TEXT_WORST);
		assert_true(lengths[i] > 500 || shown == TEXT_WORST);
		assert_int_equal(sscanf(strstr(s, "\nand "), "\nand %u more\n",
		    &more), 1);
		assert_int_equal(shown + more, 100);
		assert_int_equal(count_of(s, "\nnext      "), 1);
		assert_int_equal(count_of(s, "\nby hand   "), 1);
		assert_int_equal(s[out.len - 1], '\n');
		buf_free(&out);
		run_free(&run);
	}
}

static void
configuration_gives_way(void **unused)
{
	struct run run = crowd(20, "is old");
	struct buf config, out;

	(void)unused;
	buf_init(&config, OUT_MAX);
	buf_str(&config, "one\n");
	run.config = &config;
	buf_init(&out, OUT_MAX);
	render_text(&run, 2, &out);
	assert_int_equal(count_of(buf_cstr(&out), "\nconfig    one\n"), 1);
	while (config.len < TEXT_MAX)
		buf_str(&config, "many\n");
	buf_clear(&out);
	render_text(&run, 2, &out);
	assert_int_equal(count_of(buf_cstr(&out), "\nconfig "), 0);
	assert_int_equal(count_of(buf_cstr(&out), "\nnext "), 1);
	assert_true(out.len <= TEXT_MAX);
	buf_free(&out);
	buf_free(&config);
	run_free(&run);
}

/* every metric there is, in one run: families whole, perfdata in order */
static void
every_metric_has_a_family(void **unused)
{
	struct run run = imap_run();
	struct result *r = sample_result(&run, "mail.example.org", 993);
	struct buf out;
	unsigned i;

	(void)unused;
	measured(&run.sheet, METRIC_TIME, 1);
	for (i = 0; i < METRIC_COUNT; i++)
		measured(&r->sheet, (enum metric_id)i, 100);
	verdict_reach(&run, 0);
	buf_init(&out, OUT_MAX);
	render_openmetrics(&run, &out);
	assert_int_equal(count_of(buf_cstr(&out), "\nmail_check_"),
	    1 + METRIC_COUNT - 1);	/* state; days are cert_days too */
	assert_int_equal(count_of(buf_cstr(&out), "\nmail_check_seconds{"), 1);
	assert_int_equal(count_of(buf_cstr(&out),
	    "mail_check_quota_used_ratio{" BASE "} 1\n"), 1);
	assert_int_equal(count_of(buf_cstr(&out),
	    "mail_check_ports{" BASE ",verdict=\"open\"} 100\n"), 1);
	buf_clear(&out);
	perfdata_write(&run, &out);
	assert_int_equal(count_of(buf_cstr(&out), "="), METRIC_COUNT);
	assert_non_null(strstr(buf_cstr(&out), "| time=1s;;;0 dns=100s;;;0 "
	    "connect=100s;;;0 tls=100s;;;0 greeting=100s;;;0 auth="));
	buf_free(&out);
	run_free(&run);
}

static void
want_of_memory_still_renders(void **unused)
{
	struct run run = imap_run();

	(void)unused;
	run.state = STATE_UNKNOWN;
	run.cause = CAUSE_INTERNAL_ERROR;
	run.stage = STAGE_NONE;
	rendered_is(&run, FORMAT_TEXT, 0,
	    "IMAP_LOGIN UNKNOWN: out of memory [internal.error]\n"
	    "next      checker: a fault of the checking host, not of the "
	    "server\n");
	run_free(&run);
}

static const struct {
	const char	*text;
	bool		 ok;
	enum format	 want;
} format_rows[] = {
	{ "text", true, FORMAT_TEXT },
	{ "Multi-Line", true, FORMAT_TEXT },
	{ "JSON", true, FORMAT_JSON },
	{ "openmetrics", true, FORMAT_OPENMETRICS },
	{ "", false, FORMAT_TEXT },
	{ "jso", false, FORMAT_TEXT },
	{ "prometheus", false, FORMAT_TEXT }
};

static void
formats_are_parsed(void **unused)
{
	enum format f;
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(format_rows); i++) {
		f = FORMAT_TEXT;
		assert_int_equal(format_parse(span_of(format_rows[i].text),
		    &f), format_rows[i].ok);
		assert_int_equal(f, format_rows[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expired_as_text),
		cmocka_unit_test(expired_as_json),
		cmocka_unit_test(expired_as_openmetrics),
		cmocka_unit_test(well_as_text),
		cmocka_unit_test(well_as_openmetrics),
		cmocka_unit_test(well_as_json),
		cmocka_unit_test(usage_is_one_line),
		cmocka_unit_test(findings_stand_at_their_stage),
		cmocka_unit_test(expected_is_shown_when_asked),
		cmocka_unit_test(several_as_text),
		cmocka_unit_test(several_as_openmetrics),
		cmocka_unit_test(several_as_json),
		cmocka_unit_test(a_crowd_is_summed_up),
		cmocka_unit_test(perfdata_changes_with_the_ninth_target),
		cmocka_unit_test(perfdata_leaves_room_for_text),
		cmocka_unit_test(a_crowd_is_cut_to_size),
		cmocka_unit_test(configuration_gives_way),
		cmocka_unit_test(every_metric_has_a_family),
		cmocka_unit_test(want_of_memory_still_renders),
		cmocka_unit_test(formats_are_parsed)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
