/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_aia - issuers that were not sent, fetched
 */
#include <stdlib.h>
#include <string.h>

#include "judge/cert_words.h"
#include "module/module.h"
#include "plugin/cert_aia.h"
#include "plugin/web.h"
#include "report/json.h"
#include "report/sentence.h"
#include "world/clock.h"
#include "world/tls_engine.h"

/* one chain, and how far it has come */
struct chain {
	struct cert_aia		*aia;
	const struct work	*work;
	const struct tls_setup	*tls;
	struct result		*result;
	struct tls_facts	*latest;	/* with all that was fetched; NULL: as it came */
	struct span		 more[AIA_CHAIN_MAX];
	size_t			 n;
	const struct aia_row	*failed;	/* the one that could not be had */
};

/* orphan - the certificate whose issuer is missed, NULL none */
static const struct cert_facts *
orphan(const struct tls_facts *facts)
{
	size_t i;

	for (i = 0; i < facts->ntroubles; i++)
		if (facts->troubles[i].kind == CERT_ISSUER_MISSING &&
		    facts->npath > 0)
			return &facts->path[facts->npath - 1];
	return NULL;
}

static bool
begin(struct cert_aia *aia, struct sheet *sheet)
{
	const struct module *module;
	struct buf why;

	if (aia->session != NULL || aia->no_module)
		return aia->session != NULL;
	buf_init(&why, SENTENCE_MAX);
	module = module_load("http", &why);
	if (module == NULL)
		sheet_find(sheet, CAUSE_INTERNAL_MODULE, STAGE_TLS, NULL,
		    "%s", buf_cstr(&why));
	else
		aia->http = module->functions;
	buf_free(&why);
	if (aia->http != NULL)
		aia->session = aia->http->open();
	aia->no_module = aia->session == NULL;
	return !aia->no_module;
}

static long
patience(const struct work *work)
{
	int64_t left = (work->deadline - clock_now()) / 1000;

	return left < AIA_PATIENCE ? (long)left : AIA_PATIENCE;
}

static void
ask(struct chain *c, struct aia_row *row)
{
	const struct settings *set = c->work->settings;
	struct buf proxy;
	struct http_question q = {
		.url = row->url, .max = AIA_BYTES_MAX,
		.patience = patience(c->work), .stop = c->work->stop,
		.redirects = AIA_REDIRECTS_MAX,
		.ca_file = set->ca_file, .ca_path = set->ca_path
	};

	buf_init(&proxy, HOST_MAX + 32);
	web_proxy(&set->proxy, &proxy);
	q.proxy = proxy.len > 0 ? buf_cstr(&proxy) : NULL;
	c->aia->http->ask(c->aia->session, &q, &row->answer);
	buf_free(&proxy);
	row->good = row->answer.outcome == HTTP_ANSWERED &&
	    row->answer.status == 200 &&
	    c->tls->engine->holds_cert(buf_span(&row->answer.body));
}

/* fetched - what stands at that address; NULL when nobody may be asked any more */
static const struct aia_row *
fetched(struct chain *c, const char *url)
{
	struct cert_aia *aia = c->aia;
	struct aia_row *row;
	size_t i;

	for (i = 0; i < aia->n; i++)
		if (strcmp(aia->rows[i].url, url) == 0)
			return &aia->rows[i];
	if (aia->n == AIA_RUN_MAX || patience(c->work) <= 0 ||
	    *c->work->stop != 0 || !begin(aia, &c->work->run->sheet))
		return NULL;
	row = &aia->rows[aia->n];
	row->url = malloc(strlen(url) + 1);
	if (row->url == NULL)
		return NULL;
	memcpy(row->url, url, strlen(url) + 1);
	aia->n++;
	ask(c, row);
	return row;
}

/* again - with what was fetched; false without memory */
static bool
again(struct chain *c)
{
	struct cert_again all = { .facts = c->result->facts, .more = c->more,
	    .nmore = c->n, .now = cert_now(c->work->settings) };
	struct tls_facts *facts;

	facts = c->tls->engine->judge_again(c->tls->context, &all);
	if (facts == NULL)
		return false;
	tls_facts_free(c->latest);
	free(c->latest);
	c->latest = facts;
	return true;
}

/* climb - issuer by issuer, until one is known, or cannot be had */
static void
climb(struct chain *c)
{
	const struct cert_facts *last = orphan(c->result->facts);
	const struct aia_row *row;
	char was[sizeof(last->sha256)];

	while (last != NULL && last->issuer_url != NULL &&
	    c->n < AIA_CHAIN_MAX) {
		row = fetched(c, last->issuer_url);
		if (row == NULL)
			return;
		if (!row->good) {
			c->failed = row;
			return;
		}
		memcpy(was, last->sha256, sizeof(was));
		c->more[c->n++] = buf_span(&row->answer.body);
		if (!again(c))
			return;
		last = orphan(c->latest);
		/* the same one once more is no progress */
		if (last != NULL && strcmp(last->sha256, was) == 0)
			return;
	}
}

