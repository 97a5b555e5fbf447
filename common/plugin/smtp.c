/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * smtp - what the checks that speak SMTP are told, and what they know
 */
#define _GNU_SOURCE
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "plugin/smtp.h"
#include "report/json.h"

/* what is kept of a session when it is gone */
struct kept {
	enum smtp_hello	 hello;
	bool		 has_size;
	uint64_t	 size;
	bool		 asked_from, asked_rcpt;
	bool		 from_taken, rcpt_taken;
};

/* is_literal - "[192.0.2.1]" or "[IPv6:2001:db8::1]" (RFC 5321 section 4.1.3) */
static bool
is_literal(struct span s)
{
	struct address address;

	if (s.len < 3 || s.p[0] != '[' || s.p[s.len - 1] != ']')
		return false;
	s = (struct span){ s.p + 1, s.len - 2 };
	if (span_begins(s, "IPv6:"))
		return address_parse((struct span){ s.p + 5, s.len - 5 },
		    &address) && address.family == 6;
	return address_parse(s, &address) && address.family == 4;
}

/* set_helo - a bare address is no name */
static bool
set_helo(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct span name = span_of(value);
	struct address address;
	const char **text = field;

	(void)plugin;
	if (is_literal(name) || (target_is_host(name) &&
	    !address_parse(name, &address))) {
		*text = value;
		return true;
	}
	buf_str(why, "a host name such as client.example.org, or an address "
	    "in brackets such as [192.0.2.1] or [IPv6:2001:db8::1]");
	return false;
}

const struct opt_type opt_helo = {
	.has_value = true, .set = set_helo, .noun = "name to greet with",
	.complete = COMPLETE_HOST
};

/* set_path - nothing that could end the path or the line */
static bool
set_path(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct span path = span_of(value);
	const char **text = field;

	(void)plugin;
	if (span_is(path, "<>") || (path.len > 0 &&
	    path.len <= SMTP_PATH_MAX && text_is_utf8(path) &&
	    !text_has_control(path) && strpbrk(value, " <>") == NULL)) {
		*text = value;
		return true;
	}
	buf_fmt(why, "a mail address such as alice@example.org without "
	    "brackets and spaces, at most %d bytes", SMTP_PATH_MAX);
	return false;
}

const struct opt_type opt_path = {
	.has_value = true, .set = set_path, .noun = "mail address"
};

bool
smtp_check(const struct smtp_options *options, const struct settings *set,
    struct opt_error *error)
{
	if (options->rcpt != NULL && strcmp(options->rcpt, "<>") == 0)
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "--rcpt=<> is no recipient: only a sender may be empty");
	else if (options->rcpt != NULL && options->from == NULL)
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "--rcpt needs a sender, too: name it with --from; --help tells how to name the empty one");
	else if (options->lmtp && set->port == 25)
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "--lmtp is never spoken on port 25 (RFC 2033 section 5): name the port with -p");
	else
		return true;
	return false;
}

/* own_name - of this host, where it has a domain */
static const char *
own_name(struct smtp_options *options)
{
	struct address address;
	struct span name;

	if (gethostname(options->host, sizeof(options->host) - 1) != 0)
		return NULL;
	name = span_of(options->host);
	if (strchr(options->host, '.') == NULL || !target_is_host(name) ||
	    address_parse(name, &address))
		return NULL;
	return options->host;
}

void
smtp_wish(struct smtp_options *options, struct login *login)
{
	bool nobody = options->from != NULL &&
	    strcmp(options->from, "<>") == 0;

	options->wishes.helo = options->helo != NULL ? options->helo :
	    own_name(options);
	options->wishes.from = nobody ? "" : options->from;
	options->wishes.rcpt = options->rcpt;
	options->wishes.lmtp = options->lmtp;
	login->mail = &options->wishes;
}

void
smtp_conclude(struct session *s)
{
	const struct smtp_wishes *wishes = smtp_wishes_of(s);
	const struct smtp *m = s->talk;
	struct kept *k;

	if (m == NULL)
		return;
	k = login_keep(s, &m->login, sizeof(*k));
	if (k == NULL)
		return;
	k->hello = m->hello;
	k->has_size = m->has_size;
	k->size = m->size;
	k->asked_from = wishes->from != NULL;
	k->asked_rcpt = wishes->rcpt != NULL;
	k->from_taken = m->from_taken;
	k->rcpt_taken = m->rcpt_taken;
}

void
smtp_sums(const struct session *s, char text[LOGIN_SUMS_MAX * 2])
{
	const struct smtp_wishes *wishes = smtp_wishes_of(s);
	const struct smtp *m = s->talk;
	const char *user = s->result->target.user;
	struct buf b;

	buf_init(&b, LOGIN_SUMS_MAX * 2 - 1);
	if (m->login.logged_in)
		buf_fmt(&b, "%s logged in at %s", user, s->whom);
	else
		buf_fmt(&b, "%s answers %s", s->whom,
		    m->hello == HELLO_LHLO ? "LHLO" :
		    m->hello == HELLO_EHLO ? "EHLO" : "HELO");
	if (wishes->from != NULL)
		buf_fmt(&b, " and would send mail from %s%s%s",
		    wishes->from[0] != '\0' ? wishes->from : "<>",
		    wishes->rcpt != NULL ? " to " : "",
		    wishes->rcpt != NULL ? wishes->rcpt : "");
	span_copy(buf_span(&b), text, LOGIN_SUMS_MAX * 2);
	buf_free(&b);
}

static void
asked(struct json *j, const char *key, bool was, bool taken)
{
	if (was)
		json_bool(j, key, taken);
	else
		json_null(j, key);
}

static void
facts_of_mail(struct json *j, const void *own)
{
	static const char *const hellos[] = { NULL, "EHLO", "HELO", "LHLO" };
	static const struct kept nothing;
	const struct kept *k = own != NULL ? own : &nothing;

	json_string(j, "hello", hellos[k->hello]);
	login_number(j, "size", k->has_size, k->size);
	asked(j, "sender_taken", k->asked_from, k->from_taken);
	asked(j, "recipient_taken", k->asked_rcpt, k->rcpt_taken);
}

void
smtp_facts(const struct run *run, struct json *j)
{
	login_facts(run, j, "smtp", facts_of_mail);
}

void
lmtp_facts(const struct run *run, struct json *j)
{
	login_facts(run, j, "lmtp", facts_of_mail);
}
