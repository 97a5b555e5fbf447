/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_walk - a table of an agent, some columns of it, question by question
 *
 * Columns need not have the same rows, an answer may hold less than was asked
 * for, and an agent may lie: names that do not increase (RFC 3416 section
 * 4.2.3), more values than were asked for and tables without an end stop the
 * walk with what is wrong in `trouble`.
 */
#ifndef DIALOG_SNMP_WALK_H
#define DIALOG_SNMP_WALK_H

#include "dialog/snmp.h"

enum {
	SNMP_COLUMNS_MAX = 10,
	SNMP_INDEX_MAX = 4,	/* parts of a name behind its column */
	SNMP_ROWS_MAX = 2048,	/* of a table */
	SNMP_ROUNDS_MAX = 2048	/* questions for a table */
};

struct snmp_table {
	const uint32_t	*entry;		/* the name without column and row */
	size_t		 nentry;
	uint32_t	 columns[SNMP_COLUMNS_MAX];
	size_t		 ncolumns;
};

struct snmp_cell {
	bool		 there;
	enum snmp_kind	 kind;
	int64_t		 number;
	char		*text;		/* of bytes, NUL-ended; owned */
};

struct snmp_row {
	uint32_t	 index[SNMP_INDEX_MAX];
	size_t		 nindex;
	struct snmp_cell cells[SNMP_COLUMNS_MAX];	/* in the order of the columns */
};

struct snmp_walk {
	const struct snmp_table *table;
	struct snmp_row	*rows;		/* owned */
	size_t		 n, size;
	struct snmp_name at[SNMP_COLUMNS_MAX];	/* the last name heard of each column */
	size_t		 next[SNMP_COLUMNS_MAX];/* the row that is probably its next */
	bool		 over[SNMP_COLUMNS_MAX];
	size_t		 asked[SNMP_COLUMNS_MAX];/* columns of the question, in order */
	size_t		 nasked;
	unsigned	 wanted;	/* rows of the question */
	unsigned	 rounds;
	const char	*trouble;	/* what is wrong with the answers, a clause: "its names do not increase"; NULL nothing */
	bool		 nomem;
};

void	snmp_walk_start(struct snmp_walk *, const struct snmp_table *);
/* snmp_walk_ask - the next question; how many names, 0: there is nothing left to ask */
size_t	snmp_walk_ask(struct snmp_walk *, struct snmp_name names[SNMP_COLUMNS_MAX], unsigned *rows);
/* snmp_walk_hear - its answer; false: trouble, or no memory */
bool	snmp_walk_hear(struct snmp_walk *, const struct snmp_value *, size_t n);
void	snmp_walk_free(struct snmp_walk *);

#endif
