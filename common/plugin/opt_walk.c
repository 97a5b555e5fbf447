/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_walk - from words to options
 *
 *	word = "--" name ["=" value] / "--" / "-" 1*letter [value]
 *
 * Long names are never abbreviated: a prefix that works today would be somebody
 * else's broken service definition once a second name begins like it.
 */
#include <string.h>

#include "base/text.h"
#include "plugin/opt_walk.h"
#include "plugin/plugin.h"

static bool
row_is(const struct opt *row, struct span name, bool by_letter)
{
	if (by_letter)
		return name.len == 1 && row->letter == name.p[0];
	return strlen(row->name) == name.len &&
	    memcmp(row->name, name.p, name.len) == 0;
}

bool
opt_find(const struct opt_table *table, struct span name, bool by_letter,
    struct given *given)
{
	const struct opt *row;
	size_t i;

	for (i = 0; i < table->n; i++)
		for (row = opt_row(table->plugin, table->groups[i].rows);
		    row != NULL; row = opt_row(table->plugin, row + 1)) {
			if (!row_is(row, name, by_letter))
				continue;
			*given = (struct given){
				.row = row,
				.field = (char *)table->groups[i].base +
				    row->offset,
				.by_letter = by_letter
			};
			return true;
		}
	return false;
}

void
walk_start(struct walk *walk, const struct opt_table *table, int argc,
    char *const argv[])
{
	*walk = (struct walk){
		.table = table,
		.argv = argv,
		.argc = argc,
		.next = 1
	};
}

/* name_of - what stands between "--" and "=" */
static struct span
name_of(const char *word)
{
	return (struct span){ word + 2, strcspn(word + 2, "=") };
}

/* begins_option - is the word "--", or one of our long options? */
static bool
begins_option(const struct walk *walk, const char *word)
{
	struct given given;

	if (strncmp(word, "--", 2) != 0)
		return false;
	return word[2] == '\0' ||
	    opt_find(walk->table, name_of(word), false, &given);
}

/* take_next - the value is the next word, unless that is an option itself */
static void
take_next(struct walk *walk, struct given *given)
{
	if (walk->next < walk->argc &&
	    !begins_option(walk, walk->argv[walk->next]))
		given->value = walk->argv[walk->next++];
}

static bool
takes_next(const struct given *given)
{
	return given->row->type->has_value && !given->row->type->optional;
}

static int
walk_long(struct walk *walk, const char *word, struct given *given,
    struct opt_error *error)
{
	struct span name = name_of(word);

	if (!opt_find(walk->table, name, false, given)) {
		if ((walk->table->plugin->uses & USES_PASSWORD) != 0 &&
		    span_is(name, "password"))
			refuse_password(error);
		else
			refuse_unknown(error, walk->table, name, NULL);
		return -1;
	}
	if (name.p[name.len] == '=')
		given->value = name.p + name.len + 1;
	else if (takes_next(given))
		take_next(walk, given);
	return given_fits(given, error) ? 1 : -1;
}

static int
walk_letter(struct walk *walk, struct given *given, struct opt_error *error)
{
	struct span letter = { walk->bundle++, 1 };

	if (!opt_find(walk->table, letter, true, given)) {
		refuse_letter(error, walk->table, letter.p[0], NULL);
		return -1;
	}
	if (takes_next(given)) {
		if (*walk->bundle != '\0')
			given->value = walk->bundle;
		else
			take_next(walk, given);
		walk->bundle = NULL;
	}
	return given_fits(given, error) ? 1 : -1;
}

int
walk_next(struct walk *walk, struct given *given, struct opt_error *error)
{
	const char *word;

	if (walk->bundle == NULL || *walk->bundle == '\0') {
		if (walk->next >= walk->argc)
			return 0;
		word = walk->argv[walk->next++];
		if (strcmp(word, "--") == 0) {
			if (walk->next >= walk->argc)
				return 0;
			word = walk->argv[walk->next];
			refuse_word(error, walk->table, word);
			return -1;
		}
		if (word[0] != '-' || word[1] == '\0') {
			refuse_word(error, walk->table, word);
			return -1;
		}
		if (word[1] == '-')
			return walk_long(walk, word, given, error);
		walk->bundle = word + 1;
	}
	return walk_letter(walk, given, error);
}

bool
given_fits(const struct given *given, struct opt_error *error)
{
	const struct opt_type *type = given->row->type;
	size_t len;

	if (!type->has_value)
		return given->value == NULL ||
		    refuse_given(error, given, "takes no value");
	if (given->value == NULL)
		return type->optional ||
		    refuse_given(error, given, "needs a value");
	len = strlen(given->value);
	if (len == 0)
		return refuse_given(error, given,
		    "has an empty value and needs one");
	if (len > OPT_VALUE_MAX)
		return refuse_given(error, given,
		    "is longer than 65536 bytes");
	if (text_has_control((struct span){ given->value, len }))
		return refuse_given(error, given,
		    "holds a control character, which no value may");
	return true;
}

bool
given_apply(const struct given *given, const struct plugin *plugin,
    struct opt_error *error)
{
	struct buf why;
	bool ok;

	if (!given_fits(given, error))
		return false;
	buf_init(&why, SENTENCE_MAX / 2);
	ok = given->row->type->set(given->field, given->value, plugin, &why);
	if (!ok)
		refuse_value(error, given, &why);
	buf_free(&why);
	return ok;
}
