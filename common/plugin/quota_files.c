/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_files - what the back ends that look at files of this host share
 */
#include <stdlib.h>

#include "plugin/quota_files.h"
#include "world/aside.h"
#include "world/clock.h"

struct quota_files *
quota_files_new(const struct quota_look *look, size_t n)
{
	struct quota_files *files = calloc(1, sizeof(*files) +
	    n * sizeof(files->rows[0]));
	size_t i;

	if (files == NULL) {
		look->work->run->sheet.nomem = true;
		return NULL;
	}
	files->n = n;
	for (i = 0; i < n; i++) {
		buf_init(&files->rows[i].refusal.why, SENTENCE_MAX);
		buf_init(&files->rows[i].note, SENTENCE_MAX);
	}
	return files;
}

static void
ask_one(void *arg, size_t i)
{
	struct quota_files *files = arg;
	struct quota_file *file = &files->rows[i];
	int64_t begun = clock_now();

	files->ask(file);
	file->usec = clock_now() - begun;
}

/* by_deadline - the last finding is there for want of time alone */
static void
by_deadline(struct result *r)
{
	if (r->sheet.nfindings > 0)
		r->sheet.findings[r->sheet.nfindings - 1].by_deadline = true;
}

/* silent - the look was never taken, or did not come back */
static void
silent(struct result *r, bool begun)
{
	struct quota_refusal refusal = { .stage = STAGE_QUOTA,
	    .cause = begun ? CAUSE_QUOTA_TIMEOUT : CAUSE_INTERNAL_UNFINISHED };

	buf_init(&refusal.why, SENTENCE_MAX);
	(void)buf_str(&refusal.why, begun ? "its file system did not answer "
	    "before the time-out: look at the server or disk behind it" :
	    "others before it hang, and nobody asked it before the time-out");
	quota_refused(r, &refusal, r->name);
	by_deadline(r);
	buf_free(&refusal.why);
}

static void
tell(const struct quota_look *look, struct quota_files *files,
    struct quota_file *file, enum aside_state state)
{
	const char *name = state == ASIDE_DONE && file->place != NULL ?
	    file->place : file->name;
	struct result *r = quota_result(look->work->run, name);

	if (r == NULL)
		return;
	if (state != ASIDE_DONE) {
		silent(r, state == ASIDE_BUSY);
		return;
	}
	result_spent(r, STAGE_QUOTA, file->usec);
	if (!file->found) {
		quota_refused(r, &file->refusal, r->name);
		if (file->refusal.cause == CAUSE_INTERNAL_UNFINISHED)
			by_deadline(r);
		return;
	}
	quota_found(r, files->backend, &file->list, look->work->settings,
	    r->name, name);
	if (file->note.len > 0)
		result_note_more(r, STAGE_QUOTA, "; %s",
		    buf_cstr(&file->note));
	if (files->told != NULL)
		files->told(r, file, look->work->settings);
}

static void
drop(struct quota_files *files)
{
	size_t i;

	for (i = 0; i < files->n; i++) {
		quota_list_free(&files->rows[i].list);
		buf_free(&files->rows[i].refusal.why);
		buf_free(&files->rows[i].note);
	}
	free(files);
}

void
quota_files_ask(const struct quota_look *look, struct quota_files *files)
{
	struct aside *aside = aside_run(ask_one, files, files->n,
	    look->work->deadline, look->work->stop);
	size_t i;

	for (i = 0; i < files->n && aside != NULL; i++)
		tell(look, files, &files->rows[i], aside_state(aside, i));
	if (aside == NULL)
		look->work->run->sheet.nomem = true;
	/* what hangs keeps its row for as long as the program lives */
	if (aside == NULL || aside_end(aside))
		drop(files);
}
