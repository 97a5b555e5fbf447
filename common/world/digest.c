/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * digest - hashes that the pure half asks for
 */
#include <openssl/evp.h>

#include "world/digest.h"

static void
write_hex(const unsigned char *hash, unsigned n, char *hex)
{
	static const char digits[] = "0123456789abcdef";
	unsigned i;

	for (i = 0; i < n; i++) {
		hex[2 * i] = digits[hash[i] >> 4];
		hex[2 * i + 1] = digits[hash[i] & 15];
	}
	hex[2 * n] = '\0';
}

bool
digest_md5(struct span first, struct span second, char hex[LOGIN_DIGEST_MAX])
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	bool done = context != NULL &&
	    EVP_DigestInit_ex(context, EVP_md5(), NULL) == 1 &&
	    EVP_DigestUpdate(context, first.p, first.len) == 1 &&
	    EVP_DigestUpdate(context, second.p, second.len) == 1 &&
	    EVP_DigestFinal_ex(context, hash, &n) == 1 &&
	    2 * n + 1 == LOGIN_DIGEST_MAX;

	if (done)
		write_hex(hash, n, hex);
	EVP_MD_CTX_free(context);
	return done;
}
