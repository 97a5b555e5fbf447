/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_files - what the back ends that look at files of this host share
 */
#include <string.h>

#include "plugin/quota_files.h"
#include "world/aside.h"
#include "world/clock.h"

bool
quota_files_new(struct quota_files *files, const struct quota_look *look,
    size_t n)
{
	files->n = n;
	files->files = aside_memory(n * sizeof(files->files[0]));
	if (files->files == NULL)
		look->work->run->sheet.nomem = true;
	return files->files != NULL;
}

/* make_plain - what a child has found, for its parent */
static void
make_plain(struct quota_file *file, struct quota_file_answer *a)
{
	const struct quota_row *row;
	size_t i;

	file->found = a->found;
	file->cause = a->list.nomem || a->refusal.why.nomem ?
	    CAUSE_INTERNAL_ERROR : a->refusal.cause;
	file->found = file->found && !a->list.nomem;
	(void)span_copy(buf_span(&a->refusal.why), file->why,
	    sizeof(file->why));
	(void)span_copy(buf_span(&a->note), file->note, sizeof(file->note));
	for (i = 0; i < a->list.n && i < QUOTA_FILE_ROWS; i++) {
		row = &a->list.rows[i];
		(void)span_copy(span_of(row->resource),
		    file->rows[i].resource, sizeof(file->rows[i].resource));
		file->rows[i].unit = row->unit;
		file->rows[i].limited = row->limited;
		file->rows[i].used = row->used;
		file->rows[i].limit = row->limit;
	}
	file->n = i;
}

static void
ask_one(void *arg, size_t i)
{
	struct quota_files *files = arg;
	struct quota_file *file = &files->files[i];
	struct quota_file_answer answer;
	int64_t begun = clock_now();

	memset(&answer, 0, sizeof(answer));
	buf_init(&answer.refusal.why, SENTENCE_MAX);
	buf_init(&answer.note, SENTENCE_MAX);
	files->ask(file, &answer);
	make_plain(file, &answer);
	quota_list_free(&answer.list);
	buf_free(&answer.refusal.why);
	buf_free(&answer.note);
	file->usec = clock_now() - begun;
}

static void
refused(struct result *r, enum cause cause, const char *why, bool by_deadline)
{
	struct quota_refusal refusal = { cause, STAGE_QUOTA, { 0 } };
	size_t before = r->sheet.nfindings;

	buf_init(&refusal.why, SENTENCE_MAX);
	(void)buf_str(&refusal.why, why);
	quota_refused(r, &refusal, r->name);
	buf_free(&refusal.why);
	if (r->sheet.nfindings > before)
		r->sheet.findings[before].by_deadline = by_deadline;
}

/* silent - the look was never taken, or did not come back */
static void
silent(struct result *r, const struct aside *aside, enum aside_state state)
{
	if (state == ASIDE_WAITS)
		refused(r, CAUSE_INTERNAL_UNFINISHED, "others before it hang, "
		    "and nobody asked it before the time-out", true);
	else if (aside_alive(aside))
		refused(r, CAUSE_QUOTA_TIMEOUT, "its file system did not "
		    "answer before the time-out: look at the server or disk "
		    "behind it", true);
	else
		refused(r, CAUSE_INTERNAL_ERROR, "this check broke down over "
		    "it: tell its makers", false);
}

static void
found(const struct quota_look *look, const struct quota_files *files,
    const struct quota_file *file, struct result *r, const char *name)
{
	struct quota_list list = { .n = 0 };
	struct quota_row *row;
	size_t i;

	for (i = 0; i < file->n; i++) {
		row = quota_list_add(&list, span_of(name),
		    span_of(file->rows[i].resource), file->rows[i].unit);
		if (row == NULL)
			break;
		row->used = file->rows[i].used;
		row->limited = file->rows[i].limited;
		row->limit = file->rows[i].limit;
	}
	quota_found(r, files->backend, &list, look->work->settings, r->name,
	    name);
	quota_list_free(&list);
	if (file->note[0] != '\0')
		result_note_more(r, STAGE_QUOTA, "; %s", file->note);
	files->told(r, file);
}

static void
tell(const struct quota_look *look, const struct quota_files *files,
    const struct quota_file *file, const struct aside *aside, size_t i)
{
	enum aside_state state = aside_state(aside, i);
	const char *name = state == ASIDE_DONE && file->place[0] != '\0' ?
	    file->place : file->name;
	struct result *r = quota_result(look->work->run, name);
	struct buf command;

	if (r == NULL)
		return;
	buf_init(&command, QUOTA_FILE_NAME * 4);
	files->by_hand(&command, file);
	if (command.len > 0)
		result_by_hand(r, &command);
	buf_free(&command);
	if (state != ASIDE_DONE) {
		silent(r, aside, state);
		return;
	}
	result_spent(r, STAGE_QUOTA, file->usec);
	if (file->found)
		found(look, files, file, r, name);
	else
		refused(r, file->cause, file->why,
		    file->cause == CAUSE_INTERNAL_UNFINISHED);
}

void
quota_files_ask(const struct quota_look *look, struct quota_files *files)
{
	struct aside *aside = aside_run(ask_one, files, files->n,
	    look->work->deadline, look->work->stop);
	size_t i;

	for (i = 0; i < files->n && aside != NULL; i++)
		tell(look, files, &files->files[i], aside, i);
	if (aside == NULL)
		look->work->run->sheet.nomem = true;
	else
		aside_end(aside);
	aside_memory_free(files->files, files->n * sizeof(files->files[0]));
}
