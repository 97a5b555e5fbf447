/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_maildir - what maildirs hold, as their own quota file says and as they
 * are
 */
#include "judge/quota_words.h"
#include "plugin/quota.h"
#include "reply/maildirsize.h"
#include "world/maildir.h"

/* one maildir under way */
struct box {
	const struct quota_look *look;
	const char	*path;
	struct result	*result;
	struct maildirsize size;
	struct maildir_count count;
	struct quota_refusal refusal;
	struct quota_list list;
};

static bool
check(const struct quota_options *options, const struct settings *settings,
    struct opt_error *error)
{
	(void)settings;
	if (options->maildirs.n > 0)
		return true;
	opt_refuse(error, CAUSE_USAGE_OPTION, "--backend=maildir needs "
	    "--maildir: name the folder that holds cur, new and tmp");
	return false;
}

static void
add(struct box *b, const char *resource, enum quota_unit unit, int64_t used,
    bool limited, int64_t limit)
{
	struct quota_row *row = quota_list_add(&b->list, span_of(b->path),
	    span_of(resource), unit);

	if (row == NULL)
		return;
	row->used = used;
	row->limited = limited;
	row->limit = limited ? limit : 0;
}

/* far - does what was counted differ from what is kept, whether or not the server counts the trash? */
static bool
far(int64_t kept, int64_t all, int64_t trash, int64_t limit, int64_t percent)
{
	int64_t whole = limit > all ? limit : all;
	int64_t slack = whole / 100 * percent;
	int64_t low = all - trash;

	return kept > all ? kept - all > slack : kept < low &&
	    low - kept > slack;
}

static void
compare(struct box *b)
{
	const struct maildir_count *c = &b->count;
	const struct maildirsize *m = &b->size;
	int64_t percent = b->look->options->tolerance;
	struct buf text;

	if (c->cut || c->unread > 0 || (!far(m->bytes, c->bytes,
	    c->trash_bytes, m->bytes_limit, percent) && !far(m->messages,
	    c->messages, c->trash_messages, m->messages_limit, percent)))
		return;
	buf_init(&text, SENTENCE_MAX);
	(void)buf_str(&text, "says ");
	quota_words_size(&text, m->bytes);
	(void)buf_fmt(&text, " in %lld messages, and ", (long long)m->messages);
	quota_words_size(&text, c->bytes);
	(void)buf_fmt(&text, " in %lld are there", (long long)c->messages);
	(void)sheet_find(&b->result->sheet, CAUSE_QUOTA_DISAGREE, STAGE_QUOTA,
	    buf_cstr(&text), "%s has a maildirsize that %s: remove it, and "
	    "its server counts anew", b->result->name, buf_cstr(&text));
	b->result->sheet.nomem = b->result->sheet.nomem || text.nomem;
	buf_free(&text);
}

/* unfinished - half a count is none */
static bool
unfinished(struct box *b)
{
	struct finding *finding;

	if (!b->count.cut)
		return false;
	finding = sheet_find(&b->result->sheet, CAUSE_INTERNAL_UNFINISHED,
	    STAGE_QUOTA, NULL, "%s was not counted to its end before the "
	    "time-out", b->result->name);
	if (finding != NULL)
		finding->by_deadline = true;
	return true;
}

/* notes - what is worth to be known beside the figures */
static void
notes(struct box *b, bool kept)
{
	if (kept && b->size.torn > 0)
		result_note_more(b->result, STAGE_QUOTA, "; %u line%s of its "
		    "maildirsize %s cut short", b->size.torn,
		    b->size.torn == 1 ? "" : "s",
		    b->size.torn == 1 ? "is" : "are");
	if (b->count.messages > 0)
		result_note_more(b->result, STAGE_QUOTA, "; %lld message%s "
		    "there, in %u folder%s, %lld of them in the trash or "
		    "marked as deleted", (long long)b->count.messages,
		    b->count.messages == 1 ? " is" : "s are",
		    b->count.folders + 1, b->count.folders == 0 ? "" : "s",
		    (long long)b->count.trash_messages);
	if (b->count.unread > 0)
		result_note_more(b->result, STAGE_QUOTA, "; of the folders "
		    "%u cannot be read", b->count.unread);
}

static void
found(struct box *b, bool kept)
{
	const struct settings *settings = b->look->work->settings;

	if (kept) {
		add(b, "STORAGE", QUOTA_BYTES, b->size.bytes,
		    b->size.has_bytes, b->size.bytes_limit);
		add(b, "MESSAGE", QUOTA_COUNT, b->size.messages,
		    b->size.has_messages, b->size.messages_limit);
	} else {
		add(b, "STORAGE", QUOTA_BYTES, b->count.bytes, false, 0);
		add(b, "MESSAGE", QUOTA_COUNT, b->count.messages, false, 0);
	}
	quota_found(b->result, quota_maildir.name, &b->list, settings,
	    b->result->name, b->path);
	notes(b, kept);
	if (kept && b->look->options->recount)
		compare(b);
}

/* read_size - what the quota file says; false with a refusal */
static bool
read_size(struct box *b)
{
	struct buf text;
	bool good;

	buf_init(&text, MAILDIRSIZE_MAX);
	good = maildir_size(b->path, &text, &b->refusal);
	if (good && !maildirsize_read(buf_span(&text), &b->size)) {
		good = false;
		b->refusal.cause = CAUSE_QUOTA_UNSUPPORTED;
		b->refusal.stage = STAGE_QUOTA;
		(void)buf_str(&b->refusal.why, "its maildirsize does not begin "
		    "with a quota: remove it, and its server writes a new "
		    "one");
	}
	buf_free(&text);
	return good;
}

static void
one(const struct quota_look *look, const char *path)
{
	struct maildir_patience patience = { look->work->deadline,
		look->work->stop };
	struct box b = { .look = look, .path = path,
		.result = quota_result(look->work->run, path) };
	bool kept;

	if (b.result == NULL)
		return;
	buf_init(&b.refusal.why, SENTENCE_MAX);
	kept = maildir_is_one(path, &b.refusal) && read_size(&b);
	if (look->options->recount &&
	    (kept || b.refusal.cause == CAUSE_QUOTA_UNSUPPORTED))
		maildir_count(path, &patience, &b.count);
	if (!unfinished(&b)) {
		if (kept || b.count.messages > 0)
			found(&b, kept);
		else
			quota_refused(b.result, &b.refusal, b.result->name);
	}
	buf_free(&b.refusal.why);
	quota_list_free(&b.list);
}

static void
look(const struct quota_look *look)
{
	size_t i;

	for (i = 0; i < look->options->maildirs.n; i++)
		one(look, look->options->maildirs.rows[i]);
}

const struct quota_backend quota_maildir = {
	.name = "maildir", .check = check, .look = look
};
