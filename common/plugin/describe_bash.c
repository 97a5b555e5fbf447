/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * describe_bash - the option table as a completion of bash
 *
 * bash breaks words at "=", so that "--tls=imp" arrives in three of them; the
 * function written here puts them together again and needs no other package.
 */
#include "plugin/describe.h"
#include "plugin/describe_common.h"

/* write_how - the compgen that knows the values of a row */
static void
write_how(const struct opt_type *type, struct buf *out)
{
	const char *const *word;

	if (type->choices != NULL) {
		buf_str(out, "-W '");
		for (word = type->choices; *word != NULL; word++)
			buf_fmt(out, "%s%s", word == type->choices ? "" : " ",
			    *word);
		buf_char(out, '\'');
		return;
	}
	switch (type->complete) {
	case COMPLETE_FILE:
		buf_str(out, "-f");
		break;
	case COMPLETE_DIR:
		buf_str(out, "-d");
		break;
	case COMPLETE_HOST:
		buf_str(out, "-A hostname");
		break;
	case COMPLETE_USER:
		buf_str(out, "-u");
		break;
	case COMPLETE_NONE:
		break;
	}
}

/*
 * write_case - what may follow this option; of most nothing can be said, and
 * nothing is offered
 */
static void
write_case(const struct plugin *plugin, const struct opt *row, struct buf *out)
{
	const struct opt_type *type = row->type;

	(void)plugin;
	if (!type->has_value)
		return;
	buf_char(out, '\t');
	if (row->letter != 0)
		buf_fmt(out, "-%c|", row->letter);
	buf_fmt(out, "--%s)\n", row->name);
	if (type->optional)
		buf_str(out, "\t\t[[ $equals ]] || offer_options=1\n");
	if (type->complete == COMPLETE_FILE || type->complete == COMPLETE_DIR)
		buf_str(out, "\t\tcompopt -o filenames\n");
	if (type->choices != NULL || type->complete != COMPLETE_NONE) {
		buf_str(out, "\t\tmapfile -t COMPREPLY < <(compgen ");
		write_how(type, out);
		buf_str(out, " -- \"$cur\")\n");
	}
	buf_str(out, "\t\t;;\n");
}

static void
write_word(const struct plugin *plugin, const struct opt *row, struct buf *out)
{
	bool equals = row->type->has_value && !row->type->optional;

	(void)plugin;
	buf_fmt(out, "\t\t\t--%s%s\n", row->name, equals ? "=" : "");
	if (row->letter != 0)
		buf_fmt(out, "\t\t\t-%c\n", row->letter);
}

void
describe_bash(const struct plugin *plugin, struct buf *out)
{
	const char *name = plugin->name;

	buf_fmt(out, "# bash completion of %s, written by %s --describe=bash\n"
	    "_%s()\n{\n"
	    "\tlocal cur=${COMP_WORDS[COMP_CWORD]}\n"
	    "\tlocal prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	    "\tlocal equals='' offer_options=''\n\n"
	    "\tif [[ $cur == '=' ]]; then\n"
	    "\t\tcur='' equals=1\n"
	    "\telif [[ $prev == '=' ]] && (( COMP_CWORD > 1 )); then\n"
	    "\t\tprev=${COMP_WORDS[COMP_CWORD-2]} equals=1\n"
	    "\tfi\n"
	    "\tCOMPREPLY=()\n"
	    "\tcase $prev in\n", name, name, name);
	describe_rows(plugin, write_case, out);
	buf_str(out, "\t*)\n\t\toffer_options=1\n\t\t;;\n\tesac\n"
	    "\tif [[ $offer_options ]]; then\n"
	    "\t\tlocal options=(\n");
	describe_rows(plugin, write_word, out);
	buf_fmt(out, "\t\t)\n"
	    "\t\tmapfile -t COMPREPLY < <(compgen -W \"${options[*]}\" "
	    "-- \"$cur\")\n"
	    "\t\tif [[ ${COMPREPLY[0]-} == *= ]]; then\n"
	    "\t\t\tcompopt -o nospace\n"
	    "\t\tfi\n"
	    "\tfi\n}\n"
	    "complete -F _%s %s\n", name, name);
}
