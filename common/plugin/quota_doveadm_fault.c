/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm_fault - whose fault it is that doveadm gives no quotas
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "plugin/quota_doveadm.h"
#include "world/clock.h"

enum {
	ASIDE = 2000		/* milliseconds for a look at what else speaks there */
};

void
doveadm_refuse(struct doveadm *d, const char *user, enum cause cause,
    enum stage stage, const char *fmt, ...)
{
	struct result *r = quota_result(d->look->work->run,
	    user != NULL ? user : buf_cstr(&d->whom));
	struct quota_refusal refusal = { .cause = cause, .stage = stage };
	struct buf whom;
	char *why;
	va_list ap;

	d->told++;
	if (r == NULL)
		return;
	va_start(ap, fmt);
	why = sentence_vmake(fmt, ap);
	va_end(ap);
	buf_init(&refusal.why, SENTENCE_MAX);
	(void)buf_str(&refusal.why, why != NULL ? why : "");
	free(why);
	buf_init(&whom, SENTENCE_MAX);
	if (user == NULL || !doveadm_many(d))
		(void)buf_str(&whom, buf_cstr(&d->whom));
	if (user != NULL)
		(void)buf_fmt(&whom, "%s%s", doveadm_many(d) ? "" :
		    " asked about ", r->name);
	quota_refused(r, &refusal, buf_cstr(&whom));
	if (cause == CAUSE_QUOTA_TIMEOUT && r->sheet.nfindings > 0)
		r->sheet.findings[r->sheet.nfindings - 1].by_deadline = true;
	buf_free(&whom);
	buf_free(&refusal.why);
}

/* what doveadm ends with (sysexits.h, and what Dovecot makes of it) */
static const struct {
	int64_t		 code;
	enum cause	 cause;
	const char	*why;
} codes[] = {
	{ 64, CAUSE_PROTOCOL_REJECTED, "Dovecot calls the command wrong (exit code 64): its log says what it wants" },
	{ 65, CAUSE_QUOTA_UNSUPPORTED, "Dovecot cannot do that for it (exit code 65): see its log" },
	{ 67, CAUSE_MAILBOX_MISSING, "Dovecot knows no such account (exit code 67): correct --user, or add it to Dovecot's userdb" },
	{ 68, CAUSE_MAILBOX_MISSING, "Dovecot finds nothing of it (exit code 68): correct --user, or see Dovecot's log" },
	{ 75, CAUSE_MAILBOX_UNAVAILABLE, "Dovecot fails for now (exit code 75): userdb, storage or quota back end, Dovecot's log says which" },
	{ 77, CAUSE_MAILBOX_FORBIDDEN, "Dovecot has no right to it (exit code 77): owner and mode of the mail folder" },
	{ 78, CAUSE_MAILBOX_UNAVAILABLE, "Dovecot's settings are wrong for it (exit code 78): see its log" }
};

static const struct {
	const char	*kind;
	enum cause	 cause;
	enum stage	 stage;
	const char	*why;
} kinds[] = {
	{ "unknownMethod", CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA,
	    "this Dovecot knows no quotaGet: add quota to its mail_plugins" },
	{ "unAuthorized", CAUSE_AUTH_UNAUTHORIZED, STAGE_AUTH,
	    "the key is good and quotaGet is not allowed: add \"quota get\" to "
	    "doveadm_allowed_commands" },
	{ "invalidRequest", CAUSE_PROTOCOL_REJECTED, STAGE_QUOTA,
	    "Dovecot calls the question wrong: see its log" },
	{ "internalError", CAUSE_MAILBOX_UNAVAILABLE, STAGE_QUOTA,
	    "Dovecot fails within: see its log" }
};

