/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_path - how a session came to its server, or why not
 */
#ifndef DIALOG_SESSION_PATH_H
#define DIALOG_SESSION_PATH_H

#include "dialog/session.h"

/* session_arrived - the note of the connect stage */
void	session_arrived(struct session *, const struct connected *);
/* session_stranded - findings for an EVENT_CONNECTED without a winner */
void	session_stranded(struct session *, const struct event *);
/* session_keep_addresses - for those who want to ask them all */
void	session_keep_addresses(struct session *, const struct resolved *);

#endif
