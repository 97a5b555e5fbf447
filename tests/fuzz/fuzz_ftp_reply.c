/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_ftp_reply - the scanner and the parser of FTP replies
 */
#include "fuzz.h"
#include "reply/ftp_reply.h"
#include "reply_fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return reply_fuzz(ftp_scan, ftp_reply,
	    (struct span){ (const char *)data, size });
}