void
doveadm_fault_of_code(struct doveadm *d, const char *user)
{
	const char *kind = buf_cstr(&d->kind);
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, kind) == 0) {
			doveadm_refuse(d, user, kinds[i].cause,
			    kinds[i].stage, "%s", kinds[i].why);
			return;
		}
	/* one account that fails takes the answers of all others along */
	if (user == NULL && d->names.rows == NULL && !d->singly) {
		d->singly = true;
		return;
	}
	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].code == d->code) {
			doveadm_refuse(d, user, codes[i].cause, STAGE_QUOTA,
			    "%s", codes[i].why);
			return;
		}
	doveadm_refuse(d, user, CAUSE_MAILBOX_UNAVAILABLE, STAGE_QUOTA,
	    "Dovecot fails with exit code %lld: see its log",
	    (long long)d->code);
}

bool
doveadm_question(struct doveadm *d, struct http_question *q)
{
	const struct settings *set = d->look->work->settings;
	static char address[ADDRESS_TEXT], source[ADDRESS_TEXT];
	int64_t left = d->look->work->deadline - clock_now();

	memset(q, 0, sizeof(*q));
	q->url = buf_cstr(&d->url);
	q->max = DOVEADM_ANSWER_MAX;
	q->patience = (long)(left / 1000);
	q->stop = d->look->work->stop;
	q->ca_file = set->ca_file;
	q->ca_path = set->ca_path;
	q->no_verify = set->no_verify;
	q->family = set->family;
	q->known = d->known.len > 0 ? buf_cstr(&d->known) : NULL;
	if (set->address.family != 0)
		q->address = address_text(&set->address, address);
	if (set->source.family != 0)
		q->source = address_text(&set->source, source);
	return q->patience > 0;
}

/* speaks - is there a web server, with TLS or without?  It gets no key. */
static bool
speaks(struct doveadm *d, bool tls)
{
	struct http_question q;
	struct http_answer answer;
	struct buf url;
	bool does;

	if (!doveadm_question(d, &q))
		return false;
	buf_init(&url, SENTENCE_MAX);
	(void)buf_fmt(&url, "http%s%s", tls ? "s" : "",
	    strstr(q.url, "://"));
	q.url = buf_cstr(&url);
	q.max = 4096;
	q.patience = q.patience < ASIDE ? q.patience : ASIDE;
	q.no_verify = true;
	d->http->ask(d->session, &q, &answer);
	does = tls ? answer.secured : answer.status > 0;
	buf_free(&answer.body);
	buf_free(&url);
	return does;
}

static void
no_connection(struct doveadm *d, int error)
{
	switch (error) {
	case ECONNREFUSED:
		doveadm_refuse(d, NULL, CAUSE_CONNECT_REFUSED, STAGE_CONNECT,
		    "the connection is refused: start Dovecot with an "
		    "inet_listener http in its service doveadm, or correct -p");
		break;
	case ENETUNREACH:
	case EHOSTUNREACH:
		doveadm_refuse(d, NULL, CAUSE_CONNECT_UNREACHABLE,
		    STAGE_CONNECT, "the network does not reach it: host down, "
		    "or no route");
		break;
	case EACCES:
	case EPERM:
		doveadm_refuse(d, NULL, CAUSE_CONNECT_LOCAL_POLICY,
		    STAGE_CONNECT, "this host forbids the connection: allow "
		    "it in its own packet filter");
		break;
	default:
		doveadm_refuse(d, NULL, CAUSE_CONNECT_UNREACHABLE,
		    STAGE_CONNECT, "no connection can be had: look whether "
		    "the host is up, and at -p");
	}
}

/* what OpenSSL says of a chain (X509_V_ERR_*); libcurl leaves 1, which is none of them, or 0 where the name is the trouble */
static const struct {
	long		 code;
	enum cause	 cause;
	const char	*why;
} chains[] = {
	{ 0, CAUSE_CERT_WRONG_HOST, "its certificate does not name this host: correct -H, or the certificate" },
	{ 1, CAUSE_CERT_WRONG_HOST, "its certificate does not name this host: correct -H, or the certificate" },
	{ 9, CAUSE_CERT_NOT_YET_VALID, "its certificate is not valid yet: look at both clocks" },
	{ 10, CAUSE_CERT_EXPIRED, "its certificate has expired: renew it" },
	{ 18, CAUSE_CERT_SELF_SIGNED, "its certificate is self-signed and not trusted: name it with --ca-file" },
	{ 62, CAUSE_CERT_WRONG_HOST, "its certificate does not name this host: correct -H, or the certificate" },
	{ 64, CAUSE_CERT_WRONG_HOST, "its certificate does not name this address: correct -H, or the certificate" }
};

