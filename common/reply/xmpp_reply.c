/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xmpp_reply - XMPP server bytes to replies; the grammar stands in the header
 */
#include <string.h>

#include "reply/xmpp_reply.h"

/* where a scan is; scan.lines counts the elements that are open */
enum place {
	IN_TEXT,
	AT_TAG,		/* behind "<" */
	IN_TAG,		/* of an element that begins */
	IN_QUOTES,
	IN_APOSTROPHES,
	BEHIND_SLASH,	/* in such a tag */
	IN_END_TAG,
	IN_DECLARATION,	/* behind "<?" */
	BEHIND_QUESTION
};

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* name_of - of the tag at the front, without its prefix */
static struct span
name_of(struct span tag)
{
	struct span name;
	size_t i;

	for (i = 1; i < tag.len && !blank(tag.p[i]) && tag.p[i] != '>' &&
	    (tag.p[i] != '/' || i == 1); i++)
		continue;
	name = (struct span){ tag.p + 1, i - 1 };
	for (i = name.len; i > 0 && name.p[i - 1] != ':' &&
	    name.p[i - 1] != '/'; i--)
		continue;
	return (struct span){ name.p + i, name.len - i };
}

/* closed - a ">" that is no part of a value: is the reply whole? */
static enum scan_result
closed(struct scan *scan, struct span bytes)
{
	struct span tag = { bytes.p + scan->line, scan->pos - scan->line };
	enum place place = (enum place)scan->place;

	scan->place = IN_TEXT;
	if (place == IN_END_TAG && scan->lines > 0)
		scan->lines--;
	if (place == IN_TAG && (scan->lines > 0 ||
	    !span_is(name_of(tag), "stream")))
		scan->lines++;
	if (scan->lines > XMPP_DEPTH_MAX)
		return SCAN_BAD;
	return scan->lines == 0 ? SCAN_REPLY : SCAN_MORE;
}

/* in_text - a byte of text; between the elements of a stream there is none */
static enum scan_result
in_text(struct scan *scan, char c)
{
	if (c == '<') {
		scan->place = AT_TAG;
		scan->line = scan->pos;
		return SCAN_MORE;
	}
	return scan->lines > 0 || blank(c) ? SCAN_MORE : SCAN_BAD;
}

static enum scan_result
at_tag(struct scan *scan, char c)
{
	scan->place = c == '/' ? IN_END_TAG : c == '?' ? IN_DECLARATION :
	    IN_TAG;
	return blank(c) || strchr("!<>&'\"", c) != NULL ? SCAN_BAD : SCAN_MORE;
}

static enum place
in_tag(char c)
{
	switch (c) {
	case '"':
		return IN_QUOTES;
	case '\'':
		return IN_APOSTROPHES;
	case '/':
		return BEHIND_SLASH;
	default:
		return IN_TAG;
	}
}

/* pass - a byte that ends nothing */
static enum scan_result
pass(struct scan *scan, char c)
{
	switch ((enum place)scan->place) {
	case IN_TEXT:
		return in_text(scan, c);
	case AT_TAG:
		return at_tag(scan, c);
	case IN_TAG:
	case BEHIND_SLASH:
		scan->place = in_tag(c);
		break;
	case IN_QUOTES:
		scan->place = c == '"' ? IN_TAG : IN_QUOTES;
		break;
	case IN_APOSTROPHES:
		scan->place = c == '\'' ? IN_TAG : IN_APOSTROPHES;
		break;
	case IN_END_TAG:
		break;
	case IN_DECLARATION:
	case BEHIND_QUESTION:
		if (scan->place == BEHIND_QUESTION && c == '>')
			scan->place = IN_TEXT;
		else
			scan->place = c == '?' ? BEHIND_QUESTION :
			    IN_DECLARATION;
		return SCAN_MORE;
	}
	return c == '<' ? SCAN_BAD : SCAN_MORE;
}

