/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pop3 - what the checks that speak POP3 know of a maildrop
 */
#include <inttypes.h>

#include "plugin/pop3.h"
#include "report/json.h"

void
pop3_conclude(struct session *s, const struct pop3_options *options)
{
	const struct pop3 *m = s->talk;
	struct pop3_drop *kept;

	if (m == NULL)
		return;
	if (m->drop.opened)
		login_measure(s, METRIC_MESSAGES, (double)m->drop.messages);
	login_measure_fetch(s, &m->login, options->fetch, "the maildrop");
	kept = login_keep(s, &m->login, sizeof(*kept));
	if (kept == NULL)
		return;
	*kept = m->drop;
	/* what goes with the session */
	kept->sizes = NULL;
	kept->unique = NULL;
}

void
pop3_sums(const struct pop3 *m, const struct pop3_options *options,
    char text[LOGIN_SUMS_MAX])
{
	const struct pop3_drop *drop = &m->drop;
	struct buf b;

	buf_init(&b, LOGIN_SUMS_MAX - 1);
	buf_fmt(&b, "%" PRIu64 " message%s", drop->messages,
	    drop->messages == 1 ? "" : "s");
	if (drop->has_bytes)
		buf_fmt(&b, " (%" PRIu64 " bytes)", drop->bytes);
	login_sum_fetch(&b, &m->login, options->fetch,
	    ", so nothing to download");
	span_copy(buf_span(&b), text, LOGIN_SUMS_MAX);
	buf_free(&b);
}

static void
facts_of_drop(struct json *j, const void *own)
{
	static const struct pop3_drop nothing;
	const struct pop3_drop *drop = own != NULL ? own : &nothing;

	login_number(j, "messages", drop->opened, drop->messages);
	login_number(j, "mailbox_bytes", drop->has_bytes, drop->bytes);
	if (drop->has_list)
		json_uint(j, "listed", drop->listed);
	if (!drop->has_uidl)
		return;
	json_uint(j, "uids", drop->uids);
	json_uint(j, "uid_duplicates", drop->duplicates);
}

void
pop3_facts(const struct run *run, struct json *j)
{
	login_facts(run, j, "pop3", facts_of_drop);
}
