/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * download - the download under way, and the sum of what came
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "dialog/download.h"

struct download *
download_begin(struct session *s, struct download **made)
{
	struct download *d = *made;

	if (d == NULL)
		d = *made = calloc(1, sizeof(*d));
	if (d == NULL) {
		s->result->sheet.nomem = true;
		return NULL;
	}
	d->has_size = false;
	d->size = 0;
	message_begin(&d->message);
	return d;
}

void
download_bytes(struct download *d, struct span piece)
{
	message_bytes(&d->message, piece);
	d->size += piece.len;
	d->bytes += piece.len;
}

/* judge - a whole message came: is it one? */
static void
judge(struct session *s, struct download *d, uint64_t place, const char *box)
{
	struct buf rule;

	if (message_end(&d->message) == MESSAGE_WELL ||
	    ++d->malformed > MALFORMED_MAX)
		return;
	buf_init(&rule, SENTENCE_MAX);
	message_words(&d->message, &rule);
	session_find(s, CAUSE_FETCH_MALFORMED, STAGE_FETCH, NULL,
	    "%s delivered message %" PRIu64 " of %s, %" PRIu64
	    " bytes, which is no valid one: %s", s->whom, place, box,
	    d->size, buf_cstr(&rule));
	if (rule.nomem)
		s->result->sheet.nomem = true;
	buf_free(&rule);
}

/* note - the line of the stage, once more for every message */
static void
note(struct session *s, const struct download *d, const char *teller)
{
	char resized[96] = "";

	if (d->resized > 0)
		snprintf(resized, sizeof(resized),
		    ", %u of them not as large as %s says", d->resized,
		    teller);
	result_note(s->result, STAGE_FETCH, "%u message%s, %" PRIu64
	    " bytes%s", d->messages, d->messages == 1 ? "" : "s", d->bytes,
	    resized);
}

void
download_end(struct session *s, struct download *d, uint64_t place,
    const char *box, const char *teller)
{
	d->messages++;
	if (d->has_size && d->told != d->size)
		d->resized++;
	judge(s, d, place, box);
	note(s, d, teller);
}
