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
	uint8_t		 first[TLS_FIRST_MAX];
	size_t		 nfirst;
	struct cert_facts *sent;	/* in the order sent */
	size_t		 nsent;
	size_t		 more_sent;	/* beyond CERTS_MAX */
	bool		 displaced;	/* of a file: the leaf stands first here, and did not there */
	struct cert_facts *path;	/* leaf first, as far as it could be built, the anchor last if one was found */
	size_t		 npath;
	struct cert_trouble troubles[PROBLEMS_MAX];
	size_t		 ntroubles;
	bool		 verified;	/* trust, purpose, host name and validity were looked at (not --no-verify) */
	char		 expected[256];	/* the name that was asked for, or the address */
	/* of the anchors given by --ca-file (few): organisations and names, to tell a missing intermediate from an unknown root */
	bool		 issuer_kin;	/* the missing issuer shares its organisation with a trusted root */
};

/* tls_facts_free - free what it owns; not the struct itself */
void	tls_facts_free(struct tls_facts *);
/* tls_alert_name - "handshake_failure" (RFC 8446 section 6, RFC 5246), "unknown" */
const char *tls_alert_name(int);

#endif
