/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_interceptors - who issues certificates in the name of others
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cert_sample.h"
#include "judge/interceptors.h"

static const struct {
	const char	*cn;		/* of the issuer */
	const char	*org;
	bool		 other_host;	/* the certificate is for another one */
	const char	*product;	/* NULL none */
} issuers[] = {
	{ "Avast Web/Mail Shield Root", "Avast Web/Mail Shield", false,
	    "Avast" },
	{ "avast! Web/Mail Shield Untrusted Root", "", true, "Avast" },
	{ "AVG Web/Mail Shield Root", "", false, "AVG" },
	{ "Kaspersky Anti-Virus Personal Root Certificate",
	    "AO Kaspersky Lab", false, "Kaspersky" },
	{ "ESET SSL Filter CA", "ESET, spol. s r. o.", false, "ESET" },
	{ "eset ssl filter ca", "", false, "ESET" },
	{ "ESET SSL Filter CA 2", "", false, NULL },
	{ "Bitdefender Personal CA.Net-Defender", "Bitdefender", false,
	    "Bitdefender" },
	{ "FG100FTK22013189", "Fortinet", false, "Fortinet" },
	/* the certificate that such a box has from the maker */
	{ "support", "Fortinet", true, NULL },
	{ "Fortinet_CA_Untrusted", "Fortinet", true, "FortiGate" },
	{ "Zscaler Intermediate Root CA (zscaler.net)", "Zscaler Inc.", false,
	    "Zscaler" },
	{ "Blue Coat Public Services Root CA", "Blue Coat Systems, Inc.",
	    false, "Blue Coat" },
	{ "Sophos SSL CA_C320ABPCBJ8BQ6B", "Sophos", false, "Sophos" },
	{ "mitmproxy", "mitmproxy", false, "mitmproxy" },
	{ "DO_NOT_TRUST_FiddlerRoot", "DO_NOT_TRUST", false, "Fiddler" },
	/* public CAs, of makers of such products among them */
	{ "R11", "Let's Encrypt", false, NULL },
	{ "Symantec Class 3 Secure Server CA - G4", "Symantec Corporation",
	    false, NULL },
	{ "AffirmTrust Commercial", "AffirmTrust", false, NULL },
	{ "Cloudflare Inc ECC CA-3", "Cloudflare, Inc.", false, NULL },
	{ "HydrantID SSL CA O1", "Cisco Systems, Inc.", false, NULL },
	{ "", "", false, NULL }
};

static void
test_issuers(void **state)
{
	size_t i, deep;

	(void)state;
	for (i = 0; i < sizeof(issuers) / sizeof(issuers[0]); i++)
		for (deep = 0; deep < 2; deep++) {
			struct cert_facts path[2] = { sample("mail", "Sub"),
			    sample("Sub", "Top") };
			struct tls_facts facts = { .path = path, .npath = 2,
			    .verified = true };
			const char *got;

			path[deep].issuer_cn = text(issuers[i].cn);
			path[deep].issuer_org = text(issuers[i].org);
			if (issuers[i].other_host)
				facts.troubles[facts.ntroubles++].kind =
				    CERT_WRONG_HOST;
			got = interceptors_find(&facts);
			if (issuers[i].product == NULL ? got != NULL :
			    got == NULL ||
			    strcmp(got, issuers[i].product) != 0) {
				print_error("%s, %s: got %s\n", issuers[i].cn,
				    issuers[i].org, got != NULL ? got : "-");
				fail();
			}
		}
}

/* a path that ends in an anchor of this host, and a pin */
static const struct {
	bool	mismatch, local, trouble, path, found;
} pinned[] = {
	{ true, true, false, true, true },
	{ false, true, false, true, false },
	{ true, false, false, true, false },
	{ true, true, true, true, false },
	{ true, true, false, false, false }
};

static void
test_pinned(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pinned) / sizeof(pinned[0]); i++) {
		struct cert_facts c[2] = { sample("mail", "Office CA"),
		    sample("Office CA", "Office CA") };
		struct tls_facts facts = { .sent = c, .nsent = 2, .path = c,
		    .npath = pinned[i].path ? 2 : 0, .verified = true,
		    .anchor_local = pinned[i].local,
		    .troubles = { { .kind = CERT_EXPIRED } },
		    .ntroubles = pinned[i].trouble };
		struct sheet sheet = { 0 };

		assert_int_equal(interceptors_judge(&sheet, &facts,
		    pinned[i].mismatch, "h:993"), !pinned[i].found);
		assert_int_equal(sheet.nfindings, pinned[i].found);
		if (pinned[i].found)
			assert_string_equal(sheet.findings[0].sentence,
			    "h:993 presents a certificate that has none of "
			    "the pins and is trusted on this host alone");
		sheet_free(&sheet);
	}
}

static void
test_words(void **state)
{
	struct cert_facts leaf = sample("mail", "mitmproxy");
	struct tls_facts facts = { .sent = &leaf, .nsent = 1 };
	struct sheet sheet = { 0 };

	(void)state;
	assert_false(interceptors_judge(&sheet, &facts, false, "h:993"));
	assert_int_equal(sheet.nfindings, 1);
	assert_int_equal(sheet.findings[0].cause, CAUSE_CERT_INTERCEPTED);
	assert_int_equal(sheet.findings[0].stage, STAGE_TLS);
	assert_string_equal(sheet.findings[0].sentence, "h:993 is answered by "
	    "mitmproxy, which puts its own certificate in place of the "
	    "server's");
	assert_string_equal(sheet.findings[0].detail,
	    "CN=mail is issued by mitmproxy");
	sheet_free(&sheet);
	/* a maker alone proves nothing where nobody looked at the name */
	leaf = sample("mail", "FG100FTK22013189");
	leaf.issuer_org = text("Fortinet");
	assert_null(interceptors_find(&facts));
	facts.verified = true;
	assert_string_equal(interceptors_find(&facts), "Fortinet");
	/* a server may bear any name that it likes */
	leaf = sample("mitmproxy", "mitmproxy");
	assert_null(interceptors_find(&facts));
	facts.nsent = 0;
	assert_null(interceptors_find(&facts));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_issuers),
		cmocka_unit_test(test_pinned),
		cmocka_unit_test(test_words)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
