/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_quota_session - whole IMAP sessions that ask for quotas and for the
 * sizes of folders, as events
 */
#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"
#include "fuzz.h"
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

	(void)longer;
	if (wishes)
		login->wishes = &folders;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fuzzed fuzzed = { "check_quota",
		&imap_protocol, ladder, NULL, wish };

	return session_fuzz(&fuzzed, data, size);
}
