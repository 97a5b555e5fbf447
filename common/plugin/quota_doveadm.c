/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm - what Dovecot's HTTP API for administrators says of accounts
 *
 * One question is about one account or about all.  Dovecot gives no answer
 * about any when one of all fails, so then it is asked for their names, and
 * about each.
 */
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "judge/net_facts.h"
#include "module/module.h"
#include "plugin/quota_doveadm.h"
#include "report/json.h"
#include "world/clock.h"
#include "world/secret.h"

static const char *
user_of(const struct quota_look *look)
{
	return look->options->api_user != NULL ? look->options->api_user :
	    look->work->settings->user;
}

static bool
check(const struct quota_options *o, const struct settings *set,
    struct opt_error *error)
{
	const char *user = o->api_user != NULL ? o->api_user : set->user;

	if (set->hosts.n != 1)
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "--backend=doveadm needs --hostname: name Dovecot's host");
	else if (o->api_key_file == NULL)
		opt_refuse(error, CAUSE_USAGE_SECRET, "--backend=doveadm needs "
		    "--api-key-file: name the file with doveadm_api_key");
	else if (o->all_users && o->api_user != NULL)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--all-users and --user "
		    "do not go together: leave one of them out");
	else if (!o->all_users && user == NULL)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--backend=doveadm needs "
		    "an account: name it with --user, or give --all-users");
	else if (set->tls.given && set->tls.mode == TLS_STARTTLS)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--tls=starttls is "
		    "nothing that HTTP has: use implicit or none");
	else if (set->proxy.kind != PROXY_NONE)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--proxy and "
		    "--backend=doveadm do not go together: leave one out");
	else if (!quota_sessions(o) && (set->client_cert != NULL ||
	    set->sni.name[0] != '\0'))
		opt_refuse(error, CAUSE_USAGE_OPTION, "--sni and --client-cert "
		    "are nothing that --backend=doveadm uses: leave them out");
	else
		return true;
	return false;
}

/* load - a module's functions; NULL with a finding */
static const void *
load(struct doveadm *d, const char *name)
{
	const struct module *module;
	struct buf why;

	buf_init(&why, SENTENCE_MAX);
	module = module_load(name, &why);
	if (module == NULL)
		doveadm_refuse(d, NULL, CAUSE_INTERNAL_MODULE, STAGE_NONE,
		    "%s", buf_cstr(&why));
	buf_free(&why);
	return module == NULL ? NULL : module->functions;
}

/* read_key - into the header line that carries it */
static bool
read_key(struct doveadm *d)
{
	const struct quota_look *look = d->look;
	struct secret_source source = {
		.file = look->options->api_key_file, .fd = -1,
		.allow_readable = look->work->settings->allow_readable_secret
	};
	struct buf key, why;
	bool good;

	buf_init(&key, SECRET_MAX + 4);
	buf_init(&why, SENTENCE_MAX);
	good = secret_read(&source, look->work->deadline, &key, &why);
	if (good) {
		(void)buf_str(&d->header, "Authorization: X-Dovecot-API ");
		base64_encode(&d->header, buf_span(&key));
	} else {
		sheet_find(&look->work->run->sheet, CAUSE_USAGE_SECRET,
		    STAGE_NONE, NULL, "--api-key-file: %s", buf_cstr(&why));
	}
	buf_free(&key);
	buf_free(&why);
	return good;
}

static bool
loopback(const char *host, const struct address *fixed)
{
	static const uint8_t six[16] = { [15] = 1 };
	struct address a = *fixed;

	if (a.family == 0 && !address_parse(span_of(host), &a))
		return span_is(span_of(host), "localhost");
	return a.family == 4 ? a.ip[0] == 127 :
	    memcmp(a.ip, six, sizeof(six)) == 0;
}

/* address_it - whom to ask; false when the key would go there for all to see */
static bool
address_it(struct doveadm *d)
{
	const struct settings *set = d->look->work->settings;
	struct target t;

	memset(&t, 0, sizeof(t));
	if (!d->look->work->host(d->look->work->arg, 0, t.host))
		return false;
	/* -p is the IMAP server's when that is asked as well */
	t.port = set->port != 0 && !quota_sessions(d->look->options) ?
	    set->port : DOVEADM_PORT;
	target_write(&d->whom, &t);
	d->tls = set->tls.given && set->tls.mode == TLS_IMPLICIT;
	(void)buf_fmt(&d->url, "http%s://%s/doveadm/v1", d->tls ? "s" : "",
	    buf_cstr(&d->whom));
	if (d->tls || set->allow_cleartext ||
	    loopback(t.host, &set->address))
		return doveadm_name(d, &t);
	doveadm_refuse(d, NULL, CAUSE_AUTH_CLEARTEXT, STAGE_AUTH,
	    "the key is not sent without TLS to another host: use "
	    "--tls=implicit, or --allow-cleartext");
	return false;
}

