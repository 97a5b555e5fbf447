/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_render_ports - reports of targets with several ports: findings and
 * metrics of a port, and the table of a check
 */
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
	OUT_MAX = 1024 * 1024
};

/* rendered - kept until the next one */
static struct buf *
rendered(const struct run *run, enum format format, unsigned verbose)
{
	static struct buf out;

	buf_free(&out);
	buf_init(&out, OUT_MAX);
	render(run, format, verbose, &out);
	assert_false(out.overflow || out.nomem);
	return &out;
}

static void
rendered_is(const struct run *run, enum format format, const char *want)
{
	assert_string_equal(buf_cstr(rendered(run, format, 0)), want);
}

/* host - a target without a port of its own, as this check has them */
static struct result *
host(struct run *run, const char *name)
{
	struct result *r = sample_result(run, name, 0);

	r->target.tls = TLS_NONE;
	r->target.protocol = NULL;
	return r;
}

static void
found(struct result *r, enum cause cause, enum stage stage, uint16_t port,
    enum tls_mode tls, const char *words)
{
	struct finding *f = sheet_find(&r->sheet, cause, stage, NULL, "%s",
	    words);

	assert_non_null(f);
	f->port = port;
	f->tls = tls;
	r->stages[stage].progress = PROGRESS_FAILED;
}

static void
took(struct result *r, uint16_t port, double seconds)
{
	struct metric *m = sheet_measure_port(&r->sheet, METRIC_CONNECT, port,
	    seconds);

	assert_non_null(m);
	m->has_min = true;
}

static void
two_lines(const struct run *run, struct buf *out)
{
	(void)run;
	buf_str(out, "ports  993\n       refused\n");
}

/* one - host; 993 refused, a router before 143, 587 slow */
static struct run
one(void)
{
	struct run run = { .plugin = "check_mail_ports", .version = "1.0",
	    .table = two_lines };
	struct result *r = host(&run, "mail.example");

	measured(&run.sheet, METRIC_TIME, 1);
	r->target.address = address_from("192.0.2.7");
	result_note(r, STAGE_CONNECT, "open 587; refused 993");
	found(r, CAUSE_CONNECT_REFUSED, STAGE_CONNECT, 993, TLS_IMPLICIT,
	    "mail.example:993 refuses");
	found(r, CAUSE_CONNECT_REJECTED, STAGE_CONNECT, 143, TLS_NONE,
	    "a router rejects mail.example:143");
	found(r, CAUSE_CONNECT_IPV6_DOWN, STAGE_CONNECT, 0, TLS_NONE,
	    "mail.example serves at one address only");
	found(r, CAUSE_GREETING_TIMEOUT, STAGE_GREETING, 110, TLS_NONE,
	    "slow");
	result_spent(r, STAGE_CONNECT, 5000);
	took(r, 587, 0.005);
	took(r, 25, 0.001);
	verdict_reach(&run, 0);
	return run;
}

static void
one_as_text(void **state)
{
	struct run run = one();

	(void)state;
	rendered_is(&run, FORMAT_TEXT, "MAIL_PORTS CRITICAL: a router rejects "
	    "mail.example:143 [connect.rejected] | time=1s;;;0 "
	    "connect=0.005s;;;0 "
	    "'mail.example:587 connect'=0.005s;;;0 "
	    "'mail.example:25 connect'=0.001s;;;0\n"
	    "critical  connect   a router rejects mail.example:143 "
	    "[connect.rejected]\n"
	    "critical  connect   mail.example:993 refuses "
	    "[connect.refused]\n"
	    "warning   connect   serves at one address only "
	    "[connect.ipv6-down]\n"
	    "critical  greeting  mail.example:110 slow [greeting.timeout]\n"
	    "ports  993\n       refused\n"
	    "next      firewall: change the rule there; if the server itself "
	    "sent it, look for a ban of this address\n"
	    "by hand   nc -vz -w 5 'mail.example' '143'\n");
	run_free(&run);
}

/* holds - these parts, in that order */
static void
holds(const struct run *run, enum format format, const char *const *parts,
    size_t n)
{
	const char *p = buf_cstr(rendered(run, format, 0));
	size_t i;

	for (i = 0; i < n; i++) {
		p = strstr(p, parts[i]);
		if (p == NULL)
			fail_msg("no '%s' in '%s'", parts[i],
			    buf_cstr(rendered(run, format, 0)));
	}
}

