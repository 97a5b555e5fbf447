/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stage - the steps between a host name and a message, in order of work
 */
#include <stddef.h>

#include "report/stage.h"

/*
 * dns and connect have no cause of that name for silence: a packet that does
 * not come back says more about the way than about the server.  An end before
 * the first byte belongs to the greeting that did not come, an end in the
 * middle of a message is a message that is not whole.
 */
static const struct {
	const char	*name;
	enum cause	 timeout;
	enum cause	 closed;
} stages[] = {
	[STAGE_DNS] = { "dns", CAUSE_DNS_NO_ANSWER, CAUSE_DNS_NO_ANSWER },
	[STAGE_CONNECT] = { "connect", CAUSE_CONNECT_FILTERED,
	    CAUSE_GREETING_CLOSED },
	[STAGE_GREETING] = { "greeting", CAUSE_GREETING_TIMEOUT,
	    CAUSE_GREETING_CLOSED },
	[STAGE_TLS] = { "tls", CAUSE_TLS_TIMEOUT, CAUSE_TLS_CLOSED },
	[STAGE_AUTH] = { "auth", CAUSE_AUTH_TIMEOUT, CAUSE_AUTH_CLOSED },
	[STAGE_SUBMIT] = { "submit", CAUSE_SUBMIT_TIMEOUT,
	    CAUSE_SUBMIT_CLOSED },
	[STAGE_MAILBOX] = { "mailbox", CAUSE_MAILBOX_TIMEOUT,
	    CAUSE_MAILBOX_CLOSED },
	[STAGE_FETCH] = { "fetch", CAUSE_FETCH_TIMEOUT,
	    CAUSE_FETCH_INCOMPLETE },
	[STAGE_QUOTA] = { "quota", CAUSE_QUOTA_TIMEOUT, CAUSE_QUOTA_CLOSED },
	[STAGE_NONE] = { NULL, CAUSE_INTERNAL_UNFINISHED,
	    CAUSE_INTERNAL_ERROR }
};

const char *
stage_name(enum stage s)
{
	return stages[s].name;
}

enum cause
stage_timeout(enum stage s)
{
	return stages[s].timeout;
}

enum cause
stage_closed(enum stage s)
{
	return stages[s].closed;
}

enum stage
stage_of_work(unsigned nth, bool tls_first)
{
	if (tls_first && nth == STAGE_GREETING)
		return STAGE_TLS;
	if (tls_first && nth == STAGE_TLS)
		return STAGE_GREETING;
	return (enum stage)nth;
}
