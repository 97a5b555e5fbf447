/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk - how full file systems are
 */
#ifndef WORLD_DISK_H
#define WORLD_DISK_H

#include "judge/quota_list.h"

/*
 * disk_ask - STORAGE and INODES of the file system that holds this path, as
 * df counts: what is used, and the limit is that and what users may still
 * take (without the blocks kept for root).  One without inodes of its own has
 * no such row.  False with the refusal filled in (usage.option, or
 * quota.unsupported where the kernel does not tell).
 */
bool	disk_ask(const char *path, struct quota_list *, struct quota_refusal *);

#endif
