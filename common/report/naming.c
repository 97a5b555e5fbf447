/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * naming - what reports call each target of a run
 */
#include <stdlib.h>
#include <string.h>

#include "report/naming.h"

/* by name, among equals in the order of the command line */
static int
compare(const void *va, const void *vb)
{
	const struct result *a = *(struct result *const *)va;
	const struct result *b = *(struct result *const *)vb;
	int diff = strcmp(a->name, b->name);

	if (diff != 0)
		return diff;
	return a < b ? -1 : a > b;
}

static bool
rename_to(struct result *r, char *name)
{
	if (name == NULL)
		return false;
	free(r->name);
	r->name = name;
	return true;
}

static bool
add_address(struct result *r)
{
	char text[ADDRESS_TEXT];

	if (r->target.fixed.family == 0)
		return true;
	return rename_to(r, sentence_make("%s %s", r->name,
	    address_text(&r->target.fixed, text)));
}

static bool
add_number(struct result *r, size_t number)
{
	if (number == 1)
		return true;
	return rename_to(r, sentence_make("%s #%zu", r->name, number));
}

/* the rest of a group still has the old name while its first gets another */
static size_t
group_size(struct result *const *r, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++)
		if (strcmp(r[0]->name, r[i]->name) != 0)
			break;
	return i;
}

static bool
part(struct result **sorted, size_t n, bool numbers)
{
	size_t i, k, same;

	qsort(sorted, n, sizeof(*sorted), compare);
	for (i = 0; i < n; i += same) {
		same = group_size(sorted + i, n - i);
		for (k = 0; same > 1 && k < same; k++) {
			if (numbers ? !add_number(sorted[i + k], k + 1) :
			    !add_address(sorted[i + k]))
				return false;
		}
	}
	return true;
}

static bool
name_one(struct result *r)
{
	struct buf b;
	bool ok;

	if (r->name != NULL || r->target.host[0] == '\0')
		return true;
	buf_init(&b, SENTENCE_MAX);
	target_write(&b, &r->target);
	ok = rename_to(r, b.nomem ? NULL :
	    sentence_make("%s", buf_cstr(&b)));
	buf_free(&b);
	return ok;
}

bool
names_give(struct run *run)
{
	struct result **sorted;
	size_t i, n = 0;
	bool ok;

	for (i = 0; i < run->nresults; i++)
		if (!name_one(&run->results[i]))
			return false;
	if (run->nresults < 2)
		return true;
	sorted = calloc(run->nresults, sizeof(struct result *));
	if (sorted == NULL)
		return false;
	for (i = 0; i < run->nresults; i++)
		if (run->results[i].name != NULL)
			sorted[n++] = &run->results[i];
	ok = part(sorted, n, false) && part(sorted, n, true);
	free(sorted);
	return ok;
}
