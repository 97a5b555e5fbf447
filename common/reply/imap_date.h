/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_date - INTERNALDATE (RFC 3501 section 9)
 *
 *	date-time = DQUOTE date-day-fixed "-" date-month "-" date-year
 *		    SP time SP zone DQUOTE
 *	date-day-fixed = (SP DIGIT) / 2DIGIT
 *	zone = ("+" / "-") 4DIGIT
 *
 * Tolerated: a day of one digit without the space, months in any case.
 */
#ifndef REPLY_IMAP_DATE_H
#define REPLY_IMAP_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* imap_date - of the text between the quotes, in seconds since 1970 */
bool	imap_date(struct span, int64_t *);
/* imap_date_after - the quoted date behind a word in a parenthesised list; false if it is not there or none */
bool	imap_date_after(struct span list, const char *word, int64_t *);

#endif
