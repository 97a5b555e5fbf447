/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * probe_hear - what the files of the probe share; nobody else includes it
 */
#ifndef DIALOG_PROBE_HEAR_H
#define DIALOG_PROBE_HEAR_H

#include "dialog/probe.h"

/* probe_hello - say a TLS hello */
void	probe_hello(struct probe *);
/* probe_bytes - what came, in clear or out of TLS */
void	probe_bytes(struct probe *, struct span, int64_t now);
/* probe_half - all there will be of a first line: it tells who it is, and welcomes nobody */
void	probe_half(struct probe *);
/* probe_line - a whole line */
void	probe_line(struct probe *, struct span);
/* probe_say - a command of our own words */
void	probe_say(struct probe *, const char *words);
/* probe_ask - what it offers: `words`, and our name where one belongs to them */
void	probe_ask(struct probe *, const char *words, bool name);
/* probe_offer - a line of the answer */
void	probe_offer(struct probe *, struct span line);
/* probe_offered - it has said all: STARTTLS where that is wanted, else goodbye */
void	probe_offered(struct probe *);
/* probe_answered - a line of the answer to STARTTLS */
void	probe_answered(struct probe *, struct span line);
/* probe_behind - what came in clear behind an answer that promised TLS: a farewell, or an injection */
void	probe_behind(struct probe *, struct span);
/* probe_speech - of the layer that is being listened to */
enum speech probe_speech(const struct probe *);
/* probe_speaks - this is what speaks there */
void	probe_speaks(struct probe *, enum speech);
/* smtp_goes_on - "220-": another line of the same reply follows */
static inline bool
smtp_goes_on(struct span line)
{
	return line.len > 3 && line.p[3] == '-';
}
/* probe_leave - say goodbye where somebody understands it, and be over */
void	probe_leave(struct probe *);
/* probe_is_mail - does who is listened to speak a protocol of mail? */
bool	probe_is_mail(const struct probe *);
/* probe_quote - keep what the server said */
void	probe_quote(struct probe *, struct span);

#endif
