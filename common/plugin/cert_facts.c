/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_facts - what was learnt of certificates: the table and the facts
 */
#include "plugin/cert.h"
#include "plugin/cert_list.h"
#include "plugin/tls_seen.h"
#include "report/json.h"

void
cert_table(const struct run *run, struct buf *out, int64_t now)
{
	size_t i;

	for (i = 0; i < run->nresults; i++)
		if (run->results[i].facts != NULL)
			cert_list_table(out, run->nresults > 1 ?
			    run->results[i].name : NULL,
			    run->results[i].facts, now);
}

void
cert_facts(const struct run *run, struct json *j, int64_t now)
{
	size_t i;

	json_array(j, "certificates");
	for (i = 0; i < run->nresults; i++)
		if (run->results[i].facts != NULL)
			cert_list_json(j, run->results[i].name,
			    run->results[i].facts, now);
	json_array_end(j);
	tls_seen_facts(run, j);
}
