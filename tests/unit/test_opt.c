/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_opt - lines of options: what is taken, what is refused, what is said
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "opt_line.h"

/* which of the odd values below a type takes all the same */
enum { NEGATIVE = 1, HUGE_ONE = 2, WORD = 4, ALL = 7 };

static const char *const odd_values[] = {
	"-5", "99999999999999999999999999999999999999", "w\xc3\xb6rter|<x>"
};

static const struct {
	const struct opt_type	*type;
	unsigned		 takes;
} tolerant[] = {
	{ &opt_text, ALL }, { &opt_file, ALL }, { &opt_dir, ALL },
	/* a name for the IDN conversion would be fine but for the marks */
	{ &opt_warning, HUGE_ONE }, { &opt_critical, HUGE_ONE }
};

static unsigned
takes(const struct opt_type *type)
{
	size_t i;

	for (i = 0; i < sizeof(tolerant) / sizeof(tolerant[0]); i++)
		if (tolerant[i].type == type)
			return tolerant[i].takes;
	return 0;
}

/* expect_named - one clean line that names the option */
static void
expect_named(struct parsed *p, const struct opt *row)
{
	char name[64];
	const char *s;

	(void)snprintf(name, sizeof(name), "--%s", row->name);
	if (strstr(sentence(p), name) == NULL)
		fail_msg("'%s' does not name %s", sentence(p), name);
	for (s = sentence(p); *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == '|')
			fail_msg("%s: byte %#x", name, (unsigned)*s);
	assert_int_equal(p->error.cause, CAUSE_USAGE_OPTION);
}

/* try_value - as --name=value and as --name value */
static void
try_value(const struct opt *row, const char *value, bool good)
{
	char joined[256], name[64];
	struct parsed p;

	(void)snprintf(name, sizeof(name), "--%s", row->name);
	(void)snprintf(joined, sizeof(joined), "%s=%s", name, value);
	parse_words(&p, WORDS(joined));
	/* some options are fine and yet want another one beside them */
	if (good && p.outcome != OPT_RUN && strstr(sentence(&p), "too") == NULL)
		fail_msg("%s: refused: %s", joined, sentence(&p));
	if (!good) {
		if (p.outcome != OPT_BAD)
			fail_msg("%s: taken", joined);
		expect_named(&p, row);
	}
	parsed_free(&p);
	if (good || !row->type->has_value || row->type->optional)
		return;
	parse_words(&p, WORDS(name, value));
	assert_int_equal(p.outcome, OPT_BAD);
	expect_named(&p, row);
	parsed_free(&p);
}

static void
try_missing(const struct opt *row)
{
	char name[64], letter[3] = "-?";
	struct parsed p;

	(void)snprintf(name, sizeof(name), "--%s", row->name);
	parse_words(&p, WORDS(name));
	assert_int_equal(p.outcome, OPT_BAD);
	expect_named(&p, row);
	parsed_free(&p);
	if (row->letter == 0)
		return;
	letter[1] = row->letter;
	expect_bad(WORDS(letter, "--verbose"), CAUSE_USAGE_OPTION,
	    "needs a value");
}

static void
try_row(const struct opt *row)
{
	const struct opt_type *type = row->type;
	size_t i;

	try_value(row, "", false);
	if (type->has_value && !type->optional)
		try_missing(row);
	if (type->optional)
		return;
	for (i = 0; i < sizeof(odd_values) / sizeof(odd_values[0]); i++)
		try_value(row, odd_values[i], type->has_value &&
		    (takes(type) & (1u << i)) != 0);
	if (type->has_value)
		try_value(row, "a\nb", false);
}

static void
every_option_and_odd_values(void **state)
{
	struct opt_group groups[OPT_GROUPS_MAX];
	size_t i, n = opt_groups(&fake_plugin, NULL, groups);
	const struct opt *row;

	(void)state;
	for (i = 0; i < n; i++)
		for (row = opt_row(&fake_plugin, groups[i].rows); row != NULL;
		    row = opt_row(&fake_plugin, row + 1))
			try_row(row);
}

/* a letter or a name given away twice would hide a row */
static void
names_and_letters_are_unique(void **state)
{
	struct opt_group groups[OPT_GROUPS_MAX];
	size_t i, n = opt_groups(&fake_plugin, NULL, groups), count = 0, j;
	const struct opt *rows[256], *row;

	(void)state;
	for (i = 0; i < n; i++)
		for (row = opt_row(&fake_plugin, groups[i].rows); row != NULL;
		    row = opt_row(&fake_plugin, row + 1)) {
			for (j = 0; j < count; j++) {
				assert_string_not_equal(rows[j]->name,
				    row->name);
				assert_false(row->letter != 0 &&
				    rows[j]->letter == row->letter);
			}
			assert_true(row->alias != NULL || row->help != NULL);
			assert_int_equal(row->arg != NULL,
			    row->type->has_value);
			rows[count++] = row;
		}
	assert_true(count > 40);
}

