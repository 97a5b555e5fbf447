/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_pem - the certificates in a text
 *
 * Base64 has no dash, so a block ends where the next dashes are, or is broken:
 * what is behind it is never searched twice.
 */
#define _GNU_SOURCE
#include <string.h>

#include "base/base64.h"
#include "world/cert_der.h"
#include "world/cert_pem.h"

static const char begin_mark[] = "-----BEGIN ";
static const char end_mark[] = "-----END ";
static const char dashes[] = "-----";

static const struct {
	const char	*label;
	bool		 (*read)(struct cert_bag *, struct span);
} labels[] = {
	{ "CERTIFICATE", cert_der_one },
	{ "X509 CERTIFICATE", cert_der_one },
	{ "TRUSTED CERTIFICATE", cert_der_one },
	{ "PKCS7", cert_der_pkcs7 },
	{ "PKCS #7 SIGNED DATA", cert_der_pkcs7 },
	{ "CMS", cert_der_pkcs7 }
};

/* skip_to - cut off what stands before the mark; false if it is not there */
static bool
skip_to(struct span *text, const char *mark)
{
	const char *found = memmem(text->p, text->len, mark, strlen(mark));

	if (found == NULL)
		return false;
	text->len -= (size_t)(found - text->p);
	text->p = found;
	return true;
}

static void
skip(struct span *text, size_t n)
{
	text->p += n;
	text->len -= n;
}

bool
cert_pem_is(struct span text)
{
	return skip_to(&text, begin_mark);
}

/* label_at - the number of a label that is known, and else of how many there are */
static size_t
label_at(struct span label)
{
	size_t i;

	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (label.len == strlen(labels[i].label) &&
		    memcmp(label.p, labels[i].label, label.len) == 0)
			break;
	return i;
}

/* without_headers - RFC 1421 section 4.6: they end with an empty line */
static struct span
without_headers(struct span body)
{
	struct span rest = span_trim(body);

	if (memchr(body.p, ':', body.len) == NULL)
		return body;
	while (rest.len > 0)
		if (span_trim(span_line(&rest)).len == 0)
			return rest;
	return body;
}

static bool
decode(struct buf *der, struct span body)
{
	struct buf bare;
	struct span line;
	bool done;

	buf_init(&bare, CERT_DER_MAX / 3 * 4 + 4);
	body = without_headers(body);
	while (body.len > 0) {
		line = span_trim(span_line(&body));
		if (!buf_span_add(&bare, line))
			break;
	}
	done = !bare.overflow && bare.len > 0 &&
	    base64_decode(der, buf_span(&bare));
	der->nomem = der->nomem || bare.nomem;
	buf_free(&bare);
	return done;
}

/* block - one that is taken, by the number of its label */
static bool
block(struct cert_bag *bag, size_t label, struct span body)
{
	struct buf der;
	bool done = false;

	buf_init(&der, CERT_DER_MAX);
	if (decode(&der, body))
		done = labels[label].read(bag, buf_span(&der));
	else if (der.nomem)
		(void)cert_bag_nomem(bag);
	else
		(void)cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE,
		    "certificate %d in it is no base64 or over %d KiB: copy "
		    "the file anew", sk_X509_num(bag->certs) < 0 ? 1 :
		    sk_X509_num(bag->certs) + 1, CERT_DER_MAX / 1024);
	buf_free(&der);
	return done;
}

/* next_block - the label and the body of the next one; *ended: by its own mark */
static bool
next_block(struct span *text, struct span *label, struct span *body,
    bool *ended)
{
	if (!skip_to(text, begin_mark))
		return false;
	skip(text, strlen(begin_mark));
	*label = *text;
	*body = (struct span){ text->p, 0 };
	*ended = false;
	if (!skip_to(text, dashes)) {
		skip(text, text->len);
		label->len = 0;
		return true;
	}
	label->len = (size_t)(text->p - label->p);
	skip(text, strlen(dashes));
	*body = *text;
	if (!skip_to(text, dashes)) {
		skip(text, text->len);
		return true;
	}
	body->len = (size_t)(text->p - body->p);
	*ended = span_begins(*text, end_mark);
	return true;
}

bool
cert_pem_read(struct cert_bag *bag, struct span text)
{
	struct span label, body;
	bool ended;
	size_t nth;

	bag->ordered = true;
	while (next_block(&text, &label, &body, &ended)) {
		nth = label_at(label);
		if (nth == sizeof(labels) / sizeof(labels[0]))
			continue;
		if (!ended)
			return cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE,
			    "certificate %d in it is cut short: copy the file "
			    "anew", sk_X509_num(bag->certs) < 0 ? 1 :
			    sk_X509_num(bag->certs) + 1);
		if (!block(bag, nth, body))
			return false;
	}
	if (sk_X509_num(bag->certs) > 0)
		return true;
	return cert_bag_vacant(bag, "it holds no certificate, but other "
	    "blocks of PEM: name the file of the certificate");
}
