/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_table - what became of each port, as lines and as facts
 */
#include <stdio.h>
#include <string.h>

#include "plugin/ports.h"
#include "report/json.h"
#include "report/line.h"
#include "report/result.h"

enum {
	COLUMNS_MAX = 10,	/* ports that are columns of their own */
	CELL_MAX = 32,
	TABLE_MAX = 200		/* lines of a table */
};

/* cell - "open imap", "open tls/imap", "refused" */
static void
cell(const struct port_row *row, char text[CELL_MAX])
{
	const char *speech = speech_name((enum speech)row->speech);
	const char *inside = speech_name((enum speech)row->inside);
	const char *verdict = port_verdict_name(
	    (enum port_verdict)row->verdict);

	if (row->verdict != PORT_OPEN || speech == NULL)
		snprintf(text, CELL_MAX, "%s", verdict);
	else if (row->speech == SPEECH_TLS && inside != NULL)
		snprintf(text, CELL_MAX, "%s tls/%s", verdict, inside);
	else
		snprintf(text, CELL_MAX, "%s %s%s", verdict, speech,
		    row->starttls ? "+tls" : "");
}

/* where - "mail.example.org 192.0.2.7" */
static void
where(struct buf *out, const struct result *r, const struct port_row *row)
{
	char text[ADDRESS_TEXT];
	const char *address = address_text(&row->address, text);

	buf_str(out, r->target.host);
	if (strcmp(r->target.host, address) != 0)
		buf_fmt(out, " %s", address);
}

/* widths - of the first column and of each port's */
struct widths {
	size_t	name;
	size_t	cells[COLUMNS_MAX];
};

static size_t
wider(size_t width, size_t len)
{
	return len > width ? len : width;
}

/* measure - the lines that are shown */
static void
measure(struct widths *w, const struct run *run,
    const struct ports_batch *batch)
{
	char text[CELL_MAX];
	struct buf name;
	size_t i, k, n, lines = 0;

	for (i = 0; i < run->nresults; i++) {
		const struct port_host *h = &batch->hosts[i];

		for (k = 0; k < h->naddresses * h->nports; k++) {
			n = k % h->nports;
			if (n == 0 && lines++ >= TABLE_MAX)
				return;
			cell(&h->rows[k], text);
			w->cells[n] = wider(w->cells[n], strlen(text));
			if (n != 0)
				continue;
			buf_init(&name, SENTENCE_MAX);
			where(&name, &run->results[i], &h->rows[k]);
			w->name = wider(w->name, name.len);
			buf_free(&name);
		}
	}
}

static void
head(struct buf *out, const struct widths *w, const struct ports_batch *batch)
{
	size_t i;

	line_word(out, "ports");
	buf_fmt(out, "%-*s", (int)w->name, "");
	for (i = 0; i < batch->nports; i++)
		buf_fmt(out, "  %-*u", i + 1 < batch->nports ?
		    (int)w->cells[i] : 0, (unsigned)batch->ports[i]);
	buf_char(out, '\n');
}

static void
columns(struct buf *out, const struct widths *w, const struct result *r,
    const struct port_host *h, size_t address)
{
	char text[CELL_MAX];
	struct buf name;
	size_t i;

	buf_init(&name, SENTENCE_MAX);
	where(&name, r, ports_row(h, address, 0));
	line_word(out, "");
	buf_fmt(out, "%-*s", (int)w->name, buf_cstr(&name));
	buf_free(&name);
	for (i = 0; i < h->nports; i++) {
		cell(ports_row(h, address, i), text);
		buf_fmt(out, "  %-*s", i + 1 < h->nports ?
		    (int)w->cells[i] : 0, text);
	}
	buf_char(out, '\n');
}

/* listed - where there are too many ports for columns: those of each verdict */
static void
listed(struct buf *out, const struct result *r, const struct port_host *h,
    size_t address)
{
	struct port_set set;
	unsigned verdict;
	size_t i;

	line_word(out, "ports");
	where(out, r, ports_row(h, address, 0));
	for (verdict = 0; verdict < PORT_VERDICTS; verdict++) {
		memset(&set, 0, sizeof(set));
		for (i = 0; i < h->nports; i++)
			if (ports_row(h, address, i)->verdict == verdict)
				port_set_add(&set,
				    ports_row(h, address, i)->port,
				    ports_row(h, address, i)->port);
		if (set.n == 0)
			continue;
		buf_fmt(out, "  %s ",
		    port_verdict_name((enum port_verdict)verdict));
		port_set_write(out, &set, 20);
	}
	buf_char(out, '\n');
}

void
ports_table(const struct run *run, struct buf *out,
    const struct ports_batch *batch)
{
	struct widths w = { .name = 0 };
	bool wide = batch->nports > COLUMNS_MAX;
	size_t i, a, lines = 0;

	if (batch->hosts == NULL || batch->nports == 0)
		return;
	if (!wide) {
		measure(&w, run, batch);
		if (w.name > 0)
			head(out, &w, batch);
	}
	for (i = 0; i < run->nresults; i++) {
		const struct port_host *h = &batch->hosts[i];

		for (a = 0; a < h->naddresses; a++) {
			if (lines++ >= TABLE_MAX)
				return;
			if (wide)
				listed(out, &run->results[i], h, a);
			else
				columns(out, &w, &run->results[i], h, a);
		}
	}
}

static void
seconds(struct json *j, const char *key, uint32_t usec)
{
	if (usec > 0)
		json_number(j, key, usec / 1e6);
	else
		json_null(j, key);
}

static void
address(struct json *j, const char *key, const struct address *a)
{
	char text[ADDRESS_TEXT];

	json_string(j, key, a->family != 0 ? address_text(a, text) : NULL);
}

static void
fact(struct json *j, const char *host, const struct port_row *row)
{
	bool open = row->verdict == PORT_OPEN;

	json_object(j, NULL);
	json_string(j, "host", host);
	address(j, "address", &row->address);
	json_uint(j, "port", row->port);
	json_string(j, "verdict",
	    port_verdict_name((enum port_verdict)row->verdict));
	json_string(j, "protocol", speech_name((enum speech)row->speech));
	json_string(j, "inside_tls", speech_name((enum speech)row->inside));
	/* inside TLS it is no question any more */
	if (row->asked && row->speech != SPEECH_TLS)
		json_bool(j, "starttls", row->starttls);
	else
		json_null(j, "starttls");
	seconds(j, "connect_seconds", open ? row->connect_usec : 0);
	seconds(j, "slowest_connect_seconds", open ? row->slowest_usec : 0);
	seconds(j, "greeting_seconds", open ? row->greeting_usec : 0);
	json_uint(j, "attempts", row->attempts);
	json_uint(j, "lost", row->lost);
	address(j, "offender", &row->offender);
	json_string(j, "words", row->words);
	json_object_end(j);
}

void
ports_facts(const struct run *run, struct json *j,
    const struct ports_batch *batch)
{
	size_t i, k;

	json_array(j, "ports");
	for (i = 0; batch->hosts != NULL && i < run->nresults; i++) {
		const struct port_host *h = &batch->hosts[i];

		for (k = 0; k < h->naddresses * h->nports; k++)
			fact(j, run->results[i].target.host, &h->rows[k]);
	}
	json_array_end(j);
}
