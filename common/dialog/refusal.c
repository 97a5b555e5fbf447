/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * refusal - look a server's No up in the tables
 */
#include <string.h>

#include "dialog/refusal.h"

/* find - offset behind the first occurrence of a word, ASCII case ignored; 0 if there is none */
static size_t
find(struct span text, struct span word)
{
	size_t i, j;
	unsigned char a, b;

	for (i = 0; i + word.len <= text.len; i++) {
		for (j = 0; j < word.len; j++) {
			a = (unsigned char)text.p[i + j];
			b = (unsigned char)word.p[j];
			if (a >= 'A' && a <= 'Z')
				a = (unsigned char)(a + 32);
			if (b >= 'A' && b <= 'Z')
				b = (unsigned char)(b + 32);
			if (a != b)
				break;
		}
		if (j == word.len)
			return i + j;
	}
	return 0;
}

bool
refusal_says(struct span text, const char *words)
{
	struct span part;
	size_t end;

	while (*words != '\0') {
		part = (struct span){ words, strcspn(words, "*") };
		words += part.len;
		words += *words == '*';
		if (part.len == 0)
			continue;
		end = find(text, part);
		if (end == 0)
			return false;
		text.p += end;
		text.len -= end;
	}
	return true;
}

enum cause
refusal_cause(const struct refusal_table *table, enum stage stage,
    const struct reply *reply)
{
	const struct refusal_words *w;
	const struct refusal_code *c;
	unsigned bit = 1u << stage;

	for (w = table->words; w->words != NULL; w++)
		if ((w->stages & bit) != 0 &&
		    refusal_says(reply->line, w->words))
			return w->cause;
	for (c = table->codes; c->code != NULL; c++)
		if ((c->stages & bit) != 0 && span_is(reply->code, c->code))
			return c->cause;
	return CAUSE_NONE;
}
