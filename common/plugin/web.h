/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * web - questions over HTTP to the host of the run, by its shared options
 *
 * The name is looked up as for every other protocol, so that the causes are the
 * same, and libcurl is told the addresses.
 */
#ifndef PLUGIN_WEB_H
#define PLUGIN_WEB_H

#include "module/http.h"
#include "plugin/plugin.h"

struct web {
	const struct work	*work;
	struct http_question	 question;	/* all but headers, body and what to do with the answer */
	bool			 secured;	/* https */
	bool			 loopback;	/* what is said does not leave this host */
	char			 host[HOST_MAX];
	uint16_t		 port;
	struct buf		 name;		/* "mail.example.org:8080" */
	struct buf		 url;
	struct buf		 proxy;
	struct buf		 addresses;
	char			 source[ADDRESS_TEXT];
};

/* web_open - for --hostname and that port and path; false with a finding of the dns stage in the sheet, or in the run's.  web_close() is due in both cases. */
bool	web_open(struct web *, const struct work *, uint16_t port, const char *path, struct sheet *);
/* web_patience - milliseconds until the deadline, at least 1 */
long	web_patience(const struct work *);
/* web_proxy - the proxy of the run as an http_question wants it; nothing for none */
void	web_proxy(const struct proxy *, struct buf *);
/* web_refused - why there is no answer, and what to do; `answer` is none with status 200.  True when only the deadline ended it. */
bool	web_refused(const struct web *, const struct http_answer *, struct buf *why, enum cause *, enum stage *);
void	web_close(struct web *);

#endif
