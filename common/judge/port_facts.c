/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * port_facts - names of what becomes of ports
 */
#include "judge/port_facts.h"

const char *
port_verdict_name(enum port_verdict verdict)
{
	static const char *const names[PORT_VERDICTS] = {
		[PORT_UNTRIED] = "untried", [PORT_OPEN] = "open",
		[PORT_REFUSED] = "refused", [PORT_REJECTED] = "rejected",
		[PORT_FILTERED] = "filtered",
		[PORT_UNREACHABLE] = "unreachable", [PORT_RESET] = "reset"
	};

	return names[verdict];
}
