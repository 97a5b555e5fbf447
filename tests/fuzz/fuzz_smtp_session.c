/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_smtp_session - whole SMTP and LMTP sessions, as events
 */
#include "dialog/smtp.h"
#include "fuzz.h"
#include "session_fuzz.h"

static const struct rung ladder[] = {
	RUNG_LADDER(smtp_login_ladder),
	RUNG_LADDER(smtp_mail_ladder),
	RUNG_END
};

static void
wish(struct login *login, bool wishes, unsigned longer)
{
	static const struct smtp_wishes plain = { .helo = "us" };
	static const struct smtp_wishes mail = { .from = "a@example.org",
	    .rcpt = "\303\266@example.net" };
	static const struct smtp_wishes lmtp = { .helo = "us", .from = "",
	    .rcpt = "bob", .lmtp = true };

	login->mail = wishes ? &mail : longer > 0 ? &lmtp : &plain;
	if (wishes && longer > 0)
		login->user.len = 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fuzzed fuzzed = { "check_smtp_login",
		&smtp_protocol, ladder, NULL, wish };

	return session_fuzz(&fuzzed, data, size);
}
