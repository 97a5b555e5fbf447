/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * port_policy - what the caller expects of ports
 *
 *	policy = item *("," item)
 *	item   = word ":" ports
 *	word   = "open" / "closed" / "refused" / "rejected" / "filtered" /
 *	    "unreachable" / "reset"
 *
 * Ports as in base/port_set.h.  "closed" is fulfilled by every verdict but open
 * and untried, the other words by the verdict of that name.  What is said of a
 * port twice has to hold together: of "closed" and "filtered" the narrower is
 * kept, "open" beside one of them is a contradiction.
 */
#ifndef JUDGE_PORT_POLICY_H
#define JUDGE_PORT_POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/port_set.h"
#include "judge/port_facts.h"

struct port_policy {
	uint8_t		fits[PORT_MAX + 1];	/* a bit per enum port_verdict; 0: nothing is expected of that port */
	unsigned	n;			/* ports of which something is expected */
};

/* port_policy_parse - add to what is expected; false with what would be right in `why` */
bool		port_policy_parse(struct port_policy *, struct span, port_by_name *, struct buf *why);
/* port_policy_fits - is the verdict what was expected?  True where nothing was. */
bool		port_policy_fits(const struct port_policy *, uint16_t port, enum port_verdict);
/* port_policy_word - "open", "closed", "filtered" ...: what is expected of the port; NULL nothing */
const char	*port_policy_word(const struct port_policy *, uint16_t port);
/* port_policy_next - the lowest port that is not below `from` and of which something is expected, 0 if there is none */
uint16_t	port_policy_next(const struct port_policy *, unsigned from);
/* port_policy_write - "open:993,closed:110-143": a policy that is read as the same one; after so many items "and 7 more" (ports), 0 for all of them */
void		port_policy_write(struct buf *, const struct port_policy *, size_t items);

#endif
