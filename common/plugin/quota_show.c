/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_show - the roots as a table and as facts
 */
#include <unistd.h>

#include "judge/quota_words.h"
#include "plugin/quota.h"
#include "plugin/tls_seen.h"
#include "report/json.h"

enum {
	ROWS_SHOWN = 64,	/* of one source, in the table */
	BAR = 20		/* characters of a full one */
};

/* bar - how much of it is used, for those who see it at a glance */
static void
bar(struct buf *out, const struct quota_row *row)
{
	double percent = quota_percent(row);
	unsigned full = percent >= 100 ? BAR : percent <= 0 ? 0 :
	    (unsigned)(percent * BAR / 100), i;

	(void)buf_char(out, '[');
	for (i = 0; i < BAR; i++)
		(void)buf_char(out, i < full ? '#' : '.');
	(void)buf_str(out, "]  ");
}

static void
table_row(struct buf *out, const struct quota_row *row, const char *name,
    bool terminal)
{
	struct buf share;

	buf_init(&share, 64);
	if (row->limited)
		quota_words_percent(&share, quota_percent(row));
	else
		(void)buf_char(&share, '-');
	(void)buf_fmt(out, "quota     %7s  ", buf_cstr(&share));
	buf_free(&share);
	if (terminal)
		bar(out, row);
	quota_words_pair(out, row);
	quota_words_root(out, row, name);
	if (name != NULL)
		(void)buf_fmt(out, " (%s)", name);
	(void)buf_char(out, '\n');
}

static void
table_folders(struct buf *out, const struct quota_facts *facts)
{
	const struct quota_folder *folder;
	size_t i;

	for (i = 0; i < facts->nfolders; i++) {
		folder = &facts->folders[i];
		(void)buf_str(out, "folder    ");
		if (facts->sized)
			quota_words_size(out, folder->bytes > INT64_MAX ?
			    INT64_MAX : (int64_t)folder->bytes);
		(void)buf_fmt(out, "%s%llu message%s in %s\n", facts->sized ?
		    ", " : "", (unsigned long long)folder->messages,
		    folder->messages == 1 ? "" : "s", folder->name);
	}
}

/* with one row there is nothing that the first line has not said, but on a terminal */
void
quota_table(const struct run *run, struct buf *out)
{
	bool terminal = isatty(STDOUT_FILENO) == 1;
	const struct quota_facts *facts;
	size_t i, k, n;

	for (i = 0; i < run->nresults; i++) {
		facts = run->results[i].facts;
		if (facts == NULL)
			continue;
		table_folders(out, facts);
		if (facts->n < 2 && !terminal)
			continue;
		n = facts->n < ROWS_SHOWN ? facts->n : ROWS_SHOWN;
		for (k = 0; k < n; k++)
			table_row(out, &facts->rows[k], run->nresults > 1 ?
			    run->results[i].name : NULL, terminal);
		if (facts->n + facts->more > n)
			(void)buf_fmt(out, "quota     and %zu more\n",
			    facts->n + facts->more - n);
	}
}

static void
json_row(struct json *j, const char *target, const struct quota_facts *facts,
    const struct quota_row *row)
{
	json_object(j, NULL);
	json_string(j, "target", target);
	json_string(j, "backend", facts->backend);
	json_string(j, "root", row->root);
	json_string(j, "resource", row->resource);
	json_uint(j, "used", (uint64_t)row->used);
	if (row->limited) {
		json_uint(j, "limit", (uint64_t)row->limit);
		json_number(j, "percent", quota_percent(row));
	} else {
		json_null(j, "limit");
		json_null(j, "percent");
	}
	if (row->full_in >= 0)
		json_number(j, "full_in", row->full_in);
	else
		json_null(j, "full_in");
	json_object_end(j);
}

/* json_folders - only where they were asked for */
static void
json_folders(struct json *j, const struct quota_facts *facts)
{
	size_t i;

	if (facts == NULL || !facts->has_folders)
		return;
	json_array(j, "folders");
	for (i = 0; i < facts->nfolders; i++) {
		json_object(j, NULL);
		json_string(j, "name", facts->folders[i].name);
		json_uint(j, "messages", facts->folders[i].messages);
		if (facts->sized)
			json_uint(j, "bytes", facts->folders[i].bytes);
		else
			json_null(j, "bytes");
		json_object_end(j);
	}
	json_array_end(j);
}

/* json_deleted - only where the server told it */
static void
json_deleted(struct json *j, const struct quota_facts *facts)
{
	if (facts == NULL || (facts->deleted_bytes < 0 &&
	    facts->deleted_messages < 0))
		return;
	json_object(j, "deleted");
	if (facts->deleted_messages >= 0)
		json_uint(j, "messages", (uint64_t)facts->deleted_messages);
	if (facts->deleted_bytes >= 0)
		json_uint(j, "bytes", (uint64_t)facts->deleted_bytes);
	json_object_end(j);
}

void
quota_json(const struct run *run, struct json *j)
{
	const struct quota_facts *facts;
	size_t i, k;

	json_array(j, "quotas");
	for (i = 0; i < run->nresults; i++) {
		facts = run->results[i].facts;
		for (k = 0; facts != NULL && k < facts->n; k++)
			json_row(j, run->results[i].name, facts,
			    &facts->rows[k]);
	}
	json_array_end(j);
	if (run->nresults > 0) {
		json_deleted(j, run->results[0].facts);
		json_folders(j, run->results[0].facts);
	}
	tls_seen_facts(run, j);
}
