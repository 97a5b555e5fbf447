/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_words - sentences about the ports of a host
 */
#ifndef JUDGE_PORTS_WORDS_H
#define JUDGE_PORTS_WORDS_H

#include "judge/ports.h"

/* what a sentence is made of */
struct ports_words {
	const char		*host;		/* as reports call it */
	const struct port_host	*ports;
	const struct ports_wish	*wish;
	const struct port_row	*row;		/* the one that says most */
	size_t			 address;	/* which it is of */
};

/* ports_words - append the sentence for that cause */
void	ports_words(struct buf *, const struct ports_words *, enum cause);
/* ports_sums - "open 25, 587 and 993; refused 110": which ports came to what, at any of the addresses */
void	ports_sums(struct buf *, const struct port_host *);
/* ports_list - "110, 143 and 993", at most `most` of the n (no more are looked at) and how many more */
void	ports_list(struct buf *, const uint16_t *, size_t n, size_t most);

#endif
