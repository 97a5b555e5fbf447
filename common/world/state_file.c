/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state_file - what a state file about an account is called
 */
#include "world/state_file.h"

#include "base/buf.h"

enum {
	KEY_MAX = 192 * 1024	/* host, port, user, mailbox */
};

/* spell - host names are the same in capitals */
static void
spell(struct buf *key, const struct target *target, struct span about)
{
	const char *c;

	for (c = target->host; *c != '\0'; c++)
		buf_char(key, *c >= 'A' && *c <= 'Z' ?
		    (char)(*c - 'A' + 'a') : *c);
	buf_fmt(key, "|%u|", (unsigned)target->port);
	buf_str(key, target->user == NULL ? "" : target->user);
	if (about.len == 0)
		return;
	/* neither part holds a line end */
	buf_char(key, '\n');
	buf_span_add(key, about);
}

bool
state_file(const struct digests *digests, const char *kind,
    const struct target *target, struct span about, char name[STATE_NAME_BUF])
{
	unsigned char hash[DIGEST_SHA256];
	struct buf key, text;
	size_t i;
	bool done;

	buf_init(&key, KEY_MAX);
	buf_init(&text, STATE_NAME_BUF);
	spell(&key, target, about);
	done = !key.nomem && !key.overflow &&
	    digests->sha256(buf_span(&key), hash);
	buf_fmt(&text, "%s-", kind);
	for (i = 0; done && i < sizeof(hash); i++)
		buf_fmt(&text, "%02x", hash[i]);
	done = done && !text.nomem &&
	    span_copy(buf_span(&text), name, STATE_NAME_BUF);
	buf_free(&text);
	buf_free(&key);
	return done;
}
