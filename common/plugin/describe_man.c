/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * describe_man - the option table as a manual page in mdoc(7)
 */
#include <string.h>

#include "plugin/describe.h"
#include "plugin/describe_common.h"
#include "plugin/extra_opts.h"
#include "plugin/roff.h"

static void
write_head(const struct plugin *plugin, struct buf *out)
{
	const char *p;

	buf_fmt(out, ".Dd %s\n.Dt ", PACKAGE_DATE);
	for (p = plugin->name; *p != '\0'; p++)
		buf_char(out, *p >= 'a' && *p <= 'z' ?
		    (char)(*p - 'a' + 'A') : *p);
	buf_fmt(out, " 1\n.Os\n.Sh NAME\n.Nm %s\n.Nd ", plugin->name);
	roff_word(out, span_of(plugin->brief), false);
	buf_str(out, "\n.Sh SYNOPSIS\n.Nm\n");
	if ((plugin->uses & USES_HOST) != 0)
		buf_str(out, ".Fl H Ar host\n");
	buf_str(out, ".Op Ar option ...\n.Nm\n.Fl \\-help | \\-version\n");
}

static void
write_description(const struct plugin *plugin, struct buf *out)
{
	const char *text = plugin->description;
	struct span paragraph;

	buf_str(out, ".Sh DESCRIPTION\n");
	while (text != NULL && describe_paragraph(&text, &paragraph)) {
		roff_text(out, paragraph);
		buf_str(out, ".Pp\n");
	}
	buf_fmt(out, "This is version %s of %s.\n", PACKAGE_VERSION,
	    DESCRIBE_PACKAGE);
}

static void
write_name(struct buf *out, const struct opt *row)
{
	buf_str(out, ".It ");
	if (row->letter != 0)
		buf_fmt(out, "Fl %c , ", row->letter);
	buf_str(out, "Fl \\-");
	roff_word(out, span_of(row->name), true);
	if (row->type->has_value) {
		buf_str(out, row->type->optional ? " Ns Oo = Ns Ar " :
		    " Ns = Ns Ar ");
		roff_arg(out, row->arg);
		if (row->type->optional)
			buf_str(out, " Oc");
	}
	buf_char(out, '\n');
}

static void
write_row(const struct plugin *plugin, const struct opt *row, struct buf *out)
{
	struct buf text;

	write_name(out, row);
	buf_init(&text, DESCRIBE_TEXT_MAX);
	describe_option(plugin, row, &text);
	roff_text(out, buf_span(&text));
	out->nomem = out->nomem || text.nomem;
	buf_free(&text);
}

static void
write_options(const struct plugin *plugin, struct buf *out)
{
	struct opt_group groups[OPT_GROUPS_MAX];
	size_t i, n = opt_groups(plugin, NULL, groups);
	const struct opt *row;

	buf_str(out, ".Sh OPTIONS\n");
	for (i = 0; i < n; i++) {
		buf_fmt(out, ".Ss %s\n.Bl -tag -width Ds\n", groups[i].title);
		for (row = opt_row(plugin, groups[i].rows); row != NULL;
		    row = opt_row(plugin, row + 1))
			write_row(plugin, row, out);
		buf_str(out, ".El\n");
	}
}

static const struct {
	const char	*name;
	unsigned	 uses;
	const char	*text;
} variables[] = {
	{ "CREDENTIALS_DIRECTORY", USES_PASSWORD, "Folder in which a password "
	    "file without a slash in its name is looked for first." },
	{ "HOME", USES_ACCOUNT | USES_STATE, "Folder below which the state is "
	    "kept when neither of the next two is set." },
	{ "STATE_DIRECTORY", USES_ACCOUNT | USES_STATE, "Folder for what is "
	    "remembered between runs." },
	{ "XDG_STATE_HOME", USES_ACCOUNT | USES_STATE, "The same, after "
	    "STATE_DIRECTORY." },
	{ "MP_CONFIG_FILE", 0, "File that --extra-opts reads when it names "
	    "none." },
	{ "NAGIOS_CONFIG_PATH", 0, "Folders, with colons between them, in "
	    "which --extra-opts looks for a file next." }
};

