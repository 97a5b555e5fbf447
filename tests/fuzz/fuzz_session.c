/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_session - whole IMAP sessions, as events
 */
#include "dialog/imap.h"
#include "dialog/imap_fetch.h"
#include "dialog/imap_mailbox.h"
#include "fuzz.h"
#include "session_fuzz.h"

static const struct rung ladder[] = {
	RUNG_LADDER(imap_login_ladder),
	RUNG_LADDER(imap_mailbox_ladder),
	RUNG_LADDER(imap_fetch_ladder),
	RUNG_LADDER(imap_idle_ladder),
	RUNG_END
};

static void
wish(struct login *login, bool wishes, unsigned longer)
{
	static const struct imap_wishes search = { .search = "UNSEEN",
	    .oldest = true };
	static struct imap_push push;

	if (wishes) {
		login->wishes = &search;
		login->fetch = 2;
	}
	if (longer > 0)
		login->idle = 1500;
	if (longer < 2)
		return;
	push = (struct imap_push){ .folder = span_of("Probe"),
	    .message = span_of("Subject: x\r\n\r\n") };
	login->push = &push;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fuzzed fuzzed = { "check_imap_login",
		&imap_protocol, ladder, imap_push_ladder, wish };

	return session_fuzz(&fuzzed, data, size);
}
