/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp - questions to SNMP agents, as datagrams (module "snmp")
 *
 * SNMPv2c (RFC 1901, 3416) and SNMPv3 with the user-based security model
 * (RFC 3412, 3414, 3826, 7860), over net-snmp.  The module touches no socket:
 * it hands out datagrams to be sent and takes those that came, so the caller
 * alone waits, and nothing that an agent does can hold up the run.  What is
 * not an answer to the question is dropped, as RFC 3412 section 7.2 wants.
 */
#ifndef DIALOG_SNMP_H
#define DIALOG_SNMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

enum {
	SNMP_OID_MAX = 128,	/* parts of a name, RFC 3416 section 4.1 */
	SNMP_ASKED_MAX = 16,	/* names in one question */
	SNMP_VALUES_MAX = 512,	/* values of one answer that are kept */
	SNMP_BYTES_MAX = 255,	/* bytes of a string that are kept */
	SNMP_DATAGRAM_MAX = 65536,
	SNMP_PASSPHRASE_MIN = 8	/* RFC 3414 section 11.2 */
};

enum snmp_level { SNMP_NOAUTH, SNMP_AUTH, SNMP_PRIV };
enum snmp_hash { SNMP_SHA1, SNMP_SHA256, SNMP_SHA512 };
enum snmp_cipher { SNMP_AES128, SNMP_AES256 };

struct snmp_name {
	size_t		n;
	uint32_t	part[SNMP_OID_MAX];
};

enum snmp_kind {
	SNMP_NUMBER,		/* integers and counters of every width */
	SNMP_NAME,		/* an object identifier */
	SNMP_BYTES,
	SNMP_NOTHING,		/* noSuchObject, noSuchInstance, endOfMibView */
	SNMP_OTHER
};

struct snmp_value {
	struct snmp_name name;
	enum snmp_kind	 kind;
	int64_t		 number;	/* at most 2^63-1; of a name its last part */
	char		 bytes[SNMP_BYTES_MAX];
	size_t		 len;
};

/* who asks */
struct snmp_account {
	bool		 v3;
	struct span	 community;	/* v2c */
	const char	*user;		/* v3, as are the rest */
	enum snmp_level	 level;
	enum snmp_hash	 hash;
	enum snmp_cipher cipher;
	struct span	 auth;		/* passphrases, by the level */
	struct span	 priv;
	int64_t		 again;		/* microseconds without an answer, after which a question is sent again */
};

enum snmp_state {
	SNMP_WAITS,		/* for a datagram */
	SNMP_ANSWERED,		/* with values, perhaps none */
	SNMP_NO_USER,		/* usmStatsUnknownUserNames */
	SNMP_WRONG_DIGEST,	/* usmStatsWrongDigests, or an answer that the passphrase does not fit */
	SNMP_NOT_DECRYPTED,	/* usmStatsDecryptionErrors */
	SNMP_NO_LEVEL,		/* usmStatsUnsupportedSecLevels */
	SNMP_TIME_WINDOW,	/* usmStatsNotInTimeWindows, again and again */
	SNMP_FORBIDDEN,		/* error-status noAccess or authorizationError */
	SNMP_REFUSED,		/* another error-status, or another report: see snmp.status */
	SNMP_OURS		/* memory, or the library */
};

struct snmp;

struct snmp_functions {
	/*
	 * open - NULL with a sentence in `why` (a passphrase that is too
	 * short, a hash that the library has not).  What the account points
	 * to need not live on; `send` is given each datagram, and says whether
	 * it went.
	 */
	struct snmp	*(*open)(const struct snmp_account *, bool (*send)(void *arg, struct span), void *arg, struct buf *why);
	/* ask - GETBULK: what follows each of these names, `rows` times; one question at a time */
	enum snmp_state	 (*ask)(struct snmp *, const struct snmp_name *, size_t n, unsigned rows);
	/* hear - a datagram that came */
	enum snmp_state	 (*hear)(struct snmp *, struct span);
	/* tick - time has passed: sends again what is overdue */
	enum snmp_state	 (*tick)(struct snmp *);
	/* values - of the answer; valid until the next question.  Those beyond SNMP_VALUES_MAX are left out. */
	const struct snmp_value *(*values)(const struct snmp *, size_t *n);
	/* met - has an SNMPv3 agent named its engine? */
	bool		 (*met)(const struct snmp *);
	/* status - the number of SNMP_REFUSED; 0 an unknown report */
	unsigned	 (*status)(const struct snmp *);
	/* close - wipes keys and frees */
	void		 (*close)(struct snmp *);
};

#endif
