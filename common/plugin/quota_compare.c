/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_compare - do the sources of several --backend agree?
 */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "plugin/quota.h"

static bool
set_tolerance(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct quota_tolerance t = { .value = 0 };

	(void)plugin;
	t.in_bytes = value[strcspn(value, "KMGTBkmgtb")] != '\0';
	if (number_parse(span_of(value), t.in_bytes ? UNIT_BYTES :
	    UNIT_PERCENT, &t.value) && t.value >= 0 &&
	    (t.in_bytes || t.value <= 100)) {
		memcpy(field, &t, sizeof(t));
		return true;
	}
	(void)buf_str(why, "points of percent up to 100 such as 5 or 2.5%, or "
	    "a size such as 500M");
	return false;
}

const struct opt_type opt_tolerance = {
	.has_value = true, .set = set_tolerance, .noun = "tolerance"
};

void
quota_whom(const struct result *r, struct buf *out)
{
	if (r->name == NULL && r->target.user != NULL)
		(void)buf_fmt(out, "%s at ", r->target.user);
	result_whom(r, 0, out);
}

/* alone - has the source of this answer given no other */
static bool
alone(const struct run *run, const struct result *r)
{
	const struct quota_facts *mine = r->facts, *other;
	size_t i;

	for (i = 0; i < run->nresults; i++) {
		other = run->results[i].facts;
		if (other != NULL && other != mine &&
		    strcmp(other->backend, mine->backend) == 0)
			return false;
	}
	return true;
}

/* gather - the answers; `names` is for their names, one behind the other, each with its NUL */
static size_t
gather(struct run *run, struct quota_source *sources, struct buf *names)
{
	struct result *r;
	const char *at;
	size_t i, n = 0;

	for (i = 0; i < run->nresults; i++) {
		r = &run->results[i];
		if (r->facts == NULL)
			continue;
		sources[n++] = (struct quota_source){ .facts = r->facts,
			.sheet = &r->sheet, .alone = alone(run, r),
			.account = r->target.user != NULL ? r->target.user :
			r->name };
		quota_whom(r, names);
		(void)buf_add(names, "", 1);
	}
	/* they stay where they are only now */
	for (i = 0, at = buf_cstr(names); i < n; i++) {
		sources[i].disk = quota_of_disks(sources[i].facts->backend);
		sources[i].whom = at;
		at += strlen(at) + 1;
	}
	return n;
}

void
quota_compare(const struct work *work, const struct quota_options *options)
{
	struct run *run = work->run;
	struct quota_source *sources;
	struct buf names;
	size_t n;

	if (options->backends.n < 2 || run->nresults < 2)
		return;
	sources = calloc(run->nresults, sizeof(*sources));
	if (sources == NULL) {
		run->sheet.nomem = true;
		return;
	}
	buf_init(&names, run->nresults * (QUOTA_WHOM_MAX + HOST_MAX + 1024));
	n = gather(run, sources, &names);
	if (names.nomem || names.overflow)
		run->sheet.nomem = true;
	else
		quota_disagree(sources, n, &options->tolerance);
	buf_free(&names);
	free(sources);
}
