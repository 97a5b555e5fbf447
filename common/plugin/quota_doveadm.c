/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm - what Dovecot tells its administrator, by its HTTP API
 */
#include <string.h>

#include "base/base64.h"
#include "base/text.h"
#include "module/http.h"
#include "module/module.h"
#include "plugin/doveadm_reply.h"
#include "plugin/quota.h"
#include "world/clock.h"
#include "world/secret.h"

enum {
	PORT_USUAL = 8080,
	ANSWER_MAX = 4 * 1024 * 1024,	/* bytes: some twenty thousand users */
	USERS_MAX = 65536
};

/* one question under way */
struct asking {
	const struct quota_look *look;
	const struct http_functions *http;
	const struct json_functions *json;
	char		 host[HOST_MAX];
	struct buf	 place;		/* "host:port" */
	struct buf	 key;
	struct http_answer answer;
	struct quota_refusal refusal;
	struct quota_list list;		/* of the user under way */
	struct buf	 user;		/* whose it is */
	size_t		 users;
};

static bool
check(const struct quota_options *options, const struct settings *settings,
    struct opt_error *error)
{
	const char *why = NULL;

	if (settings->hosts.n != 1)
		why = "needs one -H: name the host of Dovecot";
	else if (options->api_key_file == NULL)
		why = "needs --api-key-file: the file that holds "
		    "doveadm_api_key";
	else if (!options->all_users && options->user == NULL)
		why = "needs --user or --all-users: say whose quota";
	if (why != NULL)
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "--backend=doveadm %s", why);
	return why == NULL;
}

static void
refuse(struct asking *a, enum cause cause, enum stage stage, const char *why)
{
	a->refusal.cause = cause;
	a->refusal.stage = stage;
	(void)buf_str(&a->refusal.why, why);
}

/* module - its functions, or NULL with a refusal */
static const void *
module(struct asking *a, const char *name)
{
	const struct module *m = module_load(name, &a->refusal.why);

	a->refusal.cause = CAUSE_INTERNAL_MODULE;
	a->refusal.stage = STAGE_QUOTA;
	return m == NULL ? NULL : m->functions;
}

static bool
read_key(struct asking *a)
{
	const struct settings *set = a->look->work->settings;
	struct secret_source source = {
		.file = a->look->options->api_key_file, .fd = -1,
		.allow_readable = set->allow_readable_secret
	};
	struct buf why;
	bool good;

	buf_init(&why, SENTENCE_MAX);
	good = secret_read(&source, a->look->work->deadline, &a->key, &why);
	if (!good) {
		refuse(a, CAUSE_USAGE_SECRET, STAGE_QUOTA, "--api-key-file: ");
		(void)buf_span_add(&a->refusal.why, buf_span(&why));
	}
	buf_free(&why);
	return good;
}

/* json_quoted - a user as JSON has it */
static void
json_quoted(struct buf *out, const char *text)
{
	(void)buf_char(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			(void)buf_char(out, '\\');
		(void)buf_char(out, *text);
	}
	(void)buf_char(out, '"');
}

static void
write_url(struct asking *a, struct buf *out)
{
	const struct settings *set = a->look->work->settings;
	bool tls = set->tls.given && set->tls.mode == TLS_IMPLICIT;
	char text[ADDRESS_TEXT];
	/* inside TLS the name is what the certificate is held against */
	const char *host = set->address.family != 0 && !tls ?
	    address_text(&set->address, text) : a->host;
	bool v6 = strchr(host, ':') != NULL;

	(void)buf_fmt(out, "%s://%s%s%s:%u/doveadm/v1", tls ? "https" :
	    "http", v6 ? "[" : "", host, v6 ? "]" : "",
	    set->port != 0 ? (unsigned)set->port : PORT_USUAL);
}

/* what each outcome but an answer means */
static const struct {
	enum cause	 cause;
	enum stage	 stage;
	const char	*advice;
} meanings[] = {
	[HTTP_ANSWERED] = { CAUSE_NONE, STAGE_NONE, "" },
	[HTTP_NO_NAME] = { CAUSE_DNS_NO_ADDRESS, STAGE_DNS, "" },
	[HTTP_NO_CONNECTION] = { CAUSE_CONNECT_REFUSED, STAGE_CONNECT,
	    ": does Dovecot have a doveadm listener with http there" },
	[HTTP_NO_TLS] = { CAUSE_TLS_HANDSHAKE, STAGE_TLS, "" },
	[HTTP_TIMEOUT] = { CAUSE_QUOTA_TIMEOUT, STAGE_QUOTA, "" },
	[HTTP_TOO_LARGE] = { CAUSE_PROTOCOL_VIOLATION, STAGE_QUOTA,
	    ": it is more than 4 MiB" },
	[HTTP_FORBIDDEN] = { CAUSE_PROTOCOL_VIOLATION, STAGE_QUOTA,
	    "" },
	[HTTP_BROKEN] = { CAUSE_QUOTA_CLOSED, STAGE_QUOTA,
	    ": is it HTTP, and without TLS, that is spoken there" },
	[HTTP_STOPPED] = { CAUSE_QUOTA_TIMEOUT, STAGE_QUOTA, "" },
	[HTTP_OURS] = { CAUSE_INTERNAL_ERROR, STAGE_QUOTA, "" }
};

