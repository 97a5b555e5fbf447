/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resolve_now - one name to addresses, for who has nothing else to do
 */
#ifndef WORLD_RESOLVE_NOW_H
#define WORLD_RESOLVE_NOW_H

#include <signal.h>

#include "judge/net_facts.h"

/* resolve_now - addresses and numeric hosts, too, as they are; false when the deadline (clock_now() time) or the signal came first, and then what is known so far */
bool	resolve_now(const char *host, int family, int64_t deadline, const volatile sig_atomic_t *stop, struct resolved *);

#endif
