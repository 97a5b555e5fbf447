/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_filesystem - how full the file systems of --mount are, or what the
 * kernel lets a user, a group or a project have there
 */
#include <string.h>

#include "base/text.h"
#include "plugin/quota_files.h"
#include "report/advice.h"
#include "world/clock.h"
#include "world/disk.h"
#include "world/quotactl.h"

/* words of --quota, in the order of the enum */
static const char *const kinds[] = { "user", "group", "project", NULL };

static bool
set_kind(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	size_t i;

	(void)plugin;
	for (i = 0; kinds[i] != NULL; i++)
		if (strcmp(kinds[i], value) == 0) {
			*(enum kernel_quota_kind *)field =
			    (enum kernel_quota_kind)(KERNEL_QUOTA_USER + i);
			return true;
		}
	(void)buf_str(why, "user, group or project");
	return false;
}

const struct opt_type opt_quota_kind = {
	.has_value = true, .set = set_kind, .choices = kinds,
	.noun = "kind of quota"
};

static bool
check(const struct quota_options *options, const struct settings *settings,
    struct opt_error *error)
{
	bool kind = options->kind != KERNEL_QUOTA_NONE;

	(void)settings;
	if (options->mounts.n == 0)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--backend=filesystem "
		    "needs --mount: name the folder of the mail store");
	else if (kind != (options->id != NULL))
		opt_refuse(error, CAUSE_USAGE_OPTION, kind ? "--quota needs "
		    "--id: say whose quota it is, by name or number" :
		    "--id needs --quota: say of what kind, user, group or "
		    "project");
	else
		return true;
	return false;
}

/* name_it - "user alice on /srv" */
static void
name_it(struct quota_file *file)
{
	struct buf text;

	buf_init(&text, QUOTA_FILE_NAME - 1);
	if (file->kind != KERNEL_QUOTA_NONE) {
		(void)buf_fmt(&text, "%s ", quotactl_kind(file->kind));
		text_clean(&text, span_of(file->id), QUOTA_NAME_MAX / 4);
		(void)buf_str(&text, " on ");
	}
	text_clean(&text, span_of(file->path), QUOTA_WHOM_MAX);
	(void)span_copy(buf_span(&text), file->name, sizeof(file->name));
	buf_free(&text);
}

static void
ask(struct quota_file *file, struct quota_file_answer *answer)
{
	if (file->kind == KERNEL_QUOTA_NONE) {
		answer->found = disk_ask(file->path, &answer->list,
		    &answer->refusal);
		return;
	}
	file->now = clock_wall();
	answer->found = quotactl_ask(quotactl_kernel, file->path, file->kind,
	    file->id, &file->quota, &answer->refusal);
	if (!answer->found)
		return;
	kernel_quota_rows(&answer->list, span_of(file->name), &file->quota,
	    file->now);
	kernel_quota_words(&answer->note, &file->quota, file->now);
}

/* by_hand - df; or, from the package quota, what has no word for projects but repquota(8) */
static void
by_hand(struct buf *command, const struct quota_file *file)
{
	if (file->kind == KERNEL_QUOTA_NONE) {
		(void)buf_str(command, "df -h ");
		advice_word(command, file->path);
		(void)buf_str(command, "; df -i ");
		advice_word(command, file->path);
	} else if (file->kind == KERNEL_QUOTA_PROJECT) {
		(void)buf_str(command, "repquota -P ");
		advice_word(command, file->path);
	} else {
		(void)buf_fmt(command, "quota -v %s ",
		    file->kind == KERNEL_QUOTA_USER ? "-u" : "-g");
		advice_word(command, file->id);
	}
}

static void
told(struct result *r, const struct quota_file *file)
{
	if (file->kind != KERNEL_QUOTA_NONE)
		kernel_quota_judge(&r->sheet, &file->quota, file->now,
		    r->name);
}

static void
look(const struct quota_look *look)
{
	const struct quota_options *options = look->options;
	struct quota_files files = { .backend = quota_filesystem.name,
	    .ask = ask, .by_hand = by_hand, .told = told };
	size_t i;

	if (!quota_files_new(&files, look, options->mounts.n))
		return;
	for (i = 0; i < files.n; i++) {
		files.files[i].path = options->mounts.rows[i];
		files.files[i].kind = options->kind;
		files.files[i].id = options->id;
		name_it(&files.files[i]);
	}
	quota_files_ask(look, &files);
}

const struct quota_backend quota_filesystem = {
	.name = "filesystem", .check = check, .look = look
};
