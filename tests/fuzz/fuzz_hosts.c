/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_hosts - the lines of a file of hosts: what is taken for one, and that
 * each is kept once
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/host.h"
#include "base/host_list.h"
#include "base/target.h"
#include "base/text.h"
#include "fuzz.h"

enum {
	HOSTS_TAKEN = 200	/* of one input */
};

/* one_line - false when it holds no host */
static bool
one_line(struct span line, struct span *host)
{
	struct span word, again;
	enum host_kind kind;

	if (!host_line(line, &word))
		return false;
	if (word.len == 0 || word.p < line.p ||
	    word.p + word.len > line.p + line.len ||
	    span_trim(word).len != word.len)
		abort();
	*host = word;
	kind = host_kind(host);
	if (kind == HOST_WRONG)
		return false;
	/* there is nothing more to take off */
	again = *host;
	if (host_kind(&again) != kind || again.len != host->len ||
	    text_has_control(*host) || host->len > HOST_WORD_MAX ||
	    (kind == HOST_PLAIN) != target_is_host(*host))
		abort();
	return true;
}

/* distinct - no two of the list are the same, and the last one is this */
static void
distinct(const struct host_list *list, struct span last)
{
	size_t i;

	if (!span_is(last, host_list_at(list, list->n - 1)))
		abort();
	for (i = 0; i + 1 < list->n; i++)
		if (span_is(last, host_list_at(list, i)))
			abort();
}

static bool
holds(const struct host_list *list, struct span host)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (span_is(host, host_list_at(list, i)))
			return true;
	return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span rest = { (const char *)data, size }, host;
	struct host_list list;
	struct host_index index;

	memset(&list, 0, sizeof(list));
	if (!host_index_open(&index, &list))
		return 0;
	while (rest.len > 0) {
		if (!one_line(span_line(&rest), &host))
			continue;
		switch (host_index_add(&index, host, HOSTS_TAKEN)) {
		case HOST_ADDED:
			distinct(&list, host);
			break;
		case HOST_KNOWN:
			if (!holds(&list, host))
				abort();
			break;
		case HOST_NO_ROOM:
			if (list.n != HOSTS_TAKEN || holds(&list, host))
				abort();
			break;
		case HOST_NO_MEMORY:
			break;
		}
	}
	host_index_free(&index);
	host_list_free(&list);
	return 0;
}
