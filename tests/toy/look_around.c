/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * look_around - what this host can find out about the way to a server
 *
 *	look_around gateway CAUSE ADDRESS [SOURCE]
 *	look_around bulk SPEECH ADDRESS PORT [HOST]
 *
 * The first connects to port 993 for half a second, which makes the kernel look
 * for the next hop, and tells what explains an attempt that ended for CAUSE.
 * The last line is the cause that is concluded, "none" for none.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "world/bulk.h"
#include "world/clock.h"
#include "world/gateway.h"
#include "world/sockets.h"

enum {
	KNOCK = 500		/* milliseconds */
};

static int
usage(void)
{
	fputs("usage: look_around gateway CAUSE ADDRESS [SOURCE]\n"
	    "       look_around bulk SPEECH ADDRESS PORT [HOST]\n", stderr);
	return 2;
}

static int
conclude(enum cause cause, struct buf *words)
{
	if (cause != CAUSE_NONE)
		puts(buf_cstr(words));
	puts(cause != CAUSE_NONE ? cause_info(cause)->slug : "none");
	buf_free(words);
	return 0;
}

static void
knock(const struct address *to)
{
	struct pollfd p = { .fd = sockets_new(to->family, SOCK_STREAM) };
	struct sockaddr_storage name;
	socklen_t len = sockets_name(to, 993, &name);

	(void)connect(p.fd, (const struct sockaddr *)&name, len);
	/* errors are not waited for: nothing is asked of the socket */
	(void)poll(&p, 0, KNOCK);
	close(p.fd);
}

static int
gateway(const char *slug, const struct address *to,
    const struct address *source)
{
	static const char *const states[] = {
		[NEIGHBOUR_NONE] = "none",
		[NEIGHBOUR_REACHABLE] = "reachable",
		[NEIGHBOUR_STALE] = "stale",
		[NEIGHBOUR_INCOMPLETE] = "incomplete",
		[NEIGHBOUR_FAILED] = "failed",
		[NEIGHBOUR_PERMANENT] = "permanent"
	};
	enum cause before = cause_find(span_of(slug));
	char text[ADDRESS_TEXT];
	struct gateway g;
	struct buf words;

	knock(to);
	gateway_look(to, source, &g);
	printf("known=%d no_route=%d local=%d on_link=%d next_hop=%s "
	    "interface=%s state=%s\n", g.known, g.no_route, g.local,
	    g.on_link, address_text(&g.next_hop, text), g.interface,
	    states[g.state]);
	buf_init(&words, 1024);
	gateway_words(&g, &words);
	return conclude(gateway_cause(&g, before), &words);
}

struct answer {
	bool			told;
	struct bulk_facts	facts;
};

static void
told(void *arg, const struct bulk_facts *facts)
{
	struct answer *a = arg;

	a->told = true;
	a->facts = *facts;
}

static int
bulk(struct bulk_wish *wish, const char *whom)
{
	static const char *const ends[] = {
		[BULK_UNTRIED] = "untried", [BULK_UNCONNECTED] = "unconnected",
		[BULK_EARLY] = "early", [BULK_STALLED] = "stalled",
		[BULK_CUT] = "cut", [BULK_LONG] = "long",
		[BULK_PASSED] = "passed"
	};
	struct loop *loop = loop_new();
	struct answer a = { .told = false };
	struct buf words;
	unsigned i;

	if (loop == NULL || bulk_start(loop, wish, told, &a) == NULL)
		return 2;
	while (!a.told)
		loop_once(loop, 0);
	loop_free(loop);
	for (i = 0; i < BULK_TRIALS; i++) {
		const struct bulk_try *t = &a.facts.tries[i];

		printf("end=%s full=%u sent=%u received=%u unacked=%u "
		    "retransmits=%u mss=%u largest=%u pmtu=%u\n",
		    ends[t->end], t->full, t->sent, t->received, t->unacked,
		    t->retransmits, t->mss, t->largest, t->pmtu);
	}
	buf_init(&words, 1024);
	bulk_words(&a.facts, whom, &words);
	return conclude(bulk_cause(&a.facts), &words);
}

static int
bulk_of(int argc, char *argv[])
{
	struct bulk_wish wish = { .host = argc > 5 ? argv[5] : NULL };
	char whom[128];
	const char *name;
	uint64_t port;
	unsigned i;

	for (i = 0; i < SPEECHES; i++) {
		name = speech_name((enum speech)i);
		if (name != NULL && strcmp(name, argv[2]) == 0)
			wish.speech = (enum speech)i;
	}
	if (!address_parse(span_of(argv[3]), &wish.address) ||
	    !span_number(span_of(argv[4]), &port) || port > 65535)
		return usage();
	wish.port = (uint16_t)port;
	(void)snprintf(whom, sizeof(whom), "%s:%s", argv[3], argv[4]);
	return bulk(&wish, whom);
}

int
main(int argc, char *argv[])
{
	struct address to, source = { .family = 0 };

	if (argc >= 5 && argc <= 6 && strcmp(argv[1], "bulk") == 0)
		return bulk_of(argc, argv);
	if (argc < 4 || argc > 5 || strcmp(argv[1], "gateway") != 0 ||
	    !address_parse(span_of(argv[3]), &to) ||
	    (argc == 5 && !address_parse(span_of(argv[4]), &source)))
		return usage();
	return gateway(argv[2], &to, &source);
}
