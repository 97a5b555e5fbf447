/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_seen - what TLS showed of each target, as facts of every check
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "plugin/tls_seen.h"

#define DAY	86400.0

/* what is kept of struct tls_facts, in one block */
struct tls_seen {
	char		version[16];
	char		cipher[64];
	char		group[32];
	char		alpn[32];
	char		signed_with[16];
	unsigned	dh_bits;
	bool		refused;
	bool		has_cert;
	char		key[32];
	unsigned	bits;
	char		signature[64];
	int64_t		not_after;
	double		days;
};

static void
copy(char *to, size_t size, const char *from)
{
	(void)snprintf(to, size, "%s", from != NULL ? from : "");
}

/* version_name - by number where it is known, for libraries call the first one TLSv1 */
static const char *
version_name(const struct tls_facts *facts)
{
	static const char *const names[] = {
		"TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"
	};
	int nth = facts->server_version - 10;

	return nth >= 0 && nth < (int)(sizeof(names) / sizeof(names[0])) ?
	    names[nth] : facts->version;
}

static void
keep_cert(struct tls_seen *seen, const struct cert_facts *leaf, int64_t now)
{
	seen->has_cert = leaf != NULL;
	if (leaf == NULL)
		return;
	copy(seen->key, sizeof(seen->key), leaf->key);
	copy(seen->signature, sizeof(seen->signature), leaf->signature);
	seen->bits = leaf->bits;
	seen->not_after = leaf->not_after;
	seen->days = (double)(leaf->not_after - now) / DAY;
}

void
tls_seen_keep(struct result *r, const struct tls_facts *facts, bool refused,
    int64_t now)
{
	struct tls_seen *seen;

	if (r->tls == NULL)
		r->tls = malloc(sizeof(*seen));
	if (r->tls == NULL) {
		r->sheet.nomem = true;
		return;
	}
	seen = memset(r->tls, 0, sizeof(*seen));
	copy(seen->version, sizeof(seen->version), version_name(facts));
	copy(seen->cipher, sizeof(seen->cipher), facts->cipher);
	copy(seen->group, sizeof(seen->group), facts->group);
	copy(seen->alpn, sizeof(seen->alpn), facts->alpn);
	copy(seen->signed_with, sizeof(seen->signed_with),
	    facts->signed_with);
	seen->dh_bits = facts->dh_bits;
	seen->refused = refused;
	keep_cert(seen, tls_facts_cert(facts, 0), now);
}

/* known - or null */
static void
known(struct json *j, const char *key, const char *text)
{
	json_string(j, key, *text != '\0' ? text : NULL);
}

static void
number(struct json *j, const char *key, unsigned n)
{
	if (n > 0)
		json_uint(j, key, n);
	else
		json_null(j, key);
}

static void
certificate(struct json *j, const struct tls_seen *seen)
{
	struct buf end;

	if (!seen->has_cert) {
		json_null(j, "certificate");
		return;
	}
	json_object(j, "certificate");
	known(j, "key", seen->key);
	number(j, "bits", seen->bits);
	known(j, "signature", seen->signature);
	buf_init(&end, 64);
	when_write_iso(&end, seen->not_after);
	json_string(j, "not_after", buf_cstr(&end));
	buf_free(&end);
	json_number(j, "days", seen->days);
	json_object_end(j);
}

void
tls_seen_facts(const struct run *run, struct json *j)
{
	const struct tls_seen *seen;
	bool any = false;
	size_t i;

	for (i = 0; i < run->nresults; i++) {
		seen = run->results[i].tls;
		if (seen == NULL)
			continue;
		if (!any)
			json_array(j, "tls");
		any = true;
		json_object(j, NULL);
		json_string(j, "target", run->results[i].name);
		json_bool(j, "refused", seen->refused);
		known(j, "version", seen->version);
		known(j, "cipher", seen->cipher);
		known(j, "group", seen->group);
		number(j, "dh_bits", seen->dh_bits);
		known(j, "signed_with", seen->signed_with);
		known(j, "alpn", seen->alpn);
		certificate(j, seen);
		json_object_end(j);
	}
	if (any)
		json_array_end(j);
}
