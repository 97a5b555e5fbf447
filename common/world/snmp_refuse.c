/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_refuse - why a talk with an SNMP agent came to nothing
 */
#include <errno.h>
#include <string.h>

#include "world/snmp_parts.h"

static void
say(struct talk *t, enum cause cause, enum stage stage, const char *words)
{
	t->refusal->cause = cause;
	t->refusal->stage = stage;
	(void)buf_str(&t->refusal->why, words);
}

/* errors of the socket; UDP hears of them from ICMP */
static const struct {
	int		 error;
	enum cause	 cause;
	const char	*words;
} errors[] = {
	{ ECONNREFUSED, CAUSE_CONNECT_REFUSED, "nobody listens on UDP port" },
	{ EHOSTUNREACH, CAUSE_CONNECT_UNREACHABLE,
	    "the host cannot be reached on UDP port" },
	{ EACCES, CAUSE_CONNECT_REJECTED,
	    "a packet filter forbids UDP port" },
	{ EPERM, CAUSE_CONNECT_REJECTED, "a packet filter forbids UDP port" },
	{ ENETUNREACH, CAUSE_CONNECT_NO_NETWORK,
	    "this host has no way to it for UDP port" }
};

static void
of_socket(struct talk *t)
{
	size_t i;

	if (t->ours) {
		say(t, CAUSE_INTERNAL_ERROR, STAGE_CONNECT,
		    "this host opens no UDP socket for it: see its "
		    "descriptors and --source-address");
		return;
	}
	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		if (errors[i].error != t->error)
			continue;
		say(t, errors[i].cause, STAGE_CONNECT, errors[i].words);
		(void)buf_fmt(&t->refusal->why, " %u: start the SNMP agent, "
		    "let it listen on this address, or correct --snmp-port",
		    (unsigned)t->wish->port);
		return;
	}
	say(t, CAUSE_CONNECT_UNREACHABLE, STAGE_CONNECT, strerror(t->error));
	(void)buf_fmt(&t->refusal->why, " on UDP port %u: see the way to it",
	    (unsigned)t->wish->port);
}

/* silent - who may it be? An agent does not answer to a wrong community (RFC 3584 section 5.2.1). */
static void
silent(struct talk *t)
{
	bool v3 = t->wish->account->v3;

	t->seen->by_deadline = true;
	if (t->seen->answers > 0) {
		say(t, CAUSE_QUOTA_TIMEOUT, STAGE_QUOTA, "");
		(void)buf_fmt(&t->refusal->why, "it fell silent after %u "
		    "answer%s: the agent is overloaded, or its tables come "
		    "slowly; give more time with -t", t->seen->answers,
		    t->seen->answers == 1 ? "" : "s");
	} else if (v3 && t->met && t->wish->account->level == SNMP_PRIV) {
		say(t, CAUSE_AUTH_TIMEOUT, STAGE_AUTH, "it says who it is and "
		    "leaves the encrypted question unanswered: compare the "
		    "privacy passphrase and --snmp-cipher with the agent's");
	} else if (v3 && t->met) {
		say(t, CAUSE_QUOTA_TIMEOUT, STAGE_QUOTA, "it says who it is "
		    "and leaves the question unanswered: see the agent's log");
	} else if (v3) {
		say(t, CAUSE_QUOTA_TIMEOUT, STAGE_QUOTA, "no answer to "
		    "SNMPv3: the agent is down or speaks no SNMPv3, or a "
		    "filter drops the packets");
	} else {
		say(t, CAUSE_QUOTA_TIMEOUT, STAGE_QUOTA, "no answer to "
		    "SNMPv2c: the community is wrong, which an agent does not "
		    "say, or the agent is down, or a filter drops the "
		    "packets");
	}
	if (t->seen->strays > 0)
		(void)buf_fmt(&t->refusal->why, " (%u datagrams came that "
		    "are no answer)", t->seen->strays);
}

/* what an agent says, and what it means */
static const struct {
	enum snmp_state	 state;
	enum cause	 cause;
	const char	*words;
} sayings[] = {
	{ SNMP_NO_USER, CAUSE_AUTH_REJECTED,
	    "the agent knows no such user: correct --snmp-user" },
	{ SNMP_WRONG_DIGEST, CAUSE_AUTH_REJECTED,
	    "the authentication passphrase does not fit: compare it and "
	    "--snmp-hash with the agent's" },
	{ SNMP_NOT_DECRYPTED, CAUSE_AUTH_REJECTED,
	    "the agent cannot decrypt the question: compare the privacy "
	    "passphrase and --snmp-cipher with the agent's" },
	{ SNMP_NO_LEVEL, CAUSE_AUTH_NO_MECHANISM,
	    "the user has no keys for this level at the agent: choose "
	    "another --snmp-level, or give the user a privacy passphrase" },
	{ SNMP_TIME_WINDOW, CAUSE_AUTH_REFUSED,
	    "the agent finds every question outside its time window: its "
	    "clock or boot counter jumps, or two agents share an engine ID" },
	{ SNMP_FORBIDDEN, CAUSE_AUTH_UNAUTHORIZED,
	    "the agent forbids the question: allow this user or community a "
	    "view, or choose a higher --snmp-level" }
};

/* statuses - of RFC 3416 section 3, which have a meaning for a question */
static const char *
status_words(unsigned status)
{
	switch (status) {
	case 0:
		return "with an unknown report";
	case 1:
		return "that its answer does not fit (tooBig)";
	case 5:
		return "with an error of its own (genErr)";
	default:
		return NULL;
	}
}

static void
of_agent(struct talk *t)
{
	const char *words = status_words(t->status);
	size_t i;

	for (i = 0; i < sizeof(sayings) / sizeof(sayings[0]); i++) {
		if (sayings[i].state != t->state)
			continue;
		say(t, sayings[i].cause, STAGE_AUTH, sayings[i].words);
		return;
	}
	say(t, CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA, "the agent answers ");
	if (words != NULL)
		(void)buf_str(&t->refusal->why, words);
	else
		(void)buf_fmt(&t->refusal->why, "with the error %u",
		    t->status);
	(void)buf_str(&t->refusal->why, ": see its log");
}

void
snmp_talk_refuse(struct talk *t)
{
	if (t->refusal->why.len > 0) {
		/* of the module, before anything was sent */
		t->refusal->cause = CAUSE_USAGE_SECRET;
		t->refusal->stage = STAGE_QUOTA;
	} else if (t->walk != NULL && !t->walk->nomem) {
		say(t, CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA,
		    "the agent breaks the rules of SNMP: ");
		(void)buf_str(&t->refusal->why, t->walk->trouble);
	} else if (t->error != 0) {
		of_socket(t);
	} else if (t->walk != NULL || t->state == SNMP_OURS) {
		say(t, CAUSE_INTERNAL_ERROR, STAGE_QUOTA,
		    "this host gives no memory for it");
	} else if (t->state == SNMP_WAITS) {
		silent(t);
	} else {
		of_agent(t);
	}
}
