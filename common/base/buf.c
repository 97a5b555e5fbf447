/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * buf - a byte queue with a cap
 *
 * What is held stands at data + start.  One byte behind it is always allocated
 * too, so that buf_cstr() and vsnprintf() find a place for their NUL; hence
 * `size` may reach cap + 1.
 *
 * realloc() is of no use here: it may leave a copy of a password behind.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/wipe.h"

enum {
	BUF_FIRST = 64		/* bytes of the first allocation */
};

static const size_t cap_max = PTRDIFF_MAX - 1;

void
buf_init(struct buf *b, size_t cap)
{
	*b = (struct buf){ .cap = cap < cap_max ? cap : cap_max };
}

void
buf_free(struct buf *b)
{
	if (b->data != NULL)
		wipe(b->data, b->size);
	free(b->data);
	buf_init(b, b->cap);
}

/* compact - move what is held to the front of the memory */
static void
compact(struct buf *b)
{
	memmove(b->data, b->data + b->start, b->len);
	wipe(b->data + b->len, b->start);
	b->start = 0;
}

/* enlarge - move to memory of at least `need` and at most cap + 1 bytes */
static bool
enlarge(struct buf *b, size_t need)
{
	size_t most = b->cap + 1;
	size_t size = b->size > 0 ? b->size : BUF_FIRST;
	char *data;

	if (b->size > 0)
		size = size < most / 2 ? size * 2 : most;
	if (size < need)
		size = need;
	if (size > most)
		size = most;
	data = malloc(size);
	if (data == NULL) {
		b->nomem = true;
		return false;
	}
	if (b->data != NULL) {
		memcpy(data, b->data + b->start, b->len);
		wipe(b->data, b->size);
		free(b->data);
	}
	b->data = data;
	b->size = size;
	b->start = 0;
	return true;
}

char *
buf_room(struct buf *b, size_t n)
{
	size_t need;

	if (b->overflow || b->nomem)
		return NULL;
	if (n > b->cap - b->len) {
		b->overflow = true;
		return NULL;
	}
	need = b->len + n + 1;
	if (need > b->size - b->start) {
		/*
		 * Moving pays only when it frees at least as much as it
		 * moves; otherwise a small drop before every append would
		 * make the whole quadratic.
		 */
		if (need <= b->size &&
		    (b->start >= b->len || b->size > b->cap))
			compact(b);
		else if (!enlarge(b, need))
			return NULL;
	}
	return b->data + b->start + b->len;
}

void
buf_grew(struct buf *b, size_t n)
{
	size_t room = b->data != NULL ? b->size - b->start - b->len - 1 : 0;

	b->len += n < room ? n : room;
}

bool
buf_add(struct buf *b, const void *bytes, size_t n)
{
	char *to = buf_room(b, n);

	if (to == NULL)
		return false;
	if (n > 0)
		memcpy(to, bytes, n);
	b->len += n;
	return true;
}

bool
buf_str(struct buf *b, const char *text)
{
	return buf_add(b, text, strlen(text));
}

bool
buf_span_add(struct buf *b, struct span s)
{
	return buf_add(b, s.p, s.len);
}

bool
buf_char(struct buf *b, char c)
{
	return buf_add(b, &c, 1);
}

bool
buf_fmt(struct buf *b, const char *format, ...)
{
	va_list args;
	char *to;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0) {
		b->nomem = true;
		return false;
	}
	to = buf_room(b, (size_t)n);
	if (to == NULL)
		return false;
	va_start(args, format);
	(void)vsnprintf(to, (size_t)n + 1, format, args);
	va_end(args);
	b->len += (size_t)n;
	return true;
}

void
buf_drop(struct buf *b, size_t n)
{
	if (n > b->len)
		n = b->len;
	if (n == 0)
		return;
	wipe(b->data + b->start, n);
	b->len -= n;
	b->start = b->len > 0 ? b->start + n : 0;
}

void
buf_cut(struct buf *b, size_t from, size_t n)
{
	char *at;

	/* of an empty one there are no bytes to point to */
	if (n == 0 || from > b->len || n > b->len - from)
		return;
	at = b->data + b->start + from;
	memmove(at, at + n, b->len - from - n);
	b->len -= n;
	wipe(b->data + b->start + b->len, n);
}

void
buf_clear(struct buf *b)
{
	buf_drop(b, b->len);
}

struct span
buf_span(const struct buf *b)
{
	if (b->len == 0)
		return (struct span){ "", 0 };
	return (struct span){ b->data + b->start, b->len };
}

const char *
buf_cstr(struct buf *b)
{
	if (b->len == 0 || b->nomem)
		return "";
	b->data[b->start + b->len] = '\0';
	return b->data + b->start;
}
