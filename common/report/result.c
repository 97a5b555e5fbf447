/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * result - what one target, and the whole run, taught us
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "report/result.h"
#include "report/room.h"

/* a text that may be said again, and then differently */
static void
replace(struct result *r, char **where, char *made)
{
	if (made == NULL) {
		r->sheet.nomem = true;
		return;
	}
	free(*where);
	*where = made;
}

void
result_note(struct result *r, enum stage stage, const char *fmt, ...)
{
	va_list ap;

	if (stage >= STAGE_COUNT)
		return;
	va_start(ap, fmt);
	replace(r, &r->stages[stage].note, sentence_vmake(fmt, ap));
	va_end(ap);
}

void
result_note_more(struct result *r, enum stage stage, const char *fmt, ...)
{
	char *more;
	va_list ap;

	if (stage >= STAGE_COUNT)
		return;
	va_start(ap, fmt);
	more = sentence_vmake(fmt, ap);
	va_end(ap);
	if (more == NULL)
		r->sheet.nomem = true;
	else
		result_note(r, stage, "%s%s", r->stages[stage].note == NULL ?
		    "" : r->stages[stage].note, more);
	free(more);
}

void
result_by_hand(struct result *r, struct buf *command)
{
	replace(r, &r->by_hand, sentence_make("%s", buf_cstr(command)));
	r->sheet.nomem = r->sheet.nomem || command->nomem;
}

void
result_summary(struct result *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	replace(r, &r->ok_summary, sentence_vmake(fmt, ap));
	va_end(ap);
}

void
result_spent(struct result *r, enum stage stage, int64_t usec)
{
	if (stage >= STAGE_COUNT)
		return;
	r->stages[stage].timed = true;
	if (usec > 0)
		r->stages[stage].usec += usec;
}

/* without the name and the blank behind it, if it begins so */
static const char *
behind(const char *sentence, const char *name)
{
	size_t n = strlen(name);

	if (n > 0 && strncmp(sentence, name, n) == 0 && sentence[n] == ' ')
		return sentence + n + 1;
	return sentence;
}

void
result_whom(const struct result *r, uint16_t port, struct buf *out)
{
	struct target t;

	if (port == 0 && r->name != NULL) {
		buf_str(out, r->name);
		return;
	}
	t = r->target;
	if (port != 0)
		t.port = port;
	target_write(out, &t);
}

const char *
result_words(const struct result *r, uint16_t port, const char *sentence)
{
	const char *rest = sentence;
	struct target t = r->target;
	struct buf b;

	if (r->name != NULL && port == 0)
		rest = behind(sentence, r->name);
	if (rest != sentence)
		return rest;
	if (port != 0)
		t.port = port;
	buf_init(&b, HOST_MAX + 16);
	target_write(&b, &t);
	rest = behind(sentence, buf_cstr(&b));
	buf_free(&b);
	return rest;
}

struct target
result_place(const struct result *r, const struct finding *f)
{
	struct target t = r->target;

	if (f != NULL && f->port != 0) {
		t.port = f->port;
		t.tls = f->tls;
	}
	return t;
}

void
result_free(struct result *r)
{
	unsigned i;

	for (i = 0; i < STAGE_COUNT; i++)
		free(r->stages[i].note);
	free(r->name);
	free(r->ok_summary);
	free(r->by_hand);
	free(r->facts);
	free(r->tls);
	sheet_free(&r->sheet);
	memset(r, 0, sizeof(*r));
}

struct result *
run_new_result(struct run *run, const struct target *t)
{
	struct result *r;

	r = room_for_one(run->results, run->nresults, sizeof(*r));
	if (r == NULL) {
		run->sheet.nomem = true;
		return NULL;
	}
	run->results = r;
	run->worst = NULL;
	r += run->nresults++;
	memset(r, 0, sizeof(*r));
	r->target = *t;
	return r;
}

const struct result *
run_only(const struct run *run)
{
	return run->nresults == 1 ? &run->results[0] : NULL;
}

void
run_free(struct run *run)
{
	size_t i;

	for (i = 0; i < run->nresults; i++)
		result_free(&run->results[i]);
	free(run->results);
	free(run->summary);
	sheet_free(&run->sheet);
	memset(run, 0, sizeof(*run));
}
