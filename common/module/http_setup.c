/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http_setup - a question in the options of libcurl
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/wipe.h"
#include "module/http_parts.h"

#define USER_AGENT "monitoring-plugins-mail"
#define STANDS_FOR "address.invalid"	/* RFC 6761: never in DNS */

enum {
	CONNECTIONS_KEPT = 4
};

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
	if (q->connect_patience > 0)
		(void)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
		    q->connect_patience);
	/* what is no HTTP is told from its first bytes, see http_outcome.c */
	(void)curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 1L);
	(void)curl_easy_setopt(easy, CURLOPT_HTTPPROXYTUNNEL,
	    q->tunnel ? 1L : 0L);
}

/* version - 10 to 13 as libcurl counts them */
static long
version(int v)
{
	switch (v) {
	case 10:
		return CURL_SSLVERSION_TLSv1_0;
	case 11:
		return CURL_SSLVERSION_TLSv1_1;
	case 12:
		return CURL_SSLVERSION_TLSv1_2;
	case 13:
		return CURL_SSLVERSION_TLSv1_3;
	default:
		return CURL_SSLVERSION_DEFAULT;
	}
}

/* secured - how TLS is spoken, and who is believed */
static void
secured(CURL *easy, const struct http_question *q)
{
	/* libcurl keeps the newest one in the upper half */
	(void)curl_easy_setopt(easy, CURLOPT_SSLVERSION, version(q->tls_min) |
	    version(q->tls_max) << 16);
	if (q->ca_file != NULL || q->ca_path != NULL) {
		(void)curl_easy_setopt(easy, CURLOPT_CAINFO, q->ca_file);
		(void)curl_easy_setopt(easy, CURLOPT_CAPATH, q->ca_path);
	}
	if (q->no_verify) {
		(void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
		(void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
	}
	if (q->client_cert != NULL) {
		(void)curl_easy_setopt(easy, CURLOPT_SSLCERT, q->client_cert);
		(void)curl_easy_setopt(easy, CURLOPT_SSLKEY,
		    q->client_key != NULL ? q->client_key : q->client_cert);
	}
}

/* append - a formatted line; false without memory */
static bool append(struct curl_slist **, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static bool
append(struct curl_slist **list, const char *fmt, ...)
{
	struct curl_slist *longer = NULL;
	va_list ap;
	char *line;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	line = n < 0 ? NULL : malloc((size_t)n + 1);
	if (line == NULL)
		return false;
	va_start(ap, fmt);
	(void)vsnprintf(line, (size_t)n + 1, fmt, ap);
	va_end(ap);
	longer = curl_slist_append(*list, line);
	wipe(line, (size_t)n);
	free(line);
	if (longer == NULL)
		return false;
	*list = longer;
	return true;
}

/*
 * addressed - connect to these addresses and to no others.  A name that cannot
 * be in DNS stands for them, since an address in the URL would be connected to
 * whatever was said about it.
 */
static bool
addressed(CURL *easy, const struct http_question *q, struct http_lists *lists)
{
	size_t first;
	bool v6;

	if (q->source != NULL && (!append(&lists->source, "host!%s",
	    q->source) || curl_easy_setopt(easy, CURLOPT_INTERFACE,
	    lists->source->data) != CURLE_OK))
		return false;
	if (q->addresses == NULL)
		return true;
	first = strcspn(q->addresses, ",");
	v6 = memchr(q->addresses, ':', first) != NULL;
	if (q->proxy != NULL ?
	    !append(&lists->to, "::%s%.*s%s:%u", v6 ? "[" : "", (int)first,
	    q->addresses, v6 ? "]" : "", (unsigned)q->port) :
	    !append(&lists->to, "::" STANDS_FOR ":%u", (unsigned)q->port) ||
	    !append(&lists->names, STANDS_FOR ":%u:%s", (unsigned)q->port,
	    q->addresses))
		return false;
	(void)curl_easy_setopt(easy, CURLOPT_CONNECT_TO, lists->to);
	(void)curl_easy_setopt(easy, CURLOPT_RESOLVE, lists->names);
	return true;
}

/* what - the question itself; false without memory */
static bool
what(CURL *easy, const struct http_question *q, struct http_lists *lists)
{
	const char *const *line;

	(void)curl_easy_setopt(easy, CURLOPT_USERAGENT, USER_AGENT);
	for (line = q->headers; line != NULL && *line != NULL; line++)
		if (!append(&lists->headers, "%s", *line))
			return false;
	(void)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lists->headers);
	if (q->body.p == NULL)
		return true;
	(void)curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)q->body.len);
	return curl_easy_setopt(easy, CURLOPT_POSTFIELDS, q->body.p) ==
	    CURLE_OK;
}

bool
http_setup(CURL *easy, const struct http_question *q, struct http_lists *lists)
{
	where(easy, q);
	secured(easy, q);
	return addressed(easy, q, lists) && what(easy, q, lists);
}

static void
forget(struct curl_slist *list)
{
	struct curl_slist *line;

	for (line = list; line != NULL; line = line->next)
		wipe(line->data, strlen(line->data));
	curl_slist_free_all(list);
}

void
http_lists_free(struct http_lists *lists)
{
	forget(lists->headers);
	forget(lists->to);
	forget(lists->names);
	forget(lists->source);
}
