/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_sieve_reply - the scanner and the parser of ManageSieve replies
 */
#include "fuzz.h"
#include "reply/sieve_reply.h"
#include "reply_fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return reply_fuzz(sieve_scan, sieve_reply,
	    (struct span){ (const char *)data, size });
}
