/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_error - bad usage in one sentence: option, value, what would be right
 *
 * A value is quoted only for an option that is known to hold no secret: what
 * stands behind an unknown name may be a password meant for another program.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "plugin/nearest.h"
#include "plugin/opt_walk.h"
#include "plugin/plugin.h"

enum {
	ECHO_MAX = 80		/* bytes of a value that a sentence repeats */
};

void
opt_refuse(struct opt_error *error, enum cause cause, const char *format, ...)
{
	char text[SENTENCE_MAX];
	va_list args;

	va_start(args, format);
	if (vsnprintf(text, sizeof(text), format, args) < 0)
		text[0] = '\0';
	va_end(args);
	buf_clear(&error->sentence);
	buf_str(&error->sentence, text);
	error->cause = cause;
}

/* write_name - "--port", "-p" or "port" as it was given */
static void
write_name(struct buf *out, const struct given *given)
{
	if (given->place == NULL)
		buf_str(out, given->by_letter ? "-" : "--");
	if (given->by_letter)
		buf_char(out, given->row->letter);
	else
		buf_str(out, given->row->name);
}

static void
write_given(struct buf *out, const struct given *given)
{
	write_name(out, given);
	if (given->value == NULL)
		return;
	if (given->place != NULL)
		buf_str(out, " = ");
	else
		buf_char(out, given->by_letter ? ' ' : '=');
	text_clean(out, span_of(given->value), ECHO_MAX);
}

static const char *
in(const char *place)
{
	return place != NULL ? " in " : "";
}

static const char *
or_nothing(const char *text)
{
	return text != NULL ? text : "";
}

bool
refuse_given(struct opt_error *error, const struct given *given,
    const char *what)
{
	const struct opt *row = given->row;
	struct buf name;

	buf_init(&name, SENTENCE_MAX);
	write_name(&name, given);
	if (row->type->has_value)
		opt_refuse(error, CAUSE_USAGE_OPTION, "%s%s%s %s: write "
		    "--%s=%s", buf_cstr(&name), in(given->place),
		    or_nothing(given->place), what, row->name, row->arg);
	else
		opt_refuse(error, CAUSE_USAGE_OPTION, "%s%s%s %s: write --%s "
		    "alone", buf_cstr(&name), in(given->place),
		    or_nothing(given->place), what, row->name);
	buf_free(&name);
	return false;
}

bool
refuse_value(struct opt_error *error, const struct given *given,
    struct buf *why)
{
	const char *noun = given->row->type->noun;
	struct buf text;

	buf_init(&text, SENTENCE_MAX);
	if (given->row->type->discreet)
		write_name(&text, given);
	else
		write_given(&text, given);
	if (why->nomem || text.nomem)
		opt_refuse(error, CAUSE_INTERNAL_ERROR,
		    "no memory for the options");
	else
		opt_refuse(error, CAUSE_USAGE_OPTION, "%s%s%s is no %s: use %s",
		    buf_cstr(&text), in(given->place),
		    or_nothing(given->place),
		    noun != NULL ? noun : "valid value", buf_cstr(why));
	buf_free(&text);
	return false;
}

/* nearest_row - the long name most like this one, NULL if none is */
static const char *
nearest_row(const struct opt_table *table, struct span name)
{
	struct nearest nearest;
	const struct opt *row;
	size_t i;

	nearest_start(&nearest, name);
	for (i = 0; i < table->n; i++)
		for (row = opt_row(table->plugin, table->groups[i].rows);
		    row != NULL; row = opt_row(table->plugin, row + 1))
			nearest_try(&nearest, row->name);
	return nearest.found;
}

bool
refuse_unknown(struct opt_error *error, const struct opt_table *table,
    struct span name, const char *place)
{
	const char *found = nearest_row(table, name);
	const char *dashes = place == NULL ? "--" : "";
	struct buf text;

	buf_init(&text, SENTENCE_MAX);
	buf_str(&text, dashes);
	text_clean(&text, name, ECHO_MAX);
	opt_refuse(error, CAUSE_USAGE_OPTION,
	    "%s%s%s is no option of %s: %s%s%s", buf_cstr(&text), in(place),
	    or_nothing(place), table->plugin->name,
	    found != NULL ? "the nearest is " : "see --help",
	    found != NULL ? dashes : "", or_nothing(found));
	buf_free(&text);
	return false;
}

bool
refuse_letter(struct opt_error *error, const struct opt_table *table,
    char letter, const char *place)
{
	struct buf text;

	buf_init(&text, SENTENCE_MAX);
	text_clean(&text, (struct span){ &letter, 1 }, ECHO_MAX);
	opt_refuse(error, CAUSE_USAGE_OPTION,
	    "%s%s%s%s is no option of %s: see --help",
	    place == NULL ? "-" : "", buf_cstr(&text), in(place),
	    or_nothing(place), table->plugin->name);
	buf_free(&text);
	return false;
}

bool
refuse_word(struct opt_error *error, const struct opt_table *table,
    const char *word)
{
	bool host = (table->plugin->uses & USES_HOST) != 0;
	struct buf text;

	buf_init(&text, SENTENCE_MAX);
	text_clean(&text, span_of(word), ECHO_MAX);
	opt_refuse(error, CAUSE_USAGE_OPTION,
	    "'%s' belongs to no option of %s: %s", buf_cstr(&text),
	    table->plugin->name,
	    host ? "a host is given as --hostname=HOST" : "see --help");
	buf_free(&text);
	return false;
}

bool
refuse_password(struct opt_error *error)
{
	opt_refuse(error, CAUSE_USAGE_SECRET, "--password is not taken on the "
	    "command line, where every user of this host can read it: use "
	    "--password-file, --password-env or --password-fd");
	return false;
}
