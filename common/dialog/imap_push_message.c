/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_push_message - the message by which a waiting client is tried
 */
#include <string.h>

#include "base/when.h"
#include "dialog/imap_push.h"

#define NOBODY	"idle-push@monitoring-plugins-mail.invalid"

enum {
	ADDRESS_MAX = 254	/* RFC 5321 section 4.5.3.1.3, without the angle brackets */
};

/* is_dot_atom - what needs no quoting in an address (RFC 5322 section 3.2.3) */
static bool
is_dot_atom(struct span s)
{
	static const char others[] = "!#$%&'*+-/=?^_`{|}~";
	char c, before = '.';
	size_t i;

	for (i = 0; i < s.len; i++, before = c) {
		c = s.p[i];
		if (c == '.' ? before == '.' : !((c >= '0' && c <= '9') ||
		    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		    (c != '\0' && strchr(others, c) != NULL)))
			return false;
	}
	return before != '.';
}

static bool
is_address(struct span s)
{
	const char *at = s.len == 0 || s.len > ADDRESS_MAX ? NULL :
	    memchr(s.p, '@', s.len);
	size_t local;

	if (at == NULL)
		return false;
	local = (size_t)(at - s.p);
	return is_dot_atom((struct span){ s.p, local }) &&
	    is_dot_atom((struct span){ at + 1, s.len - local - 1 });
}

void
imap_push_compose(struct buf *out, struct span to, int64_t date,
    const char *id)
{
	if (!is_address(to))
		to = span_of(NOBODY);
	buf_str(out, "From: <");
	buf_span_add(out, to);
	buf_str(out, ">\r\nTo: <");
	buf_span_add(out, to);
	buf_str(out, ">\r\nDate: ");
	when_write_mail(out, date);
	buf_fmt(out, "\r\nMessage-ID: <%s@monitoring-plugins-mail.invalid>\r\n"
	    "Subject: monitoring-plugins-mail: IDLE push test\r\n"
	    "Auto-Submitted: auto-generated\r\n\r\n"
	    "A check put this message here to see whether the server tells\r\n"
	    "waiting clients of new mail. It removes it again.\r\n", id);
}
