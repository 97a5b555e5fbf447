/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_rtnetlink - what the kernel says of its routes, on loopback, and answers
 * that no kernel gives
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "world/gateway.h"

static const struct address none = { .family = 0 };
static const struct address here = { .family = 4, .ip = { 127, 0, 0, 1 } };

#ifdef HAVE_LINUX_RTNETLINK_H
#include <sys/socket.h>
#include <linux/rtnetlink.h>
#include <errno.h>

#include "world/rtnetlink.h"

/* the first of two attributes, of four bytes, with the length that a row says */
static const struct {
	uint16_t	len;		/* of the first attribute, its header included */
	size_t		cut;		/* bytes missing at the end */
	uint16_t	wanted;
	int		found;		/* bytes of the value, -1 there is none */
} attributes[] = {
	{ 8, 0, RTA_DST, 4 },
	{ 8, 0, RTA_OIF, 4 },
	{ 8, 0, RTA_SRC, -1 },
	{ 5, 0, RTA_DST, 1 },
	{ 5, 0, RTA_OIF, 4 },
	{ 4, 0, RTA_DST, 0 },
	{ 3, 0, RTA_DST, -1 },
	{ 0, 0, RTA_DST, -1 },
	{ 0, 0, RTA_OIF, -1 },
	{ 16, 0, RTA_DST, 12 },
	{ 16, 0, RTA_OIF, -1 },
	{ 17, 0, RTA_DST, -1 },
	{ 65535, 0, RTA_DST, -1 },
	{ 8, 1, RTA_DST, 4 },
	{ 8, 1, RTA_OIF, -1 },
	{ 8, 5, RTA_OIF, -1 },
	{ 8, 9, RTA_DST, -1 },
	{ 8, 16, RTA_DST, -1 },
	{ 15, 1, RTA_DST, 11 },
	{ 15, 1, RTA_OIF, -1 }
};

static void
test_attributes(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
		uint16_t words[8] = { attributes[i].len, RTA_DST, 0, 0, 8,
		    RTA_OIF, 0, 0 };
		size_t len = sizeof(words) - attributes[i].cut;
		char *bytes = test_malloc(len + 1);
		struct span s;

		/* at the end of its own block, so that one byte too far is seen */
		memcpy(bytes, words, len);
		s = rtnetlink_attribute((struct span){ bytes, len },
		    attributes[i].wanted);
		if (attributes[i].found == -1)
			assert_null(s.p);
		else
			assert_int_equal((int)s.len, attributes[i].found);
		test_free(bytes);
	}
}

static void
test_header(void **state)
{
	char bytes[] = "abcdefgh";
	struct span s = { bytes, 5 };
	char head[5];

	(void)state;
	assert_false(rtnetlink_header(&s, head, 6));
	assert_int_equal(s.len, 5);
	assert_true(rtnetlink_header(&s, head, 5));
	assert_memory_equal(head, "abcde", 5);
	assert_int_equal(s.len, 0);
	/* the next one begins at a multiple of four */
	s = (struct span){ bytes, 8 };
	assert_true(rtnetlink_header(&s, head, 3));
	assert_int_equal(s.len, 4);
	assert_int_equal(s.p[0], 'e');
}

static bool
count(void *arg, uint16_t type, struct span body)
{
	(void)body;
	assert_int_equal(type, RTM_NEWLINK);
	return --*(int *)arg > 0;
}

/* all rows: every host has at least loopback */
static void
test_table(void **state)
{
	struct ifinfomsg header = { .ifi_family = AF_UNSPEC };
	struct rtnetlink_question q;
	int fd = rtnetlink_open();
	int left = 1000 * 1000;

	(void)state;
	assert_true(fd >= 0);
	rtnetlink_begin(&q, RTM_GETLINK, &header, sizeof(header));
	q.all = true;
	assert_int_equal(rtnetlink_ask(fd, &q, count, &left), 0);
	assert_true(left < 1000 * 1000);
	close(fd);
}

/* a question that the kernel refuses */
static void
test_refused(void **state)
{
	struct ifinfomsg header = { .ifi_family = AF_UNSPEC,
	    .ifi_index = 0x7ffffff0 };
	struct rtnetlink_question q;
	int fd = rtnetlink_open();
	int left = 10;

	(void)state;
	rtnetlink_begin(&q, RTM_GETLINK, &header, sizeof(header));
	assert_int_equal(rtnetlink_ask(fd, &q, count, &left), ENODEV);
	assert_int_equal(left, 10);
	close(fd);
}

/* more than there is room for is not added */
static void
test_room(void **state)
{
	struct rtnetlink_question q;
	char large[RTNETLINK_BODY_MAX] = { 0 };

	(void)state;
	rtnetlink_begin(&q, RTM_GETLINK, "abcd", 4);
	rtnetlink_add(&q, 1, large, sizeof(large) - 8);
	assert_int_equal(q.len, sizeof(q.body));
	rtnetlink_begin(&q, RTM_GETLINK, "abcd", 4);
	rtnetlink_add(&q, 1, large, sizeof(large) - 7);
	assert_int_equal(q.len, 4);
}

static void
test_loopback(void **state)
{
	static const struct address from = { .family = 4,
	    .ip = { 127, 0, 0, 3 } };
	struct gateway g;

	(void)state;
	memset(&g, 0xff, sizeof(g));
	gateway_look(&here, &none, &g);
	assert_true(g.known);
	assert_true(g.local);
	assert_false(g.no_route);
	assert_int_equal(g.next_hop.family, 0);
	assert_string_equal(g.interface, "lo");
	assert_false(gateway_dead(&g));
	gateway_look(&here, &from, &g);
	assert_true(g.local);
	/* the source is of another family: the system chooses */
	gateway_look(&(struct address){ .family = 6, .ip = { [15] = 1 } },
	    &from, &g);
	assert_int_equal(g.known, g.local || g.no_route);
}
#else
static void
test_nothing(void **state)
{
	struct gateway g;

	(void)state;
	memset(&g, 0xff, sizeof(g));
	gateway_look(&here, &none, &g);
	assert_false(g.known);
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
#ifdef HAVE_LINUX_RTNETLINK_H
		cmocka_unit_test(test_attributes),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_loopback)
#else
		cmocka_unit_test(test_nothing)
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
