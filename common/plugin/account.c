/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * account - the secret: read late, wiped early, and not tried twice in vain
 */
#include <string.h>

#include "base/base64.h"
#include "base/when.h"
#include "module/module.h"
#include "plugin/frame.h"
#include "world/secret.h"

/* load_sasl - for login.sasl: the challenge mechanisms, when one is to be used */
static const struct sasl_functions *
load_sasl(struct buf *why)
{
	const struct module *module = module_load("sasl", why);

	return module == NULL ? NULL : module->functions;
}

/* source_name - the option that says where the secret is; NULL when none does */
static const char *
source_name(const struct settings *set)
{
	if (set->password_file != NULL)
		return "--password-file";
	if (set->password_env != NULL)
		return "--password-env";
	if (set->password_fd >= 0)
		return "--password-fd";
	return set->password != NULL ? "password in --extra-opts" : NULL;
}

static bool
read_secret(struct frame *f)
{
	struct settings *set = &f->settings;
	struct secret_source source = {
		.file = set->password_file, .env = set->password_env,
		.fd = set->password_fd, .given = set->password,
		.allow_readable = set->allow_readable_secret
	};
	struct buf why;
	bool ok;

	buf_init(&why, SENTENCE_MAX);
	ok = secret_read(&source, f->started + set->timeout.usec, &f->secret,
	    &why);
	if (!ok)
		sheet_find(&f->run.sheet, CAUSE_USAGE_SECRET, STAGE_NONE, NULL,
		    "%s: %s", source_name(set), buf_cstr(&why));
	if (why.nomem || f->secret.nomem)
		f->run.sheet.nomem = true;
	buf_free(&why);
	return ok;
}

/* spell_base64 - without the padding, which a server may leave out */
static void
spell_base64(struct buf *form, struct span bytes)
{
	size_t pad;

	base64_encode(form, bytes);
	pad = (3 - bytes.len % 3) % 3;
	if (form->len > pad)
		buf_cut(form, form->len - pad, pad);
}

/* spell_quoted - as a quoted string has it (RFC 3501 section 9); nothing when that is the secret itself */
static void
spell_quoted(struct buf *form, struct span secret)
{
	size_t i;

	for (i = 0; i < secret.len; i++) {
		if (secret.p[i] == '"' || secret.p[i] == '\\')
			buf_char(form, '\\');
		buf_char(form, secret.p[i]);
	}
	if (form->len == secret.len)
		buf_clear(form);
}

/* spell - the secret as a server that repeats a command would show it: base64 of the password and of the message of PLAIN, and quoted; what cannot be masked may not be sent */
static bool
spell(struct frame *f)
{
	struct span secret = buf_span(&f->secret);
	struct buf plain;
	bool ok;

	spell_base64(&f->forms[0], secret);
	buf_init(&plain, SASL_MESSAGE_MAX * 2 + 2);
	sasl_plain(&plain, f->login.user, secret);
	spell_base64(&f->forms[1], buf_span(&plain));
	spell_quoted(&f->forms[2], secret);
	ok = !plain.nomem && !f->forms[0].nomem && !f->forms[1].nomem &&
	    !f->forms[2].nomem;
	if (!ok)
		f->run.sheet.nomem = true;
	buf_free(&plain);
	return ok;
}

bool
account_open(struct frame *f)
{
	const struct settings *set = &f->settings;

	buf_init(&f->secret, SECRET_MAX + 4);
	buf_init(&f->forms[0], SECRET_MAX * 2);
	buf_init(&f->forms[1], SECRET_MAX * 4);
	buf_init(&f->forms[2], SECRET_MAX * 2);
	if ((f->plugin->uses & USES_SECRET) != 0)
		return source_name(set) == NULL || read_secret(f);
	/* where no host is asked, nobody logs in */
	if ((f->plugin->uses & USES_ACCOUNT) == 0 ||
	    (f->plugin->hostless != NULL && f->plugin->hostless()))
		return true;
	if (set->user != NULL)
		f->login.user = span_of(set->user);
	if (source_name(set) != NULL) {
		if (!read_secret(f) || !spell(f))
			return false;
		f->login.password = buf_span(&f->secret);
	}
	/* who asks no host logs in nowhere */
	if (f->plugin->hostless != NULL && f->plugin->hostless())
		return true;
	if (frame_engine(f, &f->run.sheet) == NULL)
		return false;
	f->login.mechanisms = set->auth.names;
	f->login.nmechanisms = set->auth.n;
	f->login.strongest = set->auth.strongest;
	f->login.client_cert = set->client_cert != NULL;
	f->login.sasl = load_sasl;
	f->login.md5 = f->tls.engine->digests->md5;
	f->backoff.digests = f->tls.engine->digests;
	if (f->plugin->prepare != NULL)
		f->plugin->prepare(&f->login);
	return true;
}

bool
account_rejected_before(struct frame *f, struct result *r)
{
	struct buf whom, ago;
	int64_t since;

	if (f->login.password.p == NULL || f->backoff.pause == 0 ||
	    !backoff_active(&f->backoff, &r->target, f->login.password, &since))
		return false;
	buf_init(&whom, HOST_MAX + 16);
	target_write(&whom, &r->target);
	buf_init(&ago, 64);
	when_write_span(&ago, (double)(f->backoff.now - since));
	sheet_find(&r->sheet, CAUSE_AUTH_BACKOFF, STAGE_AUTH, NULL,
	    "%s rejected this password for %s %s ago, so it is not tried again yet",
	    buf_cstr(&whom), r->target.user, buf_cstr(&ago));
	r->stages[STAGE_AUTH].progress = PROGRESS_FAILED;
	if (whom.nomem || ago.nomem)
		r->sheet.nomem = true;
	buf_free(&whom);
	buf_free(&ago);
	return true;
}

static void
remember(struct frame *f, struct result *r)
{
	struct buf why;

	buf_init(&why, SENTENCE_MAX);
	if (!backoff_remember(&f->backoff, &r->target, f->login.password, &why))
		sheet_find(&r->sheet, CAUSE_INTERNAL_ERROR, STAGE_AUTH, NULL,
		    "the rejection cannot be remembered, and the account may be locked by the next tries: %s",
		    buf_cstr(&why));
	buf_free(&why);
}

void
account_settle(struct frame *f)
{
	struct result *r = f->run.results;
	size_t i;

	/* what others refuse behind the logins is no password */
	for (i = 0; f->login.password.p != NULL && f->backoff.pause > 0 &&
	    i < f->logins && i < f->run.nresults; i++, r++) {
		/* a secret that was taken is no wrong one, whatever a second session heard */
		if (r->stages[STAGE_AUTH].progress == PROGRESS_OK)
			backoff_forget(&f->backoff, &r->target);
		else if (sheet_has(&r->sheet, CAUSE_AUTH_REJECTED))
			remember(f, r);
	}
	f->login.password = (struct span){ NULL, 0 };
	f->session.secret = f->login.password;
	memset(f->session.secret_forms, 0, sizeof(f->session.secret_forms));
	buf_free(&f->secret);
	for (i = 0; i < SECRET_FORMS_MAX; i++)
		buf_free(&f->forms[i]);
}
