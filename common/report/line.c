/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * line - the lines below the first one of a text report
 */
#include <string.h>

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

/* is_plain - of one target the port alone is not known yet, and the text may tell it in a place of its own */
static bool
is_plain(const struct finding *f, const struct result *of, bool name,
    const char *whom, const char *text)
{
	if (of == NULL || (f->port == 0 && !name))
		return true;
	return !name && strstr(text, whom) != NULL;
}

void
line_finding(struct buf *out, const struct finding *f, const struct result *of,
    bool name)
{
	const char *text = f->detail != NULL ? f->detail : f->sentence;
	struct buf whom;

	columns(out, state_word(f->state), f->stage, true);
	buf_init(&whom, SENTENCE_MAX);
	if (of != NULL) {
		text = result_words(of, f->port, text);
		result_whom(of, f->port, &whom);
	}
	named(out, is_plain(f, of, name, buf_cstr(&whom), text) ? NULL :
	    buf_cstr(&whom), text);
	if (whom.nomem)
		out->nomem = true;
	buf_free(&whom);
	buf_fmt(out, " [%s]\n", cause_info(f->cause)->slug);
}
