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
/* probe_line - a whole line */
void	probe_line(struct probe *, struct span);
/* probe_half - all there will be of a first line: it tells who it is, and welcomes nobody */
void	probe_half(struct probe *);
/* probe_speech - what speaks in the layer that is being listened to */
enum speech probe_speech(const struct probe *);
/* probe_speaks - this is what speaks there */
void	probe_speaks(struct probe *, enum speech);
/* probe_is_mail - is it a mail protocol that speaks there? */
bool	probe_is_mail(const struct probe *);
/* probe_leave - say goodbye where somebody understands it, and be over */
void	probe_leave(struct probe *);
/* probe_quote - keep what the server said */
void	probe_quote(struct probe *, struct span);

#endif
