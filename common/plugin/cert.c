/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert - whom to ask for certificates, and what is made of a handshake
 */
#include <stdlib.h>

#include "base/text.h"
#include "dialog/session.h"
#include "judge/cert.h"
#include "judge/cert_life.h"
#include "judge/interceptors.h"
#include "plugin/cert.h"
#include "world/clock.h"

static bool
set_dialect(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	const struct dialect **dialect = field;

	(void)plugin;
	*dialect = dialect_of(span_of(value));
	if (*dialect != NULL)
		return true;
	buf_str(why, "the name of a protocol such as imap, smtp or ldap");
	return false;
}

const struct opt_type opt_dialect = {
	.has_value = true, .set = set_dialect, .choices = dialect_names,
	.noun = "protocol"
};

static bool
add_file(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct file_list *list = field;

	(void)plugin;
	if (list->n == CERT_FILES_MAX) {
		buf_fmt(why, "at most %d of them: name a folder",
		    CERT_FILES_MAX);
		return false;
	}
	list->paths[list->n++] = value;
	return true;
}

const struct opt_type opt_files = {
	.has_value = true, .repeatable = true, .set = add_file,
	.complete = COMPLETE_FILE
};

/* usual_port - IMAP is meant where no protocol is named */
static uint16_t
usual_port(const struct dialect *d, const struct settings *set)
{
	const struct protocol *p;
	bool starttls;

	if (d == NULL)
		d = dialect_of(span_of("imap"));
	p = d->protocol;
	starttls = set->tls.given ? set->tls.mode == TLS_STARTTLS :
	    p->usual == DEFAULT_STARTTLS;
	return starttls ? p->port_plain : p->port_tls;
}

const uint16_t *
cert_ports(const struct cert_options *options, const struct settings *set,
    size_t *n)
{
	static uint16_t list[PORT_MAX];
	uint16_t port;

	*n = 0;
	for (port = port_set_next(&options->ports, 1); port != 0;
	    port = port_set_next(&options->ports, port + 1u))
		list[(*n)++] = port;
	if (*n == 0)
		list[(*n)++] = usual_port(options->dialect, set);
	return list;
}

const struct dialect *
cert_speaks(const struct cert_options *options, const struct settings *set,
    struct target *t)
{
	static const struct dialect tls_alone = { .protocol = NULL };
	const struct dialect *d = options->dialect != NULL ?
	    options->dialect : dialect_of_port(t->port);

	t->tls = set->tls.given ? set->tls.mode :
	    d != NULL ? dialect_mode(d, t->port) : TLS_IMPLICIT;
	return d != NULL ? d : &tls_alone;
}

int64_t
cert_now(const struct settings *set)
{
	return set->at.given ? set->at.epoch : clock_wall();
}

void
cert_opinion(struct result *r, const struct tls_facts *facts,
    const struct cert_options *options, const struct settings *set,
    int64_t now, const char *whom)
{
	struct sheet *sheet = &r->sheet;
	bool kept = pins_judge(sheet, &options->pins, facts, whom);

	/* of a known product the session has said so already */
	if (!sheet_has(sheet, CAUSE_CERT_INTERCEPTED) &&
	    !interceptors_judge(sheet, facts, !kept, whom))
		r->stages[STAGE_TLS].progress = PROGRESS_FAILED;
	hygiene_judge(sheet, facts, options->policy, whom);
	if (cert_life_measure(sheet, facts, now))
		cert_life_judge(sheet, facts, now, set->thresholds.rows,
		    set->thresholds.n, whom);
}

void
cert_conclude(struct session *s, const struct cert_options *options,
    const struct settings *set)
{
	struct buf text;

	if (s->tls == NULL)
		return;
	cert_opinion(s->result, s->tls, options, set, s->config->moment.now,
	    s->whom);
	buf_init(&text, SENTENCE_MAX);
	cert_note(&text, s->tls);
	result_summary(s->result, "%s presents %s", s->whom, buf_cstr(&text));
	buf_free(&text);
}
