/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * second - a session beside the login, with the same server
 *
 * Its ladder is another one, its target the address that the first is connected
 * to, its time what is left.  It has a result of its own while it lives, so that
 * neither disturbs the stages and times of the other.
 */
#include <stdlib.h>
#include <string.h>

#include "plugin/frame.h"

struct session *
second_next(struct frame *f)
{
	struct session *caller = f->caller;
	struct session *s;

	if (caller == NULL || !caller->calls)
		return NULL;
	caller->calls = false;
	s = malloc(sizeof(*s));
	if (s == NULL) {
		f->run.sheet.nomem = true;
		return NULL;
	}
	memset(&f->aside, 0, sizeof(f->aside));
	f->home = caller->result;
	f->aside.target = caller->result->target;
	if (f->aside.target.address.family != 0)
		f->aside.target.fixed = f->aside.target.address;
	session_init(s, &f->second, &f->aside);
	s->partner = caller;
	caller->partner = s;
	f->live++;
	return s;
}

/* tell - what the second session found; what is wrong with the certificate the first one has said */
static void
tell(struct result *home, const struct finding *found)
{
	static const char whose[] = "in a second session, ";
	struct finding *told;
	struct buf detail;

	if (found->stage == STAGE_TLS && sheet_has(&home->sheet, found->cause))
		return;
	buf_init(&detail, SENTENCE_MAX);
	if (found->detail != NULL)
		buf_fmt(&detail, "%s%s", whose, found->detail);
	told = sheet_find(&home->sheet, found->cause, found->stage,
	    found->detail != NULL ? buf_cstr(&detail) : NULL, "%s%s", whose,
	    found->sentence);
	if (detail.nomem)
		home->sheet.nomem = true;
	if (told != NULL)
		told->by_deadline = found->by_deadline;
	buf_free(&detail);
}

/* merge - the mailbox is what a second session is there for: its note goes with the findings */
static void
merge(struct result *home, struct result *aside)
{
	const char *note = aside->stages[STAGE_MAILBOX].note;
	size_t i;

	for (i = 0; i < aside->sheet.nfindings; i++)
		tell(home, &aside->sheet.findings[i]);
	if (note != NULL)
		result_note_more(home, STAGE_MAILBOX, "; %s", note);
	if (aside->sheet.nomem)
		home->sheet.nomem = true;
	result_free(aside);
}

void
second_part(struct frame *f, struct session *s)
{
	if (s->partner != NULL)
		s->partner->partner = NULL;
	if (s == f->caller)
		f->caller = NULL;
	if (s->result == &f->aside)
		merge(f->home, &f->aside);
}
