/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * backoff - do not lock an account by asking again with a refused password
 *
 *	file = "monitoring-plugins-mail backoff 1" LF
 *	       "when " seconds LF "salt " 32hex LF "hash " 64hex LF
 *
 * The file's name is a hash too, so that a listing tells no account.  The salt
 * comes from the kernel and not from OpenSSL, whose generator costs more to
 * start than all the rest.
 */
#define _GNU_SOURCE
#include "world/backoff.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#ifdef __APPLE__
#include <sys/random.h>
#endif

#include "base/span.h"
#include "base/wipe.h"
#include "world/state_dir.h"
#include "world/state_file.h"

#define BACKOFF_HEAD "monitoring-plugins-mail backoff 1\n"

enum {
	BACKOFF_ROUNDS = 100 * 1000,
	BACKOFF_SALT = 16,
	BACKOFF_FILE_MAX = 512
};

struct refusal {
	int64_t		when;
	unsigned char	salt[BACKOFF_SALT];
	unsigned char	hash[DIGEST_SHA256];
};

static void
hex_write(struct buf *out, const unsigned char *bytes, size_t count)
{
	size_t	i;

	for (i = 0; i < count; i++)
		buf_fmt(out, "%02x", bytes[i]);
}

static int
hex_digit(char c)
{
	static const char	 digits[] = "0123456789abcdef";
	const char		*at = memchr(digits, c, sizeof(digits) - 1);

	return at == NULL ? -1 : (int)(at - digits);
}

static bool
hex_read(struct span text, unsigned char *bytes, size_t count)
{
	size_t	i;
	int	high, low;

	if (text.len != 2 * count)
		return false;
	for (i = 0; i < count; i++) {
		high = hex_digit(text.p[2 * i]);
		low = hex_digit(text.p[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		bytes[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static bool
file_name(const struct backoff *backoff, const struct target *target,
    char name[STATE_NAME_BUF])
{
	return state_file(backoff->digests, "backoff", target,
	    (struct span){ NULL, 0 }, name);
}

static bool
slow_hash(const struct backoff *backoff, struct span secret,
    const unsigned char salt[BACKOFF_SALT], unsigned char hash[DIGEST_SHA256])
{
	/* a secret is at most 64 KiB, so its length is an int */
	return backoff->digests->slow(secret, salt, BACKOFF_SALT,
	    BACKOFF_ROUNDS, hash);
}

/* is_same - in a time that does not tell how far they agree */
static bool
is_same(const unsigned char a[DIGEST_SHA256],
    const unsigned char b[DIGEST_SHA256])
{
	unsigned char	differ = 0;
	size_t		i;

	for (i = 0; i < DIGEST_SHA256; i++)
		differ |= a[i] ^ b[i];
	return differ == 0;
}

/* cut - the rest of the line that begins with `key`, taken off the front */
static bool
cut(struct span *text, const char *key, struct span *value)
{
	size_t		 len = strlen(key);
	const char	*end;

	if (text->len < len || memcmp(text->p, key, len) != 0)
		return false;
	value->p = text->p + len;
	end = memchr(value->p, '\n', text->len - len);
	if (end == NULL)
		return false;
	value->len = (size_t)(end - value->p);
	text->p += len + value->len + 1;
	text->len -= len + value->len + 1;
	return true;
}

static bool
parse(struct span text, struct refusal *refusal)
{
	struct span	rest;
	uint64_t	when;

	if (!cut(&text, BACKOFF_HEAD "when ", &rest) ||
	    !span_number(rest, &when) || when > INT64_MAX)
		return false;
	refusal->when = (int64_t)when;
	return cut(&text, "salt ", &rest) &&
	    hex_read(rest, refusal->salt, sizeof(refusal->salt)) &&
	    cut(&text, "hash ", &rest) &&
	    hex_read(rest, refusal->hash, sizeof(refusal->hash)) &&
	    text.len == 0;
}

static bool
load(const struct backoff *backoff, const struct target *target,
    struct refusal *refusal)
{
	char		name[STATE_NAME_BUF];
	struct buf	text, unheard;
	bool		done;

	if (!file_name(backoff, target, name))
		return false;
	buf_init(&text, BACKOFF_FILE_MAX);
	buf_init(&unheard, 0);
	done = state_load(backoff->state_dir, name, &text, &unheard) ==
	    STATE_READ_DONE && parse(buf_span(&text), refusal);
	buf_free(&unheard);
	buf_free(&text);
	return done;
}

/* is_recent - within the pause; a time to come is no time to wait for */
static bool
is_recent(const struct backoff *backoff, int64_t when)
{
	int64_t	seconds;

	seconds = backoff->pause / 1000000 + (backoff->pause % 1000000 != 0);
	return when <= backoff->now && backoff->now - when < seconds;
}

bool
backoff_active(const struct backoff *backoff, const struct target *target,
    struct span secret, int64_t *since)
{
	struct refusal	refusal;
	unsigned char	hash[DIGEST_SHA256];
	bool		same;

	if (backoff->pause <= 0 || !load(backoff, target, &refusal) ||
	    !is_recent(backoff, refusal.when))
		return false;
	same = slow_hash(backoff, secret, refusal.salt, hash) &&
	    is_same(hash, refusal.hash);
	wipe(hash, sizeof(hash));
	if (same)
		*since = refusal.when;
	return same;
}

bool
backoff_remember(const struct backoff *backoff, const struct target *target,
    struct span secret, struct buf *why)
{
	struct refusal	refusal;
	struct buf	text;
	char		name[STATE_NAME_BUF];
	bool		done;

	if (backoff->pause <= 0)
		return true;
	if (getentropy(refusal.salt, sizeof(refusal.salt)) != 0 ||
	    !slow_hash(backoff, secret, refusal.salt, refusal.hash) ||
	    !file_name(backoff, target, name)) {
		buf_str(why, "the refused secret cannot be hashed");
		return false;
	}
	buf_init(&text, BACKOFF_FILE_MAX);
	buf_fmt(&text, BACKOFF_HEAD "when %lld\nsalt ",
	    (long long)backoff->now);
	hex_write(&text, refusal.salt, sizeof(refusal.salt));
	buf_str(&text, "\nhash ");
	hex_write(&text, refusal.hash, sizeof(refusal.hash));
	buf_char(&text, '\n');
	done = !text.nomem && state_save(backoff->state_dir, name,
	    buf_span(&text), why);
	if (text.nomem)
		buf_str(why, "no memory to remember the refused secret");
	buf_free(&text);
	wipe(&refusal, sizeof(refusal));
	return done;
}

void
backoff_forget(const struct backoff *backoff, const struct target *target)
{
	char	name[STATE_NAME_BUF];

	if (backoff->pause > 0 && file_name(backoff, target, name))
		state_remove(backoff->state_dir, name);
}
