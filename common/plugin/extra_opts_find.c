/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * extra_opts_find - where the file of --extra-opts lies that nobody named
 *
 * Names, places and their order are those of the Monitoring Plugins, so that a
 * file that is there already serves these checks too.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plugin/extra_opts.h"

const char *const extra_opts_names[] = {
	"monitoring-plugins.ini", "plugins.ini", "nagios-plugins.ini", NULL
};

const char *const extra_opts_places[] = {
	"/usr/local/etc/monitoring-plugins/monitoring-plugins.ini",
	"/usr/local/etc/monitoring-plugins.ini",
	"/etc/monitoring-plugins/monitoring-plugins.ini",
	"/etc/monitoring-plugins.ini",
	"/etc/nagios/plugins.ini",
	"/usr/local/nagios/etc/plugins.ini",
	"/usr/local/etc/nagios/plugins.ini",
	"/etc/opt/nagios/plugins.ini",
	"/etc/nagios-plugins.ini",
	"/usr/local/etc/nagios-plugins.ini",
	"/etc/opt/nagios-plugins.ini",
	NULL
};

static bool
exists(const char *path)
{
	return access(path, F_OK) == 0;
}

/* find_in_folder - the first of the usual names that exists there */
static bool
find_in_folder(struct span folder, char path[EXTRA_OPTS_PATH_MAX])
{
	size_t i;

	if (folder.len == 0 || folder.len > EXTRA_OPTS_PATH_MAX / 2)
		return false;
	for (i = 0; extra_opts_names[i] != NULL; i++) {
		(void)snprintf(path, EXTRA_OPTS_PATH_MAX, "%.*s/%s",
		    (int)folder.len, folder.p, extra_opts_names[i]);
		if (exists(path))
			return true;
	}
	return false;
}

bool
extra_opts_find(char path[EXTRA_OPTS_PATH_MAX])
{
	const char *named = getenv("MP_CONFIG_FILE");
	const char *folders = getenv("NAGIOS_CONFIG_PATH");
	size_t i;

	if (named != NULL && *named != '\0' && exists(named) &&
	    span_copy(span_of(named), path, EXTRA_OPTS_PATH_MAX))
		return true;
	while (folders != NULL && *folders != '\0') {
		struct span folder = { folders, strcspn(folders, ":") };

		if (find_in_folder(folder, path))
			return true;
		folders += folder.len + (folders[folder.len] == ':');
	}
	for (i = 0; extra_opts_places[i] != NULL; i++)
		if (exists(extra_opts_places[i]))
			return span_copy(span_of(extra_opts_places[i]), path,
			    EXTRA_OPTS_PATH_MAX);
	return false;
}
