/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_types_path - the way to a server: references and proxies
 */
#include <string.h>

#include "base/host.h"
#include "base/number.h"
#include "base/port_set.h"
#include "plugin/plugin.h"

/* split_port - "host:port", "[v6]:port"; false if it is not that */
static bool
split_port(struct span all, struct span *host, uint16_t *port)
{
	size_t colon = all.len;
	struct span digits;
	uint64_t n;

	while (colon > 0 && all.p[colon - 1] != ':')
		colon--;
	if (colon < 2)
		return false;
	*host = (struct span){ all.p, colon - 1 };
	digits = (struct span){ all.p + colon, all.len - colon };
	if (!number_uint(digits, PORT_MAX, &n) || n == 0 ||
	    (host->p[0] != '[' && memchr(host->p, ':', host->len) != NULL))
		return false;
	*port = (uint16_t)n;
	return host_unbracket(host) && target_is_host(*host);
}

/* proxies by scheme, with the port that they have where none is given */
static const struct {
	const char	*scheme;
	enum proxy_kind	 kind;
	uint16_t	 port;
} schemes[] = {
	{ "socks5h://", PROXY_SOCKS5H, 1080 },
	{ "http://", PROXY_HTTP, 80 }
};

static bool
set_proxy(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct span all = span_of(value), host, bare;
	struct proxy p = { .kind = PROXY_NONE };
	size_t i;

	(void)plugin;
	for (i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		if (!span_begins(all, schemes[i].scheme))
			continue;
		p.kind = schemes[i].kind;
		p.port = schemes[i].port;
		all.p += strlen(schemes[i].scheme);
		all.len -= strlen(schemes[i].scheme);
	}
	if (all.len > 0 && all.p[all.len - 1] == '/')
		all.len--;
	bare = all;
	if (host_unbracket(&bare) && target_is_host(bare))
		host = bare;
	else if (!split_port(all, &host, &p.port))
		p.kind = PROXY_NONE;
	if (p.kind == PROXY_NONE) {
		buf_str(why, "socks5h://HOST[:PORT] or http://HOST[:PORT], "
		    "without a user, a password or a path");
		return false;
	}
	span_copy(host, p.host, sizeof(p.host));
	*(struct proxy *)field = p;
	return true;
}

const struct opt_type opt_proxy = {
	.has_value = true, .set = set_proxy, .discreet = true,
	.noun = "proxy"
};

static bool
set_reference(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct reference_list *list = field;
	struct span host;
	uint16_t port;

	(void)plugin;
	if (!split_port(span_of(value), &host, &port)) {
		buf_str(why, "a host and a port such as 192.0.2.1:53, "
		    "[2001:db8::1]:53 or www.example.org:443");
		return false;
	}
	if (list->n == REFERENCES_MAX) {
		buf_fmt(why, "at most %d of them", REFERENCES_MAX);
		return false;
	}
	span_copy(host, list->rows[list->n].host, HOST_MAX);
	list->rows[list->n++].port = port;
	return true;
}

const struct opt_type opt_reference = {
	.has_value = true, .repeatable = true, .set = set_reference,
	.noun = "reference"
};
