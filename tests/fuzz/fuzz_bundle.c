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
#include <unistd.h>

#include "fuzz.h"
#include "world/bundle.h"
#include "world/name_hash.h"

static void
look(const struct bundle *b)
{
	X509_NAME *name = X509_NAME_new();
	size_t i, at = 0;

	for (i = 0; i < b->n; i++)
		if (b->entries[i].at + b->entries[i].len > b->len)
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct name_hash hash;
	struct bundle bundle;
	struct buf why;
	char path[64];
	int fd;

	(void)name_hash((struct span){ (const char *)data, size }, &hash);
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
