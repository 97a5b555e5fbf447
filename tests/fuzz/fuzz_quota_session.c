/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_quota_session - whole IMAP sessions that ask for quotas and for the
 * sizes of folders, as events, and what is made of the answers
 */
#include <stdlib.h>
#include <string.h>

#include "dialog/imap.h"
#include "dialog/imap_folders.h"
#include "dialog/imap_mailbox.h"
#include "dialog/imap_quota.h"
#include "fuzz.h"
#include "judge/quota.h"
#include "session_fuzz.h"

static const struct rung ladder[] = {
	RUNG_LADDER(imap_login_ladder),
	RUNG_LADDER(imap_quota_ladder),
	RUNG_END
};

static void
wish(struct login *login, bool wishes, unsigned longer)
{
	static const struct imap_wishes folders = { .folders = true };

	if (wishes)
		login->wishes = &folders;
	if (longer > 0)
		login->mailbox = span_of("B\303\274cher");
}

/* within - every figure can be told, and the fullest stands first */
static void
within(const struct quota_facts *facts)
{
	const struct quota_row *row;
	size_t i;

	for (i = 0; i < facts->n; i++) {
		row = &facts->rows[i];
		if (row->used < 0 || (row->limited && row->limit < 0) ||
		    (i > 0 && quota_percent(row) > quota_percent(row - 1)))
			abort();
	}
}

static void
conclude(struct session *s)
{
	const struct imap *m = s->talk;
	struct quota_facts *facts;

	if (m == NULL || m->quotas == NULL || !s->finished)
		return;
	if (m->folders != NULL && m->folders->n > FOLDERS_SHOWN)
		abort();
	facts = quota_facts_make(&m->quotas->list, "imap", "alice");
	if (facts == NULL)
		abort();
	within(facts);
	quota_measure(&s->result->sheet, facts);
	quota_judge(&s->result->sheet, facts, NULL, 0, "alice", NULL);
	free(facts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fuzzed fuzzed = { "check_quota",
		&imap_protocol, ladder, NULL, wish, conclude };

	return session_fuzz(&fuzzed, data, size);
}
