/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http_curl - questions to web servers (module "http"), over libcurl
 *
 * One easy handle within one multi handle, so that waiting ends at a signal,
 * whatever the library is about.
 */
#include <stdlib.h>
#include <string.h>

#include "module/http_parts.h"
#include "module/module.h"

enum {
	STEP = 100		/* milliseconds, after which a signal is looked for */
};

struct http {
	CURLM	*multi;
	CURL	*easy;
};

static void
http_close(struct http *http)
{
	if (http == NULL)
		return;
	if (http->easy != NULL)
		curl_easy_cleanup(http->easy);
	if (http->multi != NULL)
		(void)curl_multi_cleanup(http->multi);
	free(http);
}

static struct http *
http_open(void)
{
	struct http *http = calloc(1, sizeof(*http));

	if (http == NULL)
		return NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) {
		http->multi = curl_multi_init();
		http->easy = curl_easy_init();
	}
	if (http->multi != NULL && http->easy != NULL)
		return http;
	http_close(http);
	return NULL;
}

/* take - CURLOPT_WRITEFUNCTION: anything but `n` ends the transfer */
static size_t
take(char *bytes, size_t one, size_t n, void *arg)
{
	struct taker *taker = arg;
	const struct http_question *q = taker->question;

	(void)one;
	if (taker->came == 0)
		memcpy(taker->answer->first, bytes, n < sizeof(
		    taker->answer->first) ? n : sizeof(taker->answer->first));
	taker->came += n;
	if (taker->came > q->max) {
		taker->full = true;
		return 0;
	}
	if (q->sink != NULL) {
		taker->full = !q->sink(q->arg, (struct span){ bytes, n });
		return taker->full ? 0 : n;
	}
	if (buf_add(&taker->answer->body, bytes, n))
		return n;
	taker->nomem = true;
	return 0;
}

/* take_header - nothing is kept, but there is an end of patience */
static size_t
take_header(char *bytes, size_t one, size_t n, void *arg)
{
	struct taker *taker = arg;

	(void)bytes;
	(void)one;
	taker->headers += n;
	if (taker->headers <= HTTP_HEADERS_MAX)
		return n;
	taker->full = true;
	return 0;
}

/* transfer - until it is over, or a signal came: false then, with the outcome set */
static bool
transfer(struct http *http, const struct taker *taker)
{
	const struct http_question *q = taker->question;
	int running = 1;

	while (curl_multi_perform(http->multi, &running) == CURLM_OK &&
	    running > 0) {
		if (q->stop != NULL && *q->stop != 0) {
			http_details(taker->answer, http->easy);
			http_end(taker->answer, HTTP_STOPPED, "it was stopped");
			return false;
		}
		(void)curl_multi_poll(http->multi, NULL, 0, STEP, NULL);
	}
	return running == 0;
}

static void
run(struct http *http, const struct taker *taker)
{
	CURLMsg *message;
	int n;

	if (transfer(http, taker)) {
		message = curl_multi_info_read(http->multi, &n);
		http_conclude(taker, http->easy, message != NULL &&
		    message->msg == CURLMSG_DONE ? message->data.result :
		    CURLE_RECV_ERROR);
	}
}

static void
http_ask(struct http *http, const struct http_question *q,
    struct http_answer *answer)
{
	struct taker taker = { .question = q, .answer = answer };
	struct http_lists lists = { NULL, NULL, NULL, NULL };
	CURL *easy = http->easy;

	memset(answer, 0, sizeof(*answer));
	buf_init(&answer->body, q->max);
	http_end(answer, HTTP_OURS, "there is no memory");
	/* options are forgotten, connections are kept */
	curl_easy_reset(easy);
	(void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
	(void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, &taker);
	(void)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	(void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, &taker);
	(void)curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, taker.words);
	if (http_setup(easy, q, &lists) &&
	    curl_multi_add_handle(http->multi, easy) == CURLM_OK) {
		run(http, &taker);
		(void)curl_multi_remove_handle(http->multi, easy);
	}
	/* what it borrows is gone now */
	curl_easy_reset(easy);
	http_lists_free(&lists);
}

static const struct http_functions functions = {
	.open = http_open,
	.ask = http_ask,
	.close = http_close
};

const struct module monitoring_plugins_mail_module = {
	.version = MODULE_VERSION,
	.name = "http",
	.functions = &functions
};
