/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frame_tls - one TLS context for the run, when the first target needs it
 */
#include "plugin/frame.h"

struct tls_context *
frame_tls(void *arg, struct sheet *sheet)
{
	struct frame *f = arg;
	const struct settings *set = &f->settings;
	struct tls_config config = {
		.ca_file = set->ca_file, .ca_path = set->ca_path,
		.verify = !set->no_verify, .min = set->tls_min,
		.max = set->tls_max, .client_cert = set->client_cert,
		.client_key = set->client_key, .now = f->session.moment.now
	};
	enum cause cause;
	struct buf why;

	if (f->tls != NULL)
		return f->tls;
	buf_init(&why, SENTENCE_MAX);
	f->tls = tls_context_new(&config, &cause, &why);
	if (f->tls == NULL)
		sheet_find(sheet, cause, STAGE_TLS, NULL, "%s",
		    buf_cstr(&why));
	buf_free(&why);
	return f->tls;
}
