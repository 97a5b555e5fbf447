/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * web - questions over HTTP to the host of the run, by its shared options
 */
#include <string.h>

#include "base/proxy.h"
#include "judge/names.h"
#include "plugin/web.h"
#include "world/clock.h"
#include "world/resolve_now.h"

enum {
	URL_MAX = 1024
};

long
web_patience(const struct work *work)
{
	int64_t left = (work->deadline - clock_now()) / 1000;

	return left < 1 ? 1 : (long)left;
}

void
web_proxy(const struct proxy *proxy, struct buf *out)
{
	bool v6 = strchr(proxy->host, ':') != NULL;

	/* socks5h: it looks up the names */
	if (proxy->kind != PROXY_NONE)
		(void)buf_fmt(out, "%s://%s%s%s:%u", proxy->kind ==
		    PROXY_HTTP ? "http" : "socks5h", v6 ? "[" : "",
		    proxy->host, v6 ? "]" : "", (unsigned)proxy->port);
}

static bool
is_loopback(const struct address *a)
{
	static const uint8_t one[16] = { [15] = 1 };

	return a->family == 4 ? a->ip[0] == 127 :
	    a->family == 6 && memcmp(a->ip, one, sizeof(one)) == 0;
}

/* addresses - where to connect; all of them are to be this host's for that to be the loopback */
static void
addresses(struct web *w, const struct address *list, size_t n)
{
	char text[ADDRESS_TEXT];
	size_t i;

	w->loopback = n > 0;
	for (i = 0; i < n; i++) {
		(void)buf_fmt(&w->addresses, "%s%s", i > 0 ? "," : "",
		    address_text(&list[i], text));
		w->loopback = w->loopback && is_loopback(&list[i]);
	}
	w->question.addresses = buf_cstr(&w->addresses);
	w->question.port = w->port;
}

/* look_up - the name, unless a proxy does it */
static bool
look_up(struct web *w, struct sheet *sheet)
{
	const struct settings *set = w->work->settings;
	int family = set->family != 0 ? set->family : set->source.family;
	struct resolved to;
	bool in_time;

	if (set->address.family != 0) {
		addresses(w, &set->address, 1);
		w->loopback = w->loopback && w->question.proxy == NULL;
		return true;
	}
	if (w->question.proxy != NULL)
		return true;
	in_time = resolve_now(w->host, family, w->work->deadline,
	    w->work->stop, &to);
	names_judge(sheet, &to, w->host, family, !in_time);
	if (to.outcome != DNS_FOUND)
		return false;
	addresses(w, to.list, to.n);
	return true;
}

/* place - "host:port" */
static void
place(struct buf *out, const char *host, uint16_t port)
{
	(void)buf_fmt(out, strchr(host, ':') != NULL ? "[%s]:%u" : "%s:%u",
	    host, (unsigned)port);
}

/* options - the shared ones that are about the way */
static void
options(struct web *w)
{
	const struct settings *set = w->work->settings;
	struct http_question *q = &w->question;

	q->stop = w->work->stop;
	q->ca_file = set->ca_file;
	q->ca_path = set->ca_path;
	q->no_verify = set->no_verify;
	q->tls_min = set->tls_min;
	q->tls_max = set->tls_max;
	q->client_cert = set->client_cert;
	q->client_key = set->client_key;
	q->connect_patience = (long)(set->connect_timeout / 1000);
	q->tunnel = true;
	web_proxy(&set->proxy, &w->proxy);
	q->proxy = w->proxy.len > 0 ? buf_cstr(&w->proxy) : NULL;
	if (set->source.family != 0)
		q->source = address_text(&set->source, w->source);
}

bool
web_open(struct web *w, const struct work *work, uint16_t port,
    const char *path, struct sheet *sheet)
{
	const struct settings *set = work->settings;

	memset(w, 0, sizeof(*w));
	w->work = work;
	w->port = port;
	w->secured = set->tls.given && set->tls.mode == TLS_IMPLICIT;
	buf_init(&w->name, HOST_MAX + 16);
	buf_init(&w->url, URL_MAX);
	buf_init(&w->proxy, HOST_MAX + 32);
	buf_init(&w->addresses, ADDRESSES_MAX * (ADDRESS_TEXT + 1));
	if (!work->host(work->arg, 0, w->host))
		return false;
	place(&w->name, w->host, port);
	(void)buf_str(&w->url, w->secured ? "https://" : "http://");
	place(&w->url, w->secured && set->sni.name[0] != '\0' ?
	    set->sni.name : w->host, port);
	(void)buf_str(&w->url, path);
	options(w);
	w->question.url = buf_cstr(&w->url);
	sheet->nomem = sheet->nomem || w->url.nomem || w->name.nomem;
	return look_up(w, sheet);
}

void
web_close(struct web *w)
{
	buf_free(&w->name);
	buf_free(&w->url);
	buf_free(&w->proxy);
	buf_free(&w->addresses);
}
