/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_walk - a table of an agent, some columns of it, question by question
 */
#include <stdlib.h>
#include <string.h>

#include "dialog/snmp_walk.h"

enum {
	VALUES_WANTED = 200	/* in one answer: what agents put in a datagram */
};

void
snmp_walk_start(struct snmp_walk *w, const struct snmp_table *table)
{
	struct snmp_name *at;
	size_t i;

	memset(w, 0, sizeof(*w));
	w->table = table;
	for (i = 0; i < table->ncolumns; i++) {
		at = &w->at[i];
		memcpy(at->part, table->entry,
		    table->nentry * sizeof(*table->entry));
		at->part[table->nentry] = table->columns[i];
		at->n = table->nentry + 1;
	}
}

size_t
snmp_walk_ask(struct snmp_walk *w, struct snmp_name names[SNMP_COLUMNS_MAX],
    unsigned *rows)
{
	size_t i;

	w->nasked = 0;
	for (i = 0; i < w->table->ncolumns; i++) {
		if (w->over[i])
			continue;
		names[w->nasked] = w->at[i];
		w->asked[w->nasked++] = i;
	}
	w->wanted = w->nasked == 0 ? 0 : VALUES_WANTED / (unsigned)w->nasked;
	*rows = w->wanted;
	return w->nasked;
}

/* compare - below 0, 0, above 0, in the order of names */
static int
compare(const struct snmp_name *a, const struct snmp_name *b)
{
	size_t i, n = a->n < b->n ? a->n : b->n;

	for (i = 0; i < n; i++)
		if (a->part[i] != b->part[i])
			return a->part[i] < b->part[i] ? -1 : 1;
	return a->n == b->n ? 0 : a->n < b->n ? -1 : 1;
}

/* inside - is the name one of that column? */
static bool
inside(const struct snmp_walk *w, size_t column, const struct snmp_name *name)
{
	size_t n = w->table->nentry;

	return name->n > n + 1 && memcmp(name->part, w->table->entry,
	    n * sizeof(*name->part)) == 0 &&
	    name->part[n] == w->table->columns[column];
}

static bool
fail(struct snmp_walk *w, const char *trouble)
{
	w->trouble = trouble;
	return false;
}

static bool
row_is(const struct snmp_row *row, const uint32_t *index, size_t n)
{
	return row->nindex == n &&
	    memcmp(row->index, index, n * sizeof(*index)) == 0;
}

/* grown - is there room for one more row? */
static bool
grown(struct snmp_walk *w)
{
	size_t size = w->size == 0 ? 16 : w->size * 2;
	struct snmp_row *rows;

	if (w->n == SNMP_ROWS_MAX)
		return fail(w, "its table has more than 2048 rows and perhaps no end");
	if (w->n < w->size)
		return true;
	rows = realloc(w->rows, size * sizeof(*rows));
	if (rows == NULL) {
		w->nomem = true;
		return false;
	}
	w->rows = rows;
	w->size = size;
	return true;
}

/* row_of - the row with that index, new if need be; NULL with trouble or without memory */
static struct snmp_row *
row_of(struct snmp_walk *w, size_t column, const uint32_t *index, size_t n)
{
	struct snmp_row *row;
	size_t i, k;

	for (i = 0; i < w->n; i++) {
		k = (w->next[column] + i) % w->n;
		if (!row_is(&w->rows[k], index, n))
			continue;
		w->next[column] = k + 1;
		return &w->rows[k];
	}
	if (!grown(w))
		return NULL;
	row = &w->rows[w->n++];
	memset(row, 0, sizeof(*row));
	memcpy(row->index, index, n * sizeof(*index));
	row->nindex = n;
	w->next[column] = w->n;
	return row;
}

static bool
fill(struct snmp_walk *w, struct snmp_cell *cell,
    const struct snmp_value *value)
{
	cell->there = true;
	cell->kind = value->kind;
	cell->number = value->number;
	if (value->kind != SNMP_BYTES)
		return true;
	cell->text = malloc(value->len + 1);
	if (cell->text == NULL) {
		w->nomem = true;
		return false;
	}
	memcpy(cell->text, value->bytes, value->len);
	cell->text[value->len] = '\0';
	return true;
}

/* take - one value that was asked for in that column */
static bool
take(struct snmp_walk *w, size_t column, const struct snmp_value *value)
{
	size_t first = w->table->nentry + 1;
	struct snmp_row *row;

	if (w->over[column])
		return true;
	if (value->kind == SNMP_NOTHING ||
	    !inside(w, column, &value->name)) {
		w->over[column] = true;
		return true;
	}
	if (compare(&value->name, &w->at[column]) <= 0)
		return fail(w, "its names do not increase");
	w->at[column] = value->name;
	if (value->name.n - first > SNMP_INDEX_MAX)
		return fail(w, "its rows have names of another table");
	row = row_of(w, column, value->name.part + first,
	    value->name.n - first);
	return row != NULL && fill(w, &row->cells[column], value);
}

bool
snmp_walk_hear(struct snmp_walk *w, const struct snmp_value *values, size_t n)
{
	size_t i;

	if (++w->rounds > SNMP_ROUNDS_MAX)
		return fail(w, "its table has no end after 2048 questions");
	if (n > w->nasked * w->wanted)
		return fail(w, "it answers with more values than were asked for");
	/* RFC 3416 section 4.2.3 lets it leave out as many as do not fit; not all */
	if (n < w->nasked && n == 0)
		return fail(w, "it answers without a single value");
	for (i = 0; i < n; i++)
		if (!take(w, w->asked[i % w->nasked], &values[i]))
			return false;
	return true;
}

void
snmp_walk_free(struct snmp_walk *w)
{
	size_t i, k;

	for (i = 0; i < w->n; i++)
		for (k = 0; k < SNMP_COLUMNS_MAX; k++)
			free(w->rows[i].cells[k].text);
	free(w->rows);
	w->rows = NULL;
	w->n = w->size = 0;
}
