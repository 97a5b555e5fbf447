/* SPDX-License-Identifier: GPL-3.0-or-later */
/* targets - which server, port, TLS mode and name a command line comes to */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dialog/imap.h"
#include "module/module.h"
#include "opt_line.h"
#include "plugin/frame.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

static const struct protocol pop3 = {
	.name = "pop3", .port_plain = 110, .port_tls = 995,
	.usual = DEFAULT_IMPLICIT
};
static const struct protocol smtp = {
	.name = "smtp", .port_plain = 587, .port_tls = 465,
	.usual = DEFAULT_STARTTLS
};

/* --- a module instead of the installed one: what it says is not in question --- */

static const char *idn_says;	/* NULL: it refuses the name */
static bool idn_missing;

static bool
fake_to_ascii(const char *name, char *out, size_t size, struct buf *why)
{
	(void)name;
	if (idn_says != NULL)
		return span_copy(span_of(idn_says), out, size);
	buf_str(why, "a label is empty");
	return false;
}

const struct module *
module_load(const char *name, struct buf *why)
{
	static const struct idn_functions functions = {
		.to_ascii = fake_to_ascii
	};
	static const struct module idn = {
		.version = MODULE_VERSION, .name = "idn",
		.functions = &functions
	};

	assert_string_equal(name, "idn");
	if (!idn_missing)
		return &idn;
	buf_str(why, "the module idn is not there");
	return NULL;
}

/* --- a frame whose options are parsed, and nothing else done --- */

struct made {
	struct plugin	 plugin;
	struct parsed	 line;
	struct frame	 frame;
	bool		 ok;
};

static struct made made;

static struct made *
make(const struct protocol *protocol, const char *const words[])
{
	memset(&made, 0, sizeof(made));
	made.plugin = fake_plugin;
	made.plugin.protocol = protocol;
	parse_with(&made.line, &made.plugin, words);
	if (made.line.outcome != OPT_RUN)
		fail_msg("%s: refused: %s", words[0], sentence(&made.line));
	made.frame.plugin = &made.plugin;
	made.frame.settings = made.line.s;
	made.ok = targets_make(&made.frame);
	return &made;
}

static void
unmake(struct made *m)
{
	run_free(&m->frame.run);
	parsed_free(&m->line);
}

static const struct target *
only(const struct made *m)
{
	assert_true(m->ok);
	assert_int_equal(m->frame.run.nresults, 1);
	assert_int_equal(m->frame.run.sheet.nfindings, 0);
	return &m->frame.run.results[0].target;
}

/* --- ports and TLS --- */

static const struct {
	const struct protocol *protocol;
	const char	*a, *b;		/* words behind the host */
	enum tls_mode	 tls;
	uint16_t	 port;
} ports[] = {
	{ &imap_protocol, NULL, NULL, TLS_IMPLICIT, 993 },
	{ &imap_protocol, "--tls=implicit", NULL, TLS_IMPLICIT, 993 },
	{ &imap_protocol, "-S", NULL, TLS_IMPLICIT, 993 },
	{ &imap_protocol, "--tls=starttls", NULL, TLS_STARTTLS, 143 },
	{ &imap_protocol, "--tls=none", NULL, TLS_NONE, 143 },
	{ &pop3, NULL, NULL, TLS_IMPLICIT, 995 },
	{ &pop3, "--tls=starttls", NULL, TLS_STARTTLS, 110 },
	{ &smtp, NULL, NULL, TLS_STARTTLS, 587 },
	{ &smtp, "--tls=implicit", NULL, TLS_IMPLICIT, 465 },
	{ &smtp, "--tls=none", NULL, TLS_NONE, 587 },
	/* the port alone decides */
	{ &imap_protocol, "-p993", NULL, TLS_IMPLICIT, 993 },
	{ &imap_protocol, "-p995", NULL, TLS_IMPLICIT, 995 },
	{ &imap_protocol, "-p465", NULL, TLS_IMPLICIT, 465 },
	{ &smtp, "-p465", NULL, TLS_IMPLICIT, 465 },
	{ &imap_protocol, "-p143", NULL, TLS_STARTTLS, 143 },
	{ &imap_protocol, "-p110", NULL, TLS_STARTTLS, 110 },
	{ &imap_protocol, "-p25", NULL, TLS_STARTTLS, 25 },
	{ &imap_protocol, "-p587", NULL, TLS_STARTTLS, 587 },
	{ &imap_protocol, "-p4190", NULL, TLS_STARTTLS, 4190 },
	{ &imap_protocol, "-p1", NULL, TLS_IMPLICIT, 1 },
	{ &imap_protocol, "-p65535", NULL, TLS_IMPLICIT, 65535 },
	{ &smtp, "-p2525", NULL, TLS_IMPLICIT, 2525 },
	{ &imap_protocol, "--port=imap", NULL, TLS_STARTTLS, 143 },
	{ &imap_protocol, "--port=imaps", NULL, TLS_IMPLICIT, 993 },
	{ &imap_protocol, "--port=submission", NULL, TLS_STARTTLS, 587 },
	/* --tls has the last word, in either order */
	{ &imap_protocol, "-p143", "-S", TLS_IMPLICIT, 143 },
	{ &imap_protocol, "--tls=none", "-p993", TLS_NONE, 993 },
	{ &imap_protocol, "-p993", "--tls=starttls", TLS_STARTTLS, 993 },
	{ &imap_protocol, "--tls=starttls", "-p10143", TLS_STARTTLS, 10143 }
};

