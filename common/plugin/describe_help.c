/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * describe_help - what --help prints, for a screen of 80 columns
 */
#include <string.h>

#include "plugin/describe.h"
#include "plugin/describe_common.h"

enum {
	HELP_WIDTH = 79,
	HELP_COLUMN = 30,	/* where the texts begin */
	HELP_INDENT = 2
};

static void
pad(struct buf *out, size_t from, size_t to)
{
	while (from++ < to)
		buf_char(out, ' ');
}

/* wrap - words from the column on; the cursor stands in column `at` already */
static void
wrap(struct buf *out, struct span text, size_t at, size_t column)
{
	struct span word;
	bool first = true;

	pad(out, at, column);
	at = column;
	while (describe_word(&text, &word)) {
		if (!first && at + 1 + word.len > HELP_WIDTH) {
			buf_char(out, '\n');
			pad(out, 0, column);
			at = column;
			first = true;
		}
		if (!first)
			buf_char(out, ' ');
		buf_span_add(out, word);
		at += word.len + !first;
		first = false;
	}
	buf_char(out, '\n');
}

static void
write_name(const struct opt *row, struct buf *out)
{
	if (row->letter != 0)
		buf_fmt(out, "-%c, --%s", row->letter, row->name);
	else
		buf_fmt(out, "    --%s", row->name);
	if (!row->type->has_value)
		return;
	if (row->type->optional)
		buf_fmt(out, "[=%s]", row->arg);
	else
		buf_fmt(out, "=%s", row->arg);
}

static void
write_row(const struct plugin *plugin, const struct opt *row, struct buf *out)
{
	struct buf text;
	size_t at = HELP_INDENT;

	buf_init(&text, DESCRIBE_TEXT_MAX);
	write_name(row, &text);
	pad(out, 0, HELP_INDENT);
	buf_span_add(out, buf_span(&text));
	at += text.len;
	if (at + 2 > HELP_COLUMN) {
		buf_char(out, '\n');
		at = 0;
	}
	buf_clear(&text);
	describe_option(plugin, row, &text);
	wrap(out, buf_span(&text), at, HELP_COLUMN);
	out->nomem = out->nomem || text.nomem;
	buf_free(&text);
}

static void
write_options(const struct plugin *plugin, struct buf *out)
{
	struct opt_group groups[OPT_GROUPS_MAX];
	size_t i, n = opt_groups(plugin, NULL, groups);
	const struct opt *row;

	for (i = 0; i < n; i++) {
		buf_fmt(out, "\n%s:\n", groups[i].title);
		for (row = opt_row(plugin, groups[i].rows); row != NULL;
		    row = opt_row(plugin, row + 1))
			write_row(plugin, row, out);
	}
}

static void
write_examples(const struct plugin *plugin, struct buf *out)
{
	const char *const *example = plugin->examples;

	if (example == NULL || example[0] == NULL)
		return;
	buf_str(out, "\nExamples:\n");
	for (; example[0] != NULL; example += 2) {
		buf_fmt(out, "  %s\n", example[0]);
		wrap(out, span_of(example[1]), 0, 2 * HELP_INDENT);
	}
}

void
describe_help(const struct plugin *plugin, struct buf *out)
{
	const char *text = plugin->description;
	struct span paragraph;

	describe_version(plugin, out);
	buf_fmt(out, "%s\n\nUsage: %s%s [OPTION...]\n", plugin->brief,
	    plugin->name, (plugin->uses & USES_HOST) != 0 ? " -H HOST" : "");
	while (text != NULL && describe_paragraph(&text, &paragraph)) {
		buf_char(out, '\n');
		wrap(out, paragraph, 0, 0);
	}
	write_options(plugin, out);
	write_examples(plugin, out);
	buf_str(out, "\nExit status: 0 OK, 1 WARNING, 2 CRITICAL, "
	    "3 UNKNOWN\n");
}
