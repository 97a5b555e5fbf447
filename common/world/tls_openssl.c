/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_openssl - the engine over OpenSSL
 */
#include "world/tls_engine.h"

const struct tls_engine tls_openssl = {
	.context_new = tls_context_new,
	.context_free = tls_context_free,
	.start = tls_new,
	.feed = tls_feed,
	.write = tls_write,
	.bye = tls_bye,
	.facts = tls_facts,
	.take_facts = tls_take_facts,
	.free = tls_free,
	.judge_file = cert_file_judge,
	.judge_again = cert_again_judge,
	.holds_cert = cert_again_holds,
	.digests = &digests_openssl
};
