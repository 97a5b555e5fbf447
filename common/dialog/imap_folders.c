/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_folders - ask how large the folders are
 *
 *	status-att-val =/ "SIZE" SP number64
 *	mailbox-list = "(" [mbx-list-flags] ")" SP
 *		       (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
 */
#include <string.h>

#include "base/utf7.h"
#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"
#include "dialog/imap_quota.h"
#include "dialog/login.h"
#include "reply/imap_reply.h"

static struct imap_folders *
folders_of(const struct session *s)
{
	return &imap_of(s)->quota->folders;
}

/* only_rev2 - it speaks IMAP4rev2 alone, which has both extensions built in (RFC 9051 appendix E) */
static bool
only_rev2(const struct session *s)
{
	return (imap_of(s)->caps & (CAP_REV1 | CAP_REV2)) == CAP_REV2;
}

static bool
offers(const struct session *s, const char *name)
{
	return only_rev2(s) || login_caps_has(&imap_of(s)->login, name);
}

static bool
wants_folders(const struct session *s)
{
	const struct login *login = s->config->login;

	if (login->wishes == NULL || !login->wishes->folders)
		return false;
	folders_of(s)->sizeless = !offers(s, "STATUS=SIZE");
	return !folders_of(s)->sizeless;
}

/* late - is so much of the time gone that the rest is better not begun? */
static bool
late(const struct session *s)
{
	const struct session_config *c = s->config;

	return s->climb.now - c->started > (c->deadline - c->started) / 4 * 3;
}

static bool
say_list(struct session *s, struct exchange *x)
{
	struct imap_folders *f = folders_of(s);

	buf_free(&f->names);
	memset(f, 0, sizeof(*f));
	buf_init(&f->names, IMAP_FOLDERS_NAMES_MAX);
	imap_begin(s, x, "LIST");
	imap_word(s, "\"\" \"*\"");
	if (offers(s, "LIST-STATUS"))
		imap_word(s, "RETURN (STATUS (MESSAGES SIZE))");
	return imap_end(s);
}

/* place - a folder where it belongs among the largest; what falls out at the end is forgotten */
static void
place(struct imap_folders *f, const struct imap_folder *folder)
{
	unsigned i = f->ntop, k;

	while (i > 0 && f->top[i - 1].bytes < folder->bytes)
		i--;
	if (i == IMAP_FOLDERS_SHOWN)
		return;
	f->ntop += f->ntop < IMAP_FOLDERS_SHOWN;
	for (k = f->ntop - 1; k > i; k--)
		f->top[k] = f->top[k - 1];
	f->top[i] = *folder;
}

static void
take_status(struct session *s, struct span text)
{
	struct imap_folder folder = { .has_messages = false };
	struct imap_folders *f = folders_of(s);
	struct buf wire, name;

	buf_init(&wire, IMAP_REPLY_MAX);
	buf_init(&name, IMAP_REPLY_MAX);
	if (imap_string(&text, &wire) &&
	    imap_number_after(text, "SIZE", &folder.bytes)) {
		folder.has_messages = imap_number_after(text, "MESSAGES",
		    &folder.messages);
		session_quote(s, !only_rev2(s) && utf7_decode(&name,
		    buf_span(&wire)) ? buf_span(&name) : buf_span(&wire),
		    folder.name);
		f->nsized++;
		place(f, &folder);
	}
	if (wire.nomem || name.nomem)
		s->result->sheet.nomem = true;
	buf_free(&wire);
	buf_free(&name);
}

/* flags - off the front; false when the folder cannot be opened */
static bool
flags(struct span *text)
{
	const char *close = text->len == 0 ? NULL :
	    memchr(text->p, ')', text->len);
	struct span list = *text;

	if (close == NULL || text->p[0] != '(')
		return false;
	list.len = (size_t)(close - list.p);
	text->p += list.len + 1;
	text->len -= list.len + 1;
	return !span_has(list, "\\Noselect") && !span_has(list, "\\NonExistent");
}

/* keep - a name to be asked for; one that would need a literal is left out, for those wait and many are under way */
static void
keep(struct imap_folders *f, struct span name)
{
	if (f->nnames == IMAP_FOLDERS_ASKED_MAX || name.len >= 1024 ||
	    name.len >= IMAP_FOLDERS_NAMES_MAX - f->names.len ||
	    !text_is_ascii(name) || text_has_control(name)) {
		f->cut = true;
		return;
	}
	(void)buf_span_add(&f->names, name);
	(void)buf_char(&f->names, '\0');
	f->nnames += !f->names.nomem;
}

static void
take_list(struct session *s, struct span text)
{
	struct imap_folders *f = folders_of(s);
	bool usable = flags(&text);
	struct buf word;

	buf_init(&word, IMAP_REPLY_MAX);
	text = span_trim(text);
	if (usable && imap_string(&text, &word)) {
		buf_clear(&word);
		if (imap_string(&text, &word))
			keep(f, buf_span(&word));
	}
	if (word.nomem || f->names.nomem)
		s->result->sheet.nomem = true;
	buf_free(&word);
}

/* enough - has the server told so much, or for so long, that no more is heard? */
static bool
enough(struct session *s, const struct reply *r)
{
	struct imap_folders *f = folders_of(s);

	f->bytes += r->line.len;
	if (++f->replies <= IMAP_FOLDERS_LISTED_MAX * 2 &&
	    f->bytes <= IMAP_FOLDERS_BYTES_MAX && !late(s))
		return false;
	f->cut = true;
	return true;
}

static enum heard
hear_list(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind == REPLY_TAGGED)
		return HEARD_OK;
	if (r->kind == REPLY_UNTAGGED && span_is(r->word, "STATUS"))
		take_status(s, r->text);
	else if (r->kind == REPLY_UNTAGGED && span_is(r->word, "LIST") &&
	    !offers(s, "LIST-STATUS"))
		take_list(s, r->text);
	return enough(s, r) ? HEARD_STOP : HEARD_MORE;
}

static unsigned
names(const struct session *s)
{
	struct imap_folders *f = folders_of(s);

	if (f->nnames > 0 && late(s)) {
		f->cut = true;
		return 0;
	}
	return f->nnames;
}

static bool
wants_status(const struct session *s)
{
	return wants_folders(s) && folders_of(s)->nnames > 0;
}

static bool
say_status(struct session *s, struct exchange *x)
{
	struct imap_folders *f = folders_of(s);
	const char *name = buf_cstr(&f->names) + f->next;

	f->next += strlen(name) + 1;
	imap_begin(s, x, "STATUS");
	imap_astring(s, span_of(name), false);
	imap_word(s, "(MESSAGES SIZE)");
	return imap_end(s);
}

static enum heard
hear_status(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind == REPLY_TAGGED)
		return HEARD_OK;
	if (r->kind == REPLY_UNTAGGED && span_is(r->word, "STATUS"))
		take_status(s, r->text);
	return enough(s, r) ? HEARD_STOP : HEARD_MORE;
}

const struct rung imap_folders_ladder[] = {
	{ .stage = STAGE_QUOTA, .when = wants_folders,
	    .say = say_list, .hear = hear_list,
	    .silent = "did not tell the sizes of the folders" },
	{ .stage = STAGE_QUOTA, .when = wants_status,
	    .say = say_status, .hear = hear_status,
	    .count = names, .window = WINDOW_MAX,
	    .silent = "did not tell the sizes of the folders" },
	RUNG_END
};
