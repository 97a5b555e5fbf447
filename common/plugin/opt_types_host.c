/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_types_host - hosts, addresses, ports
 */
#include "base/host.h"
#include "base/number.h"
#include "base/port_set.h"
#include "plugin/plugin.h"
#include "plugin/service.h"

static bool
set_host(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct host_list *list = field;
	struct span host = span_of(value);

	if (host_kind(&host) == HOST_WRONG) {
		buf_str(why, "a name such as mail.example.org, or an IPv4 or "
		    "IPv6 address");
		return false;
	}
	if ((plugin->uses & USES_MANY) == 0)
		host_list_clear(list);
	if (list->n >= HOSTS_MAX) {
		buf_fmt(why, "at most %d of them", HOSTS_MAX);
		return false;
	}
	if (!host_list_add(list, host))
		why->nomem = true;
	return !why->nomem;
}

const struct opt_type opt_host = {
	.has_value = true, .repeatable = true, .set = set_host,
	.complete = COMPLETE_HOST, .noun = "host"
};

static bool
set_name(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct host_name *name = field;
	struct span s = span_of(value);
	struct address address;

	(void)plugin;
	if (!target_is_host(s) || address_parse(s, &address)) {
		buf_str(why, "a name such as mail.example.org, without "
		    "letters beyond ASCII");
		return false;
	}
	span_copy(s, name->name, sizeof(name->name));
	return true;
}

const struct opt_type opt_name = {
	.has_value = true, .set = set_name, .complete = COMPLETE_HOST,
	.noun = "host name"
};

static bool
set_address(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	(void)plugin;
	if (address_parse(span_of(value), field))
		return true;
	buf_str(why, "an IPv4 or IPv6 address such as 192.0.2.7 or "
	    "2001:db8::7");
	return false;
}

const struct opt_type opt_address = {
	.has_value = true, .set = set_address, .noun = "address"
};

static bool
set_port(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	uint16_t *port = field;
	struct span s = span_of(value);
	uint64_t n;

	(void)plugin;
	if (!number_uint(s, PORT_MAX, &n))
		n = service_port(s);
	if (n == 0) {
		buf_fmt(why, "1 to %d or a mail service such as imaps",
		    PORT_MAX);
		return false;
	}
	*port = (uint16_t)n;
	return true;
}

const struct opt_type opt_port = {
	.has_value = true, .set = set_port, .choices = service_names,
	.noun = "port"
};

static bool
set_ipv4(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	int *family = field;

	(void)value;
	(void)plugin;
	(void)why;
	*family = 4;
	return true;
}

const struct opt_type opt_ipv4 = { .set = set_ipv4 };

static bool
set_ipv6(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	int *family = field;

	(void)value;
	(void)plugin;
	(void)why;
	*family = 6;
	return true;
}

const struct opt_type opt_ipv6 = { .set = set_ipv6 };
