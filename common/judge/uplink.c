/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * uplink - is it the server that cannot be reached, or can we reach nobody?
 */
#include <stdlib.h>

#include "judge/uplink.h"

static bool
is_doubtful(const struct finding *f)
{
	/* where another address of the host answers, the uplink is up */
	if (f->explained_by != CAUSE_NONE)
		return false;
	return f->cause == CAUSE_CONNECT_FILTERED ||
	    f->cause == CAUSE_CONNECT_UNREACHABLE ||
	    f->cause == CAUSE_CONNECT_REJECTED ||
	    f->cause == CAUSE_DNS_NO_ANSWER;
}

bool
uplink_doubtful(const struct result *r)
{
	size_t i;

	for (i = 0; i < r->sheet.nfindings; i++)
		if (is_doubtful(&r->sheet.findings[i]))
			return true;
	return false;
}

/* answered - a connection, or a reset from the far end, which is as good */
static bool
answered(const struct result *r)
{
	return r->stages[STAGE_CONNECT].progress == PROGRESS_OK ||
	    sheet_has(&r->sheet, CAUSE_CONNECT_REFUSED) ||
	    sheet_has(&r->sheet, CAUSE_CONNECT_RESET);
}

/* unreached - it was tried, and it is not this program's fault that it failed */
static bool
unreached(const struct result *r)
{
	return uplink_doubtful(r) ||
	    sheet_has(&r->sheet, CAUSE_CONNECT_NO_NETWORK);
}

/* blame - the uplink, for what was found about this target */
static void
blame(struct result *r, struct buf *names)
{
	struct buf whom;
	size_t i;

	for (i = 0; i < r->sheet.nfindings; i++)
		if (is_doubtful(&r->sheet.findings[i]))
			r->sheet.findings[i].explained_by =
			    CAUSE_CONNECT_NO_NETWORK;
	buf_init(&whom, SENTENCE_MAX);
	target_write(&whom, &r->target);
	sheet_find(&r->sheet, CAUSE_CONNECT_NO_NETWORK, STAGE_CONNECT, NULL,
	    "%s cannot be reached, and neither can %s: the network of this "
	    "host is down", buf_cstr(&whom), buf_cstr(names));
	r->stages[STAGE_CONNECT].progress = PROGRESS_FAILED;
	if (whom.nomem)
		r->sheet.nomem = true;
	buf_free(&whom);
}

/* absolve - the uplink: somebody else answers */
static void
absolve(struct result *r, struct buf *name)
{
	struct finding *f;
	char *detail;
	size_t i;

	for (i = 0; i < r->sheet.nfindings; i++) {
		f = &r->sheet.findings[i];
		if (!is_doubtful(f))
			continue;
		detail = sentence_make("%s; the uplink of this host is "
		    "clear: %s answers", f->detail != NULL ? f->detail :
		    f->sentence, buf_cstr(name));
		if (detail == NULL) {
			r->sheet.nomem = true;
			return;
		}
		free(f->detail);
		f->detail = detail;
	}
}

/* list - the names of those that could not be reached, or of the first that answered; how many were tried */
static size_t
list(const struct run *references, struct buf *names, bool *clear)
{
	const struct result *r;
	size_t i, n = 0;

	*clear = false;
	for (i = 0; i < references->nresults && !*clear; i++) {
		r = &references->results[i];
		*clear = answered(r);
		if (*clear)
			buf_clear(names);
		else if (!unreached(r))
			continue;
		if (names->len > 0)
			buf_str(names, ", ");
		target_write(names, &r->target);
		n++;
	}
	return n;
}

void
uplink_judge(struct run *run, const struct run *references)
{
	struct buf names;
	size_t i, n;
	bool clear;

	buf_init(&names, SENTENCE_MAX);
	n = list(references, &names, &clear);
	for (i = 0; n > 0 && i < run->nresults; i++) {
		if (!uplink_doubtful(&run->results[i]))
			continue;
		if (clear)
			absolve(&run->results[i], &names);
		else
			blame(&run->results[i], &names);
	}
	if (names.nomem)
		run->sheet.nomem = true;
	buf_free(&names);
}
