/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk_quota - what somebody may use of a file system
 *
 * Linux asks by a descriptor on the file system (quotactl_fd, since 5.14), so
 * that no device has to be looked for.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#ifdef HAVE_SYS_QUOTA_H
#include <sys/quota.h>
#include <sys/syscall.h>
#endif

#include "base/when.h"
#include "world/disk_quota.h"

#if defined(HAVE_SYS_QUOTA_H) && defined(SYS_quotactl_fd)

enum {
	BLOCK = 1024,		/* bytes that limits count in (QIF_DQBLKSIZE) */
	PROJECT_QUOTA = 2	/* PRJQUOTA, which older headers lack */
};

int
disk_quota_kernel(int fd, const struct disk_who *who, struct disk_use *use)
{
	int type = who->whose == DISK_USER ? USRQUOTA :
	    who->whose == DISK_GROUP ? GRPQUOTA : PROJECT_QUOTA;
	/* QCMD() shifts into the sign of an int */
	unsigned command = (unsigned)Q_GETQUOTA << SUBCMDSHIFT |
	    ((unsigned)type & SUBCMDMASK);
	struct dqblk b;

	memset(&b, 0, sizeof(b));
	if (syscall(SYS_quotactl_fd, fd, command, who->id, &b) != 0)
		return errno;
	*use = (struct disk_use){ .bytes = b.dqb_curspace,
		.bytes_soft = b.dqb_bsoftlimit * BLOCK,
		.bytes_hard = b.dqb_bhardlimit * BLOCK,
		.inodes = b.dqb_curinodes, .inodes_soft = b.dqb_isoftlimit,
		.inodes_hard = b.dqb_ihardlimit,
		.bytes_until = (int64_t)b.dqb_btime,
		.inodes_until = (int64_t)b.dqb_itime };
	return 0;
}

#else

int
disk_quota_kernel(int fd, const struct disk_who *who, struct disk_use *use)
{
	(void)fd;
	(void)who;
	(void)use;
	return ENOSYS;
}

#endif

static bool
refuse(struct quota_refusal *refusal, int error)
{
	const char *why;

	refusal->stage = STAGE_QUOTA;
	refusal->cause = CAUSE_QUOTA_UNSUPPORTED;
	switch (error) {
	case ENOSYS:
	case EINVAL:
	case EOPNOTSUPP:
		why = "this kernel or file system has no quotas: use "
		    "--backend=filesystem without --quota";
		break;
	case ESRCH:
		why = "quotas are not turned on there: mount it with usrquota, "
		    "grpquota or prjquota, and run quotaon";
		break;
	case ENOENT:
		why = "there is no quota for that one";
		break;
	case EPERM:
	case EACCES:
		refusal->cause = CAUSE_USAGE_OPTION;
		why = "the kernel tells it only to that one, or to root: run "
		    "the check as one of them";
		break;
	default:
		why = strerror(error);
	}
	(void)buf_str(&refusal->why, why);
	return false;
}

static void
add(struct quota_list *list, const char *path, enum quota_unit unit,
    uint64_t used, uint64_t limit)
{
	struct quota_row *row = quota_list_add(list, span_of(path),
	    span_of(unit == QUOTA_BYTES ? "STORAGE" : "INODES"), unit);

	if (row == NULL)
		return;
	row->used = quota_scale(used, 1);
	row->limited = limit > 0;
	row->limit = quota_scale(limit, 1);
}

static void
soft(struct buf *grace, const char *what, uint64_t used, uint64_t limit,
    int64_t until, int64_t now)
{
	if (limit == 0 || used <= limit)
		return;
	(void)buf_fmt(grace, "; beyond the soft limit of %s", what);
	if (until == 0)
		return;
	(void)buf_str(grace, until > now ? ", with grace for " :
	    ", and the grace is over since ");
	when_write_span(grace, until > now ? (double)(until - now) :
	    (double)(now - until));
}

bool
disk_quota_ask(const char *path, const struct disk_who *who,
    int (*get)(int, const struct disk_who *, struct disk_use *), int64_t now,
    struct quota_list *list, struct buf *grace, struct quota_refusal *refusal)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct disk_use use;
	int error;

	memset(&use, 0, sizeof(use));
	if (fd == -1) {
		refusal->stage = STAGE_QUOTA;
		refusal->cause = CAUSE_USAGE_OPTION;
		(void)buf_fmt(&refusal->why, "%s: correct --mount",
		    strerror(errno));
		return false;
	}
	error = get(fd, who, &use);
	(void)close(fd);
	if (error != 0)
		return refuse(refusal, error);
	add(list, path, QUOTA_BYTES, use.bytes, use.bytes_hard != 0 ?
	    use.bytes_hard : use.bytes_soft);
	add(list, path, QUOTA_COUNT, use.inodes, use.inodes_hard != 0 ?
	    use.inodes_hard : use.inodes_soft);
	soft(grace, "bytes", use.bytes, use.bytes_soft, use.bytes_until, now);
	soft(grace, "inodes", use.inodes, use.inodes_soft, use.inodes_until,
	    now);
	return true;
}
