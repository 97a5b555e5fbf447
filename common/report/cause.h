/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cause - every way a check of this family can go wrong
 *
 * The list is causes.tsv; cause_list.h is made from it at build time, a row
 * each: CAUSE(IDENT, "slug", STATE, "party", "family", "observed", "next").
 * Severity, party and advice stand there and nowhere else.
 */
#ifndef REPORT_CAUSE_H
#define REPORT_CAUSE_H

#include "report/state.h"

#define CAUSE(ident, slug, state, party, family, observed, next) CAUSE_##ident,
enum cause {
	CAUSE_NONE,		/* nothing is wrong */
#include "report/cause_list.h"
	CAUSE_COUNT
};
#undef CAUSE

struct cause_info {
	const char	*slug;		/* "auth.unavailable"; stable, scripts match on it */
	enum state	 state;		/* severity unless --severity says otherwise */
	const char	*party;		/* who acts next */
	const char	*family;	/* letters of the families of causes it belongs to */
	const char	*observed;
	const char	*next;		/* what to do next */
};

/* cause_info - CAUSE_NONE has slug "" and state OK */
const struct cause_info	*cause_info(enum cause);
/* cause_find - CAUSE_NONE if there is no such slug */
enum cause		 cause_find(struct span);
/* cause_matches - slug, or prefix ending in ".*" */
bool			 cause_matches(enum cause, struct span pattern);
/* cause_pattern_ok - does the pattern match any cause at all */
bool			 cause_pattern_ok(struct span pattern);
/* cause_explained_by - the specific cause that makes this one its consequence, CAUSE_NONE if there is none (cert.clock explains cert.expired); walk with `nth` from 0 */
enum cause		 cause_explained_by(enum cause, unsigned nth);

/* cause_is_ours - usage.* and internal.*: a fault of caller or check, by which nothing was learnt about a server */
bool			 cause_is_ours(enum cause);

#endif
