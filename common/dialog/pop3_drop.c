/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pop3_drop - look into the maildrop: STAT, UIDL, LIST (RFC 1939 sections 5
 * and 7)
 *
 * UIDL and LIST are asked as a mail client does before it downloads, so only
 * where messages are to be downloaded.  Nobody else changes a maildrop that is
 * open, so what LIST says must agree with STAT.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "dialog/answer.h"
#include "dialog/command.h"
#include "dialog/pop3.h"
#include "dialog/unique.h"
#include "reply/pop3_reply.h"

static bool
say_stat(struct session *s, struct exchange *x)
{
	(void)x;
	return command_say(s, "STAT");
}

/* malformed - an answer to STAT without a number in it */
static enum heard
malformed(struct session *s, const struct reply *r)
{
	char words[TEXT_QUOTE_BUF];

	session_find(s, CAUSE_PROTOCOL_VIOLATION, STAGE_MAILBOX, NULL,
	    "%s answers STAT without a number of messages: \"%s\"", s->whom,
	    session_quote(s, r->line, words));
	return HEARD_FAIL;
}

static enum heard
hear_stat(struct session *s, struct exchange *x, const struct reply *r)
{
	struct pop3_drop *drop = &pop3_of(s)->drop;
	struct pop3_pair pair;

	(void)x;
	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	if (r->status != REPLY_OK)
		return answer_status(s, r, STAGE_MAILBOX,
		    CAUSE_MAILBOX_UNAVAILABLE, "to open the maildrop");
	if (!pop3_pair(r->text, &pair))
		return malformed(s, r);
	drop->opened = true;
	drop->messages = pair.first;
	drop->has_bytes = pair.has_second;
	drop->bytes = pair.second;
	result_note(s->result, STAGE_MAILBOX, "%" PRIu64 " message%s",
	    drop->messages, drop->messages == 1 ? "" : "s");
	if (drop->has_bytes)
		result_note_more(s->result, STAGE_MAILBOX, ", %" PRIu64
		    " bytes", drop->bytes);
	else
		result_note_more(s->result, STAGE_MAILBOX,
		    ", of a size that STAT does not tell");
	return HEARD_OK;
}

/* wants_lists - are there messages to be downloaded? */
static bool
wants_lists(const struct session *s)
{
	const struct login *login = s->config->login;

	return login->fetch > 0 && pop3_of(s)->drop.messages > 0;
}

static bool
wants_uidl(const struct session *s)
{
	const struct pop3 *m = pop3_of(s);

	return wants_lists(s) && (m->no_capa || (m->caps & POP3_UIDL) != 0);
}

static bool
say_uidl(struct session *s, struct exchange *x)
{
	struct pop3_drop *drop = &pop3_of(s)->drop;

	(void)x;
	pop3_lines_begin(s);
	drop->unique = unique_new(drop->messages);
	if (drop->unique == NULL) {
		s->result->sheet.nomem = true;
		return false;
	}
	return command_say(s, "UIDL");
}

/* endless - more lines than any maildrop has messages */
static bool
endless(struct session *s, const char *command)
{
	if (pop3_of(s)->line.lines <= POP3_ENTRIES_MAX)
		return false;
	session_find(s, CAUSE_PROTOCOL_VIOLATION, STAGE_MAILBOX, NULL,
	    "%s answers %s without end", s->whom, command);
	return true;
}

static bool
take_uid(struct session *s, struct span line)
{
	struct pop3_drop *drop = &pop3_of(s)->drop;
	uint64_t number;

	if (!span_number(span_word(&line), &number) || line.len == 0) {
		drop->uidl_odd++;
	} else {
		drop->uids++;
		drop->duplicates += unique_add(drop->unique, span_trim(line));
	}
	return !endless(s, "UIDL");
}

static bool
body_uidl(struct session *s, struct exchange *x, struct span piece,
    uint64_t left)
{
	(void)x;
	(void)left;
	return pop3_lines(s, piece, take_uid);
}

/* A refused UIDL alone is no fault: it is optional, and no message depends on it. */
static enum heard
hear_uidl(struct session *s, struct exchange *x, const struct reply *r)
{
	struct pop3_drop *drop = &pop3_of(s)->drop;

	(void)x;
	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	drop->has_uidl = r->status == REPLY_OK;
	unique_free(drop->unique);
	drop->unique = NULL;
	return HEARD_OK;
}

static bool
say_list(struct session *s, struct exchange *x)
{
	const struct login *login = s->config->login;
	struct pop3_drop *drop = &pop3_of(s)->drop;
	unsigned i;

	(void)x;
	pop3_lines_begin(s);
	drop->sizes = calloc(login->fetch, sizeof(drop->sizes[0]));
	if (drop->sizes == NULL) {
		s->result->sheet.nomem = true;
		return false;
	}
	drop->nsizes = login->fetch;
	for (i = 0; i < drop->nsizes; i++)
		drop->sizes[i] = UINT64_MAX;
	return command_say(s, "LIST");
}

static bool
take_size(struct session *s, struct span line)
{
	struct pop3_drop *drop = &pop3_of(s)->drop;
	struct pop3_pair pair;

	if (!pop3_pair(line, &pair) || !pair.has_second || pair.first == 0 ||
	    pair.first > drop->messages) {
		drop->list_odd++;
		return !endless(s, "LIST");
	}
	drop->listed++;
	if (drop->messages - pair.first < drop->nsizes)
		drop->sizes[drop->messages - pair.first] = pair.second;
	return !endless(s, "LIST");
}

static bool
body_list(struct session *s, struct exchange *x, struct span piece,
    uint64_t left)
{
	(void)x;
	(void)left;
	return pop3_lines(s, piece, take_size);
}

static enum heard
hear_list(struct session *s, struct exchange *x, const struct reply *r)
{
	struct pop3_drop *drop = &pop3_of(s)->drop;

	(void)x;
	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	if (r->status != REPLY_OK)
		return answer_status(s, r, STAGE_MAILBOX,
		    CAUSE_MAILBOX_UNAVAILABLE, "to list the messages");
	drop->has_list = true;
	if (drop->listed != drop->messages || drop->list_odd > 0)
		session_find(s, CAUSE_MAILBOX_DEGRADED, STAGE_MAILBOX, NULL,
		    "%s counts %" PRIu64 " messages by STAT and lists %" PRIu64
		    ", with %" PRIu64 " lines that make no sense", s->whom,
		    drop->messages, drop->listed, drop->list_odd);
	return HEARD_OK;
}

const struct rung pop3_drop_ladder[] = {
	{ .stage = STAGE_MAILBOX, .say = say_stat, .hear = hear_stat },
	{ .stage = STAGE_MAILBOX, .when = wants_uidl,
	    .say = say_uidl, .hear = hear_uidl, .body = body_uidl },
	{ .stage = STAGE_MAILBOX, .when = wants_lists,
	    .say = say_list, .hear = hear_list, .body = body_list },
	RUNG_END
};