static bool
answered(struct asking *a)
{
	enum http_outcome outcome = a->answer.outcome;

	if (outcome == HTTP_ANSWERED && a->answer.status == 200)
		return true;
	if (outcome != HTTP_ANSWERED) {
		refuse(a, meanings[outcome].cause, meanings[outcome].stage,
		    a->answer.words);
		(void)buf_str(&a->refusal.why, meanings[outcome].advice);
	} else if (a->answer.status == 401 || a->answer.status == 403) {
		refuse(a, CAUSE_AUTH_REJECTED, STAGE_AUTH, "the API key is "
		    "refused: compare --api-key-file with doveadm_api_key");
	} else if (a->answer.status == 404) {
		refuse(a, CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA, "there is no "
		    "/doveadm/v1: correct the port");
	} else {
		a->refusal.cause = CAUSE_PROTOCOL_REJECTED;
		a->refusal.stage = STAGE_QUOTA;
		(void)buf_fmt(&a->refusal.why, "it answers with status %u",
		    a->answer.status);
	}
	return false;
}

/* authorization - the header line with the key; wiped with the buffer */
static void
authorization(struct asking *a, struct buf *out)
{
	(void)buf_str(out, "Authorization: X-Dovecot-API ");
	base64_encode(out, buf_span(&a->key));
}

static bool
ask(struct asking *a)
{
	const struct work *work = a->look->work;
	struct http *session = a->http->open();
	struct buf url, header, body;
	const char *headers[3] = { NULL, "Content-Type: application/json",
		NULL };
	struct http_question q = { .headers = headers, .max = ANSWER_MAX,
		.patience = (long)((work->deadline - clock_now()) / 1000),
		.stop = work->stop, .ca_file = work->settings->ca_file,
		.ca_path = work->settings->ca_path };

	buf_init(&url, HOST_MAX + 64);
	buf_init(&header, SECRET_MAX * 2);
	buf_init(&body, SENTENCE_MAX + OPT_VALUE_MAX * 2);
	write_url(a, &url);
	authorization(a, &header);
	(void)buf_str(&body, "[[\"quotaGet\",{");
	if (a->look->options->all_users) {
		(void)buf_str(&body, "\"allUsers\":true");
	} else {
		(void)buf_str(&body, "\"user\":");
		json_quoted(&body, a->look->options->user);
	}
	(void)buf_str(&body, "},\"q\"]]");
	q.url = buf_cstr(&url);
	q.body = buf_span(&body);
	headers[0] = buf_cstr(&header);
	if (q.patience < 1)
		q.patience = 1;
	if (session != NULL)
		a->http->ask(session, &q, &a->answer);
	else
		a->answer = (struct http_answer){ .outcome = HTTP_OURS,
			.words = "there is no memory" };
	if (session != NULL)
		a->http->close(session);
	buf_free(&url);
	buf_free(&header);
	buf_free(&body);
	return answered(a);
}

/* flush - the user under way is complete */
static void
flush(struct asking *a)
{
	struct result *r;
	struct buf whom;

	if (a->user.len == 0 || a->users++ >= USERS_MAX)
		return;
	r = quota_result(a->look->work->run, buf_cstr(&a->user));
	if (r != NULL) {
		buf_init(&whom, SENTENCE_MAX);
		(void)buf_str(&whom, r->name);
		quota_found(r, quota_doveadm.name, &a->list,
		    a->look->work->settings, buf_cstr(&whom), NULL);
		buf_free(&whom);
	}
	quota_list_free(&a->list);
	buf_clear(&a->user);
}

static void
take_row(void *arg, const struct doveadm_row *row)
{
	struct asking *a = arg;
	struct span user = row->user.len > 0 ? row->user :
	    a->look->options->user == NULL ? row->user :
	    span_of(a->look->options->user);
	bool bytes = span_is(row->type, "STORAGE");
	struct quota_row *quota;

	if (user.len == 0)
		return;
	if (a->user.len != user.len ||
	    memcmp(buf_cstr(&a->user), user.p, user.len) != 0) {
		flush(a);
		(void)buf_span_add(&a->user, user);
	}
	quota = quota_list_add(&a->list, row->root, row->type,
	    bytes ? QUOTA_BYTES : QUOTA_COUNT);
	if (quota == NULL)
		return;
	quota->used = quota_scale(row->value, bytes ? 1024 : 1);
	quota->limited = row->limited;
	quota->limit = quota_scale(row->limit, bytes ? 1024 : 1);
}

