/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * advice - the way out: what to do next, and the command that shows the fault
 */
#include <stdio.h>
#include <string.h>

#include "base/proxy.h"
#include "report/advice.h"

/* what shows a fault of that kind */
enum tool {
	TOOL_NONE,
	TOOL_LOOKUP,	/* ask the resolver */
	TOOL_PROBE,	/* connect and say whether that worked */
	TOOL_TALK,	/* a session in clear */
	TOOL_SHOW,	/* a handshake and its certificates */
	TOOL_SESSION	/* a session within TLS */
};

/* our protocols, in the words of openssl s_client; others it cannot start */
static const struct dialect_words {
	const char	*name;
	bool		 asked;		/* its server is silent until it is asked, and not in lines */
	bool		 named;		/* it is asked for a name, which is not that of the connection */
} dialects[] = {
	{ .name = "imap" }, { .name = "pop3" }, { .name = "smtp" },
	{ .name = "lmtp" }, { .name = "sieve" }, { .name = "ftp" },
	{ .name = "nntp" }, { .name = "ldap", .asked = true },
	{ .name = "postgres", .asked = true },
	{ .name = "xmpp", .asked = true, .named = true },
	{ .name = "xmpp-server", .asked = true, .named = true }
};

void
advice_next(struct buf *out, enum cause cause)
{
	const struct cause_info *info = cause_info(cause);

	if (cause != CAUSE_NONE)
		buf_fmt(out, "%s: %s", info->party, info->next);
}

/* a quote ends the quotes, stands, and opens them again */
void
advice_word(struct buf *out, const char *s)
{
	buf_char(out, '\'');
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			buf_str(out, "'\\''");
		else
			buf_char(out, *s);
	}
	buf_char(out, '\'');
}

/* quoted_place - "host:port" or "[v6]:port" as one word, with what comes before it */
static void
quoted_place(struct buf *out, const char *before, const char *host,
    uint16_t port)
{
	struct buf word;

	buf_init(&word, HOST_MAX + 32);
	buf_fmt(&word, strchr(host, ':') != NULL ? "%s[%s]:%u" : "%s%s:%u",
	    before, host, (unsigned)port);
	advice_word(out, buf_cstr(&word));
	if (word.nomem)
		out->nomem = true;
	buf_free(&word);
}

static void
quoted_port(struct buf *out, const struct target *t)
{
	buf_fmt(out, "'%u'", (unsigned)t->port);
}

/* where the connection went, or should have gone; a proxy is told what the caller said */
static const char *
peer(const struct target *t, bool went, char text[ADDRESS_TEXT])
{
	if (went && t->address.family != 0 && t->proxy == NULL)
		return address_text(&t->address, text);
	if (t->fixed.family != 0)
		return address_text(&t->fixed, text);
	return t->host;
}

static void
netcat(struct buf *out, const struct target *t, enum tool tool)
{
	char text[ADDRESS_TEXT];

	buf_str(out, tool == TOOL_PROBE ? "nc -vz -w 5 " : "nc -C ");
	if (t->proxy != NULL) {
		buf_fmt(out, "-X %s -x ", t->proxy->kind == PROXY_HTTP ?
		    "connect" : "5");
		quoted_place(out, "", t->proxy->host, t->proxy->port);
		buf_char(out, ' ');
	}
	advice_word(out, peer(t, tool != TOOL_PROBE, text));
	buf_char(out, ' ');
	quoted_port(out, t);
}

static const struct dialect_words *
dialect(const struct target *t)
{
	size_t i;

	if (t->protocol == NULL)
		return NULL;
	for (i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++)
		if (strcmp(t->protocol, dialects[i].name) == 0)
			return &dialects[i];
	return NULL;
}

static void
s_client(struct buf *out, const struct target *t, enum tool tool, bool starttls)
{
	char text[ADDRESS_TEXT];

	buf_str(out, "openssl s_client ");
	if (t->proxy != NULL) {
		buf_str(out, "-proxy ");
		quoted_place(out, "", t->proxy->host, t->proxy->port);
		buf_char(out, ' ');
	}
	buf_str(out, "-connect ");
	quoted_place(out, "", peer(t, true, text), t->port);
	if (t->sni[0] != '\0') {
		buf_str(out, " -servername ");
		advice_word(out, t->sni);
	}
	if (starttls) {
		buf_fmt(out, " -starttls %s", dialect(t)->name);
		if (dialect(t)->named && t->sni[0] != '\0') {
			buf_str(out, " -name ");
			advice_word(out, t->sni);
		}
	}
	if (tool == TOOL_SESSION)
		buf_str(out, " -crlf -quiet");
}

