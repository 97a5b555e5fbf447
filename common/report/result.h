/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * result - what one target, and the whole run, taught us
 *
 * Filled while a run goes on, read by the judges and the renderers.  Text in it
 * is UTF-8 that has passed text_clean() where it came from outside.  A sheet
 * that could not get memory says so in `nomem`; the verdict then is
 * internal.error.  Everything is owned by the run and freed with it.
 */
#ifndef REPORT_RESULT_H
#define REPORT_RESULT_H

#include <stddef.h>
#include <stdint.h>

#include "base/target.h"
#include "report/cause.h"
#include "report/metric.h"
#include "report/sentence.h"
#include "report/stage.h"

enum {
	FINDINGS_MAX = 64,	/* findings of one sheet; further ones are dropped */
	METRICS_MAX = 64
};

struct finding {
	enum cause	 cause;
	enum stage	 stage;
	uint16_t	 port;		/* of a target with several ports, which one; 0: the target as it is */
	enum tls_mode	 tls;		/* and how TLS begins there */
	enum state	 state;		/* set by verdict_reach(): the cause's, CRITICAL for a broken -c, or as the policy says */
	char		*sentence;	/* with host, port and fact; no full stop */
	char		*detail;	/* shorter, for the line of its stage; NULL: the sentence */
	bool		 by_deadline;	/* made only because the deadline came */
	bool		 critical;	/* a -c threshold: CRITICAL whatever the cause's own state */
	enum cause	 explained_by;	/* set by a judge over the run: what it found elsewhere that explains this; CAUSE_NONE nothing */
	enum cause	 consequence_of;/* set by verdict_reach(): what explains it, CAUSE_NONE nothing */
};

/* findings and metrics, of a target or of the run over all targets */
struct sheet {
	struct finding	*findings;
	size_t		 nfindings;
	struct metric	*metrics;
	size_t		 nmetrics;
	bool		 nomem;
};

enum progress { PROGRESS_NONE, PROGRESS_OK, PROGRESS_FAILED, PROGRESS_SKIPPED };

struct stage_row {
	enum progress	 progress;
	bool		 timed;		/* usec holds a measurement */
	int64_t		 usec;
	char		*note;		/* what was found out, for its line; NULL */
};

struct result {
	struct target	 target;
	char		*name;		/* what reports call it; set by verdict_reach() to "host:port", made unique among the run's, unless the check has named it (a file); NULL where there is nothing to name */
	struct sheet	 sheet;
	struct stage_row stages[STAGE_COUNT];
	unsigned	 beyond;	/* a bit per stage of the check that is none of this target's, and so never skipped */
	char		*ok_summary;	/* the sentence of the first line when all is well */
	char		*by_hand;	/* the command that shows its faults, by the rules of advice.h, where it is no connection to the target; NULL: advice_by_hand() knows it */
	void		*facts;		/* what the check learnt, for the check's own facts(): one block from malloc, freed with the result; NULL none */
	void		*tls;		/* what TLS showed, for every check's facts (plugin/tls_seen): one block from malloc; NULL none */
	enum state	 state;		/* set by verdict_reach() */
	enum cause	 cause;
};

struct json;

/* how findings become a verdict, from --severity, --timeout-result and --expect-cause */
struct severity {
	const char	*pattern;	/* slug or "prefix.*" */
	enum state	 state;
};

struct policy {
	const struct severity	*severities;	/* the last match wins */
	size_t			 nseverities;
	bool			 has_timeout_state;
	enum state		 timeout_state;	/* of every finding made by the deadline */
	enum cause		 expect;	/* CAUSE_NONE: not turned round */
};

