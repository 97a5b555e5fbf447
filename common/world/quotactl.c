/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quotactl - ask the kernel for a quota
 */
#include <errno.h>
#include <string.h>

#include "base/number.h"
#include "world/owners.h"
#include "world/quotactl.h"

const char *
quotactl_kind(enum kernel_quota_kind kind)
{
	static const char *const kinds[] = {
		[KERNEL_QUOTA_NONE] = "none", [KERNEL_QUOTA_USER] = "user",
		[KERNEL_QUOTA_GROUP] = "group",
		[KERNEL_QUOTA_PROJECT] = "project"
	};

	return kinds[kind];
}

bool
quotactl_id(enum kernel_quota_kind kind, const char *name, uint32_t *id,
    struct quota_refusal *refusal)
{
	bool (*by_name)(const char *, uint32_t *) =
	    kind == KERNEL_QUOTA_USER ? owners_user_id :
	    kind == KERNEL_QUOTA_GROUP ? owners_group_id : owners_project_id;
	uint64_t n;

	if (number_uint(span_of(name), UINT32_MAX, &n)) {
		*id = (uint32_t)n;
		return true;
	}
	if (by_name(name, id))
		return true;
	refusal->stage = STAGE_QUOTA;
	refusal->cause = CAUSE_USAGE_OPTION;
	(void)buf_fmt(&refusal->why, "this host knows no %s of that name: "
	    "correct --id, or give the number", quotactl_kind(kind));
	return false;
}

/* what the errors of quotactl(2) mean, in words of this check */
static const struct {
	int		 error;
	enum cause	 cause;
	const char	*why;
} meanings[] = {
	{ EPERM, CAUSE_USAGE_OPTION, "only root may ask for the quota of "
	    "others: run the check as root, or as the one whose quota it is" },
	{ EACCES, CAUSE_USAGE_OPTION, "only root may ask for the quota of "
	    "others: run the check as root, or as the one whose quota it is" },
	{ ENOENT, CAUSE_USAGE_OPTION, "there is no such folder: correct "
	    "--mount" },
	{ ESRCH, CAUSE_QUOTA_UNSUPPORTED, "quotas of that kind are not "
	    "switched on there: mount it with them, or leave out --quota" },
	{ EINVAL, CAUSE_QUOTA_UNSUPPORTED, "this kernel has no quotas of that "
	    "kind: leave out --quota" },
	{ ENODEV, CAUSE_QUOTA_UNSUPPORTED, "no device of this host is behind "
	    "it: ask where the disk is" },
	{ ENOTBLK, CAUSE_QUOTA_UNSUPPORTED, "no device of this host is behind "
	    "it: ask where the disk is" },
	{ ENOSYS, CAUSE_QUOTA_UNSUPPORTED, "neither it nor this kernel has "
	    "quotas: leave out --quota" },
	{ EOPNOTSUPP, CAUSE_QUOTA_UNSUPPORTED, "neither it nor this kernel "
	    "has quotas: leave out --quota" }
};

static bool
refuse(struct quota_refusal *refusal, int error)
{
	size_t i, n = sizeof(meanings) / sizeof(meanings[0]);

	refusal->stage = STAGE_QUOTA;
	refusal->cause = CAUSE_QUOTA_UNSUPPORTED;
	for (i = 0; i < n && meanings[i].error != error; i++)
		continue;
	if (i < n) {
		refusal->cause = meanings[i].cause;
		(void)buf_str(&refusal->why, meanings[i].why);
	} else {
		(void)buf_fmt(&refusal->why, "the kernel does not tell it "
		    "(%s): look whether its quotas are switched on",
		    strerror(error));
	}
	return false;
}

bool
quotactl_ask(quotactl_call *call, const char *path,
    enum kernel_quota_kind kind, const char *name, struct kernel_quota *q,
    struct quota_refusal *refusal)
{
	uint32_t id;
	int error;

	if (!quotactl_id(kind, name, &id, refusal))
		return false;
	memset(q, 0, sizeof(*q));
	error = call(path, kind, id, q);
	return error == 0 || refuse(refusal, error);
}
