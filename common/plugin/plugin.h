/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plugin - what makes one check out of the frame
 *
 * A check is this struct: an option table, a ladder, a verdict.
 */
#ifndef PLUGIN_PLUGIN_H
#define PLUGIN_PLUGIN_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plugin/opt.h"
#include "plugin/settings.h"
#include "report/result.h"

struct login;
struct rung;
struct dialect;
struct target;
struct protocol;
struct session;
struct tls_engine;
struct tls_setup;

/* which groups of shared options a check has */
enum plugin_uses {
	USES_HOST	= 1 << 0,	/* -H -4 -6 --address --reference ... */
	USES_MANY	= 1 << 1,	/* -H may be repeated; --hosts-file, --parallel, --rate */
	USES_TLS	= 1 << 2,
	USES_ACCOUNT	= 1 << 3,	/* -u, secrets, --auth, --backoff, --state-dir */
	USES_STATE	= 1 << 6,	/* --state-dir without an account */
	USES_SECRET	= 1 << 5,	/* a password without an account: only the options of secrets */
	USES_PASSWORD	= USES_ACCOUNT | USES_SECRET,	/* has either of them */
	USES_DIALOG	= 1 << 4	/* it talks with one port of each host: -p, --all-addresses, --proxy, --proxy-protocol; goes with USES_HOST */
};

/* what a check that does its work itself is given */
struct work {
	struct run		*run;		/* a result stands there for each host */
	const struct settings	*settings;
	int64_t			 started;	/* clock_now() times */
	int64_t			 deadline;
	const volatile sig_atomic_t *stop;	/* set by a signal: print what is known */
	/* tls - engine and context, made at the first call; NULL with a finding in the sheet */
	const struct tls_setup	*(*tls)(void *arg, struct sheet *);
	/* host - the host of that number of the settings in the form that DNS and certificates know; false with a finding in the run */
	bool			(*host)(void *arg, size_t nth, char out[HOST_MAX]);
	struct span		 secret;	/* the password; p NULL: none was given */
	void			*arg;
};

struct plugin {
	const char		*name;		/* "check_imap_login" */
	const char		*brief;		/* one line, no full stop */
	const char		*description;	/* paragraphs, separated by blank lines */
	const char *const	*examples;	/* pairs {command line, what it does}, ended by NULL */
	unsigned		 uses;		/* enum plugin_uses */
	const struct opt	*opts;		/* its own rows; NULL none */
	void			*cfg;		/* what their offsets count from; also session.cfg */
	const char		*timeout;	/* default of -t: "10" */
	const char		*connect_timeout; /* default of --connect-timeout; NULL none: as long as the run */
	enum metric_id		 main_metric;	/* of a -w without METRIC= */
	const enum metric_id	*metrics;	/* all it can measure, ended by METRIC_COUNT */
	const char *const	*causes;	/* patterns of what it can conclude, ended by NULL: for the man page */
	unsigned		 stages;	/* a bit per stage that it has */
	/* asked - the stages that only this run's options ask for; NULL none */
	unsigned		(*asked)(void);
	const struct tls_engine	*tls;		/* &tls_openssl, linked with the check; NULL: the module "tls", loaded when the run first needs TLS, or when there is an account */
	/* ports - those of each host; NULL: the one of --port */
	const uint16_t		*(*ports)(size_t *n);
	/* speaks - what is spoken with a target, whose tls it sets; NULL: the check's own protocol and ladder.  Such sessions end when TLS is up. */
	const struct dialect	*(*speaks)(struct target *);
	/* hostless - does this run ask no host, so that none need be named, and those that are are names only? NULL never */
	bool			(*hostless)(void);
	/* again - does this run judge a chain of certificates more than once, so that it has to be kept? NULL never */
	bool			(*again)(void);
	/* also - what is looked at besides the hosts, after them: it adds results of its own */
	void			(*also)(const struct work *);
	const struct protocol	*protocol;
	const struct rung	*ladder;
	const struct rung	*second;	/* of a second session that the first may call for (session.calls), in a check of one host; NULL none */
	/* check - what is wrong with the options taken together; false with the error filled in */
	bool			(*check)(const struct plugin *, const struct settings *, struct opt_error *);
	/* anonymous - do this run's options make sense without an account? NULL never */
	bool			(*anonymous)(void);
	/* work - what the check does to the hosts instead of having a session with each; NULL: sessions */
	void			(*work)(const struct work *);
	/* prepare - what the check's own options say about the login; NULL nothing */
	void			(*prepare)(struct login *);
	/* conclude - what the check makes of a session that is over, well (session.finished) or not */
	void			(*conclude)(struct session *);
	/* facts - the members of "facts" in JSON */
	void			(*facts)(const struct run *, struct json *);
	/* table - lines of text behind the findings, when something is wrong or with -v; NULL none */
	void			(*table)(const struct run *, struct buf *);
};

/* plugin_main - argv in, one report out, never returns: ends by _exit */
int	plugin_main(const struct plugin *, int argc, char *argv[]);

#endif
