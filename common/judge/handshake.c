/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * handshake - why TLS did not come about
 */
#include <string.h>

#include "base/text.h"
#include "judge/handshake.h"

#define ALERT_CLOSE_NOTIFY	0	/* RFC 8446 section 6.1 */

/* what an alert usually means to whoever has to find the fault */
static const struct {
	int		 number;
	const char	*hint;
} hints[] = {
	{ 40, "no cipher, group or signature in common, often because the "
	    "server's certificate or key did not load" },
	{ 71, "the server wants stronger ciphers or keys than we offer" },
	{ 80, "the server failed inside, see its log" },
	{ 86, "the server speaks a newer version than the one offered" },
	{ 112, "the server knows no such host name" },
	{ 120, "the server wants a protocol name (ALPN) that mail has none of" }
};

static const char *
hint(int alert)
{
	size_t i;

	for (i = 0; i < sizeof(hints) / sizeof(hints[0]); i++)
		if (hints[i].number == alert)
			return hints[i].hint;
	return NULL;
}

/* is_farewell - "* BYE", "-ERR", "4yz", as a server says that cannot go on */
static bool
is_farewell(struct span s)
{
	static const char *const farewells[] = {
		"* BYE", "-ERR", "BYE", "</stream:stream>", "<stream:error"
	};
	size_t i;

	for (i = 0; i < sizeof(farewells) / sizeof(farewells[0]); i++)
		if (span_begins(s, farewells[i]))
			return true;
	return s.len >= 3 && s.p[0] == '4' && s.p[1] >= '0' &&
	    s.p[1] <= '9' && s.p[2] >= '0' && s.p[2] <= '9' &&
	    (s.len == 3 || s.p[3] == ' ' || s.p[3] == '-' || s.p[3] == '\r' ||
	    s.p[3] == '\n');
}

/* is_words - what a protocol in clear begins with: graphic ASCII, or a line end first */
static bool
is_words(struct span s)
{
	size_t i;

	for (i = 0; i < s.len && i < 4; i++)
		if ((s.p[i] < ' ' || s.p[i] > '~') && s.p[i] != '\r' &&
		    s.p[i] != '\n' && s.p[i] != '\t')
			return false;
	return s.len > 0;
}

enum cause
handshake_clear(struct span s)
{
	if (!is_words(s))
		return CAUSE_TLS_HANDSHAKE;
	return is_farewell(s) ? CAUSE_TLS_STARTTLS_REFUSED :
	    CAUSE_TLS_INJECTION;
}

/* first_line - cleaned, up to the first line end; said in words when that is all */
static void
first_line(struct buf *out, struct span s)
{
	const char *end = memchr(s.p, '\n', s.len);

	if (end != NULL)
		s.len = (size_t)(end - s.p);
	text_clean(out, s, TEXT_QUOTE_MAX);
	if (out->len == 0)
		buf_str(out, "an empty line");
}

static void
judge_clear(struct sheet *sheet, struct span s, bool starttls,
    const char *whom)
{
	struct buf words;

	buf_init(&words, SENTENCE_MAX);
	first_line(&words, s);
	if (!starttls)
		(void)sheet_find(sheet, CAUSE_TLS_PORT_SPEAKS_PLAINTEXT,
		    STAGE_TLS, NULL, "%s answers in plain text where TLS was "
		    "expected: %s", whom, buf_cstr(&words));
	else if (handshake_clear(s) == CAUSE_TLS_STARTTLS_REFUSED)
		(void)sheet_find(sheet, CAUSE_TLS_STARTTLS_REFUSED, STAGE_TLS,
		    NULL, "%s agreed to STARTTLS and then refused: %s", whom,
		    buf_cstr(&words));
	else
		(void)sheet_find(sheet, CAUSE_TLS_INJECTION, STAGE_TLS, NULL,
		    "%s sends text in clear where the TLS handshake belongs: "
		    "%s", whom, buf_cstr(&words));
	sheet->nomem = sheet->nomem || words.nomem;
	buf_free(&words);
}

/* is_message - a binary protocol in clear: its messages begin with a letter or digit (LDAP, PostgreSQL), and no record of TLS does */
static bool
is_message(struct span s)
{
	return s.len > 0 && s.p[0] > ' ' && s.p[0] <= '~';
}

static void
judge_not_tls(struct sheet *sheet, const struct tls_facts *facts,
    bool starttls, const char *whom)
{
	char		 copy[TLS_FIRST_MAX];
	struct span	 s = { copy, facts->nfirst };
	struct buf	 hex;
	size_t		 i;

	memcpy(copy, facts->first, facts->nfirst);
	if (is_words(s)) {
		judge_clear(sheet, s, starttls, whom);
		return;
	}
	buf_init(&hex, SENTENCE_MAX);
	for (i = 0; i < facts->nfirst && i < 8; i++)
		(void)buf_fmt(&hex, " %02x", facts->first[i]);
	if (starttls && is_message(s))
		(void)sheet_find(sheet, CAUSE_TLS_INJECTION, STAGE_TLS, NULL,
		    "%s sends bytes in clear where the TLS handshake "
		    "belongs, beginning%s", whom, buf_cstr(&hex));
	else
		(void)sheet_find(sheet, CAUSE_TLS_HANDSHAKE, STAGE_TLS, NULL,
		    "%s answers with neither TLS nor text, beginning%s", whom,
		    buf_cstr(&hex));
	sheet->nomem = sheet->nomem || hex.nomem;
	buf_free(&hex);
}

