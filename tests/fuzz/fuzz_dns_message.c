/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_dns_message - an answer to a question of ours, with addresses or aliases
 *
 * The first byte chooses the type and whether the question is put in front of
 * what follows, so that the records behind it are reached.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "reply/dns_message.h"

enum { ID = 0x1234 };

static void
look(struct span message, struct span name, enum dns_type type)
{
	struct dns_answer answer;
	size_t i;

	memset(&answer, 0, sizeof(answer));
	if (!dns_message_answer(message, ID, name, type, &answer))
		return;
	if (answer.n > DNS_ADDRESSES_MAX || answer.rcode > 0x0f ||
	    dns_rcode_words(answer.rcode)[0] == '\0')
		abort();
	for (i = 0; i < answer.n; i++)
		if (answer.list[i].family != (type == DNS_TYPE_A ? 4 : 6))
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char host[] = "mail.example";
	struct span name = { host, sizeof(host) - 1 };
	enum dns_type type;
	uint8_t *message;
	size_t head = 0;

	if (size < 4 || size > 2 * DNS_DATAGRAM_MAX)
		return 0;
	type = (data[0] & 1) != 0 ? DNS_TYPE_AAAA : DNS_TYPE_A;
	message = malloc(DNS_QUERY_MAX + size);
	if (message == NULL)
		return 0;
	if ((data[0] & 2) == 0) {
		head = dns_message_query(message, ID, name, type);
		/* two bytes of flags and the low byte of the number of answers */
		message[2] = data[1] | 0x80;
		message[3] = data[2];
		message[7] = data[3];
		memcpy(message + head, data + 4, size - 4);
		head += size - 4;
	} else {
		memcpy(message, data + 1, size - 1);
		head = size - 1;
	}
	look((struct span){ (const char *)message, head }, name, type);
	free(message);
	/* a name that is taken fits */
	message = malloc(DNS_QUERY_MAX);
	if (message != NULL && dns_message_query(message, ID, (struct span){
	    (const char *)data, size }, type) > DNS_QUERY_MAX)
		abort();
	free(message);
	return 0;
}
