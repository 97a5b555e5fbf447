/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_postgres_reply - the scanner and the parser of answers to SSLRequest
 */
#include "fuzz.h"
#include "reply/postgres_reply.h"
#include "reply_fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span all = { (const char *)data, size };

	/* cut behind its first letter, an SSH server says yes */
	if (span_begins(all, "SSH-"))
		return 0;
	return reply_fuzz(postgres_scan, postgres_reply, all);
}
