/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_types_mailbox - which mailboxes, and what of them
 */
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "plugin/plugin.h"

enum {
	SEARCH_MAX = 1024,	/* bytes of criteria */
	FETCH_OPTION_MAX = 1000	/* messages downloaded by one run */
};

/* add_mailbox - the first that the user names takes the place of the default */
static bool
add_mailbox(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct mailbox_list *list = field;

	(void)plugin;
	if (!text_is_utf8(span_of(value))) {
		buf_str(why, "valid UTF-8");
		return false;
	}
	if (list->n == MAILBOX_OPTIONS_MAX) {
		buf_fmt(why, "at most %d of them", MAILBOX_OPTIONS_MAX);
		return false;
	}
	if (list->uses++ == 1)
		list->n = 0;
	list->names[list->n++] = value;
	return true;
}

const struct opt_type opt_mailboxes = {
	.has_value = true, .repeatable = true, .set = add_mailbox,
	.noun = "mailbox"
};

/* set_folder - one mailbox, into which something may be put */
static bool
set_folder(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct span s = span_of(value);
	const char **name = field;

	(void)plugin;
	if (s.len == 0 || !text_is_utf8(s) || text_has_control(s)) {
		buf_str(why,
		    "the name of a mailbox in UTF-8, without control characters");
		return false;
	}
	*name = value;
	return true;
}

const struct opt_type opt_folder = {
	.has_value = true, .set = set_folder, .noun = "mailbox"
};

/* set_search - nothing that could end the line or begin a literal (RFC 3501 section 4.3) */
static bool
set_search(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct span s = span_of(value);
	const char **text = field;

	(void)plugin;
	if (s.len > SEARCH_MAX || !text_is_ascii(s) || text_has_control(s) ||
	    strpbrk(value, "{}") != NULL || span_trim(s).len == 0) {
		buf_fmt(why, "criteria of RFC 3501 section 6.4.4 such as "
		    "UNSEEN, in ASCII without braces, at most %d bytes",
		    SEARCH_MAX);
		return false;
	}
	*text = value;
	return true;
}

const struct opt_type opt_search = {
	.has_value = true, .set = set_search, .noun = "search"
};

/* set_fetch - how many messages; bare it is one */
static bool
set_fetch(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	unsigned *number = field;
	uint64_t n = 1;

	(void)plugin;
	if (value != NULL && (!number_uint(span_of(value), FETCH_OPTION_MAX,
	    &n) || n == 0)) {
		buf_fmt(why, "1 to %d", FETCH_OPTION_MAX);
		return false;
	}
	*number = (unsigned)n;
	return true;
}

const struct opt_type opt_fetch = {
	.has_value = true, .set = set_fetch, .optional = true,
	.noun = "number of messages"
};
