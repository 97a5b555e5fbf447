/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maildirsize - the quota file of a Maildir++; the grammar stands in the header
 */
#include <string.h>

#include "reply/maildirsize.h"

/* digits - a number off the front, at most 2^63-1; false without one */
static bool
digits(struct span *s, int64_t *value)
{
	size_t n = 0;
	int64_t sum = 0, digit;

	for (; n < s->len && s->p[n] >= '0' && s->p[n] <= '9'; n++) {
		digit = s->p[n] - '0';
		sum = sum > (INT64_MAX - digit) / 10 ? INT64_MAX :
		    sum * 10 + digit;
	}
	s->p += n;
	s->len -= n;
	*value = sum;
	return n > 0;
}

static void
skip_blanks(struct span *s)
{
	while (s->len > 0 && (*s->p == ' ' || *s->p == '\t')) {
		s->p++;
		s->len--;
	}
}

static bool
integer(struct span *s, int64_t *value)
{
	bool negative;

	skip_blanks(s);
	negative = s->len > 0 && *s->p == '-';
	if (negative) {
		s->p++;
		s->len--;
	}
	if (!digits(s, value))
		return false;
	if (negative)
		*value = -*value;
	return true;
}

/* added - as far as it goes either way */
static int64_t
added(int64_t sum, int64_t change)
{
	if (change > 0 && sum > INT64_MAX - change)
		return INT64_MAX;
	if (change < 0 && sum < -INT64_MAX - change)
		return -INT64_MAX;
	return sum + change;
}

static void
take_change(struct maildirsize *m, struct span line)
{
	int64_t bytes, messages;

	if (!integer(&line, &bytes) || line.len == 0 ||
	    (*line.p != ' ' && *line.p != '\t') ||
	    !integer(&line, &messages) || span_trim(line).len > 0) {
		m->torn++;
		return;
	}
	m->bytes = added(m->bytes, bytes);
	m->messages = added(m->messages, messages);
}

static void
take_limit(struct maildirsize *m, char letter, int64_t value)
{
	if (letter == 'S') {
		m->has_bytes = value > 0;
		m->bytes_limit = value;
	} else if (letter == 'C') {
		m->has_messages = value > 0;
		m->messages_limit = value;
	}
}

static bool
take_definition(struct maildirsize *m, struct span line)
{
	int64_t value;
	char letter;

	line = span_trim(line);
	for (;;) {
		if (!digits(&line, &value))
			return false;
		letter = 'S';
		if (line.len > 0 && *line.p != ',') {
			letter = *line.p++;
			line.len--;
		}
		take_limit(m, letter, value);
		if (line.len == 0)
			return true;
		if (*line.p != ',')
			return false;
		line.p++;
		line.len--;
	}
}

bool
maildirsize_read(struct span text, struct maildirsize *m)
{
	bool first = true;
	struct span line;
	const char *lf;

	memset(m, 0, sizeof(*m));
	while (text.len > 0) {
		lf = memchr(text.p, '\n', text.len);
		line = (struct span){ text.p, lf == NULL ? text.len :
		    (size_t)(lf - text.p) };
		if (first && !take_definition(m, line))
			return false;
		if (!first && lf != NULL)
			take_change(m, line);
		else if (lf == NULL)
			m->torn++;
		first = false;
		if (lf == NULL)
			break;
		text.p += line.len + 1;
		text.len -= line.len + 1;
	}
	m->bytes = m->bytes < 0 ? 0 : m->bytes;
	m->messages = m->messages < 0 ? 0 : m->messages;
	return !first;
}
