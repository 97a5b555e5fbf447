/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http_parts - what the files of the module "http" share
 */
#ifndef MODULE_HTTP_PARTS_H
#define MODULE_HTTP_PARTS_H

#include <curl/curl.h>

#include "module/http.h"

/* taker - where an answer goes */
struct taker {
	const struct http_question *question;
	struct http_answer	*answer;
	size_t			 came;
	size_t			 headers;
	bool			 full;
	bool			 nomem;
	char			 words[CURL_ERROR_SIZE]; /* libcurl's, of an error */
};

/* lists that libcurl borrows as long as a transfer goes on */
struct http_lists {
	struct curl_slist	*headers;
	struct curl_slist	*to;		/* where to connect */
	struct curl_slist	*names;		/* and by what addresses */
	struct curl_slist	*source;	/* and from which one: a line */
};

/* http_setup - the options of one question; false without memory */
bool	http_setup(CURL *, const struct http_question *, struct http_lists *);
/* http_lists_free - wiped: a header may hold a secret */
void	http_lists_free(struct http_lists *);
/* http_end - so it ended, for reasons of our own */
void	http_end(struct http_answer *, enum http_outcome, const char *words);
/* http_details - what there is to know about any end */
void	http_details(struct http_answer *, CURL *);
/* http_conclude - so it ended, as libcurl says */
void	http_conclude(const struct taker *, CURL *, CURLcode);

#endif
