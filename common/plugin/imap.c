/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap - metrics and facts of the checks that speak IMAP
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "dialog/imap_fetch.h"
#include "plugin/imap.h"
#include "plugin/imap_extras.h"
#include "report/json.h"

/* what is kept of a session when it is gone: one block, freed with the result */
struct imap_kept {
	struct imap_box	 box;
	bool		 downloaded;
	struct {
		unsigned messages, resized, malformed;
		uint64_t bytes;
	} download;
	const struct imap_id *id;	/* behind caps, NULL: nothing said */
	struct imap_idle idle;
	bool		 exchanged;	/* a mechanism was chosen */
	char		 mechanism[SASL_NAME_MAX];
	struct login_offer offer;
	char		 server_text[TEXT_QUOTE_BUF];
	size_t		 ncaps;		/* bytes of caps */
	const char	*caps;		/* behind this: separated by spaces */
};

/* mask - a server that knows the secret by now may show it where only capabilities belong */
static void
mask(const struct session *s, struct span words, struct buf *out)
{
	const struct session_config *c = s->config;
	struct buf next;
	size_t i;

	buf_init(out, IMAP_CAPS_MAX);
	text_mask(out, words, IMAP_CAPS_MAX, c->secret);
	for (i = 0; i < SECRET_FORMS_MAX; i++) {
		buf_init(&next, IMAP_CAPS_MAX);
		text_mask(&next, buf_span(out), IMAP_CAPS_MAX,
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

static void
keep_download(struct imap_kept *k, const struct imap_download *d)
{
	if (d == NULL)
		return;
	k->downloaded = true;
	k->download.messages = d->messages;
	k->download.resized = d->resized;
	k->download.malformed = d->malformed;
	k->download.bytes = d->bytes;
}

/* keep_behind - what is of no fixed size goes into the same block */
static void
keep_behind(struct imap_kept *k, const struct imap_id *id, struct span caps)
{
	char *behind = (char *)(k + 1);

	if (id != NULL) {
		memcpy(behind, id, sizeof(*id));
		k->id = (const void *)behind;
		behind += sizeof(*id);
	}
	k->caps = behind;
	k->ncaps = caps.len;
	if (caps.len > 0)
		memcpy(behind, caps.p, caps.len);
}

static void
keep(struct session *s, const struct imap *m)
{
	struct imap_kept *k;
	struct buf caps;

	mask(s, buf_span(&m->caps_text), &caps);
	k = calloc(1, sizeof(*k) + (m->id != NULL ? sizeof(*m->id) : 0) +
	    caps.len);
	if (k == NULL || caps.nomem)
		s->result->sheet.nomem = true;
	if (k != NULL) {
		k->box = m->box;
		keep_download(k, m->download);
		k->idle = m->idle;
		k->idle.lasted = imap_idle_lasted(s);
		k->offer = m->offered != NULL ? *m->offered : m->offer;
		mask_offer(s, &k->offer);
		k->exchanged = m->choice.how != LOGIN_NONE;
		memcpy(k->mechanism, m->choice.mechanism,
		    sizeof(k->mechanism));
		memcpy(k->server_text, m->server_text,
		    sizeof(k->server_text));
		keep_behind(k, m->id, buf_span(&caps));
	}
	s->result->facts = k;
	buf_free(&caps);
}

void
imap_conclude(struct session *s, const struct imap_options *options)
{
	if (s->talk == NULL)
		return;
	imap_measure(s, options);
	keep(s, s->talk);
}

static void
words_array(struct json *j, const char *key, struct span words)
{
	struct span word;

	json_array(j, key);
	while (words.len > 0) {
		word = span_word(&words);
		if (word.len > 0)
			json_span(j, NULL, word);
	}
	json_array_end(j);
}

static void
number_or_null(struct json *j, const char *key, bool has, uint64_t value)
{
	if (has)
		json_uint(j, key, value);
	else
		json_null(j, key);
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
moment_or_null(struct json *j, const char *key, bool has, int64_t moment)
{
	struct buf text;

	buf_init(&text, 64);
	when_write_iso(&text, moment);
	json_string(j, key, has ? buf_cstr(&text) : NULL);
	buf_free(&text);
}

/* what came of --fetch */
static void
download(struct json *j, const struct imap_kept *k)
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
imap_facts(const struct run *run, struct json *j)
{
	static const struct imap_kept nothing;
	const struct result *r = dialogue(run);
	const struct imap_kept *k;
	size_t i;

	json_string(j, "protocol", "imap");
	if (r == NULL)
		return;
	/* who got no further than a connection learnt that much */
	k = r->facts != NULL ? r->facts : &nothing;
	words_array(j, "capabilities", (struct span){ k->caps, k->ncaps });
	json_array(j, "mechanisms");
	for (i = 0; i < k->offer.n; i++)
		json_string(j, NULL, k->offer.names[i]);
	json_array_end(j);
	json_string(j, "mechanism", k->exchanged ? k->mechanism : NULL);
	json_string(j, "mailbox", k->box.opened ? k->box.name : NULL);
	number_or_null(j, "messages", k->box.opened && k->box.has_messages,
	    k->box.messages);
	number_or_null(j, "unseen", k->box.opened && k->box.has_unseen,
	    k->box.unseen);
	moment_or_null(j, "newest", k->box.has_newest, k->box.newest);
	moment_or_null(j, "oldest_unseen", k->box.has_oldest, k->box.oldest);
	number_or_null(j, "uidvalidity", k->box.has_uidvalidity,
	    k->box.uidvalidity);
	json_string(j, "server_text", k->server_text[0] != '\0' ?
	    k->server_text : NULL);
	if (k->box.has_found)
		json_uint(j, "found", k->box.found);
	download(j, k);
	imap_extras_facts(j, k->id, &k->idle);
}
