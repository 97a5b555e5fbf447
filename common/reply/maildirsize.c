/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maildirsize - the file in which Maildir++ keeps quota and use of a mailbox
 */
#include <string.h>

#include "reply/maildirsize.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* number - cut digits off the front, at most 2^63-1; false if there are none */
static bool
number(struct span *rest, int64_t *value)
{
	size_t n = 0;
	int digit;

	*value = 0;
	while (n < rest->len && is_digit(rest->p[n])) {
		digit = rest->p[n++] - '0';
		*value = *value > (INT64_MAX - digit) / 10 ? INT64_MAX :
		    *value * 10 + digit;
	}
	rest->p += n;
	rest->len -= n;
	return n > 0;
}

/* signed_number - the same with a sign, which is never left alone */
static bool
signed_number(struct span *rest, int64_t *value)
{
	bool minus = rest->len > 0 && rest->p[0] == '-';

	if (rest->len > 0 && (minus || rest->p[0] == '+')) {
		rest->p++;
		rest->len--;
	}
	if (!number(rest, value))
		return false;
	if (minus)
		*value = -*value;
	return true;
}

/* blanks - cut off the front; how many */
static size_t
blanks(struct span *rest)
{
	size_t n = 0;

	while (n < rest->len && (rest->p[n] == ' ' || rest->p[n] == '\t'))
		n++;
	rest->p += n;
	rest->len -= n;
	return n;
}

static int64_t
add(int64_t a, int64_t b)
{
	if (b > 0 && a > INT64_MAX - b)
		return INT64_MAX;
	if (b < 0 && a < INT64_MIN - b)
		return INT64_MIN;
	return a + b;
}

/* item - of the definition; kinds that are not ours limit nothing, as with Courier */
static bool
item(struct span text, struct maildirsize *m)
{
	int64_t value;

	text = span_trim(text);
	if (!number(&text, &value) || text.len != 1)
		return false;
	if (text.p[0] == 'S') {
		m->has_bytes_limit = value > 0;
		m->bytes_limit = value;
	} else if (text.p[0] == 'C') {
		m->has_messages_limit = value > 0;
		m->messages_limit = value;
	}
	return (text.p[0] >= 'A' && text.p[0] <= 'Z') ||
	    (text.p[0] >= 'a' && text.p[0] <= 'z');
}

static bool
definition(struct span line, struct maildirsize *m)
{
	struct span one;
	const char *comma;

	m->defined = true;
	line = span_trim(line);
	while (line.len > 0) {
		comma = memchr(line.p, ',', line.len);
		one = line;
		if (comma != NULL)
			one.len = (size_t)(comma - line.p);
		if (!item(one, m))
			return false;
		line.p += one.len + (comma != NULL);
		line.len -= one.len + (comma != NULL);
	}
	return true;
}

static bool
sum(struct span line, struct maildirsize *m)
{
	int64_t bytes, messages;

	line = span_trim(line);
	if (!signed_number(&line, &bytes) || blanks(&line) == 0 ||
	    !signed_number(&line, &messages) || line.len > 0)
		return false;
	m->bytes = add(m->bytes, bytes);
	m->messages = add(m->messages, messages);
	m->lines++;
	return true;
}

bool
maildirsize_read(struct span file, struct maildirsize *m)
{
	struct span rest = file, line;
	size_t n;

	memset(m, 0, sizeof(*m));
	m->torn = file.len > 0 && file.p[file.len - 1] != '\n';
	for (n = 1; rest.len > 0 && m->wrong == 0; n++) {
		line = span_line(&rest);
		if (n == 1)
			m->wrong = definition(line, m) ? 0 : 1;
		else if ((rest.len > 0 || !m->torn) && !sum(line, m))
			m->wrong = n;
	}
	return m->wrong == 0;
}
