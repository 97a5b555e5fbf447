/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_maildir - the quotas of the Maildirs of --maildir
 */
#include <inttypes.h>

#include "plugin/quota_files.h"
#include "world/aside.h"
#include "world/clock.h"

const struct opt_type opt_maildirs = {
	.has_value = true, .repeatable = true, .set = quota_set_path,
	.complete = COMPLETE_DIR, .noun = "Maildir"
};

static void
row(struct quota_file *file, const char *resource, enum quota_unit unit,
    int64_t used, int64_t limit)
{
	struct quota_row *added = quota_list_add(&file->list,
	    span_of(file->maildir.place), span_of(resource), unit);

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
	    s->has_messages_limit ? s->messages_limit : 0 };
}

/* remark - what is odd about the file */
static void
remark(struct quota_file *file)
{
	const struct maildir *m = &file->maildir;
	const char *between = "";

	if (m->recount) {
		struct recount_said s = said(m);

		recount_words(&file->note, &m->count,
		    recount_with_trash(&m->count, &s));
		between = "; ";
	}
	if (m->there && !m->sums)
		(void)buf_fmt(&file->note, "%sthe sums of its maildirsize "
		    "make no sense", between);
	else if (m->said.torn)
		(void)buf_fmt(&file->note, "%sthe last line of its "
		    "maildirsize has no end and is left out", between);
	else if (m->size > MAILDIRSIZE_FULL)
		(void)buf_fmt(&file->note, "%sits maildirsize has %zu bytes: "
		    "the server will count anew", between, m->size);
}

static void
ask(struct quota_file *file)
{
	struct maildir *m = &file->maildir;
	struct recount_said s;
	int64_t bytes, messages;

	file->found = maildir_ask(m, &file->refusal);
	file->place = m->place[0] != '\0' ? m->place : NULL;
	if (!file->found)
		return;
	s = said(m);
	bytes = s.bytes;
	messages = s.messages;
	if (m->recount) {
		bool trash = recount_with_trash(&m->count, &s);

		bytes = m->count.bytes - (trash ? 0 : m->count.trash_bytes);
		messages = m->count.messages -
		    (trash ? 0 : m->count.trash_messages);
	}
	row(file, "STORAGE", QUOTA_BYTES, bytes, s.bytes_limit);
	row(file, "MESSAGE", QUOTA_COUNT, messages, s.messages_limit);
	remark(file);
}

static void
told(struct result *r, struct quota_file *file,
    const struct settings *settings)
{
	struct recount_said s = said(&file->maildir);

	(void)settings;
	if (file->maildir.recount)
		recount_judge(&r->sheet, &file->maildir.count, &s, r->name);
}

static void
fill(const struct quota_look *look, struct quota_file *file, size_t i)
{
	const struct quota_paths *paths = &look->options->maildirs;

	file->maildir = (struct maildir){
		.path = i < paths->n ? paths->rows[i] : NULL,
		.user = look->work->settings->user,
		.recount = look->options->recount,
		.deadline = look->work->deadline - ASIDE_MARGIN,
		.stop = look->work->stop
	};
	file->path = file->maildir.path;
	file->name = file->path != NULL ? file->path : "Maildir";
}

static void
look(const struct quota_look *look)
{
	size_t n = look->options->maildirs.n, i;
	struct quota_files *files;

	n = n > 0 ? n : 1;
	files = quota_files_new(look, n);
	if (files == NULL)
		return;
	files->backend = quota_maildir.name;
	files->ask = ask;
	files->told = told;
	for (i = 0; i < n; i++)
		fill(look, &files->rows[i], i);
	quota_files_ask(look, files);
}

const struct quota_backend quota_maildir = {
	.name = "maildir", .look = look
};
