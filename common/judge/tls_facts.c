/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_facts - what a handshake showed, freed from any TLS library
 */
#include <stdlib.h>
#include <string.h>

#include "judge/tls_facts.h"

/* RFC 8446 section 6 and, for those that it no longer has, RFC 5246 section 7.2 */
static const struct {
	int		 number;
	const char	*name;
} alerts[] = {
	{ 0, "close_notify" },
	{ 10, "unexpected_message" },
	{ 20, "bad_record_mac" },
	{ 21, "decryption_failed" },
	{ 22, "record_overflow" },
	{ 30, "decompression_failure" },
	{ 40, "handshake_failure" },
	{ 41, "no_certificate" },
	{ 42, "bad_certificate" },
	{ 43, "unsupported_certificate" },
	{ 44, "certificate_revoked" },
	{ 45, "certificate_expired" },
	{ 46, "certificate_unknown" },
	{ 47, "illegal_parameter" },
	{ 48, "unknown_ca" },
	{ 49, "access_denied" },
	{ 50, "decode_error" },
	{ 51, "decrypt_error" },
	{ 60, "export_restriction" },
	{ 70, "protocol_version" },
	{ 71, "insufficient_security" },
	{ 80, "internal_error" },
	{ 86, "inappropriate_fallback" },
	{ 90, "user_canceled" },
	{ 100, "no_renegotiation" },
	{ 109, "missing_extension" },
	{ 110, "unsupported_extension" },
	{ 111, "certificate_unobtainable" },
	{ 112, "unrecognized_name" },
	{ 113, "bad_certificate_status_response" },
	{ 114, "bad_certificate_hash_value" },
	{ 115, "unknown_psk_identity" },
	{ 116, "certificate_required" },
	{ 120, "no_application_protocol" }
};

const char *
tls_alert_name(int number)
{
	size_t i;

	for (i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++)
		if (alerts[i].number == number)
			return alerts[i].name;
	return "unknown";
}

const struct cert_facts *
tls_facts_cert(const struct tls_facts *facts, size_t depth)
{
	if (depth < facts->npath)
		return &facts->path[depth];
	if (facts->npath == 0 && depth < facts->nsent)
		return &facts->sent[depth];
	return NULL;
}

bool
tls_facts_has(const struct cert_facts *list, size_t n,
    const struct cert_facts *cert)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i].sha256, cert->sha256) == 0)
			return true;
	return false;
}

static void
cert_free(struct cert_facts *cert)
{
	size_t i;

	free(cert->subject);
	free(cert->subject_cn);
	free(cert->issuer);
	free(cert->issuer_cn);
	free(cert->issuer_org);
	free(cert->serial);
	free(cert->key);
	free(cert->signature);
	free(cert->issuer_url);
	free(cert->der);
	for (i = 0; i < cert->nnames; i++)
		free(cert->names[i]);
}

static void
list_free(struct cert_facts *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		cert_free(&list[i]);
	free(list);
}

void
tls_facts_free(struct tls_facts *facts)
{
	if (facts == NULL)
		return;
	list_free(facts->sent, facts->nsent);
	list_free(facts->path, facts->npath);
	facts->sent = facts->path = NULL;
	facts->nsent = facts->npath = 0;
}