static void
port_and_mode_follow_the_table(void **state)
{
	const struct target *t;
	struct made *m;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(ports); i++) {
		m = make(ports[i].protocol, WORDS("-Hmail.example.org",
		    ports[i].a, ports[i].b));
		t = only(m);
		if (t->tls != ports[i].tls || t->port != ports[i].port)
			fail_msg("row %zu: %s on %u", i, tls_mode_name(t->tls),
			    (unsigned)t->port);
		assert_int_equal(targets_mode(&m->plugin, &m->frame.settings),
		    ports[i].tls);
		assert_string_equal(t->protocol, ports[i].protocol->name);
		unmake(m);
	}
}

/* --- names --- */

static const struct {
	const char	*host, *more;
	const char	*want, *sni;
} names[] = {
	{ "mail.example.org", NULL, "mail.example.org", "mail.example.org" },
	{ "Mail.Example.ORG", NULL, "Mail.Example.ORG", "Mail.Example.ORG" },
	{ "mail_1.example.org", NULL, "mail_1.example.org",
	    "mail_1.example.org" },
	{ "localhost", NULL, "localhost", "localhost" },
	{ "mail.example.org.", NULL, "mail.example.org.", "mail.example.org" },
	{ "mail.example.org", "--sni=other.example.org", "mail.example.org",
	    "other.example.org" },
	{ "mail.example.org", "--sni=other.example.org.", "mail.example.org",
	    "other.example.org" },
	{ "mail.example.org", "--address=192.0.2.7", "mail.example.org",
	    "mail.example.org" },
	{ "192.0.2.7", NULL, "192.0.2.7", "" },
	{ "2001:db8::7", NULL, "2001:db8::7", "" },
	{ "[2001:db8::7]", NULL, "2001:db8::7", "" },
	{ "192.0.2.7", "--sni=mail.example.org", "192.0.2.7",
	    "mail.example.org" },
	{ "[::1]", "--sni=mail.example.org", "::1", "mail.example.org" }
};

static void
the_name_asked_for_is_never_an_address(void **state)
{
	const struct target *t;
	struct made *m;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(names); i++) {
		m = make(&imap_protocol, WORDS("-H", names[i].host,
		    names[i].more));
		t = only(m);
		if (strcmp(t->host, names[i].want) != 0 ||
		    strcmp(t->sni, names[i].sni) != 0)
			fail_msg("%s %s: %s, name '%s'", names[i].host,
			    names[i].more == NULL ? "" : names[i].more,
			    t->host, t->sni);
		unmake(m);
	}
}

static void
address_and_user_go_along(void **state)
{
	struct address want;
	const struct target *t;
	struct made *m;

	(void)state;
	m = make(&imap_protocol, WORDS("-Hmail.example.org", "-ubob"));
	t = only(m);
	assert_int_equal(t->fixed.family, 0);
	assert_int_equal(t->address.family, 0);
	assert_string_equal(t->user, "bob");
	unmake(m);
	m = make(&imap_protocol, WORDS("-Hmail.example.org",
	    "--address=2001:db8::7"));
	t = only(m);
	assert_true(address_parse(span_of("2001:db8::7"), &want));
	assert_true(address_same(&t->fixed, &want));
	assert_null(t->user);
	unmake(m);
}

static void
several_hosts_keep_their_order(void **state)
{
	static const char *const want[] = { "b.example", "a.example", "::1",
		"b.example" };
	struct made *m;
	size_t i;

	(void)state;
	m = make(&imap_protocol, WORDS("-Hb.example", "-Ha.example", "-H::1",
	    "-Hb.example", "-p143"));
	assert_true(m->ok);
	assert_int_equal(m->frame.run.nresults, ROWS(want));
	for (i = 0; i < ROWS(want); i++) {
		assert_string_equal(m->frame.run.results[i].target.host,
		    want[i]);
		assert_int_equal(m->frame.run.results[i].target.port, 143);
	}
	targets_drop(&m->frame);
	assert_int_equal(m->frame.run.nresults, 0);
	assert_null(m->frame.run.results);
	unmake(m);
}

/* --- internationalised names --- */

static void
idn_becomes_an_a_label(void **state)
{
	const struct target *t;
	struct made *m;

	(void)state;
	idn_missing = false;
	idn_says = "xn--bcher-kva.example";
	m = make(&imap_protocol, WORDS("-Hb\xc3\xbc" "cher.example"));
	t = only(m);
	assert_string_equal(t->host, "xn--bcher-kva.example");
	assert_string_equal(t->sni, "xn--bcher-kva.example");
	unmake(m);
}

