/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_nearest - which mailbox was meant
 *
 *	Namespace    = nil / "(" 1*( "(" string SP (<"> QUOTED-CHAR <"> / nil)
 *		       *(Namespace_Response_Extension) ")" ) ")"
 *
 * The first namespace of NAMESPACE (RFC 2342 section 5) is the user's own.
 */
#include <stdlib.h>
#include <string.h>

#include "base/slips.h"
#include "base/text.h"
#include "dialog/imap.h"
#include "dialog/imap_nearest.h"
#include "reply/imap_list.h"
#include "reply/imap_reply.h"

/* the name most like the one that is missing */
struct imap_nearest {
	char		 found[TEXT_QUOTE_BUF];	/* "" none is near */
	size_t		 slips;
	char		 prefix[TEXT_QUOTE_BUF];	/* of the user's own namespace, "" none */
	char		 separator;	/* NUL none told */
	unsigned	 listed;	/* names that can be opened */
	unsigned	 replies;
};

/* a name as it is compared */
struct shape {
	char	text[SLIPS_WORD_MAX];
	size_t	len;
};

static bool
is_missing(const struct session *s)
{
	return imap_of(s)->box.missing;
}

static bool
has_namespace(const struct session *s)
{
	return is_missing(s) && login_caps_has(&imap_of(s)->login, "NAMESPACE");
}

/* begin - what is learnt here has a place of its own: few sessions need it */
static bool
begin(struct session *s)
{
	struct imap *m = imap_of(s);

	if (m->nearest == NULL)
		m->nearest = calloc(1, sizeof(*m->nearest));
	s->result->sheet.nomem |= m->nearest == NULL;
	return m->nearest != NULL;
}

static bool
say_namespace(struct session *s, struct exchange *x)
{
	if (!begin(s))
		return false;
	imap_begin(s, x, "NAMESPACE");
	return imap_end(s);
}

static void
take_namespace(struct session *s, struct span text)
{
	struct imap_nearest *near = imap_of(s)->nearest;
	struct buf prefix, separator;

	while (text.len > 0 && text.p[0] == '(') {
		text.p++;
		text.len--;
	}
	buf_init(&prefix, IMAP_REPLY_MAX);
	buf_init(&separator, IMAP_REPLY_MAX);
	if (text.len > 0 && text.p[0] == '"' && imap_string(&text, &prefix) &&
	    imap_string(&text, &separator)) {
		session_quote(s, buf_span(&prefix), near->prefix);
		if (separator.len == 1)
			near->separator = buf_span(&separator).p[0];
	}
	if (prefix.nomem || separator.nomem)
		s->result->sheet.nomem = true;
	buf_free(&prefix);
	buf_free(&separator);
}

static enum heard
hear_namespace(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind == REPLY_UNTAGGED && span_is(r->word, "NAMESPACE"))
		take_namespace(s, r->text);
	return r->kind == REPLY_TAGGED ? HEARD_OK : HEARD_MORE;
}

static bool
say_list(struct session *s, struct exchange *x)
{
	if (!begin(s))
		return false;
	imap_begin(s, x, "LIST");
	imap_word(s, "\"\" \"*\"");
	return imap_end(s);
}

static char
folded(char c, char separator)
{
	if (c == separator || c == '/' || c == '.')
		return '/';
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* shape - false for a name that is too long to be compared */
static bool
shape(struct shape *out, struct span name, char separator)
{
	static const char prefix[] = "inbox/";
	const size_t n = sizeof(prefix) - 1;
	size_t i;

	if (name.len > SLIPS_WORD_MAX)
		return false;
	for (i = 0; i < name.len; i++)
		out->text[i] = folded(name.p[i], separator);
	out->len = name.len;
	if (out->len > n && memcmp(out->text, prefix, n) == 0) {
		out->len -= n;
		memmove(out->text, out->text + n, out->len);
	}
	return true;
}

/* weigh - take the name if it is nearer than all before, and near enough to have been meant */
static void
weigh(struct session *s, struct span name)
{
	struct imap_nearest *near = imap_of(s)->nearest;
	struct shape a, b;
	size_t far, allowed;

	if (!shape(&a, span_of(imap_of(s)->box.name), near->separator) ||
	    !shape(&b, name, near->separator))
		return;
	far = slips((struct span){ a.text, a.len },
	    (struct span){ b.text, b.len });
	allowed = a.len < 4 ? 1 : a.len < 12 ? 2 : a.len / 4;
	if (far > allowed || (near->found[0] != '\0' && far >= near->slips))
		return;
	near->slips = far;
	session_quote(s, name, near->found);
}

static void
take_list(struct session *s, struct span text)
{
	struct imap_nearest *near = imap_of(s)->nearest;
	struct buf separator, name, shown;
	bool usable, good;

	buf_init(&separator, IMAP_REPLY_MAX);
	buf_init(&name, IMAP_REPLY_MAX);
	buf_init(&shown, IMAP_REPLY_MAX);
	good = imap_list(text, &usable, &separator, &name);
	near->listed += usable;
	if (good) {
		if (separator.len == 1)
			near->separator = buf_span(&separator).p[0];
		imap_decoded(s, buf_span(&name), &shown);
		if (usable)
			weigh(s, buf_span(&shown));
	}
	if (separator.nomem || name.nomem || shown.nomem)
		s->result->sheet.nomem = true;
	buf_free(&separator);
	buf_free(&name);
	buf_free(&shown);
}

/* conclude - what was learnt, behind the finding */
static void
conclude(struct session *s)
{
	const struct imap_nearest *near = imap_of(s)->nearest;
	struct sheet *sheet = &s->result->sheet;
	char separator[TEXT_QUOTE_BUF];

	if (near->found[0] != '\0')
		sheet_say_more(sheet, CAUSE_MAILBOX_MISSING,
		    "; the nearest that exists is %s", near->found);
	else if (near->listed > 0)
		sheet_say_more(sheet, CAUSE_MAILBOX_MISSING,
		    "; none of the %u that exist has a name like that",
		    near->listed);
	if (near->prefix[0] != '\0')
		sheet_say_more(sheet, CAUSE_MAILBOX_MISSING,
		    "; names begin with \"%s\"", near->prefix);
	if (near->separator != '\0')
		sheet_say_more(sheet, CAUSE_MAILBOX_MISSING,
		    "; the separator is \"%s\"", session_quote(s,
		    (struct span){ &near->separator, 1 }, separator));
}

static enum heard
hear_list(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap_nearest *near = imap_of(s)->nearest;

	(void)x;
	if (r->kind == REPLY_UNTAGGED && span_is(r->word, "LIST")) {
		take_list(s, r->text);
		near->replies++;
	}
	if (r->kind != REPLY_TAGGED && near->replies < LISTED_MAX)
		return HEARD_MORE;
	conclude(s);
	return HEARD_FAIL;
}

const struct rung imap_nearest_ladder[] = {
	{ .stage = STAGE_MAILBOX, .when = has_namespace,
	    .say = say_namespace, .hear = hear_namespace },
	{ .stage = STAGE_MAILBOX, .when = is_missing,
	    .say = say_list, .hear = hear_list },
	RUNG_END
};
