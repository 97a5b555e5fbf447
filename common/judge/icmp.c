/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * icmp - what ICMP errors mean
 */
#include <stddef.h>

#include "judge/icmp.h"

enum {
	UNREACH4 = 3, EXPIRED4 = 11, PARAMETER4 = 12,
	UNREACH6 = 1, EXPIRED6 = 3, PARAMETER6 = 4,
	ANY_CODE = 256
};

struct meaning {
	int		 family;
	unsigned	 type;
	unsigned	 code;
	bool		 unreachable;
	const char	*words;
};

static const struct meaning meanings[] = {
	{ 4, UNREACH4, 0, true, "network unreachable" },
	{ 4, UNREACH4, 1, true, "host unreachable" },
	{ 4, UNREACH4, 2, false, "protocol unreachable" },
	{ 4, UNREACH4, 3, false, "port unreachable" },
	{ 4, UNREACH4, 4, true, "fragmentation needed" },
	{ 4, UNREACH4, 5, true, "source route failed" },
	{ 4, UNREACH4, 6, true, "network unknown" },
	{ 4, UNREACH4, 7, true, "host unknown" },
	{ 4, UNREACH4, 8, true, "source host isolated" },
	{ 4, UNREACH4, 9, false, "network administratively prohibited" },
	{ 4, UNREACH4, 10, false, "host administratively prohibited" },
	{ 4, UNREACH4, 11, true, "network unreachable for this service" },
	{ 4, UNREACH4, 12, true, "host unreachable for this service" },
	{ 4, UNREACH4, 13, false, "administratively prohibited" },
	{ 4, UNREACH4, 14, false, "host precedence violation" },
	{ 4, UNREACH4, 15, false, "precedence cutoff" },
	{ 4, EXPIRED4, ANY_CODE, true, "time to live exceeded" },
	{ 4, PARAMETER4, ANY_CODE, false, "parameter problem" },
	{ 6, UNREACH6, 0, true, "no route to destination" },
	{ 6, UNREACH6, 1, false, "administratively prohibited" },
	{ 6, UNREACH6, 2, true, "beyond scope of source address" },
	{ 6, UNREACH6, 3, true, "address unreachable" },
	{ 6, UNREACH6, 4, false, "port unreachable" },
	{ 6, UNREACH6, 5, false, "source address failed policy" },
	{ 6, UNREACH6, 6, false, "route to destination rejects" },
	{ 6, EXPIRED6, ANY_CODE, true, "hop limit exceeded" },
	{ 6, PARAMETER6, ANY_CODE, false, "parameter problem" }
};

static const struct meaning *
look_up(int family, uint8_t type, uint8_t code)
{
	size_t i;

	for (i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
		const struct meaning *m = &meanings[i];

		if (m->family == family && m->type == type &&
		    (m->code == code || m->code == ANY_CODE))
			return m;
	}
	return NULL;
}

const char *
icmp_meaning(int family, uint8_t type, uint8_t code)
{
	const struct meaning *m = look_up(family, type, code);

	return m != NULL ? m->words : "an ICMP error of unknown kind";
}

bool
icmp_unreachable(int family, uint8_t type, uint8_t code)
{
	const struct meaning *m = look_up(family, type, code);

	return m != NULL && m->unreachable;
}

bool
icmp_expired(int family, uint8_t type)
{
	return type == (family == 4 ? EXPIRED4 : EXPIRED6);
}

bool
icmp_port_unreachable(int family, uint8_t type, uint8_t code)
{
	return family == 4 ? type == UNREACH4 && code == 3 :
	    type == UNREACH6 && code == 4;
}

bool
icmp_silent_neighbour(int family, uint8_t type, uint8_t code)
{
	return family == 4 ? type == UNREACH4 && code == 1 :
	    type == UNREACH6 && code == 3;
}
