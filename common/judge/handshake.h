/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * handshake - why TLS did not come about
 *
 * Causes: tls.port-speaks-plaintext, tls.starttls-refused, tls.injection,
 * tls.version, tls.policy, tls.client-certificate, tls.handshake,
 * tls.server-setup, tls.closed, connect.reset, internal.error.
 */
#ifndef JUDGE_HANDSHAKE_H
#define JUDGE_HANDSHAKE_H

#include "judge/tls_facts.h"
#include "report/result.h"

/* handshake_judge - outcome other than TLS_DONE to a finding of the tls stage; `starttls` says that the connection spoke in clear before (then clear bytes are an injection, unless they are a plain farewell: "* BYE", "-ERR", "4yz": tls.starttls-refused) */
void	handshake_judge(struct sheet *, const struct tls_facts *, bool starttls, const char *whom);
/* handshake_clear - the cause of the bytes that came in clear where the handshake was to begin after STARTTLS */
enum cause	handshake_clear(struct span);
/* handshake_closed - the connection ended during the handshake; `facts` say how far it was.  Before the server's first record: reset is connect.reset (implicit TLS only), an end is tls.server-setup; later tls.closed */
void	handshake_closed(struct sheet *, const struct tls_facts *, bool reset, bool starttls, const char *whom);

#endif
