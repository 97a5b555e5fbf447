/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap - what the checks that speak IMAP know of a mailbox, as facts
 */
#include <string.h>

#include "base/when.h"
#include "plugin/imap.h"
#include "plugin/imap_extras.h"
#include "report/json.h"

/* what is kept of a session when it is gone */
struct imap_kept {
	struct imap_box	 box;
	struct imap_idle idle;
	bool		 has_id;
	struct imap_id	 id[];
};

void
imap_conclude(struct session *s, const struct imap_options *options)
{
	const struct imap *m = s->talk;
	struct imap_kept *k;

	if (m == NULL)
		return;
	imap_measure(s, options);
	k = login_keep(s, &m->login, sizeof(*k) +
	    (m->id != NULL ? sizeof(*m->id) : 0));
	if (k == NULL)
		return;
	k->box = m->box;
	k->idle = m->idle;
	k->idle.lasted = imap_idle_lasted(s);
	k->has_id = m->id != NULL;
	if (m->id != NULL)
		memcpy(k->id, m->id, sizeof(*m->id));
}

static void
moment_or_null(struct json *j, const char *key, bool has, int64_t moment)
{
	struct buf text;

	buf_init(&text, 64);
	when_write_iso(&text, moment);
	json_string(j, key, has ? buf_cstr(&text) : NULL);
	buf_free(&text);
}

static void
facts_of_box(struct json *j, const void *own)
{
	static const struct imap_kept nothing;
	const struct imap_kept *k = own != NULL ? own : &nothing;
	const struct imap_box *box = &k->box;

	json_string(j, "mailbox", box->opened ? box->name : NULL);
	login_number(j, "messages", box->opened && box->has_messages,
	    box->messages);
	login_number(j, "unseen", box->opened && box->has_unseen,
	    box->unseen);
	moment_or_null(j, "newest", box->has_newest, box->newest);
	moment_or_null(j, "oldest_unseen", box->has_oldest, box->oldest);
	login_number(j, "uidvalidity", box->has_uidvalidity,
	    box->uidvalidity);
	if (box->has_found)
		json_uint(j, "found", box->found);
	imap_extras_facts(j, k->has_id ? k->id : NULL, &k->idle);
}

void
imap_facts(const struct run *run, struct json *j)
{
	login_facts(run, j, "imap", facts_of_box);
}
