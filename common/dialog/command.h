/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command - lines of a protocol without tags (POP3, SMTP), into session.out and
 * the transcript
 */
#ifndef DIALOG_COMMAND_H
#define DIALOG_COMMAND_H

#include "dialog/session.h"

enum {
	COMMAND_MAX = 1024	/* bytes of a command of our own words; more than any protocol takes */
};

/* command_say - of our own words; false without memory */
bool	command_say(struct session *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
/* command_say_with - a verb and an argument that comes from outside; `secret` keeps it out of the transcript.  False without memory, or with a finding when it is too long. */
bool	command_say_with(struct session *, const char *verb, struct span argument, bool secret);

#endif
