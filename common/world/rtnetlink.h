/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rtnetlink - questions to the kernel about its routes and neighbours
 *
 * One question at a time.  What comes back is cut into messages and attributes
 * as netlink(7) and rtnetlink(7) have them; every length is checked against
 * the bytes that are there.
 */
#ifndef WORLD_RTNETLINK_H
#define WORLD_RTNETLINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum {
	RTNETLINK_BODY_MAX = 128,	/* bytes of a question without its header */
	RTNETLINK_READ = 32 * 1024,	/* bytes of one datagram: the kernel sends no larger ones */
	RTNETLINK_READS_MAX = 4096,	/* datagrams of one answer */
	RTNETLINK_PATIENCE = 100 * 1000	/* microseconds for one answer */
};

/* a question: a header of its own kind, then attributes */
struct rtnetlink_question {
	uint16_t	type;		/* RTM_GET... */
	bool		all;		/* all rows of the table */
	size_t		len;
	char		body[RTNETLINK_BODY_MAX];
};

/* rtnetlink_open - a socket; -1 with errno */
int		rtnetlink_open(void);
/* rtnetlink_begin - a question with this header behind the common one */
void		rtnetlink_begin(struct rtnetlink_question *, uint16_t type, const void *header, size_t len);
/* rtnetlink_add - one more attribute; nothing when there is no room */
void		rtnetlink_add(struct rtnetlink_question *, uint16_t type, const void *value, size_t len);
/*
 * rtnetlink_ask - ask, and give each message of the answer to `take`, with its
 * type and what stands behind the common header, until that is false, which
 * leaves the socket with the rest in it.  0, the kernel's errno, ETIMEDOUT or
 * EBADMSG.
 */
int		rtnetlink_ask(int fd, const struct rtnetlink_question *, bool (*take)(void *, uint16_t type, struct span body), void *arg);
/* rtnetlink_attribute - the value of the first attribute of that type; p NULL: there is none */
struct span	rtnetlink_attribute(struct span attributes, uint16_t type);
/* rtnetlink_header - copy the header in front of the attributes and go past it; false when it is too short */
bool		rtnetlink_header(struct span *body, void *header, size_t len);

#endif
