/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bundle - a PEM file with many certificates, hardly parsed at all
 *
 * RFC 7468 section 3 and 5: a line "-----BEGIN CERTIFICATE-----", lines of
 * base64, a line "-----END CERTIFICATE-----"; all else is commentary.  OpenSSL
 * also writes "X509 CERTIFICATE" and "TRUSTED CERTIFICATE".
 */
#define _GNU_SOURCE
#include "world/bundle.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/pem.h>

#include "world/name_hash.h"
#include "world/pem_cert.h"

enum {
	BUNDLE_CERT_MAX = 128 * 1024,	/* bytes of one PEM block */
	BUNDLE_READ_MIN = 64 * 1024,	/* room for a file of unknown size */
	DASHES = 5			/* before and behind a label */
};

static const char begin_mark[] = "-----BEGIN ";
static const char end_mark[] = "-----END ";

static bool
refuse(struct buf *why, const char *reason)
{
	(void)buf_str(why, reason);
	return false;
}

static bool
refuse_nomem(struct bundle *b, struct buf *why)
{
	b->nomem = true;
	return refuse(why, strerror(ENOMEM));
}

/* read_all - into b->text, which takes one byte more than the cap; `size` is a guess that spares copying */
static bool
read_all(struct bundle *b, int fd, size_t size, struct buf *why)
{
	size_t	 want = 0;
	char	*grown;
	ssize_t	 n = 1;

	while (n != 0 && b->len <= BUNDLE_BYTES_MAX) {
		if (b->text == NULL || b->len == size) {
			want = b->text == NULL ? size : 2 * size;
			if ((grown = realloc(b->text, want)) == NULL)
				return refuse_nomem(b, why);
			b->text = grown;
			size = want;
		}
		n = read(fd, b->text + b->len, size - b->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return refuse(why, strerror(errno));
		b->len += (size_t)n;
	}
	if (b->len <= BUNDLE_BYTES_MAX)
		return true;
	return refuse(why, "it is larger than 8 MiB");
}

/* read_file - a folder or a device that never ends is no bundle, a pipe may be */
static bool
read_file(struct bundle *b, const char *path, struct buf *why)
{
	struct stat st;
	bool done;
	size_t guess = BUNDLE_READ_MIN;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return refuse(why, strerror(errno));
	if (fstat(fd, &st) != 0) {
		done = refuse(why, strerror(errno));
	} else if (S_ISDIR(st.st_mode)) {
		done = refuse(why, strerror(EISDIR));
	} else {
		/* a byte more to see the end in */
		if (st.st_size >= BUNDLE_READ_MIN &&
		    st.st_size <= BUNDLE_BYTES_MAX)
			guess = (size_t)st.st_size + 1;
		done = read_all(b, fd, guess, why);
	}
	(void)close(fd);
	return done;
}

/* find - a string that begins with five dashes in text[from..), its offset or `len`; few dashes stand elsewhere, and memmem() is slower than memchr() */
static size_t
find(const struct bundle *b, size_t from, const char *s)
{
	size_t len = strlen(s);
	const char *at = b->text + from, *end = b->text + b->len;

	/* where the fifth is no dash, none of the five begins the string */
	while ((at = memchr(at, '-', (size_t)(end - at))) != NULL &&
	    (size_t)(end - at) >= len) {
		if (memcmp(at, s, len) == 0)
			return (size_t)(at - b->text);
		at += at[DASHES - 1] == '-' ? 1 : DASHES;
	}
	return b->len;
}

static bool
is_certificate(struct span label)
{
	static const char *const labels[] = {
		"CERTIFICATE-----", "X509 CERTIFICATE-----",
		"TRUSTED CERTIFICATE-----"
	};
	size_t i;

	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (span_begins(label, labels[i]))
			return true;
	return false;
}

/* hash_block - find the subject in what stands between the marks */
static bool
hash_block(struct span body, char *scratch, struct bundle_entry *entry)
{
	struct name_hash hash;
	struct pem_cert cert;
	struct span subject;

	if (body.len > BUNDLE_CERT_MAX ||
	    !pem_cert_open(&cert, body, scratch) ||
	    !pem_cert_subject(&cert, &subject) || !name_hash(subject, &hash))
		return false;
	entry->subject = hash.name;
	entry->org = hash.org;
	return true;
}

static bool
add_block(struct bundle *b, size_t at, size_t end, char *scratch)
{
	struct bundle_entry *entry = &b->entries[b->n];
	const char *body = memchr(b->text + at, '\n', end - at);

	/* without an end to the block there is nothing behind it to look for */
	if (body == NULL || end == b->len)
		return false;
	body++;
	entry->at = at;
	/* the rest of the END line is short and the same for all */
	entry->len = find(b, end + strlen(end_mark), "-----") +
	    strlen("-----") - at;
	if (at + entry->len > b->len ||
	    !hash_block((struct span){ body, (size_t)(b->text + end - body) },
	    scratch, entry))
		return false;
	b->n++;
	return true;
}

/* scan - find every block */
static bool
scan(struct bundle *b, char *scratch, struct buf *why)
{
	size_t at = 0, end, label;

	while ((at = find(b, at, begin_mark)) < b->len) {
		label = at + strlen(begin_mark);
		end = find(b, label, end_mark);
		if (is_certificate((struct span){ b->text + label,
		    b->len - label })) {
			if (b->n == BUNDLE_CERTS_MAX)
				return refuse(why,
				    "it holds more than 512 certificates");
			if (!add_block(b, at, end, scratch)) {
				(void)buf_fmt(why, "certificate %zu in it "
				    "cannot be read", b->n + 1);
				return false;
			}
		}
		at = end;
	}
	return b->n > 0 || refuse(why, "it holds no PEM certificate");
}

bool
bundle_open(struct bundle *b, const char *path, struct buf *why)
{
	char *scratch = NULL;
	bool done = false;

	memset(b, 0, sizeof(*b));
	if (!read_file(b, path, why))
		goto out;
	b->entries = malloc(BUNDLE_CERTS_MAX * sizeof(*b->entries));
	scratch = malloc((size_t)2 * BUNDLE_CERT_MAX);
	if (b->entries == NULL || scratch == NULL)
		(void)refuse_nomem(b, why);
	else
		done = scan(b, scratch, why);
out:
	free(scratch);
	if (!done)
		bundle_free(b);
	return done;
}

/* hash_name - false when the name cannot be hashed */
static bool
hash_name(const X509_NAME *name, struct name_hash *hash)
{
	const unsigned char *der;
	size_t len;

	return X509_NAME_get0_der(name, &der, &len) == 1 &&
	    name_hash((struct span){ (const char *)der, len }, hash);
}

static X509 *
parse(const struct bundle *b, const struct bundle_entry *entry)
{
	BIO *bio = BIO_new_mem_buf(b->text + entry->at, (int)entry->len);
	X509 *cert;

	if (bio == NULL)
		return NULL;
	cert = PEM_read_bio_X509_AUX(bio, NULL, NULL, NULL);
	(void)BIO_free(bio);
	return cert;
}

X509 *
bundle_next(const struct bundle *b, const X509_NAME *subject, size_t *at)
{
	struct name_hash hash;
	X509 *cert;

	if (!hash_name(subject, &hash))
		return NULL;
	for (; *at < b->n; (*at)++) {
		if (b->entries[*at].subject != hash.name)
			continue;
		cert = parse(b, &b->entries[*at]);
		if (cert != NULL) {
			(*at)++;
			return cert;
		}
	}
	return NULL;
}

bool
bundle_has_org(const struct bundle *b, const X509_NAME *name)
{
	struct name_hash hash;
	size_t i;

	if (!hash_name(name, &hash) || hash.org == 0)
		return false;
	for (i = 0; i < b->n; i++)
		if (b->entries[i].org == hash.org)
			return true;
	return false;
}

void
bundle_free(struct bundle *b)
{
	free(b->text);
	free(b->entries);
	b->text = NULL;
	b->entries = NULL;
	b->len = b->n = 0;
}
