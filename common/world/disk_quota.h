/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk_quota - what a user, a group or a project may use of a file system, as
 * the kernel keeps it: quotactl(2)
 */
#ifndef WORLD_DISK_QUOTA_H
#define WORLD_DISK_QUOTA_H

#include "judge/quota_list.h"

enum disk_whose { DISK_NOBODY, DISK_USER, DISK_GROUP, DISK_PROJECT };

struct disk_who {
	enum disk_whose	 whose;
	uint32_t	 id;
};

/* what the kernel says; limits of 0 are none */
struct disk_use {
	uint64_t	 bytes, bytes_soft, bytes_hard;
	uint64_t	 inodes, inodes_soft, inodes_hard;
	int64_t		 bytes_until, inodes_until;	/* when the grace beyond a soft limit ends, seconds since 1970; 0 never */
};

/* disk_quota_kernel - 0, or an errno value: the one function that asks the kernel */
int	disk_quota_kernel(int fd, const struct disk_who *, struct disk_use *);
/*
 * disk_quota_ask - STORAGE and INODES of that one on the file system that holds
 * the path: the limit is the hard one, or the soft one where there is no other.
 * `get` is disk_quota_kernel(), or what a test has in its place; `grace` gets a
 * few words when a soft limit is passed.  False with the refusal filled in.
 */
bool	disk_quota_ask(const char *path, const struct disk_who *, int (*get)(int fd, const struct disk_who *, struct disk_use *), int64_t now, struct quota_list *, struct buf *grace, struct quota_refusal *);

#endif
