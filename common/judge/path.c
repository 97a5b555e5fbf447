/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * path - from attempts to causes
 */
#include <errno.h>
#include <poll.h>

#include "judge/icmp.h"
#include "judge/names.h"
#include "judge/path.h"
#include "judge/path_words.h"

enum {
	PATH_SHOWN = 4		/* addresses that a sentence lists */
};

/* is this one of the errors that are this host's own shortage? */
static bool
is_shortage(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOBUFS ||
	    error == ENOMEM || error == EAGAIN;
}

/* cause_local - connect() or what comes before it failed at once */
static enum cause
cause_local(const struct attempt *a)
{
	if (a->source)
		return CAUSE_USAGE_OPTION;
	switch (a->error) {
	case ENETUNREACH:
	case EHOSTUNREACH:
	case ENETDOWN:
	case EHOSTDOWN:
	case EAFNOSUPPORT:
	case EPROTONOSUPPORT:
		return CAUSE_CONNECT_NO_NETWORK;
	case EADDRNOTAVAIL:
		/* ::1 where IPv6 is switched off; else the ports are used up */
		return a->address.family == 6 ? CAUSE_CONNECT_NO_NETWORK :
		    CAUSE_INTERNAL_ERROR;
	case EACCES:
	case EPERM:
	case EINVAL:
		return CAUSE_CONNECT_LOCAL_POLICY;
	case ECONNREFUSED:
	case ECONNRESET:
		return CAUSE_CONNECT_REFUSED;
	case ETIMEDOUT:
		return CAUSE_CONNECT_FILTERED;
	default:
		return CAUSE_INTERNAL_ERROR;
	}
}

/* cause_icmp - an ICMP error says what happened, and its sender what it means */
static enum cause
cause_icmp(const struct attempt *a)
{
	bool unreachable = icmp_unreachable(a->address.family, a->icmp_type,
	    a->icmp_code);

	/* who answers cannot say of itself that it is out of reach */
	if (a->offender.family != 0 && address_same(&a->offender, &a->address))
		return CAUSE_CONNECT_REJECTED;
	if (!a->offender_is_ours)
		return unreachable ? CAUSE_CONNECT_UNREACHABLE :
		    CAUSE_CONNECT_REJECTED;
	/* our own stack says so of a neighbour that no ARP or ND finds */
	if (!icmp_silent_neighbour(a->address.family, a->icmp_type,
	    a->icmp_code))
		return CAUSE_CONNECT_LOCAL_POLICY;
	return a->on_link ? CAUSE_CONNECT_UNREACHABLE :
	    CAUSE_CONNECT_NO_NETWORK;
}

/* cause_remote - an answer came, of which nothing but errno and events is known */
static enum cause
cause_remote(const struct attempt *a)
{
	switch (a->error) {
	case ECONNREFUSED:
		/* a reset always hangs up, an ICMP error not always */
		return (a->revents & POLLERR) && !(a->revents & POLLHUP) ?
		    CAUSE_CONNECT_REJECTED : CAUSE_CONNECT_REFUSED;
	case ECONNRESET:
	case EPIPE:
		/* a reset that answers a SYN is ECONNREFUSED: this was open */
		return CAUSE_CONNECT_RESET;
	case ETIMEDOUT:
		return CAUSE_CONNECT_FILTERED;
	case EHOSTDOWN:
		return a->on_link ? CAUSE_CONNECT_UNREACHABLE :
		    CAUSE_CONNECT_NO_NETWORK;
	case ENETUNREACH:
	case EHOSTUNREACH:
		return CAUSE_CONNECT_UNREACHABLE;
	case ENETDOWN:
		return CAUSE_CONNECT_NO_NETWORK;
	case EACCES:
	case EPERM:
	case ENOPROTOOPT:
		return CAUSE_CONNECT_REJECTED;
	default:
		return CAUSE_INTERNAL_ERROR;
	}
}

