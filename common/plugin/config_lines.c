/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * config_lines - for -vv: what the options came to, a line for each matter
 *
 * Nothing secret can be among it: of the password only its source is known
 * here.
 */
#include "base/text.h"
#include "plugin/frame.h"

static void
seconds(struct buf *out, const char *what, int64_t usec)
{
	buf_str(out, what);
	number_write(out, (double)usec / 1e6);
	buf_str(out, " s");
}

/* clean - what the user wrote, of which a path may hold any bytes */
static void
clean(struct buf *out, const char *text)
{
	text_clean(out, span_of(text), TEXT_QUOTE_MAX);
}

static void
server(const struct frame *f, struct buf *out)
{
	const struct settings *set = &f->settings;
	const struct target *t = &f->run.results[0].target;
	char text[ADDRESS_TEXT];

	buf_str(out, "target ");
	target_write(out, t);
	if (f->run.nresults > 1)
		buf_fmt(out, " and %zu more", f->run.nresults - 1);
	if (set->address.family != 0)
		buf_fmt(out, ", address %s", address_text(&set->address, text));
	if (set->source.family != 0)
		buf_fmt(out, ", from %s", address_text(&set->source, text));
	if (set->family != 0)
		buf_fmt(out, ", IPv%d only", set->family);
	seconds(out, ", time-out ", set->timeout.usec);
	buf_char(out, '\n');
}

static void
tls(const struct frame *f, struct buf *out)
{
	const struct settings *set = &f->settings;
	const struct target *t = &f->run.results[0].target;

	buf_fmt(out, "tls %s", tls_mode_name(t->tls));
	if (t->tls != TLS_NONE) {
		buf_fmt(out, ", from 1.%d", set->tls_min - 10);
		if (set->tls_max != 0)
			buf_fmt(out, " to 1.%d", set->tls_max - 10);
		buf_fmt(out, ", name %s, trust ",
		    t->sni[0] != '\0' ? t->sni : "by address");
		clean(out, set->no_verify ? "not verified" :
		    set->ca_file != NULL ? set->ca_file :
		    set->ca_path != NULL ? set->ca_path : "the system's");
	}
	buf_char(out, '\n');
}

static void
account(const struct frame *f, struct buf *out)
{
	const struct settings *set = &f->settings;
	size_t i;

	buf_str(out, "account ");
	clean(out, set->user);
	buf_str(out, ", password from ");
	clean(out, set->password_file != NULL ?
	    set->password_file : set->password_env != NULL ?
	    set->password_env : set->password_fd >= 0 ? "a descriptor" :
	    set->password != NULL ? "an ini file" : "nowhere");
	for (i = 0; i < set->auth.n; i++)
		buf_fmt(out, "%s%s", i == 0 ? ", by " : " ",
		    set->auth.names[i]);
	seconds(out, ", back-off ", set->backoff);
	buf_char(out, '\n');
}

void
config_lines(const struct frame *f, struct buf *out)
{
	if (f->run.nresults == 0)
		return;
	server(f, out);
	if ((f->plugin->uses & USES_TLS) != 0)
		tls(f, out);
	if ((f->plugin->uses & USES_ACCOUNT) != 0)
		account(f, out);
}
