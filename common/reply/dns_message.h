/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dns_message - a DNS question and its answer: RFC 1035 section 4, AAAA by
 * RFC 3596
 *
 * As much of DNS as it takes to tell why a name gives no address.  What does
 * not belong to the question that was asked is not looked at.
 */
#ifndef REPLY_DNS_MESSAGE_H
#define REPLY_DNS_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"
#include "base/span.h"

enum {
	DNS_QUERY_MAX = 12 + 255 + 4,	/* bytes of a question */
	DNS_DATAGRAM_MAX = 4096,	/* bytes of an answer that are read */
	DNS_ADDRESSES_MAX = 32,		/* addresses taken from one answer */
	DNS_ALIAS_MAX = 16,		/* aliases followed, one after another */
	DNS_RR_MAX = 512		/* records of an answer that are looked at */
};

enum dns_type { DNS_TYPE_A = 1, DNS_TYPE_AAAA = 28 };

enum dns_rcode {
	DNS_NOERROR = 0, DNS_FORMERR = 1, DNS_SERVFAIL = 2, DNS_NXNAME = 3,
	DNS_NOTIMP = 4, DNS_REFUSED = 5
};

struct dns_answer {
	unsigned	rcode;
	bool		truncated;	/* there was more than fits a datagram */
	bool		alias_loop;	/* aliases lead in a circle, or on and on */
	struct address	list[DNS_ADDRESSES_MAX];
	size_t		n;
};

/* dns_message_query - write the question for the addresses of a name, recursion desired; its length, 0 if that is no name for DNS */
size_t		 dns_message_query(uint8_t [DNS_QUERY_MAX], uint16_t id, struct span name, enum dns_type);
/* dns_message_answer - is this the answer to that question (id, question, response bit), and what does it say?  False if not, or if it is broken: then nobody has answered. */
bool		 dns_message_answer(struct span, uint16_t id, struct span name, enum dns_type, struct dns_answer *);
/* dns_rcode_words - "answers SERVFAIL"; of a code without a name, that it is one */
const char	*dns_rcode_words(unsigned);

#endif
