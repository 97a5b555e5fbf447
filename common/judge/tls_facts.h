/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_facts - what a handshake showed, freed from any TLS library
 *
 * world/tls fills it, judge/cert and judge/handshake decide what it means.
 * Strings are owned by the facts, are UTF-8, and went through text_clean().
 * Numbers of certificates and names are capped; what was beyond is counted.
 */
#ifndef JUDGE_TLS_FACTS_H
#define JUDGE_TLS_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CERTS_MAX = 32,		/* certificates of a chain that are looked at */
	NAMES_MAX = 128,	/* subject alternative names kept of one certificate */
	PROBLEMS_MAX = 16,
	TLS_FIRST_MAX = 256	/* raw bytes kept of what came instead of TLS */
};

/* what path building and verification found wrong; one per certificate and kind */
enum cert_problem {
	CERT_OK,
	CERT_EXPIRED,
	CERT_NOT_YET_VALID,
	CERT_WRONG_HOST,
	CERT_SELF_SIGNED,	/* the leaf itself is self-signed and not trusted */
	CERT_UNTRUSTED_ROOT,	/* the path ends in a self-signed certificate that is not trusted */
	CERT_ISSUER_MISSING,	/* the issuer of `depth` was neither sent nor is it in the store */
	CERT_BROKEN_RULE,	/* any other rule that verifiers enforce: `rule` names it */
	CERT_WEAK		/* refused by our security level: key or digest too weak; `rule` names it */
};

struct cert_trouble {
	enum cert_problem kind;
	int		 depth;		/* 0 is the leaf, on the path that was built */
	char		 rule[128];	/* plain words, for BROKEN_RULE and WEAK */
};

/* the kinds of keys and digests that rules tell apart; `key` and `signature` name all others, too */
enum cert_key { CERT_KEY_OTHER, CERT_KEY_RSA, CERT_KEY_RSA_PSS, CERT_KEY_DSA, CERT_KEY_EC, CERT_KEY_ED25519, CERT_KEY_ED448 };
enum cert_digest {
	CERT_DIGEST_OTHER,	/* one that is not known here */
	CERT_DIGEST_NONE,	/* the signature brings its own: Ed25519, Ed448 */
	CERT_DIGEST_MD2, CERT_DIGEST_MD4, CERT_DIGEST_MD5, CERT_DIGEST_SHA1,
	CERT_DIGEST_SHA224, CERT_DIGEST_SHA256, CERT_DIGEST_SHA384, CERT_DIGEST_SHA512
};

/* key usage, as RFC 5280 section 4.2.1.3 numbers its bits */
enum cert_usage {
	CERT_USE_SIGN		= 1 << 0,	/* digitalSignature */
	CERT_USE_COMMIT		= 1 << 1,	/* nonRepudiation */
	CERT_USE_WRAP		= 1 << 2,	/* keyEncipherment */
	CERT_USE_ENCRYPT	= 1 << 3,	/* dataEncipherment */
	CERT_USE_AGREE		= 1 << 4,	/* keyAgreement */
	CERT_USE_CERT_SIGN	= 1 << 5,	/* keyCertSign */
	CERT_USE_CRL_SIGN	= 1 << 6	/* cRLSign */
};

struct cert_facts {
	char		*subject;	/* "CN=mail.example.org,O=Example" (RFC 4514 order as sent), "" none */
	char		*subject_cn;	/* last CN, "" none */
	char		*issuer;
	char		*issuer_cn;	/* CN of the issuer, else its O, else the whole */
	char		*issuer_org;	/* O of the issuer, "" none */
	char		*serial;	/* hexadecimal, no prefix */
	int64_t		 not_before;	/* seconds since 1970 */
	int64_t		 not_after;
	char		*key;		/* "RSA", "EC P-256", "Ed25519" */
	unsigned	 bits;
	char		*signature;	/* "ecdsa-with-SHA256" */
	char		*issuer_url;	/* http(s) address where it says its issuer's certificate can be fetched (RFC 5280 section 4.2.2.1), NULL none */
	uint8_t		*der;		/* of those sent, when tls_facts.keep_der says so; NULL not kept */
	size_t		 nder;
	char		*names[NAMES_MAX];
	size_t		 nnames;
	size_t		 more_names;	/* beyond NAMES_MAX */
	char		 sha256[65];
	char		 spki_sha256[65];
	bool		 self_issued;	/* subject equals issuer */
	bool		 is_ca;
	bool		 has_aia_issuer;/* names where its issuer's certificate can be fetched */
	bool		 anchor;	/* on the path, and from our store, not sent */
	uint32_t	 traits;	/* bits of enum cert_trait, see judge/cert_rules.h */
	uint8_t		 version;	/* 1, 2, 3 */
	uint8_t		 serial_octets;	/* of its value as DER has it, a sign octet included; 255: that or more */
	bool		 serial_negative;
	bool		 serial_zero;
	uint8_t		 key_kind;	/* enum cert_key */
	uint8_t		 digest;	/* enum cert_digest, of the signature */
	bool		 usual_curve;	/* of an EC key: P-256, P-384 or P-521, by its name */
	uint64_t	 exponent;	/* of an RSA key; 0 not known, UINT64_MAX: that or more */
	bool		 exponent_even;
	bool		 has_usage;	/* key usage is there: */
	uint8_t		 usage;		/* bits of enum cert_usage */
	bool		 has_purposes;	/* extended key usage is there, and names: */
	bool		 for_servers;	/* serverAuth */
	bool		 for_all;	/* anyExtendedKeyUsage */
	int		 path_length;	/* CAs that may stand below this one; -1 no limit, or no CA */
};

