/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_wire - a transport of net-snmp's that is no socket
 */
#include <stdlib.h>
#include <string.h>

#include "module/snmp_parts.h"

static int
transport_send(netsnmp_transport *t, const void *bytes, int n, void **opaque,
    int *length)
{
	struct snmp *snmp = t->data;

	(void)opaque;
	(void)length;
	if (n < 0 || !snmp->send(snmp->arg, (struct span){ bytes, (size_t)n }))
		return -1;
	return n;
}

static int
transport_recv(netsnmp_transport *t, void *bytes, int size, void **opaque,
    int *length)
{
	struct snmp *snmp = t->data;
	size_t n = snmp->in.len;

	*opaque = NULL;
	*length = 0;
	if (size < 0 || n > (size_t)size)
		return -1;
	memcpy(bytes, snmp->in.p, n);
	return (int)n;
}

static int
transport_close(netsnmp_transport *t)
{
	/* what it points to is ours */
	t->data = NULL;
	return 0;
}

netsnmp_transport *
snmp_wire(struct snmp *snmp)
{
	netsnmp_transport *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return NULL;
	t->domain = netsnmpUDPDomain;
	t->domain_length = (int)netsnmpUDPDomain_len;
	t->sock = SNMP_PRETENDED;
	t->flags = NETSNMP_TRANSPORT_FLAG_OPENED;
	t->data = snmp;
	t->data_length = 0;
	t->msgMaxSize = 65507;	/* what UDP over IPv4 bears */
	t->f_send = transport_send;
	t->f_recv = transport_recv;
	t->f_close = transport_close;
	return t;
}
