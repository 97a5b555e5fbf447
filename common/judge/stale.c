/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stale - does the server still serve a certificate that its file has no more?
 */
#include <string.h>

#include "base/when.h"
#include "judge/cert_words.h"
#include "judge/stale.h"

static bool
has_name(const struct cert_facts *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->nnames; i++)
		if (span_is(span_of(name), c->names[i]))
			return true;
	return false;
}

/* share_a_name - one that renews another may have more names, or less, but hardly others; without names there is the subject, and of names that were not kept nothing is known */
static bool
share_a_name(const struct cert_facts *a, const struct cert_facts *b)
{
	size_t i;

	if (a->more_names > 0 || b->more_names > 0)
		return true;
	if (a->nnames == 0 || b->nnames == 0)
		return strcmp(a->subject, b->subject) == 0;
	for (i = 0; i < a->nnames; i++)
		if (has_name(b, a->names[i]))
			return true;
	return false;
}

static int
compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

enum stale
stale_compare(const struct cert_facts *served, const struct stale_file *file,
    int64_t now, int64_t grace)
{
	int later;

	if (served == NULL)
		return STALE_UNKNOWN;
	if (strcmp(served->sha256, file->leaf->sha256) == 0)
		return STALE_SAME;
	if (!share_a_name(served, file->leaf))
		return STALE_OTHER;
	later = compare(file->leaf->not_before, served->not_before);
	if (later == 0)
		later = compare(file->leaf->not_after, served->not_after);
	if (later < 0)
		return STALE_AHEAD;
	if (later == 0)
		return STALE_UNLIKE;
	return now - file->changed > grace ? STALE_OLD : STALE_SOON;
}

/* both - "the certificate that ends A, F has one that ends B" */
static void
both(struct buf *out, const struct cert_facts *served,
    const struct stale_file *file)
{
	(void)buf_str(out, "the certificate that ends ");
	when_write(out, served->not_after);
	(void)buf_str(out, ", ");
	cert_words_limited(out, file->path, CERT_NAME_SHOWN);
	(void)buf_str(out, " has one that ends ");
	when_write(out, file->leaf->not_after);
}

static void
age(struct buf *out, const struct stale_file *file, int64_t now)
{
	int64_t seconds = now - file->changed;

	(void)buf_str(out, " since ");
	when_write_span(out, seconds > 0 ? (double)seconds : 0);
}

static void
report(struct sheet *sheet, const struct cert_facts *served,
    const struct stale_file *file, int64_t now, const char *whom)
{
	struct buf words;

	buf_init(&words, SENTENCE_MAX);
	both(&words, served, file);
	age(&words, file, now);
	(void)sheet_find(sheet, CAUSE_CERT_STALE, STAGE_TLS, NULL,
	    "%s still serves %s", whom, buf_cstr(&words));
	sheet->nomem = sheet->nomem || words.nomem;
	buf_free(&words);
}

/* say - behind what is there already */
static void
say(struct buf *note, enum stale found, const struct cert_facts *served,
    const struct stale_file *file, int64_t now)
{
	if (found == STALE_SAME)
		return;
	if (note->len > 0)
		(void)buf_str(note, ", ");
	if (found == STALE_UNKNOWN) {
		(void)buf_str(note, "nothing was served to compare with ");
		cert_words_limited(note, file->path, CERT_NAME_SHOWN);
	} else if (found == STALE_OTHER) {
		cert_words_limited(note, file->path, CERT_NAME_SHOWN);
		(void)buf_str(note, " is for other names (");
		cert_words_hosts(note, file->leaf);
		(void)buf_char(note, ')');
	} else {
		(void)buf_str(note, found == STALE_AHEAD ?
		    "the server is ahead of the file: it serves " :
		    found == STALE_SOON ? "a new file waits to be taken up: "
		    "the server serves " : "served is another than on disk: ");
		both(note, served, file);
		if (found == STALE_SOON)
			age(note, file, now);
	}
}

enum stale
stale_judge(struct sheet *sheet, const struct tls_facts *facts,
    const struct stale_file *file, int64_t now, int64_t grace,
    const char *whom, struct buf *note)
{
	const struct cert_facts *served = tls_facts_cert(facts, 0);
	enum stale found = stale_compare(served, file, now, grace);

	if (found == STALE_OLD)
		report(sheet, served, file, now, whom);
	else
		say(note, found, served, file, now);
	return found;
}
