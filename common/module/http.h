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
#include <stdint.h>

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
	bool			 no_verify;
	int			 tls_min;	/* 10 to 13; 0: the library's own */
	int			 tls_max;
	const char		*client_cert;	/* PEM files; NULL none */
	const char		*client_key;
	const char		*addresses;	/* where to connect instead of looking up the name: "192.0.2.7,2001:db8::7", the first one only through a proxy; NULL look up */
	uint16_t		 port;		/* that of the address in the URL; where `addresses` is set */
	const char		*source;	/* numeric address of ours to connect from; NULL any */
	long			 connect_patience; /* milliseconds for the connection to open; 0: as long as all */
	bool			 tunnel;	/* ask an HTTP proxy to CONNECT, also for http */
	/* sink - bytes of the body as they come, instead of the answer's body; false: no more is wanted, HTTP_TOO_LARGE; NULL none */
	bool			(*sink)(void *arg, struct span);
	void			*arg;
};

enum http_outcome {
	HTTP_ANSWERED,		/* with whatever status */
	HTTP_NO_NAME,		/* the host's name could not be resolved */
	HTTP_NO_CONNECTION,	/* refused, unreachable */
	HTTP_NO_TLS,		/* handshake or certificate */
	HTTP_TIMEOUT,
	HTTP_TOO_LARGE,		/* body or header lines */
	HTTP_FORBIDDEN,		/* not http or https, or more redirects than allowed */
	HTTP_BROKEN,		/* no HTTP */
	HTTP_CLOSED,		/* the connection ended before the answer did */
	HTTP_NO_SOURCE,		/* the address to connect from is none of ours */
	HTTP_STOPPED,		/* by the signal */
	HTTP_OURS		/* memory */
};

/* what is wrong with a certificate */
enum http_certificate {
	HTTP_CERT_FINE,
	HTTP_CERT_EXPIRED,
	HTTP_CERT_NOT_YET,
	HTTP_CERT_SELF_SIGNED,
	HTTP_CERT_UNTRUSTED,
	HTTP_CERT_WRONG_HOST,
	HTTP_CERT_INVALID
};

struct http_answer {
	enum http_outcome	 outcome;
	enum http_certificate	 certificate;	/* of HTTP_NO_TLS */
	bool			 connected;	/* a connection was there */
	bool			 secured;	/* and TLS within it */
	bool			 clear;		/* TLS was begun, and something else answered */
	int			 error;		/* errno of a connection that could not be had; 0 unknown */
	char			 first[4];	/* of what came instead of HTTP, with outcome HTTP_FORBIDDEN */
	unsigned		 status;	/* 0 none */
	struct buf		 body;		/* as far as it came; freed by the caller */
	const char		*words;		/* of the outcome, plain: "the connection is refused" */
};

struct http_functions {
	/* open - NULL without memory */
	struct http	*(*open)(void);
	/* ask - and wait until there is an answer, an error, no patience or the signal */
	void		 (*ask)(struct http *, const struct http_question *, struct http_answer *);
	void		 (*close)(struct http *);
};

#endif
