/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http_connect - what an HTTP proxy answers to CONNECT
 */
#include <string.h>

#include "reply/http_connect.h"

enum {
	STATUS_AT = 9,		/* behind "HTTP/1.1 " */
	STATUS_SIZE = 3,
	LINE_MIN = STATUS_AT + STATUS_SIZE
};

/* begins_well - as far as the bytes go */
static bool
begins_well(struct span s)
{
	static const char name[] = "HTTP/1.";
	size_t n = sizeof(name) - 1;

	return memcmp(s.p, name, s.len < n ? s.len : n) == 0;
}

/* line - cut the next line off the front, without its end; false if it is not whole */
static bool
line(struct span *s, struct span *out)
{
	const char *end = s->len == 0 ? NULL : memchr(s->p, '\n', s->len);

	if (end == NULL)
		return false;
	*out = (struct span){ s->p, (size_t)(end - s->p) };
	s->len -= out->len + 1;
	s->p = end + 1;
	if (out->len > 0 && out->p[out->len - 1] == '\r')
		out->len--;
	return true;
}

/* digits - the status-code; false if it is none */
static bool
digits(struct span first, unsigned *status)
{
	uint64_t n;

	if (first.len < LINE_MIN || first.p[STATUS_AT - 1] != ' ' ||
	    (first.len > LINE_MIN && first.p[LINE_MIN] != ' ') ||
	    !span_number((struct span){ first.p + STATUS_AT, STATUS_SIZE },
	    &n) || n < 100)
		return false;
	*status = (unsigned)n;
	return true;
}

enum tunnel_scan
http_connect_reply(struct span s, unsigned *status, struct span *reason,
    size_t *used)
{
	struct span rest = s, first, next;

	if (s.len > 0 && !begins_well(s))
		return TUNNEL_BAD;
	if (!line(&rest, &first))
		return s.len > HTTP_HEAD_MAX ? TUNNEL_BAD : TUNNEL_MORE;
	if (!digits(first, status))
		return TUNNEL_BAD;
	*reason = span_trim((struct span){ first.p + LINE_MIN,
	    first.len - LINE_MIN });
	while (line(&rest, &next)) {
		*used = s.len - rest.len;
		if (next.len == 0)
			return *used > HTTP_HEAD_MAX ? TUNNEL_BAD :
			    TUNNEL_WHOLE;
	}
	return s.len > HTTP_HEAD_MAX ? TUNNEL_BAD : TUNNEL_MORE;
}
