/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * remembered - a mailbox as it was the last time, and what has become of it
 */
#include <inttypes.h>
#include <string.h>

#include "judge/remembered.h"

#define HEAD "monitoring-plugins-mail mailbox 1\n"

void
remembered_write(struct buf *out, const struct remembered *box)
{
	buf_fmt(out, HEAD "uidvalidity %" PRIu64 "\nmessages %" PRIu64 "\n",
	    box->uidvalidity, box->messages);
}

/* cut - the number of the line that begins with `key`, taken off the front */
static bool
cut(struct span *text, const char *key, uint64_t *value)
{
	size_t len = strlen(key);
	struct span number;
	const char *end;

	if (text->len < len || memcmp(text->p, key, len) != 0)
		return false;
	number.p = text->p + len;
	end = memchr(number.p, '\n', text->len - len);
	if (end == NULL)
		return false;
	number.len = (size_t)(end - number.p);
	text->p = end + 1;
	text->len -= len + number.len + 1;
	return span_number(number, value);
}

bool
remembered_parse(struct span text, struct remembered *box)
{
	return cut(&text, HEAD "uidvalidity ", &box->uidvalidity) &&
	    cut(&text, "messages ", &box->messages) && text.len == 0;
}

/* fewer - ", and 3 of 5 messages are left", or nothing */
static void
fewer(struct buf *out, const struct remembered *before,
    const struct remembered *now)
{
	if (now->messages < before->messages)
		buf_fmt(out, "; it holds %" PRIu64 " message%s, and held %"
		    PRIu64, now->messages, now->messages == 1 ? "" : "s",
		    before->messages);
}

void
remembered_judge(struct sheet *sheet, const struct remembered *before,
    const struct remembered *now, const char *whom, const char *name)
{
	struct buf counts;

	buf_init(&counts, 128);
	fewer(&counts, before, now);
	if (before->uidvalidity != 0 && now->uidvalidity != 0 &&
	    before->uidvalidity != now->uidvalidity)
		sheet_find(sheet, CAUSE_MAILBOX_RESET, STAGE_MAILBOX, NULL,
		    "%s has another %s than the last time: its UIDVALIDITY is %"
		    PRIu64 " and was %" PRIu64 "%s", whom, name,
		    now->uidvalidity, before->uidvalidity, buf_cstr(&counts));
	else if (now->messages < before->messages)
		sheet_find(sheet, CAUSE_MAILBOX_DEGRADED, STAGE_MAILBOX, NULL,
		    "%s shows fewer messages in %s than the last time: %"
		    PRIu64 ", and it was %" PRIu64, whom, name, now->messages,
		    before->messages);
	sheet->nomem |= counts.nomem;
	buf_free(&counts);
}
