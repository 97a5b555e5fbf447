/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quotactl - ask the kernel for a quota
 */
#ifndef WORLD_QUOTACTL_H
#define WORLD_QUOTACTL_H

#include "judge/kernel_quota.h"

/*
 * The one function between us and the kernel: the quota of that number on the
 * file system which holds this path; 0, or an errno (ENOSYS where this system
 * has no such call, ENODEV where the device cannot be found out).  Tests give
 * another, which stands for a kernel with quotas.
 */
typedef int quotactl_call(const char *path, enum kernel_quota_kind, uint32_t id, struct kernel_quota *);

quotactl_call quotactl_kernel;

/* quotactl_id - the number of that user, group or project, which may be given as a number; false with the refusal: usage.option */
bool	quotactl_id(enum kernel_quota_kind, const char *name, uint32_t *id, struct quota_refusal *);
/* quotactl_ask - false with the refusal: usage.option, or quota.unsupported where there are no quotas */
bool	quotactl_ask(quotactl_call *call, const char *path, enum kernel_quota_kind kind, const char *name, struct kernel_quota *q, struct quota_refusal *refusal);
/* quotactl_kind - "user", "group" or "project" */
const char *quotactl_kind(enum kernel_quota_kind);

#endif
