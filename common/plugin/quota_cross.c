/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_cross - what several sources say, side by side
 */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "plugin/quota.h"

#define TOLERANCE_MOST	1e15	/* bytes */

static bool
set_tolerance(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct quota_tolerance t = { .given = true };

	(void)plugin;
	if (!number_parse(span_of(value), UNIT_PERCENT, &t.value)) {
		t.bytes = true;
		if (!number_parse(span_of(value), UNIT_BYTES, &t.value))
			t.value = -1;
	}
	if (t.value >= 0 && t.value <= (t.bytes ? TOLERANCE_MOST : 100)) {
		memcpy(field, &t, sizeof(t));
		return true;
	}
	(void)buf_str(why, "points of percent up to 100 such as 5%, or bytes "
	    "with a suffix such as 500M");
	return false;
}

const struct opt_type opt_tolerance = {
	.has_value = true, .set = set_tolerance, .noun = "tolerance"
};

bool
quota_cross_check(const struct quota_options *options,
    const struct settings *settings, struct opt_error *error)
{
	(void)settings;
	if (!options->tolerance.given || options->backends.n > 1)
		return true;
	opt_refuse(error, CAUSE_USAGE_OPTION, "--tolerance compares several "
	    "sources: give --backend more than once");
	return false;
}

/* is_disk - does that back end speak of file systems? */
static bool
is_disk(const struct quota_options *options, const char *name)
{
	size_t i;

	for (i = 0; i < options->backends.n; i++)
		if (strcmp(options->backends.rows[i]->name, name) == 0)
			return options->backends.rows[i]->disk;
	return false;
}

/* name_of - what reports call it; a copy, NULL without memory */
static char *
name_of(const struct result *r)
{
	struct buf name;
	char *copy;

	buf_init(&name, SENTENCE_MAX);
	result_whom(r, 0, &name);
	copy = name.nomem ? NULL : sentence_make("%s", buf_cstr(&name));
	buf_free(&name);
	return copy;
}

/* gather - the results that hold an answer, and their names, which are the caller's to free; how many */
static size_t
gather(struct run *run, const struct quota_options *options,
    struct quota_source *sources, char **names)
{
	const struct result *r;
	size_t i, n = 0;

	for (i = 0; i < run->nresults; i++) {
		r = &run->results[i];
		if (r->facts == NULL)
			continue;
		names[n] = name_of(r);
		sources[n] = (struct quota_source){ .facts = r->facts,
		    .whom = names[n] == NULL ? "" : names[n],
		    .account = r->target.user };
		sources[n].disk = is_disk(options, sources[n].facts->backend);
		run->sheet.nomem = run->sheet.nomem || names[n] == NULL;
		n++;
	}
	return n;
}

void
quota_cross(const struct work *work, const struct quota_options *options)
{
	struct run *run = work->run;
	size_t n = run->nresults;
	struct quota_source *sources;
	char **names;

	if (options->backends.n < 2 || n < 2)
		return;
	sources = calloc(n, sizeof(*sources));
	names = calloc(n, sizeof(*names));
	if (sources == NULL || names == NULL) {
		run->sheet.nomem = true;
		n = 0;
	} else {
		n = gather(run, options, sources, names);
		quota_disagree_judge(&run->sheet, sources, n,
		    &options->tolerance);
	}
	while (n > 0)
		free(names[--n]);
	free(names);
	free(sources);
}
