/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * path_words - why no connection came about, in one sentence
 */
#include <errno.h>

#include "base/when.h"
#include "judge/icmp.h"
#include "judge/path_words.h"

/* sender - who sent the ICMP error, in words */
static void
sender(struct buf *out, const struct attempt *a)
{
	char text[ADDRESS_TEXT];

	if (!a->icmp || a->offender.family == 0)
		buf_str(out, "a packet filter on the way");
	else if (address_same(&a->offender, &a->address))
		buf_str(out, "the server itself");
	else
		buf_fmt(out, "a router, %s,", address_text(&a->offender, text));
}

/* meaning - what the ICMP error says, in words; the errno's meaning where none was seen */
static const char *
meaning(const struct attempt *a)
{
	if (a->icmp)
		return icmp_meaning(a->address.family, a->icmp_type,
		    a->icmp_code);
	switch (a->error) {
	case ECONNREFUSED:
		return "port unreachable";
	case ENOPROTOOPT:
		return "protocol unreachable";
	case ENETUNREACH:
		return "network unreachable";
	case EHOSTUNREACH:
	case EHOSTDOWN:
		return "host unreachable";
	default:
		return "administratively prohibited";
	}
}

static void
say_refused(struct path_words *w)
{
	buf_fmt(&w->text, "%s refuses the connection: nothing listens on port "
	    "%u of %s, or a filter resets it", w->whom, (unsigned)w->port,
	    buf_cstr(&w->addresses));
}

static void
say_reset(struct path_words *w)
{
	buf_fmt(&w->text, "%s opened the connection and cut it before a byte "
	    "came (%s)", w->whom, buf_cstr(&w->addresses));
}

static void
say_rejected(struct path_words *w)
{
	sender(&w->text, w->attempt);
	buf_fmt(&w->text, " rejects the connection to %s (%s)", w->whom,
	    meaning(w->attempt));
}

static void
say_unreachable(struct path_words *w)
{
	const struct attempt *a = w->attempt;
	const char *where = buf_cstr(&w->addresses);

	if (a->icmp && icmp_expired(a->address.family, a->icmp_type)) {
		sender(&w->text, a);
		buf_fmt(&w->text, " ends the way to %s: packets for %s go "
		    "round in a circle, or are sent with too short a life "
		    "(%s)", w->whom, where, meaning(a));
	} else if (a->on_link && (!a->icmp || a->offender_is_ours)) {
		buf_fmt(&w->text, "%s is unreachable: %s does not answer on "
		    "the local network", w->whom, where);
	} else if (a->icmp && a->offender.family != 0) {
		sender(&w->text, a);
		buf_fmt(&w->text, " says that %s is unreachable (%s: %s)",
		    w->whom, where, meaning(a));
	} else {
		buf_fmt(&w->text, "%s is unreachable (%s: %s)", w->whom, where,
		    meaning(a));
	}
}

/* silence - how long it was waited for an answer, and how often it was asked */
static void
silence(struct buf *out, const struct attempt *a)
{
	if (a->ended > a->started) {
		buf_str(out, " within ");
		when_write_span(out, (double)(a->ended - a->started) / 1e6);
	}
	if (a->retransmits > 0)
		buf_fmt(out, ", though the request was sent %u times",
		    a->retransmits + 1);
}

static void
say_filtered(struct path_words *w)
{
	buf_fmt(&w->text, "%s does not answer: no word from %s", w->whom,
	    buf_cstr(&w->addresses));
	silence(&w->text, w->attempt);
}

static void
say_no_network(struct path_words *w)
{
	const struct attempt *a = w->attempt;

	if (a->local)
		buf_fmt(&w->text, "%s cannot be reached: this host has no "
		    "route to %s", w->whom, buf_cstr(&w->addresses));
	else
		buf_fmt(&w->text, "%s cannot be reached: the gateway of this "
		    "host to %s does not answer", w->whom,
		    buf_cstr(&w->addresses));
}

static void
say_local_policy(struct path_words *w)
{
	const struct attempt *a = w->attempt;
	const char *how = "a prohibiting route, a packet filter or a security "
	    "module";

	if (a->icmp && !a->local)
		how = meaning(a);
	else if (a->error == EINVAL)
		how = "a blackhole route";
	else if (a->error == EPERM)
		how = "a packet filter or a security module";
	buf_fmt(&w->text, "this host itself forbids the connection to %s (%s)",
	    w->whom, how);
}

static void
say_option(struct path_words *w)
{
	if (w->attempt->error == EADDRNOTAVAIL)
		buf_fmt(&w->text, "--source-address is no address of this "
		    "host: %s was not tried", w->whom);
	else if (w->attempt->error == EAFNOSUPPORT)
		buf_fmt(&w->text, "--source-address is of another family than "
		    "%s: %s was not tried", buf_cstr(&w->addresses), w->whom);
	else
		buf_fmt(&w->text, "--source-address cannot be used (error "
		    "%d): %s was not tried", w->attempt->error, w->whom);
}

static void
say_internal(struct path_words *w)
{
	const char *what = "this check cannot open a connection";

	switch (w->attempt->error) {
	case EMFILE:
	case ENFILE:
		what = "this check has no descriptor left";
		break;
	case ENOBUFS:
	case ENOMEM:
		what = "this host has no memory left for sockets";
		break;
	case EADDRNOTAVAIL:
	case EAGAIN:
		what = "this host has no port left";
		break;
	}
	buf_fmt(&w->text, "%s for %s (error %d)", what, w->whom,
	    w->attempt->error);
}

void
path_words(struct path_words *w, enum cause cause)
{
	switch (cause) {
	case CAUSE_CONNECT_REFUSED:
		say_refused(w);
		break;
	case CAUSE_CONNECT_RESET:
		say_reset(w);
		break;
	case CAUSE_CONNECT_REJECTED:
		say_rejected(w);
		break;
	case CAUSE_CONNECT_UNREACHABLE:
		say_unreachable(w);
		break;
	case CAUSE_CONNECT_FILTERED:
		say_filtered(w);
		break;
	case CAUSE_CONNECT_NO_NETWORK:
		say_no_network(w);
		break;
	case CAUSE_CONNECT_LOCAL_POLICY:
		say_local_policy(w);
		break;
	case CAUSE_USAGE_OPTION:
		say_option(w);
		break;
	default:
		say_internal(w);
		break;
	}
}
