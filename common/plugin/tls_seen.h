/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_seen - what TLS showed of each target, as facts of every check
 */
#ifndef PLUGIN_TLS_SEEN_H
#define PLUGIN_TLS_SEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "judge/tls_facts.h"
#include "report/json.h"
#include "report/result.h"

/* tls_seen_keep - what of a handshake is to be told when its connection is gone; `refused`: it is what was refused at first.  Once more: instead of what was kept. */
void	tls_seen_keep(struct result *, const struct tls_facts *, bool refused, int64_t now);
/* tls_seen_facts - the member "tls" of the facts: an object for each target where there was a handshake; nothing where there was none */
void	tls_seen_facts(const struct run *, struct json *);

#endif
