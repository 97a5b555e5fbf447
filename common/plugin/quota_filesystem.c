/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_filesystem - how full the file systems of --mount are
 */
#include "plugin/quota_files.h"
#include "world/disk.h"

static bool
check(const struct quota_options *options, const struct settings *settings,
    struct opt_error *error)
{
	(void)settings;
	if (options->mounts.n > 0)
		return true;
	opt_refuse(error, CAUSE_USAGE_OPTION, "--backend=filesystem needs "
	    "--mount: name the folder of the mail store");
	return false;
}

static void
ask(struct quota_file *file)
{
	file->found = disk_ask(file->path, &file->list, &file->refusal);
}

static void
look(const struct quota_look *look)
{
	const struct quota_paths *mounts = &look->options->mounts;
	struct quota_files *files = quota_files_new(look, mounts->n);
	size_t i;

	if (files == NULL)
		return;
	files->backend = quota_filesystem.name;
	files->ask = ask;
	for (i = 0; i < mounts->n; i++)
		files->rows[i].name = files->rows[i].path = mounts->rows[i];
	quota_files_ask(look, files);
}

const struct quota_backend quota_filesystem = {
	.name = "filesystem", .check = check, .look = look
};
