/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt - defaults, then --extra-opts files, then the command line
 *
 * The line is walked three times: for a document that was asked for (a broken
 * file must not keep anybody from --help), for the files and what reading them
 * depends on, and last for the values, so that the line wins over the files.
 */
#include <string.h>

#include "base/wipe.h"
#include "plugin/extra_opts.h"
#include "plugin/opt_walk.h"
#include "plugin/plugin.h"
#include "plugin/settings.h"

/* what all walks need */
struct line {
	struct opt_table	 table;
	struct settings		*settings;
	int			 argc;
	char *const		*argv;
	struct opt_error	*error;
};

const struct opt *
opt_row(const struct plugin *plugin, const struct opt *row)
{
	while (row->name != NULL && (plugin->uses & row->uses) != row->uses)
		row++;
	return row->name != NULL ? row : NULL;
}

const char *
opt_default(const struct plugin *plugin, const struct opt *row)
{
	if (row->deflt == NULL && row->type == &opt_timeout)
		return plugin->timeout;
	if (row->deflt == NULL && strcmp(row->name, "connect-timeout") == 0)
		return plugin->connect_timeout;
	return row->deflt;
}

bool
opt_repeats(const struct plugin *plugin, const struct opt *row)
{
	if (row->type == &opt_host)
		return (plugin->uses & USES_MANY) != 0;
	return row->type->repeatable;
}

enum format
opt_wanted_format(int argc, char *const argv[])
{
	static const char name[] = "--output-format";
	const size_t len = sizeof(name) - 1;
	enum format format = FORMAT_TEXT, asked;
	const char *value;
	int i;

	for (i = 1; i < argc; i++) {
		value = NULL;
		if (strncmp(argv[i], name, len) != 0)
			continue;
		if (argv[i][len] == '=')
			value = argv[i] + len + 1;
		else if (argv[i][len] == '\0' && i + 1 < argc)
			value = argv[i + 1];
		if (value != NULL && format_parse(span_of(value), &asked))
			format = asked;
	}
	return format;
}

/*
 * set_default - of one row; a default that its own parser refuses is our fault
 */
static bool
set_default(struct line *line, const struct opt_group *group,
    const struct opt *row)
{
	struct given given = {
		.row = row,
		.field = (char *)group->base + row->offset,
		.value = opt_default(line->table.plugin, row)
	};

	if (given.value == NULL ||
	    given_apply(&given, line->table.plugin, line->error))
		return true;
	line->error->cause = CAUSE_INTERNAL_ERROR;
	return false;
}

static bool
set_defaults(struct line *line)
{
	const struct opt_table *table = &line->table;
	const struct opt *row;
	size_t i;

	for (i = 0; i < table->n; i++)
		for (row = opt_row(table->plugin, table->groups[i].rows);
		    row != NULL; row = opt_row(table->plugin, row + 1))
			if (!set_default(line, &table->groups[i], row))
				return false;
	return true;
}

/* document_of - which outcome an option stands for that ends the parsing */
static enum opt_outcome
document_of(const struct given *given, const struct settings *settings)
{
	if (given->field == &settings->help)
		return OPT_HELP;
	if (given->field == &settings->version)
		return OPT_VERSION;
	if (given->field == &settings->describe)
		return OPT_DESCRIBE;
	return OPT_RUN;
}

/* find_document - the first one asked for; OPT_RUN if there is none */
static enum opt_outcome
find_document(struct line *line)
{
	enum opt_outcome outcome;
	struct given given;
	struct walk walk;
	int got;

	walk_start(&walk, &line->table, line->argc, line->argv);
	while ((got = walk_next(&walk, &given, line->error)) > 0) {
		outcome = document_of(&given, line->settings);
		if (outcome == OPT_RUN)
			continue;
		if (!given_apply(&given, line->table.plugin, line->error))
			return OPT_BAD;
		return outcome;
	}
	return got < 0 ? OPT_BAD : OPT_RUN;
}

