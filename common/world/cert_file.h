/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_file - a chain of certificates out of a file, judged as one that was sent
 */
#ifndef WORLD_CERT_FILE_H
#define WORLD_CERT_FILE_H

#include <stdint.h>

#include "base/buf.h"
#include "judge/tls_facts.h"
#include "report/cause.h"

struct tls_context;

enum {
	CERT_FILE_MAX = 4 * 1024 * 1024,	/* bytes of a file that are read */
	CERT_FILE_CERTS = 1000			/* certificates of one */
};

struct cert_file_wish {
	const char	*path;
	const char	*name;		/* that the leaf should have, "" any */
	int64_t		 now;		/* seconds since 1970 */
};

/* cert_file_judge - facts of the chain in that file, the leaf first, verified by the trust of the context; the caller frees them with tls_facts_free() and free().  NULL with a sentence in `why` and *cause set: usage.option for a file that cannot be read or holds no certificate, internal.error without memory. */
struct tls_facts	*cert_file_judge(struct tls_context *, const struct cert_file_wish *, enum cause *, struct buf *why);

#endif
