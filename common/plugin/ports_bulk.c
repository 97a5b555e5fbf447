/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_bulk - do full-sized packets come through, on the ways that are followed?
 */
#include <string.h>

#include "judge/bulk.h"
#include "judge/port_known.h"
#include "plugin/ports.h"
#include "world/bulk.h"
#include "world/clock.h"
#include "world/loop.h"

/* a connection over which much is said */
struct saying {
	bool			 done;
	struct bulk_facts	 facts;
};

static void
said(void *arg, const struct bulk_facts *facts)
{
	struct saying *s = arg;

	s->done = true;
	s->facts = *facts;
}

/* speaks - what is to be said there; a port that opens and does not answer a hello may be silent because its answer is too big */
static enum speech
speaks(const struct port_row *row)
{
	if (row->verdict != PORT_OPEN)
		return SPEECH_UNKNOWN;
	if (row->speech == SPEECH_NONE && port_known(row->port)->tls_first)
		return SPEECH_TLS;
	return (enum speech)row->speech;
}

/* worth - how much a port can show: one where bytes flow both ways most, one that is silent first of all */
static int
worth(const struct port_row *row)
{
	switch (speaks(row)) {
	case SPEECH_TLS:
		return row->speech == SPEECH_NONE ? 3 : 1;
	case SPEECH_IMAP:
	case SPEECH_POP3:
	case SPEECH_SMTP:
	case SPEECH_LMTP:
		return 2;
	default:
		return 0;
	}
}

/* better - of two ports that are worth as much that at which mail is fetched */
static bool
better(const struct port_row *row, const struct port_row *than)
{
	if (worth(row) != worth(than))
		return worth(row) > worth(than);
	return port_known(row->port)->retrieves &&
	    !port_known(than->port)->retrieves;
}

static const struct port_row *
choose(const struct port_host *h, size_t address)
{
	const struct port_row *row, *best = NULL;
	size_t i;

	for (i = 0; i < h->nports; i++) {
		row = ports_row(h, address, i);
		if (worth(row) > 0 && (best == NULL || better(row, best)))
			best = row;
	}
	return best;
}

/* blame - the way; what is silent on this host is so because of it */
static void
blame(struct result *r, const struct port_row *row,
    const struct bulk_facts *facts)
{
	struct finding *f;
	struct buf whom, words;
	size_t i;

	for (i = 0; i < r->sheet.nfindings; i++) {
		f = &r->sheet.findings[i];
		if (f->cause == CAUSE_TLS_TIMEOUT ||
		    f->cause == CAUSE_GREETING_TIMEOUT)
			f->explained_by = CAUSE_CONNECT_MTU;
	}
	buf_init(&whom, SENTENCE_MAX);
	buf_init(&words, SENTENCE_MAX);
	result_whom(r, row->port, &whom);
	bulk_words(facts, buf_cstr(&whom), &words);
	f = sheet_find(&r->sheet, CAUSE_CONNECT_MTU, STAGE_CONNECT, NULL, "%s",
	    buf_cstr(&words));
	if (f != NULL)
		f->port = row->port;
	r->stages[STAGE_CONNECT].progress = PROGRESS_FAILED;
	if (whom.nomem || words.nomem)
		r->sheet.nomem = true;
	buf_free(&whom);
	buf_free(&words);
}

void
ports_bulk(const struct work *work, const struct ports_batch *batch,
    const struct ports_path *path)
{
	struct result *r = &work->run->results[path->host];
	const struct port_row *row = choose(&batch->hosts[path->host],
	    path->address);
	struct saying s = { .done = false };
	struct bulk_wish wish = { .source = work->settings->source,
	    .host = r->target.host };
	struct loop *loop;
	struct bulk *b;

	if (row == NULL)
		return;
	wish.address = row->address;
	wish.port = row->port;
	wish.speech = speaks(row);
	loop = loop_new();
	b = loop == NULL ? NULL : bulk_start(loop, &wish, said, &s);
	while (b != NULL && !s.done && !*work->stop &&
	    clock_now() < work->deadline)
		loop_once(loop, work->deadline);
	if (b != NULL && !s.done)
		bulk_cancel(b);
	if (s.done && bulk_cause(&s.facts) != CAUSE_NONE)
		blame(r, row, &s.facts);
	if (loop == NULL)
		r->sheet.nomem = true;
	else
		loop_free(loop);
}
