/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lenient - one more handshake with a server whose TLS was refused here
 *
 * With the same address, by the same way and behind the same words, and at most
 * one for each target.  Nothing is refused in it and nobody trusted; it ends
 * as soon as TLS is up.  Its own findings are nobody's: when it fails, the
 * first verdict stands alone.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "judge/refused.h"
#include "plugin/frame.h"
#include "plugin/tls_seen.h"

/* one that waits, or is under way */
struct lenient {
	struct session_config	 config;
	struct result		 result;
	size_t			 home;	/* number of the result that it is about */
	struct lenient		*next;
};

void
lenient_ask(struct frame *f, const struct session *s)
{
	struct lenient *l;

	if (s->tls == NULL || s->config->lenient ||
	    !refused_unclear(&s->result->sheet, s->tls))
		return;
	l = calloc(1, sizeof(*l));
	if (l == NULL) {
		f->run.sheet.nomem = true;
		return;
	}
	l->config = *s->config;
	l->config.lenient = true;
	l->config.greet_only = true;
	l->config.keep_tls = false;
	l->config.all_addresses = false;
	l->config.log_mark = "refused";
	l->home = (size_t)(s->result - f->run.results);
	l->result.target = s->result->target;
	if (l->result.target.address.family != 0)
		l->result.target.fixed = l->result.target.address;
	l->next = f->waiting;
	f->waiting = l;
}

struct session *
lenient_next(struct frame *f)
{
	struct lenient *l = f->waiting;
	struct session *s;

	if (l == NULL)
		return NULL;
	f->waiting = l->next;
	s = malloc(sizeof(*s));
	if (s == NULL) {
		f->run.sheet.nomem = true;
		free(l);
		return NULL;
	}
	session_init(s, &l->config, &l->result);
	f->live++;
	return s;
}

void
lenient_done(struct frame *f, struct session *s)
{
	struct lenient *l = (struct lenient *)(void *)((char *)s->result -
	    offsetof(struct lenient, result));
	struct result *home = &f->run.results[l->home];
	int64_t now = f->session.moment.now;

	if (s->tls != NULL) {
		refused_judge(&home->sheet, s->tls, now);
		if (refused_shown(s->tls))
			tls_seen_keep(home, s->tls, true, now);
	}
	session_free(s);
	free(s);
	result_free(&l->result);
	free(l);
}

void
lenient_drop(struct frame *f)
{
	struct lenient *l;

	while ((l = f->waiting) != NULL) {
		f->waiting = l->next;
		free(l);
	}
}
