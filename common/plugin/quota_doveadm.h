/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm - what --backend=doveadm is told, and how its files share the
 * work
 *
 * quota_doveadm.c asks, quota_doveadm_answers.c takes answers apart,
 * quota_doveadm_users.c knows whom to hear of.  One request names all users and
 * asks for all their quotas: Dovecot leaves out, without a word, those that it
 * fails with, and they are asked for one by one then.
 */
#ifndef PLUGIN_QUOTA_DOVEADM_H
#define PLUGIN_QUOTA_DOVEADM_H

#include "judge/quota_list.h"
#include "module/json.h"
#include "plugin/opt.h"
#include "plugin/web.h"
#include "reply/doveadm_reply.h"

struct quota_look;
struct quota_options;

enum {
	DOVEADM_PORT = 8080,
	DOVEADM_USERS_MAX = 65536,
	DOVEADM_ANSWER_MAX = 64 * 1024 * 1024,	/* bytes of an answer about all users: 1,000 for each of so many, */
	DOVEADM_FEW_MAX = 1024 * 1024,	/* and about one, or a batch */
	DOVEADM_ROWS_MAX = 1024,	/* rows of one user */
	DOVEADM_BATCH = 64,		/* users that are asked for by name at once */
	DOVEADM_KEY_MAX = 4096		/* bytes of a key: it has to go into a header line */
};

#define DOVEADM_PATH "/doveadm/v1"

struct quota_doveadm_options {
	const char	*user;		/* may hold wildcards of Dovecot: * and ? */
	bool		 all;
	const char	*key_file;
	uint16_t	 port;		/* 0: --port where no session needs that, else DOVEADM_PORT */
};

/* the options, for a group of their own; offsets count from a struct quota_doveadm_options */
extern const struct opt quota_doveadm_rows[];

/* quota_doveadm_given - is any of the options? */
bool	quota_doveadm_given(const struct quota_doveadm_options *);

/* one user that the server has */
struct doveadm_user {
	char	*name;
	bool	 answered;
};

struct doveadm_users {
	struct doveadm_user	*rows;		/* sorted by name once they are all there */
	size_t			 n;
	bool			 nomem;
	bool			 known;		/* the server said who they are */
};

/* doveadm_users_add - a copy; false when there are DOVEADM_USERS_MAX, or without memory, which is noted */
bool	doveadm_users_add(struct doveadm_users *, struct span);
void	doveadm_users_sort(struct doveadm_users *);
/* doveadm_users_find - NULL none; they must have been sorted */
struct doveadm_user *doveadm_users_find(struct doveadm_users *, struct span);
void	doveadm_users_free(struct doveadm_users *);

/* a run of the back end */
struct doveadm {
	const struct quota_look	*look;
	const struct quota_doveadm_options *options;
	const char		*user;		/* the one asked for, with or without wildcards; NULL all */
	bool			 many;		/* all, or wildcards */
	const struct http_functions *http;
	const struct json_functions *json;
	struct http		*session;
	struct web		 web;
	struct buf		 key;		/* the header line that holds it */
	struct doveadm_users	 users;
	struct doveadm_user	**batch;	/* those asked for by name; NULL: all at once */
	size_t			 nbatch;
	struct doveadm_reply	 reply;
	struct quota_list	 list;		/* of the user under way, */
	struct buf		 whose;		/* whose name this is */
	bool			 under_way;
	size_t			 found;		/* users with an answer of their own */
	size_t			 outcomes;	/* that came */
	struct buf		 wrong;		/* what is wrong with the rows of the user under way */
	struct quota_refusal	 refusal;	/* of the whole; cause CAUSE_NONE: none */
	bool			 late;		/* and only because of the deadline */
	bool			 all_refused;	/* the question for all users failed as a whole, */
	struct quota_refusal	 all_refusal;	/* and so */
};

/* doveadm_take - a doveadm_taker, whose arg is a struct doveadm */
bool	doveadm_take(void *, enum doveadm_piece, size_t nth, struct span);
/* doveadm_result - a new one of that name, and the command that shows what went wrong in that stage, on Dovecot's own host as far as it is about quotas; NULL as quota_result() has it */
struct result *doveadm_result(struct doveadm *, const char *name, enum stage);
/* doveadm_user_refused - a result for a user without an answer */
void	doveadm_user_refused(struct doveadm *, const char *name, struct quota_refusal *, bool late);

#endif
