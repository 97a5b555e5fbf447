/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_filesystem - how full the file systems of --mount are, or what somebody
 * may use of them
 */
#include <grp.h>
#include <pwd.h>
#include <string.h>

#include "plugin/quota.h"
#include "world/clock.h"
#include "world/disk.h"
#include "world/disk_quota.h"

static const char *const words[] = {
	[DISK_USER] = "user", [DISK_GROUP] = "group",
	[DISK_PROJECT] = "project"
};

static const char *const choices[] = { "user", "group", "project", NULL };

static bool
set_whose(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	enum disk_whose *whose = field;
	int i;

	(void)plugin;
	for (i = DISK_USER; i <= DISK_PROJECT; i++)
		if (strcmp(words[i], value) == 0) {
			*whose = (enum disk_whose)i;
			return true;
		}
	(void)buf_str(why, "user, group or project");
	return false;
}

const struct opt_type opt_whose = {
	.has_value = true, .set = set_whose, .choices = choices,
	.noun = "kind of quota"
};

/* who - the number behind --id; false when nobody is called so */
static bool
who(const struct quota_options *options, struct disk_who *out)
{
	const struct passwd *user;
	const struct group *group;
	uint64_t number;

	out->whose = options->whose;
	if (span_number(span_of(options->id), &number)) {
		out->id = (uint32_t)number;
		return number < UINT32_MAX;
	}
	user = options->whose == DISK_USER ? getpwnam(options->id) : NULL;
	group = options->whose == DISK_GROUP ? getgrnam(options->id) : NULL;
	if (user != NULL)
		out->id = user->pw_uid;
	else if (group != NULL)
		out->id = group->gr_gid;
	return user != NULL || group != NULL;
}

static bool
check(const struct quota_options *options, const struct settings *settings,
    struct opt_error *error)
{
	struct disk_who somebody;

	(void)settings;
	if (options->mounts.n == 0)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--backend=filesystem "
		    "needs --mount: name the folder of the mail store");
	else if ((options->whose != DISK_NOBODY) != (options->id != NULL))
		opt_refuse(error, CAUSE_USAGE_OPTION, "--quota and --id go "
		    "together: say what kind of quota, and whose");
	else if (options->whose != DISK_NOBODY && !who(options, &somebody))
		opt_refuse(error, CAUSE_USAGE_OPTION, "--id=%s is no %s here: "
		    "use a name of this host, or a number", options->id,
		    words[options->whose]);
	else
		return true;
	return false;
}

/* asked - the list of one file system; false with a refusal */
static bool
asked(const struct quota_options *options, const char *path,
    struct quota_list *list, struct buf *grace, struct quota_refusal *refusal)
{
	struct disk_who somebody;

	if (options->whose == DISK_NOBODY)
		return disk_ask(path, list, refusal);
	return who(options, &somebody) && disk_quota_ask(path, &somebody,
	    disk_quota_kernel, clock_wall(), list, grace, refusal);
}

/* named - "/home", or "/home for user alice" */
static struct result *
named(const struct quota_look *look, const char *path)
{
	const struct quota_options *options = look->options;
	struct result *r;
	struct buf name;

	if (options->whose == DISK_NOBODY)
		return quota_result(look->work->run, path);
	buf_init(&name, QUOTA_WHOM_MAX * 2);
	(void)buf_fmt(&name, "%s for %s %s", path, words[options->whose],
	    options->id);
	r = quota_result(look->work->run, buf_cstr(&name));
	buf_free(&name);
	return r;
}

static void
one(const struct quota_look *look, const char *path)
{
	struct result *r = named(look, path);
	struct quota_refusal refusal = { .cause = CAUSE_NONE };
	struct quota_list list = { .n = 0 };
	struct buf grace;

	if (r == NULL)
		return;
	buf_init(&refusal.why, SENTENCE_MAX);
	buf_init(&grace, SENTENCE_MAX);
	if (asked(look->options, path, &list, &grace, &refusal)) {
		quota_found(r, quota_filesystem.name, &list,
		    look->work->settings, r->name, path);
		if (grace.len > 0)
			result_note_more(r, STAGE_QUOTA, "%s",
			    buf_cstr(&grace));
	} else {
		quota_refused(r, &refusal, r->name);
	}
	buf_free(&refusal.why);
	buf_free(&grace);
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
