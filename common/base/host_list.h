/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * host_list - many hosts in little memory
 *
 * They stand one behind the other in one block of text, so a host costs its
 * own length and five bytes.  All zero is an empty list.
 */
#ifndef BASE_HOST_LIST_H
#define BASE_HOST_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct host_list {
	char		*text;		/* each with its NUL */
	size_t		 len;
	size_t		 size;
	uint32_t	*at;		/* where each begins */
	size_t		 n;
	size_t		 room;
};

/* host_list_add - a copy, at most HOST_WORD_MAX bytes without a NUL; false without memory */
bool		 host_list_add(struct host_list *, struct span);
/* host_list_at - the one with that number, as a C string; valid until the next is added */
const char	*host_list_at(const struct host_list *, size_t);
/* host_list_clear - empty, but the memory stays for others */
void		 host_list_clear(struct host_list *);
void		 host_list_free(struct host_list *);

/*
 * host_index - finds what a list holds already, letters of any case.  While it
 * is in use, the list grows by host_index_add() alone.
 */
struct host_index {
	struct host_list *list;		/* borrowed */
	uint32_t	*slots;		/* numbers in the list plus 1, 0 free; */
	size_t		 size;		/* a power of two, never full */
};

/* what became of a host */
enum host_added { HOST_ADDED, HOST_KNOWN, HOST_NO_ROOM, HOST_NO_MEMORY };

/* host_index_open - with all that the list holds; false without memory */
bool		 host_index_open(struct host_index *, struct host_list *);
/* host_index_add - to the list, unless it is there already, or is beyond `most` */
enum host_added	 host_index_add(struct host_index *, struct span, size_t most);
/* host_index_free - the list stays */
void		 host_index_free(struct host_index *);

#endif
