/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hosts_file - more hosts, one on each line of a file or of standard input
 *
 * A line is as in base/host.h.  The file is never held: of a million lines with a thousand hosts the thousand
 * stay.
 */
#ifndef PLUGIN_HOSTS_FILE_H
#define PLUGIN_HOSTS_FILE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "plugin/opt.h"
#include "plugin/settings.h"

/*
 * hosts_file_read - add the hosts of --hosts-file, if there is one, to those of
 * -H; each is added once, letters of any case.  False with the error filled in:
 * usage.option for a file that cannot be read or holds no host, for a line that
 * is none, for more than HOSTS_MAX hosts, and when the file does not end before
 * the deadline (a clock_now() time) or before `stop` is set.
 */
bool	hosts_file_read(struct settings *, int64_t deadline, const volatile sig_atomic_t *stop, struct opt_error *);

#endif
