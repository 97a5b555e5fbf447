/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_pop3_session - whole POP3 sessions, as events
 */
#include "dialog/pop3.h"
#include "fuzz.h"
#include "session_fuzz.h"

static const struct rung ladder[] = {
	RUNG_LADDER(pop3_login_ladder),
	RUNG_LADDER(pop3_drop_ladder),
	RUNG_LADDER(pop3_fetch_ladder),
	RUNG_END
};

static void
wish(struct login *login, bool wishes, bool longer)
{
	static const char *const apop[] = { "APOP" };

	if (wishes)
		login->fetch = 2;
	if (longer) {
		login->mechanisms = apop;
		login->nmechanisms = 1;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fuzzed fuzzed = { "check_pop3_login",
		&pop3_protocol, ladder, wish };

	return session_fuzz(&fuzzed, data, size);
}
