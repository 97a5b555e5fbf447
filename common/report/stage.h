/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stage - the steps between a host name and a message, in order of work
 *
 * With implicit TLS the handshake comes before the greeting; findings are still
 * ranked in this one order.
 */
#ifndef REPORT_STAGE_H
#define REPORT_STAGE_H

#include "report/cause.h"

enum stage {
	STAGE_DNS, STAGE_CONNECT, STAGE_GREETING, STAGE_TLS, STAGE_AUTH,
	STAGE_SUBMIT, STAGE_MAILBOX, STAGE_FETCH, STAGE_QUOTA,
	STAGE_COUNT,
	STAGE_NONE = STAGE_COUNT	/* belongs to no stage: usage, thresholds on the whole run */
};

/* stage_name - "dns"; STAGE_NONE is NULL */
const char	*stage_name(enum stage);
/* stage_timeout, stage_closed - the cause of silence, and of an orderly end, in that stage */
enum cause	 stage_timeout(enum stage);
enum cause	 stage_closed(enum stage);
/* stage_of_work - the nth stage (below STAGE_COUNT) as the work goes; with implicit TLS the handshake comes before the greeting */
enum stage	 stage_of_work(unsigned nth, bool tls_first);

#endif