/* failed - the command itself; exit codes as of sysexits.h (doveadm(1)) */
static void
failed(struct asking *a, struct doveadm_reply *reply)
{
	char words[TEXT_QUOTE_BUF];
	struct buf text;

	if (reply->exit_code == 67) {
		refuse(a, CAUSE_USAGE_OPTION, STAGE_NONE,
		    "there is no such user: correct --user");
		return;
	}
	buf_init(&text, TEXT_QUOTE_BUF - 1);
	text_clean(&text, buf_span(&reply->error), TEXT_QUOTE_MAX);
	(void)span_copy(buf_span(&text), words, sizeof(words));
	buf_free(&text);
	a->refusal.stage = STAGE_QUOTA;
	a->refusal.cause = reply->exit_code == 75 ?
	    CAUSE_MAILBOX_UNAVAILABLE : CAUSE_QUOTA_UNSUPPORTED;
	(void)buf_fmt(&a->refusal.why, "quotaGet fails with \"%s\", exit code "
	    "%lld: see Dovecot's log, and whether its plugin quota is loaded",
	    words, reply->exit_code);
}

/* understood - false with a refusal */
static bool
understood(struct asking *a)
{
	struct doveadm_reply reply;
	bool good;

	doveadm_reply_init(&reply, take_row, a);
	good = a->json->parse(buf_span(&a->answer.body), doveadm_reply_take,
	    &reply);
	flush(a);
	if (good && reply.failed) {
		failed(a, &reply);
		good = false;
	} else if (!good || !reply.response || reply.strange > 0) {
		refuse(a, CAUSE_PROTOCOL_VIOLATION, STAGE_QUOTA,
		    "its answer is none of the doveadm API");
		good = false;
	} else if (a->users == 0) {
		refuse(a, CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA,
		    "it has no quota for anybody that was asked for");
		good = false;
	}
	doveadm_reply_free(&reply);
	return good;
}

static bool
is_loopback(const struct address *address)
{
	static const unsigned char v6[16] = { [15] = 1 };

	return address->family == 4 ? address->ip[0] == 127 :
	    address->family == 6 && memcmp(address->ip, v6, 16) == 0;
}

/* is_private - does the key stay on this host, or inside TLS? */
static bool
is_private(const struct asking *a)
{
	const struct settings *set = a->look->work->settings;
	struct address numeric;

	if ((set->tls.given && set->tls.mode == TLS_IMPLICIT) ||
	    set->allow_cleartext)
		return true;
	if (set->address.family != 0)
		return is_loopback(&set->address);
	return address_parse(span_of(a->host), &numeric) ?
	    is_loopback(&numeric) : strcmp(a->host, "localhost") == 0;
}

static bool
begin(struct asking *a)
{
	if (!is_private(a)) {
		refuse(a, CAUSE_AUTH_CLEARTEXT, STAGE_AUTH, "the API key is "
		    "not sent without TLS to another host: use "
		    "--tls=implicit, or --allow-cleartext");
		return false;
	}
	a->http = module(a, "http");
	a->json = a->http == NULL ? NULL : module(a, "json");
	return a->json != NULL && read_key(a);
}

static void
look(const struct quota_look *look)
{
	const struct settings *set = look->work->settings;
	struct asking a = { .look = look };
	struct result *r;

	if (!look->work->host(look->work->arg, 0, a.host))
		return;
	buf_init(&a.place, HOST_MAX + 16);
	buf_init(&a.key, SECRET_MAX + 4);
	buf_init(&a.refusal.why, SENTENCE_MAX);
	buf_init(&a.user, QUOTA_WHOM_MAX);
	(void)buf_fmt(&a.place, "%s:%u", a.host, set->port != 0 ?
	    (unsigned)set->port : PORT_USUAL);
	if (!begin(&a) || !ask(&a) || !understood(&a)) {
		r = quota_result(look->work->run, buf_cstr(&a.place));
		if (r != NULL)
			quota_refused(r, &a.refusal, r->name);
	}
	quota_list_free(&a.list);
	buf_free(&a.answer.body);
	buf_free(&a.place);
	buf_free(&a.key);
	buf_free(&a.refusal.why);
	buf_free(&a.user);
}

const struct quota_backend quota_doveadm = {
	.name = "doveadm", .check = check, .look = look
};
