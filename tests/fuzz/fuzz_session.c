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
wish(struct login *login, bool wishes, bool longer)
{
	static const struct imap_wishes search = { .search = "UNSEEN" };

	if (wishes) {
		login->wishes = &search;
		login->fetch = 2;
	}
	if (longer)
		login->idle = 1500;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fuzzed fuzzed = { "check_imap_login",
		&imap_protocol, ladder, wish };

	return session_fuzz(&fuzzed, data, size);
}
