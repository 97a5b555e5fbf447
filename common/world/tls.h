/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls - a byte engine: cipher bytes in, cipher bytes out, no socket
 *
 * OpenSSL over memory BIOs.  Verification does not abort the handshake: the
 * chain, the path and every fault are gathered as facts and judged afterwards
 * (judge/cert), and it is the session that then sends no credential.  The CA
 * bundle is never parsed whole: issuers come from the hash folder, or the one
 * bundle file is scanned for the subject that is needed.
 */
#ifndef WORLD_TLS_H
#define WORLD_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/target.h"
#include "judge/tls_facts.h"
#include "report/cause.h"

struct tls_context;	/* one per run: versions, trust, client certificate */
struct tls;		/* one per connection, while it lives */

struct tls_config {
	const char	*ca_file;	/* PEM of roots to trust, instead of the system's; NULL */
	const char	*ca_path;	/* hash folder, instead of the system's; NULL */
	bool		 verify;
	int		 min, max;	/* 10 11 12 13; max 0: no upper bound */
	const char	*client_cert;	/* PEM, may hold the chain and the key; NULL */
	const char	*client_key;	/* NULL: in client_cert */
	bool		 keep_der;	/* of what is sent, for world/cert_again */
	int64_t		 now;		/* judge validity as of then, seconds since 1970 */
	bool		 lenient;	/* to learn what a server has, and not to trust it: whatever the library still can do, nothing verified; of the above nothing counts then */
};

enum tls_step {
	TLS_MORE,	/* the handshake goes on: send what is in `out`, feed what comes */
	TLS_UP,		/* it is done, once; application bytes may follow in `in`.  An end in the same bytes is told by the next call. */
	TLS_FAILED,	/* it failed, or a fatal alert came later: see tls_facts() */
	TLS_END		/* close_notify from the server */
};

/* tls_context_new - NULL with a sentence in `why` and *cause set: usage.option for files that cannot be read or parsed (naming file and reason), internal.error otherwise */
struct tls_context *tls_context_new(const struct tls_config *, enum cause *, struct buf *why);
void		 tls_context_free(struct tls_context *);

/* tls_new - ready to send its ClientHello at the first tls_feed() (with no bytes); verifies against target.sni, else the address given as host */
struct tls	*tls_new(struct tls_context *, const struct target *);
/*
 * tls_feed - cipher bytes from the network (none to begin); what is to be sent
 * is appended to `out`, application bytes to `in`; TLS_MORE once it is up.
 * Bytes that are no TLS make the outcome TLS_NOT_TLS at once, and TLS_FAILED
 * when their line has ended; before, the connection or the deadline may end.
 */
enum tls_step	 tls_feed(struct tls *, struct span, struct buf *out, struct buf *in);
/* tls_write - encrypt application bytes into `out`; false when it cannot (after TLS_FAILED) */
bool		 tls_write(struct tls *, struct span, struct buf *out);
/* tls_bye - close_notify into `out`, unless the connection is not up or failed */
void		 tls_bye(struct tls *, struct buf *out);
/* tls_facts - what is known so far; owned by the engine and valid until tls_free() or tls_take_facts() */
const struct tls_facts *tls_facts(const struct tls *);
/* tls_take_facts - move the facts out; the caller frees them with tls_facts_free() and free() */
struct tls_facts *tls_take_facts(struct tls *);
void		 tls_free(struct tls *);

#endif
