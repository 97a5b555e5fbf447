/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_engine - the TLS library behind one const struct
 *
 * Whoever drives connections calls world/tls.h through this, so that a check
 * whose usual run needs no TLS is not linked with the library: the frame gives
 * it the same struct out of a module.  The contract of each function stands
 * where it is declared.
 */
#ifndef WORLD_TLS_ENGINE_H
#define WORLD_TLS_ENGINE_H

#include "world/cert_again.h"
#include "world/cert_file.h"
#include "world/digest.h"
#include "world/tls.h"

struct tls_engine {
	struct tls_context *(*context_new)(const struct tls_config *, enum cause *, struct buf *why);
	void		 (*context_free)(struct tls_context *);
	struct tls	*(*start)(struct tls_context *, const struct target *);	/* tls_new */
	enum tls_step	 (*feed)(struct tls *, struct span, struct buf *out, struct buf *in);
	bool		 (*write)(struct tls *, struct span, struct buf *out);
	void		 (*bye)(struct tls *, struct buf *out);
	const struct tls_facts *(*facts)(const struct tls *);
	struct tls_facts *(*take_facts)(struct tls *);
	void		 (*free)(struct tls *);
	struct tls_facts *(*judge_file)(struct tls_context *, const struct cert_file_wish *, struct cert_file_refusal *);	/* cert_file_judge */
	struct tls_facts *(*judge_again)(struct tls_context *, const struct cert_again *);	/* cert_again_judge */
	bool		 (*holds_cert)(struct span);	/* cert_again_holds */
	const struct digests *digests;
};

/* tls_openssl - over OpenSSL: linked (libtls.a), or the functions of module "tls" */
extern const struct tls_engine tls_openssl;

/* what a run speaks TLS with */
struct tls_setup {
	const struct tls_engine	*engine;
	struct tls_context	*context;	/* of that engine */
};

#endif
