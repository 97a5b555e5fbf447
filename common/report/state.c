/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state - the four words of the Monitoring Plugins guidelines
 */
#include "report/state.h"

static const struct {
	const char	*name;
	const char	*word;
	const char	*number;
	int		 badness;
} states[] = {
	[STATE_OK]	 = { "OK", "ok", "0", 0 },
	[STATE_WARNING]	 = { "WARNING", "warning", "1", 2 },
	[STATE_CRITICAL] = { "CRITICAL", "critical", "2", 3 },
	[STATE_UNKNOWN]	 = { "UNKNOWN", "unknown", "3", 1 }
};

int
state_badness(enum state s)
{
	return states[s].badness;
}

enum state
state_worse(enum state a, enum state b)
{
	return states[b].badness > states[a].badness ? b : a;
}

const char *
state_name(enum state s)
{
	return states[s].name;
}

const char *
state_word(enum state s)
{
	return states[s].word;
}

bool
state_parse(struct span s, enum state *out)
{
	unsigned i;

	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		if (span_is(s, states[i].name) ||
		    span_is(s, states[i].number)) {
			*out = (enum state)i;
			return true;
		}
	}
	return false;
}