static void
no_tls(struct doveadm *d, const struct http_answer *answer)
{
	size_t i;

	if (speaks(d, false)) {
		doveadm_refuse(d, NULL, CAUSE_TLS_PORT_SPEAKS_PLAINTEXT,
		    STAGE_TLS, "this port speaks HTTP without TLS: leave "
		    "--tls=implicit out, or set ssl = yes in its "
		    "inet_listener");
		return;
	}
	if (strstr(answer->words, "handshake") != NULL) {
		doveadm_refuse(d, NULL, CAUSE_TLS_HANDSHAKE, STAGE_TLS, "%s: "
		    "see its log", answer->words);
		return;
	}
	for (i = 0; i < sizeof(chains) / sizeof(chains[0]); i++)
		if (chains[i].code == answer->verify) {
			doveadm_refuse(d, NULL, chains[i].cause, STAGE_TLS,
			    "%s", chains[i].why);
			return;
		}
	doveadm_refuse(d, NULL, CAUSE_CERT_UNTRUSTED, STAGE_TLS,
	    "%s: name its issuer with --ca-file", answer->words);
}

/* no_http - what came is no answer of a web server */
static void
no_http(struct doveadm *d, const struct http_answer *answer)
{
	if (!d->tls && answer->status == 0 && speaks(d, true))
		doveadm_refuse(d, NULL, CAUSE_TLS_PORT_SPEAKS_TLS, STAGE_TLS,
		    "this port wants TLS at once: use --tls=implicit");
	else if (answer->outcome == HTTP_CLOSED)
		doveadm_refuse(d, NULL, CAUSE_QUOTA_CLOSED, STAGE_QUOTA,
		    "the connection ended before the answer did: see Dovecot's "
		    "log");
	else if (answer->status > 0)
		doveadm_refuse(d, NULL, CAUSE_PROTOCOL_VIOLATION, STAGE_QUOTA,
		    "its answer breaks the rules of HTTP: look whether this "
		    "port is Dovecot's");
	else
		doveadm_refuse(d, NULL, CAUSE_GREETING_WRONG_PROTOCOL,
		    STAGE_GREETING, "no HTTP comes from this port: correct -p");
}

static void
no_answer(struct doveadm *d, const struct http_answer *answer)
{
	if (!answer->connected)
		doveadm_refuse(d, NULL, CAUSE_CONNECT_FILTERED, STAGE_CONNECT,
		    "silence: the host is down, or packets are dropped");
	else if (d->tls && !answer->secured)
		doveadm_refuse(d, NULL, CAUSE_TLS_TIMEOUT, STAGE_TLS,
		    "the TLS handshake stopped half-way");
	else
		doveadm_refuse(d, NULL, CAUSE_QUOTA_TIMEOUT, STAGE_QUOTA,
		    "the answer was not there in time: raise -t, or see what "
		    "Dovecot waits for");
}

static void
too_much(struct doveadm *d)
{
	if (d->excess != NULL)
		doveadm_refuse(d, NULL, CAUSE_PROTOCOL_VIOLATION, STAGE_QUOTA,
		    "it names more than %d %s: ask for fewer with --user",
		    DOVEADM_USERS_MAX, d->excess);
	else if (d->reply.state == DOVEADM_NONSENSE ||
	    d->reply.state == DOVEADM_ENOUGH)
		doveadm_refuse(d, NULL, CAUSE_PROTOCOL_VIOLATION, STAGE_QUOTA,
		    "what it answers is no JSON, or none that doveadm "
		    "writes: look whether this port is Dovecot's");
	else
		doveadm_refuse(d, NULL, CAUSE_PROTOCOL_VIOLATION, STAGE_QUOTA,
		    "its answer is longer than %d MiB, or its header lines "
		    "than %d KiB: ask for fewer with --user",
		    DOVEADM_ANSWER_MAX / 1024 / 1024,
		    HTTP_HEADERS_MAX / 1024);
}