static void
defaults_are_as_designed(void **state)
{
	struct parsed p;

	(void)state;
	parse_good(&p, WORDS("-v"));
	assert_int_equal(p.s.timeout.usec, 10000000);
	assert_false(p.s.timeout.has_state);
	assert_int_equal(p.s.backoff, INT64_C(900000000));
	assert_int_equal(p.s.rate, 5000);
	assert_int_equal(p.s.tls_min, 12);
	assert_int_equal(p.s.password_fd, -1);
	assert_int_equal(p.s.format, FORMAT_TEXT);
	assert_int_equal(p.s.expect, CAUSE_NONE);
	assert_false(p.s.tls.given);
	assert_string_equal(fake_cfg.mailbox, "INBOX");
	assert_int_equal(fake_cfg.depth, 3);
	assert_int_equal(p.s.verbose, 1);
	parsed_free(&p);
}

static void
all_spellings(void **state)
{
	struct parsed p;

	(void)state;
	parse_good(&p, WORDS("-vvSu", "joe", "--port", "imaps", "-mSent",
	    "--depth=7", "--peek", "-H", "a.example", "-Hb.example",
	    "--hostname=[2001:db8::1]", "--"));
	assert_int_equal(p.s.verbose, 2);
	assert_true(p.s.tls.given);
	assert_int_equal(p.s.tls.mode, TLS_IMPLICIT);
	assert_string_equal(p.s.user, "joe");
	assert_int_equal(p.s.port, 993);
	assert_string_equal(fake_cfg.mailbox, "Sent");
	assert_int_equal(fake_cfg.depth, 7);
	assert_true(fake_cfg.peek);
	assert_int_equal(p.s.hosts.n, 3);
	assert_string_equal(host_list_at(&p.s.hosts, 0), "a.example");
	assert_string_equal(host_list_at(&p.s.hosts, 1), "b.example");
	assert_string_equal(host_list_at(&p.s.hosts, 2), "2001:db8::1");
	parsed_free(&p);

	parse_good(&p, WORDS("-l", "ann", "--tls=STARTTLS", "-p143", "-4",
	    "-6", "--mailbox=--port=1"));
	assert_string_equal(p.s.user, "ann");
	assert_int_equal(p.s.tls.mode, TLS_STARTTLS);
	assert_int_equal(p.s.port, 143);
	assert_int_equal(p.s.family, 6);
	assert_string_equal(fake_cfg.mailbox, "--port=1");
	parsed_free(&p);
}

static void
one_host_or_many(void **state)
{
	struct plugin single = fake_plugin;
	struct parsed p;

	(void)state;
	single.uses &= ~(unsigned)USES_MANY;
	parse_with(&p, &single, WORDS("-H", "a.example", "-H", "b.example"));
	assert_int_equal(p.outcome, OPT_RUN);
	assert_int_equal(p.s.hosts.n, 1);
	assert_string_equal(host_list_at(&p.s.hosts, 0), "b.example");
	parsed_free(&p);
	parse_with(&p, &single, WORDS("--rate=5"));
	assert_int_equal(p.outcome, OPT_BAD);
	parsed_free(&p);
	parse_good(&p, WORDS("-H", "b\xc3\xbc" "cher.example"));
	assert_string_equal(host_list_at(&p.s.hosts, 0), "b\xc3\xbc" "cher.example");
	parsed_free(&p);
}

/* a check that talks with many ports has no one port, and its own connect time-out */
static void
without_a_dialog(void **state)
{
	static const char *const gone[] = {
		"--port=993", "--all-addresses", "--proxy=http://192.0.2.1",
		"--proxy-protocol=v1"
	};
	struct plugin ports = fake_plugin;
	struct parsed p;
	size_t i;

	(void)state;
	ports.uses &= ~(unsigned)USES_DIALOG;
	ports.connect_timeout = "3";
	for (i = 0; i < sizeof(gone) / sizeof(gone[0]); i++) {
		parse_with(&p, &ports, WORDS(gone[i]));
		assert_int_equal(p.outcome, OPT_BAD);
		assert_non_null(strstr(sentence(&p), "is no option of"));
		parsed_free(&p);
		parse_good(&p, WORDS(gone[i]));
		parsed_free(&p);
	}
	parse_with(&p, &ports, WORDS("-p", "993"));
	assert_int_equal(p.outcome, OPT_BAD);
	parsed_free(&p);
	parse_with(&p, &ports, WORDS("-Ha.example", "-4", "--reference=b:1",
	    "--address=192.0.2.1", "--source-address=192.0.2.2"));
	assert_int_equal(p.outcome, OPT_RUN);
	assert_int_equal(p.s.connect_timeout, 3000000);
	parsed_free(&p);
	parse_with(&p, &ports, WORDS("--connect-timeout=500ms"));
	assert_int_equal(p.s.connect_timeout, 500000);
	parsed_free(&p);
	parse_good(&p, WORDS("-v"));
	assert_int_equal(p.s.connect_timeout, 0);
	parsed_free(&p);
}

