/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_user - who asks: the user-based security model (RFC 3414)
 */
#include <stdlib.h>
#include <string.h>

#include "module/snmp_parts.h"

/* key - from a passphrase; false with a sentence */
static bool
key(const netsnmp_session *s, struct span passphrase, u_char *out,
    size_t *len, const char *what, struct buf *why)
{
	if (passphrase.len < SNMP_PASSPHRASE_MIN) {
		(void)buf_fmt(why, "the %s passphrase is shorter than %d "
		    "characters, which no agent takes", what,
		    SNMP_PASSPHRASE_MIN);
		return false;
	}
	if (generate_Ku(s->securityAuthProto, (u_int)s->securityAuthProtoLen,
	    (const u_char *)passphrase.p, passphrase.len, out, len) ==
	    SNMPERR_SUCCESS)
		return true;
	(void)buf_fmt(why, "net-snmp makes no key of the %s passphrase: it "
	    "may be built without this --snmp-hash", what);
	return false;
}

static const struct {
	oid	*name;
	size_t	 n;
} hashes[] = {
	[SNMP_SHA1] = { usmHMACSHA1AuthProtocol,
	    OID_LENGTH(usmHMACSHA1AuthProtocol) },
	[SNMP_SHA256] = { usmHMAC192SHA256AuthProtocol,
	    OID_LENGTH(usmHMAC192SHA256AuthProtocol) },
	[SNMP_SHA512] = { usmHMAC384SHA512AuthProtocol,
	    OID_LENGTH(usmHMAC384SHA512AuthProtocol) }
}, ciphers[] = {
	[SNMP_AES128] = { usmAESPrivProtocol, OID_LENGTH(usmAESPrivProtocol) },
#ifdef NETSNMP_DRAFT_BLUMENTHAL_AES_04
	[SNMP_AES256] = { usmAES256PrivProtocol,
	    OID_LENGTH(usmAES256PrivProtocol) }
#else
	[SNMP_AES256] = { NULL, 0 }
#endif
};

/* kinds - of hash and cipher; false where the library lacks one */
static bool
kinds(netsnmp_session *s, const struct snmp_account *a, struct buf *why)
{
	s->securityAuthProto = a->level == SNMP_NOAUTH ? usmNoAuthProtocol :
	    hashes[a->hash].name;
	s->securityAuthProtoLen = a->level == SNMP_NOAUTH ?
	    OID_LENGTH(usmNoAuthProtocol) : hashes[a->hash].n;
	s->securityPrivProto = a->level != SNMP_PRIV ? usmNoPrivProtocol :
	    ciphers[a->cipher].name;
	s->securityPrivProtoLen = a->level != SNMP_PRIV ?
	    OID_LENGTH(usmNoPrivProtocol) : ciphers[a->cipher].n;
	if (s->securityPrivProtoLen > 0)
		return true;
	(void)buf_str(why, "this net-snmp has no AES-256: use "
	    "--snmp-cipher=AES-128");
	return false;
}

bool
snmp_user(netsnmp_session *s, const struct snmp_account *a, struct buf *why)
{
	static const int levels[] = {
		[SNMP_NOAUTH] = SNMP_SEC_LEVEL_NOAUTH,
		[SNMP_AUTH] = SNMP_SEC_LEVEL_AUTHNOPRIV,
		[SNMP_PRIV] = SNMP_SEC_LEVEL_AUTHPRIV
	};

	s->version = SNMP_VERSION_3;
	s->flags |= SNMP_FLAGS_DONT_PROBE;
	s->securityModel = SNMP_SEC_MODEL_USM;
	s->securityLevel = levels[a->level];
	/* the library copies it and does not change it */
	s->securityName = (char *)(uintptr_t)a->user;
	s->securityNameLen = strlen(a->user);
	s->securityAuthKeyLen = a->level != SNMP_NOAUTH ? USM_AUTH_KU_LEN : 0;
	s->securityPrivKeyLen = a->level == SNMP_PRIV ? USM_PRIV_KU_LEN : 0;
	return kinds(s, a, why) && (a->level == SNMP_NOAUTH ||
	    key(s, a->auth, s->securityAuthKey, &s->securityAuthKeyLen,
	    "authentication", why)) && (a->level != SNMP_PRIV ||
	    key(s, a->priv, s->securityPrivKey, &s->securityPrivKeyLen,
	    "privacy", why));
}
