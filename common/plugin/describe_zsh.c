/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * describe_zsh - the option table as a completion of zsh
 *
 * A spec of _arguments is '(what it excludes)'{-x+,--name=}'[help]:ARG:action',
 * inside single quotes, with brackets and colons of the texts escaped.
 */
#include "plugin/describe.h"
#include "plugin/describe_common.h"

static const char zsh_special[] = "[]:\\";
static const char zsh_quote[] = "'\\''";

/* write_names - in braces, each with the mark that says how its value comes */
static void
write_names(const struct opt *row, struct buf *out)
{
	const struct opt_type *type = row->type;
	const char *long_mark = !type->has_value ? "" :
	    type->optional ? "=-" : "=";

	if (row->letter == 0) {
		buf_fmt(out, "--%s%s", row->name, long_mark);
		return;
	}
	buf_fmt(out, "{-%c%s,--%s%s}", row->letter, type->has_value ? "+" : "",
	    row->name, long_mark);
}

static void
write_action(const struct opt_type *type, struct buf *out)
{
	const char *const *word;

	if (type->choices != NULL) {
		buf_char(out, '(');
		for (word = type->choices; *word != NULL; word++)
			buf_fmt(out, "%s%s", word == type->choices ? "" : " ",
			    *word);
		buf_char(out, ')');
		return;
	}
	switch (type->complete) {
	case COMPLETE_FILE:
		buf_str(out, "_files");
		break;
	case COMPLETE_DIR:
		buf_str(out, "_files -/");
		break;
	case COMPLETE_HOST:
		buf_str(out, "_hosts");
		break;
	case COMPLETE_USER:
		buf_str(out, "_users");
		break;
	case COMPLETE_NONE:
		buf_char(out, ' ');
		break;
	}
}

/* write_excluded - a second time is offered only where it adds something */
static void
write_excluded(const struct plugin *plugin, const struct opt *row,
    struct buf *out)
{
	if (opt_repeats(plugin, row))
		buf_str(out, "'*'");
	else if (row->letter != 0)
		buf_fmt(out, "'(-%c --%s)'", row->letter, row->name);
}

static void
write_row(const struct plugin *plugin, const struct opt *row, struct buf *out)
{
	struct buf text;

	buf_init(&text, DESCRIBE_TEXT_MAX);
	describe_brief(row, &text);
	buf_char(out, '\t');
	write_excluded(plugin, row, out);
	write_names(row, out);
	buf_str(out, "'[");
	describe_quoted(out, buf_span(&text), zsh_special, zsh_quote);
	buf_char(out, ']');
	if (row->type->has_value) {
		buf_str(out, row->type->optional ? "::" : ":");
		describe_quoted(out, span_of(row->arg), zsh_special, zsh_quote);
		buf_char(out, ':');
		write_action(row->type, out);
	}
	buf_str(out, "' \\\n");
	out->nomem = out->nomem || text.nomem;
	buf_free(&text);
}

void
describe_zsh(const struct plugin *plugin, struct buf *out)
{
	buf_fmt(out, "#compdef %s\n"
	    "# zsh completion of %s, written by %s --describe=zsh\n"
	    "_arguments -s \\\n", plugin->name, plugin->name, plugin->name);
	describe_rows(plugin, write_row, out);
	buf_str(out, "\t&& return 0\nreturn 1\n");
}
