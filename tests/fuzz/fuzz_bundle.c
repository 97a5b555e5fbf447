/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_bundle - files of PEM certificates, and the DER of one
 *
 * The scanner takes a path: the bytes are put in a file that has a name in
 * /proc alone.
 */
#define _GNU_SOURCE
#include <sys/mman.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base64.h"
#include "fuzz.h"
#include "world/bundle.h"
#include "world/name_hash.h"
#include "world/pem_cert.h"

enum { LINE_CHARS = 64, DER_MAX = 65536 };

static void
look(const struct bundle *b)
{
	X509_NAME *name = X509_NAME_new();
	size_t i, at = 0;

	for (i = 0; i < b->n; i++)
		if (b->entries[i].at + b->entries[i].len > b->len ||
		    b->entries[i].body > b->entries[i].end)
			abort();
	if (name == NULL)
		return;
	(void)X509_NAME_add_entry_by_txt(name, "O", MBSTRING_ASC,
	    (const unsigned char *)"Test", -1, -1, 0);
	(void)bundle_has_org(b, name);
	/* as if each subject were the one that is looked for */
	for (i = 0; i < b->n && i < 8; i++)
		X509_free(bundle_next(b, name, &at));
	X509_NAME_free(name);
}

/* subject_of - the subject in base64, and its end alone; false if there is none */
static bool
subject_of(const struct buf *base64, struct buf *subject, struct buf *last)
{
	char *scratch = malloc(2 * base64->len + 1);
	struct pem_cert cert;
	struct span found;
	bool whole = false, end = false;

	if (scratch == NULL)
		return false;
	if (pem_cert_open(&cert, buf_span(base64), scratch) &&
	    pem_cert_subject(&cert, &found)) {
		whole = true;
		(void)buf_span_add(subject, found);
	}
	if (pem_cert_open(&cert, buf_span(base64), scratch) &&
	    pem_cert_subject_end(&cert, NAME_TAIL_BYTES, &found)) {
		end = true;
		(void)buf_span_add(last, found);
	}
	if (whole != end || (whole && name_tail(buf_span(subject)) !=
	    name_tail(buf_span(last))))
		abort();
	free(scratch);
	return whole;
}

/* look_wrapped - the same is found in lines of 64 characters, where little is decoded, and in one of any length */
static void
look_wrapped(struct span der)
{
	struct buf one, lines, found[4];
	size_t i;

	buf_init(&one, 2 * DER_MAX);
	buf_init(&lines, 2 * DER_MAX);
	for (i = 0; i < 4; i++)
		buf_init(&found[i], DER_MAX);
	base64_encode(&one, der);
	for (i = 0; i < one.len; i += LINE_CHARS) {
		(void)buf_add(&lines, one.data + i, one.len - i < LINE_CHARS ?
		    one.len - i : LINE_CHARS);
		(void)buf_char(&lines, '\n');
	}
	if (subject_of(&one, &found[0], &found[1]) !=
	    subject_of(&lines, &found[2], &found[3]) ||
	    found[0].len != found[2].len || (found[0].len > 0 &&
	    memcmp(found[0].data, found[2].data, found[0].len) != 0))
		abort();
	for (i = 0; i < 4; i++)
		buf_free(&found[i]);
	buf_free(&one);
	buf_free(&lines);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct name_hash hash;
	struct bundle bundle;
	struct buf why;
	char path[64];
	int fd;

	(void)name_hash((struct span){ (const char *)data, size }, &hash);
	if (size > 0 && size <= DER_MAX)
		look_wrapped((struct span){ (const char *)data, size });
	fd = memfd_create("bundle", MFD_CLOEXEC);
	if (fd < 0)
		return 0;
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	buf_init(&why, 4096);
	if (write(fd, data, size) == (ssize_t)size) {
		if (bundle_open(&bundle, path, &why)) {
			look(&bundle);
			bundle_free(&bundle);
		} else if (why.len == 0) {
			abort();
		}
	}
	buf_free(&why);
	close(fd);
	return 0;
}
