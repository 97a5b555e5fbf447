/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_gateway - what a dead next hop explains, and what it does not
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "judge/gateway.h"

#define GATEWAY4	{ .family = 4, .ip = { 10, 0, 0, 1 } }
#define GATEWAY6	{ .family = 6, .ip = { 0xfe, 0x80, [15] = 1 } }

static const struct {
	const char	*name;
	struct gateway	 g;
	enum cause	 before;
	enum cause	 cause;
	const char	*words;
} rows[] = {
	{ "silence, and the gateway was never found",
	    { .known = true, .next_hop = GATEWAY4, .interface = "eth0",
	    .state = NEIGHBOUR_INCOMPLETE }, CAUSE_CONNECT_FILTERED,
	    CAUSE_CONNECT_NO_NETWORK,
	    "the gateway 10.0.0.1 of this host does not answer (no ARP reply on eth0)" },
	{ "silence, and the gateway was given up",
	    { .known = true, .next_hop = GATEWAY6, .interface = "wlan0",
	    .state = NEIGHBOUR_FAILED }, CAUSE_CONNECT_FILTERED,
	    CAUSE_CONNECT_NO_NETWORK,
	    "the gateway fe80::1 of this host does not answer (no answer to neighbour discovery on wlan0)" },
	{ "host unreachable, and the gateway was given up",
	    { .known = true, .next_hop = GATEWAY4, .interface = "eth0",
	    .state = NEIGHBOUR_FAILED }, CAUSE_CONNECT_UNREACHABLE,
	    CAUSE_CONNECT_NO_NETWORK, NULL },
	{ "an IPv4 address behind an IPv6 gateway, on a link without a name",
	    { .known = true, .next_hop = GATEWAY6,
	    .state = NEIGHBOUR_FAILED }, CAUSE_CONNECT_NO_NETWORK,
	    CAUSE_CONNECT_NO_NETWORK,
	    "the gateway fe80::1 of this host does not answer (no answer to neighbour discovery)" },
	{ "silence of the address itself",
	    { .known = true, .on_link = true, .next_hop = GATEWAY4,
	    .interface = "eth0", .state = NEIGHBOUR_INCOMPLETE },
	    CAUSE_CONNECT_FILTERED, CAUSE_CONNECT_UNREACHABLE,
	    "10.0.0.1 does not answer on the local network (no ARP reply on eth0)" },
	{ "silence behind a gateway that is there",
	    { .known = true, .next_hop = GATEWAY4,
	    .state = NEIGHBOUR_REACHABLE }, CAUSE_CONNECT_FILTERED,
	    CAUSE_NONE, NULL },
	{ "silence behind a gateway that was there",
	    { .known = true, .next_hop = GATEWAY4,
	    .state = NEIGHBOUR_STALE }, CAUSE_CONNECT_FILTERED,
	    CAUSE_NONE, NULL },
	{ "a link where nobody is asked",
	    { .known = true, .on_link = true, .next_hop = GATEWAY4,
	    .state = NEIGHBOUR_PERMANENT }, CAUSE_CONNECT_FILTERED,
	    CAUSE_NONE, NULL },
	{ "a neighbour that the table has forgotten",
	    { .known = true, .on_link = true, .next_hop = GATEWAY4,
	    .state = NEIGHBOUR_NONE }, CAUSE_CONNECT_FILTERED,
	    CAUSE_NONE, NULL },
	{ "an answer, whatever the table says",
	    { .known = true, .next_hop = GATEWAY4,
	    .state = NEIGHBOUR_FAILED }, CAUSE_CONNECT_REFUSED,
	    CAUSE_NONE, NULL },
	{ "a packet filter, whatever the table says",
	    { .known = true, .next_hop = GATEWAY4,
	    .state = NEIGHBOUR_FAILED }, CAUSE_CONNECT_REJECTED,
	    CAUSE_NONE, NULL },
	{ "no route", { .known = true, .no_route = true,
	    .state = NEIGHBOUR_FAILED }, CAUSE_CONNECT_FILTERED,
	    CAUSE_NONE, NULL },
	{ "our own address", { .known = true, .local = true,
	    .state = NEIGHBOUR_FAILED }, CAUSE_CONNECT_FILTERED,
	    CAUSE_NONE, NULL },
	{ "nothing is known", { .next_hop = GATEWAY4,
	    .state = NEIGHBOUR_FAILED }, CAUSE_CONNECT_FILTERED,
	    CAUSE_NONE, NULL }
};

static void
test_rows(void **state)
{
	struct buf words;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum cause cause = gateway_cause(&rows[i].g, rows[i].before);

		if (cause != rows[i].cause)
			fail_msg("%s: cause %d", rows[i].name, (int)cause);
		if (rows[i].words == NULL)
			continue;
		buf_init(&words, 1024);
		gateway_words(&rows[i].g, &words);
		assert_string_equal(buf_cstr(&words), rows[i].words);
		buf_free(&words);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
