/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sasl - who we are, in the ways that servers ask for it
 *
 * RFC 4616 section 2:
 *	message = [authzid] UTF8NUL authcid UTF8NUL passwd
 * We never ask to act for somebody else, so authzid is left out.
 */
#include "dialog/sasl.h"

/* what we speak with a password, weakest first: the rank is the place */
static const char *const ranks[] = {
	"LOGIN", "PLAIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1",
	"SCRAM-SHA-256"
};

void
sasl_plain(struct buf *out, struct span user, struct span password)
{
	buf_char(out, '\0');
	buf_span_add(out, user);
	buf_char(out, '\0');
	buf_span_add(out, password);
}

int
sasl_strength(struct span mechanism)
{
	size_t	i;

	for (i = 0; i < sizeof(ranks) / sizeof(ranks[0]); i++)
		if (span_is(mechanism, ranks[i]))
			return (int)i + 1;
	return 0;
}

bool
sasl_is_builtin(struct span mechanism)
{
	return span_is(mechanism, "PLAIN") || span_is(mechanism, "LOGIN") ||
	    span_is(mechanism, "EXTERNAL");
}