/* name_fetched - those that are on the path now */
static void
name_fetched(struct buf *out, const struct chain *c)
{
	const struct tls_facts *was = c->result->facts;
	const struct cert_facts *cert;
	size_t i, n = 0;

	for (i = was->nsent; i < c->latest->nsent; i++) {
		cert = &c->latest->sent[i];
		if (!tls_facts_has(c->latest->path, c->latest->npath, cert))
			continue;
		(void)buf_str(out, n++ > 0 ? " and " : "");
		cert_words_name(out, cert);
	}
	if (n == 0)
		(void)buf_str(out, "a certificate of somebody else");
}

static void
tell_fetched(struct buf *out, const struct chain *c)
{
	const struct cert_facts *first = orphan(c->result->facts);
	const struct cert_facts *last = orphan(c->latest);
	const struct cert_facts *top = c->latest->npath == 0 ? NULL :
	    &c->latest->path[c->latest->npath - 1];

	(void)buf_str(out, "; fetched ");
	name_fetched(out, c);
	if (first != NULL)
		(void)buf_fmt(out, " from %s", first->issuer_url);
	if (last == NULL && top != NULL && top->anchor) {
		(void)buf_str(out, ": with it the chain leads to ");
		cert_words_name(out, top);
		(void)buf_str(out, ", which is trusted");
	} else if (last != NULL) {
		(void)buf_str(out, ": even so the issuer of ");
		cert_words_name(out, last);
		(void)buf_str(out, " is missing");
	} else {
		(void)buf_str(out, ": even so it leads to nothing trusted");
	}
}

static void
tell_failed(struct buf *out, const struct aia_row *row)
{
	(void)buf_fmt(out, "; nothing can be fetched from %s: ", row->url);
	if (row->answer.outcome != HTTP_ANSWERED)
		(void)buf_str(out, row->answer.words);
	else if (row->answer.status != 200)
		(void)buf_fmt(out, "it answers with status %u",
		    row->answer.status);
	else
		(void)buf_str(out, "what comes is no certificate");
}

/* tell - to the finding that misses the issuer; what can be completed was an intermediate */
static void
tell(const struct chain *c)
{
	struct sheet *sheet = &c->result->sheet;
	struct finding *f;
	struct buf text;
	size_t i;

	buf_init(&text, SENTENCE_MAX);
	if (c->latest != NULL)
		tell_fetched(&text, c);
	if (c->failed != NULL)
		tell_failed(&text, c->failed);
	for (i = 0; i < sheet->nfindings && text.len > 0; i++) {
		f = &sheet->findings[i];
		if (f->cause != CAUSE_CERT_INCOMPLETE_CHAIN &&
		    f->cause != CAUSE_CERT_UNTRUSTED)
			continue;
		if (c->latest != NULL && orphan(c->latest) == NULL &&
		    c->latest->path[c->latest->npath - 1].anchor)
			f->cause = CAUSE_CERT_INCOMPLETE_CHAIN;
		if (!finding_say_more(f, buf_cstr(&text)))
			sheet->nomem = true;
		break;
	}
	buf_free(&text);
}

void
cert_aia_run(struct cert_aia *aia, const struct work *work)
{
	struct run *run = work->run;
	struct chain chain;
	size_t i;

	for (i = 0; i < run->nresults; i++) {
		memset(&chain, 0, sizeof(chain));
		chain.aia = aia;
		chain.work = work;
		chain.result = &run->results[i];
		if (chain.result->facts == NULL ||
		    orphan(chain.result->facts) == NULL)
			continue;
		chain.tls = work->tls(work->arg, &run->sheet);
		if (chain.tls == NULL)
			return;
		climb(&chain);
		tell(&chain);
		tls_facts_free(chain.latest);
		free(chain.latest);
	}
}

void
cert_aia_facts(const struct cert_aia *aia, struct json *j)
{
	const struct aia_row *row;
	size_t i;

	if (aia->n == 0)
		return;
	json_array(j, "fetched");
	for (i = 0; i < aia->n; i++) {
		row = &aia->rows[i];
		json_object(j, NULL);
		json_string(j, "url", row->url);
		json_bool(j, "certificate", row->good);
		if (row->answer.status > 0)
			json_uint(j, "status", row->answer.status);
		else
			json_null(j, "status");
		json_string(j, "outcome", row->answer.words);
		json_uint(j, "bytes", row->answer.body.len);
		json_object_end(j);
	}
	json_array_end(j);
}
