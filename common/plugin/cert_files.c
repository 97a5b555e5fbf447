/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_files - certificates in files
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "judge/cert.h"
#include "plugin/cert.h"
#include "world/clock.h"
#include "world/path_list.h"
#include "world/tls_engine.h"

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

enum {
	PATH_SHOWN = 512	/* bytes of a path that reports show */
};

/* what is asked of every file */
struct look {
	const struct work	*work;
	const struct tls_setup	*tls;
	const struct cert_options *options;
	struct cert_moment	 moment;
	struct cert_file_wish	 wish;
	char			(*hosts)[HOST_MAX];
	const char		**names;
};

/* named - a new result, which is called by its path; NULL without memory */
static struct result *
named(struct run *run, const char *path)
{
	struct target t;
	struct result *r;
	struct buf name;

	memset(&t, 0, sizeof(t));
	r = run_new_result(run, &t);
	if (r == NULL) {
		run->sheet.nomem = true;
		return NULL;
	}
	buf_init(&name, PATH_SHOWN + 8);
	text_clean(&name, span_of(path), PATH_SHOWN);
	r->name = sentence_make("%s", buf_cstr(&name));
	buf_free(&name);
	r->sheet.nomem = r->name == NULL;
	return r->name == NULL ? NULL : r;
}

/* refuse - a result that is nothing but the reason why there is none */
static void
refuse(struct run *run, const char *path, enum cause cause, const char *why)
{
	struct result *r = named(run, path);

	if (r == NULL)
		return;
	if (cause == CAUSE_CERT_UNREADABLE)
		r->stages[STAGE_TLS].progress = PROGRESS_FAILED;
	(void)sheet_find(&r->sheet, cause, cause == CAUSE_CERT_UNREADABLE ?
	    STAGE_TLS : STAGE_NONE, why, "--file=%s: %s", r->name, why);
}

static void
judged(struct look *look, const char *path, struct tls_facts *facts)
{
	struct result *r = named(look->work->run, path);
	struct buf note;

	if (r == NULL) {
		tls_facts_free(facts);
		free(facts);
		return;
	}
	r->facts = facts;
	r->stages[STAGE_TLS].progress = PROGRESS_OK;
	buf_init(&note, SENTENCE_MAX);
	cert_note(&note, facts);
	result_note(r, STAGE_TLS, "%s", buf_cstr(&note));
	result_summary(r, "%s holds %s", r->name, buf_cstr(&note));
	buf_free(&note);
	if (!cert_judge(&r->sheet, facts, &look->moment, r->name))
		r->stages[STAGE_TLS].progress = PROGRESS_FAILED;
	cert_opinion(r, facts, look->options, look->work->settings,
	    look->moment.now, r->name);
}

/* one_file - false for one in a folder that is no file of certificates */
static bool
one_file(struct look *look, const struct path_row *row)
{
	struct run *run = look->work->run;
	struct cert_file_refusal refusal = { .cause = CAUSE_NONE };
	struct tls_facts *facts;
	bool counts = true;

	buf_init(&refusal.why, SENTENCE_MAX);
	look->wish.path = row->path;
	facts = look->tls->engine->judge_file(look->tls->context, &look->wish,
	    &refusal);
	if (facts != NULL)
		judged(look, row->path, facts);
	else if (refusal.vacant && row->kind == PATH_WITHIN)
		counts = false;
	else
		refuse(run, row->path, refusal.cause, buf_cstr(&refusal.why));
	if (refusal.why.nomem)
		run->sheet.nomem = true;
	buf_free(&refusal.why);
	return counts;
}

static bool
time_is_up(const struct work *work)
{
	return *work->stop != 0 || clock_now() >= work->deadline;
}

static void
unfinished(struct run *run, size_t left)
{
	struct finding *finding = sheet_find(&run->sheet,
	    CAUSE_INTERNAL_UNFINISHED, STAGE_NONE, NULL,
	    "%zu files were not reached before the time-out", left);

	if (finding != NULL)
		finding->by_deadline = true;
}

