/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * port_set - ports as people list them, and each of them once
 *
 *	list  = item *("," item)
 *	item  = port / port "-" port / "all"
 *	port  = number / name
 *
 * Spaces around an item and around the hyphen are of no account, nor are ports
 * that are named twice.  A port of 0 is none, here and everywhere.
 */
#ifndef BASE_PORT_SET_H
#define BASE_PORT_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

/* the ports of mail that people read: what is looked at where nothing is said */
#define PORTS_USUAL	"25,110,143,465,587,993,995"

enum {
	PORT_MAX = 65535,
	PORT_WORDS = (PORT_MAX + 1) / 32
};

struct port_set {
	uint32_t	bits[PORT_WORDS];
	unsigned	n;			/* how many there are */
};

/* port_by_name - the port of a service, 0 if there is no such service */
typedef uint16_t port_by_name(struct span name);

/* what is wrong with an item of a list */
enum port_fault {
	PORTS_FINE,
	PORTS_EMPTY,		/* there is nothing */
	PORTS_BACKWARDS,	/* a range whose end is below its start */
	PORTS_UNKNOWN		/* neither a port nor a name */
};

/* port_set_item - add what one item stands for; nothing on a fault */
enum port_fault	port_set_item(struct port_set *, struct span item, port_by_name *);
/* port_set_parse - add a whole list; false with what would be right in `why`, and with the items before the fault added */
bool		port_set_parse(struct port_set *, struct span list, port_by_name *, struct buf *why);
/* port_fault_say - "; '995-990' runs backwards": what is to follow the sentence that says what would be right */
void		port_fault_say(struct buf *why, enum port_fault, struct span item);
/* port_list_item - cut the first item off a list, without the spaces around it; false at the end of the list.  An empty list is one empty item. */
bool		port_list_item(struct span *list, struct span *item);

/* port_set_add - the ports from first to last, which may be the same */
void		port_set_add(struct port_set *, uint16_t first, uint16_t last);
bool		port_set_has(const struct port_set *, uint16_t);
/* port_set_next - the lowest port that is not below `from`, 0 if there is none; from 1 on, and from the one found plus 1 on, all of them in rising order */
uint16_t	port_set_next(const struct port_set *, unsigned from);
/* port_set_write - "25,110,990-995", a list that is read as the same set; after so many items "and 7 more" (ports), 0 for all of them */
void		port_set_write(struct buf *, const struct port_set *, size_t items);

#endif
