/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * content_type - the value of a Content-Type field (RFC 2045 section 5.1)
 *
 *	content	  = type "/" subtype *(";" parameter)
 *	parameter = attribute "=" (token / quoted-string)
 *
 * Comments may stand between all of them (RFC 5322 section 3.2.2).
 */
#ifndef REPLY_CONTENT_TYPE_H
#define REPLY_CONTENT_TYPE_H

#include <stdbool.h>

#include "base/span.h"

struct content_type {
	struct span	 type;		/* "multipart" */
	struct span	 subtype;	/* "mixed" */
	bool		 has_boundary;
	bool		 quoted;	/* it may hold backslashes before characters */
	struct span	 boundary;
	bool		 vague;		/* the boundary is written in a way that is not understood (RFC 2231), or the value breaks the grammar */
};

/* content_type - spans borrow from the value; false: there is no type and subtype in it */
bool	content_type(struct span value, struct content_type *);

#endif
