/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm - parts of the back end that asks Dovecot's HTTP API
 */
#ifndef PLUGIN_QUOTA_DOVEADM_H
#define PLUGIN_QUOTA_DOVEADM_H

#include "module/http.h"
#include "module/json.h"
#include "plugin/quota.h"
#include "reply/doveadm_reply.h"

enum {
	DOVEADM_PORT = 8080,
	DOVEADM_ANSWER_MAX = 32 * 1024 * 1024,	/* bytes of an answer */
	DOVEADM_USERS_MAX = 65536,	/* accounts of a run */
	DOVEADM_TOGETHER = 512		/* accounts that one question is about */
};

/* names of accounts, owned */
struct doveadm_names {
	char	**rows;
	size_t	 n;
};

struct doveadm {
	const struct quota_look	*look;
	const struct http_functions *http;
	const struct json_functions *json;
	struct http	*session;
	struct buf	 whom;		/* "mail.example.org:8080" */
	struct buf	 url;
	struct buf	 known;		/* the host's addresses, for http_question.known; empty where it is one */
	struct buf	 header;	/* with the key */
	bool		 tls;
	bool		 nomem;
	/* the answer as it comes */
	struct doveadm_reply reply;
	unsigned	 words;		/* of the present result */
	bool		 error;		/* it is an error: */
	struct buf	 kind;		/* "exitCode" */
	int64_t		 code;
	struct quota_list list;		/* of the account in `user` */
	struct buf	 user;
	size_t		 results;	/* of accounts, so far */
	size_t		 told;		/* results of ours that came of the present one of the answer's */
	size_t		 ended;		/* results of the answer */
	const char	*excess;	/* what there is too much of; NULL nothing */
	struct doveadm_names names;	/* of all accounts */
	bool		 singly;	/* one of them failed: ask about each */
};

/* doveadm_answer_begin, doveadm_answer_take, doveadm_answer_end - an answer becomes results; take is an http_question.sink */
void	doveadm_answer_begin(struct doveadm *);
bool	doveadm_answer_take(void *doveadm, struct span);
void	doveadm_answer_end(struct doveadm *);

/* doveadm_name - look up the host; false, with a result, when it has no address */
bool	doveadm_name(struct doveadm *, const struct target *);
/* doveadm_many - is the answer about several accounts? each is the whole name of its result then */
bool	doveadm_many(const struct doveadm *);
/* doveadm_refuse - a result for that account (NULL: the server) without quotas, in one sentence */
void	doveadm_refuse(struct doveadm *, const char *user, enum cause, enum stage, const char *fmt, ...)
	    __attribute__((format(printf, 5, 6)));
/* doveadm_fault_of_code - what doveadm says went wrong with that account */
void	doveadm_fault_of_code(struct doveadm *, const char *user);
/* doveadm_fault - what is wrong with an answer, true when nothing is */
bool	doveadm_fault(struct doveadm *, const struct http_answer *);
/* doveadm_question - all of it but what is asked; false without time */
bool	doveadm_question(struct doveadm *, struct http_question *);

#endif
