/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm_answers - what Dovecot says about quotas, taken apart
 *
 *	row	= { "username": text, "root": text, "type": text,
 *		    "value": number, "limit": number / "-", "percent": number }
 *	outcome	= [ "doveadmResponse", rows, tag ]
 *		/ [ "doveadmResponse", { "userList": [ text, ... ] }, tag ]
 *		/ [ "error", { "type": text, "exitCode": number }, tag ]
 *
 * Numbers are texts there.  A user's name stands only in rows of several users.
 * STORAGE counts KiB; a limit of "-" or 0 is none.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "plugin/quota.h"
#include "plugin/quota_doveadm.h"

enum {
	/* sysexits.h, as Dovecot takes them */
	EXIT_NOT_POSSIBLE = 65,
	EXIT_NO_USER = 67,
	EXIT_NOT_FOUND = 68,
	EXIT_TEMPORARY = 75,
	EXIT_NO_RIGHT = 77
};

/* new_result - for a user; the sentences about it begin with `whom` */
static struct result *
new_result(struct doveadm *d, const char *name, struct buf *whom)
{
	struct result *r = doveadm_result(d, name, STAGE_QUOTA);

	buf_init(whom, QUOTA_WHOM_MAX + HOST_MAX + 64);
	if (r == NULL)
		return NULL;
	if (!d->many)
		(void)buf_fmt(whom, "%s says that ", buf_cstr(&d->web.name));
	(void)buf_str(whom, r->name);
	return r;
}

/* flush - what is known of the user under way becomes a result */
static void
flush(struct doveadm *d)
{
	const char *name = buf_cstr(&d->whose);
	struct quota_refusal refusal = {
		.cause = CAUSE_GREETING_WRONG_PROTOCOL, .stage = STAGE_QUOTA
	};
	struct doveadm_user *user;
	struct buf whom;
	struct result *r;

	if (!d->under_way)
		return;
	d->under_way = false;
	if (d->wrong.len > 0) {
		refusal.why = d->wrong;
		doveadm_user_refused(d, name, &refusal, false);
	} else {
		r = new_result(d, name, &whom);
		if (r != NULL)
			quota_found(r, "doveadm", &d->list,
			    d->look->work->settings, buf_cstr(&whom), NULL);
		buf_free(&whom);
	}
	user = doveadm_users_find(&d->users, buf_span(&d->whose));
	if (user != NULL)
		user->answered = true;
	d->found++;
	quota_list_free(&d->list);
	buf_clear(&d->wrong);
	buf_clear(&d->whose);
}

/* begin - rows of that user follow */
static void
begin(struct doveadm *d, struct span name)
{
	if (d->under_way && d->whose.len == name.len &&
	    memcmp(buf_cstr(&d->whose), name.p, name.len) == 0)
		return;
	flush(d);
	d->under_way = true;
	(void)buf_span_add(&d->whose, name);
}

/* asked_for - the user whom the outcome of that number is about, as far as the question says so; NULL several */
static const char *
asked_for(const struct doveadm *d, size_t nth)
{
	if (d->batch != NULL)
		return nth < d->nbatch ? d->batch[nth]->name : NULL;
	return d->many ? NULL : d->user;
}

/* number - of a member; false when it is none */
static bool
number(const struct doveadm *d, const struct json_value *value, uint64_t *out)
{
	int64_t n;

	if (d->json->integer(value, &n)) {
		*out = n < 0 ? 0 : (uint64_t)n;
		return n >= 0;
	}
	return doveadm_reply_number(d->json->string(value), out);
}

/* complain - about a value of the user under way; the first one counts */
static void
complain(struct doveadm *d, const char *what, struct span type,
    const struct json_value *value)
{
	struct span words = d->json->string(value);

	if (d->wrong.len > 0)
		return;
	(void)buf_fmt(&d->wrong, "the %s of ", what);
	text_clean(&d->wrong, type, TEXT_RUN_MAX);
	if (words.p == NULL) {
		(void)buf_str(&d->wrong, " is no number");
	} else {
		(void)buf_str(&d->wrong, " is \"");
		text_clean(&d->wrong, words, TEXT_RUN_MAX * 2);
		(void)buf_str(&d->wrong, "\", which is no number");
	}
	(void)buf_str(&d->wrong, ": see whether Dovecot answers there");
}