static void
write_environment(const struct plugin *plugin, struct buf *out)
{
	size_t i;

	buf_str(out, ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n");
	for (i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		if (variables[i].uses != 0 &&
		    (plugin->uses & variables[i].uses) == 0)
			continue;
		buf_fmt(out, ".It Ev %s\n", variables[i].name);
		roff_text(out, span_of(variables[i].text));
	}
	buf_str(out, ".El\n");
}

static void
write_files(struct buf *out)
{
	size_t i;

	buf_str(out, ".Sh FILES\n"
	    "Without a name,\n.Fl \\-extra\\-opts\n"
	    "reads the first of these that exists, after those that the\n"
	    "environment names:\n.Pp\n.Bl -item -compact\n");
	for (i = 0; extra_opts_places[i] != NULL; i++) {
		buf_str(out, ".It\n.Pa ");
		roff_arg(out, extra_opts_places[i]);
		buf_char(out, '\n');
	}
	buf_str(out, ".El\n");
}

static void
write_exit(struct buf *out)
{
	static const char *const meanings[] = {
		"OK: all is well.",
		"WARNING: it works, but not as it should.",
		"CRITICAL: it does not work.",
		"UNKNOWN: nothing can be said, because of the checking host "
		    "or of the options given; also after --help, --version "
		    "and --describe."
	};
	size_t i;

	buf_str(out, ".Sh EXIT STATUS\n.Bl -tag -width Ds\n");
	for (i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
		buf_fmt(out, ".It %u\n", (unsigned)i);
		roff_text(out, span_of(meanings[i]));
	}
	buf_str(out, ".El\n");
}

static void
write_examples(const struct plugin *plugin, struct buf *out)
{
	const char *const *example = plugin->examples;

	if (example == NULL || example[0] == NULL)
		return;
	buf_str(out, ".Sh EXAMPLES\n");
	for (; example[0] != NULL; example += 2) {
		if (example != plugin->examples)
			buf_str(out, ".Pp\n");
		roff_text(out, span_of(example[1]));
		buf_str(out, ".Bd -literal -offset indent\n");
		roff_literal(out, example[0]);
		buf_str(out, ".Ed\n");
	}
}

/* can_conclude - is the cause among those of the plugin? */
static bool
can_conclude(const struct plugin *plugin, enum cause cause)
{
	const char *const *pattern = plugin->causes;

	for (; pattern != NULL && *pattern != NULL; pattern++)
		if (cause_matches(cause, span_of(*pattern)))
			return true;
	return false;
}

static void
write_cause(const struct cause_info *info, struct buf *out)
{
	struct buf text;

	buf_str(out, ".It Sy ");
	roff_arg(out, info->slug);
	buf_fmt(out, " Pq %s , %s\n", state_name(info->state), info->party);
	buf_init(&text, DESCRIBE_TEXT_MAX);
	buf_fmt(&text, "%s. Next: %s.", info->observed, info->next);
	roff_text(out, buf_span(&text));
	out->nomem = out->nomem || text.nomem;
	buf_free(&text);
}

static void
write_diagnostics(const struct plugin *plugin, struct buf *out)
{
	unsigned i;

	buf_str(out, ".Sh DIAGNOSTICS\n"
	    "The first line of the output ends with the cause in brackets.\n"
	    "These are the causes that\n.Nm\n"
	    "finds, each with its state and with who has to act:\n"
	    ".Bl -tag -width Ds\n");
	for (i = CAUSE_NONE + 1; i < CAUSE_COUNT; i++)
		if (can_conclude(plugin, (enum cause)i))
			write_cause(cause_info((enum cause)i), out);
	buf_str(out, ".El\n");
}

/*
 * write_siblings - the other checks; by name, for a page may be read where they
 * are not installed
 */
static void
write_siblings(const struct plugin *plugin, struct buf *out)
{
	static const char *const siblings[] = {
		"check_imap_login", "check_pop3_login", "check_smtp_login",
		"check_tls_cert", "check_quota", "check_mail_ports",
		"check_mail_dns", "check_mail"
	};
	size_t i;
	bool first = true;

	buf_str(out, ".Sh SEE ALSO\n");
	for (i = 0; i < sizeof(siblings) / sizeof(siblings[0]); i++) {
		if (strcmp(siblings[i], plugin->name) == 0)
			continue;
		buf_fmt(out, "%s.Nm %s", first ? "" : " ,\n", siblings[i]);
		first = false;
	}
	buf_char(out, '\n');
}

static void
write_tail(struct buf *out)
{
	buf_str(out, ".Sh STANDARDS\n"
	    "Options, output, thresholds and exit status follow the\n"
	    "Monitoring Plugins Development Guidelines.\n"
	    "The JSON output has a schema, which comes with the package.\n"
	    ".Sh BUGS\n"
	    "What a router or a packet filter answers is told apart in full\n"
	    "on Linux only; elsewhere the same failure may have a more\n"
	    "general cause.\n");
}

void
describe_man(const struct plugin *plugin, struct buf *out)
{
	write_head(plugin, out);
	write_description(plugin, out);
	write_options(plugin, out);
	write_environment(plugin, out);
	write_files(out);
	write_exit(out);
	write_examples(plugin, out);
	write_diagnostics(plugin, out);
	write_siblings(plugin, out);
	write_tail(out);
}
