/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dialects - the protocols in which TLS can be started, by name and by port
 */
#include "dialog/dialects.h"
#include "dialog/ftp.h"
#include "dialog/imap.h"
#include "dialog/ldap.h"
#include "dialog/nntp.h"
#include "dialog/pop3.h"
#include "dialog/postgres.h"
#include "dialog/sieve.h"
#include "dialog/smtp.h"
#include "dialog/xmpp.h"

#define DIALECTS(D)						\
	D("imap", imap_protocol, imap_hello_ladder)		\
	D("pop3", pop3_protocol, pop3_hello_ladder)		\
	D("smtp", smtp_protocol, smtp_hello_ladder)		\
	D("lmtp", lmtp_protocol, smtp_hello_ladder)		\
	D("sieve", sieve_protocol, sieve_hello_ladder)		\
	D("ldap", ldap_protocol, ldap_hello_ladder)		\
	D("ftp", ftp_protocol, ftp_hello_ladder)		\
	D("nntp", nntp_protocol, nntp_hello_ladder)		\
	D("xmpp", xmpp_protocol, xmpp_hello_ladder)		\
	D("xmpp-server", xmpp_server_protocol, xmpp_hello_ladder) \
	D("postgres", postgres_protocol, postgres_hello_ladder)

#define DIALECT_NAME(name, protocol, ladder) name,
const char *const dialect_names[] = {
	DIALECTS(DIALECT_NAME)
	NULL
};

#define DIALECT(name, protocol, ladder) { &(protocol), ladder },
static const struct dialect dialects[] = {
	DIALECTS(DIALECT)
};

enum {
	DIALECT_COUNT = sizeof(dialects) / sizeof(dialects[0]),
	PORT_RELAY = 25		/* the other port of SMTP */
};

const struct dialect *
dialect_of(struct span name)
{
	size_t i;

	for (i = 0; i < DIALECT_COUNT; i++)
		if (span_is(name, dialects[i].protocol->name))
			return &dialects[i];
	return NULL;
}

const struct dialect *
dialect_of_port(uint16_t port)
{
	size_t i;

	if (port == PORT_RELAY)
		return dialect_of(span_of("smtp"));
	for (i = 0; i < DIALECT_COUNT; i++)
		if (port == dialects[i].protocol->port_plain ||
		    port == dialects[i].protocol->port_tls)
			return &dialects[i];
	return NULL;
}

enum tls_mode
dialect_mode(const struct dialect *d, uint16_t port)
{
	return port == d->protocol->port_tls &&
	    port != d->protocol->port_plain ? TLS_IMPLICIT : TLS_STARTTLS;
}