/* folder - it, and what is in it; how many rows that was */
static size_t
folder(struct look *look, const struct path_list *list, size_t at)
{
	const struct path_row *row = &list->rows[at];
	struct run *run = look->work->run;
	bool found = false;
	struct buf why;
	size_t i;

	for (i = at + 1; i < list->n && list->rows[i].kind == PATH_WITHIN &&
	    !time_is_up(look->work); i++)
		if (one_file(look, &list->rows[i]))
			found = true;
	if (i < list->n && list->rows[i].kind == PATH_WITHIN)
		return i - at;
	buf_init(&why, SENTENCE_MAX);
	if (row->error != 0)
		buf_fmt(&why, "this folder cannot be read: %s: check its "
		    "permissions", strerror(row->error));
	else
		buf_str(&why, "this folder holds no certificate: name another");
	if (!found)
		refuse(run, row->path, CAUSE_USAGE_OPTION, buf_cstr(&why));
	buf_free(&why);
	return i - at;
}

static void
all_files(struct look *look, const struct path_list *list)
{
	struct run *run = look->work->run;
	const struct path_row *row;
	size_t i = 0;

	while (i < list->n && !time_is_up(look->work)) {
		row = &list->rows[i];
		if (row->kind == PATH_FOLDER) {
			i += folder(look, list, i);
			continue;
		}
		if (row->kind == PATH_NO_MATCH)
			refuse(run, row->path, CAUSE_USAGE_OPTION, "nothing "
			    "matches this pattern: correct it, or check the "
			    "permissions of its folders");
		else
			(void)one_file(look, row);
		i++;
	}
	if (i < list->n)
		unfinished(run, list->n - i);
	if (list->full)
		(void)sheet_find(&run->sheet, CAUSE_USAGE_OPTION, STAGE_NONE,
		    NULL, "--file stands for more than %d files: name a "
		    "smaller folder", PATHS_MAX);
	if (list->nomem)
		run->sheet.nomem = true;
}

/* host_name - one of the names to be had, without a dot at its end; false with a finding */
static bool
host_name(const struct work *work, size_t nth, char out[HOST_MAX])
{
	const char *sni = work->settings->sni.name;
	size_t len;

	if (sni[0] != '\0')
		(void)span_copy(span_of(sni), out, HOST_MAX);
	else if (!work->host(work->arg, nth, out))
		return false;
	len = strlen(out);
	if (len > 1 && out[len - 1] == '.')
		out[len - 1] = '\0';
	return true;
}

/* names - of which a leaf has to have one: that of --sni, or else those of -H */
static bool
names(struct look *look)
{
	const struct settings *set = look->work->settings;
	size_t n = set->sni.name[0] != '\0' ? 1 : set->hosts.n, i;

	if (n == 0)
		return true;
	look->hosts = calloc(n, sizeof(*look->hosts));
	look->names = calloc(n, sizeof(*look->names));
	if (look->hosts == NULL || look->names == NULL) {
		look->work->run->sheet.nomem = true;
		return false;
	}
	for (i = 0; i < n; i++) {
		if (!host_name(look->work, i, look->hosts[i]))
			return false;
		look->names[i] = look->hosts[i];
	}
	look->wish.names = look->names;
	look->wish.nnames = n;
	return true;
}

void
cert_files(const struct work *work, const struct cert_options *options)
{
	const struct settings *set = work->settings;
	struct look look = { .work = work, .options = options, .moment = {
		.now = cert_now(set), .given = set->at.given,
		.released = PACKAGE_EPOCH, .filed = true } };
	struct path_list list = { .rows = NULL };
	size_t i;

	if (options->files.n == 0)
		return;
	look.wish.now = look.moment.now;
	look.wish.password = work->secret;
	if (names(&look))
		look.tls = work->tls(work->arg, &work->run->sheet);
	for (i = 0; look.tls != NULL && i < options->files.n; i++)
		path_list_add(&list, options->files.paths[i]);
	if (look.tls != NULL)
		all_files(&look, &list);
	path_list_free(&list);
	free(look.hosts);
	free(look.names);
}
