/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * digest - hashes, for the pure half (struct login.md5) and for state files
 *
 * They come from the library that the TLS engine is made of, and with it
 * (struct tls_engine).
 */
#ifndef WORLD_DIGEST_H
#define WORLD_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "dialog/login.h"

enum {
	DIGEST_SHA256 = 32		/* bytes */
};

struct digests {
	/* md5 - of two pieces, one behind the other, in hexadecimal digits; false where policy forbids MD5 or without memory */
	bool	(*md5)(struct span, struct span, char hex[LOGIN_DIGEST_MAX]);
	/* sha256 - false without memory */
	bool	(*sha256)(struct span, unsigned char hash[DIGEST_SHA256]);
	/* slow - PBKDF2-HMAC-SHA-256 (RFC 8018 section 5.2) of a secret, whose length is an int; false without memory */
	bool	(*slow)(struct span secret, const unsigned char *salt, size_t nsalt, unsigned rounds, unsigned char hash[DIGEST_SHA256]);
};

/* digests_openssl - where OpenSSL is linked (libtls.a) */
extern const struct digests digests_openssl;

#endif
