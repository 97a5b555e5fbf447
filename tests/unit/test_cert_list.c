/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_cert_list - certificates as a table and as facts
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cert_sample.h"
#include "plugin/cert_list.h"

/* chain - what was sent, with an extra, and the path with its anchor */
struct chain {
	struct cert_facts	sent[3];
	struct cert_facts	path[3];
	struct tls_facts	facts;
};

static void
make(struct chain *c)
{
	memset(c, 0, sizeof(*c));
	c->sent[0] = sample("mail.example.org", "Sub");
	c->sent[1] = sample("Sub \303\204", "Top");
	c->sent[1].is_ca = true;
	c->sent[1].path_length = 0;
	c->sent[1].has_usage = true;
	c->sent[1].usage = CERT_USE_CERT_SIGN | CERT_USE_CRL_SIGN;
	c->sent[1].has_purposes = false;
	c->sent[2] = sample("Old", "Top");
	c->sent[2].not_after = SAMPLE_NOW - 1;
	c->path[0] = c->sent[0];
	c->path[1] = c->sent[1];
	c->path[2] = sample("Top", "Top");
	c->path[2].anchor = true;
	c->path[2].key_kind = CERT_KEY_EC;
	c->path[2].key = text("EC P-256");
	c->path[2].exponent = 0;
	c->facts = (struct tls_facts){ .sent = c->sent, .nsent = 3,
	    .path = c->path, .npath = 3 };
}

static void
test_table(void **state)
{
	struct chain c;
	struct buf out;

	(void)state;
	make(&c);
	buf_init(&out, 8192);
	cert_list_table(&out, NULL, &c.facts, SAMPLE_NOW);
	assert_string_equal(buf_cstr(&out),
	    "chain      0  mail.example.org  Sub     2026-05-20 11:59:59 UTC, "
	    "in 79 days  RSA 2048\n"
	    "           1  Sub \303\204             Top     2026-05-20 "
	    "11:59:59 UTC, in 79 days  RSA 2048\n"
	    "           2  Old               Top     2026-03-01 11:59:59 UTC, "
	    "over        RSA 2048  not on the path\n"
	    "           -  Top               itself  2026-05-20 11:59:59 UTC, "
	    "in 79 days  EC P-256  trusted\n");
	buf_clear(&out);
	/* with a name; without a path nothing is trusted, or in vain */
	c.facts.npath = 0;
	c.facts.nsent = 1;
	c.facts.more_sent = 7;
	cert_list_table(&out, "h:993", &c.facts, SAMPLE_NOW);
	assert_string_equal(buf_cstr(&out), "chain     h:993\n"
	    "           0  mail.example.org  Sub  2026-05-20 11:59:59 UTC, in "
	    "79 days  RSA 2048\n"
	    "          and 7 more\n");
	buf_clear(&out);
	c.facts.nsent = c.facts.more_sent = 0;
	cert_list_table(&out, "h:993", &c.facts, SAMPLE_NOW);
	assert_int_equal(out.len, 0);
	buf_free(&out);
}

/* long names are cut, many lines counted */
static void
test_caps(void **state)
{
	static struct cert_facts sent[CERTS_MAX];
	static char name[301];
	struct tls_facts facts = { .sent = sent, .nsent = CERTS_MAX };
	struct buf out;
	size_t i;

	(void)state;
	memset(name, 'x', sizeof(name) - 1);
	for (i = 0; i < CERTS_MAX; i++) {
		sent[i] = sample("mail", "Sub");
		sent[i].subject_cn = name;
		sent[i].sha256[0] = (char)('A' + i);
	}
	buf_init(&out, 65536);
	cert_list_table(&out, NULL, &facts, SAMPLE_NOW);
	assert_non_null(strstr(buf_cstr(&out), "          and 20 more\n"));
	assert_null(strstr(buf_cstr(&out), "12  xxx"));
	assert_true(out.len < CERT_LIST_MAX * 160);
	buf_free(&out);
}

static void
test_json(void **state)
{
	struct chain c;
	struct json j;
	struct buf out;

	(void)state;
	make(&c);
	c.facts.nsent = 2;
	memset(c.path[2].spki_sha256, 'f', 64);
	buf_init(&out, 65536);
	json_init(&j, &out);
	json_array(&j, NULL);
	cert_list_json(&j, "h:993", &c.facts, SAMPLE_NOW);
	json_array_end(&j);
	assert_non_null(strstr(buf_cstr(&out), "[{\"target\":\"h:993\","
	    "\"position\":0,\"depth\":0,\"trusted\":false,\"subject\":"
	    "\"mail.example.org\",\"issuer\":\"Sub\",\"serial\":\"2A\","
	    "\"version\":3,\"not_before\":\"2026-02-19T12:00:00Z\","
	    "\"not_after\":\"2026-05-20T11:59:59Z\",\"days\":79.999988,"
	    "\"key\":\"RSA\",\"bits\":2048,\"exponent\":65537,\"signature\":"
	    "\"sha256WithRSAEncryption\",\"ca\":false,\"path_length\":null,"
	    "\"key_usage\":[],\"server_auth\":true,\"names\":"
	    "[\"mail.example.org\"],\"more_names\":0,\"issuer_url\":"
	    "null,\"sha256\":\"mail.ex"));
	assert_non_null(strstr(buf_cstr(&out), "\"position\":1,\"depth\":1,"
	    "\"trusted\":false"));
	assert_non_null(strstr(buf_cstr(&out), "\"ca\":true,\"path_length\":0,"
	    "\"key_usage\":[\"keyCertSign\",\"cRLSign\"],\"server_auth\":"
	    "null"));
	assert_non_null(strstr(buf_cstr(&out), "\"position\":null,\"depth\":2,"
	    "\"trusted\":true"));
	assert_non_null(strstr(buf_cstr(&out), "\"exponent\":null"));
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_caps),
		cmocka_unit_test(test_json)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
