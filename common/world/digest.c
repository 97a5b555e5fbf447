/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * digest - hashes by OpenSSL
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

static bool
md5(struct span first, struct span second, char hex[LOGIN_DIGEST_MAX])
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

static bool
sha256(struct span bytes, unsigned char hash[DIGEST_SHA256])
{
	return EVP_Digest(bytes.p, bytes.len, hash, NULL, EVP_sha256(),
	    NULL) == 1;
}

static bool
slow(struct span secret, const unsigned char *salt, size_t nsalt,
    unsigned rounds, unsigned char hash[DIGEST_SHA256])
{
	return PKCS5_PBKDF2_HMAC(secret.p == NULL ? "" : secret.p,
	    (int)secret.len, salt, (int)nsalt, (int)rounds, EVP_sha256(),
	    DIGEST_SHA256, hash) == 1;
}

const struct digests digests_openssl = {
	.md5 = md5, .sha256 = sha256, .slow = slow
};
