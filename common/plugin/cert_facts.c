/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_facts - what was learnt of certificates, in JSON
 */
#include "base/when.h"
#include "plugin/cert.h"
#include "report/json.h"

void
cert_facts(const struct run *run, struct json *j)
{
	(void)run;
	json_array(j, "certificates");
	json_array_end(j);
}
