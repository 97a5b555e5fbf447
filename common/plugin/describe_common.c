/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * describe_common - what all documents take from the option table
 */
#include <string.h>

#include "plugin/describe.h"
#include "plugin/describe_common.h"

void
describe_version(const struct plugin *plugin, struct buf *out)
{
	buf_fmt(out, "%s (%s) %s\n", plugin->name, DESCRIBE_PACKAGE,
	    PACKAGE_VERSION);
}

void
describe_rows(const struct plugin *plugin,
    void (*write)(const struct plugin *, const struct opt *, struct buf *),
    struct buf *out)
{
	struct opt_group groups[OPT_GROUPS_MAX];
	size_t i, n = opt_groups(plugin, NULL, groups);
	const struct opt *row;

	for (i = 0; i < n; i++)
		for (row = opt_row(plugin, groups[i].rows); row != NULL;
		    row = opt_row(plugin, row + 1))
			write(plugin, row, out);
}

void
describe_option(const struct plugin *plugin, const struct opt *row,
    struct buf *out)
{
	const char *deflt = opt_default(plugin, row);
	const char *const *word;

	if (row->alias != NULL) {
		buf_fmt(out, "The same as --%s.", row->alias);
		return;
	}
	buf_fmt(out, "%s.", row->help);
	if (opt_repeats(plugin, row))
		buf_str(out, " May be repeated.");
	if (row->type->choices != NULL) {
		buf_str(out, " Words: ");
		for (word = row->type->choices; *word != NULL; word++)
			buf_fmt(out, "%s%s", *word,
			    word[1] != NULL ? ", " : ".");
	}
	if (deflt != NULL)
		buf_fmt(out, " Default: %s.", deflt);
}

void
describe_brief(const struct opt *row, struct buf *out)
{
	const char *end;

	if (row->alias != NULL) {
		buf_fmt(out, "The same as --%s", row->alias);
		return;
	}
	end = strstr(row->help, ". ");
	buf_add(out, row->help, end != NULL ? (size_t)(end - row->help) :
	    strlen(row->help));
}

const char *
describe_service(const struct plugin *plugin)
{
	const char *name = strchr(plugin->name, '_');

	return name == NULL ? plugin->name : name + 1;
}

bool
describe_is_sentence_end(struct span word)
{
	return word.len > 1 && word.p[word.len - 1] == '.';
}

bool
describe_paragraph(const char **text, struct span *paragraph)
{
	const char *p = *text + strspn(*text, "\n");
	const char *end;

	if (*p == '\0')
		return false;
	end = strstr(p, "\n\n");
	*paragraph = (struct span){
		p, end != NULL ? (size_t)(end - p) : strlen(p)
	};
	*text = p + paragraph->len;
	return true;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

bool
describe_word(struct span *text, struct span *word)
{
	while (text->len > 0 && is_space(*text->p)) {
		text->p++;
		text->len--;
	}
	*word = (struct span){ text->p, 0 };
	while (word->len < text->len && !is_space(word->p[word->len]))
		word->len++;
	text->p += word->len;
	text->len -= word->len;
	return word->len > 0;
}

void
describe_quoted(struct buf *out, struct span text, const char *special,
    const char *quote)
{
	size_t i;

	for (i = 0; i < text.len; i++) {
		char c = text.p[i];

		if (c == '\'') {
			buf_str(out, quote);
			continue;
		}
		if (c != '\0' && strchr(special, c) != NULL)
			buf_char(out, '\\');
		buf_char(out, c);
	}
}
