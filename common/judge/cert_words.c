/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_words - how sentences speak of certificates
 */
#include <string.h>

#include "judge/cert_words.h"

static const struct cert_voice server = {
	.presents = "presents", .sends = "sends", .sends_not = "does not send",
	.times = "sent", .neither = "neither sent",
	.too = "the server has to send it too", .many = "are sent"
};

static const struct cert_voice file = {
	.presents = "holds", .sends = "holds", .sends_not = "lacks",
	.times = "there", .neither = "neither in the file",
	.too = "the file has to hold it too", .many = "are in it"
};

const struct cert_voice *
cert_words_voice(bool filed)
{
	return filed ? &file : &server;
}

void
cert_words_limited(struct buf *out, const char *s, size_t max)
{
	size_t len = strlen(s);

	if (len <= max) {
		(void)buf_add(out, s, len);
		return;
	}
	len = max - 3;
	while (len > 0 && ((unsigned char)s[len] & 0xc0) == 0x80)
		len--;
	(void)buf_add(out, s, len);
	(void)buf_str(out, "...");
}

void
cert_words_name(struct buf *out, const struct cert_facts *cert)
{
	if (*cert->subject_cn != '\0') {
		(void)buf_str(out, "CN=");
		cert_words_limited(out, cert->subject_cn, CERT_NAME_SHOWN);
	} else if (*cert->subject != '\0') {
		cert_words_limited(out, cert->subject, CERT_NAME_SHOWN);
	} else {
		(void)buf_str(out, "the certificate with serial number ");
		cert_words_limited(out, cert->serial, CERT_NAME_SHOWN);
	}
}

void
cert_words_issuer(struct buf *out, const struct cert_facts *cert)
{
	if (*cert->issuer != '\0')
		cert_words_limited(out, cert->issuer, CERT_NAME_SHOWN);
	else
		(void)buf_str(out, "an issuer without a name");
}

void
cert_words_hosts(struct buf *out, const struct cert_facts *cert)
{
	size_t i, more;

	for (i = 0; i < cert->nnames && i < CERT_NAMES_SHOWN; i++) {
		if (i > 0)
			(void)buf_str(out, ", ");
		cert_words_limited(out, cert->names[i], CERT_NAME_SHOWN / 2);
	}
	more = cert->nnames - i + cert->more_names;
	if (more > 0)
		(void)buf_fmt(out, " and %zu more", more);
}
