/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_cert_file - files of certificates in any form, and what is made of them
 *
 * The reader takes a path: the bytes are put in a file that has a name in /proc
 * alone.
 */
#define _GNU_SOURCE
#include <sys/mman.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "judge/cert.h"
#include "world/tls_engine.h"

enum { NOW = 1793491200 };

static struct tls_context *
context(void)
{
	static const struct tls_config config = { .min = 12, .now = NOW,
	    .verify = true };
	enum cause cause;
	struct buf why;
	struct tls_context *made;

	buf_init(&why, 4096);
	made = tls_context_new(&config, &cause, &why);
	buf_free(&why);
	return made;
}

static void
judge(struct tls_facts *facts)
{
	const struct cert_moment moment = { .now = NOW, .given = true,
	    .filed = true };
	struct sheet sheet = { 0 };
	struct buf note;

	if (facts->nsent == 0 || facts->nsent > CERTS_MAX)
		abort();
	buf_init(&note, SENTENCE_MAX);
	cert_note(&note, facts);
	(void)cert_judge(&sheet, facts, &moment, "file");
	if (memchr(facts->expected, '\0', sizeof(facts->expected)) == NULL)
		abort();
	buf_free(&note);
	sheet_free(&sheet);
	tls_facts_free(facts);
	free(facts);
}

/* refused - every refusal is one line with a cause of its own */
static void
refused(struct cert_file_refusal *refusal)
{
	const char *why = buf_cstr(&refusal->why);

	if (refusal->cause != CAUSE_CERT_UNREADABLE &&
	    refusal->cause != CAUSE_USAGE_SECRET)
		abort();
	if (*why == '\0' || strchr(why, '\n') != NULL ||
	    strstr(why, "error:") != NULL)
		abort();
}

static void
look(struct tls_context *c, const char *path)
{
	static const char *const names[] = { "mail.example.test", "::1" };
	const struct cert_file_wish wish = { .path = path, .names = names,
	    .nnames = 2, .now = NOW, .password = { "secret", 6 } };
	struct cert_file_refusal refusal = { .cause = CAUSE_NONE };
	struct tls_facts *facts;

	buf_init(&refusal.why, 4096);
	facts = cert_file_judge(c, &wish, &refusal);
	if (facts != NULL)
		judge(facts);
	else
		refused(&refusal);
	buf_free(&refusal.why);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct tls_context *c;
	char path[64];
	int fd;

	if (c == NULL)
		c = context();
	fd = c == NULL ? -1 : memfd_create("certificates", MFD_CLOEXEC);
	if (fd < 0)
		return 0;
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (write(fd, data, size) == (ssize_t)size)
		look(c, path);
	(void)close(fd);
	return 0;
}
