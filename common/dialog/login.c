/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * login - which mechanism, and whether any may be used at all
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "dialog/login.h"

static const char *const everyday[] = { "PLAIN", "LOGIN" };
static const char *const external[] = { "EXTERNAL" };
static const char *const strong[] = {
	"SCRAM-SHA-256", "SCRAM-SHA-1", "DIGEST-MD5", "CRAM-MD5", "APOP",
	"PLAIN", "LOGIN"
};

void
login_offers(struct login_offer *offer, struct span name)
{
	char *to;
	size_t i;

	if (name.len == 0 || name.len >= SASL_NAME_MAX ||
	    offer->n == SASL_MECHANISMS_MAX)
		return;
	to = offer->names[offer->n];
	for (i = 0; i < name.len; i++) {
		to[i] = name.p[i];
		if (to[i] >= 'a' && to[i] <= 'z')
			to[i] = (char)(to[i] - 'a' + 'A');
		if ((to[i] < 'A' || to[i] > 'Z') && (to[i] < '0' ||
		    to[i] > '9') && to[i] != '-' && to[i] != '_')
			return;
	}
	to[i] = '\0';
	offer->n++;
}

bool
login_offered(const struct login_offer *offer, const char *name)
{
	size_t i;

	for (i = 0; i < offer->n; i++)
		if (span_is(span_of(offer->names[i]), name))
			return true;
	return false;
}

bool
login_needs_sasl(const struct login *login)
{
	return !text_is_ascii(login->user) || !text_is_ascii(login->password);
}

/* sends_password - does the mechanism put the password itself on the wire, or what it can be found out from */
static bool
sends_password(const char *mechanism)
{
	return span_is(span_of(mechanism), "PLAIN") ||
	    span_is(span_of(mechanism), "LOGIN") ||
	    span_is(span_of(mechanism), "APOP");
}

/* wishes - the mechanisms that may be used, in order */
static size_t
wishes(const struct session *s, const struct login *login,
    const char *const **list)
{
	if (login->nmechanisms > 0) {
		*list = login->mechanisms;
		return login->nmechanisms;
	}
	if (login->client_cert && login->password.p == NULL) {
		*list = external;
		return sizeof(external) / sizeof(external[0]);
	}
	if (s->secure && !login->strongest) {
		*list = everyday;
		return sizeof(everyday) / sizeof(everyday[0]);
	}
	*list = strong;
	return sizeof(strong) / sizeof(strong[0]);
}

/* take - can this mechanism be used with what is offered?  Fills in the choice. */
static bool
take(const char *mechanism, const struct login *login,
    const struct login_offer *offer, bool command_first,
    struct login_choice *choice, struct buf *why)
{
	bool plain = span_is(span_of(mechanism), "PLAIN");
	bool named = offer->command != NULL &&
	    span_is(span_of(mechanism), offer->command);
	bool listed = login_offered(offer, mechanism);
	bool command = offer->command != NULL && offer->disabled == NULL &&
	    (named || (plain && login->nmechanisms == 0));

	memset(choice, 0, sizeof(*choice));
	span_copy(span_of(mechanism), choice->mechanism,
	    sizeof(choice->mechanism));
	if (command && (!listed || command_first)) {
		choice->how = LOGIN_COMMAND;
		span_copy(span_of(offer->command), choice->mechanism,
		    sizeof(choice->mechanism));
		return true;
	}
	if (!listed)
		return false;
	choice->how = span_is(span_of(mechanism), "APOP") ? LOGIN_APOP :
	    LOGIN_SASL;
	if (choice->how == LOGIN_APOP || sasl_is_builtin(span_of(mechanism)))
		return true;
	choice->functions = login->sasl == NULL ? NULL : login->sasl(why);
	return choice->functions != NULL;
}

/* refuse - nothing can be used: say why, with what is offered */
static bool
refuse(struct session *s, const struct login *login,
    const struct login_offer *offer, bool clear, struct buf *why)
{
	struct buf list;
	size_t i;

	buf_init(&list, SENTENCE_MAX / 2);
	for (i = 0; i < offer->n; i++)
		buf_fmt(&list, "%s%s", i > 0 ? " " : "", offer->names[i]);
	if (why->len > 0 && login->nmechanisms > 0)
		session_find(s, CAUSE_INTERNAL_MODULE, STAGE_AUTH, NULL, "%s",
		    buf_cstr(why));
	else if (offer->disabled != NULL && !s->encrypted)
		session_find(s, CAUSE_AUTH_NEEDS_TLS, STAGE_AUTH, NULL,
		    "%s takes no password without TLS (%s)", s->whom,
		    offer->disabled);
	else if (clear)
		session_find(s, CAUSE_AUTH_CLEARTEXT, STAGE_AUTH, NULL,
		    "%s speaks without TLS, and the password is not sent in clear",
		    s->whom);
	else
		session_find(s, CAUSE_AUTH_NO_MECHANISM, STAGE_AUTH, NULL,
		    "%s offers no login that can be used here; it offers %s",
		    s->whom, list.len > 0 ? buf_cstr(&list) : "none");
	buf_free(&list);
	return false;
}

bool
login_choose(struct session *s, const struct login *login,
    const struct login_offer *offer, bool command_first,
    struct login_choice *choice)
{
	bool clear = !s->encrypted && !s->config->allow_cleartext;
	bool held_back = false, chosen = false;
	const char *const *list;
	struct buf why;
	size_t i, n;

	buf_init(&why, SENTENCE_MAX);
	n = wishes(s, login, &list);
	for (i = 0; i < n && !chosen; i++) {
		if (clear && sends_password(list[i]))
			held_back = true;
		else
			chosen = take(list[i], login, offer, command_first,
			    choice, &why);
	}
	if (!chosen)
		refuse(s, login, offer, clear && held_back, &why);
	buf_free(&why);
	return chosen;
}
