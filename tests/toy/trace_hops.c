/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace_hops - print where packets to the first port stop
 *
 *	trace_hops ADDRESS BLOCKED-PORT OPEN-PORT TRIES SECONDS [SOURCE]
 *
 * OPEN-PORT 0: none is known.  SECONDS is the deadline.  Prints the verdict in
 * words, the loss, every trace hop by hop, and the time it took.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge/hops_words.h"
#include "world/clock.h"
#include "world/loop.h"
#include "world/trace.h"

enum {
	TEXT_MAX = 4096,
	ARGUMENTS = 6
};

static bool finished;

static void
print_trace(const struct hop_trace *t)
{
	struct buf line;
	size_t hop;

	buf_init(&line, TEXT_MAX);
	hops_title(&line, t);
	puts(buf_cstr(&line));
	for (hop = 1; hop <= hops_lines(t); hop++) {
		buf_clear(&line);
		hops_line(&line, t, hop);
		printf("  %s\n", buf_cstr(&line));
	}
	buf_free(&line);
}

static void
done(void *arg, const struct hop_trace *traces, size_t n)
{
	const bool *has_open = arg;
	const struct hop_trace *others = traces + (*has_open ? 2 : 1);
	struct hops_case c = { traces, *has_open ? traces + 1 : NULL, others,
	    others + 1 };
	struct hops_verdict v = hops_judge(&c);
	struct buf words;
	size_t i;

	finished = true;
	buf_init(&words, TEXT_MAX);
	hops_say(&words, &c, &v);
	printf("%s\n", buf_cstr(&words));
	for (i = 0; i < n; i++) {
		buf_clear(&words);
		if (hops_say_loss(&words, &traces[i]))
			puts(buf_cstr(&words));
	}
	for (i = 0; i < n; i++)
		print_trace(&traces[i]);
	buf_free(&words);
}

static int
trace(const struct trace_wish *wish, bool has_open)
{
	int64_t start = clock_now();
	struct loop *loop = loop_new();

	if (loop == NULL || trace_start(loop, wish, done, &has_open) == NULL)
		return 1;
	while (!finished)
		loop_once(loop, 0);
	loop_free(loop);
	printf("%ld ms\n", (long)((clock_now() - start) / 1000));
	return 0;
}

int
main(int argc, char *argv[])
{
	struct interfaces interfaces = { 0 };
	struct trace_wish wish = { .udp = true, .echo = true,
	    .interfaces = &interfaces };
	uint16_t ports[2];
	int code;

	if (argc < ARGUMENTS || !address_parse(span_of(argv[1]), &wish.to) ||
	    (argc > ARGUMENTS &&
	    !address_parse(span_of(argv[ARGUMENTS]), &wish.source)))
		return 2;
	ports[0] = (uint16_t)strtoul(argv[2], NULL, 10);
	ports[1] = (uint16_t)strtoul(argv[3], NULL, 10);
	wish.ports = ports;
	wish.nports = ports[1] != 0 ? 2 : 1;
	wish.tries = (unsigned)strtoul(argv[4], NULL, 10);
	wish.deadline = clock_now() +
	    (int64_t)(strtod(argv[ARGUMENTS - 1], NULL) * 1e6);
	code = trace(&wish, wish.nports > 1);
	interfaces_free(&interfaces);
	return code;
}
