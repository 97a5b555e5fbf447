/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * when - moments in civil time, UTC, proleptic Gregorian; no time zone files
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

/* when_from_civil - seconds since 1970 of a date and time; false if there is no such moment (a second of 60 counts as 59) */
bool	when_from_civil(int year, int month, int day, int hour, int min, int sec, int64_t *);
/* when_parse - "2026-03-01", "2026-03-01T12:00[:00][Z|+HH:MM|-HH:MM]" (a space for the T too; no zone means UTC) or "@EPOCH" */
bool	when_parse(struct span, int64_t *);
/* when_write - "2026-03-01 12:00:00 UTC" */
void	when_write(struct buf *, int64_t);
/* when_write_iso - "2026-03-01T12:00:00Z" */
void	when_write_iso(struct buf *, int64_t);
/* when_write_mail - "Sun, 01 Mar 2026 12:00:00 +0000" (RFC 5322 section 3.3) */
void	when_write_mail(struct buf *, int64_t);
/* when_write_span - a length of time for people, in its two coarsest sensible words: "3 days", "1 day", "5 hours", "40 seconds", "0.3 seconds"; the argument is in seconds and not negative */
void	when_write_span(struct buf *, double);

#endif
