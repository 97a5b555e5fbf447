/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * span - looking at bytes that belong to somebody else
 *
 * Letters are folded here and not with tolower(): protocols know ASCII only,
 * whatever the locale.
 */
#include <string.h>

#include "base/span.h"

static unsigned char
fold(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 'A' && u <= 'Z' ? (unsigned char)(u - 'A' + 'a') : u;
}

static bool
same(const char *a, const char *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (fold(a[i]) != fold(b[i]))
			return false;
	return true;
}

struct span
span_of(const char *text)
{
	return (struct span){ text, strlen(text) };
}

bool
span_is(struct span s, const char *text)
{
	return s.len == strlen(text) && same(s.p, text, s.len);
}

bool
span_begins(struct span s, const char *text)
{
	size_t n = strlen(text);

	return s.len >= n && same(s.p, text, n);
}

bool
span_has(struct span s, const char *text)
{
	size_t n = strlen(text);
	size_t i;

	for (i = 0; i + n <= s.len; i++)
		if (same(s.p + i, text, n))
			return true;
	return false;
}

struct span
span_word(struct span *s)
{
	struct span word;

	while (s->len > 0 && *s->p == ' ') {
		s->p++;
		s->len--;
	}
	word = (struct span){ s->p, 0 };
	while (word.len < s->len && s->p[word.len] != ' ')
		word.len++;
	if (word.len > 0) {
		size_t used = word.len < s->len ? word.len + 1 : word.len;

		s->p += used;
		s->len -= used;
	}
	return word;
}

struct span
span_line(struct span *s)
{
	const char *lf = s->len > 0 ? memchr(s->p, '\n', s->len) : NULL;
	struct span line = *s;

	if (lf != NULL)
		line.len = (size_t)(lf - s->p);
	s->p += line.len + (lf != NULL);
	s->len -= line.len + (lf != NULL);
	return line;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct span
span_trim(struct span s)
{
	while (s.len > 0 && is_blank(s.p[0])) {
		s.p++;
		s.len--;
	}
	while (s.len > 0 && is_blank(s.p[s.len - 1]))
		s.len--;
	return s;
}

bool
span_number(struct span s, uint64_t *number)
{
	uint64_t n = 0;
	size_t i;

	if (s.len == 0)
		return false;
	for (i = 0; i < s.len; i++) {
		unsigned digit = (unsigned char)s.p[i] - (unsigned)'0';

		if (digit > 9 || n > (UINT64_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*number = n;
	return true;
}

bool
span_copy(struct span s, char *to, size_t size)
{
	size_t n;

	if (size == 0)
		return false;
	n = s.len < size ? s.len : size - 1;
	if (n > 0)
		memcpy(to, s.p, n);
	to[n] = '\0';
	return n == s.len;
}

bool
span_has_word(struct span s, const char *word)
{
	while (s.len > 0)
		if (span_is(span_word(&s), word))
			return true;
	return false;
}
