/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_types_ports - lists of ports, and what is expected of them
 */
#include <string.h>

#include "base/number.h"
#include "judge/port_policy.h"
#include "plugin/plugin.h"
#include "plugin/service.h"

static bool
set_ports(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct port_set *set = field;

	(void)plugin;
	/* the last list counts, the default's is forgotten */
	memset(set, 0, sizeof(*set));
	return port_set_parse(set, span_of(value), service_port, why);
}

const struct opt_type opt_ports = {
	.has_value = true, .set = set_ports, .noun = "list of ports"
};

static bool
set_expect_ports(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	(void)plugin;
	return port_policy_parse(field, span_of(value), service_port, why);
}

const struct opt_type opt_expect_ports = {
	.has_value = true, .repeatable = true, .set = set_expect_ports,
	.noun = "policy"
};

static bool
set_attempts(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	unsigned *attempts = field;
	uint64_t n;

	(void)plugin;
	if (!number_uint(span_of(value), ATTEMPTS_MAX, &n) || n == 0) {
		buf_fmt(why, "1 to %d", ATTEMPTS_MAX);
		return false;
	}
	*attempts = (unsigned)n;
	return true;
}

const struct opt_type opt_attempts = {
	.has_value = true, .set = set_attempts, .noun = "number of attempts"
};
