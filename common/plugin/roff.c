/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * roff - texts of ours in a manual page
 *
 * Each sentence begins a line of its own, as mdoc(7) wants it.
 */
#include <string.h>

#include "plugin/describe_common.h"
#include "plugin/roff.h"

enum {
	ROFF_WIDTH = 78
};

void
roff_word(struct buf *out, struct span word, bool typed)
{
	size_t i;

	for (i = 0; i < word.len; i++)
		switch (word.p[i]) {
		case '\\':
			buf_str(out, "\\e");
			break;
		case '-':
			buf_str(out, typed ? "\\-" : "-");
			break;
		case '\'':
			buf_str(out, typed ? "\\(aq" : "'");
			break;
		case '`':
			buf_str(out, "\\(ga");
			break;
		case '"':
			buf_str(out, "\\(dq");
			break;
		case '~':
			buf_str(out, "\\(ti");
			break;
		case '^':
			buf_str(out, "\\(ha");
			break;
		default:
			buf_char(out, word.p[i]);
		}
}

/* is_typed - options, paths and names of variables are typed as they stand */
static bool
is_typed(struct span word)
{
	return memchr("-/$'\"(~@", word.p[0], 8) != NULL ||
	    memchr(word.p, '/', word.len) != NULL ||
	    memchr(word.p, '=', word.len) != NULL;
}

void
roff_text(struct buf *out, struct span text)
{
	struct span word;
	size_t at = 0;

	while (describe_word(&text, &word)) {
		size_t start = out->len;

		if (at > 0 && at + 1 + word.len > ROFF_WIDTH) {
			buf_char(out, '\n');
			at = 0;
		}
		if (at > 0)
			buf_char(out, ' ');
		else if (word.p[0] == '.' || word.p[0] == '\'')
			buf_str(out, "\\&");
		roff_word(out, word, is_typed(word));
		at += out->len - start;
		if (describe_is_sentence_end(word) && text.len > 0) {
			buf_char(out, '\n');
			at = 0;
		}
	}
	if (at > 0)
		buf_char(out, '\n');
}

void
roff_literal(struct buf *out, const char *line)
{
	if (line[0] == '.' || line[0] == '\'')
		buf_str(out, "\\&");
	roff_word(out, span_of(line), true);
	buf_char(out, '\n');
}

void
roff_arg(struct buf *out, const char *text)
{
	buf_str(out, "\\&");
	roff_word(out, span_of(text), true);
}
