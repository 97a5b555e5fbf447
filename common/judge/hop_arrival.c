/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hop_arrival - has an answer come as far as the server's should have?
 */
#include "judge/hop_arrival.h"

uint8_t
arrival_least(size_t hop, size_t n)
{
	static const uint8_t begins[] = { 64, 128, 255 };
	uint8_t begin = begins[n / 2];

	/* from the server's hop it has begin - (hop - 1) left: one more than
	 * that, in an even question; and more than it can have, in an odd one */
	return n % 2 == 0 ? (uint8_t)(begin - hop + 2) : (uint8_t)(begin + 1);
}

enum trace_came
arrival_came(const bool answered[ARRIVALS])
{
	size_t n = ARRIVALS;

	while (n > 0 && !answered[n - 1])
		n--;
	return n % 2 == 1 ? CAME_NEARER : CAME_FAR;
}
