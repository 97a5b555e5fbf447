/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frame_tls - one TLS context for the run, when the first target needs it
 */
#include "module/module.h"
#include "plugin/frame.h"

enum {
	TLS_USUAL_MIN = 12	/* as --tls-min has it, for checks that only shake hands */
};

static const struct tls_engine *
load_engine(struct sheet *sheet)
{
	const struct module *module;
	struct buf why;

	buf_init(&why, SENTENCE_MAX);
	module = module_load("tls", &why);
	if (module == NULL)
		sheet_find(sheet, CAUSE_INTERNAL_MODULE, STAGE_TLS, NULL, "%s",
		    buf_cstr(&why));
	if (why.nomem)
		sheet->nomem = true;
	buf_free(&why);
	return module == NULL ? NULL : module->functions;
}

const struct tls_engine *
frame_engine(struct frame *f, struct sheet *sheet)
{
	if (f->tls.engine == NULL)
		f->tls.engine = f->plugin->tls != NULL ? f->plugin->tls :
		    load_engine(sheet);
	return f->tls.engine;
}

const struct digests *
frame_digests(void *arg, struct sheet *sheet)
{
	const struct tls_engine *engine = frame_engine(arg, sheet);

	return engine == NULL ? NULL : engine->digests;
}

const struct tls_setup *
frame_tls(void *arg, struct sheet *sheet)
{
	struct frame *f = arg;
	const struct settings *set = &f->settings;
	bool judges = (f->plugin->uses & USES_TLS) != 0;
	struct tls_config config = {
		.ca_file = set->ca_file, .ca_path = set->ca_path,
		.verify = judges && !set->no_verify,
		.min = judges ? set->tls_min : TLS_USUAL_MIN,
		.max = set->tls_max, .client_cert = set->client_cert,
		.client_key = set->client_key, .now = f->session.moment.now,
		.keep_der = f->plugin->again != NULL && f->plugin->again()
	};
	enum cause cause;
	struct buf why;

	if (f->tls.context != NULL)
		return &f->tls;
	if (frame_engine(f, sheet) == NULL)
		return NULL;
	buf_init(&why, SENTENCE_MAX);
	f->tls.context = f->tls.engine->context_new(&config, &cause, &why);
	if (f->tls.context == NULL)
		sheet_find(sheet, cause, cause == CAUSE_USAGE_OPTION ?
		    STAGE_NONE : STAGE_TLS, NULL, "%s", buf_cstr(&why));
	if (why.nomem)
		sheet->nomem = true;
	buf_free(&why);
	return f->tls.context != NULL ? &f->tls : NULL;
}

const struct tls_setup *
frame_tls_lenient(void *arg, struct sheet *sheet)
{
	static const struct tls_config config = { .lenient = true };
	struct frame *f = arg;
	enum cause cause;
	struct buf why;

	if (f->lax.context != NULL)
		return &f->lax;
	f->lax.engine = frame_engine(f, sheet);
	if (f->lax.engine == NULL)
		return NULL;
	buf_init(&why, SENTENCE_MAX);
	f->lax.context = f->lax.engine->context_new(&config, &cause, &why);
	if (f->lax.context == NULL)
		sheet_find(sheet, cause, STAGE_TLS, NULL, "%s",
		    buf_cstr(&why));
	if (why.nomem)
		sheet->nomem = true;
	buf_free(&why);
	return f->lax.context != NULL ? &f->lax : NULL;
}

bool
frame_tls_ready(struct frame *f)
{
	const struct settings *set = &f->settings;

	/* without files of the user's, the context can wait until it is needed */
	if (set->ca_file == NULL && set->ca_path == NULL &&
	    set->client_cert == NULL)
		return true;
	if (targets_mode(f->plugin, set) == TLS_NONE)
		return true;
	return frame_tls(f, &f->run.sheet) != NULL;
}