enum scan_result
xmpp_scan(struct scan *scan, struct span bytes, bool bodies)
{
	enum scan_result result = SCAN_MORE;
	char c;

	(void)bodies;
	if (bytes.len > 0 && bytes.p[0] != '<' && !blank(bytes.p[0]))
		return reply_foreign(scan, bytes);
	while (result == SCAN_MORE && scan->pos < bytes.len) {
		c = bytes.p[scan->pos];
		if (c == '>' && (scan->place == IN_TAG ||
		    scan->place == BEHIND_SLASH || scan->place == IN_END_TAG))
			result = closed(scan, bytes);
		else
			result = pass(scan, c);
		scan->pos++;
	}
	return scan->pos > XMPP_REPLY_MAX ? SCAN_BAD : result;
}

/* tag_size - of the tag at the front, with its ">"; all there is if that is not there */
static size_t
tag_size(struct span tag)
{
	char quote = '\0';
	size_t i;

	for (i = 0; i < tag.len && (quote != '\0' || tag.p[i] != '>'); i++) {
		if (quote == tag.p[i])
			quote = '\0';
		else if (quote == '\0' && (tag.p[i] == '"' ||
		    tag.p[i] == '\''))
			quote = tag.p[i];
	}
	return i < tag.len ? i + 1 : tag.len;
}

/* next_tag - go behind the next tag, whose name it is; empty when there is none */
static struct span
next_tag(struct span *in)
{
	const char *open = in->len > 0 ? memchr(in->p, '<', in->len) : NULL;
	struct span tag, none = { NULL, 0 };

	if (open == NULL)
		return none;
	tag = (struct span){ open, in->len - (size_t)(open - in->p) };
	in->p = open + tag_size(tag);
	in->len = tag.len - (size_t)(in->p - open);
	return name_of(tag);
}

/* find - go behind the tag of that name */
static bool
find(struct span *in, const char *name)
{
	struct span found;

	while ((found = next_tag(in)).len > 0)
		if (span_is(found, name))
			return true;
	return false;
}

bool
xmpp_holds(struct span in, const char *name)
{
	return find(&in, name);
}

/* undeclared - without an XML declaration and the white space before and behind it */
static struct span
undeclared(struct span in)
{
	size_t n;

	in = span_trim(in);
	while (span_begins(in, "<?")) {
		n = tag_size(in);
		in = span_trim((struct span){ in.p + n, in.len - n });
	}
	return in;
}

/* inside - what stands between the tag at the front and the last one */
static struct span
inside(struct span in)
{
	size_t n = tag_size(in), end = in.len;

	while (end > n && in.p[end - 1] != '<')
		end--;
	return (struct span){ in.p + n, end > n ? end - 1 - n : 0 };
}

/* stream_error - its condition, and the words for people */
static void
stream_error(struct reply *r, struct span in)
{
	struct span words = in;
	const char *end;

	r->status = REPLY_BYE;
	r->code = next_tag(&in);
	r->text = (struct span){ NULL, 0 };
	if (!find(&words, "text"))
		return;
	end = words.len > 0 ? memchr(words.p, '<', words.len) : NULL;
	if (end != NULL)
		r->text = (struct span){ words.p, (size_t)(end - words.p) };
}

/* stream_open - its attributes are what counts */
static void
stream_open(struct reply *r, struct span tag)
{
	r->status = REPLY_OK;
	r->text = (struct span){ r->word.p + r->word.len,
	    (size_t)(tag.p + tag.len - 1 - (r->word.p + r->word.len)) };
}

bool
xmpp_reply(struct span bytes, struct reply *r)
{
	struct span in = undeclared(bytes);

	memset(r, 0, sizeof(*r));
	r->line = in;
	r->kind = REPLY_UNTAGGED;
	if (in.len < 3 || in.p[0] != '<' || in.p[in.len - 1] != '>')
		return false;
	r->word = name_of(in);
	if (in.p[1] == '/') {
		r->status = REPLY_BYE;
		return span_is(r->word, "stream");
	}
	if (span_is(r->word, "stream")) {
		stream_open(r, in);
		return true;
	}
	r->text = inside(in);
	if (span_is(r->word, "proceed") || span_is(r->word, "failure")) {
		r->kind = REPLY_TAGGED;
		r->status = r->word.p[0] == 'p' ? REPLY_OK : REPLY_NO;
		r->text = r->line;
	} else if (span_is(r->word, "error")) {
		stream_error(r, r->text);
	}
	return r->word.len > 0;
}
