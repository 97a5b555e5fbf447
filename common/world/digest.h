/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * digest - hashes that the pure half asks for (struct login.md5)
 */
#ifndef WORLD_DIGEST_H
#define WORLD_DIGEST_H

#include <stdbool.h>

#include "base/span.h"
#include "dialog/login.h"

/* digest_md5 - of two pieces, one behind the other, in hexadecimal digits; false where policy forbids MD5 or without memory */
bool	digest_md5(struct span, struct span, char hex[LOGIN_DIGEST_MAX]);

#endif
