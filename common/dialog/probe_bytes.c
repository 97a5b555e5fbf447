/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * probe_bytes - bytes into lines, within the caps
 *
 * What comes of them does not depend on the pieces that they come in.
 */
#include <string.h>

#include "dialog/probe_hear.h"
#include "reply/reply.h"
#include "report/cause.h"

/* is_babble - bytes without a line end that will never have one, or more than anybody has to say */
static bool
is_babble(const struct probe *p)
{
	struct span s = buf_span(&p->in);

	if (p->in.len == PROBE_LINE_MAX || p->total == PROBE_BYTES_MAX)
		return true;
	return p->state == PROBE_WAITS && s.len > 0 &&
	    (reply_is_binary(s) || speech_of(s) == SPEECH_TLS);
}

/* babbled - it is what it seems, but no server of mail says so much */
static void
babbled(struct probe *p)
{
	if (p->state == PROBE_WAITS)
		probe_half(p);
	if (p->state == PROBE_STARTS)
		p->row->trouble = CAUSE_TLS_HANDSHAKE;
	else if (probe_is_mail(p) && p->row->trouble == CAUSE_NONE)
		p->row->trouble = CAUSE_PROTOCOL_VIOLATION;
	p->state = PROBE_OVER;
}

/* piece - how much of it is looked at next: not beyond a line end or a cap, so that it does not matter in which pieces it comes */
static size_t
piece(const struct probe *p, struct span bytes)
{
	const char *end = memchr(bytes.p, '\n', bytes.len);
	size_t n = end != NULL ? (size_t)(end - bytes.p) + 1 : bytes.len;

	if (n > PROBE_LINE_MAX - p->in.len)
		n = PROBE_LINE_MAX - p->in.len;
	if (n > PROBE_BYTES_MAX - p->total)
		n = PROBE_BYTES_MAX - p->total;
	return n;
}

void
probe_bytes(struct probe *p, struct span bytes, int64_t now)
{
	size_t n;

	while (bytes.len > 0 && p->state != PROBE_OVER) {
		/* where TLS comes first, these are none of a probe's business */
		if (p->state == PROBE_SHAKES &&
		    p->row->speech == SPEECH_UNKNOWN)
			return;
		if (p->row->greeting_usec == 0)
			p->row->greeting_usec = now > p->opened ?
			    (uint32_t)(now - p->opened) : 1;
		n = piece(p, bytes);
		if (!buf_add(&p->in, bytes.p, n)) {
			p->state = PROBE_OVER;
			return;
		}
		p->total += n;
		bytes.p += n;
		bytes.len -= n;
		if (is_babble(p)) {
			babbled(p);
		} else if (bytes.p[-1] == '\n') {
			probe_line(p, buf_span(&p->in));
			buf_clear(&p->in);
		}
	}
}