/* curl_speaks - one of the protocols that are URLs to it */
static bool
curl_speaks(const char *protocol)
{
	return protocol != NULL && (strcmp(protocol, "imap") == 0 ||
	    strcmp(protocol, "pop3") == 0 || strcmp(protocol, "smtp") == 0);
}

/* curl - asks for the name of the certificate, wherever it connects to */
static void
curl(struct buf *out, const struct target *t, bool starttls)
{
	char text[ADDRESS_TEXT], scheme[16];
	const char *to = peer(t, true, text);
	const char *name = t->sni[0] != '\0' ? t->sni : to;

	buf_str(out, starttls ? "curl -v --ssl-reqd " : "curl -v ");
	if (strcmp(name, to) != 0) {
		buf_str(out, "--connect-to ");
		quoted_place(out, "::", to, t->port);
		buf_char(out, ' ');
	}
	buf_str(out, "--proxy ");
	quoted_place(out, t->proxy->kind == PROXY_HTTP ? "http://" :
	    "socks5h://", t->proxy->host, t->proxy->port);
	buf_char(out, ' ');
	snprintf(scheme, sizeof(scheme), "%s%s://", t->protocol,
	    starttls ? "" : "s");
	quoted_place(out, scheme, name, t->port);
}

/*
 * handshake - openssl knows no SOCKS; from an HTTP proxy it may swallow a
 * greeting that comes close behind the proxy's answer, and it names an IPv6
 * address without its brackets.  curl does all of it well.
 */
static void
handshake(struct buf *out, const struct target *t, enum tool tool,
    bool starttls)
{
	char text[ADDRESS_TEXT];

	if (t->proxy == NULL || (t->proxy->kind == PROXY_HTTP && !starttls &&
	    strchr(peer(t, true, text), ':') == NULL))
		s_client(out, t, tool, starttls);
	else if (curl_speaks(t->protocol))
		curl(out, t, starttls);
}

/* a cause named after a stage is shown by what shows that stage */
static enum stage
stage_to_show(enum cause cause, enum stage stage)
{
	if (cause_matches(cause, span_of("dns.*")))
		return STAGE_DNS;
	if (cause_matches(cause, span_of("connect.*")))
		return STAGE_CONNECT;
	if (cause_matches(cause, span_of("tls.*")) ||
	    cause_matches(cause, span_of("cert.*")))
		return STAGE_TLS;
	return stage;
}

static enum tool
tool_for(const struct target *t, enum cause cause, enum stage stage)
{
	bool secured = t->tls == TLS_IMPLICIT ||
	    (t->tls == TLS_STARTTLS && dialect(t) != NULL);

	if (cause == CAUSE_NONE || cause_is_ours(cause) || t->host[0] == '\0')
		return TOOL_NONE;
	if (cause == CAUSE_TLS_PORT_SPEAKS_PLAINTEXT)
		return TOOL_TALK;
	if (cause == CAUSE_TLS_PORT_SPEAKS_TLS)
		return TOOL_SHOW;
	switch (stage_to_show(cause, stage)) {
	case STAGE_NONE:
		return TOOL_NONE;
	case STAGE_DNS:
		return TOOL_LOOKUP;
	case STAGE_CONNECT:
		return TOOL_PROBE;
	case STAGE_GREETING:
		return t->tls == TLS_IMPLICIT ? TOOL_SESSION :
		    secured && dialect(t)->asked ? TOOL_SHOW : TOOL_TALK;
	case STAGE_TLS:
		return secured ? TOOL_SHOW : TOOL_TALK;
	default:
		return secured ? TOOL_SESSION : TOOL_TALK;
	}
}

void
advice_by_hand(struct buf *out, const struct target *t, enum cause cause,
    enum stage stage)
{
	enum tool tool = tool_for(t, cause, stage);

	if (tool == TOOL_NONE || (tool != TOOL_LOOKUP && t->port == 0))
		return;
	switch (tool) {
	case TOOL_LOOKUP:
		buf_str(out, "getent ahosts ");
		/* the name of a target behind a proxy is not looked up here */
		advice_word(out, t->proxy != NULL ? t->proxy->host : t->host);
		break;
	case TOOL_PROBE:
	case TOOL_TALK:
		netcat(out, t, tool);
		break;
	default:
		handshake(out, t, tool, t->tls == TLS_STARTTLS &&
		    cause != CAUSE_TLS_PORT_SPEAKS_TLS);
		break;
	}
}

void
advice_shows(struct buf *out, const struct result *r, const struct finding *f,
    enum cause cause, enum stage stage)
{
	struct target place = result_place(r, f);

	if (r->by_hand == NULL)
		advice_by_hand(out, &place, cause, stage);
	else if (cause != CAUSE_NONE && !cause_is_ours(cause))
		buf_str(out, r->by_hand);
}
