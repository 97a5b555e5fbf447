/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pop3_reply - POP3 server bytes to replies; the grammar stands in the header
 */
#include <string.h>

#include "reply/pop3_reply.h"

/* where a scan is */
enum place {
	IN_STATUS,	/* the first line */
	LINE_START,	/* in the body, where a dot counts */
	BEHIND_CR,
	IN_LINE
};

/* begins - with this word, and nothing that makes another word of it */
static bool
begins(struct span line, const char *word)
{
	size_t n = strlen(word);

	return span_begins(line, word) && (line.len == n ||
	    strchr(" \t\r\n[", line.p[n]) != NULL);
}

static enum scan_result
scan_status(struct scan *scan, struct span bytes, bool bodies)
{
	const char *lf = scan->pos < bytes.len ? memchr(bytes.p + scan->pos,
	    '\n', bytes.len - scan->pos) : NULL;

	scan->pos = lf == NULL ? bytes.len : (size_t)(lf - bytes.p) + 1;
	if (scan->pos > POP3_LINE_MAX)
		return SCAN_BAD;
	if (lf == NULL)
		return SCAN_MORE;
	bytes.len = scan->pos;
	scan->bare = scan->pos < 2 || bytes.p[scan->pos - 2] != '\r';
	if (!bodies || !begins(bytes, "+OK"))
		return SCAN_REPLY;
	scan->place = LINE_START;
	return SCAN_BODY;
}

/* dotted - a line that begins with a dot: the end, or a dot too many */
static enum scan_result
dotted(struct scan *scan, struct span in)
{
	if (in.len == 1 || (in.len == 2 && in.p[1] == '\r'))
		return SCAN_MORE;
	if (in.p[1] == '\r' && in.p[2] == '\n') {
		scan->pos += 3;
		return SCAN_REPLY;
	}
	if (in.p[1] == '\n' && scan->bare) {
		scan->pos += 2;
		return SCAN_REPLY;
	}
	scan->place = IN_LINE;
	scan->body = 1;
	return SCAN_DROP;
}

/* run - bytes up to the next line that begins with a dot, or all there are */
static enum scan_result
run(struct scan *scan, struct span in)
{
	enum place place = (enum place)scan->place;
	size_t i;

	for (i = 0; i < in.len; i++) {
		if (place == LINE_START && in.p[i] == '.')
			break;
		if (in.p[i] == '\n' && (scan->bare || place == BEHIND_CR))
			place = LINE_START;
		else
			place = in.p[i] == '\r' ? BEHIND_CR : IN_LINE;
	}
	scan->place = place;
	scan->body = i;
	scan->open = true;
	return i > 0 ? SCAN_BODY : SCAN_MORE;
}

enum scan_result
pop3_scan(struct scan *scan, struct span bytes, bool bodies)
{
	enum scan_result result;
	struct span in;

	if (scan->pos == 0 && reply_is_binary(bytes))
		return SCAN_BAD;
	if (scan->place == IN_STATUS) {
		result = scan_status(scan, bytes, bodies);
		if (result != SCAN_BODY)
			return result;
	}
	in = (struct span){ bytes.p + scan->pos, bytes.len - scan->pos };
	if (scan->place == LINE_START && in.len > 0 && in.p[0] == '.')
		return dotted(scan, in);
	return run(scan, in);
}

bool
pop3_reply(struct span bytes, struct reply *r)
{
	const char *lf = memchr(bytes.p, '\n', bytes.len);
	size_t n;

	memset(r, 0, sizeof(*r));
	if (lf != NULL)
		bytes.len = (size_t)(lf - bytes.p);
	r->line = span_trim(bytes);
	if (begins(r->line, "+OK") || begins(r->line, "-ERR")) {
		r->kind = REPLY_TAGGED;
		r->status = r->line.p[0] == '+' ? REPLY_OK : REPLY_NO;
		n = r->status == REPLY_OK ? 3 : 4;
		reply_text(r, (struct span){ r->line.p + n, r->line.len - n });
		return true;
	}
	if (r->line.len == 0 || r->line.p[0] != '+' ||
	    (r->line.len > 1 && r->line.p[1] != ' '))
		return false;
	r->kind = REPLY_CONTINUE;
	r->text = span_trim((struct span){ r->line.p + 1, r->line.len - 1 });
	return true;
}

bool
pop3_pair(struct span text, struct pop3_pair *pair)
{
	memset(pair, 0, sizeof(*pair));
	text = span_trim(text);
	if (!span_number(span_word(&text), &pair->first))
		return false;
	text = span_trim(text);
	pair->has_second = span_number(span_word(&text), &pair->second);
	return true;
}

struct span
pop3_stamp(struct span greeting)
{
	const char *open, *at, *close;
	struct span none = { NULL, 0 };

	open = greeting.len > 0 ? memchr(greeting.p, '<', greeting.len) : NULL;
	if (open == NULL)
		return none;
	greeting.len -= (size_t)(open - greeting.p);
	close = memchr(open, '>', greeting.len);
	if (close == NULL)
		return none;
	at = memchr(open, '@', (size_t)(close - open));
	if (at == NULL)
		return none;
	return (struct span){ open, (size_t)(close - open) + 1 };
}
