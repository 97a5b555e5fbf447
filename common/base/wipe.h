/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wipe - forget a secret, in a way that the compiler may not leave out
 */
#ifndef BASE_WIPE_H
#define BASE_WIPE_H

#include <stddef.h>

void	wipe(void *, size_t);

#endif
