/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_dialects - whole sessions up to TLS in any protocol, as events; the first
 * byte chooses the protocol
 */
#include "dialog/dialects.h"
#include "fuzz.h"
#include "session_fuzz.h"

enum { DIALECTS = 11 };

static void
wish(struct login *login, bool wishes, unsigned longer)
{
	(void)login;
	(void)wishes;
	(void)longer;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct dialect *d;
	struct fuzzed fuzzed = { .plugin = "check_tls_cert", .wish = wish };

	if (size == 0)
		return 0;
	d = dialect_of(span_of(dialect_names[data[0] % DIALECTS]));
	fuzzed.protocol = d->protocol;
	fuzzed.ladder = d->ladder;
	return session_fuzz(&fuzzed, data + 1, size - 1);
}
