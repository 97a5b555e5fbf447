/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * postgres_reply - what a PostgreSQL server answers to SSLRequest; the grammar
 * stands in the header
 */
#include <string.h>

#include "reply/postgres_reply.h"

enum {
	HEAD = 5	/* bytes of an error before its fields: type, length with itself */
};

/* length - of an error without its type; 0 when that is one of protocol 2, whose words make a number beyond the cap */
static size_t
length(struct span bytes)
{
	uint32_t n = 0;
	size_t i;

	for (i = 1; i < HEAD; i++)
		n = n << 8 | (unsigned char)bytes.p[i];
	return n < HEAD - 1 || n > POSTGRES_ERROR_MAX ? 0 : n;
}

/* scan_words - of protocol 2: up to a NUL */
static enum scan_result
scan_words(struct scan *scan, struct span bytes)
{
	const char *end = scan->pos < bytes.len ? memchr(bytes.p + scan->pos,
	    '\0', bytes.len - scan->pos) : NULL;

	scan->pos = end == NULL ? bytes.len : (size_t)(end - bytes.p) + 1;
	if (scan->pos > POSTGRES_ERROR_MAX)
		return SCAN_BAD;
	return end == NULL ? SCAN_MORE : SCAN_REPLY;
}

static enum scan_result
scan_error(struct scan *scan, struct span bytes)
{
	size_t n;

	if (bytes.len < HEAD)
		return SCAN_MORE;
	n = length(bytes);
	if (n == 0)
		return scan_words(scan, bytes);
	if (bytes.len < n + 1)
		return SCAN_MORE;
	scan->pos = n + 1;
	return SCAN_REPLY;
}

enum scan_result
postgres_scan(struct scan *scan, struct span bytes, bool bodies)
{
	(void)bodies;
	if (bytes.len == 0)
		return SCAN_MORE;
	if (span_begins(bytes, "SSH-"))
		return SCAN_BAD;
	if (bytes.p[0] == 'E')
		return scan_error(scan, bytes);
	if (bytes.p[0] != 'S' && bytes.p[0] != 'N')
		return reply_foreign(scan, bytes);
	scan->pos = 1;
	return SCAN_REPLY;
}

/* take_field - a string off the front, without its NUL; false at the end */
static bool
take_field(struct span *in, struct span *field)
{
	const char *end = in->len > 0 ? memchr(in->p, '\0', in->len) : NULL;

	if (end == NULL || end == in->p)
		return false;
	*field = (struct span){ in->p, (size_t)(end - in->p) };
	in->p += field->len + 1;
	in->len -= field->len + 1;
	return true;
}

/* fields - the code and the message among them */
static void
fields(struct span in, struct reply *r)
{
	struct span field;

	while (take_field(&in, &field)) {
		struct span value = { field.p + 1, field.len - 1 };

		if (field.p[0] == 'C')
			r->word = value;
		else if (field.p[0] == 'M')
			r->line = r->text = value;
	}
}

static bool
error(struct span bytes, struct reply *r)
{
	struct span in;

	r->status = REPLY_BAD;
	if (bytes.len < HEAD)
		return false;
	if (length(bytes) > 0) {
		fields((struct span){ bytes.p + HEAD, bytes.len - HEAD }, r);
		return true;
	}
	in = (struct span){ bytes.p + 1, bytes.len - 1 };
	if (!take_field(&in, &r->text))
		return false;
	r->line = r->text = span_trim(r->text);
	return true;
}

bool
postgres_reply(struct span bytes, struct reply *r)
{
	memset(r, 0, sizeof(*r));
	r->line = bytes;
	r->kind = REPLY_TAGGED;
	if (bytes.len > 0 && bytes.p[0] == 'E')
		return error(bytes, r);
	r->status = bytes.len > 0 && bytes.p[0] == 'S' ? REPLY_OK : REPLY_NO;
	return bytes.len == 1 && (bytes.p[0] == 'S' || bytes.p[0] == 'N');
}
