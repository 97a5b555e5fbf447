/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * differs - do all addresses and ports of a host serve the same certificate?
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/when.h"
#include "judge/cert_words.h"
#include "judge/differs.h"

static bool
same_host(const struct differs_seen *a, const struct differs_seen *b)
{
	return strcasecmp(a->host, b->host) == 0 &&
	    strcasecmp(a->sni, b->sni) == 0;
}

static bool
same_cert(const struct differs_seen *a, const struct differs_seen *b)
{
	return strcmp(a->leaf->sha256, b->leaf->sha256) == 0;
}

/* order - host by host, there the newest certificate first, and then as they came */
static int
order(const void *left, const void *right)
{
	const struct differs_seen *a =
	    *(const struct differs_seen *const *)left;
	const struct differs_seen *b =
	    *(const struct differs_seen *const *)right;
	int by = strcasecmp(a->host, b->host);

	if (by == 0)
		by = strcasecmp(a->sni, b->sni);
	if (by == 0)
		by = (a->leaf->not_before < b->leaf->not_before) -
		    (a->leaf->not_before > b->leaf->not_before);
	if (by == 0)
		by = strcmp(a->leaf->sha256, b->leaf->sha256);
	return by != 0 ? by : (a > b) - (a < b);
}

/* places - those from *i on that serve the same; *i becomes the first that does not.  Without `out` they are only passed over. */
static void
places(struct buf *out, const struct differs_seen *const *list, size_t n,
    size_t *i)
{
	const struct differs_seen *first = list[*i];
	size_t k;

	for (k = 0; *i < n && same_cert(list[*i], first); (*i)++, k++)
		if (out != NULL && k < DIFFERS_PLACES)
			(void)buf_fmt(out, "%s%s", k > 0 ? ", " : " at ",
			    list[*i]->place);
	if (out != NULL && k > DIFFERS_PLACES)
		(void)buf_fmt(out, " and %zu more", k - DIFFERS_PLACES);
}

static void
say(struct buf *out, const struct differs_seen *const *list, size_t n,
    size_t *i, bool first)
{
	const struct cert_facts *leaf = list[*i]->leaf;

	(void)buf_fmt(out, "%s%.16s of ", first ? "" : "; ", leaf->sha256);
	cert_words_limited(out, leaf->issuer_cn, CERT_NAME_SHOWN / 2);
	(void)buf_str(out, ", issued ");
	when_write(out, leaf->not_before);
	(void)buf_str(out, ", ends ");
	when_write(out, leaf->not_after);
	places(out, list, n, i);
}

/* judge_host - the results of one host, in order */
static void
judge_host(struct sheet *sheet, const struct differs_seen *const *list,
    size_t n)
{
	size_t i, certs = 1;
	struct buf words;

	for (i = 1; i < n; i++)
		certs += !same_cert(list[i], list[i - 1]);
	if (certs == 1)
		return;
	buf_init(&words, SENTENCE_MAX);
	for (i = 0, certs = 0; i < n; certs++) {
		if (certs < DIFFERS_CERTS)
			say(&words, list, n, &i, certs == 0);
		else
			places(NULL, list, n, &i);
	}
	if (certs > DIFFERS_CERTS)
		(void)buf_fmt(&words, "; and %zu more", certs - DIFFERS_CERTS);
	(void)sheet_find(sheet, CAUSE_CERT_DIFFERS, STAGE_TLS, NULL,
	    "%s serves %zu certificates, the newest first: %s", list[0]->host,
	    certs, buf_cstr(&words));
	sheet->nomem = sheet->nomem || words.nomem;
	buf_free(&words);
}

void
differs_judge(struct sheet *sheet, const struct differs_seen *seen, size_t n)
{
	const struct differs_seen **list;
	size_t i, from, kept = 0;

	if (n < 2)
		return;
	list = calloc(n, sizeof(struct differs_seen *));
	if (list == NULL) {
		sheet->nomem = true;
		return;
	}
	for (i = 0; i < n; i++)
		if (seen[i].leaf != NULL)
			list[kept++] = &seen[i];
	qsort(list, kept, sizeof(struct differs_seen *), order);
	for (from = 0; from < kept; from = i) {
		for (i = from + 1; i < kept; i++)
			if (!same_host(list[i], list[from]))
				break;
		judge_host(sheet, &list[from], i - from);
	}
	free(list);
}
