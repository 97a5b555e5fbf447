/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_sample - a certificate without a fault, to be spoilt by tests
 *
 * Its strings are constants and never freed.
 */
#ifndef CERT_SAMPLE_H
#define CERT_SAMPLE_H

#include <string.h>

#include "judge/tls_facts.h"

enum {
	SAMPLE_DAY = 86400,
	SAMPLE_NOW = 1772366400		/* 2026-03-01 12:00:00 UTC */
};

/* text - a constant where the facts own a string */
static inline char *
text(const char *s)
{
	union { const char *in; char *out; } same = { s };

	return same.out;
}

/* sample - issued ten days ago for 90 days, by another */
static inline struct cert_facts
sample(const char *cn, const char *issuer)
{
	struct cert_facts c = {
		.subject = text(cn), .subject_cn = text(cn),
		.issuer = text(issuer), .issuer_cn = text(issuer),
		.issuer_org = text(""), .serial = text("2A"),
		.key = text("RSA"), .bits = 2048,
		.signature = text("sha256WithRSAEncryption"),
		.not_before = SAMPLE_NOW - 10 * SAMPLE_DAY,
		.not_after = SAMPLE_NOW + 80 * SAMPLE_DAY - 1,
		.version = 3, .serial_octets = 16,
		.key_kind = CERT_KEY_RSA, .digest = CERT_DIGEST_SHA256,
		.exponent = 65537, .has_purposes = true, .for_servers = true,
		.path_length = -1, .names = { text(cn) }, .nnames = 1,
		.self_issued = strcmp(cn, issuer) == 0
	};
	size_t i;

	/* names make up for digests; no two of them begin alike */
	memset(c.sha256, '0', sizeof(c.sha256) - 1);
	for (i = 0; cn[i] != '\0' && i < 40; i++)
		c.sha256[i] = cn[i];
	memcpy(c.spki_sha256, c.sha256, sizeof(c.sha256));
	return c;
}

#endif
