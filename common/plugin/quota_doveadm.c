/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm - how full mailboxes are, as Dovecot's HTTP API says
 *
 * Facts of Dovecot 2.3 and 2.4: "quotaGet" takes "user", which may hold
 * wildcards, or "allUsers"; "user" takes "userMask".
 */
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "module/module.h"
#include "plugin/quota.h"
#include "plugin/quota_doveadm.h"
#include "report/json.h"
#include "world/secret.h"

/* key - the header line that holds it; false with a finding */
static bool
key(struct doveadm *d)
{
	const struct work *work = d->look->work;
	struct secret_source source = { .file = d->options->key_file, .fd = -1,
	    .allow_readable = work->settings->allow_readable_secret };
	struct buf secret, why;
	bool ok;

	buf_init(&secret, SECRET_MAX + 4);
	buf_init(&why, SENTENCE_MAX);
	ok = secret_read(&source, work->deadline, &secret, &why);
	if (ok && secret.len > DOVEADM_KEY_MAX) {
		ok = false;
		(void)buf_fmt(&why, "holds more than %d bytes, no key of an "
		    "API", DOVEADM_KEY_MAX);
	}
	if (ok) {
		(void)buf_str(&d->key, "Authorization: X-Dovecot-API ");
		base64_encode(&d->key, buf_span(&secret));
	} else {
		(void)sheet_find(&work->run->sheet, CAUSE_USAGE_SECRET,
		    STAGE_NONE, NULL, "--api-key-file: %s", buf_cstr(&why));
	}
	work->run->sheet.nomem = work->run->sheet.nomem || secret.nomem ||
	    why.nomem || d->key.nomem;
	buf_free(&secret);
	buf_free(&why);
	return ok && !d->key.nomem;
}

/* load - NULL with a finding */
static const void *
load(struct run *run, const char *name)
{
	const struct module *module;
	struct buf why;

	buf_init(&why, SENTENCE_MAX);
	module = module_load(name, &why);
	if (module == NULL)
		(void)sheet_find(&run->sheet, CAUSE_INTERNAL_MODULE,
		    STAGE_NONE, NULL, "%s", buf_cstr(&why));
	buf_free(&why);
	return module == NULL ? NULL : module->functions;
}

/* command - ["NAME",{"MEMBER":...},"TAG"]; no value is true */
static void
command(struct json *j, const char *name, const char *member,
    const char *value)
{
	json_array(j, NULL);
	json_string(j, NULL, name);
	json_object(j, NULL);
	if (value != NULL)
		json_string(j, member, value);
	else
		json_bool(j, member, true);
	json_object_end(j);
	json_string(j, NULL, "q");
	json_array_end(j);
}

/* question - what is posted */
static void
question(const struct doveadm *d, struct buf *body)
{
	struct json j;
	size_t i;

	json_init(&j, body);
	json_array(&j, NULL);
	if (d->batch == NULL) {
		if (d->many)
			command(&j, "user", "userMask",
			    d->user != NULL ? d->user : "*");
		command(&j, "quotaGet", d->user != NULL ? "user" : "allUsers",
		    d->user);
	}
	for (i = 0; d->batch != NULL && i < d->nbatch; i++)
		command(&j, "quotaGet", "user", d->batch[i]->name);
	json_array_end(&j);
}

static bool
sink(void *arg, struct span bytes)
{
	struct doveadm *d = arg;

	return doveadm_reply_feed(&d->reply, bytes);
}

/* judge_reply - what came to its end with status 200 */
static void
judge_reply(struct doveadm *d)
{
	static const char *const words[] = {
		[DOVEADM_NO_ANSWER] = "it is no JSON of its kind",
		[DOVEADM_TOO_DEEP] = "it is nested too deep",
		[DOVEADM_TOO_LONG] = "a part of it is too long",
		[DOVEADM_NO_MEMORY] = "there is no memory for it"
	};
	struct quota_refusal *refusal = &d->refusal;
	size_t want = d->batch != NULL ? d->nbatch : d->many ? 2 : 1;
	enum doveadm_state state = d->reply.state;

	if (refusal->cause != CAUSE_NONE ||
	    (state == DOVEADM_DONE && d->outcomes == want))
		return;
	refusal->stage = STAGE_QUOTA;
	if (state == DOVEADM_UNDER_WAY && (d->reply.depth > 0 ||
	    d->reply.nth > 0)) {
		refusal->cause = CAUSE_QUOTA_CLOSED;
		(void)buf_str(&refusal->why,
		    "its answer ends in the middle: see its log");
		return;
	}
	refusal->cause = state == DOVEADM_NO_MEMORY ?
	    CAUSE_INTERNAL_ERROR : CAUSE_GREETING_WRONG_PROTOCOL;
	(void)buf_fmt(&refusal->why, "what it answers is none of Dovecot's "
	    "quotas (%s): correct -H or -p", state == DOVEADM_UNDER_WAY ?
	    "it is empty" : state == DOVEADM_DONE || words[state] == NULL ?
	    "less than was asked for" : words[state]);
}

