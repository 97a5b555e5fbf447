/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_ldap_reply - the scanner and the parser of LDAP replies
 */
#include "fuzz.h"
#include "reply/ldap_reply.h"
#include "reply_fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return reply_fuzz(ldap_scan, ldap_reply,
	    (struct span){ (const char *)data, size });
}