static void
one_as_json(void **state)
{
	static const char *const parts[] = {
		"\"cause\":\"connect.rejected\"",
		"\"target\":{\"host\":\"mail.example\",\"port\":null,",
		"\"findings\":[{\"cause\":\"connect.rejected\"",
		"\"target\":\"mail.example:143\"",
		"\"by_hand\":\"nc -vz -w 5 'mail.example' '143'\"",
		"\"cause\":\"connect.refused\"",
		"\"target\":\"mail.example:993\"",
		"\"cause\":\"connect.ipv6-down\"",
		"\"target\":\"mail.example\"",
		"\"metrics\":[",
		"\"label\":\"connect\",\"value\":0.005,",
		"\"target\":\"mail.example:587\"",
		"\"label\":\"connect\",\"value\":0.001,",
		"\"target\":\"mail.example:25\""
	};
	struct run run = one();

	(void)state;
	holds(&run, FORMAT_JSON, parts, ROWS(parts));
	run_free(&run);
}

#define L(host, port) "{plugin=\"check_mail_ports\",host=\"" host "\"," \
	"port=\"" port "\",account=\"\",target=\"" host "\",mailbox=\"\"," \
	"root=\"\""

static void
one_as_openmetrics(void **state)
{
	static const char *const parts[] = {
		"mail_check_state" L("mail.example", "") "} 2\n",
		"mail_check_cause" L("mail.example", "143")
		    ",cause=\"connect.rejected\",party=\"firewall\"} 1\n",
		"# TYPE mail_check_stage_seconds gauge\n",
		"mail_check_stage_seconds" L("mail.example", "587")
		    ",stage=\"connect\"} 0.005\n",
		"mail_check_stage_seconds" L("mail.example", "25")
		    ",stage=\"connect\"} 0.001\n",
		"mail_check_stage_seconds" L("mail.example", "")
		    ",stage=\"connect\"} 0.005\n",
		"# EOF\n"
	};
	struct run run = one();

	(void)state;
	holds(&run, FORMAT_OPENMETRICS, parts, ROWS(parts));
	run_free(&run);
}

/* two hosts, one of them an address of IPv6 */
static struct run
two(void)
{
	struct run run = { .plugin = "check_mail_ports", .version = "1.0",
	    .table = two_lines };
	struct result *r = host(&run, "2001:db8::7");

	found(r, CAUSE_CONNECT_REFUSED, STAGE_CONNECT, 993, TLS_IMPLICIT,
	    "[2001:db8::7]:993 refuses");
	took(r, 25, 0.002);
	r = host(&run, "mail.example");
	result_summary(r, "mail.example: open 25");
	took(r, 25, 0.001);
	took(r, 993, 0.003);
	verdict_reach(&run, 0);
	return run;
}

static void
two_as_text(void **state)
{
	struct run run = two();

	(void)state;
	rendered_is(&run, FORMAT_TEXT, "MAIL_PORTS CRITICAL: 1 of 2 targets "
	    "fail; worst [2001:db8::7]:993 refuses [connect.refused] | "
	    "'[2001:db8::7]:25 connect'=0.002s;;;0 "
	    "'mail.example:25 connect'=0.001s;;;0 "
	    "'mail.example:993 connect'=0.003s;;;0\n"
	    "critical  connect   [2001:db8::7]:993 refuses "
	    "[connect.refused]\n"
	    "ports  993\n       refused\n"
	    "next      server: start the service, or correct the port\n"
	    "by hand   nc -vz -w 5 '2001:db8::7' '993'\n");
	run_free(&run);
}

static void
two_in_other_forms(void **state)
{
	static const char *const metrics[] = {
		"mail_check_cause" L("2001:db8::7", "993")
		    ",cause=\"connect.refused\",party=\"server\"} 1\n",
		"mail_check_stage_seconds" L("2001:db8::7", "25")
		    ",stage=\"connect\"} 0.002\n",
		"mail_check_stage_seconds" L("mail.example", "25"),
		"mail_check_stage_seconds" L("mail.example", "993")
		    ",stage=\"connect\"} 0.003\n"
	};
	static const char *const json[] = {
		"\"target\":\"[2001:db8::7]:993\"",
		"\"value\":0.002,", "\"target\":\"[2001:db8::7]:25\"",
		"\"value\":0.001,", "\"target\":\"mail.example:25\""
	};
	struct run run = two();

	(void)state;
	holds(&run, FORMAT_OPENMETRICS, metrics, ROWS(metrics));
	holds(&run, FORMAT_JSON, json, ROWS(json));
	run_free(&run);
}

