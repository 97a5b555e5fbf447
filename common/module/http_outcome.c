/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http_outcome - how a transfer ended, in our words
 */
#include <string.h>

#include "module/http_parts.h"

void
http_end(struct http_answer *answer, enum http_outcome outcome,
    const char *words)
{
	answer->outcome = outcome;
	answer->words = words;
}

static const struct {
	CURLcode		 code;
	enum http_outcome	 outcome;
	const char		*words;
} outcomes[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, HTTP_NO_NAME,
	    "the name of its host is not known" },
	{ CURLE_COULDNT_RESOLVE_PROXY, HTTP_NO_NAME,
	    "the name of the proxy is not known" },
	{ CURLE_COULDNT_CONNECT, HTTP_NO_CONNECTION,
	    "no connection can be had" },
	{ CURLE_OPERATION_TIMEDOUT, HTTP_TIMEOUT,
	    "there is no answer in time" },
	{ CURLE_SSL_CONNECT_ERROR, HTTP_NO_TLS, "its TLS handshake fails" },
	{ CURLE_PEER_FAILED_VERIFICATION, HTTP_NO_TLS,
	    "its certificate is not trusted" },
	{ CURLE_SSL_CACERT_BADFILE, HTTP_NO_TLS,
	    "the CA certificates cannot be read" },
	{ CURLE_UNSUPPORTED_PROTOCOL, HTTP_FORBIDDEN,
	    "it speaks no HTTP, or leads to where none is spoken" },
	{ CURLE_TOO_MANY_REDIRECTS, HTTP_FORBIDDEN,
	    "it redirects too often" },
	{ CURLE_URL_MALFORMAT, HTTP_FORBIDDEN, "it is no proper address" },
	{ CURLE_GOT_NOTHING, HTTP_CLOSED, "the answer is cut or is no HTTP" },
	{ CURLE_PARTIAL_FILE, HTTP_CLOSED, "the answer is cut or is no HTTP" },
	{ CURLE_RECV_ERROR, HTTP_CLOSED, "the answer is cut or is no HTTP" },
	{ CURLE_SEND_ERROR, HTTP_CLOSED, "the answer is cut or is no HTTP" },
	{ CURLE_INTERFACE_FAILED, HTTP_NO_SOURCE,
	    "the address to connect from is none of this host" },
	{ CURLE_SSL_CERTPROBLEM, HTTP_NO_TLS,
	    "the client certificate cannot be used" },
	{ CURLE_OUT_OF_MEMORY, HTTP_OURS, "there is no memory" }
};

/* what X509_verify_cert_error_string(3) is asked with; libcurl hands it on */
static const struct {
	long			 code;
	enum http_certificate	 certificate;
} verdicts[] = {
	{ 2, HTTP_CERT_UNTRUSTED },	/* no issuer */
	{ 9, HTTP_CERT_NOT_YET },
	{ 10, HTTP_CERT_EXPIRED },
	{ 18, HTTP_CERT_SELF_SIGNED },
	{ 19, HTTP_CERT_UNTRUSTED },	/* a root that is not known */
	{ 20, HTTP_CERT_UNTRUSTED },	/* no issuer here either */
	{ 21, HTTP_CERT_UNTRUSTED },	/* nor of the only one sent */
	{ 27, HTTP_CERT_UNTRUSTED },
	{ 62, HTTP_CERT_WRONG_HOST },
	{ 64, HTTP_CERT_WRONG_HOST }	/* the address */
};

/* certificate - names are compared by libcurl itself, before all that: 1 is no verdict yet */
static enum http_certificate
certificate(CURL *easy)
{
	long code = 0;
	size_t i;

	if (curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &code) !=
	    CURLE_OK || code <= 1)
		return HTTP_CERT_WRONG_HOST;
	for (i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++)
		if (verdicts[i].code == code)
			return verdicts[i].certificate;
	return HTTP_CERT_INVALID;
}

/* is_clear - so TLS libraries call an answer that is none of theirs; OpenSSL by number where nobody has loaded its words */
static bool
is_clear(const char *words)
{
	return strstr(words, "wrong version number") != NULL ||
	    strstr(words, "packet length too long") != NULL ||
	    strstr(words, "reason(267)") != NULL ||
	    strstr(words, "reason(198)") != NULL ||
	    strstr(words, "unexpected TLS packet") != NULL ||
	    strstr(words, "illegal version") != NULL;
}

static bool
took_time(CURL *easy, CURLINFO what)
{
	curl_off_t usec = 0;

	return curl_easy_getinfo(easy, what, &usec) == CURLE_OK && usec > 0;
}

void
http_details(struct http_answer *answer, CURL *easy)
{
	long n = 0, port = 0, made = 1;

	if (curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &n) == CURLE_OK &&
	    n > 0)
		answer->status = (unsigned)n;
	n = 0;
	if (curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &n) == CURLE_OK)
		answer->error = (int)n;
	answer->connected = took_time(easy, CURLINFO_CONNECT_TIME_T) ||
	    (curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &port) ==
	    CURLE_OK && port > 0);
	/* a connection that was kept takes no time */
	answer->secured = took_time(easy, CURLINFO_APPCONNECT_TIME_T) ||
	    (answer->connected && curl_easy_getinfo(easy,
	    CURLINFO_NUM_CONNECTS, &made) == CURLE_OK && made == 0);
}

static void
fail(const struct taker *taker, CURLcode code)
{
	size_t i;

	for (i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (outcomes[i].code == code) {
			http_end(taker->answer, outcomes[i].outcome,
			    outcomes[i].words);
			return;
		}
	http_end(taker->answer, HTTP_BROKEN,
	    "the answer is cut or is no HTTP");
}

void
http_conclude(const struct taker *taker, CURL *easy, CURLcode code)
{
	struct http_answer *answer = taker->answer;

	http_details(answer, easy);
	/* bytes without a status line */
	if (answer->status == 0 && taker->came > 0)
		code = CURLE_UNSUPPORTED_PROTOCOL;
	if (taker->full && answer->status != 0)
		http_end(answer, HTTP_TOO_LARGE, "the answer is too long");
	else if (taker->nomem)
		fail(taker, CURLE_OUT_OF_MEMORY);
	else if (code == CURLE_OK)
		http_end(answer, HTTP_ANSWERED, "there is an answer");
	else
		fail(taker, code);
	if (code == CURLE_PEER_FAILED_VERIFICATION)
		answer->certificate = certificate(easy);
	answer->clear = code == CURLE_SSL_CONNECT_ERROR &&
	    is_clear(taker->words);
}