/* judge - the end of a transfer */
static void
judge(struct doveadm *d, struct http_answer *answer)
{
	struct quota_refusal *refusal = &d->refusal;

	/* we wanted no more of it: it came all the same */
	if (answer->outcome == HTTP_TOO_LARGE &&
	    d->reply.state > DOVEADM_DONE)
		answer->outcome = HTTP_ANSWERED;
	if (answer->outcome == HTTP_ANSWERED && answer->status == 200) {
		judge_reply(d);
		return;
	}
	refusal->cause = CAUSE_NONE;
	buf_clear(&refusal->why);
	d->late = web_refused(&d->web, answer, &refusal->why, &refusal->cause,
	    &refusal->stage);
}

/* ask - one question, to its end; false with a refusal */
static bool
ask(struct doveadm *d)
{
	const char *headers[] = { buf_cstr(&d->key),
	    "Content-Type: application/json", "Expect:", NULL };
	struct http_question *q = &d->web.question;
	struct http_answer answer;
	struct buf body;

	buf_init(&body, DOVEADM_OUTCOME_MAX * 2);
	question(d, &body);
	q->headers = headers;
	q->body = buf_span(&body);
	q->max = d->many && d->batch == NULL ? DOVEADM_ANSWER_MAX :
	    DOVEADM_FEW_MAX;
	q->patience = web_patience(d->look->work);
	q->sink = sink;
	q->arg = d;
	d->outcomes = 0;
	doveadm_reply_init(&d->reply, doveadm_take, d);
	d->http->ask(d->session, q, &answer);
	judge(d, &answer);
	/* rows without an end are no answer */
	d->under_way = false;
	quota_list_free(&d->list);
	buf_clear(&d->whose);
	buf_clear(&d->wrong);
	doveadm_reply_free(&d->reply);
	buf_free(&answer.body);
	buf_free(&body);
	q->headers = NULL;
	return d->refusal.cause == CAUSE_NONE;
}

/* batch - the next users without an answer; false when there are none */
static bool
batch(struct doveadm *d, struct doveadm_user *rows[DOVEADM_BATCH], size_t *next)
{
	d->batch = rows;
	d->nbatch = 0;
	for (; *next < d->users.n && d->nbatch < DOVEADM_BATCH; (*next)++)
		if (!d->users.rows[*next].answered)
			rows[d->nbatch++] = &d->users.rows[*next];
	return d->nbatch > 0;
}

/* missing - users that the answer for all left out without a word are asked for by name; who gets no answer then has none */
static void
missing(struct doveadm *d)
{
	struct doveadm_user *rows[DOVEADM_BATCH];
	size_t next = 0, i;

	while (d->refusal.cause == CAUSE_NONE && batch(d, rows, &next))
		(void)ask(d);
	d->batch = NULL;
	if (d->refusal.cause == CAUSE_NONE)
		return;
	for (i = 0; i < d->users.n; i++)
		if (!d->users.rows[i].answered)
			doveadm_user_refused(d, d->users.rows[i].name,
			    &d->refusal, d->late);
	d->refusal.cause = CAUSE_NONE;
}

/* conclude - what is wrong with all of it becomes a result of the server's own */
static void
conclude(struct doveadm *d)
{
	const char *name = buf_cstr(&d->web.name);

	if (d->refusal.cause != CAUSE_NONE) {
		doveadm_user_refused(d, name, &d->refusal, d->late);
	} else if (d->all_refused && !d->users.known) {
		doveadm_user_refused(d, name, &d->all_refusal, false);
	} else if (d->found == 0) {
		d->refusal.cause = CAUSE_USAGE_OPTION;
		d->refusal.stage = STAGE_NONE;
		(void)buf_str(&d->refusal.why, d->user != NULL ?
		    "Dovecot has no user like that: correct --user" :
		    "Dovecot lists no users: its userdb has to be one that "
		    "can (iterate_query in SQL)");
		doveadm_user_refused(d, name, &d->refusal, false);
	}
}

