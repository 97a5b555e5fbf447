/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resolve_now - one name to addresses, for who has nothing else to do
 */
#include <string.h>

#include "world/clock.h"
#include "world/resolve.h"
#include "world/resolve_now.h"

struct wait {
	struct resolved	*to;
	bool		 done;
};

static void
on_resolved(void *arg, const struct resolved *to)
{
	struct wait *w = arg;

	*w->to = *to;
	w->done = true;
}

bool
resolve_now(const char *host, int family, int64_t deadline,
    const volatile sig_atomic_t *stop, struct resolved *to)
{
	struct wait wait = { .to = to };
	struct resolve *r = NULL;
	struct loop *loop;

	memset(to, 0, sizeof(*to));
	to->outcome = DNS_OURS;
	if (address_parse(span_of(host), &to->list[0])) {
		to->outcome = DNS_FOUND;
		to->n = 1;
		return true;
	}
	loop = loop_new();
	if (loop != NULL)
		r = resolve_start(loop, host, family, on_resolved, &wait);
	while (r != NULL && !wait.done && *stop == 0 && clock_now() < deadline)
		loop_once(loop, deadline);
	if (r != NULL && !wait.done) {
		resolve_so_far(r, to);
		resolve_cancel(r);
	}
	if (loop != NULL)
		loop_free(loop);
	return r == NULL || wait.done;
}
