/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * content_type - the value of a Content-Type field; grammar in the header
 */
#include <string.h>

#include "reply/content_type.h"

static void
skip(struct span *s, size_t n)
{
	s->p += n;
	s->len -= n;
}

/* comment = "(" *(ctext / quoted-pair / comment) ")"; an open one takes the rest */
static void
skip_comment(struct span *s)
{
	unsigned depth = 0;

	while (s->len > 0) {
		char c = s->p[0];

		skip(s, c == '\\' && s->len > 1 ? 2 : 1);
		depth += c == '(';
		depth -= c == ')';
		if (depth == 0)
			return;
	}
}

static void
skip_blank(struct span *s)
{
	while (s->len > 0 && strchr(" \t\r\n(", s->p[0]) != NULL &&
	    s->p[0] != '\0') {
		if (s->p[0] == '(')
			skip_comment(s);
		else
			skip(s, 1);
	}
}

/* token - up to white space or one of tspecials, but for those that unquoted boundaries have in practice */
static struct span
token(struct span *s, const char *ends)
{
	struct span word = { s->p, 0 };

	while (word.len < s->len && s->p[word.len] > ' ' &&
	    strchr(ends, s->p[word.len]) == NULL)
		word.len++;
	skip(s, word.len);
	return word;
}

/* quoted-string, without its quotes; an open one is none */
static bool
quoted(struct span *s, struct span *value)
{
	size_t i;

	for (i = 1; i < s->len && s->p[i] != '"'; i++)
		i += s->p[i] == '\\';
	if (i >= s->len)
		return false;
	*value = (struct span){ s->p + 1, i - 1 };
	skip(s, i + 1);
	return true;
}

/* parameter - one of them; false when the grammar is broken from here on */
static bool
parameter(struct span *s, struct content_type *t)
{
	struct span name, value;
	bool in_quotes;

	skip_blank(s);
	name = token(s, "=;(\"");
	skip_blank(s);
	if (name.len == 0)
		return s->len == 0 || s->p[0] == ';';
	if (s->len == 0 || s->p[0] != '=')
		return false;
	skip(s, 1);
	skip_blank(s);
	in_quotes = s->len > 0 && s->p[0] == '"';
	if (in_quotes && !quoted(s, &value))
		return false;
	if (!in_quotes)
		value = token(s, ";");
	t->vague = t->vague || span_begins(name, "boundary*");
	if (!span_is(name, "boundary") || t->has_boundary)
		return true;
	t->has_boundary = value.len > 0;
	t->quoted = in_quotes;
	t->boundary = value;
	return true;
}

bool
content_type(struct span s, struct content_type *t)
{
	memset(t, 0, sizeof(*t));
	skip_blank(&s);
	t->type = token(&s, "/;(");
	skip_blank(&s);
	if (t->type.len == 0 || s.len == 0 || s.p[0] != '/')
		return false;
	skip(&s, 1);
	skip_blank(&s);
	t->subtype = token(&s, ";(");
	for (;;) {
		skip_blank(&s);
		if (s.len == 0)
			break;
		if (s.p[0] != ';') {
			t->vague = true;
			break;
		}
		skip(&s, 1);
		if (!parameter(&s, t)) {
			t->vague = true;
			break;
		}
	}
	return t->subtype.len > 0;
}
