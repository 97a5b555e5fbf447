/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_profiles - the same chains, judged by the roots of other clients
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "judge/profile.h"
#include "plugin/cert_profiles.h"
#include "report/json.h"
#include "report/line.h"
#include "report/sentence.h"
#include "world/tls_engine.h"

/* what the engine calls the option that names its roots */
#define ENGINE_OPTION "--ca-file="

static char *
name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf clean;
	char *name;

	buf_init(&clean, SENTENCE_MAX);
	text_clean(&clean, span_of(slash != NULL && slash[1] != '\0' ?
	    slash + 1 : path), TEXT_QUOTE_MAX);
	name = sentence_make("%s", buf_cstr(&clean));
	buf_free(&clean);
	return name;
}

static bool
open_one(struct cert_profiles *p, const char *path, int64_t now,
    struct opt_error *error)
{
	struct tls_config config = { .ca_file = path, .verify = true,
	    .min = 12, .now = now };
	enum cause cause;
	struct buf why;
	const char *words;

	buf_init(&why, SENTENCE_MAX);
	p->contexts[p->n] = p->engine->context_new(&config, &cause, &why);
	p->names[p->n] = name_of(path);
	if (p->contexts[p->n] == NULL) {
		words = buf_cstr(&why);
		if (strncmp(words, ENGINE_OPTION, strlen(ENGINE_OPTION)) == 0)
			words += strlen(ENGINE_OPTION);
		opt_refuse(error, cause, "--trust-profile=%s", words);
	}
	buf_free(&why);
	return p->contexts[p->n++] != NULL;
}

bool
cert_profiles_open(struct cert_profiles *p, const struct tls_engine *engine,
    const struct cert_options *options, const struct settings *set,
    struct opt_error *error)
{
	const struct file_list *files = &options->profiles;
	size_t i;

	if (files->n == 0)
		return true;
	if (set->no_verify) {
		opt_refuse(error, CAUSE_USAGE_OPTION, "--trust-profile asks "
		    "for what --no-verify leaves out: give one of them");
		return false;
	}
	if (files->n > PROFILES_MAX) {
		opt_refuse(error, CAUSE_USAGE_OPTION, "--trust-profile may be "
		    "given %d times: leave out some", PROFILES_MAX);
		return false;
	}
	p->engine = engine;
	for (i = 0; i < files->n; i++)
		if (!open_one(p, files->paths[i], cert_now(set), error))
			return false;
	return true;
}

/* judge - one chain by one profile */
static void
judge(struct cert_profiles *p, const struct work *work, size_t result,
    size_t profile)
{
	struct result *r = &work->run->results[result];
	const struct settings *set = work->settings;
	struct cert_moment moment = { .now = cert_now(set),
	    .given = set->at.given, .released = 0, .filed = r->name != NULL };
	struct cert_again again = { .facts = r->facts, .now = moment.now };
	struct cert_profile_row *row = &p->rows[p->nrows];
	struct tls_facts *other;
	struct buf whom;

	other = p->engine->judge_again(p->contexts[profile], &again);
	if (other == NULL) {
		r->sheet.nomem = true;
		return;
	}
	buf_init(&whom, SENTENCE_MAX);
	result_whom(r, 0, &whom);
	row->result = result;
	row->profile = profile;
	row->trusted = profile_trusts(other);
	row->cause = profile_judge(&r->sheet, r->facts, other, &moment,
	    p->names[profile], buf_cstr(&whom));
	p->nrows++;
	buf_free(&whom);
	tls_facts_free(other);
	free(other);
}

void
cert_profiles_judge(struct cert_profiles *p, const struct work *work)
{
	struct run *run = work->run;
	const struct tls_facts *facts;
	size_t i, k;

	if (p->n == 0)
		return;
	p->rows = calloc(run->nresults * p->n + 1, sizeof(*p->rows));
	if (p->rows == NULL) {
		run->sheet.nomem = true;
		return;
	}
	for (i = 0; i < run->nresults; i++) {
		facts = run->results[i].facts;
		if (facts == NULL || facts->nsent == 0)
			continue;
		for (k = 0; k < p->n; k++)
			judge(p, work, i, k);
	}
}

void
cert_profiles_table(const struct cert_profiles *p, const struct run *run,
    struct buf *out)
{
	const struct cert_profile_row *row;
	size_t i;

	for (i = 0; i < p->nrows; i++) {
		row = &p->rows[i];
		line_word(out, i == 0 ? "roots" : "");
		if (run->nresults > 1)
			(void)buf_fmt(out, "%s  ",
			    run->results[row->result].name);
		(void)buf_fmt(out, "%s: %s", p->names[row->profile],
		    row->trusted ? "trusted" : "not trusted");
		if (row->cause != CAUSE_NONE)
			(void)buf_fmt(out, " [%s]",
			    cause_info(row->cause)->slug);
		(void)buf_char(out, '\n');
	}
}

void
cert_profiles_facts(const struct cert_profiles *p, const struct run *run,
    struct json *j)
{
	const struct cert_profile_row *row;
	size_t i;

	if (p->n == 0)
		return;
	json_array(j, "trust_profiles");
	for (i = 0; i < p->nrows; i++) {
		row = &p->rows[i];
		json_object(j, NULL);
		json_string(j, "target", run->results[row->result].name);
		json_string(j, "profile", p->names[row->profile]);
		json_bool(j, "trusted", row->trusted);
		if (row->cause != CAUSE_NONE)
			json_string(j, "cause", cause_info(row->cause)->slug);
		else
			json_null(j, "cause");
		json_object_end(j);
	}
	json_array_end(j);
}
