/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_host - a host as users write it
 */
#ifndef PLUGIN_OPT_HOST_H
#define PLUGIN_OPT_HOST_H

#include "base/span.h"

/* host_unbracket - "[2001:db8::1]" without its brackets; false for anything else in brackets, which is no host */
bool	host_unbracket(struct span *);

#endif
