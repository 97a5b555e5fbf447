/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * module - a library is paid for only by the run that uses it
 *
 * What is loaded runs with our rights and sees the password, so it must come
 * from a folder and a file that only root or this user can change.
 */
#define _GNU_SOURCE
#include "module/module.h"

#include <sys/stat.h>

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

enum {
	MODULE_PATH_MAX = 4096,
	MODULE_NAME_MAX = 32,
	MODULE_SHOWN_MAX = 256	/* bytes of a path that a sentence shows */
};

/* complain - "the module PATH WHAT"; always false */
static bool
complain(struct buf *why, const char *path, const char *what)
{
	buf_str(why, "the module ");
	text_clean(why, span_of(path), MODULE_SHOWN_MAX);
	buf_fmt(why, " %s", what);
	return false;
}

static bool
is_name(const char *name)
{
	size_t	len;

	len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-");
	return len > 0 && len <= MODULE_NAME_MAX && name[len] == '\0';
}

/* is_safe - nobody but root and this user can change it */
static bool
is_safe(const struct stat *st)
{
	return (st->st_uid == 0 || st->st_uid == geteuid()) &&
	    (st->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

static bool
check_file(const char *dir, const char *path, struct buf *why)
{
	struct stat	st;

	if (stat(path, &st) != 0) {
		complain(why, path, "");
		buf_fmt(why, "is not there (%s): install it from the package "
		    "that this program came with", strerror(errno));
		return false;
	}
	if (!S_ISREG(st.st_mode))
		return complain(why, path, "is no file: install it anew");
	if (!is_safe(&st))
		return complain(why, path, "could be changed by other users: "
		    "chown it to root and chmod 0644 it");
	if (stat(dir, &st) != 0 || !is_safe(&st))
		return complain(why, path, "is in a folder that other users "
		    "could change: chown that to root and chmod 0755 it");
	return true;
}

static bool
check_module(const struct module *module, const char *name, const char *path,
    struct buf *why)
{
	if (module == NULL)
		return complain(why, path, "is none of ours: install it from "
		    "the package that this program came with");
	if (module->version != MODULE_VERSION) {
		complain(why, path, "");
		buf_fmt(why, "has version %u where this program needs %u: "
		    "install both from the same package", module->version,
		    (unsigned)MODULE_VERSION);
		return false;
	}
	if (module->name == NULL || strcmp(module->name, name) != 0 ||
	    module->functions == NULL)
		return complain(why, path, "is another one under this name: "
		    "install it anew");
	return true;
}

static const struct module *
load(const char *name, const char *path, struct buf *why)
{
	const struct module	*module;
	const char		*error;
	void			*handle;

	handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (handle == NULL) {
		error = dlerror();
		complain(why, path, "does not load (");
		text_clean(why, span_of(error == NULL ? "" : error),
		    TEXT_QUOTE_MAX);
		buf_str(why, "): install the library that is named");
		return NULL;
	}
	module = dlsym(handle, MODULE_SYMBOL);
	return check_module(module, name, path, why) ? module : NULL;
}

const struct module *
module_load_from(const char *dir, const char *name, struct buf *why)
{
	char	path[MODULE_PATH_MAX];
	int	n;

	if (!is_name(name)) {
		complain(why, name, "has no proper name");
		return NULL;
	}
	n = snprintf(path, sizeof(path), "%s/%s.so", dir, name);
	if (n < 0 || (size_t)n >= sizeof(path)) {
		complain(why, name, "is in a folder with too long a name");
		return NULL;
	}
	return check_file(dir, path, why) ? load(name, path, why) : NULL;
}

const struct module *
module_load(const char *name, struct buf *why)
{
	return module_load_from(PKGLIBDIR, name, why);
}