struct run {
	const char	*plugin;	/* "check_imap_login" */
	const char	*version;
	const char	*account;	/* user asked about, "" or NULL none; for OpenMetrics labels, as are the next two */
	const char	*mailbox;	/* mailbox opened, "" or NULL none */
	const char	*root;		/* quota root, "" or NULL none */
	struct policy	 policy;
	struct result	*results;	/* in command-line order */
	size_t		 nresults;
	struct sheet	 sheet;		/* over the run: time, counts, findings across targets */
	struct buf	*config;	/* lines for -vv, or NULL; borrowed */
	void		(*facts)(const struct run *, struct json *); /* writes the members of "facts"; NULL none */
	void		(*table)(const struct run *, struct buf *); /* writes lines of text that stand behind the findings; NULL none */
	/* set by verdict_reach() */
	enum state	 state;
	enum cause	 cause;
	enum stage	 stage;
	const struct finding *telling;	/* the finding that is the verdict; NULL: all is OK.  Of the worst result, or the run's own. */
	const struct result *worst;	/* whose finding the verdict is; NULL: the run's own, or all is OK */
	char		*summary;
};

/* sheet_find - report a cause; the sentence is formatted, `detail` may be NULL; both are cut at SENTENCE_MAX.  Returns the finding, valid until the next, or NULL (nomem, or too many). */
struct finding	*sheet_find(struct sheet *, enum cause, enum stage, const char *detail, const char *fmt, ...)
		    __attribute__((format(printf, 5, 6)));
/* sheet_say_more - append to the sentence of the first finding of that cause, and to its detail, as far as SENTENCE_MAX; nothing when there is none */
void		 sheet_say_more(struct sheet *, enum cause, const char *fmt, ...)
		    __attribute__((format(printf, 3, 4)));
/* sheet_detail - other words for the detail of the first finding of that cause; nothing when there is none */
void		 sheet_detail(struct sheet *, enum cause, const char *fmt, ...)
		    __attribute__((format(printf, 3, 4)));
/* finding_say_more - the same of one finding; false without memory */
bool		 finding_say_more(struct finding *, const char *more);
/* sheet_has - has this cause been found */
bool		 sheet_has(const struct sheet *, enum cause);
/* sheet_measure_port - of a port of the target, beside what is measured of the whole */
struct metric	*sheet_measure_port(struct sheet *, enum metric_id, uint16_t port, double value);
/* sheet_measure - set a metric (once more: overwrite the value, keep thresholds and bounds); returns it, valid until the next, or NULL */
struct metric	*sheet_measure(struct sheet *, enum metric_id, double value);
/* sheet_metric - of the whole target, NULL when it was not measured */
const struct metric *sheet_metric(const struct sheet *, enum metric_id);
void		 sheet_free(struct sheet *);

/* result_note - what is to stand on the line of a stage */
void		 result_note(struct result *, enum stage, const char *fmt, ...)
		    __attribute__((format(printf, 3, 4)));
/* result_note_more - put more behind the note that is there */
void		 result_note_more(struct result *, enum stage, const char *fmt, ...)
		    __attribute__((format(printf, 3, 4)));
/* result_by_hand - the command that shows its faults */
void		 result_by_hand(struct result *, struct buf *command);
/* result_summary - the sentence for when all is well */
void		 result_summary(struct result *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));
/* result_spent - add to the time of a stage and mark it timed */
void		 result_spent(struct result *, enum stage, int64_t usec);
/* result_whom - what reports call it, or that port of it */
void		 result_whom(const struct result *, uint16_t port, struct buf *);
/* result_words - a sentence about it (or that port of it) without its name or "host:port " in front, for where that has been said */
const char	*result_words(const struct result *, uint16_t port, const char *sentence);
/* result_place - the target that a finding is about */
struct target	 result_place(const struct result *, const struct finding *);
void		 result_free(struct result *);

/* run_new_result - append an empty result for a copy of the target; NULL without memory.  Earlier pointers into results die. */
struct result	*run_new_result(struct run *, const struct target *);
/* run_only - the result when there is exactly one, else NULL */
const struct result *run_only(const struct run *);
void		 run_free(struct run *);

#endif
