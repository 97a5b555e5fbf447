/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * error_queue - the ICMP error that a failed connection left behind
 *
 * Linux tells which ICMP error came and who sent it (recvmsg(2), MSG_ERRQUEUE).
 * Elsewhere the queue is always empty.
 */
#ifndef WORLD_ERROR_QUEUE_H
#define WORLD_ERROR_QUEUE_H

#include <stdbool.h>

#include "judge/net_facts.h"

/* error_queue_exists - does this system tell who sent an ICMP error? */
bool		error_queue_exists(void);
/* error_queue_on - keep errors there, or not any more: an established connection bears ICMP errors better without */
void		error_queue_on(int fd, int family, bool);
/* error_queue_read - empty the queue of the socket into the attempt: icmp, icmp_type, icmp_code, offender; how many there were */
unsigned	error_queue_read(int fd, struct attempt *);

#endif
