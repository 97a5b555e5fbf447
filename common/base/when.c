/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * when - moments in civil time, UTC, proleptic Gregorian; no time zone files
 *
 *	when = "@" 1*DIGIT / date [("T" / " ") time [zone]]
 *	date = 4DIGIT "-" 2DIGIT "-" 2DIGIT
 *	time = 2DIGIT ":" 2DIGIT [":" 2DIGIT]
 *	zone = "Z" / ("+" / "-") 2DIGIT ":" 2DIGIT
 *
 * which is RFC 3339 section 5.6 with less said, and without fractions.
 */
#include <stddef.h>

#include "base/number.h"
#include "base/when.h"

enum {
	DAY = 86400,
	HOUR = 3600,
	MINUTE = 60,
	EPOCH_DAY = 719162,	/* 1970-01-01, days after 0001-01-01 */
	CYCLE_YEARS = 400,	/* the calendar repeats after so many years */
	CYCLE_DAYS = 146097
};

#define SPAN_MAX	1e15	/* seconds that when_write_span() tells apart */

struct civil {
	int64_t	year;
	int	month;
	int	day;
	int	hour;
	int	min;
	int	sec;
};

/* floor_div - towards minus infinity: before 1970 a second is a second too */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

static bool
is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
month_days(int64_t year, int month)
{
	static const int days[] =
	    { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

/* year_start - days from 1970-01-01 to 1 January of that year */
static int64_t
year_start(int64_t year)
{
	int64_t past = year - 1;

	return past * 365 + floor_div(past, 4) - floor_div(past, 100) +
	    floor_div(past, CYCLE_YEARS) - EPOCH_DAY;
}

bool
when_from_civil(int year, int month, int day, int hour, int min, int sec,
    int64_t *when)
{
	int64_t days;
	int m;

	if (month < 1 || month > 12 || day < 1 ||
	    day > month_days(year, month) || hour < 0 || hour > 23 ||
	    min < 0 || min > 59 || sec < 0 || sec > 60)
		return false;
	days = year_start(year) + day - 1;
	for (m = 1; m < month; m++)
		days += month_days(year, m);
	*when = days * DAY + hour * HOUR + min * MINUTE +
	    (sec < 60 ? sec : 59);
	return true;
}

static struct civil
to_civil(int64_t when)
{
	int64_t days = floor_div(when, DAY);
	int rest = (int)(when % DAY) + (when % DAY < 0 ? DAY : 0);
	struct civil c = { .month = 1, .hour = rest / HOUR,
	    .min = rest % HOUR / MINUTE, .sec = rest % MINUTE };

	/* the guess is out by a year at most */
	c.year = 1970 + floor_div(days * CYCLE_YEARS, CYCLE_DAYS);
	while (year_start(c.year) > days)
		c.year--;
	while (year_start(c.year + 1) <= days)
		c.year++;
	c.day = 1 + (int)(days - year_start(c.year));
	while (c.day > month_days(c.year, c.month))
		c.day -= month_days(c.year, c.month++);
	return c;
}

/* cut_char - one of the two characters off the front; 0 if neither is there */
static char
cut_char(struct span *s, char this, char that)
{
	char c = s->len > 0 ? s->p[0] : '\0';

	if (c == '\0' || (c != this && c != that))
		return '\0';
	s->p++;
	s->len--;
	return c;
}

/* cut_digits - a number of exactly n digits off the front */
static bool
cut_digits(struct span *s, size_t n, int *number)
{
	uint64_t value;

	if (s->len < n || !span_number((struct span){ s->p, n }, &value))
		return false;
	*number = (int)value;
	s->p += n;
	s->len -= n;
	return true;
}

/* cut_zone - seconds that civil time is ahead of UTC */
static bool
cut_zone(struct span *s, int *ahead)
{
	int hour, min;
	char sign;

	*ahead = 0;
	if (s->len == 0 || cut_char(s, 'Z', 'Z'))
		return true;
	sign = cut_char(s, '+', '-');
	if (sign == '\0' || !cut_digits(s, 2, &hour) ||
	    !cut_char(s, ':', ':') || !cut_digits(s, 2, &min) ||
	    hour > 23 || min > 59)
		return false;
	*ahead = hour * HOUR + min * MINUTE;
	if (sign == '-')
		*ahead = -*ahead;
	return true;
}

/* cut_time - what may follow a date */
static bool
cut_time(struct span *s, int *hour, int *min, int *sec, int *ahead)
{
	if (!cut_char(s, 'T', ' ') || !cut_digits(s, 2, hour) ||
	    !cut_char(s, ':', ':') || !cut_digits(s, 2, min))
		return false;
	if (cut_char(s, ':', ':') && !cut_digits(s, 2, sec))
		return false;
	return cut_zone(s, ahead);
}

bool
when_parse(struct span s, int64_t *when)
{
	int year, month, day, hour = 0, min = 0, sec = 0, ahead = 0;
	uint64_t epoch;
	int64_t moment;

	if (cut_char(&s, '@', '@')) {
		if (!number_uint(s, INT64_MAX, &epoch))
			return false;
		*when = (int64_t)epoch;
		return true;
	}
	if (!cut_digits(&s, 4, &year) || !cut_char(&s, '-', '-') ||
	    !cut_digits(&s, 2, &month) || !cut_char(&s, '-', '-') ||
	    !cut_digits(&s, 2, &day))
		return false;
	if (s.len > 0 && !cut_time(&s, &hour, &min, &sec, &ahead))
		return false;
	if (s.len > 0 || !when_from_civil(year, month, day, hour, min, sec,
	    &moment))
		return false;
	*when = moment - ahead;
	return true;
}

static void
write_civil(struct buf *out, int64_t when, const char *between,
    const char *zone)
{
	struct civil c = to_civil(when);

	buf_fmt(out, "%04lld-%02d-%02d%s%02d:%02d:%02d%s", (long long)c.year,
	    c.month, c.day, between, c.hour, c.min, c.sec, zone);
}

void
when_write(struct buf *out, int64_t when)
{
	write_civil(out, when, " ", " UTC");
}

void
when_write_iso(struct buf *out, int64_t when)
{
	write_civil(out, when, "T", "Z");
}

void
when_write_mail(struct buf *out, int64_t when)
{
	static const char *const days[] =
	    { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
	    "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t day = floor_div(when, DAY) + EPOCH_DAY;
	struct civil c = to_civil(when);

	/* 0001-01-01 was a Monday */
	buf_fmt(out, "%s, %02d %s %04lld %02d:%02d:%02d +0000",
	    days[day - 7 * floor_div(day, 7)], c.day, months[c.month - 1],
	    (long long)c.year, c.hour, c.min, c.sec);
}

/* write_short - below ten seconds a fraction matters */
static void
write_short(struct buf *out, double seconds)
{
	int64_t steps = seconds < 0.1 ? 1000 : 10;
	int64_t count = (int64_t)(seconds * (double)steps + 0.5);

	number_write(out, (double)count / (double)steps);
	buf_str(out, count == steps ? " second" : " seconds");
}

void
when_write_span(struct buf *out, double seconds)
{
	static const struct {
		int64_t		 size;
		const char	*name;
	} units[] = {
		{ DAY, "day" }, { HOUR, "hour" }, { MINUTE, "minute" },
		{ 1, "second" }
	};
	int64_t whole;
	size_t i = 0;

	if (!(seconds > 0))
		seconds = 0;
	if (seconds < 10) {
		write_short(out, seconds);
		return;
	}
	whole = (int64_t)(seconds < SPAN_MAX ? seconds : SPAN_MAX);
	while (whole < units[i].size)
		i++;
	whole /= units[i].size;
	buf_fmt(out, "%lld %s%s", (long long)whole, units[i].name,
	    whole == 1 ? "" : "s");
}
