/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * remember - the state file of a mailbox, for --remember
 */
#include "world/remember.h"

#include "world/state_file.h"

static bool
file_name(const struct remember *where, char name[STATE_NAME_BUF],
    struct buf *why)
{
	if (state_file(where->digests, "mailbox", where->target,
	    where->mailbox, name))
		return true;
	buf_str(why, "the name of the state file cannot be made");
	return false;
}

enum state_read
remember_load(const struct remember *where, struct remembered *box,
    struct buf *why)
{
	char name[STATE_NAME_BUF];
	enum state_read read;
	struct buf text;

	if (!file_name(where, name, why))
		return STATE_READ_BROKEN;
	buf_init(&text, REMEMBERED_MAX);
	read = state_load(where->state_dir, name, &text, why);
	if (read == STATE_READ_DONE &&
	    !remembered_parse(buf_span(&text), box)) {
		buf_fmt(why, "%s is damaged", name);
		read = STATE_READ_BROKEN;
	}
	buf_free(&text);
	return read;
}

bool
remember_save(const struct remember *where, const struct remembered *box,
    struct buf *why)
{
	char name[STATE_NAME_BUF];
	struct buf text;
	bool done;

	if (!file_name(where, name, why))
		return false;
	buf_init(&text, REMEMBERED_MAX);
	remembered_write(&text, box);
	done = !text.nomem && state_save(where->state_dir, name,
	    buf_span(&text), why);
	if (text.nomem)
		buf_str(why, "no memory to remember the mailbox");
	buf_free(&text);
	return done;
}
