/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * names - why a host name gives no address
 *
 * Causes: dns.nxdomain, dns.no-address, dns.server-failure, dns.no-answer,
 * internal.error.
 */
#ifndef JUDGE_NAMES_H
#define JUDGE_NAMES_H

#include "judge/net_facts.h"
#include "report/result.h"

/* names_judge - a finding of the dns stage for any outcome but DNS_FOUND; family 0, 4 or 6 as asked for */
void	names_judge(struct sheet *, const struct resolved *, const char *host, int family, bool by_deadline);
/* names_note - "mail.example.org is 192.0.2.7 and 2001:db8::7" (at most 6, then "and N more") */
void	names_note(struct buf *, const struct resolved *, const char *host);
/* names_list - "192.0.2.7, 192.0.2.8 and 2001:db8::7" (at most `most`, then "and N more") */
void	names_list(struct buf *, const struct address *, size_t n, size_t most);

#endif