static const struct {
	const char	*says;
	bool		 missing;
	enum cause	 cause;
	const char	*sentence;
} no_labels[] = {
	{ NULL, false, CAUSE_USAGE_OPTION,
	    "--hostname=b\xc3\xbc" "cher.example: a label is empty" },
	{ "a b", false, CAUSE_USAGE_OPTION, "--hostname=b\xc3\xbc"
	    "cher.example: it has no form that DNS knows" },
	{ "", false, CAUSE_USAGE_OPTION, "--hostname=b\xc3\xbc"
	    "cher.example: it has no form that DNS knows" },
	{ NULL, true, CAUSE_INTERNAL_MODULE, "the module idn is not there" }
};

static void
idn_without_a_label_ends_the_run(void **state)
{
	const struct finding *found;
	struct made *m;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(no_labels); i++) {
		idn_says = no_labels[i].says;
		idn_missing = no_labels[i].missing;
		m = make(&imap_protocol, WORDS("-Hgood.example",
		    "-Hb\xc3\xbc" "cher.example", "-Hnever.example"));
		assert_false(m->ok);
		assert_int_equal(m->frame.run.sheet.nfindings, 1);
		found = m->frame.run.sheet.findings;
		assert_int_equal(found->cause, no_labels[i].cause);
		assert_int_equal(found->stage, STAGE_NONE);
		assert_string_equal(found->sentence, no_labels[i].sentence);
		unmake(m);
	}
	/* what steers a terminal does not come through */
	idn_says = NULL;
	idn_missing = false;
	m = make(&imap_protocol, WORDS("-Ha\xe2\x80\xae" "b"));
	assert_non_null(strstr(m->frame.run.sheet.findings->sentence,
	    "--hostname=ab: "));
	unmake(m);
}

/* --- what the options lack together --- */

static const struct {
	const char	*words[6];
	enum cause	 cause;		/* CAUSE_NONE: fine */
	const char	*said;
} needs[] = {
	{ { "-uj" }, CAUSE_USAGE_OPTION, "--hostname is missing" },
	{ { "-Hm" }, CAUSE_USAGE_OPTION, "--username is missing" },
	{ { "-Hm", "-uj" }, CAUSE_USAGE_SECRET, "--password-file" },
	{ { "-Hm", "-uj", "--password-fd=0" }, CAUSE_NONE, "" },
	{ { "-Hm", "-uj", "--password-env=P" }, CAUSE_NONE, "" },
	{ { "-Hm", "-uj", "--password-file=p" }, CAUSE_NONE, "" },
	{ { "-Hm", "-uj", "--client-cert=c" }, CAUSE_NONE, "" },
	{ { "-Hm", "-Hn", "-uj", "--client-cert=c", "--address=::1" },
	    CAUSE_USAGE_OPTION, "--address goes with one --hostname" },
	/* a host that is an address has a family of its own */
	{ { "-H::1", "-4", "-uj", "--client-cert=c" }, CAUSE_USAGE_OPTION,
	    "--hostname=::1 is an IPv6 address, and" },
	{ { "-Hm", "-H127.0.0.1", "-6", "-uj", "--client-cert=c" },
	    CAUSE_USAGE_OPTION, "asks for IPv6" },
	{ { "-H::1", "--source-address=127.0.0.1", "-uj",
	    "--client-cert=c" }, CAUSE_USAGE_OPTION, "--source-address" },
	{ { "-H::1", "-6", "-uj", "--client-cert=c" }, CAUSE_NONE, "" },
	{ { "-H127.0.0.1", "-4", "-uj", "--client-cert=c" }, CAUSE_NONE, "" },
	{ { "-H::1", "-4", "--address=127.0.0.1", "-uj", "--client-cert=c" },
	    CAUSE_NONE, "" }
};

static void
what_is_missing_is_named(void **state)
{
	struct parsed p;
	bool met;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(needs); i++) {
		parse_good(&p, needs[i].words);
		met = requirements_met(&fake_plugin, &p.s, &p.error);
		assert_int_equal(p.error.cause, needs[i].cause);
		assert_int_equal(met, needs[i].cause == CAUSE_NONE);
		if (strstr(sentence(&p), needs[i].said) == NULL)
			fail_msg("row %zu: '%s'", i, sentence(&p));
		parsed_free(&p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(port_and_mode_follow_the_table),
		cmocka_unit_test(the_name_asked_for_is_never_an_address),
		cmocka_unit_test(address_and_user_go_along),
		cmocka_unit_test(several_hosts_keep_their_order),
		cmocka_unit_test(idn_becomes_an_a_label),
		cmocka_unit_test(idn_without_a_label_ends_the_run),
		cmocka_unit_test(what_is_missing_is_named)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