/* how far a handshake came and what ended it */
enum tls_outcome {
	TLS_DONE,
	TLS_NOT_TLS,		/* the first bytes are no TLS record: `first` */
	TLS_VERSION,		/* no version in common */
	TLS_POLICY,		/* our security level refused key, signature or parameters: `reason` */
	TLS_CLIENT_CERT,	/* a client certificate was demanded and we have none, or ours was rejected */
	TLS_ALERT,		/* a fatal alert from the server: `alert` */
	TLS_BROKEN,		/* bytes that break the protocol, or anything else of the server's making: `reason` */
	TLS_OURS		/* our own fault: memory, unusable --client-cert, --ca-file: `reason` */
};

struct tls_facts {
	enum tls_outcome outcome;
	int		 alert;		/* alert description number (RFC 8446 section 6), -1 none */
	bool		 alert_sent;	/* it was ours */
	char		 reason[160];	/* plain words, never a raw library string */
	int		 server_version;/* 10 11 12 13: what its ServerHello chose, 0 unknown */
	bool		 server_spoke;	/* at least one TLS record came from it */
	bool		 client_cert_asked;
	char		 version[16];	/* "TLSv1.3" */
	char		 cipher[64];
	char		 group[32];	/* "X25519", "" unknown */
	char		 alpn[32];	/* the protocol that was agreed on by name (RFC 7301), "" none; none is offered as yet */
	char		 signed_with[16]; /* digest of the server's signature in the handshake, "SHA256"; "" unknown */
	int		 oldest;	/* 10 11 12 13: the first version that the library here can offer at all, 0 unknown */
	unsigned	 dh_bits;	/* of a finite field group (DHE up to TLS 1.2), 0: another kind, or unknown */
	uint8_t		 first[TLS_FIRST_MAX];
	size_t		 nfirst;
	struct cert_facts *sent;	/* in the order sent */
	size_t		 nsent;
	size_t		 more_sent;	/* beyond CERTS_MAX */
	bool		 keep_der;	/* keep what was sent, so that it can be judged again (world/cert_again.h) */
	bool		 displaced;	/* of a file: the leaf stands first here, and did not there */
	struct cert_facts *path;	/* leaf first, as far as it could be built, the anchor last if one was found */
	size_t		 npath;
	struct cert_trouble troubles[PROBLEMS_MAX];
	size_t		 ntroubles;
	bool		 verified;	/* trust, purpose, host name and validity were looked at (not --no-verify) */
	char		 expected[256];	/* the name that was asked for, or the address */
	/* of the anchors given by --ca-file (few): organisations and names, to tell a missing intermediate from an unknown root */
	bool		 issuer_kin;	/* the missing issuer shares its organisation with a trusted root */
	bool		 anchor_local;	/* the path is good and ends in a root that was added to the system's on this host */
};

/* tls_facts_cert - by depth on the path, or as sent when there is no path; NULL beyond the last */
const struct cert_facts *tls_facts_cert(const struct tls_facts *, size_t depth);
/* tls_facts_has - is that certificate (by its digest) among those of the list? */
bool	tls_facts_has(const struct cert_facts *list, size_t n, const struct cert_facts *);
/* tls_facts_free - free what it owns; not the struct itself */
void	tls_facts_free(struct tls_facts *);
/* tls_alert_name - "handshake_failure" (RFC 8446 section 6, RFC 5246), "unknown" */
const char *tls_alert_name(int);

#endif
