/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_maildir - the quotas of the Maildirs of --maildir
 */
#include "base/text.h"
#include "plugin/quota_files.h"
#include "report/advice.h"
#include "world/aside.h"
#include "world/clock.h"

const struct opt_type opt_maildirs = {
	.has_value = true, .repeatable = true, .set = quota_set_path,
	.complete = COMPLETE_DIR, .noun = "Maildir"
};

static void
row(struct quota_file_answer *answer, const char *resource,
    enum quota_unit unit, int64_t used, int64_t limit)
{
	struct quota_row *added = quota_list_add(&answer->list, span_of(""),
	    span_of(resource), unit);

	if (added == NULL)
		return;
	added->used = used;
	added->limited = limit > 0;
	added->limit = limit;
}

static struct recount_said
said(const struct maildir *m)
{
	const struct maildirsize *s = &m->said;

	return (struct recount_said){ m->sums, s->bytes, s->messages,
	    s->has_bytes_limit ? s->bytes_limit : 0,
	    s->has_messages_limit ? s->messages_limit : 0, m->tolerance };
}

/* remark - what is odd about the file */
static void
remark(const struct maildir *m, struct buf *note)
{
	struct recount_said s = said(m);
	const char *between = m->recount ? "; " : "";

	if (m->recount)
		recount_words(note, &m->count,
		    recount_with_trash(&m->count, &s));
	if (m->there && !m->sums)
		(void)buf_fmt(note, "%sthe sums of its maildirsize make no "
		    "sense", between);
	else if (m->said.torn)
		(void)buf_fmt(note, "%sthe last line of its maildirsize has "
		    "no end and is left out", between);
	else if (m->size > MAILDIRSIZE_FULL)
		(void)buf_fmt(note, "%sits maildirsize has %zu bytes: the "
		    "server will count anew", between, m->size);
}

static void
ask(struct quota_file *file, struct quota_file_answer *answer)
{
	struct maildir *m = &file->maildir;
	struct recount_said s;
	bool trash;

	answer->found = maildir_ask(m, &answer->refusal);
	(void)span_copy(span_of(m->place), file->place, sizeof(file->place));
	if (!answer->found)
		return;
	s = said(m);
	trash = recount_with_trash(&m->count, &s);
	row(answer, "STORAGE", QUOTA_BYTES, !m->recount ? s.bytes :
	    m->count.bytes - (trash ? 0 : m->count.trash_bytes),
	    s.bytes_limit);
	row(answer, "MESSAGE", QUOTA_COUNT, !m->recount ? s.messages :
	    m->count.messages - (trash ? 0 : m->count.trash_messages),
	    s.messages_limit);
	remark(m, &answer->note);
}

static void
by_hand(struct buf *command, const struct quota_file *file)
{
	if (file->path == NULL)
		return;
	(void)buf_str(command, "cd ");
	advice_word(command, file->path);
	(void)buf_str(command, file->maildir.recount ?
	    " && cat maildirsize; du -sb ." : " && cat maildirsize");
}

static void
told(struct result *r, const struct quota_file *file)
{
	struct recount_said s = said(&file->maildir);

	if (file->maildir.recount)
		recount_judge(&r->sheet, &file->maildir.count, &s, r->name);
}

static void
fill(const struct quota_look *look, struct quota_file *file, size_t i)
{
	const struct quota_paths *paths = &look->options->maildirs;
	struct buf name;

	file->path = i < paths->n ? paths->rows[i] : NULL;
	file->maildir = (struct maildir){
		.path = file->path,
		.user = look->work->settings->user,
		.recount = look->options->recount,
		.tolerance = look->options->tolerance,
		.deadline = look->work->deadline - ASIDE_MARGIN,
		.stop = look->work->stop
	};
	buf_init(&name, QUOTA_FILE_NAME - 1);
	text_clean(&name, span_of(file->path != NULL ? file->path :
	    "Maildir"), QUOTA_WHOM_MAX);
	(void)span_copy(buf_span(&name), file->name, sizeof(file->name));
	buf_free(&name);
}

static void
look(const struct quota_look *look)
{
	struct quota_files files = { .backend = quota_maildir.name,
	    .ask = ask, .by_hand = by_hand, .told = told };
	size_t n = look->options->maildirs.n, i;

	if (!quota_files_new(&files, look, n > 0 ? n : 1))
		return;
	for (i = 0; i < files.n; i++)
		fill(look, &files.files[i], i);
	quota_files_ask(look, &files);
}

const struct quota_backend quota_maildir = {
	.name = "maildir", .look = look
};
