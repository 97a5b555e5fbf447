/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_extras - what the IMAP checks can learn beyond the mailbox
 */
#include <inttypes.h>
#include <unistd.h>

#include "base/when.h"
#include "plugin/imap_extras.h"
#include "report/json.h"
#include "world/clock.h"
#include "world/remember.h"

void
imap_extras_facts(struct json *j, const struct imap_id *id,
    const struct imap_idle *idle)
{
	size_t i;

	if (id == NULL || id->n == 0) {
		json_null(j, "server_id");
	} else {
		json_object(j, "server_id");
		for (i = 0; i < id->n; i++)
			json_string(j, id->fields[i].name,
			    id->fields[i].value);
		json_object_end(j);
	}
	if (idle->accepted)
		json_number(j, "idle_seconds", (double)idle->lasted / 1e6);
	else
		json_null(j, "idle_seconds");
	if (idle->told)
		json_number(j, "push_seconds",
		    (double)idle->told_after / 1e6);
	else
		json_null(j, "push_seconds");
}

bool
imap_idle_fits(const struct imap_options *options,
    const struct settings *set, struct opt_error *error)
{
	struct buf idling, all;

	if (options->folder != NULL && options->idle == 0) {
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "--idle-push needs a client that waits: give --idle=SECONDS too");
		return false;
	}
	if (options->idle < set->timeout.usec)
		return true;
	buf_init(&idling, 64);
	buf_init(&all, 64);
	when_write_span(&idling, (double)options->idle / 1e6);
	when_write_span(&all, (double)set->timeout.usec / 1e6);
	opt_refuse(error, CAUSE_USAGE_OPTION,
	    "--idle takes %s, and --timeout ends the run after %s: give a larger -t",
	    buf_cstr(&idling), buf_cstr(&all));
	buf_free(&idling);
	buf_free(&all);
	return false;
}

/* compose - no two messages have the same ID */
static void
compose(struct imap_options *options, struct span user)
{
	int64_t now = clock_wall();
	struct buf message, id;

	buf_init(&id, 128);
	buf_fmt(&id, "%" PRId64 ".%" PRId64 ".%ld", now, clock_now(),
	    (long)getpid());
	buf_init(&message, sizeof(options->message) - 1);
	imap_push_compose(&message, user, now, buf_cstr(&id));
	span_copy(buf_span(&message), options->message,
	    sizeof(options->message));
	buf_free(&message);
	buf_free(&id);
}

void
imap_idle_wish(struct imap_options *options, struct login *login)
{
	login->idle = options->idle;
	if (options->folder == NULL)
		return;
	compose(options, login->user);
	options->push.folder = span_of(options->folder);
	options->push.message = span_of(options->message);
	login->push = &options->push;
}

/* doubtful - was the mailbox found wanting already */
static bool
doubtful(const struct sheet *sheet)
{
	size_t i;

	for (i = 0; i < sheet->nfindings; i++)
		if (sheet->findings[i].stage == STAGE_MAILBOX)
			return true;
	return false;
}

static void
save(struct session *s, const struct remember *where,
    const struct remembered *box, const char *name)
{
	struct buf why;

	buf_init(&why, SENTENCE_MAX);
	if (!remember_save(where, box, &why))
		session_find(s, CAUSE_INTERNAL_ERROR, STAGE_MAILBOX, NULL,
		    "the counts of %s cannot be remembered: %s", name,
		    buf_cstr(&why));
	buf_free(&why);
}

void
imap_remember(struct session *s, const struct imap_box *box,
    const struct imap_options *options)
{
	const struct remember where = { .state_dir = options->state_dir,
		.target = &s->result->target,
		.mailbox = span_of(options->mailboxes.names[0]),
		.digests = options->digests };
	struct remembered before, after = { 0 };
	bool doubt = doubtful(&s->result->sheet);
	struct buf why;

	if (!box->opened || (!box->has_exists && !box->has_messages))
		return;
	after.messages = box->has_exists ? box->exists : box->messages;
	after.uidvalidity = box->has_uidvalidity ? box->uidvalidity : 0;
	buf_init(&why, SENTENCE_MAX);
	switch (remember_load(&where, &before, &why)) {
	case STATE_READ_DONE:
		remembered_judge(&s->result->sheet, &before, &after, s->whom,
		    box->name);
		break;
	case STATE_READ_BROKEN:
		result_note_more(s->result, STAGE_MAILBOX,
		    "; what was remembered is of no use: %s", buf_cstr(&why));
		break;
	case STATE_READ_NONE:
		break;
	}
	buf_free(&why);
	if (!doubt)
		save(s, &where, &after, box->name);
}