/* add - a row to the list of the user under way */
static void
add(struct doveadm *d, const struct json_value *row)
{
	const struct json_functions *j = d->json;
	const struct json_value *limit = j->member(row, "limit");
	struct span type = j->string(j->member(row, "type"));
	struct span root = j->string(j->member(row, "root"));
	bool bytes = type.p != NULL && span_is(type, "STORAGE");
	uint64_t used, most = 0;
	struct quota_row *made;

	if (type.p == NULL || root.p == NULL) {
		complain(d, "type or root", span_of("a quota"), NULL);
		return;
	}
	if (!number(d, j->member(row, "value"), &used)) {
		complain(d, "value", type, j->member(row, "value"));
		return;
	}
	if (!number(d, limit, &most) &&
	    !(j->string(limit).p != NULL && span_is(j->string(limit), "-"))) {
		complain(d, "limit", type, limit);
		return;
	}
	made = quota_list_add(&d->list, root, type,
	    bytes ? QUOTA_BYTES : QUOTA_COUNT);
	if (made == NULL)
		return;
	made->used = quota_scale(used, bytes ? 1024 : 1);
	made->limited = most > 0;
	made->limit = quota_scale(most, bytes ? 1024 : 1);
}

/* no_answer - it is none of Dovecot's; always false */
static bool
no_answer(struct doveadm *d, const char *why)
{
	d->refusal.cause = CAUSE_GREETING_WRONG_PROTOCOL;
	d->refusal.stage = STAGE_QUOTA;
	buf_clear(&d->refusal.why);
	(void)buf_fmt(&d->refusal.why, "what it answers is none of Dovecot's "
	    "quotas (%s): correct -H or -p", why);
	return false;
}

static bool
take_row(struct doveadm *d, size_t nth, struct span text)
{
	const char *why, *alone = asked_for(d, nth);
	const struct json_value *row;
	struct json_text *json = d->json->read(text, &why);
	struct span name;

	if (json == NULL)
		return no_answer(d, why);
	row = d->json->top(json);
	name = d->json->string(d->json->member(row, "username"));
	if (alone != NULL)
		name = span_of(alone);
	if (name.p == NULL || name.len > DOVEADM_ROW_MAX) {
		d->json->free(json);
		return no_answer(d, "a row names no user");
	}
	begin(d, name);
	if (d->found < DOVEADM_USERS_MAX)
		add(d, row);
	d->json->free(json);
	if (d->list.n == DOVEADM_ROWS_MAX)
		return no_answer(d, "too many rows of one user");
	return d->found < DOVEADM_USERS_MAX ||
	    no_answer(d, "too many users");
}

/* take_users - who there is */
static bool
take_users(struct doveadm *d, const struct json_value *list)
{
	size_t i, n = d->json->count(list);
	struct span name;

	if (d->json->kind(list) != JSON_KIND_ARRAY)
		return no_answer(d, "there is no list of users");
	for (i = 0; i < n; i++) {
		name = d->json->string(d->json->at(list, i));
		if (name.p == NULL)
			return no_answer(d, "a user without a name");
		if (!doveadm_users_add(&d->users, name))
			return no_answer(d, d->users.nomem ? "no memory" :
			    "too many users");
	}
	doveadm_users_sort(&d->users);
	d->users.known = true;
	return true;
}

/* of_exit - why a command failed, by the exit code of doveadm; `listed`: for a user that it has named itself */
static void
of_exit(struct quota_refusal *refusal, int64_t code, bool listed)
{
	refusal->cause = CAUSE_MAILBOX_UNAVAILABLE;
	switch (code) {
	case EXIT_NO_USER:
	case EXIT_NOT_FOUND:
		if (listed) {
			(void)buf_str(&refusal->why, "Dovecot lists this user "
			    "and then knows no such user: see its log and "
			    "its userdb");
			break;
		}
		refusal->cause = CAUSE_USAGE_OPTION;
		(void)buf_str(&refusal->why, "Dovecot knows no such user: "
		    "correct --user");
		break;
	case EXIT_NOT_POSSIBLE:
		(void)buf_str(&refusal->why, "Dovecot says that this is not "
		    "possible: see its log");
		break;
	case EXIT_TEMPORARY:
		(void)buf_str(&refusal->why, "Dovecot fails with this user "
		    "for now: see its log");
		break;
	case EXIT_NO_RIGHT:
		(void)buf_str(&refusal->why, "Dovecot has no right to this "
		    "mailbox: see its log");
		break;
	default:
		(void)buf_fmt(&refusal->why, "Dovecot fails with exit code %"
		    PRId64 ": see its log", code);
	}
}

