/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * name_hash - distinguished names in DER, told apart without parsing them
 *
 * RFC 5280 section 4.1.2.4:
 *
 *	Name ::= SEQUENCE OF SET OF SEQUENCE { type OID, value ANY }
 */
#include "world/name_hash.h"

#include <string.h>

#include "world/der.h"

/* FNV-1a, 64 bits */
#define HASH_BEGIN	UINT64_C(0xcbf29ce484222325)
#define HASH_PRIME	UINT64_C(0x100000001b3)

static const char oid_org[] = { 0x55, 0x04, 0x0a };	/* 2.5.4.10 */

static uint64_t
hash_byte(uint64_t hash, unsigned char c)
{
	return (hash ^ c) * HASH_PRIME;
}

static uint64_t
hash_text(uint64_t hash, struct span s)
{
	size_t i;
	char c, last = ' ';

	while (s.len > 0 && s.p[s.len - 1] == ' ')
		s.len--;
	for (i = 0; i < s.len; i++) {
		c = s.p[i];
		if (c == ' ' && last == ' ')
			continue;
		last = c;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		hash = hash_byte(hash, (unsigned char)c);
	}
	return hash;
}

static bool
is_letter_or_digit(unsigned char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' &&
	    (c | 0x20) <= 'z');
}

/* hash_attribute - one AttributeTypeAndValue */
static bool
hash_attribute(struct span attribute, struct name_hash *hash)
{
	struct span oid, value;
	unsigned char tag;
	size_t i;

	if (!der_take(&attribute, DER_OID, &oid) ||
	    !der_next(&attribute, &tag, &value))
		return false;
	for (i = 0; i < oid.len; i++)
		hash->name = hash_byte(hash->name, (unsigned char)oid.p[i]);
	hash->name = hash_text(hash_byte(hash->name, 0), value);
	if (oid.len == sizeof(oid_org) &&
	    memcmp(oid.p, oid_org, sizeof(oid_org)) == 0)
		hash->org = hash_text(HASH_BEGIN, value);
	return true;
}

bool
name_hash(struct span der, struct name_hash *hash)
{
	struct span name, set, attribute;

	hash->name = HASH_BEGIN;
	hash->org = 0;
	if (!der_take(&der, DER_SEQUENCE, &name))
		return false;
	while (name.len > 0) {
		if (!der_take(&name, DER_SET, &set))
			return false;
		while (set.len > 0)
			if (!der_take(&set, DER_SEQUENCE, &attribute) ||
			    !hash_attribute(attribute, hash))
				return false;
		hash->name = hash_byte(hash->name, 0);
	}
	return true;
}

/*
 * Equal values have the same letters in the same order, whatever spaces are
 * between.  Before the first of a value that begins in the bytes that are looked
 * at stands its length, which is less than they are: no letter, and no space.
 */
uint64_t
name_tail(struct span der)
{
	uint64_t tail = 0;
	unsigned char c;
	size_t i;

	for (i = 0; i < NAME_TAIL_BYTES && i < der.len; i++) {
		c = (unsigned char)der.p[der.len - 1 - i];
		if (c == ' ')
			continue;
		if (!is_letter_or_digit(c))
			return tail;
		/* a digit has that bit already */
		tail = tail << 8 | c | 0x20;
		if (tail >> (64 - 8) != 0)
			return tail;
	}
	return 0;
}
