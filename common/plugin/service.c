/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * service - the ports of mail services by name, as IANA registered them
 *
 * "smtps" and "ssmtp" are what people still write for "submissions" (RFC 8314
 * section 7.3), "managesieve" for "sieve" (RFC 5804 section 1.8).
 */
#include <stddef.h>

#include "plugin/service.h"

#define SERVICES(S)		\
	S("imap", 143)		\
	S("imaps", 993)		\
	S("pop3", 110)		\
	S("pop3s", 995)		\
	S("smtp", 25)		\
	S("submission", 587)	\
	S("submissions", 465)	\
	S("smtps", 465)		\
	S("ssmtp", 465)		\
	S("lmtp", 24)		\
	S("sieve", 4190)	\
	S("managesieve", 4190)

#define SERVICE_NAME(name, port) name,
const char *const service_names[] = {
	SERVICES(SERVICE_NAME)
	NULL
};

#define SERVICE_PORT(name, port) port,
static const uint16_t ports[] = {
	SERVICES(SERVICE_PORT)
};

uint16_t
service_port(struct span name)
{
	size_t i;

	for (i = 0; service_names[i] != NULL; i++)
		if (span_is(name, service_names[i]))
			return ports[i];
	return 0;
}
