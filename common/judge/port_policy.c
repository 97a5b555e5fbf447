/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * port_policy - what the caller expects of ports
 */
#include <string.h>

#include "judge/port_policy.h"

#define BIT(verdict)	(1U << (verdict))

enum {
	CLOSED = (1 << PORT_VERDICTS) - 1 - (1 << PORT_OPEN) -
	    (1 << PORT_UNTRIED)
};

/* word_of - how a mask is written: only these two kinds of masks arise */
static const char *
word_of(uint8_t mask)
{
	unsigned v;

	if (mask == CLOSED)
		return "closed";
	for (v = PORT_UNTRIED + 1; v < PORT_VERDICTS; v++)
		if (mask == BIT(v))
			return port_verdict_name((enum port_verdict)v);
	return NULL;
}

/* mask_of - 0 if it is no word of a policy */
static uint8_t
mask_of(struct span word)
{
	unsigned v;

	if (span_is(word, "closed"))
		return CLOSED;
	for (v = PORT_UNTRIED + 1; v < PORT_VERDICTS; v++)
		if (span_is(word, port_verdict_name((enum port_verdict)v)))
			return (uint8_t)BIT(v);
	return 0;
}

/* expect - one more thing of one port */
static bool
expect(struct port_policy *policy, uint16_t port, uint8_t mask,
    struct buf *why)
{
	uint8_t before = policy->fits[port];

	if (before == 0)
		policy->n++;
	else if ((before & mask) == 0) {
		buf_fmt(why, "one word for each port; port %u cannot be both "
		    "%s and %s", (unsigned)port, word_of(before),
		    word_of(mask));
		return false;
	} else
		mask &= before;
	policy->fits[port] = mask;
	return true;
}

/* explain - what would be right, and what is wrong with this item */
static void
explain(struct buf *why, enum port_fault fault, struct span item)
{
	buf_fmt(why, "WORD:PORT such as open:993 or closed:1-1024 with commas "
	    "between, WORD one of open, closed, refused, rejected, filtered, "
	    "unreachable and reset, PORT from 1 to %d or a mail service",
	    PORT_MAX);
	port_fault_say(why, fault, item);
}

static bool
parse_item(struct port_policy *policy, struct span item, port_by_name *by_name,
    struct buf *why)
{
	const char *colon = memchr(item.p, ':', item.len);
	struct span word = item, ports;
	struct port_set set;
	enum port_fault fault = PORTS_UNKNOWN;
	uint16_t port;
	uint8_t mask = 0;

	memset(&set, 0, sizeof(set));
	if (item.len == 0)
		fault = PORTS_EMPTY;
	if (colon != NULL) {
		word.len = (size_t)(colon - item.p);
		ports.p = colon + 1;
		ports.len = item.len - word.len - 1;
		mask = mask_of(span_trim(word));
		if (mask != 0)
			fault = port_set_item(&set, span_trim(ports), by_name);
	}
	/* a word without its ports is no empty item */
	if (fault == PORTS_EMPTY && item.len > 0)
		fault = PORTS_UNKNOWN;
	if (fault != PORTS_FINE) {
		explain(why, fault, item);
		return false;
	}
	for (port = port_set_next(&set, 1); port != 0;
	    port = port_set_next(&set, port + 1U))
		if (!expect(policy, port, mask, why))
			return false;
	return true;
}

bool
port_policy_parse(struct port_policy *policy, struct span list,
    port_by_name *by_name, struct buf *why)
{
	struct span item;

	while (port_list_item(&list, &item))
		if (!parse_item(policy, item, by_name, why))
			return false;
	return true;
}

bool
port_policy_fits(const struct port_policy *policy, uint16_t port,
    enum port_verdict verdict)
{
	uint8_t mask = policy->fits[port];

	return mask == 0 || (mask & BIT(verdict)) != 0;
}

const char *
port_policy_word(const struct port_policy *policy, uint16_t port)
{
	return word_of(policy->fits[port]);
}

uint16_t
port_policy_next(const struct port_policy *policy, unsigned from)
{
	for (; from <= PORT_MAX; from++)
		if (policy->fits[from] != 0)
			return (uint16_t)from;
	return 0;
}

/* run_end - the last of the neighbours of which the same is expected */
static uint16_t
run_end(const struct port_policy *policy, uint16_t first)
{
	unsigned last = first;

	while (last < PORT_MAX &&
	    policy->fits[last + 1] == policy->fits[first])
		last++;
	return (uint16_t)last;
}

void
port_policy_write(struct buf *out, const struct port_policy *policy,
    size_t items)
{
	uint16_t port = port_policy_next(policy, 1), last;
	unsigned written = 0;
	size_t i;

	for (i = 0; port != 0 && (items == 0 || i < items); i++) {
		last = run_end(policy, port);
		buf_fmt(out, "%s%s:%u", i > 0 ? "," : "",
		    port_policy_word(policy, port), (unsigned)port);
		if (last != port)
			buf_fmt(out, "-%u", (unsigned)last);
		written += (unsigned)last - port + 1;
		port = port_policy_next(policy, last + 1U);
	}
	if (port != 0)
		buf_fmt(out, " and %u more", policy->n - written);
}
