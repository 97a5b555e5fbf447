/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * via - why a proxy gave no way to the server
 */
#include "judge/names.h"
#include "judge/path.h"
#include "judge/via.h"

/* RFC 1928 section 6, the reply field */
static const struct {
	enum cause	 cause;
	const char	*words;
} socks[] = {
	{ CAUSE_CONNECT_UNREACHABLE,	"general failure" },	/* 0 is success */
	{ CAUSE_CONNECT_UNREACHABLE,	"general failure" },
	{ CAUSE_CONNECT_REJECTED,	"not allowed by its rules" },
	{ CAUSE_CONNECT_UNREACHABLE,	"network unreachable" },
	{ CAUSE_CONNECT_UNREACHABLE,	"host unreachable" },
	{ CAUSE_CONNECT_REFUSED,	"connection refused" },
	{ CAUSE_CONNECT_UNREACHABLE,	"time to live expired" },
	{ CAUSE_CONNECT_REJECTED,	"command not supported" },
	{ CAUSE_CONNECT_REJECTED,	"address type not supported" }
};

enum {
	SOCKS_KNOWN = sizeof(socks) / sizeof(socks[0])
};

static enum cause
code_cause(enum proxy_kind kind, unsigned code)
{
	if (kind == PROXY_SOCKS5H)
		return code < SOCKS_KNOWN ? socks[code].cause :
		    CAUSE_CONNECT_UNREACHABLE;
	if (code == 504)
		return CAUSE_CONNECT_FILTERED;
	return code >= 500 ? CAUSE_CONNECT_UNREACHABLE :
	    CAUSE_CONNECT_REJECTED;
}

enum cause
via_cause(enum proxy_kind kind, const struct via *v)
{
	switch (v->outcome) {
	case VIA_UP:
		return CAUSE_NONE;
	case VIA_LOGIN:
		return CAUSE_CONNECT_REJECTED;
	case VIA_CODE:
		return code_cause(kind, v->code);
	case VIA_BABBLE:
		return CAUSE_PROTOCOL_VIOLATION;
	case VIA_SILENT:
		return CAUSE_CONNECT_FILTERED;
	default:
		return CAUSE_CONNECT_RESET;
	}
}

void
via_name(struct buf *out, const struct proxy *p)
{
	struct target t = { .port = p->port };

	span_copy(span_of(p->host), t.host, sizeof(t.host));
	buf_str(out, "the proxy ");
	target_write(out, &t);
}

/* say - what the proxy did, after its name */
static void
say(struct buf *out, const struct proxy *p, const struct via *v,
    const char *whom)
{
	const char *protocol = p->kind == PROXY_HTTP ? "HTTP" : "SOCKS 5";

	switch (v->outcome) {
	case VIA_LOGIN:
		buf_fmt(out, " wants a login before it opens a way to %s",
		    whom);
		break;
	case VIA_CODE:
		buf_fmt(out, " opens no way to %s: it answers %u", whom,
		    v->code);
		if (p->kind == PROXY_SOCKS5H && v->code < SOCKS_KNOWN)
			buf_fmt(out, " (%s)", socks[v->code].words);
		else if (v->words[0] != '\0')
			buf_fmt(out, " \"%s\"", v->words);
		break;
	case VIA_BABBLE:
		buf_fmt(out, " does not answer in %s when asked for %s",
		    protocol, whom);
		break;
	case VIA_SILENT:
		buf_fmt(out, " was asked for %s and did not answer", whom);
		break;
	default:
		buf_fmt(out, " %s the connection when asked for %s",
		    v->outcome == VIA_RESET ? "cut" : "closed", whom);
		break;
	}
}

static void
judge_answer(struct sheet *sh, const struct proxy *p, const struct via *v,
    const char *whom, bool by_deadline)
{
	struct finding *f;
	struct buf text;

	buf_init(&text, SENTENCE_MAX);
	via_name(&text, p);
	say(&text, p, v, whom);
	f = sheet_find(sh, via_cause(p->kind, v), STAGE_CONNECT, NULL, "%s",
	    buf_cstr(&text));
	if (f != NULL && v->outcome == VIA_SILENT)
		f->by_deadline = by_deadline;
	if (text.nomem)
		sh->nomem = true;
	buf_free(&text);
}

void
via_judge(struct sheet *sh, const struct proxy *p,
    const struct resolved *resolved, const struct connected *connected,
    const struct via *via, const char *whom, bool by_deadline)
{
	struct buf name;

	if (via != NULL) {
		judge_answer(sh, p, via, whom, by_deadline);
		return;
	}
	buf_init(&name, SENTENCE_MAX);
	if (resolved != NULL) {
		buf_fmt(&name, "the proxy %s", p->host);
		names_judge(sh, resolved, buf_cstr(&name), 0, by_deadline);
	} else {
		via_name(&name, p);
		path_judge(sh, connected, p->port, buf_cstr(&name),
		    by_deadline);
	}
	if (name.nomem)
		sh->nomem = true;
	buf_free(&name);
}
