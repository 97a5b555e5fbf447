/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wipe - forget a secret
 *
 * A plain memset() before free() is a dead store, and compilers drop those.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE		/* explicit_bzero() under -std=c11 */
#endif

#include <string.h>

#include "base/wipe.h"

void
wipe(void *p, size_t n)
{
#ifdef HAVE_EXPLICIT_BZERO
	if (n > 0)
		explicit_bzero(p, n);
#else
	volatile unsigned char *byte = p;

	while (n-- > 0)
		*byte++ = 0;
#endif
}
