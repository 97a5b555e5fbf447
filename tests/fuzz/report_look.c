/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report_look - is a report what a scheduler can take?
 *
 * JSON by the grammar of RFC 8259 section 2, read with a small parser that has
 * nothing in common with the writer.
 */
#define _GNU_SOURCE
#include "report_look.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/render.h"
#include "report/verdict.h"

enum {
	LOOK_MAX = 16 * 1024 * 1024,
	DEPTH_MAX = 16		/* no report is deeper */
};

static void
want(bool good)
{
	if (!good)
		abort();
}

static char
front(const struct span *s)
{
	return s->len > 0 ? s->p[0] : '\0';
}

static void
take(struct span *s, size_t n)
{
	want(s->len >= n);
	s->p += n;
	s->len -= n;
}

static void
take_char(struct span *s, char c)
{
	want(front(s) == c);
	take(s, 1);
}

static void
json_text(struct span *s)
{
	take_char(s, '"');
	while (front(s) != '"') {
		want(s->len > 0 && (unsigned char)front(s) >= 0x20);
		if (front(s) == '\\') {
			take(s, 1);
			want(s->len > 0 &&
			    strchr("\"\\/bfnrtu", front(s)) != NULL);
		}
		take(s, 1);
	}
	take(s, 1);
}

static void
json_plain(struct span *s)
{
	static const char *const words[] = { "null", "true", "false" };
	size_t i, n = 0;

	for (i = 0; i < 3; i++)
		if (span_begins(*s, words[i])) {
			take(s, strlen(words[i]));
			return;
		}
	if (front(s) == '-')
		take(s, 1);
	while (n < s->len && strchr("0123456789.", s->p[n]) != NULL &&
	    s->p[n] != '\0')
		n++;
	want(n > 0 && s->p[0] != '.' && s->p[n - 1] != '.');
	take(s, n);
}

static void
json_value(struct span *s, unsigned depth)
{
	char open = front(s), shut = open == '{' ? '}' : ']';

	want(depth < DEPTH_MAX);
	if (open == '"') {
		json_text(s);
		return;
	}
	if (open != '{' && open != '[') {
		json_plain(s);
		return;
	}
	take(s, 1);
	while (front(s) != shut) {
		if (open == '{') {
			json_text(s);
			take_char(s, ':');
		}
		json_value(s, depth + 1);
		if (front(s) == ',') {
			take(s, 1);
			want(front(s) != shut);
		} else {
			want(front(s) == shut);
		}
	}
	take(s, 1);
}

void
look_at_text(struct span text, struct span secret)
{
	size_t i;

	want(text_is_utf8(text));
	for (i = 0; i < text.len; i++)
		want(text.p[i] == '\n' || ((unsigned char)text.p[i] >= 0x20 &&
		    text.p[i] != 0x7f));
	want(secret.len == 0 ||
	    memmem(text.p, text.len, secret.p, secret.len) == NULL);
}

/* plain_report - "NAME STATE: ... | perfdata": one bar at most, here and nowhere else */
static void
plain_report(struct span text)
{
	const char *end = memchr(text.p, '\n', text.len);
	const char *bar = memchr(text.p, '|', text.len);

	want(end != NULL && end - text.p > 10);
	want(memmem(text.p, (size_t)(end - text.p), ": ", 2) != NULL);
	want(bar == NULL || (bar < end && memchr(bar + 1, '|',
	    text.len - (size_t)(bar + 1 - text.p)) == NULL));
	want(memchr(text.p, '<', text.len) == NULL);
}

static void
json_report(struct span text)
{
	json_value(&text, 0);
	want(text.len == 1);
}

static void
openmetrics_report(struct span text)
{
	static const char eof[] = "# EOF\n";
	const size_t n = sizeof(eof) - 1;

	want(text.len >= n && memcmp(text.p + text.len - n, eof, n) == 0);
	want(memmem(text.p, text.len, "\n\n", 2) == NULL);
}

void
look_at_report(struct run *run, unsigned stages, struct span secret)
{
	static void (*const look[])(struct span) = {
		plain_report, json_report, openmetrics_report
	};
	struct buf out;
	unsigned form;

	verdict_reach(run, stages);
	for (form = FORMAT_TEXT; form <= FORMAT_OPENMETRICS; form++) {
		buf_init(&out, LOOK_MAX);
		render(run, (enum format)form, 2, &out);
		want(!out.overflow && out.len > 0);
		want(out.data[out.start + out.len - 1] == '\n');
		look_at_text(buf_span(&out), secret);
		look[form](buf_span(&out));
		buf_free(&out);
	}
}