static const struct {
	const char	*words[4];
	enum cause	 cause;
	const char	*said;
} refused[] = {
	{ { "--port=0" }, CAUSE_USAGE_OPTION, "--port=0 is no port: "
	    "use 1 to 65535 or a mail service such as imaps" },
	{ { "-p", "70000" }, CAUSE_USAGE_OPTION, "-p 70000 is no p" },
	{ { "--hostnam=x" }, CAUSE_USAGE_OPTION, "the nearest is "
	    "--hostname" },
	{ { "--host=x" }, CAUSE_USAGE_OPTION, "the nearest is "
	    "--hostname" },
	{ { "--fetch=x" }, CAUSE_USAGE_OPTION, "see --help" },
	{ { "--HOSTNAME=x" }, CAUSE_USAGE_OPTION, "--HOSTNAME is no" },
	{ { "-x" }, CAUSE_USAGE_OPTION, "-x is no option of check_f" },
	{ { "-vxv" }, CAUSE_USAGE_OPTION, "-x is no option" },
	{ { "mail.example" }, CAUSE_USAGE_OPTION, "'mail.example'" },
	{ { "--", "-v" }, CAUSE_USAGE_OPTION, "'-v' belongs to no" },
	{ { "-" }, CAUSE_USAGE_OPTION, "'-' belongs to no" },
	{ { "" }, CAUSE_USAGE_OPTION, "'' belongs to no" },
	{ { "-H", "--port=1" }, CAUSE_USAGE_OPTION, "-H needs a v" },
	{ { "--no-verify=yes" }, CAUSE_USAGE_OPTION, "takes no value" },
	{ { "-w", "nosuch=3" }, CAUSE_USAGE_OPTION, "METRIC one of "
	    "time, dns, auth" },
	{ { "-w", "quota=3" }, CAUSE_USAGE_OPTION, "METRIC one of" },
	{ { "-c", "cert_days=21G" }, CAUSE_USAGE_OPTION, "21d" },
	{ { "-w", "5:1" }, CAUSE_USAGE_OPTION, "for time" },
	{ { "-D", "7,21" }, CAUSE_USAGE_OPTION, "21,7" },
	{ { "-D", "-1" }, CAUSE_USAGE_OPTION, "number of days" },
	{ { "--severity=cert.expird=ok" }, CAUSE_USAGE_OPTION,
	    "the nearest cause is cert.expired" },
	{ { "--severity=cert.expired" }, CAUSE_USAGE_OPTION, "STATE" },
	{ { "--expect-cause=x.*" }, CAUSE_USAGE_OPTION, "no cause" },
	{ { "--timeout=10:" }, CAUSE_USAGE_OPTION, "no time-out" },
	{ { "-t0" }, CAUSE_USAGE_OPTION, "above 0" },
	{ { "-t2d" }, CAUSE_USAGE_OPTION, "up to a day" },
	{ { "--auth=PLAIN,strongest" }, CAUSE_USAGE_OPTION, "alone" },
	{ { "--auth=PLAIN," }, CAUSE_USAGE_OPTION, "CRAM-MD5" },
	{ { "--sni=192.0.2.1" }, CAUSE_USAGE_OPTION, "no host name" },
	{ { "-H", "[192.0.2.1]" }, CAUSE_USAGE_OPTION, "no host" },
	{ { "-H", "b\xc3\xbc cher" }, CAUSE_USAGE_OPTION, "no host" },
	{ { "-H", "b\xc3" }, CAUSE_USAGE_OPTION, "no host" },
	{ { "--tls-max=1.1" }, CAUSE_USAGE_OPTION, "--tls-min=1.2" },
	{ { "--client-key=k" }, CAUSE_USAGE_OPTION, "--client-cert" },
	{ { "--address=::1", "-4" }, CAUSE_USAGE_OPTION, "families" },
	{ { "--password-fd=3", "--password-env=P" },
	    CAUSE_USAGE_SECRET, "more than one place" },
	{ { "-u", "\xff" }, CAUSE_USAGE_OPTION, "UTF-8" },
	{ { "--describe=pdf" }, CAUSE_USAGE_OPTION, "no document" }
};

static void
bad_lines(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		expect_bad(refused[i].words, refused[i].cause, refused[i].said);
}

