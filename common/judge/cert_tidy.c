/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_tidy - does a server send, or a file hold, what belongs to its chain, once, in order
 */
#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "judge/cert_tidy.h"
#include "judge/cert_words.h"

static bool
same(const struct cert_facts *a, const struct cert_facts *b)
{
	return strcmp(a->sha256, b->sha256) == 0;
}

/*
 * Which of those sent could be part of some path from the leaf up, by names
 * alone: what is reachable may serve another client's roots.
 */
static void
mark_reachable(const struct tls_facts *facts, bool reachable[CERTS_MAX])
{
	size_t i, j;
	bool grew = true;

	reachable[0] = true;
	while (grew) {
		grew = false;
		for (i = 0; i < facts->nsent; i++) {
			for (j = 0; j < facts->nsent && !reachable[i]; j++) {
				if (!reachable[j] ||
				    strcmp(facts->sent[j].issuer,
				    facts->sent[i].subject) != 0)
					continue;
				reachable[i] = true;
				grew = true;
			}
		}
	}
}

static void
begin(struct buf *out, const char *words, const struct cert_facts *cert)
{
	if (out->len > 0)
		(void)buf_str(out, "; ");
	(void)buf_str(out, words);
	cert_words_name(out, cert);
}

/* times - how often it is among the first n */
static size_t
times(const struct tls_facts *facts, size_t n, const struct cert_facts *cert)
{
	size_t i, found = 0;

	for (i = 0; i < n; i++)
		found += same(&facts->sent[i], cert);
	return found;
}

/* note_again - at the second of its kind, for all of them */
static void
note_again(struct buf *out, const struct tls_facts *facts, size_t nth,
    const struct cert_voice *voice)
{
	const struct cert_facts *cert = &facts->sent[nth];
	size_t n = times(facts, facts->nsent, cert);
	char words[64];

	if (times(facts, nth, cert) > 1)
		return;
	if (n == 2)
		(void)snprintf(words, sizeof(words), "%s twice: ",
		    voice->times);
	else
		(void)snprintf(words, sizeof(words), "%s %zu times%s: ",
		    voice->times, n, facts->more_sent > 0 ? " or more" : "");
	begin(out, words, cert);
}

static void
note_extras(struct buf *out, const struct tls_facts *facts, int64_t now,
    const struct cert_voice *voice)
{
	bool reachable[CERTS_MAX] = { false };
	size_t i;

	mark_reachable(facts, reachable);
	for (i = 1; i < facts->nsent; i++) {
		const struct cert_facts *cert = &facts->sent[i];

		if (tls_facts_has(facts->sent, i, cert)) {
			note_again(out, facts, i, voice);
		} else if (tls_facts_has(facts->path, facts->npath, cert)) {
			continue;
		} else if (cert->not_after < now) {
			begin(out, "not needed and expired: ", cert);
			(void)buf_str(out, " ended ");
			when_write(out, cert->not_after);
		} else if (!reachable[i]) {
			begin(out, "does not belong to the chain: ", cert);
		}
	}
	if (facts->more_sent > 0)
		(void)buf_fmt(out, "%s%zu certificates %s",
		    out->len > 0 ? "; " : "",
		    facts->nsent + facts->more_sent, voice->many);
}

/* each certificate has to certify the one before it: RFC 5246 section 7.4.2 */
static void
note_order(struct buf *out, const struct tls_facts *facts)
{
	size_t i, j, last = 0;

	/* servers take the first one of a file for their own */
	if (facts->displaced) {
		begin(out, "out of order: ", &facts->path[0]);
		(void)buf_str(out, " does not stand first");
		return;
	}
	for (i = 1; i < facts->npath; i++) {
		for (j = 0; j < facts->nsent; j++)
			if (same(&facts->sent[j], &facts->path[i]))
				break;
		if (j == facts->nsent)
			continue;
		if (j < last) {
			begin(out, "out of order: ", &facts->path[i]);
			(void)buf_str(out, " stands before what it certifies");
			return;
		}
		last = j;
	}
}

void
cert_tidy_judge(struct sheet *sheet, const struct tls_facts *facts,
    const struct cert_moment *moment, const char *whom)
{
	const struct cert_voice *voice = cert_words_voice(moment->filed);
	struct buf detail;

	if (facts->nsent == 0 || facts->npath == 0 ||
	    !facts->path[facts->npath - 1].anchor)
		return;
	buf_init(&detail, SENTENCE_MAX);
	note_order(&detail, facts);
	note_extras(&detail, facts, moment->now, voice);
	sheet->nomem = sheet->nomem || detail.nomem;
	if (detail.len > 0)
		(void)sheet_find(sheet, CAUSE_CERT_UNTIDY, STAGE_TLS,
		    buf_cstr(&detail), "%s %s an untidy chain: %s", whom,
		    voice->sends, buf_cstr(&detail));
	buf_free(&detail);
}
