/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * error_queue - the ICMP error that a failed connection left behind
 *
 * Linux tells which ICMP error came and who sent it (recvmsg(2), MSG_ERRQUEUE);
 * since 5.8 for an unanswered SYN also without IP_RECVERR.  Elsewhere, and
 * before that, the queue is always empty.
 */
#ifndef WORLD_ERROR_QUEUE_H
#define WORLD_ERROR_QUEUE_H

#include "judge/net_facts.h"

/* error_queue_read - empty the queue of the socket into the attempt: icmp, icmp_type, icmp_code, offender; how many there were */
unsigned	error_queue_read(int fd, struct attempt *);
/* error_queue_own - with nothing in the queue: was it our own stack that gave up, since no neighbour answered?  Told apart on Linux only. */
bool		error_queue_own(int error, short revents);

#endif