/* ask - one question; false when there is nobody to be asked more */
static bool
ask(struct doveadm *d, struct buf *body)
{
	const char *const headers[] = { buf_cstr(&d->header),
	    "Content-Type: application/json", NULL };
	struct http_question q;
	struct http_answer answer;
	bool good;

	if (!doveadm_question(d, &q)) {
		doveadm_refuse(d, NULL, CAUSE_QUOTA_TIMEOUT, STAGE_QUOTA,
		    "time ran out after %zu accounts: raise -t", d->results);
		return false;
	}
	q.headers = headers;
	q.body = buf_span(body);
	q.sink = doveadm_answer_take;
	q.arg = d;
	doveadm_answer_begin(d);
	d->http->ask(d->session, &q, &answer);
	good = doveadm_fault(d, &answer);
	doveadm_answer_end(d);
	buf_free(&answer.body);
	return good;
}

/* command - ["quotaGet",{"user":"alice"},"alice"] */
static void
command(struct json *j, const char *name, const char *key, const char *user)
{
	json_array(j, NULL);
	json_string(j, NULL, name);
	json_object(j, NULL);
	if (user != NULL)
		json_string(j, key, user);
	else
		json_bool(j, key, true);
	json_object_end(j);
	json_string(j, NULL, user != NULL ? user : "");
	json_array_end(j);
}

/* ask_one - a question of one command */
static bool
ask_one(struct doveadm *d, const char *name, const char *key,
    const char *user)
{
	struct buf body;
	struct json j;
	bool good;

	buf_init(&body, OPT_VALUE_MAX * 16);
	json_init(&j, &body);
	json_array(&j, NULL);
	command(&j, name, key, user);
	json_array_end(&j);
	good = ask(d, &body);
	buf_free(&body);
	return good;
}

/* ask_some - about accounts of the list, many in one question */
static bool
ask_some(struct doveadm *d, size_t from, size_t n)
{
	struct buf body;
	struct json j;
	size_t i;
	bool good;

	buf_init(&body, DOVEADM_TOGETHER * DOVEADM_WORD_MAX * 16);
	json_init(&j, &body);
	json_array(&j, NULL);
	for (i = 0; i < n; i++)
		command(&j, "quotaGet", "user", d->names.rows[from + i]);
	json_array_end(&j);
	good = ask(d, &body);
	buf_free(&body);
	return good;
}

static void
ask_all(struct doveadm *d)
{
	size_t i, n;

	if (!ask_one(d, "quotaGet", "allUsers", NULL) || !d->singly ||
	    !ask_one(d, "user", "userMask", "*"))
		return;
	for (i = 0; i < d->names.n; i += n) {
		n = d->names.n - i < DOVEADM_TOGETHER ? d->names.n - i :
		    DOVEADM_TOGETHER;
		if (!ask_some(d, i, n))
			return;
	}
}

static void
finish(struct doveadm *d)
{
	size_t i;

	if (d->session != NULL)
		d->http->close(d->session);
	for (i = 0; i < d->names.n; i++)
		free(d->names.rows[i]);
	free(d->names.rows);
	buf_free(&d->header);
	buf_free(&d->known);
	buf_free(&d->url);
	buf_free(&d->whom);
}

static void
look(const struct quota_look *look)
{
	struct doveadm d;

	memset(&d, 0, sizeof(d));
	d.look = look;
	buf_init(&d.whom, HOST_MAX + 16);
	buf_init(&d.url, HOST_MAX + 64);
	buf_init(&d.known, HOST_MAX + 16 + ADDRESSES_MAX * ADDRESS_TEXT);
	buf_init(&d.header, SECRET_MAX * 2);
	if (read_key(&d) && address_it(&d) &&
	    (d.http = load(&d, "http")) != NULL &&
	    (d.json = load(&d, "json")) != NULL) {
		d.session = d.http->open();
		if (d.session == NULL)
			look->work->run->sheet.nomem = true;
		else if (look->options->all_users)
			ask_all(&d);
		else
			(void)ask_one(&d, "quotaGet", "user", user_of(look));
	}
	finish(&d);
}

const struct quota_backend quota_doveadm = {
	.name = "doveadm", .check = check, .look = look
};
