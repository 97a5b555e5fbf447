/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * advice - the way out: what to do next, and the command that shows the fault
 *
 * The command is pasted into a root shell.  So it holds fixed words and host,
 * port, address and name of the target and host and port of its proxy, each in
 * single quotes, and never a word that came from a server, from DNS or from a
 * file.
 */
#ifndef REPORT_ADVICE_H
#define REPORT_ADVICE_H

#include "base/buf.h"
#include "report/result.h"

/* advice_word - one word of a shell, in single quotes */
void	advice_word(struct buf *, const char *);
/* advice_next - "server: renew the certificate and reload the server" */
void	advice_next(struct buf *, enum cause);
/* advice_by_hand - a command for this fault of this target, by way of its proxy if it has one; appends nothing where there is none (usage, internal; TLS by way of a proxy for a protocol that neither openssl nor curl brings there) */
void	advice_by_hand(struct buf *, const struct target *, enum cause, enum stage);
/* advice_shows - the same for a result: its own command, or else that of its target, or of the port that the finding (NULL none) names */
void	advice_shows(struct buf *, const struct result *, const struct finding *, enum cause, enum stage);

#endif
