/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota - the sources that check_quota can ask, and what is made of an answer
 *
 * A back end is a file quota_NAME.c with a row for the table in
 * quota_backends.c.  It makes a result for each account or file system, fills
 * a struct quota_list or a struct quota_refusal, and hands it to quota_found()
 * or quota_refused().  What judges, shows and remembers reads only the facts
 * that quota_found() leaves behind a result.
 */
#ifndef PLUGIN_QUOTA_H
#define PLUGIN_QUOTA_H

#include "dialog/imap_mailbox.h"
#include "judge/kernel_quota.h"
#include "judge/quota.h"
#include "plugin/plugin.h"
#include "plugin/quota_doveadm.h"
#include "plugin/quota_snmp.h"

enum {
	QUOTA_BACKENDS_MAX = 8,
	QUOTA_PATHS_MAX = 256,	/* --mount, or --maildir, on one line */
	QUOTA_WHOM_MAX = 512	/* bytes of a path or a user that reports show */
};

struct quota_backend;

/* those of --backend, each once, in order */
struct quota_backend_list {
	const struct quota_backend *rows[QUOTA_BACKENDS_MAX];
	size_t		 n;
};

struct quota_paths {
	const char	*rows[QUOTA_PATHS_MAX];
	size_t		 n;
};

struct quota_options {
	const char	*mailbox;	/* of the account, in UTF-8: the quotas that hold for it */
	struct quota_backend_list backends;	/* none: imap alone */
	struct quota_paths mounts;	/* --mount: file systems or folders on them */
	enum kernel_quota_kind kind;	/* --quota */
	const char	*id;		/* --id; NULL none */
	struct quota_paths maildirs;	/* --maildir; none: the one of the user */
	bool		 recount;	/* --recount */
	unsigned	 tolerance;	/* percent by which sources may differ */
	int64_t		 forecast;	/* microseconds; 0 none */
	bool		 folders;	/* --folders */
	struct imap_wishes wishes;	/* what that means over IMAP */
	struct quota_snmp_options snmp;
	struct quota_doveadm_options doveadm;
};

/* what a back end is given */
struct quota_look {
	const struct work *work;
	const struct quota_options *options;
};

struct quota_backend {
	const char	*name;		/* "imap" */
	bool		 sessions;	/* it is asked by the run's own sessions, with its host and account */
	/* check - what is wrong with the options for it; false with the error filled in; NULL nothing can be */
	bool		(*check)(const struct quota_options *, const struct settings *, struct opt_error *);
	/* look - ask it; NULL where the sessions do */
	void		(*look)(const struct quota_look *);
};

extern const struct quota_backend quota_filesystem, quota_imap, quota_maildir;
extern const struct quota_backend quota_doveadm, quota_snmp;

extern const struct opt_type opt_backend;	/* struct quota_backend_list: each use adds */
extern const struct opt_type opt_mounts;	/* struct quota_paths: each use adds */
extern const struct opt_type opt_quota_kind;	/* enum kernel_quota_kind */
extern const struct opt_type opt_maildirs;	/* the same */

/* quota_set_path - `set` of an option that fills a struct quota_paths */
bool	quota_set_path(void *field, const char *value, const struct plugin *, struct buf *why);
/* quota_uses - is this back end among those of the run? */
bool	quota_uses(const struct quota_options *, const struct quota_backend *);
/* quota_sessions - is one of them asked by sessions? */
bool	quota_sessions(const struct quota_options *);
/* quota_check - for plugin.check: each back end about the options */
bool	quota_check(const struct quota_options *, const struct settings *, struct opt_error *);
/* quota_also - for plugin.also: ask all that are not asked by sessions, one after the other */
void	quota_also(const struct work *, const struct quota_options *);

/* quota_imap_prepare, quota_imap_conclude - for plugin.prepare and plugin.conclude */
void	quota_imap_prepare(struct quota_options *, struct login *);
void	quota_imap_conclude(struct session *, const struct settings *);

/* quota_together - what is made of all answers: --forecast, and whether the sources agree */
void	quota_together(const struct work *, const struct quota_options *);

/* quota_result - a new result that reports call by that name, cleaned and cut; NULL without memory, which the run remembers.  Earlier pointers into results die. */
struct result	*quota_result(struct run *, const char *name);
/*
 * quota_found - the answer of a source: measured, judged, kept as the facts of
 * the result.  `whom` begins the sentences ("mail.example.org:993 says that
 * alice"), `known` is the root that need not be named again, or NULL.  The list
 * stays the caller's.
 */
void	quota_found(struct result *, const char *backend, const struct quota_list *, const struct settings *, const char *whom, const char *known);
/* quota_refused - a source without an answer: its cause, as "WHOM gives no quota: WHY" */
void	quota_refused(struct result *, struct quota_refusal *, const char *whom);

/* quota_table - for plugin.table: the roots, the fullest first, with a bar on a terminal */
void	quota_table(const struct run *, struct buf *);
/* quota_json - for plugin.facts: the members "quotas" and "tls" */
void	quota_json(const struct run *, struct json *);

#endif
