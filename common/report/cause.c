/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cause - every way a check of this family can go wrong
 */
#include <string.h>

#include "report/cause.h"

#define CAUSE(ident, slug, state, party, family, observed, next) \
	[CAUSE_##ident] = { slug, STATE_##state, party, family, observed, \
	    next },
static const struct cause_info causes[CAUSE_COUNT] = {
	[CAUSE_NONE] = { "", STATE_OK, "", "", "", "" },
#include "report/cause_list.h"
};
#undef CAUSE

/* the general cause is but a consequence where the specific one was found */
static const struct {
	enum cause	general;
	enum cause	specific;
} explanations[] = {
	{ CAUSE_CERT_EXPIRED,		CAUSE_CERT_CLOCK },
	{ CAUSE_CERT_NOT_YET_VALID,	CAUSE_CERT_CLOCK },
	{ CAUSE_CERT_UNTRUSTED,		CAUSE_CERT_INTERCEPTED },
	{ CAUSE_CERT_UNTRUSTED,		CAUSE_CERT_INCOMPLETE_CHAIN },
	{ CAUSE_CERT_SELF_SIGNED,	CAUSE_CERT_INTERCEPTED }
};

const struct cause_info *
cause_info(enum cause c)
{
	return &causes[c];
}

static bool
same(struct span s, const char *slug)
{
	return s.len == strlen(slug) && memcmp(s.p, slug, s.len) == 0;
}

enum cause
cause_find(struct span slug)
{
	unsigned i;

	for (i = CAUSE_NONE + 1; i < CAUSE_COUNT; i++)
		if (same(slug, causes[i].slug))
			return (enum cause)i;
	return CAUSE_NONE;
}

bool
cause_matches(enum cause c, struct span pattern)
{
	if (c == CAUSE_NONE)
		return false;
	if (same(pattern, causes[c].slug))
		return true;
	if (pattern.len < 3 ||
	    memcmp(pattern.p + pattern.len - 2, ".*", 2) != 0)
		return false;
	pattern.len--;	/* the point belongs to the prefix */
	return strlen(causes[c].slug) > pattern.len &&
	    memcmp(causes[c].slug, pattern.p, pattern.len) == 0;
}

bool
cause_pattern_ok(struct span pattern)
{
	unsigned i;

	for (i = CAUSE_NONE + 1; i < CAUSE_COUNT; i++)
		if (cause_matches((enum cause)i, pattern))
			return true;
	return false;
}

enum cause
cause_explained_by(enum cause c, unsigned nth)
{
	unsigned i;

	for (i = 0; i < sizeof(explanations) / sizeof(explanations[0]); i++)
		if (explanations[i].general == c && nth-- == 0)
			return explanations[i].specific;
	return CAUSE_NONE;
}

bool
cause_is_ours(enum cause c)
{
	return cause_matches(c, span_of("usage.*")) ||
	    cause_matches(c, span_of("internal.*"));
}
