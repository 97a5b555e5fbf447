/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * describe_fish - the option table as a completion of fish
 */
#include "plugin/describe.h"
#include "plugin/describe_common.h"

/* write_values - -x: a value, and no file; -r -F: a value, which is a file */
static void
write_values(const struct opt_type *type, struct buf *out)
{
	const char *const *word;

	if (type->choices != NULL) {
		buf_str(out, " -x -a '");
		for (word = type->choices; *word != NULL; word++)
			buf_fmt(out, "%s%s", word == type->choices ? "" : " ",
			    *word);
		buf_char(out, '\'');
		return;
	}
	switch (type->complete) {
	case COMPLETE_FILE:
		buf_str(out, " -r -F");
		break;
	case COMPLETE_DIR:
		buf_str(out, " -x -a '(__fish_complete_directories)'");
		break;
	case COMPLETE_HOST:
		buf_str(out, " -x -a '(__fish_print_hostnames)'");
		break;
	case COMPLETE_USER:
		buf_str(out, " -x -a '(__fish_complete_users)'");
		break;
	case COMPLETE_NONE:
		buf_str(out, " -x");
		break;
	}
}

static void
write_row(const struct plugin *plugin, const struct opt *row, struct buf *out)
{
	struct buf text;

	buf_fmt(out, "complete -c %s", plugin->name);
	if (row->letter != 0)
		buf_fmt(out, " -s %c", row->letter);
	buf_fmt(out, " -l %s", row->name);
	if (row->type->has_value && !row->type->optional)
		write_values(row->type, out);
	buf_init(&text, DESCRIBE_TEXT_MAX);
	describe_brief(row, &text);
	buf_str(out, " -d '");
	describe_quoted(out, buf_span(&text), "\\", "\\'");
	buf_str(out, "'\n");
	out->nomem = out->nomem || text.nomem;
	buf_free(&text);
}

void
describe_fish(const struct plugin *plugin, struct buf *out)
{
	buf_fmt(out, "# fish completion of %s, written by %s --describe=fish\n"
	    "complete -c %s -f\n", plugin->name, plugin->name, plugin->name);
	describe_rows(plugin, write_row, out);
}
