/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_file - a chain of certificates out of a file
 */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "base/address.h"
#include "world/cert_der.h"
#include "world/cert_file.h"
#include "world/cert_path.h"
#include "world/cert_pem.h"
#include "world/tls_parts.h"

enum { READ_STEP = 64 * 1024 };

/* kind - what is there instead of a file */
static const char *
kind(mode_t mode)
{
	return S_ISDIR(mode) ? "a folder" : S_ISFIFO(mode) ? "a pipe" :
	    S_ISSOCK(mode) ? "a socket" : "a device";
}

static bool
unread(struct cert_bag *bag, int error)
{
	return cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE,
	    "it cannot be read: %s: check path and permissions",
	    strerror(error));
}

static bool
fits(struct cert_bag *bag, const struct stat *st)
{
	if (!S_ISREG(st->st_mode))
		return cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE,
		    "it is %s: name a file", kind(st->st_mode));
	if (st->st_size > CERT_FILE_MAX)
		return cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE,
		    "it is larger than %d MiB: split it",
		    CERT_FILE_MAX / 1024 / 1024);
	return true;
}

/* open_file - looked at before it is opened, as to open a device may do something to it, and afterwards, as it may be another one then */
static int
open_file(struct cert_bag *bag, const char *path)
{
	struct stat st;
	int fd;

	if (stat(path, &st) != 0)
		return (void)unread(bag, errno), -1;
	if (!fits(bag, &st))
		return -1;
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return (void)unread(bag, errno), -1;
	if (fstat(fd, &st) != 0)
		(void)unread(bag, errno);
	else if (fits(bag, &st))
		return fd;
	(void)close(fd);
	return -1;
}

/* read_all - what the size said, or what comes; a file may grow meanwhile */
static bool
read_all(struct cert_bag *bag, int fd, struct buf *bytes)
{
	char *room = NULL;
	ssize_t n = 1;

	while (n > 0 && (room = buf_room(bytes, READ_STEP)) != NULL) {
		n = read(fd, room, READ_STEP);
		if (n > 0)
			buf_grew(bytes, (size_t)n);
	}
	if (n < 0)
		return unread(bag, errno);
	if (bytes->nomem)
		return cert_bag_nomem(bag);
	if (room == NULL || bytes->len > CERT_FILE_MAX)
		return cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE,
		    "it is larger than %d MiB: split it",
		    CERT_FILE_MAX / 1024 / 1024);
	if (bytes->len == 0)
		return cert_bag_vacant(bag, "it is empty: name the file of "
		    "the certificate");
	return true;
}

static bool
gather(struct cert_bag *bag, const char *path)
{
	int fd = open_file(bag, path);
	struct buf bytes;
	bool done;

	if (fd < 0)
		return false;
	/* its keys are wiped with it */
	buf_init(&bytes, CERT_FILE_MAX + 2 * READ_STEP);
	done = read_all(bag, fd, &bytes);
	(void)close(fd);
	if (done && cert_pem_is(buf_span(&bytes)))
		done = cert_pem_read(bag, buf_span(&bytes));
	else if (done)
		done = cert_der_read(bag, buf_span(&bytes));
	buf_free(&bytes);
	return done;
}

/* names_it - has the certificate that name or address */
static bool
names_it(X509 *cert, const char *name)
{
	struct address address;

	if (address_parse(span_of(name), &address))
		return X509_check_ip(cert, address.ip,
		    address.family == 4 ? 4 : 16, 0) == 1;
	return X509_check_host(cert, name, 0,
	    X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
	    X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, NULL) == 1;
}

/* expected - the name to verify: one that the leaf has, else the first; "" any */
static const char *
expected(const struct cert_file_wish *wish, X509 *leaf)
{
	size_t i;

	for (i = 0; i < wish->nnames; i++)
		if (names_it(leaf, wish->names[i]))
			return wish->names[i];
	return wish->nnames > 0 ? wish->names[0] : "";
}

/* name_all - where none of several is had, all of them were expected */
static void
name_all(struct tls_facts *facts, const struct cert_file_wish *wish)
{
	struct buf all;
	size_t i;

	if (wish->nnames < 2)
		return;
	buf_init(&all, sizeof(facts->expected) - 1);
	for (i = 0; i < wish->nnames; i++)
		if (!buf_fmt(&all, "%s%s", i == 0 ? "" :
		    i + 1 < wish->nnames ? ", " : " or ", wish->names[i]))
			break;
	if (i < wish->nnames) {
		buf_clear(&all);
		(void)buf_fmt(&all, "%s or another of %zu names",
		    wish->names[0], wish->nnames);
	}
	(void)span_copy(buf_span(&all), facts->expected,
	    sizeof(facts->expected));
	buf_free(&all);
}

static struct tls_facts *
verify(struct tls_context *context, const struct cert_file_wish *wish,
    struct cert_bag *bag)
{
	struct tls_facts *facts = calloc(1, sizeof(*facts));
	size_t leaf = cert_bag_leaf(bag);
	struct cert_quest quest = {
		.sent = bag->certs,
		.store = SSL_CTX_get_cert_store(context->ssl),
		.trust = context->trust, .now = wish->now,
		.strength = context->strength,
		.name = expected(wish, sk_X509_value(bag->certs, 0))
	};

	if (facts == NULL)
		return NULL;
	facts->keep_der = context->keep_der;
	facts->displaced = bag->ordered && leaf > 0;
	if (cert_path_ask(facts, &quest)) {
		if (!names_it(sk_X509_value(bag->certs, 0), quest.name))
			name_all(facts, wish);
		return facts;
	}
	tls_facts_free(facts);
	free(facts);
	return NULL;
}

struct tls_facts *
cert_file_judge(struct tls_context *context, const struct cert_file_wish *wish,
    struct cert_file_refusal *refusal)
{
	struct cert_bag bag = { .password = wish->password,
	    .cause = CAUSE_NONE, .why = &refusal->why };
	struct tls_facts *facts = NULL;

	if (gather(&bag, wish->path)) {
		facts = verify(context, wish, &bag);
		if (facts == NULL)
			(void)cert_bag_nomem(&bag);
	}
	refusal->cause = bag.cause;
	refusal->vacant = bag.vacant;
	cert_bag_free(&bag);
	ERR_clear_error();
	return facts;
}
