/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sweep - very many ports, a small probe each
 *
 * Takes rows from an iterator as slots and rate allow, connects (several times
 * if that is wished, to see what is lost on the way), lets dialog/probe find
 * out what speaks there, and hands the row back filled in.  A probe in flight
 * costs PROBE_COST bytes and one descriptor, and a few hundred bytes more while
 * it talks.
 */
#ifndef WORLD_SWEEP_H
#define WORLD_SWEEP_H

#include "judge/port_facts.h"
#include "world/interfaces.h"
#include "world/loop.h"

struct sweep;
struct target;
struct tls_setup;

enum {
	PROBE_COST = 256	/* bytes; sweep.c makes sure of it */
};

struct sweep_config {
	int64_t		 connect_timeout;	/* of each attempt, microseconds */
	int64_t		 patience;		/* for the first word, microseconds */
	struct address	 source;		/* family 0: the system chooses */
	unsigned	 slots;			/* 0: descriptor limit - 64 */
	unsigned	 rate;			/* new connections a second; 0 unlimited */
	unsigned	 attempts;		/* at least 1 */
	enum probe_depth depth;
	struct interfaces *interfaces;		/* borrowed; asked only when an attempt failed */
	int		 log_fd;		/* transcripts go there; -1 nowhere */
	void		*arg;			/* for the functions below */
	/* next - a row with address and port, all else zero; NULL: none, for now */
	struct port_row	*(*next)(void *arg);
	/* done - nothing more becomes of the row */
	void		(*done)(void *arg, struct port_row *);
	/* tls - engine and context, and whom to shake hands with; NULL when they cannot be.  Only asked for PROBE_TLS. */
	const struct tls_setup *(*tls)(void *arg, const struct port_row *, struct target *);
};

/* sweep_new - config is copied; NULL without memory */
struct sweep	*sweep_new(struct loop *, const struct sweep_config *);
/* sweep_more - begin with as many as may be, while others need so many descriptors; when to ask again, 0: when something has happened */
int64_t		 sweep_more(struct sweep *, unsigned descriptors);
/* sweep_busy - how many are in flight */
unsigned	 sweep_busy(const struct sweep *);
/* sweep_nomem - has memory run out for any of them? */
bool		 sweep_nomem(const struct sweep *);
/* sweep_stop - time is up: what is in flight ends as it is */
void		 sweep_stop(struct sweep *);
void		 sweep_free(struct sweep *);

#endif
