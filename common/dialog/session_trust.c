/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_trust - who a session talks to
 */
#include "base/text.h"
#include "dialog/session_trust.h"
#include "judge/cert.h"
#include "judge/interceptors.h"

/* is_genuine - and not only certified: who reads along must not get a credential either */
static bool
is_genuine(struct session *s)
{
	struct sheet *sheet = &s->result->sheet;
	bool well = cert_judge(sheet, s->tls, &s->config->moment, s->whom);

	return interceptors_judge(sheet, s->tls, false, s->whom) && well;
}

bool
session_trusts(struct session *s)
{
	struct buf note;
	bool well;

	buf_init(&note, SENTENCE_MAX);
	cert_note(&note, s->tls);
	result_note(s->result, STAGE_TLS, "%s", buf_cstr(&note));
	buf_free(&note);
	well = !s->config->verify || is_genuine(s);
	if (!well)
		s->result->stages[STAGE_TLS].progress = PROGRESS_FAILED;
	return well;
}
