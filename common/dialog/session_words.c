/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_words - sentences about a session, and a server's words in them
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "dialog/session.h"

struct finding *
session_find(struct session *s, enum cause cause, enum stage stage,
    const char *detail, const char *fmt, ...)
{
	char sentence[SENTENCE_MAX];
	struct finding *f;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sentence, sizeof(sentence), fmt, ap);
	va_end(ap);
	f = sheet_find(&s->result->sheet, cause, stage, detail, "%s", sentence);
	if (f != NULL)
		f->by_deadline = s->by_deadline;
	return f;
}

/* shown - a server's words cleaned, without the secret in any of its spellings */
static void
shown(const struct session *s, struct buf *out, struct span words, size_t max)
{
	const struct session_config *c = s->config;
	struct buf text, next;
	size_t i;

	buf_init(&text, LADDER_IN_MAX * 4);
	text_mask(&text, words, LADDER_IN_MAX, c->secret);
	for (i = 0; i < SECRET_FORMS_MAX; i++) {
		buf_init(&next, LADDER_IN_MAX * 4);
		text_mask(&next, buf_span(&text), LADDER_IN_MAX,
		    c->secret_forms[i]);
		if (text.nomem)
			s->result->sheet.nomem = true;
		buf_free(&text);
		text = next;
	}
	text_clean(out, buf_span(&text), max);
	if (text.nomem)
		s->result->sheet.nomem = true;
	buf_free(&text);
}

void
session_log(struct session *s, const char *who, struct span line)
{
	if (!s->config->log)
		return;
	if (s->config->log_mark != NULL)
		buf_fmt(&s->log, "%s ", s->config->log_mark);
	buf_fmt(&s->log, "%s ", who);
	shown(s, &s->log, line, SENTENCE_MAX);
	buf_char(&s->log, '\n');
}

const char *
session_quote(const struct session *s, struct span words,
    char text[TEXT_QUOTE_BUF])
{
	struct buf b;

	buf_init(&b, TEXT_QUOTE_BUF - 1);
	shown(s, &b, words, TEXT_QUOTE_MAX);
	span_copy(buf_span(&b), text, TEXT_QUOTE_BUF);
	buf_free(&b);
	return text;
}

struct tls_facts
session_hide(const struct session *s, const struct tls_facts *facts)
{
	struct tls_facts hidden = *facts;
	char copy[TLS_FIRST_MAX], text[TEXT_QUOTE_BUF];
	struct span first = { copy, facts->nfirst };
	struct buf plain;

	memcpy(copy, facts->first, facts->nfirst);
	session_quote(s, first, text);
	buf_init(&plain, TEXT_QUOTE_BUF - 1);
	text_clean(&plain, first, TEXT_QUOTE_MAX);
	/* the very bytes tell what kind of answer it is: keep them if we may */
	if (plain.nomem || strcmp(buf_cstr(&plain), text) != 0) {
		hidden.nfirst = strlen(text);
		memcpy(hidden.first, text, hidden.nfirst);
	}
	buf_free(&plain);
	return hidden;
}
