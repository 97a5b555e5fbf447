/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_slices - how many, and which messages belong to one
 */
#include <inttypes.h>
#include <stdio.h>

#include "dialog/imap.h"
#include "dialog/imap_slices.h"

uint64_t
imap_slices(const struct session *s)
{
	const struct imap_box *box = &imap_of(s)->box;

	if (login_caps_has(&imap_of(s)->login, "ESEARCH"))
		return box->exists > 0;
	return box->exists / SLICE + (box->exists % SLICE > 0);
}

void
imap_slice_word(struct session *s, unsigned turn)
{
	uint64_t exists = imap_of(s)->box.exists;
	uint64_t first = (uint64_t)turn * SLICE + 1, last = first + SLICE - 1;
	char set[48];

	snprintf(set, sizeof(set), "%" PRIu64 ":%" PRIu64, first,
	    last < exists ? last : exists);
	imap_word(s, set);
}
