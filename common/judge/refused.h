/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * refused - what the server has that was refused here
 *
 * A handshake that fails for its version, or for our security level, hardly
 * tells what the server has instead.  One more, that refuses nothing and trusts
 * nobody, does: what it showed is added to the finding that is there.  No
 * verdict is made of it.  Causes that get more words: tls.version, tls.policy.
 */
#ifndef JUDGE_REFUSED_H
#define JUDGE_REFUSED_H

#include "judge/tls_facts.h"
#include "report/result.h"

/* refused_unclear - would another handshake, that refuses nothing, tell more than this one and the findings made of it? */
bool	refused_unclear(const struct sheet *, const struct tls_facts *);
/* refused_judge - say what it showed; nothing when it failed, too, unless that is because the library here lacks what is needed */
void	refused_judge(struct sheet *, const struct tls_facts *seen, int64_t now);
/* refused_shown - did it show anything? */
bool	refused_shown(const struct tls_facts *seen);

#endif
