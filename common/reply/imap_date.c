/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_date - INTERNALDATE; the grammar stands in the header
 */
#include <string.h>

#include "base/number.h"
#include "base/when.h"
#include "reply/imap_date.h"

/* cut - a number of so many digits, and what has to follow it */
static bool
cut(struct span *s, size_t most, char then, int *value)
{
	size_t n = 0;
	uint64_t number;

	while (n < s->len && n < most && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	if (!number_uint((struct span){ s->p, n }, 9999, &number) ||
	    (then != '\0' && (n == s->len || s->p[n] != then)))
		return false;
	*value = (int)number;
	n += then != '\0';
	s->p += n;
	s->len -= n;
	return true;
}

static bool
month_name(struct span *s, int *month)
{
	static const char *const names[] = { "Jan-", "Feb-", "Mar-", "Apr-",
		"May-", "Jun-", "Jul-", "Aug-", "Sep-", "Oct-", "Nov-",
		"Dec-" };
	int i;

	for (i = 0; i < 12; i++)
		if (span_begins(*s, names[i])) {
			s->p += 4;
			s->len -= 4;
			*month = i + 1;
			return true;
		}
	return false;
}

static bool
zone(struct span s, int64_t *offset)
{
	uint64_t hhmm;

	if (s.len != 5 || (s.p[0] != '+' && s.p[0] != '-') ||
	    !number_uint((struct span){ s.p + 1, 4 }, 9959, &hhmm) ||
	    hhmm % 100 > 59)
		return false;
	*offset = (int64_t)(hhmm / 100 * 3600 + hhmm % 100 * 60);
	if (s.p[0] == '-')
		*offset = -*offset;
	return true;
}

bool
imap_date(struct span s, int64_t *moment)
{
	int day, month, year, hour, min, sec;
	int64_t local, offset;

	s = span_trim(s);
	if (!cut(&s, 2, '-', &day) || !month_name(&s, &month) ||
	    !cut(&s, 4, ' ', &year) || !cut(&s, 2, ':', &hour) ||
	    !cut(&s, 2, ':', &min) || !cut(&s, 2, ' ', &sec) ||
	    !zone(s, &offset) ||
	    !when_from_civil(year, month, day, hour, min, sec, &local))
		return false;
	*moment = local - offset;
	return true;
}

bool
imap_date_after(struct span list, const char *word, int64_t *moment)
{
	struct span item;
	const char *end;

	while (list.len > 0) {
		item = span_word(&list);
		while (item.len > 0 && item.p[0] == '(') {
			item.p++;
			item.len--;
		}
		if (!span_is(item, word))
			continue;
		if (list.len == 0 || list.p[0] != '"')
			return false;
		end = memchr(list.p + 1, '"', list.len - 1);
		return end != NULL && imap_date((struct span){ list.p + 1,
		    (size_t)(end - list.p) - 1 }, moment);
	}
	return false;
}
