/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_der - certificates in DER or BER
 */
#include <string.h>

#include <openssl/err.h>
#include <openssl/pkcs7.h>

#include "world/cert_der.h"
#include "world/cert_p12.h"
#include "world/der.h"

enum {
	BER_INTEGER = 0x02,
	BER_INDEFINITE = 0x80,	/* a length that only the end of the value tells */
	PFX_VERSION = 3		/* RFC 7292 section 4 */
};

/* what a value looks like from its front */
struct part {
	unsigned char	tag;
	struct span	body;	/* as far as it is there */
	struct span	rest;	/* behind it */
	bool		cut;	/* it is longer than that */
};

/* 1.2.840.113549.1.7, PKCS#7 */
static const unsigned char pkcs7_arc[] = {
	0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07
};

/* part - the value at the front; false if there is none */
static bool
part(struct span from, struct part *p)
{
	struct der_head head;

	if (from.len >= 2 && (unsigned char)from.p[1] == BER_INDEFINITE)
		head = (struct der_head){ (unsigned char)from.p[0], 2,
		    from.len - 2 };
	else if (!der_head(from, &head))
		return false;
	p->tag = head.tag;
	p->cut = head.len > from.len - head.head;
	p->body = (struct span){ from.p + head.head,
	    p->cut ? from.len - head.head : head.len };
	p->rest = (struct span){ p->body.p + p->body.len,
	    from.len - head.head - p->body.len };
	return true;
}

/* is_pfx - the version, and the content that is authenticated */
static bool
is_pfx(const struct part *version)
{
	struct part content, type;

	return version->body.len == 1 && version->body.p[0] == PFX_VERSION &&
	    part(version->rest, &content) && content.tag == DER_SEQUENCE &&
	    part(content.body, &type) && type.tag == DER_OID;
}

/* reader - by the first values in it; NULL for what certificates never are */
static bool
(*reader(const struct part *whole))(struct cert_bag *, struct span)
{
	struct part first, second;

	if (!part(whole->body, &first))
		return NULL;
	if (first.tag == DER_OID && first.body.len > sizeof(pkcs7_arc) &&
	    memcmp(first.body.p, pkcs7_arc, sizeof(pkcs7_arc)) == 0)
		return cert_der_pkcs7;
	if (first.tag == BER_INTEGER && is_pfx(&first))
		return cert_p12_read;
	/* only a certificate has a version in brackets there */
	if (first.tag == DER_SEQUENCE && part(first.body, &second) &&
	    second.tag == DER_CONTEXT_0)
		return cert_der_one;
	return NULL;
}

/* old_one - a certificate of version 1 begins as requests and lists do */
static bool
old_one(struct cert_bag *bag, struct span der)
{
	const unsigned char *p = (const unsigned char *)der.p;
	X509 *cert = d2i_X509(NULL, &p, (long)der.len);

	ERR_clear_error();
	if (cert != NULL)
		return cert_bag_add(bag, cert);
	return cert_bag_vacant(bag, "it holds no certificate: name a file in "
	    "PEM, DER, PKCS#7 or PKCS#12");
}

/* java - the magic number of a key store of Java's own */
static bool
java(struct span bytes)
{
	return bytes.len >= 4 && (memcmp(bytes.p, "\xfe\xed\xfe\xed", 4) == 0 ||
	    memcmp(bytes.p, "\xce\xce\xce\xce", 4) == 0);
}

bool
cert_der_read(struct cert_bag *bag, struct span der)
{
	bool (*read)(struct cert_bag *, struct span) = NULL;
	struct part whole = { .cut = false };

	if (java(der))
		return cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE, "it is a "
		    "Java key store: make it PKCS#12 with keytool "
		    "-importkeystore -deststoretype pkcs12");
	if (part(der, &whole) && whole.tag == DER_SEQUENCE)
		read = reader(&whole);
	if (der.len > CERT_DER_MAX && read != NULL)
		return cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE,
		    "it is larger than %d KiB, which is a lot for no PEM: "
		    "split it", CERT_DER_MAX / 1024);
	if (der.len > CERT_DER_MAX)
		der.len = 0;
	if (read == NULL)
		return old_one(bag, der);
	if (whole.cut)
		return cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE,
		    "it is cut short: copy the file anew");
	return read(bag, der);
}

bool
cert_der_one(struct cert_bag *bag, struct span der)
{
	const unsigned char *p = (const unsigned char *)der.p;
	X509 *cert = d2i_X509(NULL, &p, (long)der.len);
	int n = sk_X509_num(bag->certs);

	ERR_clear_error();
	if (cert != NULL)
		return cert_bag_add(bag, cert);
	return cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE,
	    "certificate %d in it cannot be decoded: copy or make it anew",
	    n < 0 ? 1 : n + 1);
}

bool
cert_der_pkcs7(struct cert_bag *bag, struct span der)
{
	const unsigned char *p = (const unsigned char *)der.p;
	PKCS7 *message = d2i_PKCS7(NULL, &p, (long)der.len);
	STACK_OF(X509) *certs = message != NULL &&
	    PKCS7_type_is_signed(message) && message->d.sign != NULL ?
	    message->d.sign->cert : NULL;
	bool done = true;
	X509 *cert;
	int i;

	ERR_clear_error();
	bag->ordered = false;
	for (i = 0; i < sk_X509_num(certs) && done; i++) {
		cert = sk_X509_value(certs, i);
		if (X509_up_ref(cert) == 1)
			done = cert_bag_add(bag, cert);
	}
	if (message == NULL)
		done = cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE, "it is "
		    "PKCS#7 that cannot be decoded: copy or make it anew");
	else if (sk_X509_num(certs) <= 0)
		done = cert_bag_vacant(bag, "it is PKCS#7 without a "
		    "certificate: name the file of the certificate");
	PKCS7_free(message);
	return done;
}
