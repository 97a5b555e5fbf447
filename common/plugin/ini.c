/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ini - the files of --extra-opts
 *
 *	file    = *( line LF )
 *	line    = [comment / header / pair]
 *	comment = (";" / "#") *any
 *	header  = "[" name "]" [comment]
 *	pair    = key "=" [value]
 *
 * White space around line, name, key and value does not count; a value runs to
 * the end of its line and knows no quotes.  Lines outside the section that is
 * wanted are somebody else's, so nothing is demanded of them.
 */
#include <string.h>

#include "plugin/extra_opts.h"

/* where a walk through the lines is */
struct lines {
	const char	*p;
	size_t		 left;
	unsigned	 number;
};

/*
 * lines_of - the walk begins behind a byte order mark, which some editors leave
 */
static struct lines
lines_of(const char *text, size_t len)
{
	struct lines lines = { text, len, 0 };

	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		lines.p += 3;
		lines.left -= 3;
	}
	return lines;
}

/* next_line - trimmed; false at the end */
static bool
next_line(struct lines *lines, struct span *line)
{
	const char *end;
	size_t len;

	if (lines->left == 0)
		return false;
	end = memchr(lines->p, '\n', lines->left);
	len = end != NULL ? (size_t)(end - lines->p) : lines->left;
	*line = span_trim((struct span){ lines->p, len });
	if (end != NULL)
		len++;
	lines->p += len;
	lines->left -= len;
	lines->number++;
	return true;
}

static bool
is_comment(struct span line)
{
	return line.len == 0 || line.p[0] == ';' || line.p[0] == '#';
}

/* parse_header - false if it is none; one that is broken has an empty name */
static bool
parse_header(struct span line, struct span *name)
{
	const char *end;
	struct span rest;

	if (line.p[0] != '[')
		return false;
	*name = (struct span){ line.p, 0 };
	end = memchr(line.p, ']', line.len);
	if (end == NULL)
		return true;
	rest = (struct span){ end + 1, line.len - (size_t)(end + 1 - line.p) };
	if (is_comment(span_trim(rest)))
		*name = span_trim((struct span){
			line.p + 1, (size_t)(end - line.p) - 1 });
	return true;
}

/* parse_pair - a key without value has an empty one */
static bool
parse_pair(struct span line, struct span *key, struct span *value)
{
	const char *equals = memchr(line.p, '=', line.len);
	size_t len;

	if (equals == NULL || memchr(line.p, '\0', line.len) != NULL)
		return false;
	len = (size_t)(equals - line.p);
	*key = span_trim((struct span){ line.p, len });
	*value = span_trim((struct span){ equals + 1, line.len - len - 1 });
	return key->len > 0;
}

static bool
same(struct span s, const char *text)
{
	return s.len == strlen(text) && memcmp(s.p, text, s.len) == 0;
}

bool
ini_holds(const char *text, size_t len, const char *wanted)
{
	struct lines lines = lines_of(text, len);
	struct span line, key, value;

	while (next_line(&lines, &line))
		if (!is_comment(line) && parse_pair(line, &key, &value) &&
		    same(key, wanted))
			return true;
	return false;
}

/* end_here - the span as a string in the text, whose next byte it takes */
static char *
end_here(char *text, struct span s)
{
	char *p = text + (s.p - text);

	p[s.len] = '\0';
	return p;
}

int
ini_section(char *text, size_t len, const char *section,
    struct ini_pair pairs[INI_KEYS_MAX], unsigned *number, bool *found)
{
	struct lines lines = lines_of(text, len);
	struct span line, name, key, value;
	bool ours = false;
	int n = 0;

	*found = false;
	while (next_line(&lines, &line)) {
		*number = lines.number;
		if (is_comment(line))
			continue;
		if (parse_header(line, &name)) {
			ours = same(name, section);
			*found = *found || ours;
			continue;
		}
		if (!ours)
			continue;
		if (!parse_pair(line, &key, &value))
			return INI_BROKEN;
		if (n == INI_KEYS_MAX)
			return INI_CROWDED;
		pairs[n].key = end_here(text, key);
		pairs[n].value = value.len == 0 ? NULL :
		    end_here(text, value);
		n++;
	}
	return n;
}
