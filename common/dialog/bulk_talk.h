/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bulk_talk - much to say and much to hear, harmlessly
 *
 * What fills several full-sized packets in both directions without a login, a
 * mail or a wrong command: commands sent in a row (CAPABILITY, CAPA) where the
 * protocol allows it, a padded hello of TLS where TLS is first or STARTTLS is
 * offered.  The last word asks the server to close, so that an orderly end
 * proves that all of it came through.
 *
 * SMTP and LMTP without STARTTLS get padded NOOPs and EHLOs, which RFC 2920
 * does not let stand in a row: a server that minds it answers with an error and
 * closes, which tells as much.  The flight of a TLS server fills more than one
 * packet with a chain of certificates; a single small one may fit into one, and
 * then the way from the server has not been tried.
 */
#ifndef DIALOG_BULK_TALK_H
#define DIALOG_BULK_TALK_H

#include "base/address.h"
#include "base/buf.h"
#include "judge/port_facts.h"

enum {
	BULK_TALK_MAX = 16 * 1024,	/* bytes that are said at most */
	BULK_TALK_MIN = 3 * 1024,	/* and at least */
	BULK_TALK_HEARD = 16 * 1024	/* bytes of a greeting or an answer that is waited for */
};

enum bulk_talk_step {
	BULK_TALK_GREETING,	/* a greeting is awaited */
	BULK_TALK_HELLO,	/* the answer to EHLO or LHLO */
	BULK_TALK_STARTTLS,	/* the answer to STARTTLS */
	BULK_TALK_ON,		/* all is said */
	BULK_TALK_ODD		/* the server speaks otherwise than was thought, or refuses */
};

struct bulk_talk {
	enum speech	 speech;
	enum bulk_talk_step	 step;
	const char		*host;		/* borrowed; the name of the server, "" none */
	struct address		 ours;		/* our own end */
	size_t			 amount;	/* bytes to say */
	struct buf		 heard;
};

/* bulk_talk_can - is there something to be said to who speaks that? */
bool			 bulk_talk_can(enum speech);
/* bulk_talk_begin - about `amount` bytes; what is said at once is appended to `out` */
void			 bulk_talk_begin(struct bulk_talk *, enum speech, const char *host, const struct address *ours, size_t amount, struct buf *out);
/* bulk_talk_hear - bytes of the server, before BULK_TALK_ON; what is said to them is appended to `out` */
void			 bulk_talk_hear(struct bulk_talk *, struct span, struct buf *out);
void			 bulk_talk_free(struct bulk_talk *);

#endif