static void
judge_version(struct sheet *sheet, const struct tls_facts *facts,
    const char *whom)
{
	int v = facts->server_version;

	if (v != 0)
		(void)sheet_find(sheet, CAUSE_TLS_VERSION, STAGE_TLS, NULL,
		    "%s speaks TLS %d.%d, which is not accepted here", whom,
		    v / 10, v % 10);
	else
		(void)sheet_find(sheet, CAUSE_TLS_VERSION, STAGE_TLS,
		    facts->alert == 70 && !facts->alert_sent ?
		    "the server answers with alert protocol_version (70) and "
		    "does not say what it speaks" : NULL,
		    "%s speaks no TLS version that is accepted here", whom);
}

static void
judge_alert(struct sheet *sheet, const struct tls_facts *facts,
    const char *whom)
{
	const char	*why = hint(facts->alert);
	struct buf	 detail;

	if (facts->alert == ALERT_CLOSE_NOTIFY && facts->server_version == 0) {
		(void)sheet_find(sheet, CAUSE_TLS_SERVER_SETUP, STAGE_TLS,
		    "alert close_notify (0) from the server", "%s closes the "
		    "connection at the first TLS message", whom);
		return;
	}
	buf_init(&detail, SENTENCE_MAX);
	(void)buf_fmt(&detail, "alert %s (%d) from the server",
	    tls_alert_name(facts->alert), facts->alert);
	if (why != NULL)
		(void)buf_fmt(&detail, ": %s", why);
	(void)sheet_find(sheet, CAUSE_TLS_HANDSHAKE, STAGE_TLS,
	    buf_cstr(&detail), "%s ends the TLS handshake with alert %s (%d)",
	    whom, tls_alert_name(facts->alert), facts->alert);
	sheet->nomem = sheet->nomem || detail.nomem;
	buf_free(&detail);
}

static const char *
reason(const struct tls_facts *facts)
{
	return *facts->reason != '\0' ? facts->reason :
	    "no reason is known";
}

void
handshake_judge(struct sheet *sheet, const struct tls_facts *facts,
    bool starttls, const char *whom)
{
	switch (facts->outcome) {
	case TLS_DONE:
		break;
	case TLS_NOT_TLS:
		judge_not_tls(sheet, facts, starttls, whom);
		break;
	case TLS_VERSION:
		judge_version(sheet, facts, whom);
		break;
	case TLS_POLICY:
		(void)sheet_find(sheet, CAUSE_TLS_POLICY, STAGE_TLS,
		    reason(facts), "%s is refused by the security level of "
		    "this host: %s", whom, reason(facts));
		break;
	case TLS_CLIENT_CERT:
		(void)sheet_find(sheet, CAUSE_TLS_CLIENT_CERTIFICATE,
		    STAGE_TLS, NULL, "%s demands a client certificate: %s",
		    whom, reason(facts));
		break;
	case TLS_ALERT:
		judge_alert(sheet, facts, whom);
		break;
	case TLS_BROKEN:
		(void)sheet_find(sheet, CAUSE_TLS_HANDSHAKE, STAGE_TLS,
		    reason(facts), "%s breaks the TLS handshake: %s", whom,
		    reason(facts));
		break;
	case TLS_OURS:
		(void)sheet_find(sheet, CAUSE_INTERNAL_ERROR, STAGE_TLS,
		    reason(facts), "TLS with %s failed on this side: %s",
		    whom, reason(facts));
		break;
	}
}

void
handshake_closed(struct sheet *sheet, const struct tls_facts *facts,
    bool reset, bool starttls, const char *whom)
{
	if (facts->nfirst > 0) {
		/* too short for the engine to be sure, and now it is all there is */
		judge_not_tls(sheet, facts, starttls, whom);
	} else if (facts->server_spoke) {
		(void)sheet_find(sheet, CAUSE_TLS_CLOSED, STAGE_TLS,
		    facts->client_cert_asked ? "it had asked for a client "
		    "certificate before" : NULL,
		    "%s %s the connection half-way through the TLS handshake",
		    whom, reset ? "resets" : "closes");
	} else if (reset && !starttls) {
		(void)sheet_find(sheet, CAUSE_CONNECT_RESET, STAGE_CONNECT,
		    "after the first TLS message: a certificate or key that "
		    "the server cannot load does this too",
		    "%s resets the connection before it says anything", whom);
	} else {
		(void)sheet_find(sheet, CAUSE_TLS_SERVER_SETUP, STAGE_TLS,
		    NULL, "%s %s the connection at the first TLS message",
		    whom, reset ? "resets" : "closes");
	}
}
