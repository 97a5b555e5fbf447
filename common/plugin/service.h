/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * service - the ports of mail services by name
 *
 * A table of our own: /etc/services is not the same everywhere, and a check
 * must not ask another port because of the host that it runs on.
 */
#ifndef PLUGIN_SERVICE_H
#define PLUGIN_SERVICE_H

#include <stdint.h>

#include "base/span.h"

/* service_port - by name, letters of any case; 0 if there is no such service */
uint16_t	service_port(struct span name);
/* service_names - all of them, ended by NULL */
extern const char *const service_names[];

#endif
