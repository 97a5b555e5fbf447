/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command - lines of a protocol without tags
 */
#include <stdarg.h>
#include <stdio.h>

#include "dialog/command.h"

bool
command_say(struct session *s, const char *fmt, ...)
{
	char command[COMMAND_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(command, sizeof(command), fmt, ap);
	va_end(ap);
	session_log(s, ">", span_of(command));
	buf_str(&s->out, command);
	buf_str(&s->out, "\r\n");
	if (s->out.nomem)
		s->result->sheet.nomem = true;
	return !s->out.nomem;
}

bool
command_say_with(struct session *s, const char *verb, struct span argument,
    bool secret)
{
	struct buf line;

	buf_init(&line, SESSION_LOG_MAX);
	buf_fmt(&line, "%s ", verb);
	buf_span_add(&s->out, buf_span(&line));
	buf_span_add(&s->out, argument);
	buf_str(&s->out, "\r\n");
	if (secret)
		buf_str(&line, "(secret)");
	else
		buf_span_add(&line, argument);
	session_log(s, ">", buf_span(&line));
	if (s->out.nomem || line.nomem)
		s->result->sheet.nomem = true;
	buf_free(&line);
	if (!s->out.overflow)
		return !s->result->sheet.nomem;
	session_find(s, CAUSE_INTERNAL_ERROR, ladder_stage(s), NULL,
	    "a command for %s is longer than this program can send", s->whom);
	return false;
}
