/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sentence - formatted text with a cap
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/span.h"
#include "base/text.h"
#include "report/sentence.h"

/* do not leave half a character at the end of what was cut */
static void
cut_whole(char *s, size_t len)
{
	struct span last;
	uint32_t cp;
	size_t i = len;

	while (i > 0 && len - i < 4) {
		i--;
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			break;
	}
	last.p = s + i;
	last.len = len - i;
	if (text_utf8(last, &cp) != last.len)
		s[i] = '\0';
}

char *
sentence_vmake(const char *fmt, va_list ap)
{
	char s[SENTENCE_MAX + 1], *copy;
	int n;

	n = vsnprintf(s, sizeof(s), fmt, ap);
	if (n < 0)
		return NULL;
	if ((size_t)n >= sizeof(s))
		cut_whole(s, sizeof(s) - 1);
	copy = malloc(strlen(s) + 1);
	if (copy != NULL)
		memcpy(copy, s, strlen(s) + 1);
	return copy;
}

char *
sentence_make(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = sentence_vmake(fmt, ap);
	va_end(ap);
	return s;
}
