/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sentence - formatted text with a cap
 */
#ifndef REPORT_SENTENCE_H
#define REPORT_SENTENCE_H

#include <stdarg.h>

enum {
	SENTENCE_MAX = 1024	/* bytes of a finding's sentence, detail or a stage's note */
};

/* sentence_make, sentence_vmake - a formatted copy, cut at SENTENCE_MAX between characters; NULL without memory; the caller frees it */
char	*sentence_make(const char *fmt, ...)
	    __attribute__((format(printf, 1, 2)));
char	*sentence_vmake(const char *fmt, va_list)
	    __attribute__((format(printf, 1, 0)));

#endif
