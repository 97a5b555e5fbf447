/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frame - what stands around every check: from argv to one report
 *
 * plugin_main() in frame.c is the way through; the rooms beside it are
 * targets.c (whom to ask), account.c (with which secret),
 * paths.c (by which other ways), second.c (with a second session),
 * lenient.c (with what TLS, when ours refuses it),
 * frame_tls.c (trusting whom), config_lines.c (what -vv shows), tally.c (measured values and their thresholds) and output.c,
 * the only file that prints and the only one that exits.
 */
#ifndef PLUGIN_FRAME_H
#define PLUGIN_FRAME_H

#include "dialog/login.h"
#include "dialog/session.h"
#include "plugin/plugin.h"
#include "world/backoff.h"
#include "world/drive.h"
#include "world/tls_engine.h"

enum {
	DIALECTS_MAX = 16,	/* protocols of one run */
	LENIENT_PATIENCE = 3 * 1000000	/* microseconds for one more handshake, when its verdict is known already */
};

/* one run of a check */
struct frame {
	const struct plugin	*plugin;
	struct settings		 settings;
	struct run		 run;
	int64_t			 started;	/* clock_now() at the start */
	struct session_config	 session;	/* of every session */
	struct login		 login;
	struct buf		 secret;	/* wiped as soon as no session needs it, */
	struct buf		 forms[SECRET_FORMS_MAX]; /* and its spellings on the wire too */
	struct backoff		 backoff;
	struct lenient		*waiting;	/* handshakes that are to be made once more */
	struct tls_setup	 lax;		/* what those are made with: the same engine */
	struct tls_setup	 tls;		/* its engine comes when it is needed, its context when the first session needs it */
	struct buf		 config;	/* lines for -vv */
	size_t			 next;		/* result that gets the next session */
	size_t			 logins;	/* results before this one get a whole session, those after it a greeting */
	size_t			 live;		/* sessions under way */
	struct session_config	 spoken[DIALECTS_MAX]; /* of sessions with what a target speaks */
	size_t			 nspoken;
	struct session_config	 greeting;	/* of sessions that only see who is there */
	struct session		*caller;	/* the login, while it lives, that may call for a second session */
	struct session_config	 second;	/* of that one, */
	struct result		 aside;		/* what it finds, until it ends, */
	struct result		*home;		/* and where that goes then */
	struct target		*others;	/* further addresses, results as soon as no session is under way */
	size_t			 nothers;
};

/* --- requirements.c --- */

/* requirements_met - host, account and secret are there, where the check uses them; false with the error filled in */
bool	requirements_met(const struct plugin *, const struct settings *, struct opt_error *);

/* --- targets.c --- */

/* targets_make - a result for each host of the options; false with a finding in the run */
bool	targets_make(struct frame *);
/* targets_host - the host of that number of the options as DNS and TLS know it; false with a finding in the run */
bool	targets_host(void *frame, size_t nth, char out[HOST_MAX]);
/* targets_drop - the run cannot be made: forget the targets, so that nothing is said about them */
void	targets_drop(struct frame *);
/* targets_mode - TLS mode by --tls, else by --port, else as the protocol is usually spoken */
enum tls_mode targets_mode(const struct plugin *, const struct settings *);

/* --- account.c --- */

/* account_open - read the secret and fill in the login; false with a finding (usage.secret, internal.module) or without memory */
bool	account_open(struct frame *);
/* account_rejected_before - is this server to be left alone? then auth.backoff was found */
bool	account_rejected_before(struct frame *, struct result *);
/* account_settle - remember rejections, forget those that are over, wipe the secret */
void	account_settle(struct frame *);

/* --- paths.c --- */

/* paths_note - with --all-addresses: after a session that connected, those of its host that it did not connect to */
void	paths_note(struct frame *, struct session *);
/* paths_expand - they become results; only while no session is under way */
void	paths_expand(struct frame *);
/* paths_judge - judge the addresses together, and ask the references (with the configuration of the run) where the uplink may be at fault */
void	paths_judge(struct frame *, const struct drive_config *);

/* --- second.c --- */

/* second_next - the session that another one calls for, to the same address; NULL: none does */
struct session *second_next(struct frame *);
/* second_part - a session is over: its partner has none any more.  For a second one, what it found goes to the result of the first. */
void	second_part(struct frame *, struct session *);

/* --- lenient.c --- */

/* lenient_ask - a session is over: if its TLS was refused here and nobody knows what the server has, one more handshake is to find out */
void	lenient_ask(struct frame *, const struct session *);
/* lenient_next - the session for it; NULL: none is wanted */
struct session *lenient_next(struct frame *);
/* lenient_done - it is over, its connection still there: what it showed goes to the result that it is about; it is freed */
void	lenient_done(struct frame *, struct session *);
/* lenient_drop - forget those that there was no time for */
void	lenient_drop(struct frame *);

/* --- config_lines.c --- */

/* config_lines - what the options came to, for -vv */
void	config_lines(const struct frame *, struct buf *);

/* --- frame_tls.c --- */

/* frame_engine - the check's own, or else the module's, which is loaded at the first call; NULL with internal.module in the sheet */
const struct tls_engine *frame_engine(struct frame *, struct sheet *);
/* frame_digests - hashes of the engine; NULL with internal.module in the sheet */
const struct digests *frame_digests(void *frame, struct sheet *);
/* frame_tls - engine and context, made at the first call; NULL with a finding in the sheet */
const struct tls_setup *frame_tls(void *frame, struct sheet *);
/* frame_tls_lenient - the same for lenient sessions: nothing is verified, and what the library can do is done */
const struct tls_setup *frame_tls_lenient(void *frame, struct sheet *);
/* frame_tls_ready - can the files that the options name for TLS be used?  To be asked before anything is contacted; false with a finding in the run */
bool	frame_tls_ready(struct frame *);

/* --- tally.c --- */

/* tally_session - what a session measured, into its result; before its connection goes */
void	tally_session(const struct frame *, struct session *);
/* tally_run - the whole run's time, bounds and thresholds of everything; after the last session.  Nothing when there were no targets: what was not tried was not slow. */
void	tally_run(struct frame *);

/* --- output.c --- */

/* output_prepare - descriptors 0 to 2 are open, on /dev/null if need be */
void	output_prepare(void);
/* output_text - print a document and exit with UNKNOWN, as the guidelines want of --help and --version */
_Noreturn void	output_text(struct buf *);
/* output_run - verdict, report, exit code; what the options hold is wiped before */
_Noreturn void	output_run(struct frame *);
/* output_usage - the same for a command line that makes no sense */
_Noreturn void	output_usage(const struct plugin *, int argc, char *const argv[], struct opt_error *);

#endif
