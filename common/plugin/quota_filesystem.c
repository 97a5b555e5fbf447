/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_filesystem - how full the file systems of --mount are
 */
#include "plugin/quota.h"
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
one(const struct quota_look *look, const char *path)
{
	struct result *r = quota_result(look->work->run, path);
	struct quota_refusal refusal = { .cause = CAUSE_NONE };
	struct quota_list list = { .n = 0 };

	if (r == NULL)
		return;
	buf_init(&refusal.why, SENTENCE_MAX);
	if (disk_ask(path, &list, &refusal))
		quota_found(r, quota_filesystem.name, &list,
		    look->work->settings, r->name, path);
	else
		quota_refused(r, &refusal, r->name);
	buf_free(&refusal.why);
	quota_list_free(&list);
}

static void
look(const struct quota_look *look)
{
	size_t i;

	for (i = 0; i < look->options->mounts.n; i++)
		one(look, look->options->mounts.rows[i]);
}

const struct quota_backend quota_filesystem = {
	.name = "filesystem", .check = check, .look = look
};
