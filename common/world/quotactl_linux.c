/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quotactl_linux - the call itself, on Linux; elsewhere there is none of it
 *
 * Newer kernels take a path's descriptor (quotactl_fd, 5.14), older ones and
 * those that refuse it the device, which /proc/self/mountinfo names.
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/quotactl.h"

#include <errno.h>

#ifdef HAVE_STRUCT_DQBLK_DQB_CURSPACE
#include <sys/quota.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"

enum {
	LINE_MAX_BYTES = 16 * 1024,	/* of mountinfo */
	MOUNTS_MAX = 65536,
	DEVICE_MAX = 4096,
	PROJECTS = 2,			/* PRJQUOTA, which older headers lack */
	UNIT = 1024			/* bytes in which limits are told */
};

/* unescaped - mountinfo has blanks as \040 */
static void
unescaped(struct span word, char device[DEVICE_MAX])
{
	size_t i, n = 0;

	for (i = 0; i < word.len && n < DEVICE_MAX - 1; i++) {
		if (word.p[i] == '\\' && word.len - i > 3 &&
		    word.p[i + 1] >= '0' && word.p[i + 1] <= '3') {
			device[n++] = (char)((word.p[i + 1] - '0') * 64 +
			    (word.p[i + 2] - '0') * 8 + word.p[i + 3] - '0');
			i += 3;
		} else {
			device[n++] = word.p[i];
		}
	}
	device[n] = '\0';
}

/* is_that - "36 35 98:0 / /mnt rw - ext3 /dev/root rw": of that device number? then its source */
static bool
is_that(struct span line, dev_t dev, char device[DEVICE_MAX])
{
	char number[64];
	struct span word;

	(void)snprintf(number, sizeof(number), "%u:%u", major(dev),
	    minor(dev));
	(void)span_word(&line);
	(void)span_word(&line);
	if (!span_is(span_word(&line), number))
		return false;
	do {
		word = span_word(&line);
	} while (word.len > 0 && !span_is(word, "-"));
	(void)span_word(&line);
	unescaped(span_word(&line), device);
	return device[0] == '/';
}

static bool
device_of(const char *path, char device[DEVICE_MAX])
{
	FILE *file = fopen("/proc/self/mountinfo", "re");
	char *line = malloc(LINE_MAX_BYTES);
	bool found = false;
	struct stat st;
	int n;

	if (file != NULL && line != NULL && stat(path, &st) == 0)
		for (n = 0; !found && n < MOUNTS_MAX &&
		    fgets(line, LINE_MAX_BYTES, file) != NULL; n++)
			found = is_that(span_trim(span_of(line)), st.st_dev,
			    device);
	if (file != NULL)
		(void)fclose(file);
	free(line);
	return found;
}

/* by_path - 0 or errno */
static int
by_path(const char *path, unsigned command, uint32_t id, struct dqblk *out)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	long done = -1;
	int error;

	if (fd < 0)
		return errno;
	errno = ENOSYS;
#ifdef SYS_quotactl_fd
	done = syscall(SYS_quotactl_fd, fd, command, (unsigned long)id, out);
#endif
	error = done == 0 ? 0 : errno;
	close(fd);
	return error;
}

static int
by_device(const char *path, int command, uint32_t id, struct dqblk *out)
{
	char device[DEVICE_MAX];

	if (!device_of(path, device))
		return ENODEV;
	return quotactl(command, device, (int)id, (void *)out) == 0 ? 0 :
	    errno;
}

static uint64_t
bytes_of(uint64_t units)
{
	return (uint64_t)quota_scale(units, UNIT);
}

int
quotactl_kernel(const char *path, enum kernel_quota_kind kind, uint32_t id,
    struct kernel_quota *q)
{
	int type = kind == KERNEL_QUOTA_USER ? USRQUOTA :
	    kind == KERNEL_QUOTA_GROUP ? GRPQUOTA : PROJECTS;
	/* what QCMD() does, which shifts bits out of an int */
	int command = (int)((unsigned)Q_GETQUOTA << SUBCMDSHIFT |
	    (unsigned)type), error;
	struct dqblk d;

	memset(&d, 0, sizeof(d));
	error = by_path(path, (unsigned)command, id, &d);
	if (error == ENOENT || error == EPERM)
		return error;
	if (error != 0)
		error = by_device(path, command, id, &d);
	if (error != 0)
		return error;
	q->bytes = (struct kernel_limit){ d.dqb_curspace,
	    bytes_of(d.dqb_bsoftlimit), bytes_of(d.dqb_bhardlimit),
	    (int64_t)d.dqb_btime };
	q->inodes = (struct kernel_limit){ d.dqb_curinodes, d.dqb_isoftlimit,
	    d.dqb_ihardlimit, (int64_t)d.dqb_itime };
	return 0;
}
#else
int
quotactl_kernel(const char *path, enum kernel_quota_kind kind, uint32_t id,
    struct kernel_quota *q)
{
	(void)path;
	(void)kind;
	(void)id;
	(void)q;
	return ENOSYS;
}
#endif
