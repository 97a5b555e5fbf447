/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * login_check - what the checks that log in share above the dialogue: their
 * lists, their facts, their metrics
 */
#ifndef PLUGIN_LOGIN_CHECK_H
#define PLUGIN_LOGIN_CHECK_H

#include "dialog/login_state.h"
#include "plugin/plugin.h"

enum {
	LOGIN_SUMS_MAX = 256
};

/* what each of them measures, concludes and goes through; a check adds its own */
#define LOGIN_METRICS \
	METRIC_TIME, METRIC_DNS, METRIC_CONNECT, METRIC_GREETING, METRIC_TLS, \
	METRIC_AUTH, METRIC_CERT_DAYS

#define LOGIN_CAUSES \
	"usage.option", "usage.secret", "internal.error", "internal.module", \
	"internal.unfinished", "dns.nxdomain", "dns.no-address", \
	"dns.server-failure", "dns.no-answer", "connect.no-network", \
	"connect.local-policy", "connect.unreachable", "connect.rejected", \
	"connect.filtered", "connect.refused", "connect.reset", \
	"connect.ipv6-down", "connect.address-down", "greeting.*", \
	"protocol.*", "tls.port-speaks-plaintext", "tls.port-speaks-tls", \
	"tls.starttls-missing", "tls.starttls-refused", "tls.injection", \
	"tls.server-setup", "tls.version", "tls.policy", \
	"tls.client-certificate", "tls.handshake", "tls.timeout", \
	"tls.closed", "cert.clock", "cert.intercepted", "cert.expired", \
	"cert.not-yet-valid", \
	"cert.wrong-host", "cert.self-signed", "cert.incomplete-chain", \
	"cert.untrusted", "cert.invalid", "cert.expiring", "cert.untidy", \
	"auth.no-mechanism", "auth.needs-tls", "auth.cleartext", \
	"auth.expired", "auth.second-factor", "auth.policy", \
	"auth.disabled", "auth.unauthorized", "auth.rejected", \
	"auth.refused", "auth.unavailable", "auth.server-unproven", \
	"auth.timeout", "auth.closed", "auth.backoff", \
	"auth.connection-limit", "auth.rate-limited", "slow"

/* of those that open a mailbox and download from it */
#define LOGIN_BOX_METRICS \
	METRIC_MAILBOX, METRIC_FETCH, METRIC_MESSAGES, METRIC_FETCH_BYTES, \
	METRIC_FETCH_RATE

#define LOGIN_BOX_CAUSES \
	"mailbox.forbidden", "mailbox.unavailable", "mailbox.damaged", "mailbox.timeout", \
	"mailbox.closed", "mailbox.in-use", "mailbox.degraded", "fetch.*", \
	"quota.exceeded", "quota.near", "threshold"

#define LOGIN_STAGES \
	(1u << STAGE_DNS | 1u << STAGE_CONNECT | 1u << STAGE_GREETING | \
	1u << STAGE_TLS | 1u << STAGE_AUTH)

/* of the description: what they all take care of */
#define LOGIN_CARE \
	"The password is never sent without TLS, nor to a server whose " \
	"certificate is not good, unless an option says so. After a refused " \
	"password the same one is not tried again for a while, so that the " \
	"account is not locked."

/* --fetch; `after` says what becomes of the messages */
#define LOGIN_OPT_FETCH(offset, after) \
	{ 0, "fetch", &opt_fetch, (offset), "N", NULL, \
	    "prove the download with the newest N messages, 1 to 1000 and 1 " \
	    "without a number; " after }

/*
 * login_keep - keep what was learnt, for the facts: one block behind the
 * result, freed with it.  Its last `own` bytes are the protocol's, zeroed, and
 * returned; NULL without memory.
 */
void	*login_keep(struct session *, const struct login_state *, size_t own);
/*
 * login_facts - members of "facts": protocol, capabilities, mechanisms,
 * mechanism, server_text, download where there was one, by `more` the
 * protocol's own (`own` NULL: no session got that far), and tls.  Of several
 * hosts only the protocol and tls.
 */
void	 login_facts(const struct run *, struct json *, const char *protocol, void (*more)(struct json *, const void *own));
/* login_number - a number, or null when it is not known */
void	 login_number(struct json *, const char *key, bool known, uint64_t);

/* login_measure - a value that never falls below 0 */
void	 login_measure(struct session *, enum metric_id, double);
/* login_measure_fetch - the metrics of a download of `wanted` messages, and its stage; `box` is named when nothing was in it */
void	 login_measure_fetch(struct session *, const struct login_state *, unsigned wanted, const char *box);
/* login_sum_fetch - append " and downloaded 1 message (500 bytes)", or `empty` when there was nothing to download; nothing when none was wanted */
void	 login_sum_fetch(struct buf *, const struct login_state *, unsigned wanted, const char *empty);

#endif