/* ports are measured one by one only where perfdata is: the worst value of many targets is not one of a port */
static void
ports_of_many_are_left_out(void **state)
{
	struct run run = { .plugin = "check_mail_ports", .version = "1.0" };
	struct result *r;
	char name[32];
	unsigned i;

	(void)state;
	for (i = 0; i <= PERFDATA_TARGETS; i++) {
		snprintf(name, sizeof(name), "a%u.example", i);
		r = host(&run, name);
		measured(&r->sheet, METRIC_CONNECT, 0.5);
		took(r, 25, 9);
	}
	verdict_reach(&run, 0);
	rendered_is(&run, FORMAT_TEXT, "MAIL_PORTS OK: 9 targets, all ok | "
	    "connect=0.5s;;;0 targets=9;;;0 ok=9;;;0 warning=0;;;0 "
	    "critical=0;;;0 unknown=0;;;0\n");
	run_free(&run);
}

enum {
	TABLE_LINES = 500,
	LINE_BYTES = 62
};

static void
long_table(const struct run *run, struct buf *out)
{
	unsigned i;

	(void)run;
	for (i = 0; i < TABLE_LINES; i++)
		buf_fmt(out, "row %05u%*s.\n", i, LINE_BYTES - 11, "");
}

/* whole lines, as many as there is room for beside what matters more */
static void
a_long_table_is_cut(void **state)
{
	struct run run = two();
	struct buf *out;
	const char *p;
	unsigned rows = 0;

	(void)state;
	run.table = long_table;
	out = rendered(&run, FORMAT_TEXT, 0);
	assert_true(out->len <= TEXT_MAX);
	assert_true(out->len > TEXT_MAX - LINE_BYTES);
	for (p = buf_cstr(out); (p = strstr(p, "\nrow ")) != NULL; p++) {
		assert_int_equal(strcspn(p + 1, "\n"), LINE_BYTES - 1);
		rows++;
	}
	assert_true(rows > 100 && rows < TABLE_LINES);
	assert_non_null(strstr(buf_cstr(out), "\nnext "));
	assert_non_null(strstr(buf_cstr(out), "\nby hand "));
	/* one target may say all that it has to */
	run_free(&run);
	run = one();
	run.table = long_table;
	out = rendered(&run, FORMAT_TEXT, 0);
	assert_true(out->len > TABLE_LINES * LINE_BYTES);
	run_free(&run);
}

/* what goes well is one line, without a table */
static void
no_table_when_all_is_well(void **state)
{
	struct run run = { .plugin = "check_mail_ports", .version = "1.0",
	    .table = two_lines };
	struct result *r = host(&run, "mail.example");

	(void)state;
	result_summary(r, "mail.example: open 993");
	r->stages[STAGE_CONNECT].progress = PROGRESS_OK;
	verdict_reach(&run, 0);
	rendered_is(&run, FORMAT_TEXT,
	    "MAIL_PORTS OK: mail.example: open 993\n");
	assert_string_equal(buf_cstr(rendered(&run, FORMAT_TEXT, 1)),
	    "MAIL_PORTS OK: mail.example: open 993\n"
	    "ok        connect\n"
	    "ports  993\n       refused\n");
	run_free(&run);
}

/* a port is measured beside the whole, and again in its place */
static void
a_metric_of_a_port(void **state)
{
	struct sheet sheet = { 0 };

	(void)state;
	assert_non_null(sheet_measure_port(&sheet, METRIC_CONNECT, 25, 1));
	assert_null(sheet_metric(&sheet, METRIC_CONNECT));
	assert_non_null(sheet_measure(&sheet, METRIC_CONNECT, 2));
	assert_non_null(sheet_measure_port(&sheet, METRIC_CONNECT, 25, 3));
	assert_int_equal(sheet.nmetrics, 2);
	assert_true(sheet.metrics[0].port == 25 &&
	    sheet.metrics[0].value > 2.5);
	assert_true(sheet_metric(&sheet, METRIC_CONNECT)->value < 2.5);
	sheet_free(&sheet);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_as_text),
		cmocka_unit_test(one_as_json),
		cmocka_unit_test(one_as_openmetrics),
		cmocka_unit_test(two_as_text),
		cmocka_unit_test(two_in_other_forms),
		cmocka_unit_test(ports_of_many_are_left_out),
		cmocka_unit_test(a_long_table_is_cut),
		cmocka_unit_test(no_table_when_all_is_well),
		cmocka_unit_test(a_metric_of_a_port)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
