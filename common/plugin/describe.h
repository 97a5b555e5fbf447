/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * describe - the option table, written as a document
 */
#ifndef PLUGIN_DESCRIBE_H
#define PLUGIN_DESCRIBE_H

#include "base/buf.h"
#include "plugin/plugin.h"

/* describe_help - what --help prints */
void	describe_help(const struct plugin *, struct buf *);
/* describe_version - "check_imap_login (monitoring-plugins-mail) 0.1.0" */
void	describe_version(const struct plugin *, struct buf *);
/* describe_man - mdoc(7): NAME SYNOPSIS DESCRIPTION, options by group, ENVIRONMENT FILES EXIT STATUS EXAMPLES DIAGNOSTICS (its causes with state, party and next step) SEE ALSO STANDARDS BUGS */
void	describe_man(const struct plugin *, struct buf *);
void	describe_bash(const struct plugin *, struct buf *);
void	describe_zsh(const struct plugin *, struct buf *);
void	describe_fish(const struct plugin *, struct buf *);
/* describe_icinga2 - a CheckCommand, a custom variable for each option */
void	describe_icinga2(const struct plugin *, struct buf *);
/* describe_nagios - command, service template, and the line for NRPE */
void	describe_nagios(const struct plugin *, struct buf *);

#endif
