/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk - how full file systems are, by statvfs(3)
 */
#include <errno.h>
#include <string.h>
#include <sys/statvfs.h>

#include "world/disk.h"

static bool
refuse(struct quota_refusal *refusal, int error)
{
	refusal->stage = STAGE_QUOTA;
	refusal->cause = error == ENOENT || error == ENOTDIR ||
	    error == EACCES || error == ENAMETOOLONG || error == ELOOP ?
	    CAUSE_USAGE_OPTION : CAUSE_QUOTA_UNSUPPORTED;
	if (error == EACCES)
		(void)buf_str(&refusal->why, "a folder above it may not be "
		    "entered: let this user search it");
	else if (error == ENOENT || error == ENOTDIR)
		(void)buf_str(&refusal->why, "there is no such folder: "
		    "correct --mount");
	else if (refusal->cause == CAUSE_USAGE_OPTION)
		(void)buf_fmt(&refusal->why, "this path leads nowhere (%s): "
		    "correct --mount", strerror(error));
	else
		(void)buf_fmt(&refusal->why, "its file system does not say how "
		    "full it is (%s): look at the disk or server behind it",
		    strerror(error));
	return false;
}

static void
add(struct quota_list *list, const char *path, const char *resource,
    int64_t used, int64_t left)
{
	struct quota_row *row = quota_list_add(list, span_of(path),
	    span_of(resource), strcmp(resource, "STORAGE") == 0 ?
	    QUOTA_BYTES : QUOTA_COUNT);

	if (row == NULL)
		return;
	row->used = used;
	row->limited = true;
	row->limit = left > INT64_MAX - used ? INT64_MAX : used + left;
}

/* less_than_nothing - what is kept for root can be used up too, and then there is less than nothing for users */
static bool
less_than_nothing(fsblkcnt_t blocks)
{
	return blocks > (fsblkcnt_t)-1 / 2;
}

bool
disk_ask(const char *path, struct quota_list *list,
    struct quota_refusal *refusal)
{
	struct statvfs fs;
	uint64_t unit;
	int done;

	do {
		done = statvfs(path, &fs);
	} while (done != 0 && errno == EINTR);
	if (done != 0)
		return refuse(refusal, errno);
	unit = fs.f_frsize != 0 ? fs.f_frsize : fs.f_bsize;
	if (fs.f_blocks == 0) {
		refusal->stage = STAGE_QUOTA;
		refusal->cause = CAUSE_QUOTA_UNSUPPORTED;
		(void)buf_str(&refusal->why,
		    "this file system has no size: name another with --mount");
		return false;
	}
	add(list, path, "STORAGE", quota_scale(fs.f_blocks > fs.f_bfree ?
	    fs.f_blocks - fs.f_bfree : 0, unit),
	    quota_scale(less_than_nothing(fs.f_bavail) ? 0 : fs.f_bavail,
	    unit));
	if (fs.f_files > 0)
		add(list, path, "INODES", quota_scale(fs.f_files > fs.f_ffree ?
		    fs.f_files - fs.f_ffree : 0, 1),
		    quota_scale(fs.f_favail, 1));
	return true;
}
