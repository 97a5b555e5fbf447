/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * host - a host as users write it, on a command line or in a file
 */
#include <string.h>

#include "base/address.h"
#include "base/host.h"
#include "base/target.h"
#include "base/text.h"

#define BYTE_ORDER_MARK	"\xef\xbb\xbf"

bool
host_unbracket(struct span *s)
{
	struct address address;

	if (s->len == 0 || s->p[0] != '[')
		return true;
	if (!address_parse(*s, &address) || address.family != 6)
		return false;
	s->p++;
	s->len -= 2;
	return true;
}

/*
 * idn_plausible - UTF-8 whose ASCII part might stand in a host name; the rest
 * is for the conversion to judge
 */
static bool
idn_plausible(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x80 && (c <= ' ' || strchr("!\"#$%&'()*+,/:;<=>?@[\\]"
		    "^`{|}~", c) != NULL || c == 0x7f))
			return false;
	}
	return s.len <= HOST_WORD_MAX && text_is_utf8(s);
}

enum host_kind
host_kind(struct span *s)
{
	if (!text_is_ascii(*s))
		return idn_plausible(*s) ? HOST_IDN : HOST_WRONG;
	return host_unbracket(s) && target_is_host(*s) ? HOST_PLAIN :
	    HOST_WRONG;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool
host_line(struct span line, struct span *host)
{
	size_t i;

	/* files that were put together have it in their midst, too */
	if (span_begins(line, BYTE_ORDER_MARK)) {
		line.p += strlen(BYTE_ORDER_MARK);
		line.len -= strlen(BYTE_ORDER_MARK);
	}
	for (i = 0; i < line.len; i++)
		if (line.p[i] == '#' && (i == 0 || is_blank(line.p[i - 1])))
			break;
	*host = span_trim((struct span){ line.p, i });
	return host->len > 0;
}
