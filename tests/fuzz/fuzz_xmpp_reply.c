/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_xmpp_reply - the scanner and the parser of XMPP replies
 */
#include "fuzz.h"
#include "reply/xmpp_reply.h"
#include "reply_fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return reply_fuzz(xmpp_scan, xmpp_reply,
	    (struct span){ (const char *)data, size });
}
