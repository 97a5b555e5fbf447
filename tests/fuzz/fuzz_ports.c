/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_ports - lists of ports, and what is expected of them; what was taken must
 * be written and taken again
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "judge/port_policy.h"

enum {
	WHY_MAX = 512,			/* what an option leaves for it */
	WRITTEN_MAX = 2 * 1024 * 1024
};

static uint16_t
by_name(struct span name)
{
	return span_is(name, "imap") ? 143 : span_is(name, "imaps") ? 993 :
	    span_is(name, "smtp") ? 25 : 0;
}

/* looks_right - refused in one clean line, or taken without a word */
static void
looks_right(const struct buf *why, bool ok)
{
	struct span said = buf_span(why);

	if (ok != (said.len == 0) || why->overflow ||
	    text_has_control(said) || !text_is_utf8(said))
		abort();
}

static void
list(struct span text)
{
	static struct port_set set, again;
	struct buf why, out;
	unsigned n = 0;
	uint16_t port;
	bool ok;

	memset(&set, 0, sizeof(set));
	memset(&again, 0, sizeof(again));
	buf_init(&why, WHY_MAX);
	buf_init(&out, WRITTEN_MAX);
	ok = port_set_parse(&set, text, by_name, &why);
	looks_right(&why, ok);
	for (port = port_set_next(&set, 1); port != 0;
	    port = port_set_next(&set, port + 1U))
		n += port_set_has(&set, port);
	if (n != set.n || port_set_has(&set, 0) || (ok && n == 0))
		abort();
	port_set_write(&out, &set, 0);
	if (n > 0 && (!port_set_parse(&again, buf_span(&out), by_name, &why) ||
	    memcmp(&set, &again, sizeof(set)) != 0))
		abort();
	buf_free(&why);
	buf_free(&out);
}

/* written - is it read as the same policy? */
static void
written(const struct port_policy *policy)
{
	static struct port_policy again;
	struct buf why, out;

	memset(&again, 0, sizeof(again));
	buf_init(&why, WHY_MAX);
	buf_init(&out, WRITTEN_MAX);
	port_policy_write(&out, policy, 0);
	if (policy->n > 0 && (!port_policy_parse(&again, buf_span(&out),
	    by_name, &why) || memcmp(policy, &again, sizeof(again)) != 0))
		abort();
	buf_free(&why);
	buf_free(&out);
}

/* policy - a use of the option for each line */
static void
policy(struct span text)
{
	static struct port_policy policy;
	struct buf why;
	unsigned n = 0;
	uint16_t port;
	bool ok = true;

	memset(&policy, 0, sizeof(policy));
	buf_init(&why, WHY_MAX);
	while (ok && text.len > 0)
		ok = port_policy_parse(&policy, span_line(&text), by_name,
		    &why);
	looks_right(&why, ok);
	for (port = port_policy_next(&policy, 1); port != 0;
	    port = port_policy_next(&policy, port + 1U)) {
		n++;
		if (port_policy_word(&policy, port) == NULL ||
		    port_policy_fits(&policy, port, PORT_UNTRIED))
			abort();
	}
	if (n != policy.n || policy.fits[0] != 0)
		abort();
	written(&policy);
	buf_free(&why);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span all = { size > 0 ? (const char *)data : "", size };

	list(all);
	policy(all);
	return 0;
}
