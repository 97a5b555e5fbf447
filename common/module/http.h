/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http - questions to web servers (module "http"): RFC 9110, over libcurl
 *
 * Nothing of the environment has a say (no proxy, no .netrc), no cookie is
 * kept, nothing but http and https is spoken, and nothing is unpacked.
 * Connections are kept for the next question to the same server.
 */
#ifndef MODULE_HTTP_H
#define MODULE_HTTP_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/span.h"

enum {
	HTTP_HEADERS_MAX = 65536	/* bytes of the header lines of an answer */
};

struct http;

struct http_question {
	const char		*url;
	const char *const	*headers;	/* "Name: value", ended by NULL; NULL none.  They are not sent on to where a server redirects to. */
	struct span		 body;		/* to be posted; p NULL: nothing, GET */
	size_t			 max;		/* bytes of an answer's body */
	long			 patience;	/* milliseconds, above 0 */
	const volatile sig_atomic_t *stop;	/* set by a signal; NULL none */
	unsigned		 redirects;	/* that are followed */
	const char		*proxy;		/* "http://HOST:PORT", "socks5h://HOST:PORT"; NULL none */
	const char		*ca_file;	/* for https; both NULL: the system's */
	const char		*ca_path;
	bool			 no_verify;	/* https with whoever answers */
	int			 family;	/* 4 or 6; 0 either */
	const char		*address;	/* connect there, whatever the URL's host; NULL: by its name */
	const char		*known;		/* "HOST:PORT:ADDRESS[,ADDRESS]...": where that one is; NULL: looked up */
	const char		*source;	/* the address of ours to come from; NULL any */
	/* sink - bytes of the body as they come, instead of the answer's body; false: no more is wanted, HTTP_TOO_LARGE; NULL none */
	bool			(*sink)(void *arg, struct span);
	void			*arg;
};

enum http_outcome {
	HTTP_ANSWERED,		/* with whatever status */
	HTTP_NO_NAME,		/* the host's name could not be resolved */
	HTTP_NO_CONNECTION,	/* refused, unreachable */
	HTTP_NO_SOURCE,		/* there is no coming from that address of ours */
	HTTP_NO_TLS,		/* handshake or certificate */
	HTTP_TIMEOUT,
	HTTP_TOO_LARGE,		/* body or header lines */
	HTTP_FORBIDDEN,		/* not http or https, or more redirects than allowed */
	HTTP_CLOSED,		/* the connection ended before the answer did */
	HTTP_BROKEN,		/* no HTTP, or nonsense in it */
	HTTP_STOPPED,		/* by the signal */
	HTTP_OURS		/* memory */
};

struct http_answer {
	enum http_outcome	 outcome;
	unsigned		 status;	/* 0 none */
	struct buf		 body;		/* as far as it came; freed by the caller */
	const char		*words;		/* of the outcome, plain: "the connection is refused" */
	bool			 connected;	/* a connection came about */
	bool			 secured;	/* and TLS upon it */
	int			 error;		/* errno of a connection that did not; 0 not known */
	long			 verify;	/* X509_V_ERR_* of a chain that is not trusted; 0 or 1: none, so it is the name */
};

struct http_functions {
	/* open - NULL without memory */
	struct http	*(*open)(void);
	/* ask - and wait until there is an answer, an error, no patience or the signal */
	void		 (*ask)(struct http *, const struct http_question *, struct http_answer *);
	void		 (*close)(struct http *);
};

#endif
