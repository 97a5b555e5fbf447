/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * login_facts - what a login learnt, kept when the session is gone
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dialog/download.h"
#include "plugin/login_check.h"
#include "plugin/tls_seen.h"
#include "report/json.h"

struct kept {
	bool		 downloaded;
	struct {
		unsigned messages, resized, malformed;
		uint64_t bytes;
	} download;
	bool		 exchanged;	/* a mechanism was chosen */
	char		 mechanism[SASL_NAME_MAX];
	struct login_offer offer;
	char		 server_text[TEXT_QUOTE_BUF];
	size_t		 ncaps;
	char		 caps[LOGIN_CAPS_MAX];	/* one a line */
	max_align_t	 own[];		/* the protocol's */
};

/* mask - a server that knows the secret by now may show it where only capabilities belong */
static void
mask(const struct session *s, struct span words, struct buf *out)
{
	const struct session_config *c = s->config;
	struct buf next;
	size_t i;

	buf_init(out, LOGIN_CAPS_MAX);
	text_mask(out, words, LOGIN_CAPS_MAX, c->secret);
	for (i = 0; i < SECRET_FORMS_MAX; i++) {
		buf_init(&next, LOGIN_CAPS_MAX);
		text_mask(&next, buf_span(out), LOGIN_CAPS_MAX,
		    c->secret_forms[i]);
		next.nomem = next.nomem || out->nomem;
		buf_free(out);
		*out = next;
	}
}

/* mask_offer - the same for the mechanisms, which came with them */
static void
mask_offer(const struct session *s, struct login_offer *offer)
{
	char text[TEXT_QUOTE_BUF];
	size_t i;

	for (i = 0; i < offer->n; i++)
		span_copy(span_of(session_quote(s, span_of(offer->names[i]),
		    text)), offer->names[i], SASL_NAME_MAX);
}

/* keep_caps - line by line: cleaning makes one line of all that it gets */
static void
keep_caps(struct session *s, struct kept *k, const struct login_state *l)
{
	struct span lines = buf_span(&l->caps_text);
	struct buf all, line;

	buf_init(&all, LOGIN_CAPS_MAX);
	while (lines.len > 0) {
		mask(s, span_line(&lines), &line);
		buf_span_add(&all, buf_span(&line));
		buf_char(&all, '\n');
		all.nomem = all.nomem || line.nomem;
		buf_free(&line);
	}
	if (all.nomem)
		s->result->sheet.nomem = true;
	k->ncaps = all.len;
	if (all.len > 0)
		memcpy(k->caps, buf_span(&all).p, all.len);
	buf_free(&all);
}

static void
keep_download(struct kept *k, const struct download *d)
{
	if (d == NULL)
		return;
	k->downloaded = true;
	k->download.messages = d->messages;
	k->download.resized = d->resized;
	k->download.malformed = d->malformed;
	k->download.bytes = d->bytes;
}

void *
login_keep(struct session *s, const struct login_state *l, size_t own)
{
	struct kept *k = calloc(1, sizeof(*k) + own);

	s->result->facts = k;
	if (k == NULL) {
		s->result->sheet.nomem = true;
		return NULL;
	}
	keep_caps(s, k, l);
	keep_download(k, l->download);
	k->offer = l->offered != NULL ? *l->offered : l->offer;
	mask_offer(s, &k->offer);
	k->exchanged = l->choice.how != LOGIN_NONE;
	memcpy(k->mechanism, l->choice.mechanism, sizeof(k->mechanism));
	memcpy(k->server_text, l->server_text, sizeof(k->server_text));
	return k->own;
}

/* dialogue - the result that holds the login: the only one, or that of one host which has its other addresses beside it; NULL if there is none */
static const struct result *
dialogue(const struct run *run)
{
	const struct result *r, *first = run->results;
	size_t i;

	for (i = 0; i < run->nresults; i++) {
		r = &run->results[i];
		if (r->target.port != first->target.port ||
		    strcmp(r->target.host, first->target.host) != 0)
			return NULL;
	}
	/* the login comes before all others */
	return run->nresults > 0 ? first : NULL;
}

static void
lines_array(struct json *j, const char *key, struct span lines)
{
	struct span line;

	json_array(j, key);
	while (lines.len > 0) {
		line = span_line(&lines);
		if (line.len > 0)
			json_span(j, NULL, line);
	}
	json_array_end(j);
}

/* what came of --fetch */
static void
download(struct json *j, const struct kept *k)
{
	if (!k->downloaded)
		return;
	json_object(j, "download");
	json_uint(j, "messages", k->download.messages);
	json_uint(j, "bytes", k->download.bytes);
	json_uint(j, "resized", k->download.resized);
	json_uint(j, "malformed", k->download.malformed);
	json_object_end(j);
}

void
login_number(struct json *j, const char *key, bool known, uint64_t value)
{
	if (known)
		json_uint(j, key, value);
	else
		json_null(j, key);
}

/* of_dialogue - what the one login learnt */
static void
of_dialogue(struct json *j, const struct result *r,
    void (*more)(struct json *, const void *own))
{
	static const struct kept nothing;
	const struct kept *k;
	size_t i;

	/* who got no further than a connection learnt that much */
	k = r->facts != NULL ? r->facts : &nothing;
	lines_array(j, "capabilities", (struct span){ k->caps, k->ncaps });
	json_array(j, "mechanisms");
	for (i = 0; i < k->offer.n; i++)
		json_string(j, NULL, k->offer.names[i]);
	json_array_end(j);
	json_string(j, "mechanism", k->exchanged ? k->mechanism : NULL);
	json_string(j, "server_text", k->server_text[0] != '\0' ?
	    k->server_text : NULL);
	download(j, k);
	more(j, r->facts != NULL ? k->own : NULL);
}

void
login_facts(const struct run *run, struct json *j, const char *protocol,
    void (*more)(struct json *, const void *own))
{
	const struct result *r = dialogue(run);

	json_string(j, "protocol", protocol);
	if (r != NULL)
		of_dialogue(j, r, more);
	tls_seen_facts(run, j);
}
