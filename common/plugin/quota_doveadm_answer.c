/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm_answer - what doveadm answers becomes results, as it comes
 *
 * Each result of an answer carries a tag, which is the account asked about and
 * empty for all of them.  Rows about several accounts name theirs, and those of
 * one account stand together.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "judge/quota_doveadm.h"
#include "plugin/quota_doveadm.h"

enum {
	NUMBER_TEXT = 32	/* bytes that any whole number takes */
};

bool
doveadm_many(const struct doveadm *d)
{
	return d->look->options->all_users || d->user.len > 0;
}

/* settle - all is known about this account */
static void
settle(struct doveadm *d, const char *user)
{
	struct result *r = quota_result(d->look->work->run, user);
	struct buf whom;

	if (r != NULL) {
		buf_init(&whom, SENTENCE_MAX);
		if (!doveadm_many(d))
			(void)buf_fmt(&whom, "%s says that ",
			    buf_cstr(&d->whom));
		(void)buf_str(&whom, r->name);
		quota_found(r, quota_doveadm.name, &d->list,
		    d->look->work->settings, buf_cstr(&whom), NULL);
		buf_free(&whom);
	}
	d->results++;
	d->told++;
	quota_list_free(&d->list);
	buf_clear(&d->user);
}

/* of - a member of the row as text; what is a number there is written into `room` */
static struct span
of(const struct doveadm *d, const struct json_value *row, const char *name,
    char room[NUMBER_TEXT])
{
	const struct json_value *value = d->json->member(row, name);
	struct buf text;

	if (d->json->kind(value) != JSON_WHOLE)
		return d->json->text(value);
	buf_init(&text, NUMBER_TEXT - 1);
	(void)buf_fmt(&text, "%lld", (long long)d->json->whole(value));
	(void)span_copy(buf_span(&text), room, NUMBER_TEXT);
	buf_free(&text);
	return span_of(room);
}

/* whose - the account that the row is about; false when there are too many, or its name is none */
static bool
whose(struct doveadm *d, struct span name)
{
	struct span mine = buf_span(&d->user);

	if (name.p == NULL)
		return true;
	if (name.len == 0 || name.len > DOVEADM_WORD_MAX)
		return false;
	if (mine.len == name.len && memcmp(mine.p, name.p, name.len) == 0)
		return true;
	if (mine.len > 0)
		settle(d, buf_cstr(&d->user));
	if (d->results == DOVEADM_USERS_MAX) {
		d->excess = "accounts";
		return false;
	}
	(void)buf_span_add(&d->user, name);
	return !d->user.nomem;
}

static bool
quota_row(struct doveadm *d, const struct json_value *row)
{
	char value[NUMBER_TEXT], limit[NUMBER_TEXT];
	struct quota_doveadm said = {
		.root = d->json->text(d->json->member(row, "root")),
		.type = d->json->text(d->json->member(row, "type")),
		.value = of(d, row, "value", value),
		.limit = of(d, row, "limit", limit)
	};

	return whose(d, d->json->text(d->json->member(row, "username"))) &&
	    quota_doveadm_add(&d->list, &said);
}

/* keep_name - one more account; false when there are too many */
static bool
keep_name(struct doveadm *d, struct span name)
{
	char *copy;

	if (d->names.n == DOVEADM_USERS_MAX)
		d->excess = "accounts";
	if (d->excess != NULL || name.len == 0 || name.len > DOVEADM_WORD_MAX)
		return false;
	copy = malloc(name.len + 1);
	d->nomem = copy == NULL;
	if (copy == NULL)
		return false;
	memcpy(copy, name.p, name.len);
	copy[name.len] = '\0';
	d->names.rows[d->names.n++] = copy;
	return true;
}

/* keep_names - of the command "user" */
static bool
keep_names(struct doveadm *d, const struct json_value *list)
{
	size_t i, n = d->json->count(list);

	if (d->names.rows != NULL || n == 0)
		return false;
	d->names.rows = calloc(n, sizeof(*d->names.rows));
	d->nomem = d->names.rows == NULL;
	for (i = 0; i < n; i++)
		if (d->nomem || !keep_name(d, d->json->text(
		    d->json->item(list, i))))
			return false;
	return true;
}

static bool
row(struct doveadm *d, const struct json_value *value)
{
	const struct json_value *list = d->json->member(value, "userList");
	struct span kind;

	if (list != NULL)
		return keep_names(d, list);
	if (!d->error)
		return quota_row(d, value);
	kind = d->json->text(d->json->member(value, "type"));
	d->code = d->json->whole(d->json->member(value, "exitCode"));
	buf_clear(&d->kind);
	return buf_span_add(&d->kind, kind);
}

static bool
object(void *arg, struct span text)
{
	struct doveadm *d = arg;
	struct json_value *value;
	bool good;

	if (d->words != 1)
		return false;
	value = d->json->read(text);
	if (value == NULL)
		return false;
	good = row(d, value);
	d->json->done(value);
	return good;
}

/* result_ends - with its tag */
static void
result_ends(struct doveadm *d, const char *tag)
{
	const char *user = *tag != '\0' ? tag : NULL;

	if (d->user.len > 0)
		settle(d, buf_cstr(&d->user));
	else if (d->error)
		doveadm_fault_of_code(d, user);
	else if (d->list.n > 0 && user != NULL)
		settle(d, user);
	else if (d->told == 0 && d->names.n == 0)
		doveadm_refuse(d, user, CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA,
		    "Dovecot has no quota for it: give it one in its settings, "
		    "or name another account");
	quota_list_free(&d->list);
	buf_clear(&d->user);
	d->words = 0;
	d->told = 0;
	d->ended++;
}

/* word - "doveadmResponse" or "error", and the tag */
static bool
word(void *arg, struct span text)
{
	struct doveadm *d = arg;
	struct json_value *list;
	struct buf array;
	struct span said;
	bool good = false;

	buf_init(&array, DOVEADM_WORD_MAX + 2);
	(void)buf_fmt(&array, "[%.*s]", (int)text.len, text.p);
	list = d->json->read(buf_span(&array));
	said = d->json->text(d->json->item(list, 0));
	if (said.p != NULL && d->words == 0) {
		d->error = span_is(said, "error");
		good = d->error || span_is(said, "doveadmResponse");
		d->words = 1;
	} else if (said.p != NULL) {
		result_ends(d, said.p);
		good = true;
	}
	if (list != NULL)
		d->json->done(list);
	buf_free(&array);
	return good;
}

void
doveadm_answer_begin(struct doveadm *d)
{
	doveadm_reply_begin(&d->reply, word, object, d);
	buf_init(&d->kind, QUOTA_NAME_MAX);
	buf_init(&d->user, DOVEADM_WORD_MAX);
	d->words = 0;
	d->told = 0;
	d->ended = 0;
}

bool
doveadm_answer_take(void *arg, struct span bytes)
{
	struct doveadm *d = arg;
	enum doveadm_read state = doveadm_reply_take(&d->reply, bytes);

	return state == DOVEADM_MORE || state == DOVEADM_WHOLE;
}

void
doveadm_answer_end(struct doveadm *d)
{
	if (d->reply.state == DOVEADM_NOMEM || d->nomem)
		d->look->work->run->sheet.nomem = true;
	doveadm_reply_end(&d->reply);
	quota_list_free(&d->list);
	buf_free(&d->kind);
	buf_free(&d->user);
}
