/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_list - the certificates of a target, as a short table and as facts
 *
 * Listed is what was sent, as it was sent, and then what the path has besides:
 * as a rule the anchor, out of our own store.
 */
#ifndef PLUGIN_CERT_LIST_H
#define PLUGIN_CERT_LIST_H

#include "base/buf.h"
#include "judge/tls_facts.h"
#include "report/json.h"

enum {
	CERT_LIST_MAX = 12,	/* lines of the table for one target */
	CERT_LIST_CELL = 48	/* columns of a subject or issuer in it */
};

/* cert_list_table - append lines: position, subject, issuer, end, key; `name`, if not NULL, stands in the first one.  Nothing without certificates. */
void	cert_list_table(struct buf *, const char *name, const struct tls_facts *, int64_t now);
/* cert_list_json - append the objects of `certificates`, all of them, into the array that is open; `target`: the name of the result, NULL none */
void	cert_list_json(struct json *, const char *target, const struct tls_facts *, int64_t now);

#endif