static void
no_password_on_the_line(void **state)
{
	static const char *const lines[][3] = {
		{ "--password=hunter2" }, { "--password", "hunter2" },
		{ "--PASSWORD=hunter2" }, { "--password=" }, { "--password" }
	};
	static const char *const unknown[][3] = {
		{ "--passwd=hunter2" }, { "-a", "hunter2" }, { "-ahunter2" },
		{ "--secret", "hunter2" }
	};
	struct parsed p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		parse_words(&p, lines[i]);
		assert_int_equal(p.outcome, OPT_BAD);
		assert_int_equal(p.error.cause, CAUSE_USAGE_SECRET);
		assert_non_null(strstr(sentence(&p), "--password-file"));
		assert_null(strstr(sentence(&p), "hunter2"));
		parsed_free(&p);
	}
	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		parse_words(&p, unknown[i]);
		assert_int_equal(p.outcome, OPT_BAD);
		assert_null(strstr(sentence(&p), "hunter2"));
		parsed_free(&p);
	}
}

static void
long_values_are_cut(void **state)
{
	struct parsed p;
	char *word = malloc(OPT_VALUE_MAX + 64);

	(void)state;
	assert_non_null(word);
	memset(word, 'a', OPT_VALUE_MAX + 63);
	word[OPT_VALUE_MAX + 63] = '\0';
	memcpy(word, "--port=abcdefgh", 15);
	parse_words(&p, WORDS(word));
	assert_int_equal(p.outcome, OPT_BAD);
	assert_true(p.error.sentence.len < 200);
	assert_non_null(strstr(sentence(&p), "65536"));
	parsed_free(&p);
	word[5000] = '\0';
	parse_words(&p, WORDS(word));
	assert_int_equal(p.outcome, OPT_BAD);
	assert_true(p.error.sentence.len < 200);
	assert_non_null(strstr(sentence(&p), "is no port"));
	parsed_free(&p);
	free(word);
}

static void
documents_come_first(void **state)
{
	static const struct {
		const char	*words[4];
		enum opt_outcome want;
	} rows[] = {
		{ { "--help" }, OPT_HELP },
		{ { "-hV" }, OPT_HELP },
		{ { "-V", "-h" }, OPT_VERSION },
		{ { "--extra-opts=@/nonexistent/x", "--help" }, OPT_HELP },
		{ { "--port=0", "-h" }, OPT_HELP },
		{ { "--bogus", "-h" }, OPT_BAD },
		{ { "--describe=zsh" }, OPT_DESCRIBE },
		{ { "--describe", "fish", "-p0" }, OPT_DESCRIBE }
	};
	struct parsed p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		parse_words(&p, rows[i].words);
		if (p.outcome != rows[i].want)
			fail_msg("row %zu: %d", i, (int)p.outcome);
		parsed_free(&p);
	}
	parse_words(&p, WORDS("--describe=zsh"));
	assert_int_equal(p.s.describe, DESCRIBE_ZSH);
	parsed_free(&p);
}

static void
wanted_format_is_found_anywhere(void **state)
{
	static const struct {
		const char	*words[5];
		enum format	 want;
	} rows[] = {
		{ { "check_fake" }, FORMAT_TEXT },
		{ { "check_fake", "--bogus", "--output-format=json" },
		    FORMAT_JSON },
		{ { "check_fake", "--output-format", "OpenMetrics", "x" },
		    FORMAT_OPENMETRICS },
		{ { "check_fake", "--output-format=json",
		    "--output-format=text" }, FORMAT_TEXT },
		{ { "check_fake", "--output-format=yaml" }, FORMAT_TEXT },
		{ { "check_fake", "--output-format" }, FORMAT_TEXT },
		{ { "check_fake", "--output-formats=json" }, FORMAT_TEXT },
		{ { "--output-format=json" }, FORMAT_TEXT }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *argv[5];
		int argc = 0;

		memcpy(argv, rows[i].words, sizeof(argv));
		while (argc < 5 && argv[argc] != NULL)
			argc++;
		if (opt_wanted_format(argc, argv) != rows[i].want)
			fail_msg("row %zu", i);
	}
	assert_int_equal(opt_wanted_format(0, NULL), FORMAT_TEXT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_option_and_odd_values),
		cmocka_unit_test(names_and_letters_are_unique),
		cmocka_unit_test(defaults_are_as_designed),
		cmocka_unit_test(all_spellings),
		cmocka_unit_test(one_host_or_many),
		cmocka_unit_test(without_a_dialog),
		cmocka_unit_test(bad_lines),
		cmocka_unit_test(no_password_on_the_line),
		cmocka_unit_test(long_values_are_cut),
		cmocka_unit_test(documents_come_first),
		cmocka_unit_test(wanted_format_is_found_anywhere)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
