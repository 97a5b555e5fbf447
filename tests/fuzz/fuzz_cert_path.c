/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_cert_path - random graphs of certificates, against a plain closure
 *
 * Eight CAs, each of which may have been certified by every other: well, in the
 * past, or with a signature that is none.  The input picks the leaf's issuer,
 * which roots are trusted and what is sent.  A path must be found exactly when
 * one is there, whatever else is sent.
 */
#define _GNU_SOURCE
#include "../unit/forge.h"
#include "fuzz.h"

enum { CAS = 8, KINDS = 3, SENT_MAX = 64 };

/* one input */
struct graph {
	int	issuer;				/* of the leaf */
	uint8_t	trusted;			/* a bit each CA */
	uint8_t	edges[SENT_MAX];		/* see edge() */
	size_t	n;
};

/* edge - a certificate by number, made once */
static X509 *
edge(unsigned number, struct forge *shape)
{
	static X509 *made[CAS * CAS * KINDS];
	unsigned kind = number / (CAS * CAS);

	*shape = (struct forge){ .subject = 1 + (int)(number % CAS),
		.issuer = 1 + (int)(number / CAS % CAS),
		.begins = -10, .ends = kind == 1 ? -1 : 90,
		.signer = kind == 2 ? 1 + CAS : 0 };
	if (made[number] == NULL)
		made[number] = forge(shape);
	return made[number];
}

static X509 *
leaf(int issuer)
{
	static X509 *made[CAS + 1];
	struct forge shape = { .subject = FORGE_LEAF, .issuer = issuer };

	if (made[issuer] == NULL)
		made[issuer] = forge(&shape);
	return made[issuer];
}

/* leads - is there a path of good certificates to a trusted root */
static bool
leads(const struct graph *g)
{
	unsigned reached = 1u << (g->issuer - 1), before = 0;
	struct forge shape;
	size_t i;

	while (reached != before) {
		before = reached;
		for (i = 0; i < g->n; i++) {
			(void)edge(g->edges[i], &shape);
			if (shape.ends > 0 && shape.signer == 0 &&
			    (reached & 1u << (shape.subject - 1)) != 0)
				reached |= 1u << (shape.issuer - 1);
		}
	}
	return (reached & g->trusted) != 0;
}

static void
judge(const struct graph *g)
{
	X509 *sent[SENT_MAX + 1], *roots[CAS];
	struct forge_case c = { .sent = sent, .roots = roots };
	struct tls_facts facts;
	struct forge shape;
	unsigned i;

	sent[c.nsent++] = leaf(g->issuer);
	for (i = 0; i < g->n; i++)
		sent[c.nsent++] = edge(g->edges[i], &shape);
	for (i = 0; i < CAS; i++)
		if ((g->trusted & 1u << i) != 0)
			roots[c.nroots++] = edge(i * CAS + i, &shape);
	forge_judge(&c, &facts);
	if ((facts.ntroubles == 0) != leads(g) || facts.npath == 0 ||
	    facts.npath > CERTS_MAX)
		abort();
	tls_facts_free(&facts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct graph g;
	size_t i;

	/* a bundle without any root is refused before */
	if (size < 2 || data[1] == 0)
		return 0;
	g = (struct graph){ .issuer = 1 + data[0] % CAS, .trusted = data[1] };
	for (i = 2; i < size && g.n < SENT_MAX; i++)
		g.edges[g.n++] = data[i] % (CAS * CAS * KINDS);
	judge(&g);
	return 0;
}
