/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_files - what the back ends that look at files of this host share
 *
 * A file system may hang, and then nothing of it is worth waiting for longer
 * than the run does: each look is taken aside (world/aside.h), and what did not
 * come back is quota.timeout while all others are reported.
 */
#ifndef PLUGIN_QUOTA_FILES_H
#define PLUGIN_QUOTA_FILES_H

#include "plugin/quota.h"
#include "world/maildir.h"

enum {
	QUOTA_FILE_ROWS = 2,	/* bytes, and messages or inodes */
	QUOTA_FILE_NAME = 1024	/* bytes of a name with its NUL */
};

/*
 * One look.  A back end fills in what is above the line.  What is below comes
 * from another process: plain values alone.
 */
struct quota_file {
	char		 name[QUOTA_FILE_NAME];	/* what reports call it */
	const char	*path;
	const char	*id;
	enum kernel_quota_kind kind;	/* whose quota, not how full it is */
	struct maildir	 maildir;
	/* --- */
	char		 place[QUOTA_FILE_NAME];	/* a better name that was found out; "" none */
	bool		 found;
	enum cause	 cause;		/* of a refusal */
	char		 why[SENTENCE_MAX];
	char		 note[SENTENCE_MAX];	/* what else is to be known, for the line of the stage */
	size_t		 n;
	struct {
		char		 resource[16];
		enum quota_unit	 unit;
		bool		 limited;
		int64_t		 used, limit;
	}		 rows[QUOTA_FILE_ROWS];
	struct kernel_quota quota;	/* of `kind` */
	int64_t		 now;		/* seconds since 1970, when it was asked */
	int64_t		 usec;		/* that it took */
};

/* what a look finds out, before it is made plain */
struct quota_file_answer {
	struct quota_list list;
	struct quota_refusal refusal;
	struct buf	 note;
	bool		 found;
};

struct quota_files {
	const char	*backend;
	/* ask - in another process: from one file alone */
	void		(*ask)(struct quota_file *, struct quota_file_answer *);
	/* by_hand - the command that shows the same; appends nothing where there is none */
	void		(*by_hand)(struct buf *, const struct quota_file *);
	/* told - what the answer is good for besides */
	void		(*told)(struct result *, const struct quota_file *);
	size_t		 n;
	struct quota_file *files;
};

/* quota_files_new - room for n; false without memory, which the run remembers */
bool	quota_files_new(struct quota_files *, const struct quota_look *, size_t n);
/* quota_files_ask - all of them, and a result for each; frees the room */
void	quota_files_ask(const struct quota_look *, struct quota_files *);

#endif
