/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_describe - every document holds every row, and nothing that breaks it
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake_plugin.h"
#include "plugin/describe.h"

enum {
	DOCUMENT_MAX = 1024 * 1024
};

/* how each document spells a long and a short option */
static const struct document {
	const char	*name;
	void		(*write)(const struct plugin *, struct buf *);
	const char	*long_format;
	const char	*short_format;
	bool		 roff;		/* hyphens of names are escaped */
} documents[] = {
	{ "help", describe_help, " --%s", "  -%c, --", false },
	{ "man", describe_man, "Fl \\-%s", ".It Fl %c , Fl", true },
	{ "bash", describe_bash, "--%s", "-%c", false },
	{ "zsh", describe_zsh, "--%s", "{-%c", false },
	{ "fish", describe_fish, " -l %s -", " -s %c -l", false }
};

static const char *
spelled(const struct document *d, const char *name, char out[128])
{
	char escaped[64] = "";
	size_t n = 0;

	for (; *name != '\0' && n + 3 < sizeof(escaped); name++) {
		if (*name == '-' && d->roff)
			escaped[n++] = '\\';
		escaped[n++] = *name;
		escaped[n] = '\0';
	}
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	(void)snprintf(out, 128, d->long_format, escaped);
#pragma GCC diagnostic pop
	return out;
}

static void
expect_row(const struct document *d, const char *text, const struct opt *row)
{
	char want[128];

	if (strstr(text, spelled(d, row->name, want)) == NULL)
		fail_msg("%s lacks '%s'", d->name, want);
	if (row->letter == 0)
		return;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	(void)snprintf(want, sizeof(want), d->short_format, row->letter);
#pragma GCC diagnostic pop
	if (strstr(text, want) == NULL)
		fail_msg("%s lacks '%s'", d->name, want);
}

static void
every_row_is_in_every_document(void **state)
{
	struct opt_group groups[OPT_GROUPS_MAX];
	size_t n = opt_groups(&fake_plugin, NULL, groups);
	size_t i, g;

	(void)state;
	for (i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		struct buf out;
		const struct opt *row;

		buf_init(&out, DOCUMENT_MAX);
		documents[i].write(&fake_plugin, &out);
		assert_false(out.overflow);
		for (g = 0; g < n; g++)
			for (row = opt_row(&fake_plugin, groups[g].rows); row != NULL;
			    row = opt_row(&fake_plugin, row + 1))
				expect_row(&documents[i], buf_cstr(&out), row);
		buf_free(&out);
	}
}

/*
 * expect_plain - printable, with newlines (and tabs in code) only, and one at
 * the end
 */
static void
expect_plain(const char *text, bool tabs)
{
	const char *p;

	for (p = text; *p != '\0'; p++)
		if ((*p < ' ' && *p != '\n' && !(tabs && *p == '\t')) ||
		    *p == 0x7f)
			fail_msg("byte %#x at %.40s", (unsigned)*p, p);
	assert_int_equal(p[-1], '\n');
}

static void
help_fits_the_screen(void **state)
{
	struct buf out;
	const char *line;

	(void)state;
	buf_init(&out, DOCUMENT_MAX);
	describe_help(&fake_plugin, &out);
	expect_plain(buf_cstr(&out), false);
	for (line = buf_cstr(&out); *line != '\0';) {
		size_t len = strcspn(line, "\n");

		if (len >= 80)
			fail_msg("%zu columns: %.*s", len, (int)len, line);
		if (len > 0)
			assert_int_not_equal(line[len - 1], ' ');
		line += len + 1;
	}
	assert_non_null(strstr(buf_cstr(&out), "Default: 15m."));
	assert_non_null(strstr(buf_cstr(&out), "Default: INBOX."));
	assert_non_null(strstr(buf_cstr(&out),
	    "Words: implicit, starttls, none."));
	assert_non_null(strstr(buf_cstr(&out), "The same as --username."));
	buf_free(&out);
}

static void
help_names_only_what_the_check_has(void **state)
{
	struct plugin small = fake_plugin;
	struct buf out;

	(void)state;
	small.uses = USES_HOST;
	small.opts = NULL;
	buf_init(&out, DOCUMENT_MAX);
	describe_help(&small, &out);
	assert_non_null(strstr(buf_cstr(&out), "--hostname=HOST"));
	assert_null(strstr(buf_cstr(&out), "--tls"));
	assert_null(strstr(buf_cstr(&out), "--username"));
	assert_null(strstr(buf_cstr(&out), "--rate"));
	assert_null(strstr(buf_cstr(&out), "--mailbox"));
	buf_free(&out);
}

/*
 * no line of a manual may begin with a control character that is not one of our
 * macros
 */
static void
man_macros_are_ours(void **state)
{
	static const char *const macros[] = {
		".Dd ", ".Dt ", ".Os\n", ".Sh ", ".Ss ", ".Nm", ".Nd ", ".Fl ",
		".Op ", ".Pp\n", ".Bl ", ".El\n", ".It", ".Pa ", ".Ev ",
		".Bd ", ".Ed\n"
	};
	struct buf out;
	const char *line;
	size_t i;

	(void)state;
	buf_init(&out, DOCUMENT_MAX);
	describe_man(&fake_plugin, &out);
	expect_plain(buf_cstr(&out), false);
	for (line = buf_cstr(&out); *line != '\0';
	    line += strcspn(line, "\n") + 1) {
		assert_int_not_equal(*line, '\'');
		if (*line != '.')
			continue;
		for (i = 0; i < sizeof(macros) / sizeof(macros[0]); i++)
			if (strncmp(line, macros[i], strlen(macros[i])) == 0)
				break;
		if (i == sizeof(macros) / sizeof(macros[0]))
			fail_msg("not ours: %.30s", line);
	}
	buf_free(&out);
}