/* take_pair - one line of a file */
static bool
take_pair(struct line *line, const struct ini_pair *pair, const char *place)
{
	struct span key = span_of(pair->key);
	struct settings *settings = line->settings;
	struct given given;

	if ((line->table.plugin->uses & USES_PASSWORD) != 0 &&
	    strcmp(pair->key, "password") == 0) {
		if (pair->value == NULL) {
			opt_refuse(line->error, CAUSE_USAGE_SECRET,
			    "password in %s is empty", place);
			return false;
		}
		settings->password = pair->value;
		return true;
	}
	if (!opt_find(&line->table, key, key.len == 1, &given))
		return key.len == 1 ?
		    refuse_letter(line->error, &line->table, key.p[0], place) :
		    refuse_unknown(line->error, &line->table, key, place);
	given.place = place;
	given.value = pair->value;
	if (document_of(&given, settings) != OPT_RUN ||
	    given.field == &settings->extra_opts) {
		opt_refuse(line->error, CAUSE_USAGE_OPTION, "%s in %s has a "
		    "meaning on the command line only", pair->key, place);
		return false;
	}
	return given_apply(&given, line->table.plugin, line->error);
}

/* take_file - all that one --extra-opts brings */
static bool
take_file(struct line *line, const char *arg)
{
	struct extra_opts extra;
	int i;

	if (!extra_opts_read(arg, line->table.plugin, line->settings, &extra,
	    line->error))
		return false;
	for (i = 0; i < extra.n; i++)
		if (!take_pair(line, &extra.pairs[i], extra.place))
			return false;
	return true;
}

/*
 * prepare - set what reading the files depends on; has_files says if there are
 * any
 */
static bool
prepare(struct line *line, bool *has_files)
{
	const struct settings *settings = line->settings;
	struct given given;
	struct walk walk;

	*has_files = false;
	walk_start(&walk, &line->table, line->argc, line->argv);
	while (walk_next(&walk, &given, line->error) > 0) {
		if (given.field == &settings->extra_opts)
			*has_files = true;
		else if (given.field != &settings->allow_readable_secret &&
		    given.field != &settings->timeout)
			continue;
		if (!given_apply(&given, line->table.plugin, line->error))
			return false;
	}
	return true;
}

static bool
take_files(struct line *line)
{
	struct given given;
	struct walk walk;
	bool has_files;

	if (!prepare(line, &has_files))
		return false;
	if (!has_files)
		return true;
	walk_start(&walk, &line->table, line->argc, line->argv);
	while (walk_next(&walk, &given, line->error) > 0)
		if (given.field == &line->settings->extra_opts &&
		    !take_file(line, given.value))
			return false;
	return true;
}

static bool
names_secret(const struct given *given, const struct settings *settings)
{
	return given->field == &settings->password_file ||
	    given->field == &settings->password_env ||
	    given->field == &settings->password_fd;
}

/*
 * forget_secret - a way to the secret that a file named, for the line names
 * another one
 */
static void
forget_secret(struct settings *settings)
{
	settings->password_file = NULL;
	settings->password_env = NULL;
	settings->password_fd = -1;
	if (settings->password != NULL)
		wipe(settings->password, strlen(settings->password));
	settings->password = NULL;
}

static bool
take_line(struct line *line)
{
	bool secret = false;
	struct given given;
	struct walk walk;

	walk_start(&walk, &line->table, line->argc, line->argv);
	while (walk_next(&walk, &given, line->error) > 0) {
		if (!secret && names_secret(&given, line->settings)) {
			forget_secret(line->settings);
			secret = true;
		}
		if (!given_apply(&given, line->table.plugin, line->error))
			return false;
	}
	return true;
}

enum opt_outcome
opt_parse(const struct plugin *plugin, struct settings *settings, int argc,
    char *const argv[], struct opt_error *error)
{
	struct line line = {
		.table.plugin = plugin,
		.settings = settings,
		.argc = argc,
		.argv = argv,
		.error = error
	};
	enum opt_outcome outcome;

	settings_init(settings);
	error->cause = CAUSE_NONE;
	line.table.n = opt_groups(plugin, settings, line.table.groups);
	if (!set_defaults(&line))
		return OPT_BAD;
	outcome = find_document(&line);
	if (outcome != OPT_RUN)
		return outcome;
	if (!take_files(&line) || !take_line(&line) ||
	    !settings_check(settings, error))
		return OPT_BAD;
	return OPT_RUN;
}