enum cause
path_cause(const struct attempt *a)
{
	if (a->ended != 0 && a->error == 0)
		return CAUSE_NONE;
	if (is_shortage(a->error))
		return CAUSE_INTERNAL_ERROR;
	if (a->ended != 0 && a->local)
		return cause_local(a);
	if (a->icmp)
		return cause_icmp(a);
	if (a->ended == 0)
		return CAUSE_CONNECT_FILTERED;
	return cause_remote(a);
}

/* left_out - its family does not count: this host has none of it, and the other was tried too */
static bool
left_out(const struct connected *c, const struct attempt *a)
{
	size_t i;

	if (c->no_ipv4 == c->no_ipv6 ||
	    !(a->address.family == 4 ? c->no_ipv4 : c->no_ipv6))
		return false;
	for (i = 0; i < c->n; i++)
		if (c->attempts[i].address.family != a->address.family)
			return true;
	return false;
}

/* same_before - has an earlier attempt that counts ended for this cause? */
static bool
same_before(const struct connected *c, size_t n, enum cause cause)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!left_out(c, &c->attempts[i]) &&
		    path_cause(&c->attempts[i]) == cause)
			return true;
	return false;
}

/* telling - of two attempts with one cause the one that knows more */
static const struct attempt *
telling(const struct attempt *a, const struct attempt *b)
{
	return !a->icmp && b->icmp ? b : a;
}

/* report - one finding for all attempts that ended for the cause of attempt `from` */
static void
report(struct sheet *sh, const struct connected *c, size_t from,
    struct path_words *w, bool by_deadline)
{
	const struct attempt *a = &c->attempts[from];
	struct address list[ADDRESSES_MAX];
	enum cause cause = path_cause(a);
	struct finding *f;
	size_t i, n = 0;

	w->attempt = a;
	for (i = from; i < c->n; i++) {
		if (left_out(c, &c->attempts[i]) ||
		    path_cause(&c->attempts[i]) != cause)
			continue;
		list[n++] = c->attempts[i].address;
		w->attempt = telling(w->attempt, &c->attempts[i]);
	}
	names_list(&w->addresses, list, n, PATH_SHOWN);
	path_words(w, cause);
	if (w->addresses.nomem || w->text.nomem)
		sh->nomem = true;
	f = sheet_find(sh, cause, STAGE_CONNECT, NULL, "%s",
	    buf_cstr(&w->text));
	if (f != NULL && cause == CAUSE_CONNECT_FILTERED)
		f->by_deadline = by_deadline;
	buf_clear(&w->addresses);
	buf_clear(&w->text);
}

/* untried - not one attempt was made */
static void
untried(struct sheet *sh, const char *whom, bool by_deadline)
{
	struct finding *f;

	if (by_deadline) {
		f = sheet_find(sh, CAUSE_INTERNAL_UNFINISHED, STAGE_CONNECT,
		    NULL, "%s was not tried before the time was up", whom);
		if (f != NULL)
			f->by_deadline = true;
		return;
	}
	sheet_find(sh, CAUSE_INTERNAL_ERROR, STAGE_CONNECT, NULL,
	    "%s was not tried: this check found no address to connect to",
	    whom);
}

void
path_judge(struct sheet *sh, const struct connected *c, uint16_t port,
    const char *whom, bool by_deadline)
{
	struct path_words w = { .whom = whom, .port = port };
	size_t i;

	if (c->winner >= 0)
		return;
	if (c->n == 0) {
		untried(sh, whom, by_deadline);
		return;
	}
	buf_init(&w.addresses, SENTENCE_MAX);
	buf_init(&w.text, SENTENCE_MAX);
	for (i = 0; i < c->n; i++)
		if (!left_out(c, &c->attempts[i]) &&
		    path_cause(&c->attempts[i]) != CAUSE_NONE &&
		    !same_before(c, i, path_cause(&c->attempts[i])))
			report(sh, c, i, &w, by_deadline);
	buf_free(&w.addresses);
	buf_free(&w.text);
}
