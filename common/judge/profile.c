/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * profile - a chain that the usual roots take, and what others make of it
 */
#include <string.h>

#include "judge/profile.h"

bool
profile_trusts(const struct tls_facts *facts)
{
	size_t i;

	for (i = 0; i < facts->ntroubles; i++)
		if (facts->troubles[i].kind != CERT_OK)
			return false;
	return facts->verified;
}

/* obstacle - what stands in the way: neither the order of what was sent nor our clock does */
static const struct finding *
obstacle(const struct sheet *sheet)
{
	size_t i;

	for (i = 0; i < sheet->nfindings; i++)
		if (sheet->findings[i].cause != CAUSE_CERT_UNTIDY &&
		    sheet->findings[i].cause != CAUSE_CERT_CLOCK)
			return &sheet->findings[i];
	return NULL;
}

enum cause
profile_judge(struct sheet *sheet, const struct tls_facts *usual,
    const struct tls_facts *other, const struct cert_moment *moment,
    const char *profile, const char *whom)
{
	enum cause cause = CAUSE_NONE;
	const struct finding *why;
	struct sheet theirs;

	if (profile_trusts(other))
		return CAUSE_NONE;
	memset(&theirs, 0, sizeof(theirs));
	(void)cert_judge(&theirs, other, moment, whom);
	why = obstacle(&theirs);
	if (why != NULL) {
		cause = why->cause;
		if (profile_trusts(usual))
			(void)sheet_find(sheet, cause, STAGE_TLS, NULL,
			    "%s is not trusted by clients with the roots of "
			    "%s, while others trust it: %s", whom, profile,
			    why->detail != NULL ? why->detail :
			    why->sentence);
	}
	if (theirs.nomem)
		sheet->nomem = true;
	sheet_free(&theirs);
	return cause;
}
