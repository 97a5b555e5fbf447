/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * address - an IPv4 or IPv6 address, without any socket
 *
 *	address = IPv4address / IPv6address / "[" IPv6address "]"
 *
 * as RFC 3986 section 3.2.2 has them; inet_aton()'s shorter, octal and
 * hexadecimal spellings of IPv4 are refused.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/address.h"

enum {
	IP4_LEN = 4,
	IP6_LEN = 16
};

bool
address_parse(struct span s, struct address *address)
{
	struct address a = { 0 };
	char text[ADDRESS_TEXT];
	bool bracket = s.len > 1 && s.p[0] == '[' && s.p[s.len - 1] == ']';

	if (bracket) {
		s.p++;
		s.len -= 2;
	}
	/* a NUL would hide what stands behind it */
	if (s.len == 0 || memchr(s.p, '\0', s.len) != NULL ||
	    !span_copy(s, text, sizeof(text)))
		return false;
	if (!bracket && inet_pton(AF_INET, text, a.ip) == 1)
		a.family = 4;
	else if (inet_pton(AF_INET6, text, a.ip) == 1)
		a.family = 6;
	else
		return false;
	*address = a;
	return true;
}

const char *
address_text(const struct address *a, char text[ADDRESS_TEXT])
{
	size_t len;

	text[0] = '\0';
	if (a->family != 4 && a->family != 6)
		return text;
	(void)inet_ntop(a->family == 4 ? AF_INET : AF_INET6, a->ip, text,
	    ADDRESS_TEXT);
	len = strlen(text);
	if (a->family == 6 && a->scope != 0)
		(void)snprintf(text + len, ADDRESS_TEXT - len, "%%%lu",
		    (unsigned long)a->scope);
	return text;
}

bool
address_same(const struct address *a, const struct address *b)
{
	if (a->family != b->family)
		return false;
	if (a->family == 4)
		return memcmp(a->ip, b->ip, IP4_LEN) == 0;
	if (a->family == 6)
		return memcmp(a->ip, b->ip, IP6_LEN) == 0 &&
		    a->scope == b->scope;
	return true;
}

const char *
address_literal(const struct address *a, char text[ADDRESS_TEXT])
{
	char plain[ADDRESS_TEXT];

	if (a->family == 0)
		return "[127.0.0.1]";
	address_text(a, plain);
	snprintf(text, ADDRESS_TEXT, a->family == 6 ? "[IPv6:%.*s]" :
	    "[%.*s]", (int)strcspn(plain, "%"), plain);
	return text;
}
