/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_failure - what ended a handshake
 *
 * From the messages that went by (versions, alerts, demands) and the reason
 * codes of OpenSSL's error queue; its texts are never shown.
 */
#include <openssl/err.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "world/tls_parts.h"

enum {
	ALERT_FATAL = 2,
	ALERT_CLOSE_NOTIFY = 0,
	ALERT_PROTOCOL_VERSION = 70,
	ALERT_USER_CANCELED = 90,
	ALERT_CERTIFICATE_REQUIRED = 116,
	HELLO_RANDOM = 34,		/* bytes of version and random: RFC 8446 section 4.1.3 */
	EXTENSION_VERSIONS = 43		/* supported_versions */
};

static const struct {
	int			 reason;
	enum tls_outcome	 outcome;
	const char		*words;
} reasons[] = {
	{ SSL_R_UNSUPPORTED_PROTOCOL, TLS_VERSION, "no TLS version in common" },
	{ SSL_R_WRONG_SSL_VERSION, TLS_VERSION, "no TLS version in common" },
	{ SSL_R_WRONG_VERSION_NUMBER, TLS_VERSION, "no TLS version in common" },
	{ SSL_R_VERSION_TOO_LOW, TLS_VERSION, "its TLS version is too old" },
	{ SSL_R_VERSION_TOO_HIGH, TLS_VERSION, "its TLS version is too new" },
	{ SSL_R_NO_PROTOCOLS_AVAILABLE, TLS_OURS,
	    "--tls-min, --tls-max and the policy of this host leave no TLS "
	    "version" },
	{ SSL_R_NO_CIPHERS_AVAILABLE, TLS_OURS,
	    "the policy of this host leaves no cipher" },
	{ SSL_R_DH_KEY_TOO_SMALL, TLS_POLICY,
	    "its Diffie-Hellman parameters are too small" },
	{ SSL_R_EE_KEY_TOO_SMALL, TLS_POLICY,
	    "the key of its certificate is too small" },
	{ SSL_R_CA_KEY_TOO_SMALL, TLS_POLICY, "its CA's key is too small" },
	{ SSL_R_CA_MD_TOO_WEAK, TLS_POLICY,
	    "its certificate is signed with a digest that is too weak" },
	{ SSL_R_WRONG_SIGNATURE_TYPE, TLS_POLICY,
	    "it signs the handshake in a way that is too weak (SHA-1 or MD5)" },
	{ SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, TLS_POLICY,
	    "no signature algorithm in common that is strong enough" },
	{ SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED, TLS_POLICY,
	    "it does not know secure renegotiation (RFC 5746)" },
	{ SSL_R_WRONG_CURVE, TLS_POLICY, "its curve is not accepted" },
	{ SSL_R_UNSUPPORTED_ELLIPTIC_CURVE, TLS_POLICY,
	    "its curve is not accepted" },
	{ SSL_R_UNKNOWN_CIPHER_RETURNED, TLS_BROKEN,
	    "it chose a cipher that does not exist" },
	{ SSL_R_WRONG_CIPHER_RETURNED, TLS_BROKEN,
	    "it chose a cipher that was not offered" },
	{ SSL_R_BAD_SIGNATURE, TLS_BROKEN,
	    "the handshake's signature does not fit its certificate" },
	{ SSL_R_WRONG_CERTIFICATE_TYPE, TLS_BROKEN,
	    "its certificate is of another kind than the cipher needs" },
	{ SSL_R_UNABLE_TO_FIND_PUBLIC_KEY_PARAMETERS, TLS_BROKEN,
	    "the key in its certificate cannot be used" },
	{ SSL_R_INAPPROPRIATE_FALLBACK, TLS_BROKEN,
	    "the TLS version was forced down on the way" },
	{ SSL_R_DIGEST_CHECK_FAILED, TLS_BROKEN,
	    "the two sides do not agree on what was said in the handshake" },
	{ SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC, TLS_BROKEN,
	    "a record was damaged on the way" },
	{ SSL_R_DECRYPTION_FAILED, TLS_BROKEN,
	    "a record was damaged on the way" },
	{ SSL_R_BAD_DECOMPRESSION, TLS_BROKEN, "a record is malformed" },
	{ SSL_R_PACKET_LENGTH_TOO_LONG, TLS_BROKEN,
	    "a record is longer than TLS allows" },
	{ SSL_R_ENCRYPTED_LENGTH_TOO_LONG, TLS_BROKEN,
	    "a record is longer than TLS allows" },
	{ SSL_R_DATA_LENGTH_TOO_LONG, TLS_BROKEN,
	    "a record is longer than TLS allows" },
	{ SSL_R_EXCESSIVE_MESSAGE_SIZE, TLS_BROKEN,
	    "a message, perhaps that with its certificates, is too long" },
	{ SSL_R_UNEXPECTED_MESSAGE, TLS_BROKEN, "a message came out of turn" },
	{ SSL_R_UNEXPECTED_RECORD, TLS_BROKEN, "a record came out of turn" },
	{ SSL_R_CCS_RECEIVED_EARLY, TLS_BROKEN, "a message came out of turn" },
	{ SSL_R_BAD_CHANGE_CIPHER_SPEC, TLS_BROKEN, "a message is malformed" },
	{ SSL_R_LENGTH_MISMATCH, TLS_BROKEN, "a message is malformed" },
	{ SSL_R_LENGTH_TOO_SHORT, TLS_BROKEN, "a message is malformed" },
	{ SSL_R_CERT_LENGTH_MISMATCH, TLS_BROKEN,
	    "the message with its certificates is malformed" },
	{ SSL_R_BAD_LENGTH, TLS_BROKEN, "a message is malformed" },
	{ SSL_R_BAD_PACKET, TLS_BROKEN, "a message is malformed" },
	{ SSL_R_BAD_EXTENSION, TLS_BROKEN, "an extension is malformed" },
	{ SSL_R_UNSOLICITED_EXTENSION, TLS_BROKEN,
	    "it answers an extension that was not offered" },
	{ SSL_R_BAD_KEY_SHARE, TLS_BROKEN, "its key share cannot be used" },
	{ SSL_R_BAD_ECPOINT, TLS_BROKEN, "its key share cannot be used" },
	{ SSL_R_BAD_DH_VALUE, TLS_BROKEN,
	    "its Diffie-Hellman value cannot be used" },
	{ SSL_R_INVALID_SESSION_ID, TLS_BROKEN, "a message is malformed" },
	{ SSL_R_SSL3_SESSION_ID_TOO_LONG, TLS_BROKEN,
	    "a message is malformed" },
	{ SSL_R_INVALID_CCS_MESSAGE, TLS_BROKEN, "a message is malformed" },
	{ SSL_R_RENEGOTIATION_ENCODING_ERR, TLS_BROKEN,
	    "an extension is malformed" },
	{ SSL_R_NOT_ON_RECORD_BOUNDARY, TLS_BROKEN,
	    "a message does not end with its record" },
	{ SSL_R_BAD_PROTOCOL_VERSION_NUMBER, TLS_BROKEN,
	    "it names a version that does not exist" },
	{ SSL_R_UNKNOWN_ALERT_TYPE, TLS_BROKEN, "an alert is malformed" },
	{ SSL_R_INVALID_ALERT, TLS_BROKEN, "an alert is malformed" },
	{ SSL_R_NO_SUITABLE_KEY_SHARE, TLS_BROKEN,
	    "it chose a group that was not offered" },
	{ SSL_R_ECC_CERT_NOT_FOR_SIGNING, TLS_BROKEN,
	    "its certificate may not be used for signing, or an extension in "
	    "it is malformed" },
	{ SSL_R_COMPRESSION_DISABLED, TLS_BROKEN, "it wants compression" },
	{ SSL_R_BAD_RECORD_TYPE, TLS_BROKEN, "a record is of an unknown kind" },
	{ SSL_R_TOO_MANY_WARN_ALERTS, TLS_BROKEN, "it sends too many alerts" },
	{ SSL_R_TOO_MANY_KEY_UPDATES, TLS_BROKEN,
	    "it changes its keys too often" },
	{ SSL_R_RENEGOTIATION_MISMATCH, TLS_BROKEN,
	    "it wants to negotiate once more in a wrong way" },
	{ SSL_R_INVALID_COMPRESSION_ALGORITHM, TLS_BROKEN,
	    "it wants compression" },
	{ SSL_R_UNSUPPORTED_COMPRESSION_ALGORITHM, TLS_BROKEN,
	    "it wants compression" }
};

