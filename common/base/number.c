/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * number - what people write for numbers, durations and sizes
 *
 *	number = ["-"] 1*DIGIT ["." 1*DIGIT] [suffix]
 *
 * The grammar is checked here, strtod() only turns what passed into a value: by
 * itself it would take white space, hexadecimal, exponents, inf and nan.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

enum {
	DIGITS_MAX = 64,	/* bytes of a number without suffix, with NUL */
	DECIMALS = 6,
	WRITTEN_MAX = 320	/* the largest double has 309 digits, a sign,
				   a point and DECIMALS more */
};

#define NUMBER_MAX	1e50	/* so that what number_write() makes of it is no longer than DIGITS_MAX */
#define DURATION_MAX	(100 * 365.25 * 86400)	/* seconds */

/* multiplied and then divided, so that 5ms is the double nearest to 0.005 */
struct suffix {
	enum unit	unit;
	const char	*text;
	double		times;
	double		over;
};

static const struct suffix suffixes[] = {
	{ UNIT_NONE,	"K",	1024.0, 1 },
	{ UNIT_NONE,	"M",	1048576.0, 1 },
	{ UNIT_NONE,	"G",	1073741824.0, 1 },
	{ UNIT_NONE,	"T",	1099511627776.0, 1 },
	{ UNIT_SECONDS,	"ms",	1, 1000 },
	{ UNIT_SECONDS,	"s",	1, 1 },
	{ UNIT_SECONDS,	"m",	60, 1 },
	{ UNIT_SECONDS,	"h",	3600, 1 },
	{ UNIT_SECONDS,	"d",	86400, 1 },
	{ UNIT_DAYS,	"m",	1, 1440 },
	{ UNIT_DAYS,	"h",	1, 24 },
	{ UNIT_DAYS,	"d",	1, 1 },
	{ UNIT_BYTES,	"B",	1, 1 },
	{ UNIT_BYTES,	"K",	1024.0, 1 },
	{ UNIT_BYTES,	"KB",	1024.0, 1 },
	{ UNIT_BYTES,	"M",	1048576.0, 1 },
	{ UNIT_BYTES,	"MB",	1048576.0, 1 },
	{ UNIT_BYTES,	"G",	1073741824.0, 1 },
	{ UNIT_BYTES,	"GB",	1073741824.0, 1 },
	{ UNIT_BYTES,	"T",	1099511627776.0, 1 },
	{ UNIT_BYTES,	"TB",	1099511627776.0, 1 },
	{ UNIT_PERCENT,	"%",	1, 1 }
};

/* digits - how many stand at that place */
static size_t
digits(struct span s, size_t from)
{
	size_t n = 0;

	while (from + n < s.len && s.p[from + n] >= '0' &&
	    s.p[from + n] <= '9')
		n++;
	return n;
}

/* number_len - bytes of the number at the front, 0 if there is none */
static size_t
number_len(struct span s)
{
	size_t at = s.len > 0 && s.p[0] == '-' ? 1 : 0;
	size_t n = digits(s, at);

	if (n == 0)
		return 0;
	at += n;
	if (at < s.len && s.p[at] == '.') {
		n = digits(s, at + 1);
		if (n == 0)
			return 0;
		at += 1 + n;
	}
	return at;
}

/* find_suffix - NULL if the unit has no such suffix; case matters: m, M */
static const struct suffix *
find_suffix(struct span s, enum unit unit)
{
	size_t i;

	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (suffixes[i].unit == unit &&
		    s.len == strlen(suffixes[i].text) &&
		    memcmp(s.p, suffixes[i].text, s.len) == 0)
			return &suffixes[i];
	return NULL;
}

bool
number_parse(struct span s, enum unit unit, double *number)
{
	size_t n = number_len(s);
	char text[DIGITS_MAX];
	double value;

	if (n == 0 || !span_copy((struct span){ s.p, n }, text, sizeof(text)))
		return false;
	value = strtod(text, NULL);
	if (n < s.len) {
		const struct suffix *suffix =
		    find_suffix((struct span){ s.p + n, s.len - n }, unit);

		if (suffix == NULL)
			return false;
		value = value * suffix->times / suffix->over;
	}
	if (value > NUMBER_MAX || value < -NUMBER_MAX)
		return false;
	*number = value == 0 ? 0 : value;	/* "-0" is 0 */
	return true;
}

bool
number_uint(struct span s, uint64_t max, uint64_t *number)
{
	uint64_t value;

	if (!span_number(s, &value) || value > max)
		return false;
	*number = value;
	return true;
}

bool
number_duration(struct span s, int64_t *usec)
{
	double seconds;

	if (s.len == 0 || s.p[0] == '-' ||
	    !number_parse(s, UNIT_SECONDS, &seconds) ||
	    seconds > DURATION_MAX)
		return false;
	*usec = (int64_t)(seconds * 1e6 + 0.5);
	return true;
}

void
number_write(struct buf *out, double number)
{
	char text[WRITTEN_MAX];
	size_t len;

	if (!isfinite(number))
		number = 0;
	(void)snprintf(text, sizeof(text), "%.*f", DECIMALS, number);
	len = strlen(text);
	while (text[len - 1] == '0')
		len--;
	if (text[len - 1] == '.')
		len--;
	if (len == 2 && memcmp(text, "-0", 2) == 0)
		buf_char(out, '0');
	else
		buf_add(out, text, len);
}
