/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json - write RFC 8259 JSON into a buffer
 *
 *	string    = quotation-mark *char quotation-mark
 *	unescaped = %x20-21 / %x23-5B / %x5D-10FFFF
 *
 * (RFC 8259 section 7.)
 * More is escaped than the grammar asks for, so that the output may stand in an
 * HTML page or a script as it is.
 */
#include <math.h>

#include "base/number.h"
#include "base/text.h"
#include "report/json.h"

static bool
must_escape(uint32_t cp)
{
	switch (cp) {
	case '"':
	case '\\':
	case '<':
	case '>':
	case '&':
	case 0x2028:
	case 0x2029:
		return true;
	default:
		return cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
	}
}

static void
quoted(struct buf *out, struct span s)
{
	uint32_t cp;
	size_t n;

	buf_char(out, '"');
	for (; s.len > 0; s.p += n, s.len -= n) {
		n = text_utf8(s, &cp);
		if (n == 0) {
			n = 1;
			buf_str(out, "\xef\xbf\xbd");
		} else if (cp == '"' || cp == '\\') {
			buf_fmt(out, "\\%c", (int)cp);
		} else if (must_escape(cp)) {
			buf_fmt(out, "\\u%04x", (unsigned)cp);
		} else {
			buf_add(out, s.p, n);
		}
	}
	buf_char(out, '"');
}

/* the comma before, and the name of what follows */
static void
lead(struct json *j, const char *key)
{
	if (!j->first)
		buf_char(j->out, ',');
	j->first = false;
	if (key != NULL) {
		quoted(j->out, span_of(key));
		buf_char(j->out, ':');
	}
}

static void
begin(struct json *j, const char *key, char bracket)
{
	lead(j, key);
	buf_char(j->out, bracket);
	j->first = true;
}

static void
end(struct json *j, char bracket)
{
	buf_char(j->out, bracket);
	j->first = false;
}

void
json_init(struct json *j, struct buf *out)
{
	j->out = out;
	j->first = true;
}

void
json_object(struct json *j, const char *key)
{
	begin(j, key, '{');
}

void
json_object_end(struct json *j)
{
	end(j, '}');
}

void
json_array(struct json *j, const char *key)
{
	begin(j, key, '[');
}

void
json_array_end(struct json *j)
{
	end(j, ']');
}

void
json_string(struct json *j, const char *key, const char *value)
{
	if (value == NULL)
		json_null(j, key);
	else
		json_span(j, key, span_of(value));
}

void
json_span(struct json *j, const char *key, struct span value)
{
	lead(j, key);
	quoted(j->out, value);
}

void
json_number(struct json *j, const char *key, double value)
{
	if (!isfinite(value)) {
		json_null(j, key);
		return;
	}
	lead(j, key);
	number_write(j->out, value);
}

void
json_uint(struct json *j, const char *key, uint64_t value)
{
	lead(j, key);
	buf_fmt(j->out, "%llu", (unsigned long long)value);
}

void
json_bool(struct json *j, const char *key, bool value)
{
	lead(j, key);
	buf_str(j->out, value ? "true" : "false");
}

void
json_null(struct json *j, const char *key)
{
	lead(j, key);
	buf_str(j->out, "null");
}
