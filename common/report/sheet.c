/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sheet - findings and metrics
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "report/result.h"
#include "report/room.h"

/* a place for one more finding, its texts already made */
static struct finding *
sheet_add(struct sheet *sh, char *sentence, char *detail)
{
	struct finding *f;

	f = room_for_one(sh->findings, sh->nfindings, sizeof(*f));
	if (f == NULL)
		return NULL;
	sh->findings = f;
	f += sh->nfindings++;
	memset(f, 0, sizeof(*f));
	f->sentence = sentence;
	f->detail = detail;
	f->explained_by = CAUSE_NONE;
	f->consequence_of = CAUSE_NONE;
	return f;
}

struct finding *
sheet_find(struct sheet *sh, enum cause cause, enum stage stage,
    const char *detail, const char *fmt, ...)
{
	struct finding *f = NULL;
	char *sentence, *copy = NULL;
	va_list ap;

	if (sh->nfindings == FINDINGS_MAX)
		return NULL;
	va_start(ap, fmt);
	sentence = sentence_vmake(fmt, ap);
	va_end(ap);
	if (detail != NULL)
		copy = sentence_make("%s", detail);
	if (sentence != NULL && (detail == NULL || copy != NULL))
		f = sheet_add(sh, sentence, copy);
	if (f == NULL) {
		free(sentence);
		free(copy);
		sh->nomem = true;
		return NULL;
	}
	f->cause = cause;
	f->stage = stage;
	f->state = cause_info(cause)->state;
	return f;
}

/* longer - the text with more behind it, in its place; NULL stays NULL */
static bool
longer(char **text, const char *more)
{
	char *whole;

	if (*text == NULL)
		return true;
	whole = sentence_make("%s%s", *text, more);
	if (whole == NULL)
		return false;
	free(*text);
	*text = whole;
	return true;
}

bool
finding_say_more(struct finding *f, const char *more)
{
	return longer(&f->sentence, more) && longer(&f->detail, more);
}

void
sheet_say_more(struct sheet *sh, enum cause cause, const char *fmt, ...)
{
	size_t i = 0;
	char *more;
	va_list ap;

	while (i < sh->nfindings && sh->findings[i].cause != cause)
		i++;
	if (i == sh->nfindings)
		return;
	va_start(ap, fmt);
	more = sentence_vmake(fmt, ap);
	va_end(ap);
	if (more == NULL || !finding_say_more(&sh->findings[i], more))
		sh->nomem = true;
	free(more);
}

void
sheet_detail(struct sheet *sh, enum cause cause, const char *fmt, ...)
{
	char *detail;
	va_list ap;
	size_t i = 0;

	while (i < sh->nfindings && sh->findings[i].cause != cause)
		i++;
	if (i == sh->nfindings)
		return;
	va_start(ap, fmt);
	detail = sentence_vmake(fmt, ap);
	va_end(ap);
	if (detail == NULL) {
		sh->nomem = true;
		return;
	}
	free(sh->findings[i].detail);
	sh->findings[i].detail = detail;
}

bool
sheet_has(const struct sheet *sh, enum cause cause)
{
	size_t i;

	for (i = 0; i < sh->nfindings; i++)
		if (sh->findings[i].cause == cause)
			return true;
	return false;
}

struct metric *
sheet_measure_port(struct sheet *sh, enum metric_id id, uint16_t port,
    double value)
{
	struct metric *m;
	size_t i;

	for (i = 0; i < sh->nmetrics; i++) {
		if (sh->metrics[i].id == id && sh->metrics[i].port == port) {
			sh->metrics[i].value = value;
			return &sh->metrics[i];
		}
	}
	if (sh->nmetrics == METRICS_MAX)
		return NULL;
	m = room_for_one(sh->metrics, sh->nmetrics, sizeof(*m));
	if (m == NULL) {
		sh->nomem = true;
		return NULL;
	}
	sh->metrics = m;
	m += sh->nmetrics++;
	memset(m, 0, sizeof(*m));
	m->id = id;
	m->port = port;
	m->value = value;
	return m;
}

struct metric *
sheet_measure(struct sheet *sh, enum metric_id id, double value)
{
	return sheet_measure_port(sh, id, 0, value);
}

const struct metric *
sheet_metric(const struct sheet *sh, enum metric_id id)
{
	size_t i;

	for (i = 0; i < sh->nmetrics; i++)
		if (sh->metrics[i].id == id && sh->metrics[i].port == 0)
			return &sh->metrics[i];
	return NULL;
}

void
sheet_free(struct sheet *sh)
{
	size_t i;

	for (i = 0; i < sh->nfindings; i++) {
		free(sh->findings[i].sentence);
		free(sh->findings[i].detail);
	}
	free(sh->findings);
	free(sh->metrics);
	memset(sh, 0, sizeof(*sh));
}
