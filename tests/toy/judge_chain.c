/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * judge_chain - a chain of certificates out of files, as the checks judge it
 *
 *	judge_chain --file FILE --ca-file ROOTS [-H NAME] [--at=@EPOCH]
 *	    [-w RANGE] [-c RANGE]
 *
 * Takes a subset of check_tls_cert's command line and ends with its exit codes;
 * thresholds are taken and have no effect.  Prints a line for each finding.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "judge/cert.h"
#include "world/cert_path.h"
#include "world/clock.h"

enum {
	CHAIN_MAX = 1000,
	STRENGTH = 2,		/* the security level of most systems */
	OPT_FILE = 256, OPT_CA_FILE, OPT_AT
};

struct line {
	const char	*file, *ca_file, *name;
	int64_t		 now;
};

static int
ours(const char *what, const char *why)
{
	fprintf(stderr, "judge_chain: %s: %s\n", what, why);
	return STATE_UNKNOWN;
}

static bool
parse(int argc, char *argv[], struct line *line)
{
	static const struct option options[] = {
		{ "file", required_argument, NULL, OPT_FILE },
		{ "ca-file", required_argument, NULL, OPT_CA_FILE },
		{ "hostname", required_argument, NULL, 'H' },
		{ "at", required_argument, NULL, OPT_AT },
		{ NULL, 0, NULL, 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "H:w:c:", options, NULL)) != -1) {
		switch (c) {
		case OPT_FILE:
			line->file = optarg;
			break;
		case OPT_CA_FILE:
			line->ca_file = optarg;
			break;
		case OPT_AT:
			line->now = strtoll(optarg + (*optarg == '@'), NULL,
			    10);
			break;
		case 'H':
			line->name = optarg;
			break;
		case 'w':
		case 'c':
			break;
		default:
			return false;
		}
	}
	return line->file != NULL && line->ca_file != NULL;
}

/* read_chain - NULL when the file cannot be opened or holds none */
static STACK_OF(X509) *
read_chain(const char *path)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	BIO *bio = BIO_new_file(path, "r");
	X509 *x;

	while (bio != NULL && sk_X509_num(chain) < CHAIN_MAX &&
	    (x = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL)
		(void)sk_X509_push(chain, x);
	BIO_free(bio);
	if (sk_X509_num(chain) > 0)
		return chain;
	sk_X509_free(chain);
	return NULL;
}

static enum state
tell(const struct tls_facts *facts, const struct line *line)
{
	struct cert_moment moment = { .now = line->now, .given = true };
	struct sheet sheet = { 0 };
	enum state worst = STATE_OK;
	size_t i;

	(void)cert_judge(&sheet, facts, &moment, line->file);
	for (i = 0; i < sheet.nfindings; i++) {
		const struct cause_info *info =
		    cause_info(sheet.findings[i].cause);

		printf("%s: %s\n", info->slug, sheet.findings[i].sentence);
		worst = state_worse(worst, info->state);
	}
	for (i = 0; i < facts->npath; i++)
		printf("path %zu %s%s\n", i, facts->path[i].subject,
		    facts->path[i].anchor ? " (trusted)" : "");
	sheet_free(&sheet);
	return worst;
}

static int
judge(const struct line *line, STACK_OF(X509) *chain)
{
	struct cert_quest quest = { .sent = chain, .name = line->name,
		.now = line->now, .strength = STRENGTH };
	struct tls_facts facts = { .alert = -1 };
	enum cause cause;
	struct buf why;
	int state;

	buf_init(&why, 512);
	quest.store = X509_STORE_new();
	quest.trust = trust_new(quest.store, line->ca_file, NULL, &cause,
	    &why);
	if (quest.trust == NULL)
		state = ours("roots", buf_cstr(&why));
	else if (!cert_path_ask(&facts, &quest))
		state = ours("verifier", "out of memory");
	else
		state = (int)tell(&facts, line);
	tls_facts_free(&facts);
	X509_STORE_free(quest.store);
	trust_free(quest.trust);
	buf_free(&why);
	return state;
}

int
main(int argc, char *argv[])
{
	struct line line = { .name = "", .now = clock_wall() };
	STACK_OF(X509) *chain;
	int state;

	if (!parse(argc, argv, &line))
		return ours("usage", "--file FILE --ca-file ROOTS [-H NAME] "
		    "[--at=@EPOCH]");
	chain = read_chain(line.file);
	if (chain == NULL) {
		puts("cert.unreadable: it holds no certificate");
		return STATE_UNKNOWN;
	}
	state = judge(&line, chain);
	sk_X509_pop_free(chain, X509_free);
	return state;
}
