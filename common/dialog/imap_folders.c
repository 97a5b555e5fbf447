/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_folders - which folders are the largest
 */
#include <stdlib.h>
#include <string.h>

#include "dialog/imap.h"
#include "dialog/imap_folders.h"
#include "dialog/imap_mailbox.h"
#include "dialog/login.h"
#include "reply/imap_list.h"
#include "reply/imap_reply.h"

static struct imap_folders *
folders_of(const struct session *s)
{
	return imap_of(s)->folders;
}

void
imap_folders_free(struct imap_folders *f)
{
	size_t i;

	for (i = 0; f != NULL && i < f->nnames; i++)
		free(f->names[i]);
	if (f != NULL)
		free(f->names);
	free(f);
}

static bool
wanted(const struct session *s)
{
	const struct login *login = s->config->login;

	return login->wishes != NULL && login->wishes->folders;
}

/* at_once - one LIST tells all */
static bool
at_once(const struct session *s)
{
	return login_caps_has(&imap_of(s)->login, "LIST-STATUS");
}

static bool
begin(struct session *s)
{
	struct imap *m = imap_of(s);

	if (m->folders == NULL)
		m->folders = calloc(1, sizeof(*m->folders));
	if (m->folders != NULL && m->folders->names == NULL)
		m->folders->names = calloc(FOLDERS_ASKED, sizeof(char *));
	if (m->folders == NULL || m->folders->names == NULL) {
		s->result->sheet.nomem = true;
		return false;
	}
	m->folders->sized = login_caps_has(&m->login, "STATUS=SIZE") ||
	    (m->caps & CAP_REV2) != 0;
	return true;
}

static bool
say_list(struct session *s, struct exchange *x)
{
	if (!begin(s))
		return false;
	imap_begin(s, x, "LIST");
	imap_word(s, "\"\" \"*\"");
	if (at_once(s))
		imap_word(s, folders_of(s)->sized ?
		    "RETURN (STATUS (MESSAGES SIZE))" :
		    "RETURN (STATUS (MESSAGES))");
	return imap_end(s);
}

/* keep - a name that is to be asked for */
static void
keep(struct session *s, struct span name)
{
	struct imap_folders *f = folders_of(s);
	char *copy;

	if (f->nnames == FOLDERS_ASKED || memchr(name.p, '\0', name.len) != NULL)
		return;
	copy = malloc(name.len + 1);
	if (copy == NULL) {
		s->result->sheet.nomem = true;
		return;
	}
	span_copy(name, copy, name.len + 1);
	f->names[f->nnames++] = copy;
}

static void
take_list(struct session *s, struct span text)
{
	struct imap_folders *f = folders_of(s);
	struct buf separator, name;
	bool usable;

	buf_init(&separator, IMAP_REPLY_MAX);
	buf_init(&name, IMAP_REPLY_MAX);
	if (imap_list(text, &usable, &separator, &name) && usable &&
	    name.len > 0) {
		f->listed++;
		if (!at_once(s))
			keep(s, buf_span(&name));
	}
	s->result->sheet.nomem |= separator.nomem || name.nomem;
	buf_free(&separator);
	buf_free(&name);
}

static bool
larger(const struct imap_folder *a, const struct imap_folder *b)
{
	return a->bytes != b->bytes ? a->bytes > b->bytes :
	    a->messages > b->messages;
}

/* rank - among the largest, if it is one of them */
static void
rank(struct imap_folders *f, const struct imap_folder *folder)
{
	size_t at = f->n, n;

	while (at > 0 && larger(folder, &f->largest[at - 1]))
		at--;
	if (at == FOLDERS_SHOWN)
		return;
	n = f->n < FOLDERS_SHOWN ? f->n++ : FOLDERS_SHOWN - 1;
	memmove(&f->largest[at + 1], &f->largest[at],
	    (n - at) * sizeof(*folder));
	f->largest[at] = *folder;
}

static void
take_status(struct session *s, struct span text)
{
	struct imap_folders *f = folders_of(s);
	struct imap_folder folder = { .bytes = 0 };
	struct buf wire, name;

	buf_init(&wire, IMAP_REPLY_MAX);
	buf_init(&name, IMAP_REPLY_MAX);
	if (imap_string(&text, &wire)) {
		imap_decoded(s, buf_span(&wire), &name);
		session_quote(s, buf_span(&name), folder.name);
		(void)imap_number_after(text, "SIZE", &folder.bytes);
		if (imap_number_after(text, "MESSAGES", &folder.messages)) {
			f->seen++;
			rank(f, &folder);
		}
	}
	s->result->sheet.nomem |= wire.nomem || name.nomem;
	buf_free(&wire);
	buf_free(&name);
}

static enum heard
hear(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap_folders *f = folders_of(s);

	(void)x;
	if (r->kind == REPLY_CONTINUE)
		imap_continue(s);
	if (r->kind == REPLY_UNTAGGED && span_is(r->word, "LIST"))
		take_list(s, r->text);
	else if (r->kind == REPLY_UNTAGGED && span_is(r->word, "STATUS"))
		take_status(s, r->text);
	if (r->kind == REPLY_TAGGED) {
		imap_forget_command(s);
		return HEARD_OK;
	}
	return f->listed + f->seen < FOLDERS_LISTED ? HEARD_MORE : HEARD_STOP;
}

static unsigned
asked(const struct session *s)
{
	return (unsigned)folders_of(s)->nnames;
}

static bool
say_status(struct session *s, struct exchange *x)
{
	imap_begin(s, x, "STATUS");
	imap_astring(s, span_of(folders_of(s)->names[x->turn]), false);
	imap_word(s, folders_of(s)->sized ? "(MESSAGES SIZE)" : "(MESSAGES)");
	return imap_end(s);
}

const struct rung imap_folders_ladder[] = {
	{ .stage = STAGE_QUOTA, .when = wanted, .say = say_list, .hear = hear,
	    .silent = "did not tell its folders", .ended = "at LIST" },
	{ .stage = STAGE_QUOTA, .when = wanted, .say = say_status,
	    .hear = hear, .count = asked, .window = 4,
	    .silent = "did not tell the size of a folder",
	    .ended = "at the size of a folder" },
	RUNG_END
};
