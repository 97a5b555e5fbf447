/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * segments - how a connection cuts its bytes, and what became of them
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/segments.h"

#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#ifdef HAVE_LINUX_SOCKIOS_H
#include <linux/sockios.h>
#endif

enum {
	ETHERNET = 1460		/* bytes of a full segment on most links */
};

bool
segments_limit(int fd, int bytes)
{
	return setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &bytes,
	    sizeof(bytes)) == 0;
}

#if defined(HAVE_STRUCT_TCP_INFO_TCPI_TOTAL_RETRANS) && defined(SIOCOUTQ)
size_t
segments_full(int fd)
{
	struct tcp_info info = { 0 };
	socklen_t len = sizeof(info);

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) == -1 ||
	    info.tcpi_snd_mss == 0)
		return ETHERNET;
	return info.tcpi_snd_mss > info.tcpi_advmss ? info.tcpi_snd_mss :
	    info.tcpi_advmss;
}

void
segments_count(int fd, struct bulk_try *t)
{
	struct tcp_info info = { 0 };
	socklen_t len = sizeof(info);
	int unacked = 0;

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) == -1 ||
	    ioctl(fd, SIOCOUTQ, &unacked) == -1)
		return;
	t->counted = true;
	t->unacked = unacked > 0 ? (uint32_t)unacked : 0;
	t->retransmits = info.tcpi_total_retrans;
	t->mss = info.tcpi_snd_mss;
	t->largest = info.tcpi_rcv_mss;
	t->pmtu = info.tcpi_pmtu;
}
#else
size_t
segments_full(int fd)
{
	(void)fd;
	return ETHERNET;
}

void
segments_count(int fd, struct bulk_try *t)
{
	(void)fd;
	(void)t;
}
#endif
