/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dns_servers - whom to ask, as resolv.conf(5) says
 *
 *	file = *(line LF)
 *	line = "nameserver" SP address / "domain" SP name /
 *	    "search" SP 1*6name / "options" 1*(SP option) / other
 *
 * The last of `domain` and `search` counts.
 */
#define _GNU_SOURCE
#include "world/dns_servers.h"

#include <sys/types.h>
#include <sys/socket.h>

#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	NDOTS_MAX = 15
};

/* word - the next one of a line, which tabs may part as well */
static struct span
word(struct span *line)
{
	struct span w;

	*line = span_trim(*line);
	w = (struct span){ line->p, 0 };
	while (w.len < line->len && w.p[w.len] != ' ' && w.p[w.len] != '\t')
		w.len++;
	line->p += w.len;
	line->len -= w.len;
	return w;
}

/* nameserver - an address, which a zone may follow: fe80::1%eth0 */
static void
nameserver(struct span text, struct dns_servers *s)
{
	const char *percent = memchr(text.p, '%', text.len);
	struct address *a = &s->list[s->n];
	char zone[IF_NAMESIZE];
	struct span rest;

	if (s->n == DNS_SERVERS_MAX)
		return;
	if (percent == NULL) {
		s->n += address_parse(text, a);
		return;
	}
	rest.p = percent + 1;
	rest.len = text.len - (size_t)(rest.p - text.p);
	text.len = (size_t)(percent - text.p);
	if (!span_copy(rest, zone, sizeof(zone)) || !address_parse(text, a))
		return;
	a->scope = if_nametoindex(zone);
	if (a->scope != 0)
		s->n++;
}

static void
search(struct span line, struct dns_servers *s, size_t most)
{
	struct span w;

	s->nsearch = 0;
	while (s->nsearch < most && (w = word(&line)).len > 0) {
		if (w.len > 1 && w.p[w.len - 1] == '.')
			w.len--;
		if (target_is_host(w))
			s->nsearch += span_copy(w, s->search[s->nsearch],
			    HOST_MAX);
	}
}

static void
options(struct span line, struct dns_servers *s)
{
	static const char ndots[] = "ndots:";
	struct span w;
	uint64_t n;

	while ((w = word(&line)).len > 0) {
		if (!span_begins(w, ndots))
			continue;
		w.p += sizeof(ndots) - 1;
		w.len -= sizeof(ndots) - 1;
		if (span_number(w, &n))
			s->ndots = n < NDOTS_MAX ? (unsigned)n : NDOTS_MAX;
	}
}

static void
parse_line(struct span line, struct dns_servers *s)
{
	struct span key = word(&line);

	if (span_is(key, "nameserver"))
		nameserver(word(&line), s);
	else if (span_is(key, "domain"))
		search(line, s, 1);
	else if (span_is(key, "search"))
		search(line, s, DNS_SEARCH_MAX);
	else if (span_is(key, "options"))
		options(line, s);
}

void
dns_servers_parse(struct span text, struct dns_servers *s)
{
	memset(s, 0, sizeof(*s));
	s->port = DNS_PORT;
	s->ndots = 1;
	while (text.len > 0) {
		const char *end = memchr(text.p, '\n', text.len);
		size_t len = end != NULL ? (size_t)(end - text.p) : text.len;

		parse_line((struct span){ text.p, len }, s);
		if (end != NULL)
			len++;
		text.p += len;
		text.len -= len;
	}
	if (s->n == 0)
		s->n += address_parse(span_of("127.0.0.1"), &s->list[0]);
}

void
dns_servers_read(const char *path, struct dns_servers *s)
{
	char text[DNS_CONF_MAX];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	size_t len = 0;
	ssize_t n = 0;

	while (fd != -1 && len < sizeof(text) &&
	    (n = read(fd, text + len, sizeof(text) - len)) > 0)
		len += (size_t)n;
	if (fd != -1)
		close(fd);
	dns_servers_parse((struct span){ text, len }, s);
}

static unsigned
dots(const char *host)
{
	unsigned n = 0;

	for (; *host != '\0'; host++)
		n += *host == '.';
	return n;
}

bool
dns_servers_name(const struct dns_servers *s, const char *host, unsigned nth,
    char name[HOST_MAX])
{
	size_t len = strlen(host);
	unsigned asis = dots(host) >= s->ndots ? 0 : (unsigned)s->nsearch;
	int n;

	if (len > 0 && host[len - 1] == '.') {
		if (nth > 0)
			return false;
		return span_copy((struct span){ host, len - 1 }, name,
		    HOST_MAX);
	}
	if (nth > s->nsearch)
		return false;
	if (nth == asis)
		return span_copy(span_of(host), name, HOST_MAX);
	if (nth > asis)
		nth--;
	n = snprintf(name, HOST_MAX, "%s.%s", host, s->search[nth]);
	return n > 0 && n < HOST_MAX;
}
