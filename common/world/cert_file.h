/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_file - a chain of certificates out of a file, judged as one that was sent
 *
 * PEM, DER, PKCS#7 and PKCS#12 are told apart by what is in the file.  Only
 * regular files are read, so that nothing is waited for; symbolic links are
 * followed.
 */
#ifndef WORLD_CERT_FILE_H
#define WORLD_CERT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"
#include "judge/tls_facts.h"
#include "report/cause.h"

struct tls_context;

enum {
	CERT_FILE_MAX = 4 * 1024 * 1024	/* bytes of a file that is read */
};

struct cert_file_wish {
	const char	*path;
	const char *const *names;	/* of which the leaf should have any; names or addresses in ASCII */
	size_t		 nnames;	/* 0: no name is looked at */
	struct span	 password;	/* for PKCS#12; p NULL none */
	int64_t		 now;		/* seconds since 1970 */
};

/* why a file gave no chain */
struct cert_file_refusal {
	enum cause	 cause;	/* cert.unreadable; usage.secret: locked, and not with that password; internal.error */
	bool		 vacant;/* it can be read, and is no file of certificates */
	struct buf	 why;	/* what is wrong and what to do, without the path; the caller gives it a cap */
};

/* cert_file_judge - facts of the chain in that file, the leaf first, verified by the trust of the context; the caller frees them with tls_facts_free() and free().  NULL with the refusal. */
struct tls_facts	*cert_file_judge(struct tls_context *, const struct cert_file_wish *, struct cert_file_refusal *);

#endif
