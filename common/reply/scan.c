/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scan - lines, literals and codes, as more than one protocol has them
 */
#include <string.h>

#include "reply/scan.h"

enum scan_result
scan_line(struct scan *scan, struct span bytes, size_t line_max,
    size_t reply_max)
{
	const char *lf = scan->pos < bytes.len ? memchr(bytes.p + scan->pos,
	    '\n', bytes.len - scan->pos) : NULL;

	scan->pos = lf == NULL ? bytes.len : (size_t)(lf - bytes.p) + 1;
	if (scan->pos - scan->line > line_max || scan->pos > reply_max)
		return SCAN_BAD;
	return lf == NULL ? SCAN_MORE : SCAN_REPLY;
}

bool
scan_literal(struct scan *scan, size_t len)
{
	uint64_t there = len - scan->pos;

	if (there > scan->skip)
		there = scan->skip;
	scan->pos += (size_t)there;
	scan->skip -= there;
	scan->line = scan->pos;
	return scan->skip == 0;
}

bool
scan_literal_size(struct span line, uint64_t *size)
{
	size_t open;

	line = span_trim(line);
	if (line.len < 3 || line.p[line.len - 1] != '}')
		return false;
	line.len--;
	if (line.p[line.len - 1] == '+')
		line.len--;
	for (open = line.len; open > 0 && line.p[open - 1] >= '0' &&
	    line.p[open - 1] <= '9'; open--)
		continue;
	if (open == 0 || line.p[open - 1] != '{' || open == line.len)
		return false;
	/* a number beyond 64 bits is a literal too, and one that no cap admits */
	if (!span_number((struct span){ line.p + open, line.len - open }, size))
		*size = UINT64_MAX;
	return true;
}

static bool
within(char c, char low, char high)
{
	return c >= low && c <= high;
}

bool
scan_coded(struct span line, char low, char high, const char *behind)
{
	return line.len >= 3 && within(line.p[0], low, high) &&
	    within(line.p[1], '0', '9') && within(line.p[2], '0', '9') &&
	    (line.len == 3 || (line.p[3] != '\0' &&
	    strchr(behind, line.p[3]) != NULL));
}
