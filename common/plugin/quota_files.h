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

/* one look; a back end fills in what is above the line, the thread what is below */
struct quota_file {
	const char	*name;		/* what reports call it */
	const char	*path;
	struct maildir	 maildir;
	/* --- */
	struct quota_list list;
	struct quota_refusal refusal;
	bool		 found;
	const char	*place;		/* a better name that was found out; NULL none */
	int64_t		 usec;		/* that it took */
	struct buf	 note;		/* what else is to be known, for the line of the stage */
};

struct quota_files {
	const char	*backend;
	/* ask - in a thread of its own: from one file alone */
	void		(*ask)(struct quota_file *);
	/* told - what the answer is good for besides; NULL nothing */
	void		(*told)(struct result *, struct quota_file *, const struct settings *);
	size_t		 n;
	struct quota_file rows[];
};

/* quota_files_new - with n rows; NULL without memory, which the run remembers */
struct quota_files	*quota_files_new(const struct quota_look *, size_t n);
/* quota_files_ask - all of them, and a result for each; takes the rows over */
void			 quota_files_ask(const struct quota_look *, struct quota_files *);

#endif