static void
conclude(struct tls_facts *facts, enum tls_outcome outcome, const char *words)
{
	facts->outcome = outcome;
	(void)snprintf(facts->reason, sizeof(facts->reason), "%s", words);
}

void
tls_failure_ours(struct tls *tls, const char *reason)
{
	conclude(tls->facts, TLS_OURS, reason);
}

static unsigned
two_bytes(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

/* version_of - 0x0303 is 12 */
static int
version_of(unsigned wire)
{
	return wire >= 0x0301 && wire <= 0x0304 ? (int)(wire - 0x0301) + 10 : 0;
}

/*
 * hello_version - what a ServerHello chose: RFC 8446 section 4.1.3
 *	legacy_version random session_id<0..32> cipher compression extensions
 */
static int
hello_version(const unsigned char *p, size_t len)
{
	size_t at = HELLO_RANDOM, end, size;

	if (len < at + 1)
		return 0;
	at += 1 + (size_t)p[at] + 3;
	if (len < at + 2)
		return len >= 2 ? version_of(two_bytes(p)) : 0;
	end = at + 2 + two_bytes(p + at);
	for (at += 2; end <= len && at + 4 <= end; at += 4 + size) {
		size = two_bytes(p + at + 2);
		if (two_bytes(p + at) == EXTENSION_VERSIONS && size == 2 &&
		    at + 6 <= end)
			return version_of(two_bytes(p + at + 4));
	}
	return version_of(two_bytes(p));
}

static void
note_alert(struct tls_facts *facts, bool sent, const unsigned char *p)
{
	/* the level counts no more in TLS 1.3, so these two are told by number */
	if (p[1] == ALERT_CLOSE_NOTIFY || p[1] == ALERT_USER_CANCELED ||
	    p[0] != ALERT_FATAL)
		return;
	/* theirs is the news; ours only tells what the reason tells better */
	if (sent && facts->alert >= 0)
		return;
	facts->alert = p[1];
	facts->alert_sent = sent;
}

void
tls_watch(int sent, int version, int type, const void *bytes, size_t len,
    SSL *ssl, void *arg)
{
	const unsigned char *p = bytes;
	struct tls *tls = arg;

	(void)version;
	(void)ssl;
	if (type == SSL3_RT_ALERT && len == 2)
		note_alert(tls->facts, sent != 0, p);
	if (type != SSL3_RT_HANDSHAKE || sent != 0 || len < 4)
		return;
	if (p[0] == SSL3_MT_SERVER_HELLO)
		tls->facts->server_version = hello_version(p + 4, len - 4);
	else if (p[0] == SSL3_MT_CERTIFICATE_REQUEST)
		tls->facts->client_cert_asked = true;
}

/* is_about_us - alerts that answer a client certificate, or its lack */
static bool
is_about_us(const struct tls *tls, int alert)
{
	static const int numbers[] = { 40, 41, 42, 43, 44, 45, 46, 48, 49 };
	size_t i;

	if (alert == ALERT_CERTIFICATE_REQUIRED)
		return true;
	if (!tls->facts->client_cert_asked || tls->talked)
		return false;
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (numbers[i] == alert)
			return true;
	return false;
}

static void
conclude_alert(struct tls *tls)
{
	struct tls_facts *facts = tls->facts;
	char words[sizeof(facts->reason)];

	(void)snprintf(words, sizeof(words), "alert %s (%d)",
	    tls_alert_name(facts->alert), facts->alert);
	if (facts->alert == ALERT_PROTOCOL_VERSION) {
		conclude(facts, TLS_VERSION, words);
	} else if (is_about_us(tls, facts->alert)) {
		(void)snprintf(words, sizeof(words), "%s, alert %s (%d)",
		    tls->context->has_cert ? "it rejects ours" :
		    "none was given", tls_alert_name(facts->alert),
		    facts->alert);
		conclude(facts, TLS_CLIENT_CERT, words);
	} else {
		conclude(facts, TLS_ALERT, words);
	}
}

/* conclude_error - from one error of the queue; false when it tells nothing */
static bool
conclude_error(struct tls *tls, unsigned long error)
{
	int reason = ERR_GET_REASON(error);
	size_t i;

	if (reason == ERR_R_MALLOC_FAILURE) {
		conclude(tls->facts, TLS_OURS, strerror(ENOMEM));
		return true;
	}
	if (ERR_GET_LIB(error) == ERR_LIB_ASN1) {
		conclude(tls->facts, TLS_BROKEN,
		    "one of its certificates cannot be parsed");
		return true;
	}
	for (i = 0; ERR_GET_LIB(error) == ERR_LIB_SSL &&
	    i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (reasons[i].reason != reason)
			continue;
		if (tls->up && reasons[i].outcome == TLS_VERSION)
			conclude(tls->facts, TLS_BROKEN,
			    "bytes that are no TLS follow the handshake");
		else
			conclude(tls->facts, reasons[i].outcome,
			    reasons[i].words);
		return true;
	}
	return false;
}

void
tls_failure_note(struct tls *tls)
{
	struct tls_facts *facts = tls->facts;
	unsigned long error, first = ERR_peek_error();
	char words[sizeof(facts->reason)];

	if (facts->alert >= 0 && !facts->alert_sent) {
		conclude_alert(tls);
		ERR_clear_error();
		return;
	}
	(void)snprintf(words, sizeof(words),
	    "it did something that TLS does not allow (library %d, reason %d)",
	    ERR_GET_LIB(first), ERR_GET_REASON(first));
	conclude(facts, TLS_BROKEN, words);
	while ((error = ERR_get_error()) != 0)
		if (conclude_error(tls, error))
			break;
	ERR_clear_error();
}
