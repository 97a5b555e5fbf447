/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target - whom a check asks
 *
 *	host  = address / label *("." label) ["."]
 *	label = wordc [*61( wordc / "-" ) wordc]
 *	wordc = ALPHA / DIGIT / "_"
 *
 * RFC 1123 section 2.1 and the underscore.  The last label may not be a number:
 * resolvers take such a name for an address in inet_aton()'s spelling, so
 * "127.1" or "0x7f.1" would ask somebody else than it says.
 */
#include <string.h>

#include "base/target.h"

enum {
	LABEL_MAX = 63		/* RFC 1035 section 2.3.4 */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    is_digit(c) || c == '_';
}

/* is_label - no hyphen at its ends: one in front would look like an option */
static bool
is_label(struct span s)
{
	size_t i;

	if (s.len == 0 || s.len > LABEL_MAX || s.p[0] == '-' ||
	    s.p[s.len - 1] == '-')
		return false;
	for (i = 0; i < s.len; i++)
		if (!is_word(s.p[i]) && s.p[i] != '-')
			return false;
	return true;
}

/* is_number - decimal or octal digits, or 0x and hexadecimal ones */
static bool
is_number(struct span s)
{
	bool hex = span_begins(s, "0x");
	size_t i;

	for (i = hex ? 2 : 0; i < s.len; i++)
		if (hex ? !is_hex(s.p[i]) : !is_digit(s.p[i]))
			return false;
	return true;
}

bool
target_is_host(struct span s)
{
	struct span label;
	struct address address;
	const char *dot;

	if (s.len == 0 || s.len >= HOST_MAX)
		return false;
	if (address_parse(s, &address))
		return true;
	if (s.p[s.len - 1] == '.')
		s.len--;
	while ((dot = memchr(s.p, '.', s.len)) != NULL) {
		label = (struct span){ s.p, (size_t)(dot - s.p) };
		if (!is_label(label))
			return false;
		s.p += label.len + 1;
		s.len -= label.len + 1;
	}
	return is_label(s) && !is_number(s);
}

void
target_write(struct buf *out, const struct target *t)
{
	bool colon = strchr(t->host, ':') != NULL;

	if (t->port == 0)
		buf_str(out, t->host);
	else
		buf_fmt(out, "%s%s%s:%u", colon ? "[" : "", t->host,
		    colon ? "]" : "", (unsigned)t->port);
}

const char *
tls_mode_name(enum tls_mode mode)
{
	static const char *const names[] = {
		[TLS_NONE] = "none",
		[TLS_STARTTLS] = "starttls",
		[TLS_IMPLICIT] = "implicit"
	};

	return names[mode];
}
