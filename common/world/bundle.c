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
static const char dashes[] = "-----";

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

/* find - a mark in text[from..), its offset or `len`; few dashes stand elsewhere, and memmem() is slower than memchr() */
static size_t
find(const struct bundle *b, size_t from, const char *mark)
{
	size_t len = strlen(mark);
	const char *at = b->text + from, *end = b->text + b->len;

	while ((at = memchr(at, '-', (size_t)(end - at))) != NULL &&
	    (size_t)(end - at) >= len) {
		if (at[DASHES] == mark[DASHES] && memcmp(at, mark, len) == 0)
			return (size_t)(at - b->text);
		/* no mark can begin before the next that is no dash, but for its last five */
		at += at[DASHES - 1] == '-' && at[DASHES] == '-' ? 1 : DASHES;
	}
	return b->len;
}

static bool
is_certificate(struct span label)
{
	static const char usual[] = "CERTIFICATE-----";
	static const char *const labels[] = {
		usual, "X509 CERTIFICATE-----",
		"TRUSTED CERTIFICATE-----"
	};
	size_t i;

	if (label.len >= strlen(usual) &&
	    memcmp(label.p, usual, strlen(usual)) == 0)
		return true;
	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (span_begins(label, labels[i]))
			return true;
	return false;
}

/* open_entry - the certificate of a block, undecoded */
static bool
open_entry(const struct bundle *b, const struct bundle_entry *entry,
    struct pem_cert *cert)
{
	struct span body = { b->text + entry->body, entry->end - entry->body };

	return body.len <= BUNDLE_CERT_MAX &&
	    pem_cert_open(cert, body, b->scratch);
}

static bool
hash_entry(const struct bundle *b, const struct bundle_entry *entry,
    struct name_hash *hash)
{
	struct pem_cert cert;
	struct span subject;

	return open_entry(b, entry, &cert) &&
	    pem_cert_subject(&cert, &subject) && name_hash(subject, hash);
}

static bool
add_block(struct bundle *b, size_t at, size_t end)
{
	struct bundle_entry *entry = &b->entries[b->n];
	const char *newline = memchr(b->text + at, '\n', end - at), *tail;
	struct pem_cert cert;
	struct span last;

	/* without an end to the block there is nothing behind it to look for */
	if (newline == NULL || end == b->len)
		return false;
	entry->at = at;
	entry->body = (size_t)(newline - b->text) + 1;
	entry->end = end;
	end += strlen(end_mark);
	tail = memmem(b->text + end, b->len - end, dashes, DASHES);
	if (tail == NULL)
		return false;
	entry->len = (size_t)(tail - b->text) + DASHES - at;
	if (!open_entry(b, entry, &cert) ||
	    !pem_cert_subject_end(&cert, NAME_TAIL_BYTES, &last))
		return false;
	entry->tail = name_tail(last);
	b->n++;
	return true;
}

/* scan - find every block */
static bool
scan(struct bundle *b, struct buf *why)
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
			if (!add_block(b, at, end)) {
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
	bool done = false;

	memset(b, 0, sizeof(*b));
	if (!read_file(b, path, why))
		goto out;
	b->entries = malloc(BUNDLE_CERTS_MAX * sizeof(*b->entries));
	b->scratch = malloc((size_t)2 * BUNDLE_CERT_MAX);
	if (b->entries == NULL || b->scratch == NULL)
		(void)refuse_nomem(b, why);
	else
		done = scan(b, why);
out:
	if (!done)
		bundle_free(b);
	return done;
}

static bool
name_der(const X509_NAME *name, struct span *der)
{
	const unsigned char *p;

	if (X509_NAME_get0_der(name, &p, &der->len) != 1)
		return false;
	der->p = (const char *)p;
	return true;
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
	const struct bundle_entry *entry;
	struct name_hash hash, other;
	struct span der;
	uint64_t tail;
	X509 *cert;

	if (!name_der(subject, &der) || !name_hash(der, &hash))
		return NULL;
	tail = name_tail(der);
	while (*at < b->n) {
		entry = &b->entries[(*at)++];
		if (tail != entry->tail && tail != 0 && entry->tail != 0)
			continue;
		if (hash_entry(b, entry, &other) && other.name == hash.name &&
		    (cert = parse(b, entry)) != NULL)
			return cert;
	}
	return NULL;
}

bool
bundle_has_org(const struct bundle *b, const X509_NAME *name)
{
	struct name_hash hash, other;
	struct span der;
	size_t i;

	if (!name_der(name, &der) || !name_hash(der, &hash) || hash.org == 0)
		return false;
	for (i = 0; i < b->n; i++)
		if (hash_entry(b, &b->entries[i], &other) &&
		    other.org == hash.org)
			return true;
	return false;
}

void
bundle_free(struct bundle *b)
{
	free(b->text);
	free(b->scratch);
	free(b->entries);
	b->text = b->scratch = NULL;
	b->entries = NULL;
	b->len = b->n = 0;
}
