/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * line - the lines below the first one of a text report
 */
#include "report/line.h"
#include "report/plain.h"
#include "report/render.h"

static void
columns(struct buf *out, const char *word, enum stage stage, bool more)
{
	const char *name = stage_name(stage);

	line_word(out, word);
	if (name == NULL)
		name = "-";
	if (more)
		line_word(out, name);
	else
		buf_str(out, name);
}

static void
named(struct buf *out, const char *name, const char *text)
{
	if (name != NULL) {
		plain_text(out, name);
		buf_char(out, ' ');
	}
	plain_text(out, text);
}

void
line_word(struct buf *out, const char *word)
{
	buf_fmt(out, "%-10s", word);
}

void
line_plain(struct buf *out, const char *word, enum stage stage,
    const char *name, const char *text)
{
	columns(out, word, stage, text != NULL);
	if (text != NULL)
		named(out, name, text);
	buf_char(out, '\n');
}

void
line_finding(struct buf *out, const struct finding *f, const struct result *of,
    bool name)
{
	const char *all = f->detail != NULL ? f->detail : f->sentence;
	const char *text = all;
	struct buf whom;

	if (of != NULL)
		text = result_words(of, f->port, text);
	columns(out, state_word(f->state), f->stage, true);
	/* of several ports each is named, unless the sentence begins otherwise and will come to it */
	if (of != NULL && (name || (f->port != 0 && text != all))) {
		buf_init(&whom, SENTENCE_MAX);
		result_whom(of, f->port, &whom);
		named(out, buf_cstr(&whom), text);
		buf_free(&whom);
	} else {
		plain_text(out, text);
	}
	buf_fmt(out, " [%s]\n", cause_info(f->cause)->slug);
}
