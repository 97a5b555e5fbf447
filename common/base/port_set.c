/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * port_set - ports as people list them, and each of them once
 */
#include <string.h>

#include "base/number.h"
#include "base/port_set.h"
#include "base/text.h"

enum {
	ITEM_SHOWN = 40,	/* bytes of an item that a sentence repeats */
	RUN_MIN = 3,		/* neighbours from which on a range is shorter */
	WORD_BITS = 32
};

bool
port_list_item(struct span *list, struct span *item)
{
	const char *comma;

	if (list->p == NULL)
		return false;
	comma = memchr(list->p, ',', list->len);
	*item = *list;
	if (comma == NULL) {
		*list = (struct span){ NULL, 0 };
	} else {
		item->len = (size_t)(comma - item->p);
		list->p += item->len + 1;
		list->len -= item->len + 1;
	}
	*item = span_trim(*item);
	return true;
}

/* one_port - a number or a name */
static enum port_fault
one_port(struct span s, port_by_name *by_name, uint16_t *port)
{
	uint64_t n;

	*port = number_uint(s, PORT_MAX, &n) ? (uint16_t)n : by_name(s);
	return *port != 0 ? PORTS_FINE : PORTS_UNKNOWN;
}

/* add_all - the usual ports, and that of filters */
static void
add_all(struct port_set *set, port_by_name *by_name)
{
	struct span list = span_of(PORTS_USUAL ",4190"), item;

	while (port_list_item(&list, &item))
		(void)port_set_item(set, item, by_name);
}

/* range - of what is written with a hyphen */
static enum port_fault
range(struct span item, const char *hyphen, port_by_name *by_name,
    uint16_t *first, uint16_t *last)
{
	size_t len = (size_t)(hyphen - item.p);
	struct span low = { item.p, len };
	struct span high = { hyphen + 1, item.len - len - 1 };

	if (one_port(span_trim(low), by_name, first) != PORTS_FINE ||
	    one_port(span_trim(high), by_name, last) != PORTS_FINE)
		return PORTS_UNKNOWN;
	return *first <= *last ? PORTS_FINE : PORTS_BACKWARDS;
}

enum port_fault
port_set_item(struct port_set *set, struct span item, port_by_name *by_name)
{
	uint16_t first, last;
	enum port_fault fault;
	const char *hyphen;

	if (item.len == 0)
		return PORTS_EMPTY;
	if (span_is(item, "all")) {
		add_all(set, by_name);
		return PORTS_FINE;
	}
	fault = one_port(item, by_name, &first);
	last = first;
	hyphen = memchr(item.p, '-', item.len);
	if (fault == PORTS_UNKNOWN && hyphen != NULL)
		fault = range(item, hyphen, by_name, &first, &last);
	if (fault == PORTS_FINE)
		port_set_add(set, first, last);
	return fault;
}

void
port_fault_say(struct buf *why, enum port_fault fault, struct span item)
{
	if (fault == PORTS_EMPTY) {
		buf_str(why, "; an item is empty");
		return;
	}
	buf_str(why, "; '");
	text_clean(why, item, ITEM_SHOWN);
	buf_fmt(why, "' %s", fault == PORTS_BACKWARDS ? "runs backwards" :
	    "is none of these");
}

bool
port_set_parse(struct port_set *set, struct span list, port_by_name *by_name,
    struct buf *why)
{
	enum port_fault fault;
	struct span item;

	while (port_list_item(&list, &item)) {
		fault = port_set_item(set, item, by_name);
		if (fault == PORTS_FINE)
			continue;
		buf_fmt(why, "numbers from 1 to %d, mail services such as "
		    "imaps, ranges such as 990-995, or all, with commas "
		    "between", PORT_MAX);
		port_fault_say(why, fault, item);
		return false;
	}
	return true;
}

/* ones - bits that are set */
static unsigned
ones(uint32_t word)
{
	unsigned n;

	for (n = 0; word != 0; n++)
		word &= word - 1;
	return n;
}

void
port_set_add(struct port_set *set, uint16_t first, uint16_t last)
{
	unsigned i;

	for (i = first / WORD_BITS; i <= last / WORD_BITS; i++) {
		uint32_t mask = UINT32_MAX;

		if (i == first / WORD_BITS)
			mask &= UINT32_MAX << first % WORD_BITS;
		if (i == last / WORD_BITS)
			mask &= UINT32_MAX >>
			    (WORD_BITS - 1 - last % WORD_BITS);
		set->n += ones(mask & ~set->bits[i]);
		set->bits[i] |= mask;
	}
}

bool
port_set_has(const struct port_set *set, uint16_t port)
{
	return (set->bits[port / WORD_BITS] >> port % WORD_BITS & 1) != 0;
}

uint16_t
port_set_next(const struct port_set *set, unsigned from)
{
	while (from <= PORT_MAX) {
		uint32_t rest = set->bits[from / WORD_BITS] >>
		    from % WORD_BITS;

		if (rest == 0) {
			from += WORD_BITS - from % WORD_BITS;
			continue;
		}
		while ((rest & 1) == 0) {
			rest >>= 1;
			from++;
		}
		return (uint16_t)from;
	}
	return 0;
}

/* run_end - the last of the neighbours that begin here, itself where they are too few to be a range */
static uint16_t
run_end(const struct port_set *set, uint16_t first)
{
	unsigned last = first;

	while (last < PORT_MAX && port_set_has(set, (uint16_t)(last + 1)))
		last++;
	return last - first + 1 < RUN_MIN ? first : (uint16_t)last;
}

void
port_set_write(struct buf *out, const struct port_set *set, size_t items)
{
	unsigned written = 0;
	size_t i;
	uint16_t port, last;

	port = port_set_next(set, 1);
	for (i = 0; port != 0 && (items == 0 || i < items); i++) {
		last = run_end(set, port);
		buf_fmt(out, "%s%u", i > 0 ? "," : "", (unsigned)port);
		if (last != port)
			buf_fmt(out, "-%u", (unsigned)last);
		written += (unsigned)last - port + 1;
		port = port_set_next(set, last + 1U);
	}
	if (port != 0)
		buf_fmt(out, " and %u more", set->n - written);
}