/* of_error - the same, for a command that was not even run */
static void
of_error(struct doveadm *d, struct quota_refusal *refusal, bool users,
    const struct json_value *error)
{
	struct span type = d->json->string(d->json->member(error, "type"));
	const char *command = users ? "user" : "quota get";
	int64_t code = 0;

	refusal->stage = STAGE_QUOTA;
	if (type.p != NULL && span_is(type, "exitCode")) {
		(void)d->json->integer(d->json->member(error, "exitCode"),
		    &code);
		of_exit(refusal, code, d->batch != NULL);
	} else if (type.p != NULL && span_is(type, "unAuthorized")) {
		refusal->cause = CAUSE_AUTH_UNAUTHORIZED;
		refusal->stage = STAGE_AUTH;
		(void)buf_fmt(&refusal->why, "Dovecot does not allow \"%s\": "
		    "add it to doveadm_allowed_commands", command);
	} else if (type.p != NULL && span_is(type, "unknownMethod")) {
		refusal->cause = CAUSE_QUOTA_UNSUPPORTED;
		(void)buf_fmt(&refusal->why, "Dovecot knows no \"%s\"%s",
		    command, users ? "" : ": add quota to its mail_plugins");
	} else {
		refusal->cause = CAUSE_QUOTA_UNSUPPORTED;
		(void)buf_fmt(&refusal->why, "Dovecot refuses \"%s\" (",
		    command);
		text_clean(&refusal->why, type.p != NULL ? type :
		    span_of("no reason"), TEXT_RUN_MAX * 4);
		(void)buf_str(&refusal->why, "): see its log");
	}
}

/* failed - a command with an error; of a user, of all or of the list */
static void
failed(struct doveadm *d, size_t nth, const struct json_value *error)
{
	const char *alone = asked_for(d, nth);
	struct quota_refusal refusal = { .cause = CAUSE_NONE };

	buf_init(&refusal.why, SENTENCE_MAX);
	of_error(d, &refusal, d->many && d->batch == NULL && nth == 0, error);
	if (alone != NULL) {
		doveadm_user_refused(d, alone, &refusal, false);
		if (d->batch != NULL)
			d->batch[nth]->answered = true;
		d->found++;
	} else if (!d->all_refused) {
		d->all_refused = true;
		d->all_refusal = refusal;
		return;
	}
	buf_free(&refusal.why);
}

/* answered - a command that did what it should; nobody's rows are an answer, too */
static bool
answered(struct doveadm *d, size_t nth, const struct json_value *what)
{
	const char *alone = asked_for(d, nth);

	if (alone == NULL && nth == 0)
		return take_users(d, d->json->member(what, "userList"));
	if (d->json->kind(what) != JSON_KIND_ARRAY)
		return no_answer(d, "there are no rows");
	if (alone != NULL)
		begin(d, span_of(alone));
	flush(d);
	return true;
}

static bool
take_outcome(struct doveadm *d, size_t nth, struct span text)
{
	const struct json_functions *j = d->json;
	const struct json_value *top;
	struct json_text *json;
	const char *why;
	struct span word;
	bool ok = true;

	json = j->read(text, &why);
	if (json == NULL)
		return no_answer(d, why);
	top = j->top(json);
	word = j->string(j->at(top, 0));
	d->outcomes++;
	if (word.p != NULL && span_is(word, "error"))
		failed(d, nth, j->at(top, 1));
	else if (word.p != NULL && span_is(word, "doveadmResponse"))
		ok = answered(d, nth, j->at(top, 1));
	else
		ok = no_answer(d, "an outcome of no kind");
	j->free(json);
	return ok;
}

bool
doveadm_take(void *arg, enum doveadm_piece piece, size_t nth, struct span text)
{
	struct doveadm *d = arg;

	if (d->batch != NULL ? nth >= d->nbatch : nth >= (d->many ? 2 : 1))
		return no_answer(d, "more than was asked for");
	return piece == DOVEADM_ROW ? take_row(d, nth, text) :
	    take_outcome(d, nth, text);
}
