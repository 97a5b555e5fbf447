/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * web_refused - whose fault it is that there is no answer
 */
#include <string.h>

#include "judge/path.h"
#include "plugin/web.h"

/* what is said of an outcome */
struct words {
	enum cause	 cause;
	enum stage	 stage;
	const char	*why;
};

static struct words
no_connection(const struct http_answer *answer)
{
	const struct attempt attempt = { .started = 1, .ended = 2,
	    .error = answer->error };
	struct words w = { CAUSE_CONNECT_UNREACHABLE, STAGE_CONNECT,
	    "no connection can be had" };

	if (answer->error != 0)
		w.cause = path_cause(&attempt);
	if (w.cause == CAUSE_CONNECT_REFUSED)
		w.why = "the connection is refused: start the service, or "
		    "correct -p";
	else if (w.cause == CAUSE_CONNECT_UNREACHABLE)
		w.why = "the host cannot be reached: look at it and the way "
		    "to it";
	return w;
}

static struct words
no_tls(const struct http_answer *answer)
{
	static const struct words of_certificate[] = {
		[HTTP_CERT_FINE] = { CAUSE_TLS_HANDSHAKE, STAGE_TLS,
		    "the TLS handshake fails: see the server's log" },
		[HTTP_CERT_EXPIRED] = { CAUSE_CERT_EXPIRED, STAGE_TLS,
		    "its certificate, or one above it, has expired: renew "
		    "it" },
		[HTTP_CERT_NOT_YET] = { CAUSE_CERT_NOT_YET_VALID, STAGE_TLS,
		    "its certificate is not valid yet: check both clocks" },
		[HTTP_CERT_SELF_SIGNED] = { CAUSE_CERT_SELF_SIGNED, STAGE_TLS,
		    "its certificate is self-signed: trust it with "
		    "--ca-file" },
		[HTTP_CERT_UNTRUSTED] = { CAUSE_CERT_UNTRUSTED, STAGE_TLS,
		    "its certificate leads to no root that is trusted: name "
		    "the root with --ca-file" },
		[HTTP_CERT_WRONG_HOST] = { CAUSE_CERT_WRONG_HOST, STAGE_TLS,
		    "its certificate is of another host: correct -H, or give "
		    "--sni" },
		[HTTP_CERT_INVALID] = { CAUSE_CERT_INVALID, STAGE_TLS,
		    "its certificate breaks a rule (check_tls_cert says "
		    "which)" }
	};

	if (answer->clear)
		return (struct words){ CAUSE_TLS_PORT_SPEAKS_PLAINTEXT,
		    STAGE_TLS, "no TLS is spoken on this port: leave out "
		    "--tls=implicit, or correct -p" };
	return of_certificate[answer->certificate];
}

/* no_http - something else came */
static struct words
no_http(const struct web *w, const struct http_answer *answer)
{
	/* content types of TLS records: alert and handshake */
	if (!w->secured && (answer->first[0] == 21 || answer->first[0] == 22))
		return (struct words){ CAUSE_TLS_PORT_SPEAKS_TLS, STAGE_TLS,
		    "TLS is spoken on this port: give --tls=implicit" };
	return (struct words){ CAUSE_GREETING_WRONG_PROTOCOL, STAGE_QUOTA,
	    "what answers speaks no HTTP: correct -H or -p" };
}

static struct words
too_late(const struct web *w, const struct http_answer *answer)
{
	if (!answer->connected)
		return (struct words){ CAUSE_CONNECT_FILTERED, STAGE_CONNECT,
		    "no connection was opened in time" };
	if (w->secured && !answer->secured)
		return (struct words){ CAUSE_TLS_TIMEOUT, STAGE_TLS,
		    "the TLS handshake did not end in time" };
	return (struct words){ CAUSE_QUOTA_TIMEOUT, STAGE_QUOTA,
	    answer->outcome == HTTP_STOPPED ?
	    "the check was told to end before there was an answer" :
	    "there was no answer in time: see its log, or raise -t" };
}

/* status - what is no 200 */
static struct words
status(unsigned code)
{
	struct words w = { CAUSE_GREETING_WRONG_PROTOCOL, STAGE_QUOTA,
	    "no such thing is there: correct -H or -p" };

	if (code == 401)
		w = (struct words){ CAUSE_AUTH_REJECTED, STAGE_AUTH,
		    "it does not take the key: compare --api-key-file with "
		    "the server's" };
	else if (code == 403 || code == 407)
		w = (struct words){ CAUSE_AUTH_UNAUTHORIZED, STAGE_AUTH,
		    "this host may not ask it: see its access rules" };
	else if (code == 400)
		w.why = "it does not understand the question (nor TLS, if "
		    "that is spoken there): correct -p, or give "
		    "--tls=implicit";
	else if (code / 100 == 3)
		w.why = "it sends to another address, which is not followed "
		    "with a key: name that one with -H and -p";
	else if (code == 429 || code / 100 == 5)
		w = (struct words){ CAUSE_GREETING_UNAVAILABLE, STAGE_QUOTA,
		    "it has a fault: see its log" };
	return w;
}

static struct words
words_of(const struct web *w, const struct http_answer *answer)
{
	switch (answer->outcome) {
	case HTTP_ANSWERED:
		return status(answer->status);
	case HTTP_NO_CONNECTION:
		return no_connection(answer);
	case HTTP_NO_TLS:
		return no_tls(answer);
	case HTTP_TIMEOUT:
	case HTTP_STOPPED:
		return too_late(w, answer);
	case HTTP_TOO_LARGE:
		return (struct words){ CAUSE_GREETING_WRONG_PROTOCOL,
		    STAGE_QUOTA, "its answer is longer than is taken: "
		    "correct -H or -p" };
	case HTTP_FORBIDDEN:
		return no_http(w, answer);
	case HTTP_CLOSED:
		return (struct words){ CAUSE_QUOTA_CLOSED, STAGE_QUOTA,
		    "the connection ended before the answer did: see its "
		    "log, or give --tls=implicit if that is spoken there" };
	case HTTP_NO_SOURCE:
		return (struct words){ CAUSE_USAGE_OPTION, STAGE_NONE,
		    "--source-address is none of this host: correct it" };
	case HTTP_NO_NAME:
		return (struct words){ CAUSE_USAGE_OPTION, STAGE_NONE,
		    "the name of the proxy is not known: correct --proxy" };
	case HTTP_OURS:
		return (struct words){ CAUSE_INTERNAL_ERROR, STAGE_QUOTA,
		    "this host has no memory for it" };
	case HTTP_BROKEN:
		break;
	}
	return (struct words){ w->question.proxy != NULL ?
	    CAUSE_CONNECT_UNREACHABLE : CAUSE_GREETING_WRONG_PROTOCOL,
	    w->question.proxy != NULL ? STAGE_CONNECT : STAGE_QUOTA,
	    w->question.proxy != NULL ? "the proxy opens no way to it" :
	    "what it answers is no sound HTTP: correct -H or -p" };
}

bool
web_refused(const struct web *w, const struct http_answer *answer,
    struct buf *why, enum cause *cause, enum stage *stage)
{
	struct words words = words_of(w, answer);

	*cause = words.cause;
	*stage = words.stage;
	if (answer->outcome == HTTP_ANSWERED)
		(void)buf_fmt(why, "status %u: ", answer->status);
	(void)buf_str(why, words.why);
	return answer->outcome == HTTP_STOPPED ||
	    (answer->outcome == HTTP_TIMEOUT && (answer->connected ||
	    w->question.connect_patience == 0));
}
