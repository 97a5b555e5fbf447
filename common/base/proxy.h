/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * proxy - whom to ask for a way to a target
 *
 * Like the target it came from the caller and has been checked, and may stand
 * in a command that is offered for pasting.
 */
#ifndef BASE_PROXY_H
#define BASE_PROXY_H

#include "base/target.h"

enum proxy_kind { PROXY_NONE, PROXY_SOCKS5H, PROXY_HTTP };

struct proxy {
	enum proxy_kind	 kind;
	char		 host[HOST_MAX];	/* a name or an address, brackets removed */
	uint16_t	 port;
};

#endif
