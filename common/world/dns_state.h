/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dns_state - how far a query is
 *
 * dns_query.c decides who is asked when, dns_server.c asks and hears,
 * dns_outcome.c sums up.
 */
#ifndef WORLD_DNS_STATE_H
#define WORLD_DNS_STATE_H

#include "reply/dns_message.h"
#include "world/dns_query.h"

enum {
	QUESTIONS_MAX = 2
};

/* what is known of one type of address of the name asked for now */
struct question {
	enum dns_type	 type;
	uint16_t	 id;
	enum { OPEN, SOME, EMPTY, NO_NAME } state;
	unsigned	 server;	/* who said so */
	struct address	 list[DNS_ADDRESSES_MAX];
	size_t		 n;
};

struct server {
	struct watch	 watch;
	struct dns_query *query;
	int		 fd;
	enum { UNASKED, SILENT, ANSWERS, FAILS, DEAD } state;
	const char	*words;		/* FAILS: what it answers */
	int		 error;		/* DEAD: errno */
};

struct dns_query {
	struct loop	*loop;
	struct timer	 timer;
	struct dns_servers servers;
	struct server	 server[DNS_SERVERS_MAX];
	struct question	 question[QUESTIONS_MAX];
	size_t		 nquestions;
	unsigned	 steps;		/* servers asked so far for this name */
	unsigned	 nth;		/* of the names on the search list */
	char		 host[HOST_MAX];
	char		 name[HOST_MAX];
	struct resolved	 best;		/* of the names before this one */
	bool		 any;		/* best is something */
	bool		 unnameable;	/* DNS has no way to write this name */
	void		(*done)(void *, const struct resolved *);
	void		*arg;
};

/* dns_server_ask - send the questions that are still open; false if that cannot be */
bool	dns_server_ask(struct dns_query *, unsigned server);
/* dns_server_hear - read what came */
void	dns_server_hear(struct server *);
/* dns_any_server - is there one in that state? */
bool	dns_any_server(const struct dns_query *, int state);
/* dns_outcome - of the name asked for now */
void	dns_outcome(const struct dns_query *, struct resolved *);
/* dns_outcome_helps - is the first a better answer than the second? */
bool	dns_outcome_helps(const struct resolved *, const struct resolved *);

#endif
