/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * icmp - what ICMP errors mean: RFC 792, RFC 1122 section 3.2.2.1, RFC 1812
 * section 5.2.7.1, RFC 4443
 *
 * `family` is 4 or 6 and says whose types and codes these are.
 */
#ifndef JUDGE_ICMP_H
#define JUDGE_ICMP_H

#include <stdbool.h>
#include <stdint.h>

/* icmp_meaning - "administratively prohibited"; never NULL */
const char	*icmp_meaning(int family, uint8_t type, uint8_t code);
/* icmp_unreachable - does it say that there is no way to the host, as against a rule that forbids it? */
bool		 icmp_unreachable(int family, uint8_t type, uint8_t code);
/* icmp_expired - was the packet too long on its way? */
bool		 icmp_expired(int family, uint8_t type);
/* icmp_port_unreachable - does it say that nobody listens on a UDP port? */
bool		 icmp_port_unreachable(int family, uint8_t type, uint8_t code);
/* icmp_silent_neighbour - is it what a stack says whose ARP or neighbour discovery got no answer? */
bool		 icmp_silent_neighbour(int family, uint8_t type, uint8_t code);

#endif
