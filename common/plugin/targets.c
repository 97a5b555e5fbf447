/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * targets - hosts, ports and names of the options become targets
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dialog/dialects.h"
#include "module/module.h"
#include "plugin/frame.h"

/* ports on which TLS begins later, or may */
static const uint16_t starttls_ports[] = { 143, 110, 25, 24, 587, 4190 };

enum tls_mode
targets_mode(const struct plugin *plugin, const struct settings *set)
{
	size_t i;

	if ((plugin->uses & USES_TLS) == 0)
		return TLS_NONE;
	if (set->tls.given)
		return set->tls.mode;
	if (set->port == 0)
		return plugin->protocol == NULL ||
		    plugin->protocol->usual == DEFAULT_IMPLICIT ?
		    TLS_IMPLICIT : TLS_STARTTLS;
	for (i = 0; i < sizeof(starttls_ports) / sizeof(starttls_ports[0]); i++)
		if (set->port == starttls_ports[i])
			return TLS_STARTTLS;
	return TLS_IMPLICIT;
}

/* refuse_name - what the module says is wrong with the host of that number */
static void
refuse_name(struct frame *f, size_t i, struct buf *why)
{
	const struct settings *set = &f->settings;
	struct buf name;

	buf_init(&name, SENTENCE_MAX);
	text_clean(&name, span_of(host_list_at(&set->hosts, i)),
	    TEXT_QUOTE_MAX);
	sheet_find(&f->run.sheet, CAUSE_USAGE_OPTION, STAGE_NONE, NULL,
	    "%s%s: %s", settings_origin(set, i), buf_cstr(&name),
	    why->len > 0 ? buf_cstr(why) : "it has no form that DNS knows");
	if (name.nomem || why->nomem)
		f->run.sheet.nomem = true;
	buf_free(&name);
}

/* a_label - the host of that number, an internationalised name, in the form that DNS and TLS know */
static bool
a_label(struct frame *f, size_t i, char *out)
{
	const char *given = host_list_at(&f->settings.hosts, i);
	const struct idn_functions *idn;
	const struct module *module;
	struct buf why;
	bool ok = false;

	buf_init(&why, SENTENCE_MAX);
	module = module_load("idn", &why);
	if (module == NULL) {
		sheet_find(&f->run.sheet, CAUSE_INTERNAL_MODULE, STAGE_NONE,
		    NULL, "%s", buf_cstr(&why));
	} else {
		idn = module->functions;
		ok = idn->to_ascii(given, out, HOST_MAX, &why) &&
		    target_is_host(span_of(out));
		if (!ok)
			refuse_name(f, i, &why);
	}
	buf_free(&why);
	return ok;
}

/* name_asked - by --sni, else the host unless that is an address; without the dot at the end, which is no part of it (RFC 6066 section 3) */
static void
name_asked(const struct settings *set, struct target *t)
{
	struct address numeric;
	size_t len;

	if (set->sni.name[0] != '\0')
		span_copy(span_of(set->sni.name), t->sni, sizeof(t->sni));
	else if (!address_parse(span_of(t->host), &numeric))
		span_copy(span_of(t->host), t->sni, sizeof(t->sni));
	len = strlen(t->sni);
	if (len > 1 && t->sni[len - 1] == '.')
		t->sni[len - 1] = '\0';
}

/* add_target - that port of the host */
static void
add_target(struct frame *f, struct target *t, uint16_t port)
{
	const struct protocol *protocol;
	struct result *r;

	t->port = port;
	if (f->plugin->speaks != NULL) {
		protocol = f->plugin->speaks(t)->protocol;
		t->protocol = protocol == NULL ? NULL : protocol->name;
	}
	r = run_new_result(&f->run, t);
	if (r == NULL)
		f->run.sheet.nomem = true;
	else if (f->plugin->speaks != NULL && t->tls == TLS_IMPLICIT)
		r->beyond = 1u << STAGE_GREETING;
}

bool
targets_host(void *arg, size_t nth, char out[HOST_MAX])
{
	struct frame *f = arg;
	struct span name = span_of(host_list_at(&f->settings.hosts, nth));

	if (text_is_ascii(name))
		return span_copy(name, out, HOST_MAX);
	return a_label(f, nth, out);
}

static bool
one_target(struct frame *f, size_t i)
{
	const struct settings *set = &f->settings;
	const struct protocol *protocol = f->plugin->protocol;
	struct target t;
	const uint16_t *list = &t.port;
	size_t n = 1, k;

	memset(&t, 0, sizeof(t));
	if (!targets_host(f, i, t.host))
		return false;
	t.tls = targets_mode(f->plugin, set);
	t.port = set->port;
	if (t.port == 0 && protocol != NULL)
		t.port = t.tls == TLS_IMPLICIT ? protocol->port_tls :
		    protocol->port_plain;
	name_asked(set, &t);
	t.fixed = set->address;
	t.protocol = protocol == NULL ? NULL : protocol->name;
	t.user = set->user;
	t.proxy = set->proxy.kind != PROXY_NONE ? &set->proxy : NULL;
	if (f->plugin->ports != NULL && set->port == 0)
		list = f->plugin->ports(&n);
	for (k = 0; k < n; k++)
		add_target(f, &t, list[k]);
	return !f->run.sheet.nomem;
}

bool
targets_make(struct frame *f)
{
	const struct settings *set = &f->settings;
	size_t i;

	/* hosts are but names then */
	if (f->plugin->hostless != NULL && f->plugin->hostless())
		return true;
	for (i = 0; i < set->hosts.n; i++)
		if (!one_target(f, i))
			return false;
	return true;
}

void
targets_drop(struct frame *f)
{
	size_t i;

	for (i = 0; i < f->run.nresults; i++)
		result_free(&f->run.results[i]);
	free(f->run.results);
	f->run.results = NULL;
	f->run.nresults = 0;
}
