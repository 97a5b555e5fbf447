/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_backends - the table of sources, and the options that choose among them
 */
#include <string.h>

#include "plugin/quota.h"

static const struct quota_backend *const backends[] = {
	&quota_filesystem, NULL
};

/* words - of the table, for completions and refusals */
static const char *const words[] = {
	"filesystem", NULL
};

static bool
set_backend(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct quota_backend_list *list = field;
	size_t i, k;

	(void)plugin;
	for (i = 0; backends[i] != NULL; i++) {
		if (strcmp(backends[i]->name, value) != 0)
			continue;
		for (k = 0; k < list->n; k++)
			if (list->rows[k] == backends[i])
				return true;
		list->rows[list->n++] = backends[i];
		return true;
	}
	for (i = 0; words[i] != NULL; i++)
		(void)buf_fmt(why, "%s%s", i == 0 ? "" :
		    words[i + 1] == NULL ? " or " : ", ", words[i]);
	return false;
}

const struct opt_type opt_backend = {
	.has_value = true, .repeatable = true, .set = set_backend,
	.choices = words, .noun = "source of quotas"
};

static bool
set_mount(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct quota_paths *list = field;

	(void)plugin;
	if (value[0] != '/') {
		(void)buf_str(why, "a path that begins with a slash");
		return false;
	}
	if (list->n == QUOTA_PATHS_MAX) {
		(void)buf_fmt(why, "at most %d of them", QUOTA_PATHS_MAX);
		return false;
	}
	list->rows[list->n++] = value;
	return true;
}

const struct opt_type opt_mounts = {
	.has_value = true, .repeatable = true, .set = set_mount,
	.complete = COMPLETE_DIR, .noun = "mount"
};

bool
quota_uses(const struct quota_options *options,
    const struct quota_backend *backend)
{
	size_t i;

	for (i = 0; i < options->backends.n; i++)
		if (options->backends.rows[i] == backend)
			return true;
	return false;
}

bool
quota_sessions(const struct quota_options *options)
{
	size_t i;

	for (i = 0; i < options->backends.n; i++)
		if (options->backends.rows[i]->sessions)
			return true;
	return options->backends.n == 0;
}

bool
quota_check(const struct quota_options *options,
    const struct settings *settings, struct opt_error *error)
{
	const struct quota_backend *backend;
	size_t i;

	if (options->mounts.n > 0 && !quota_uses(options, &quota_filesystem)) {
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "--mount goes with --backend=filesystem");
		return false;
	}
	for (i = 0; i < options->backends.n; i++) {
		backend = options->backends.rows[i];
		if (backend->check != NULL &&
		    !backend->check(options, settings, error))
			return false;
	}
	return quota_forecast_check(options, settings, error) &&
	    quota_cross_check(options, settings, error);
}

void
quota_also(const struct work *work, const struct quota_options *options)
{
	struct quota_look look = { work, options };
	size_t i;

	for (i = 0; i < options->backends.n; i++)
		if (options->backends.rows[i]->look != NULL)
			options->backends.rows[i]->look(&look);
	quota_forecast(work, options);
	quota_cross(work, options);
}
