/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_compare - certificates of servers beside that on disk, and beside each
 * other
 */
#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "judge/differs.h"
#include "judge/stale.h"
#include "plugin/cert.h"
#include "world/tls_engine.h"

/* on_disk - what the file holds; NULL with a finding */
static struct tls_facts *
on_disk(const struct work *work, const struct cert_options *options,
    int64_t *changed)
{
	struct cert_file_wish wish = { .path = options->compare,
	    .password = work->secret, .now = cert_now(work->settings) };
	struct sheet *sheet = &work->run->sheet;
	const struct tls_setup *tls = work->tls(work->arg, sheet);
	struct cert_file_refusal refusal = { .cause = CAUSE_NONE };
	struct tls_facts *facts;
	struct stat st;

	if (tls == NULL)
		return NULL;
	buf_init(&refusal.why, SENTENCE_MAX);
	facts = tls->engine->judge_file(tls->context, &wish, &refusal);
	if (facts != NULL && stat(options->compare, &st) != 0) {
		buf_str(&refusal.why, strerror(errno));
		refusal.cause = CAUSE_CERT_UNREADABLE;
		tls_facts_free(facts);
		free(facts);
		facts = NULL;
	}
	if (facts == NULL)
		sheet_find(sheet, refusal.cause,
		    refusal.cause == CAUSE_CERT_UNREADABLE ? STAGE_TLS :
		    STAGE_NONE, buf_cstr(&refusal.why), "--compare-file=%s: %s",
		    options->compare, buf_cstr(&refusal.why));
	else
		*changed = (int64_t)st.st_mtime;
	buf_free(&refusal.why);
	return facts;
}

static void
compare(const struct work *work, const struct cert_options *options,
    const struct tls_facts *disk, int64_t changed)
{
	struct stale_file file = { .leaf = tls_facts_cert(disk, 0),
	    .changed = changed };
	struct run *run = work->run;
	struct buf path, note, whom;
	size_t i;

	buf_init(&path, SENTENCE_MAX);
	text_clean(&path, span_of(options->compare), TEXT_QUOTE_MAX);
	file.path = buf_cstr(&path);
	for (i = 0; i < run->nresults; i++) {
		struct result *r = &run->results[i];

		if (r->facts == NULL)
			continue;
		buf_init(&note, SENTENCE_MAX);
		buf_init(&whom, SENTENCE_MAX);
		target_write(&whom, &r->target);
		stale_judge(&r->sheet, r->facts, &file,
		    cert_now(work->settings), options->grace / 1000000,
		    buf_cstr(&whom), &note);
		if (note.len > 0)
			result_note_more(r, STAGE_TLS, "; %s",
			    buf_cstr(&note));
		buf_free(&note);
		buf_free(&whom);
	}
	buf_free(&path);
}

/* side_by_side - what each address and port of a host served */
static void
side_by_side(struct run *run)
{
	struct differs_seen *seen = calloc(run->nresults + 1, sizeof(*seen));
	struct buf *places = calloc(run->nresults + 1, sizeof(*places));
	char text[ADDRESS_TEXT];
	size_t i;

	for (i = 0; seen != NULL && places != NULL && i < run->nresults; i++) {
		const struct result *r = &run->results[i];

		buf_init(&places[i], SENTENCE_MAX);
		buf_fmt(&places[i], "%s:%u", r->target.address.family != 0 ?
		    address_text(&r->target.address, text) : r->target.host,
		    (unsigned)r->target.port);
		seen[i] = (struct differs_seen){ .host = r->target.host,
		    .sni = r->target.sni, .place = buf_cstr(&places[i]),
		    .leaf = r->facts == NULL ? NULL :
		    tls_facts_cert(r->facts, 0) };
	}
	if (seen != NULL && places != NULL)
		differs_judge(&run->sheet, seen, run->nresults);
	else
		run->sheet.nomem = true;
	for (i = 0; places != NULL && i < run->nresults; i++)
		buf_free(&places[i]);
	free(places);
	free(seen);
}

void
cert_compare(const struct work *work, const struct cert_options *options)
{
	struct tls_facts *disk;
	int64_t changed;

	if (options->files.n > 0)
		return;
	if (work->run->nresults > 1)
		side_by_side(work->run);
	if (options->compare == NULL)
		return;
	disk = on_disk(work, options, &changed);
	if (disk == NULL)
		return;
	compare(work, options, disk, changed);
	tls_facts_free(disk);
	free(disk);
}
