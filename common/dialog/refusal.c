/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * refusal - look a server's No up in the tables
 */
#include <string.h>

#include "dialog/refusal.h"

/* same - do these bytes stand at the offset, ASCII case ignored? */
static bool
same(struct span text, size_t at, struct span word)
{
	unsigned char a, b;
	size_t i;

	for (i = 0; i < word.len; i++) {
		a = (unsigned char)text.p[at + i];
		b = (unsigned char)word.p[i];
		if (a >= 'A' && a <= 'Z')
			a = (unsigned char)(a + 32);
		if (b >= 'A' && b <= 'Z')
			b = (unsigned char)(b + 32);
		if (a != b)
			return false;
	}
	return true;
}

/* find - go behind the first occurrence of a word, or behind the last bytes if it must end the text */
static bool
find(struct span *text, struct span word)
{
	bool at_end = word.p[word.len - 1] == '$';
	size_t i;

	word.len -= at_end;
	if (word.len > text->len)
		return false;
	i = at_end ? text->len - word.len : 0;
	while (i + word.len <= text->len && !same(*text, i, word))
		i++;
	if (i + word.len > text->len)
		return false;
	text->p += i + word.len;
	text->len -= i + word.len;
	return true;
}

bool
refusal_says(struct span text, const char *words)
{
	struct span part;

	while (*words != '\0') {
		part = (struct span){ words, strcspn(words, "*") };
		words += part.len;
		words += *words == '*';
		if (part.len > 0 && !find(&text, part))
			return false;
	}
	return true;
}

/* digits - a status code, where "x" in the pattern stands for any one digit */
static bool
digits(struct span code, struct span pattern)
{
	size_t i;

	for (i = 0; i < code.len && i < pattern.len; i++)
		if (pattern.p[i] != code.p[i] && (pattern.p[i] != 'x' ||
		    code.p[i] < '0' || code.p[i] > '9'))
			return false;
	return code.len == pattern.len;
}

/* code_fits - "UNAVAILABLE"; of SMTP "535", "535 5.7.8", "5xx x.2.2", and "535 -" without an enhanced status code */
static bool
code_fits(const struct reply *reply, const char *row)
{
	struct span second = span_of(row), first;

	if (!reply->has_number || reply->code.len == 0)
		return span_is(reply->code, row);
	first = span_word(&second);
	if (!digits(reply->code, first))
		return false;
	if (span_is(second, "-"))
		return reply->code_args.len == 0;
	return second.len == 0 || digits(reply->code_args, second);
}

static enum cause
by_code(const struct refusal_table *table, unsigned bit,
    const struct reply *reply)
{
	const struct refusal_code *c;

	for (c = table->codes; c->code != NULL; c++)
		if ((c->stages & bit) != 0 && code_fits(reply, c->code))
			return c->cause;
	return CAUSE_NONE;
}

/* by_words - the first row that fits; NULL none */
static const struct refusal_words *
by_words(const struct refusal_table *table, unsigned bit,
    const struct reply *reply)
{
	const struct refusal_words *w;
	size_t i;

	for (i = 0; i < REFUSAL_LISTS && table->words[i] != NULL; i++)
		for (w = table->words[i]; w->words != NULL; w++)
			if ((w->stages & bit) != 0 &&
			    refusal_says(reply->line, w->words))
				return w;
	return NULL;
}

enum cause
refusal_cause(const struct refusal_table *table, enum stage stage,
    const struct reply *reply)
{
	const struct refusal_words *w = by_words(table, 1u << stage, reply);
	enum cause cause = by_code(table, 1u << stage, reply);

	if (w == NULL)
		return cause;
	/* a code that names another cause clears the password */
	if (w->cause == CAUSE_AUTH_REJECTED && cause != CAUSE_NONE)
		return cause;
	return w->cause;
}