/* clear_key - would the key be read by whoever stands on the way? */
static bool
clear_key(const struct doveadm *d)
{
	return !d->web.secured && !d->web.loopback &&
	    !d->look->work->settings->allow_cleartext;
}

static void
ask_all(struct doveadm *d)
{
	if (clear_key(d)) {
		d->refusal.cause = CAUSE_AUTH_CLEARTEXT;
		d->refusal.stage = STAGE_AUTH;
		(void)buf_str(&d->refusal.why, "the key is not sent without "
		    "TLS: give --tls=implicit, or --allow-cleartext");
	} else if (ask(d) && d->many && d->users.known) {
		missing(d);
	}
	conclude(d);
}

static uint16_t
port(const struct quota_look *look)
{
	const struct quota_options *options = look->options;

	if (options->doveadm.port != 0)
		return options->doveadm.port;
	if (look->work->settings->port != 0 && !quota_sessions(options))
		return look->work->settings->port;
	return DOVEADM_PORT;
}

/* not_found - the name of the host is nothing to connect to */
static void
not_found(struct doveadm *d, const struct sheet *why)
{
	struct result *r = doveadm_result(d, buf_cstr(&d->web.name),
	    STAGE_DNS);

	if (r == NULL)
		return;
	r->sheet = *why;
	r->stages[STAGE_DNS].progress = PROGRESS_FAILED;
}

static void
look(const struct quota_look *look)
{
	const struct quota_doveadm_options *o = &look->options->doveadm;
	struct run *run = look->work->run;
	struct sheet sheet = { .nfindings = 0 };
	struct doveadm d;

	memset(&d, 0, sizeof(d));
	d.look = look;
	d.options = o;
	d.user = o->all ? NULL : o->user != NULL ? o->user :
	    look->work->settings->user;
	d.many = d.user == NULL || strpbrk(d.user, "*?") != NULL;
	buf_init(&d.key, DOVEADM_KEY_MAX * 2);
	buf_init(&d.whose, DOVEADM_ROW_MAX);
	buf_init(&d.wrong, SENTENCE_MAX);
	buf_init(&d.refusal.why, SENTENCE_MAX);
	if (key(&d) && (d.json = load(run, "json")) != NULL &&
	    (d.http = load(run, "http")) != NULL) {
		d.session = d.http->open();
		run->sheet.nomem = run->sheet.nomem || d.session == NULL;
		if (d.session != NULL && web_open(&d.web, look->work,
		    port(look), DOVEADM_PATH, &sheet))
			ask_all(&d);
		else if (sheet.nfindings > 0)
			not_found(&d, &sheet);
		web_close(&d.web);
		d.http->close(d.session);
	}
	buf_free(&d.key);
	buf_free(&d.whose);
	buf_free(&d.wrong);
	buf_free(&d.refusal.why);
	buf_free(&d.all_refusal.why);
	doveadm_users_free(&d.users);
}

static bool
check(const struct quota_options *options, const struct settings *settings,
    struct opt_error *error)
{
	const struct quota_doveadm_options *o = &options->doveadm;

	if (settings->hosts.n == 0)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--backend=doveadm "
		    "needs --hostname: name Dovecot's host with -H");
	else if (o->key_file == NULL)
		opt_refuse(error, CAUSE_USAGE_SECRET, "--backend=doveadm "
		    "needs --api-key-file: name a file that holds Dovecot's "
		    "doveadm_api_key");
	else if (o->all && o->user != NULL)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--user and --all-users "
		    "do not go together: give one of them");
	else if (!o->all && o->user == NULL && settings->user == NULL)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--backend=doveadm "
		    "needs --user or --all-users: say whose quota is asked "
		    "for");
	else if (settings->tls.given && settings->tls.mode == TLS_STARTTLS &&
	    !quota_sessions(options))
		opt_refuse(error, CAUSE_USAGE_OPTION, "--tls=starttls: HTTP "
		    "has none: give --tls=implicit or --tls=none");
	else
		return true;
	return false;
}

const struct quota_backend quota_doveadm = {
	.name = "doveadm", .check = check, .look = look
};
