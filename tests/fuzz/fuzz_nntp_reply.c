/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_nntp_reply - the scanner and the parser of NNTP replies
 */
#include "fuzz.h"
#include "reply/nntp_reply.h"
#include "reply_fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return reply_fuzz(nntp_scan, nntp_reply,
	    (struct span){ (const char *)data, size });
}
