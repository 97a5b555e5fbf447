/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ldap_reply - LDAP server bytes to replies; the grammar stands in the header
 */
#include <string.h>

#include "reply/ber.h"
#include "reply/ldap_reply.h"

enum {
	EXTENDED_RESPONSE = 0x78,
	REFERRAL = 0xa3,
	RESPONSE_NAME = 0x8a
};

static const struct {
	uint64_t	 result;
	const char	*name;
} results[] = {
	{ 0, "success" }, { 1, "operationsError" }, { 2, "protocolError" },
	{ 3, "timeLimitExceeded" }, { 7, "authMethodNotSupported" },
	{ 8, "strongerAuthRequired" }, { 10, "referral" },
	{ 11, "adminLimitExceeded" },
	{ 12, "unavailableCriticalExtension" },
	{ 13, "confidentialityRequired" }, { 50, "insufficientAccessRights" },
	{ 51, "busy" }, { 52, "unavailable" }, { 53, "unwillingToPerform" },
	{ 80, "other" }
};

const char *
ldap_result_name(uint64_t result)
{
	size_t i;

	for (i = 0; i < sizeof(results) / sizeof(results[0]); i++)
		if (results[i].result == result)
			return results[i].name;
	return NULL;
}

enum scan_result
ldap_scan(struct scan *scan, struct span bytes, bool bodies)
{
	uint64_t content;
	size_t header;

	(void)bodies;
	if (bytes.len > 0 && (unsigned char)bytes.p[0] != BER_SEQUENCE)
		return reply_foreign(scan, bytes);
	scan->pos = bytes.len;
	switch (ber_head(bytes, &header, &content)) {
	case BER_HEAD_BAD:
		return SCAN_BAD;
	case BER_HEAD_MORE:
		return SCAN_MORE;
	case BER_HEAD_WHOLE:
		break;
	}
	if (content > LDAP_REPLY_MAX - header)
		return SCAN_BAD;
	if (bytes.len < header + content)
		return SCAN_MORE;
	scan->pos = header + (size_t)content;
	return SCAN_REPLY;
}

/* extended_response - what is in it */
static bool
extended_response(struct span in, struct reply *r)
{
	struct span part;

	if (!ber_take(&in, BER_ENUMERATED, &part) ||
	    !ber_number(part, &r->number) ||
	    !ber_take(&in, BER_OCTETS, &part) ||
	    !ber_take(&in, BER_OCTETS, &r->text))
		return false;
	r->has_number = true;
	r->line = r->text;
	(void)ber_take(&in, REFERRAL, &part);
	(void)ber_take(&in, RESPONSE_NAME, &r->word);
	return true;
}

bool
ldap_reply(struct span bytes, struct reply *r)
{
	struct span message, part;
	uint64_t id;

	memset(r, 0, sizeof(*r));
	r->line = bytes;
	if (!ber_take(&bytes, BER_SEQUENCE, &message) ||
	    !ber_take(&message, BER_INTEGER, &part) ||
	    !ber_number(part, &id) ||
	    !ber_take(&message, EXTENDED_RESPONSE, &part) ||
	    !extended_response(part, r))
		return false;
	r->tag = (unsigned)id;
	r->kind = id == 0 ? REPLY_UNTAGGED : REPLY_TAGGED;
	r->status = id == 0 ? REPLY_BYE :
	    r->number == LDAP_SUCCESS ? REPLY_OK :
	    r->number == LDAP_PROTOCOL_ERROR ? REPLY_BAD : REPLY_NO;
	return true;
}
