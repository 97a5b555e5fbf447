/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_backends - the table of sources, and the options that choose among them
 */
#include <string.h>

#include "plugin/quota.h"

static const struct quota_backend *const backends[] = {
	&quota_imap, &quota_maildir, &quota_filesystem, &quota_snmp,
	&quota_doveadm, NULL
};

/* words - of the table, for completions and refusals */
static const char *const words[] = {
	"imap", "maildir", "filesystem", "snmp", "doveadm", NULL
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

bool
quota_set_path(void *field, const char *value, const struct plugin *plugin,
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
	.has_value = true, .repeatable = true, .set = quota_set_path,
	.complete = COMPLETE_DIR, .noun = "folder"
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

/* alone - an option was given whose back end is not among those of the run; NULL none */
static const char *
alone(const struct quota_options *o)
{
	if ((o->maildirs.n > 0 || o->recount) && !quota_uses(o, &quota_maildir))
		return o->recount ? "--recount goes with --backend=maildir" :
		    "--maildir goes with --backend=maildir";
	if (quota_doveadm_given(&o->doveadm) && !quota_uses(o, &quota_doveadm))
		return "--user, --all-users, --api-key-file and --api-port go "
		    "with --backend=doveadm";
	if (o->mounts.n > 0 && !quota_uses(o, &quota_filesystem) &&
	    !quota_uses(o, &quota_snmp))
		return "--mount goes with --backend=filesystem and "
		    "--backend=snmp";
	if ((o->kind != KERNEL_QUOTA_NONE || o->id != NULL) &&
	    !quota_uses(o, &quota_filesystem))
		return o->id != NULL ? "--id goes with --backend=filesystem" :
		    "--quota goes with --backend=filesystem";
	if (quota_snmp_given(&o->snmp) && !quota_uses(o, &quota_snmp))
		return "the options of SNMP go with --backend=snmp";
	return NULL;
}

bool
quota_check(const struct quota_options *options,
    const struct settings *settings, struct opt_error *error)
{
	const char *why = alone(options);
	const struct quota_backend *backend;
	size_t i;

	if (why != NULL) {
		opt_refuse(error, CAUSE_USAGE_OPTION, "%s", why);
		return false;
	}
	if (options->tolerance > 100) {
		opt_refuse(error, CAUSE_USAGE_OPTION, "--tolerance=%u is more "
		    "than all: use a share in percent", options->tolerance);
		return false;
	}
	for (i = 0; i < options->backends.n; i++) {
		backend = options->backends.rows[i];
		if (backend->check != NULL &&
		    !backend->check(options, settings, error))
			return false;
	}
	return true;
}

void
quota_also(const struct work *work, const struct quota_options *options)
{
	struct quota_look look = { work, options };
	size_t i;

	for (i = 0; i < options->backends.n; i++)
		if (options->backends.rows[i]->look != NULL)
			options->backends.rows[i]->look(&look);
	quota_together(work, options);
}
