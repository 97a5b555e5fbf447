/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_history - the state file of what one resource of one root has used
 */
#include "world/quota_history.h"

#include "world/state_dir.h"
#include "world/state_file.h"

enum {
	ABOUT_MAX = 8 * 1024	/* source, its name, root, resource */
};

/* one look at one file */
struct look {
	const struct quota_history *history;
	const struct quota_row *row;
	struct trend	*trend;
	const char	*name;
	bool		 damaged;
	size_t		 dropped;	/* points of a time to come */
};

static bool
file_name(const struct quota_history *history, const struct result *r,
    const struct quota_row *row, char name[STATE_NAME_BUF])
{
	const struct quota_facts *facts = r->facts;
	struct buf about;
	bool done;

	buf_init(&about, ABOUT_MAX);
	/* none of them holds a line end: all have been cleaned */
	buf_fmt(&about, "%s\n%s\n%s\n%s", facts->backend,
	    r->name == NULL ? "" : r->name, row->root, row->resource);
	done = !about.nomem && !about.overflow && state_file(history->digests,
	    "growth", &r->target, buf_span(&about), name);
	buf_free(&about);
	return done;
}

static void
make(void *arg, enum state_read read, struct span old, struct buf *fresh)
{
	struct look *look = arg;

	look->trend->n = 0;
	look->damaged = read == STATE_READ_DONE &&
	    !trend_parse(old, look->trend, look->name);
	look->dropped = trend_add(look->trend, look->history->now,
	    look->row->used, look->history->span);
	trend_write(fresh, look->trend, look->name);
}

bool
quota_history_add(const struct quota_history *history, const struct result *r,
    const struct quota_row *row, struct trend *trend, struct buf *why)
{
	char name[STATE_NAME_BUF];
	struct look look = { history, row, trend, name, false, 0 };
	const struct state_change how = { make, &look };

	trend->n = 0;
	if (!file_name(history, r, row, name)) {
		buf_str(why, "the name of the state file cannot be made");
		return false;
	}
	if (!state_change(history->state_dir, name, &how, why))
		return false;
	if (look.damaged)
		buf_fmt(why, "%s is damaged or another's", name);
	else if (look.dropped > 0)
		buf_fmt(why, "%zu point%s of a time to come %s dropped",
		    look.dropped, look.dropped == 1 ? "" : "s",
		    look.dropped == 1 ? "is" : "are");
	return true;
}
