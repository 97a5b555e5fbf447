/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http_curl - questions to web servers (module "http"), over libcurl
 *
 * One easy handle within one multi handle, so that waiting ends at a signal,
 * whatever the library is about.
 */
#include <curl/curl.h>

#include <stdlib.h>
#include <string.h>

#include "base/wipe.h"
#include "module/http.h"
#include "module/module.h"

#define USER_AGENT "monitoring-plugins-mail"

enum {
	STEP = 100,		/* milliseconds, after which a signal is looked for */
	CONNECTIONS_KEPT = 4
};

struct http {
	CURLM	*multi;
	CURL	*easy;
};

/* lists - what the library borrows for the length of a question */
struct lists {
	struct curl_slist	*headers;
	struct curl_slist	*places;	/* where to connect instead */
	struct curl_slist	*known;		/* addresses of a name */
};

/* taker - where an answer goes */
struct taker {
	const struct http_question *question;
	struct http_answer	*answer;
	size_t			 came;
	size_t			 headers;
	bool			 full;
	bool			 nomem;
};

static void
http_close(struct http *http)
{
	if (http == NULL)
		return;
	if (http->easy != NULL)
		curl_easy_cleanup(http->easy);
	if (http->multi != NULL)
		(void)curl_multi_cleanup(http->multi);
	free(http);
}

static struct http *
http_open(void)
{
	struct http *http = calloc(1, sizeof(*http));

	if (http == NULL)
		return NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) {
		http->multi = curl_multi_init();
		http->easy = curl_easy_init();
	}
	if (http->multi != NULL && http->easy != NULL)
		return http;
	http_close(http);
	return NULL;
}

/* take - CURLOPT_WRITEFUNCTION: anything but `n` ends the transfer */
static size_t
take(char *bytes, size_t one, size_t n, void *arg)
{
	struct taker *taker = arg;
	const struct http_question *q = taker->question;

	(void)one;
	taker->came += n;
	if (taker->came > q->max) {
		taker->full = true;
		return 0;
	}
	if (q->sink != NULL) {
		taker->full = !q->sink(q->arg, (struct span){ bytes, n });
		return taker->full ? 0 : n;
	}
	if (buf_add(&taker->answer->body, bytes, n))
		return n;
	taker->nomem = true;
	return 0;
}

/* take_header - nothing is kept, but there is an end of patience */
static size_t
take_header(char *bytes, size_t one, size_t n, void *arg)
{
	struct taker *taker = arg;

	(void)bytes;
	(void)one;
	taker->headers += n;
	if (taker->headers <= HTTP_HEADERS_MAX)
		return n;
	taker->full = true;
	return 0;
}

/* only_web - the address and every one that a server names */
static void
only_web(CURL *easy)
{
#if LIBCURL_VERSION_NUM >= 0x075500
	(void)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	(void)curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
	(void)curl_easy_setopt(easy, CURLOPT_PROTOCOLS,
	    (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
	(void)curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS,
	    (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

/* ends - whom this end and the other one are; false without memory */
static bool
ends(CURL *easy, const struct http_question *q, struct lists *lists)
{
	struct buf place;

	(void)curl_easy_setopt(easy, CURLOPT_IPRESOLVE, (long)(q->family == 4 ?
	    CURL_IPRESOLVE_V4 : q->family == 6 ? CURL_IPRESOLVE_V6 :
	    CURL_IPRESOLVE_WHATEVER));
	(void)curl_easy_setopt(easy, CURLOPT_INTERFACE, q->source);
	if (q->known != NULL) {
		lists->known = curl_slist_append(NULL, q->known);
		(void)curl_easy_setopt(easy, CURLOPT_RESOLVE, lists->known);
		if (lists->known == NULL)
			return false;
	}
	if (q->address == NULL)
		return true;
	buf_init(&place, 128);
	(void)buf_fmt(&place, strchr(q->address, ':') != NULL ? "::[%s]:" :
	    "::%s:", q->address);
	lists->places = curl_slist_append(NULL, buf_cstr(&place));
	buf_free(&place);
	(void)curl_easy_setopt(easy, CURLOPT_CONNECT_TO, lists->places);
	return lists->places != NULL;
}

/* trusting - whom to believe, for https */
static void
trusting(CURL *easy, const struct http_question *q)
{
	(void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER,
	    q->no_verify ? 0L : 1L);
	(void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST,
	    q->no_verify ? 0L : 2L);
	if (q->ca_file != NULL || q->ca_path != NULL) {
		(void)curl_easy_setopt(easy, CURLOPT_CAINFO, q->ca_file);
		(void)curl_easy_setopt(easy, CURLOPT_CAPATH, q->ca_path);
	}
}

/* where - whom to ask, and by what way */
static void
where(CURL *easy, const struct http_question *q)
{
	only_web(easy);
	(void)curl_easy_setopt(easy, CURLOPT_URL, q->url);
	/* "" is none, whatever the environment says */
	(void)curl_easy_setopt(easy, CURLOPT_PROXY,
	    q->proxy != NULL ? q->proxy : "");
	(void)curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
	(void)curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION,
	    q->redirects > 0 ? 1L : 0L);
	(void)curl_easy_setopt(easy, CURLOPT_MAXREDIRS, (long)q->redirects);
	(void)curl_easy_setopt(easy, CURLOPT_MAXCONNECTS,
	    (long)CONNECTIONS_KEPT);
	(void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, q->patience);
#if LIBCURL_VERSION_NUM >= 0x075700
	/* a thread that waits for a name server is left behind */
	(void)curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
	trusting(easy, q);
}

/* what - the question itself; the list of headers is the caller's; false without memory */
static bool
what(CURL *easy, const struct http_question *q, struct curl_slist **list)
{
	const char *const *line;
	struct curl_slist *longer;

	(void)curl_easy_setopt(easy, CURLOPT_USERAGENT, USER_AGENT);
	for (line = q->headers; line != NULL && *line != NULL; line++) {
		longer = curl_slist_append(*list, *line);
		if (longer == NULL)
			return false;
		*list = longer;
	}
	(void)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, *list);
	if (q->body.p == NULL)
		return true;
	(void)curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)q->body.len);
	return curl_easy_setopt(easy, CURLOPT_POSTFIELDS, q->body.p) ==
	    CURLE_OK;
}

