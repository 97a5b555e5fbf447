/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap - metrics and facts of the checks that speak IMAP
 */
#include <stdlib.h>
#include <string.h>

#include "plugin/imap.h"
#include "report/json.h"

/* what is kept of a session when it is gone: one block, freed with the result */
struct imap_kept {
	struct imap_box	 box;
	bool		 exchanged;	/* a mechanism was chosen */
	char		 mechanism[SASL_NAME_MAX];
	struct login_offer offer;
	char		 server_text[TEXT_QUOTE_BUF];
	size_t		 ncaps;		/* bytes of caps */
	char		 caps[];	/* separated by spaces */
};

static void
count(struct sheet *sheet, enum metric_id id, uint64_t value)
{
	struct metric *m = sheet_measure(sheet, id, (double)value);

	if (m == NULL)
		return;
	m->has_min = true;
	m->min = 0;
}

static void
keep(struct session *s, const struct imap *m)
{
	struct span caps = buf_span(&m->caps_text);
	struct imap_kept *k = calloc(1, sizeof(*k) + caps.len);

	if (k == NULL) {
		s->result->sheet.nomem = true;
		return;
	}
	k->box = m->box;
	k->offer = m->offer;
	k->exchanged = m->choice.how != LOGIN_NONE;
	memcpy(k->mechanism, m->choice.mechanism, sizeof(k->mechanism));
	memcpy(k->server_text, m->server_text, sizeof(k->server_text));
	k->ncaps = caps.len;
	if (caps.len > 0)
		memcpy(k->caps, caps.p, caps.len);
	s->result->facts = k;
}

void
imap_conclude(struct session *s)
{
	struct imap *m = s->talk;

	if (m == NULL)
		return;
	if (m->box.opened && m->box.has_exists && !m->box.has_messages) {
		m->box.has_messages = true;
		m->box.messages = m->box.exists;
	}
	if (m->box.opened && m->box.has_messages)
		count(&s->result->sheet, METRIC_MESSAGES, m->box.messages);
	if (m->box.opened && m->box.has_unseen)
		count(&s->result->sheet, METRIC_UNSEEN, m->box.unseen);
	keep(s, m);
}

static void
words_array(struct json *j, const char *key, struct span words)
{
	struct span word;

	json_array(j, key);
	while (words.len > 0) {
		word = span_word(&words);
		if (word.len > 0)
			json_span(j, NULL, word);
	}
	json_array_end(j);
}

static void
number_or_null(struct json *j, const char *key, bool has, uint64_t value)
{
	if (has)
		json_uint(j, key, value);
	else
		json_null(j, key);
}

void
imap_facts(const struct run *run, struct json *j)
{
	const struct result *r = run_only(run);
	const struct imap_kept *k = r == NULL ? NULL : r->facts;
	size_t i;

	json_string(j, "protocol", "imap");
	if (k == NULL)
		return;
	words_array(j, "capabilities", (struct span){ k->caps, k->ncaps });
	json_array(j, "mechanisms");
	for (i = 0; i < k->offer.n; i++)
		json_string(j, NULL, k->offer.names[i]);
	json_array_end(j);
	json_string(j, "mechanism", k->exchanged ? k->mechanism : NULL);
	json_string(j, "mailbox", k->box.opened ? k->box.name : NULL);
	number_or_null(j, "messages", k->box.opened && k->box.has_messages,
	    k->box.messages);
	number_or_null(j, "unseen", k->box.opened && k->box.has_unseen,
	    k->box.unseen);
	json_null(j, "newest");
	number_or_null(j, "uidvalidity", k->box.has_uidvalidity,
	    k->box.uidvalidity);
	json_string(j, "server_text", k->server_text[0] != '\0' ?
	    k->server_text : NULL);
}
