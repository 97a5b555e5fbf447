/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stale - does the server still serve a certificate that its file has no more?
 *
 * A renewal that nobody told the server of is found weeks later otherwise, when
 * the old certificate ends.  Cause: cert.stale.  Anything else that sets the two
 * apart is a word on the line of the stage, and no fault that is proven.
 */
#ifndef JUDGE_STALE_H
#define JUDGE_STALE_H

#include "judge/tls_facts.h"
#include "report/result.h"

enum {
	STALE_GRACE = 60 * 60	/* seconds that a server has to take up a new file, unless told otherwise */
};

/* what is on disk */
struct stale_file {
	const char		*path;		/* went through text_clean() */
	const struct cert_facts	*leaf;		/* the first certificate in it */
	int64_t			 changed;	/* when the file was written, seconds since 1970 */
};

enum stale {
	STALE_UNKNOWN,		/* nothing was served */
	STALE_SAME,
	STALE_OLD,		/* the server has the older one, for longer than the grace */
	STALE_SOON,		/* the same within the grace: the file is new */
	STALE_AHEAD,		/* the server has the newer one */
	STALE_OTHER,		/* they have no name in common: not a file of this server */
	STALE_UNLIKE		/* different certificates, issued at the same moment */
};

/* stale_compare - the server's own certificate, NULL when there is none, with that on disk; who was issued later (not before, then not after) is newer */
enum stale	stale_compare(const struct cert_facts *served, const struct stale_file *, int64_t now, int64_t grace);
/* stale_judge - at most one finding of the tls stage; `note` gets a word about everything else but STALE_SAME */
enum stale	stale_judge(struct sheet *, const struct tls_facts *, const struct stale_file *, int64_t now, int64_t grace, const char *whom, struct buf *note);

#endif