/* no_transfer - there is no whole answer */
static void
no_transfer(struct doveadm *d, const struct http_answer *answer)
{
	switch (answer->outcome) {
	case HTTP_NO_NAME:
		doveadm_refuse(d, NULL, CAUSE_DNS_SERVER_FAILURE, STAGE_DNS,
		    "its name cannot be resolved: look at DNS");
		break;
	case HTTP_NO_CONNECTION:
		no_connection(d, answer->error);
		break;
	case HTTP_NO_SOURCE:
		doveadm_refuse(d, NULL, CAUSE_USAGE_OPTION, STAGE_CONNECT,
		    "this host cannot connect from there: correct "
		    "--source-address");
		break;
	case HTTP_NO_TLS:
		no_tls(d, answer);
		break;
	case HTTP_TIMEOUT:
	case HTTP_STOPPED:
		no_answer(d, answer);
		break;
	case HTTP_TOO_LARGE:
		too_much(d);
		break;
	case HTTP_OURS:
		d->look->work->run->sheet.nomem = true;
		break;
	default:
		no_http(d, answer);
	}
}

static const struct {
	unsigned	 from, to;
	enum cause	 cause;
	enum stage	 stage;
	const char	*why;
} statuses[] = {
	{ 401, 401, CAUSE_AUTH_REJECTED, STAGE_AUTH, "it does not take the key: compare --api-key-file with doveadm_api_key" },
	{ 403, 403, CAUSE_AUTH_REJECTED, STAGE_AUTH, "it does not take the key: compare --api-key-file with doveadm_api_key" },
	{ 404, 404, CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA, "there is no /doveadm/v1, so it is another web server or an old Dovecot: correct -p" },
	{ 300, 399, CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA, "it leads elsewhere, where the key is not carried: give that host to -H and -p" },
	{ 400, 499, CAUSE_PROTOCOL_REJECTED, STAGE_QUOTA, "it calls the question wrong: look whether this port is Dovecot's" },
	{ 500, 599, CAUSE_GREETING_UNAVAILABLE, STAGE_GREETING, "it cannot answer for now: see its log" }
};

static bool
bad_status(struct doveadm *d, unsigned status)
{
	size_t i;

	for (i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (status >= statuses[i].from && status <= statuses[i].to) {
			doveadm_refuse(d, NULL, statuses[i].cause,
			    statuses[i].stage, "%s (HTTP status %u)",
			    statuses[i].why, status);
			return true;
		}
	if (status == 0 || status == 200)
		return false;
	doveadm_refuse(d, NULL, CAUSE_PROTOCOL_VIOLATION, STAGE_QUOTA,
	    "it answers with HTTP status %u, which doveadm never does: look "
	    "whether this port is Dovecot's", status);
	return true;
}

bool
doveadm_fault(struct doveadm *d, const struct http_answer *answer)
{
	if (bad_status(d, answer->status))
		return false;
	if (answer->outcome != HTTP_ANSWERED) {
		no_transfer(d, answer);
		return false;
	}
	if (d->reply.state == DOVEADM_WHOLE && d->ended > 0)
		return true;
	doveadm_refuse(d, NULL, CAUSE_PROTOCOL_VIOLATION, STAGE_QUOTA, "%s",
	    d->reply.state == DOVEADM_WHOLE ?
	    "its answer is about nothing: look whether this port is Dovecot's" :
	    "its answer ends in the middle of the JSON: see Dovecot's log");
	return false;
}
