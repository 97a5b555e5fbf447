/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_files - certificates in files
 */
#include <string.h>

#include "base/text.h"
#include "judge/cert.h"
#include "plugin/cert.h"
#include "world/clock.h"
#include "world/tls_engine.h"

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

enum {
	PATH_SHOWN = 512	/* bytes of a path that reports show */
};

/* named - the result of a file, which is called by its path; NULL without memory */
static struct result *
named(struct run *run, const char *path)
{
	struct target t;
	struct result *r;
	struct buf name;

	memset(&t, 0, sizeof(t));
	r = run_new_result(run, &t);
	if (r == NULL)
		return NULL;
	buf_init(&name, PATH_SHOWN + 8);
	text_clean(&name, span_of(path), PATH_SHOWN);
	r->name = sentence_make("%s", buf_cstr(&name));
	buf_free(&name);
	r->sheet.nomem = r->name == NULL;
	return r->name == NULL ? NULL : r;
}

static void
judged(struct result *r, struct tls_facts *facts,
    const struct cert_options *options, const struct settings *set,
    const struct cert_moment *moment)
{
	struct buf note;

	r->facts = facts;
	r->stages[STAGE_TLS].progress = PROGRESS_OK;
	buf_init(&note, SENTENCE_MAX);
	cert_note(&note, facts);
	result_note(r, STAGE_TLS, "%s", buf_cstr(&note));
	result_summary(r, "%s holds %s", r->name, buf_cstr(&note));
	buf_free(&note);
	if (!cert_judge(&r->sheet, facts, moment, r->name))
		r->stages[STAGE_TLS].progress = PROGRESS_FAILED;
	cert_opinion(r, facts, options, set, moment->now, r->name);
}

static void
one_file(const struct work *work, const struct tls_setup *tls,
    const struct cert_options *options, const struct cert_moment *moment,
    const char *path)
{
	const struct settings *set = work->settings;
	struct result *r = named(work->run, path);
	struct cert_file_wish wish = { .path = path, .now = moment->now,
	    .name = set->sni.name[0] != '\0' ? set->sni.name :
	    set->hosts.n > 0 ? host_list_at(&set->hosts, 0) : "" };
	struct tls_facts *facts;
	enum cause cause;
	struct buf why;

	if (r == NULL)
		return;
	buf_init(&why, SENTENCE_MAX);
	facts = tls->engine->judge_file(tls->context, &wish, &cause, &why);
	if (facts != NULL)
		judged(r, facts, options, set, moment);
	else
		sheet_find(&r->sheet, cause, STAGE_NONE, NULL, "--file=%s: %s",
		    r->name, buf_cstr(&why));
	if (why.nomem)
		r->sheet.nomem = true;
	buf_free(&why);
}

void
cert_files(const struct work *work, const struct cert_options *options)
{
	const struct settings *set = work->settings;
	struct cert_moment moment = {
		.now = cert_now(set),
		.given = set->at.given, .released = PACKAGE_EPOCH
	};
	const struct tls_setup *tls;
	size_t i;

	if (options->files.n == 0)
		return;
	tls = work->tls(work->arg, &work->run->sheet);
	for (i = 0; tls != NULL && i < options->files.n; i++)
		one_file(work, tls, options, &moment,
		    options->files.paths[i]);
}