static void
end(struct http_answer *answer, enum http_outcome outcome, const char *words)
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
	{ CURLE_INTERFACE_FAILED, HTTP_NO_SOURCE,
	    "this host cannot connect from that address" },
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
	{ CURLE_GOT_NOTHING, HTTP_CLOSED,
	    "the connection ends without an answer" },
	{ CURLE_RECV_ERROR, HTTP_CLOSED, "the connection is cut" },
	{ CURLE_SEND_ERROR, HTTP_CLOSED, "the connection is cut" },
	{ CURLE_PARTIAL_FILE, HTTP_CLOSED, "the answer is cut or is no HTTP" },
	{ CURLE_OUT_OF_MEMORY, HTTP_OURS, "there is no memory" }
};

/* conclude - the library calls a header line beyond its own cap a lack of memory; `begun`: an answer had begun to come */
static void
conclude(const struct taker *taker, CURLcode code, bool begun)
{
	size_t i;

	if (code == CURLE_OK) {
		end(taker->answer, HTTP_ANSWERED, "there is an answer");
		return;
	}
	if (taker->full) {
		end(taker->answer, HTTP_TOO_LARGE, "the answer is too long");
		return;
	}
	if (taker->nomem)
		code = CURLE_OUT_OF_MEMORY;
	else if (code == CURLE_OUT_OF_MEMORY && begun)
		code = CURLE_WEIRD_SERVER_REPLY;
	for (i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (outcomes[i].code == code) {
			end(taker->answer, outcomes[i].outcome,
			    outcomes[i].words);
			return;
		}
	end(taker->answer, HTTP_BROKEN, "the answer is cut or is no HTTP");
}

/* transfer - until it is over, or a signal came: false then, with the outcome set */
static bool
transfer(struct http *http, const struct taker *taker)
{
	const struct http_question *q = taker->question;
	int running = 1;

	while (curl_multi_perform(http->multi, &running) == CURLM_OK &&
	    running > 0) {
		if (q->stop != NULL && *q->stop != 0) {
			end(taker->answer, HTTP_STOPPED, "it was stopped");
			return false;
		}
		(void)curl_multi_poll(http->multi, NULL, 0, STEP, NULL);
	}
	return running == 0;
}

/* circumstances - how far it came */
static void
circumstances(CURL *easy, struct http_answer *answer)
{
	long status = 0, error = 0, verify = 0;
	curl_off_t connected = 0, secured = 0;

	(void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	(void)curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &error);
	(void)curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &verify);
	(void)curl_easy_getinfo(easy, CURLINFO_CONNECT_TIME_T, &connected);
	(void)curl_easy_getinfo(easy, CURLINFO_APPCONNECT_TIME_T, &secured);
	answer->status = status > 0 ? (unsigned)status : 0;
	answer->connected = connected > 0;
	answer->secured = secured > 0;
	answer->error = (int)error;
	answer->verify = verify;
}

static void
run(struct http *http, const struct taker *taker)
{
	CURLMsg *message;
	curl_off_t begun = 0;
	int n;

	if (transfer(http, taker)) {
		message = curl_multi_info_read(http->multi, &n);
		(void)curl_easy_getinfo(http->easy,
		    CURLINFO_STARTTRANSFER_TIME_T, &begun);
		conclude(taker, message != NULL &&
		    message->msg == CURLMSG_DONE ? message->data.result :
		    CURLE_RECV_ERROR, begun > 0);
	}
	circumstances(http->easy, taker->answer);
}

/* forget - headers may hold a secret */
static void
forget(CURL *easy, const struct lists *lists)
{
	struct curl_slist *line;

	(void)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, NULL);
	(void)curl_easy_setopt(easy, CURLOPT_CONNECT_TO, NULL);
	for (line = lists->headers; line != NULL; line = line->next)
		wipe(line->data, strlen(line->data));
	curl_slist_free_all(lists->headers);
	(void)curl_easy_setopt(easy, CURLOPT_RESOLVE, NULL);
	curl_slist_free_all(lists->places);
	curl_slist_free_all(lists->known);
}

static void
http_ask(struct http *http, const struct http_question *q,
    struct http_answer *answer)
{
	struct taker taker = { .question = q, .answer = answer };
	struct lists lists = { NULL, NULL, NULL };
	CURL *easy = http->easy;

	memset(answer, 0, sizeof(*answer));
	buf_init(&answer->body, q->max);
	end(answer, HTTP_OURS, "there is no memory");
	/* options are forgotten, connections are kept */
	curl_easy_reset(easy);
	where(easy, q);
	(void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
	(void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, &taker);
	(void)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	(void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, &taker);
	if (ends(easy, q, &lists) && what(easy, q, &lists.headers) &&
	    curl_multi_add_handle(http->multi, easy) == CURLM_OK) {
		run(http, &taker);
		(void)curl_multi_remove_handle(http->multi, easy);
	}
	forget(easy, &lists);
}

static const struct http_functions functions = {
	.open = http_open,
	.ask = http_ask,
	.close = http_close
};

const struct module monitoring_plugins_mail_module = {
	.version = MODULE_VERSION,
	.name = "http",
	.functions = &functions
};
