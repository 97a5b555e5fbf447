/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recount - what the messages of a Maildir take, beside what its maildirsize
 * says
 */
#include <inttypes.h>

#include "judge/quota_words.h"
#include "judge/recount.h"

static double
apart(int64_t a, int64_t b)
{
	double difference = (double)a - (double)b;

	return difference < 0 ? -difference : difference;
}

bool
recount_with_trash(const struct recount *count,
    const struct recount_said *said)
{
	double with, without;

	if (!said->there)
		return true;
	with = apart(count->bytes, said->bytes);
	without = apart(count->bytes - count->trash_bytes, said->bytes);
	if (with < without || without < with)
		return with < without;
	return apart(count->messages, said->messages) <=
	    apart(count->messages - count->trash_messages, said->messages);
}

/* share - of the limit, or of the larger one, that two values are apart, in percent */
static double
share(int64_t a, int64_t b, int64_t limit)
{
	double whole = limit > 0 ? (double)limit : (double)(a > b ? a : b);

	return whole <= 0 ? 0 : apart(a, b) * 100 / whole;
}

void
recount_judge(struct sheet *sheet, const struct recount *count,
    const struct recount_said *said, const char *whom)
{
	bool trash = recount_with_trash(count, said);
	int64_t bytes = count->bytes - (trash ? 0 : count->trash_bytes);
	int64_t messages = count->messages -
	    (trash ? 0 : count->trash_messages);
	struct buf text;

	if (!said->there || (share(bytes, said->bytes, said->bytes_limit) <=
	    said->tolerance && share(messages, said->messages,
	    said->messages_limit) <= said->tolerance))
		return;
	buf_init(&text, SENTENCE_MAX);
	(void)buf_fmt(&text, "its maildirsize says %" PRId64 " messages of ",
	    said->messages);
	quota_words_size(&text, said->bytes);
	(void)buf_fmt(&text, " and there are %" PRId64 " of ", messages);
	quota_words_size(&text, bytes);
	(void)buf_str(&text, ": remove that file, so that the server counts "
	    "anew");
	(void)sheet_find(sheet, CAUSE_QUOTA_DISAGREE, STAGE_QUOTA,
	    buf_cstr(&text), "%s does not agree with itself: %s", whom,
	    buf_cstr(&text));
	sheet->nomem = sheet->nomem || text.nomem;
	buf_free(&text);
}

void
recount_words(struct buf *out, const struct recount *count, bool with_trash)
{
	(void)buf_fmt(out, "counted %" PRId64 " %s in %" PRId64 " %s",
	    count->messages, count->messages == 1 ? "message" : "messages",
	    count->folders, count->folders == 1 ? "folder" : "folders");
	if (count->trash_messages > 0) {
		(void)buf_fmt(out, ", %" PRId64 " of them (",
		    count->trash_messages);
		quota_words_size(out, count->trash_bytes);
		(void)buf_fmt(out, ") in .Trash or marked as deleted, which "
		    "%s", with_trash ? "count" : "do not count");
	}
	if (count->passed > 0)
		(void)buf_fmt(out, ", passed by %" PRId64 " that %s no plain "
		    "file or folder", count->passed,
		    count->passed == 1 ? "is" : "are");
}
