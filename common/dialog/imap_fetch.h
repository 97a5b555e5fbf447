/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_fetch - the rungs that prove the download: FETCH with BODY.PEEK[] (RFC
 * 3501 section 6.4.5), the newest message first
 *
 * What is learnt stands in imap.login.download and imap.box.newest.  Causes:
 * fetch.refused by the refusal tables or for a message that is listed and does
 * not come, and those of download.h.  Silence and an end are ladder.h's.
 */
#ifndef DIALOG_IMAP_FETCH_H
#define DIALOG_IMAP_FETCH_H

#include "dialog/ladder.h"

extern const struct rung imap_fetch_ladder[];

#endif