static void
man_has_its_sections_and_causes(void **state)
{
	static const char *const wanted[] = {
		".Dt CHECK_FAKE 1\n", ".Sh NAME\n", ".Sh SYNOPSIS\n",
		".Sh DESCRIPTION\n", ".Ss This check\n", ".Ss Account\n",
		".Sh ENVIRONMENT\n", ".Sh FILES\n", ".Sh EXIT STATUS\n",
		".Sh EXAMPLES\n", ".Sh DIAGNOSTICS\n", ".Sh SEE ALSO\n",
		".Sh STANDARDS\n", ".Sh BUGS\n", "\\&auth.rejected",
		"\\&cert.expired", "\n\\&.hidden \\ebackslash\n",
		"\n\\&.Dd stands", "\n\\&\\(aqand a quote", "\nDefault: 10.\n",
		"compare the credentials"
	};
	struct buf out, again;
	size_t i;

	(void)state;
	buf_init(&out, DOCUMENT_MAX);
	buf_init(&again, DOCUMENT_MAX);
	describe_man(&fake_plugin, &out);
	describe_man(&fake_plugin, &again);
	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (strstr(buf_cstr(&out), wanted[i]) == NULL)
			fail_msg("the manual lacks '%s'", wanted[i]);
	assert_null(strstr(buf_cstr(&out), "cert.untrusted"));
	assert_string_equal(buf_cstr(&out), buf_cstr(&again));
	buf_free(&out);
	buf_free(&again);
}

static void
completions_quote_and_know_values(void **state)
{
	static const struct {
		void		(*write)(const struct plugin *, struct buf *);
		const char	*want;
	} rows[] = {
		{ describe_bash, "-W 'implicit starttls none'" },
		{ describe_bash, "complete -F _check_fake check_fake\n" },
		{ describe_bash, "--ca-file)\n\t\tcompopt -o filenames\n" },
		{ describe_bash, "compgen -A hostname" },
		{ describe_zsh, "#compdef check_fake\n" },
		{ describe_zsh, ":MODE:(implicit starttls none)'" },
		{ describe_zsh, ":DIR:_files -/'" },
		{ describe_zsh, "'*'{-w+,--warning=}'[" },
		{ describe_zsh, "\\[METRIC=\\]RANGE" },
		{ describe_zsh, "'['\\''quoted'\\'' at the start]" },
		{ describe_zsh, "--extra-opts=-'[" },
		{ describe_fish, " -l tls -x -a 'implicit starttls none' " },
		{ describe_fish, " -l ca-file -r -F " },
		{ describe_fish, " -d '\\'quoted\\' at the start'\n" }
	};
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_init(&out, DOCUMENT_MAX);
		rows[i].write(&fake_plugin, &out);
		expect_plain(buf_cstr(&out), true);
		if (strstr(buf_cstr(&out), rows[i].want) == NULL)
			fail_msg("row %zu lacks '%s'", i, rows[i].want);
		buf_free(&out);
	}
}

/* each option that a scheduler may set, and no way by which a password would be an argument */
static void
schedulers_set_every_option(void **state)
{
	static const struct {
		void		(*write)(const struct plugin *, struct buf *);
		const char	*want;
	} rows[] = {
		{ describe_icinga2, "object CheckCommand \"fake\" {" },
		{ describe_icinga2, "PluginDir + \"/check_fake\"" },
		{ describe_icinga2, "value = \"--depth=$fake_depth$\"\n"
		    "\t\t\tskip_key = true" },
		{ describe_icinga2, "set_if = \"$fake_peek$\"" },
		{ describe_icinga2, "value = \"$fake_warning$\"\n"
		    "\t\t\trepeat_key = true" },
		{ describe_icinga2, "--extra-opts=$fake_extra_opts$" },
		{ describe_icinga2, "It's \\\"quoted\\\"" },
		{ describe_icinga2, "env.MAIL_CHECK_PASSWORD = "
		    "\"$fake_password$\"" },
		{ describe_icinga2, "vars.fake_hostname = \"$host.name$\"" },
		{ describe_nagios, "command_name\tcheck_fake\n\tcommand_line\t"
		    "$USER1$/check_fake -H '$HOSTADDRESS$' $ARG1$" },
		{ describe_nagios, "--password-file='$ARG2$'" },
		{ describe_nagios, "# command[check_fake]=" }
	};
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_init(&out, DOCUMENT_MAX);
		rows[i].write(&fake_plugin, &out);
		if (strstr(buf_cstr(&out), rows[i].want) == NULL)
			fail_msg("row %zu lacks '%s'", i, rows[i].want);
		if (strstr(buf_cstr(&out), "--help\" = ") != NULL ||
		    strstr(buf_cstr(&out), "--password=") != NULL)
			fail_msg("row %zu has what no scheduler may set", i);
		buf_free(&out);
	}
}

static void
version_names_program_and_package(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, DOCUMENT_MAX);
	describe_version(&fake_plugin, &out);
	assert_int_equal(strncmp(buf_cstr(&out),
	    "check_fake (monitoring-plugins-mail) ", 37), 0);
	assert_int_equal(strcspn(buf_cstr(&out), "\n"), out.len - 1);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(schedulers_set_every_option),
		cmocka_unit_test(every_row_is_in_every_document),
		cmocka_unit_test(help_fits_the_screen),
		cmocka_unit_test(help_names_only_what_the_check_has),
		cmocka_unit_test(man_macros_are_ours),
		cmocka_unit_test(man_has_its_sections_and_causes),
		cmocka_unit_test(completions_quote_and_know_values),
		cmocka_unit_test(version_names_program_and_package)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
