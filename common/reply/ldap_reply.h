/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ldap_reply - LDAP server bytes to replies (RFC 4511 sections 4.1.1, 4.1.9,
 * 4.4.1 and 4.12)
 *
 *	LDAPMessage	 = SEQUENCE { messageID, ExtendedResponse, [0] controls }
 *	ExtendedResponse = [APPLICATION 24] SEQUENCE { resultCode ENUMERATED,
 *			   matchedDN, diagnosticMessage, [3] referral OPTIONAL,
 *			   [10] responseName OPTIONAL, [11] value OPTIONAL }
 *
 * Nothing but an extended request is ever asked, so every other operation is a
 * violation.
 */
#ifndef REPLY_LDAP_REPLY_H
#define REPLY_LDAP_REPLY_H

#include "base/span.h"
#include "reply/reply.h"
#include "reply/scan.h"

enum {
	LDAP_REPLY_MAX = 64 * 1024	/* bytes of one message */
};

/* results that are told apart (RFC 4511 appendix A) */
enum ldap_result {
	LDAP_SUCCESS = 0,
	LDAP_PROTOCOL_ERROR = 2,	/* also: no such extended operation (section 4.12) */
	LDAP_BUSY = 51,
	LDAP_UNAVAILABLE = 52
};

/* ldap_scan - see struct protocol.scan; there are no bodies */
enum scan_result ldap_scan(struct scan *, struct span, bool bodies);
/*
 * ldap_reply - parse one whole message; false: a violation.  `number` is the
 * result and `tag` the message's id, `word` the response's name; `text` and
 * `line` are the words for people.  An unsolicited notification (id 0), of
 * which there is but the notice of disconnection, is an untagged BYE.
 */
bool		 ldap_reply(struct span, struct reply *);
/* ldap_result_name - "protocolError"; NULL when it has none */
const char	*ldap_result_name(uint64_t result);

#endif
