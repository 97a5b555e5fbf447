/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_cert - certificate facts and what is concluded from them
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "judge/cert.h"

#define WHOM "mail.example.org:993"

enum {
	DAY = 86400,
	NOW = 1772366400,	/* 2026-03-01 12:00:00 UTC */
	RELEASED = NOW - 100 * DAY,
	LIST = 6
};

/* a certificate in few words; the strings are constants and never freed */
struct brief {
	const char	*cn;
	const char	*issuer;	/* CN of it */
	int64_t		 begins, ends;	/* days from NOW; both 0: -10 to 90 */
	bool		 ca, aia, anchor;
	const char	*host;
};

static char *
text(const char *s)
{
	union { const char *in; char *out; } same = { s != NULL ? s : "" };

	return same.out;
}

static struct cert_facts
cert(const struct brief *b)
{
	struct cert_facts c = {
		.subject = text(b->cn), .subject_cn = text(b->cn),
		.issuer = text(b->issuer), .issuer_cn = text(b->issuer),
		.issuer_org = text(""), .serial = text("2A"),
		.key = text("RSA"), .bits = 1024,
		.signature = text("sha256WithRSAEncryption"),
		.not_before = NOW + (b->ends == 0 ? -10 : b->begins) * DAY,
		.not_after = NOW + (b->ends == 0 ? 90 : b->ends) * DAY,
		.is_ca = b->ca, .has_aia_issuer = b->aia, .anchor = b->anchor
	};

	if (b->host != NULL)
		c.names[c.nnames++] = text(b->host);
	/* names and moments make up for a digest here */
	(void)snprintf(c.sha256, sizeof(c.sha256), "%.20s/%.20s/%d", b->cn,
	    b->issuer, (int)b->ends);
	return c;
}

static size_t
fill(struct cert_facts *to, const struct brief *from)
{
	size_t n;

	for (n = 0; n < LIST && from[n].cn != NULL; n++)
		to[n] = cert(&from[n]);
	return n;
}

struct row {
	const char		*name;
	struct brief		 sent[LIST];
	struct brief		 path[LIST];
	struct cert_trouble	 troubles[3];
	bool			 kin;
	struct cert_moment	 moment;	/* all zero: NOW, not given, RELEASED */
	const char		*want;		/* "cause: sentence (detail)" a line each */
	bool			 go;
};

#define LEAF	{ .cn = "mail", .issuer = "Sub", .host = "mail.example.org" }
#define SUB	{ .cn = "Sub", .issuer = "Top", .ca = true }
#define TOP	{ .cn = "Top", .issuer = "Top", .ca = true, .anchor = true }

static const struct row rows[] = {
	{ "all is well", { LEAF, SUB }, { LEAF, SUB, TOP }, { { 0 } }, false,
	    { 0 }, "", true },
	{ "expired", { { "mail", "Sub", -90, -3 } },
	    { { "mail", "Sub", -90, -3 }, SUB, TOP },
	    { { CERT_EXPIRED, 0, "" } }, false, { 0 },
	    "cert.expired: " WHOM " presents a certificate that expired "
	    "3 days ago (CN=mail ended 2026-02-26 12:00:00 UTC)\n", false },
	{ "expired intermediate", { LEAF, { "Sub", "Top", -9, -1 } },
	    { LEAF, { "Sub", "Top", -9, -1 }, TOP },
	    { { CERT_EXPIRED, 1, "" } }, false, { 0 },
	    "cert.expired: " WHOM " sends an intermediate that expired 1 day "
	    "ago (CN=Sub ended 2026-02-28 12:00:00 UTC)\n", false },
	{ "expired root", { LEAF, SUB },
	    { LEAF, SUB, { "Top", "Top", -9, -1, .anchor = true } },
	    { { CERT_EXPIRED, 2, "" } }, false, { 0 },
	    "cert.expired: " WHOM " leads to a root that expired 1 day ago "
	    "(CN=Top ended 2026-02-28 12:00:00 UTC)\n", false },
	{ "too early", { { "mail", "Sub", 2, 90 } },
	    { { "mail", "Sub", 2, 90 }, SUB, TOP },
	    { { CERT_NOT_YET_VALID, 0, "" } }, false, { 0 },
	    "cert.not-yet-valid: " WHOM " presents a certificate that becomes "
	    "valid only in 2 days (CN=mail begins 2026-03-03 12:00:00 UTC)\n",
	    false },
	{ "other host", { LEAF }, { LEAF, SUB, TOP },
	    { { CERT_WRONG_HOST, 0, "" } }, false, { 0 },
	    "cert.wrong-host: " WHOM " presents a certificate that does not "
	    "name imap.example.org (it names mail.example.org)\n", false },
	{ "no names", { { "mail", "Sub" } }, { { "mail", "Sub" }, SUB, TOP },
	    { { CERT_WRONG_HOST, 0, "" } }, false, { 0 },
	    "cert.wrong-host: " WHOM " presents a certificate that does not "
	    "name imap.example.org (it has no alternative names, and CN=mail "
	    "alone is not looked at)\n", false },
	{ "self-signed", { { "mail", "mail" } }, { { "mail", "mail" } },
	    { { CERT_SELF_SIGNED, 0, "" } }, false, { 0 },
	    "cert.self-signed: " WHOM " presents a self-signed certificate "
	    "that is not trusted (CN=mail signed itself, SHA-256 "
	    "mail/mail/0)\n", false },
	{ "unknown root sent", { LEAF, SUB, { "Top", "Top" } },
	    { LEAF, SUB, { "Top", "Top" } }, { { CERT_UNTRUSTED_ROOT, 2, "" } },
	    false, { 0 },
	    "cert.untrusted: " WHOM " presents a certificate that leads to a "
	    "root that is not trusted (the root is CN=Top, SHA-256 "
	    "Top/Top/0)\n", false },
	{ "a rule", { LEAF, SUB }, { LEAF, SUB, TOP },
	    { { CERT_BROKEN_RULE, 1, "no CA" } }, false, { 0 },
	    "cert.invalid: " WHOM " presents a certificate that breaks a "
	    "rule: no CA (CN=Sub: no CA)\n", false },
	{ "weak", { LEAF, SUB }, { LEAF, SUB, TOP },
	    { { CERT_WEAK, 0, "its key is small" } }, false, { 0 },
	    "cert.invalid: " WHOM " presents a certificate that is too weak: "
	    "its key is small (CN=mail: its key is small (RSA, 1024 bits, "
	    "sha256WithRSAEncryption))\n", false },
	{ "nothing was kept of it", { { 0 } }, { { 0 } },
	    { { CERT_EXPIRED, 0, "" } }, false, { 0 },
	    "cert.invalid: " WHOM " presents a certificate that cannot be "
	    "verified ()\n", false },
	{ "without a path what was sent is spoken of", { LEAF }, { { 0 } },
	    { { CERT_BROKEN_RULE, 0, "odd" } }, false, { 0 },
	    "cert.invalid: " WHOM " presents a certificate that breaks a "
	    "rule: odd (CN=mail: odd)\n", false }
};

/* a missing issuer: an intermediate, or an unknown root */
static const struct {
	struct brief	 last;
	bool		 kin;
	enum cause	 want;
} issuers[] = {
	{ { "mail", "R11", .aia = true }, false, CAUSE_CERT_INCOMPLETE_CHAIN },
	{ { "mail", "R11" }, true, CAUSE_CERT_INCOMPLETE_CHAIN },
	{ { "mail", "R11" }, false, CAUSE_CERT_UNTRUSTED },
	{ { "mail", "Acme Issuing CA" }, false, CAUSE_CERT_INCOMPLETE_CHAIN },
	{ { "mail", "Acme INTERMEDIATE" }, false,
	    CAUSE_CERT_INCOMPLETE_CHAIN },
	{ { "mail", "Acme Sub CA 3" }, false, CAUSE_CERT_INCOMPLETE_CHAIN },
	{ { "mail", "Acme Root CA", .aia = true }, true,
	    CAUSE_CERT_UNTRUSTED },
	{ { "Sub", "Top", .ca = true, .aia = true }, false,
	    CAUSE_CERT_UNTRUSTED },
	{ { "Sub", "Top", .ca = true }, true, CAUSE_CERT_UNTRUSTED },
	{ { "Sub", "Top", .ca = true, .aia = true }, true,
	    CAUSE_CERT_INCOMPLETE_CHAIN },
	{ { "Sub", "Subordinate", .ca = true }, false,
	    CAUSE_CERT_INCOMPLETE_CHAIN }
};

#define CROSS	{ .cn = "Top", .issuer = "Old", .ca = true }
#define OLD	{ .cn = "Old", .issuer = "Old", .ca = true }

static const struct row tidy_rows[] = {
	{ "the root too", { LEAF, SUB, TOP }, { LEAF, SUB, TOP }, { { 0 } },
	    false, { 0 }, "", true },
	{ "another path for others", { LEAF, SUB, CROSS, OLD },
	    { LEAF, SUB, TOP }, { { 0 } }, false, { 0 }, "", true },
	{ "twice", { LEAF, LEAF, SUB }, { LEAF, SUB, TOP }, { { 0 } }, false,
	    { 0 }, "cert.untidy: " WHOM " sends an untidy chain: sent twice: "
	    "CN=mail (sent twice: CN=mail)\n", true },
	{ "a stranger", { LEAF, SUB, OLD }, { LEAF, SUB, TOP }, { { 0 } },
	    false, { 0 }, "cert.untidy: " WHOM " sends an untidy chain: does "
	    "not belong to the chain: CN=Old (does not belong to the chain: "
	    "CN=Old)\n", true },
	{ "an expired way round", { LEAF, SUB, { "Top", "Old", -9, -1 } },
	    { LEAF, SUB, TOP }, { { 0 } }, false, { 0 },
	    "cert.untidy: " WHOM " sends an untidy chain: not needed and "
	    "expired: CN=Top ended 2026-02-28 12:00:00 UTC (not needed and "
	    "expired: CN=Top ended 2026-02-28 12:00:00 UTC)\n", true },
	{ "out of order", { LEAF, { "B", "Top" }, { "A", "B" } },
	    { LEAF, { "A", "B" }, { "B", "Top" }, TOP }, { { 0 } }, false,
	    { 0 }, "cert.untidy: " WHOM " sends an untidy chain: out of "
	    "order: CN=B stands before what it certifies (out of order: CN=B "
	    "stands before what it certifies)\n", true },
	{ "no trusted path, no pedantry", { LEAF, LEAF, OLD }, { LEAF },
	    { { CERT_ISSUER_MISSING, 0, "" } }, true, { 0 },
	    "cert.incomplete-chain: " WHOM " does not send the intermediate "
	    "Sub (CN=mail is issued by Sub, which is neither sent nor "
	    "trusted)\n", false }
};

#define ENDED(a, b)	{ a, b, -90, -2, .anchor = true }
#define EARLY(a, b)	{ a, b, 2, 90, .anchor = true }

static const struct row clock_rows[] = {
	{ "all ended", { ENDED("mail", "Top") },
	    { ENDED("mail", "Top"), ENDED("Top", "Top") },
	    { { CERT_EXPIRED, 0, "" } }, false, { 0 },
	    "cert.clock: cert.expired: ", false },
	{ "all early", { EARLY("mail", "Top") },
	    { EARLY("mail", "Top"), EARLY("Top", "Top") },
	    { { CERT_NOT_YET_VALID, 0, "" } }, false, { 0 },
	    "cert.clock: cert.not-yet-valid: ", false },
	{ "the moment was given", { ENDED("mail", "Top") },
	    { ENDED("mail", "Top"), ENDED("Top", "Top") },
	    { { CERT_EXPIRED, 0, "" } }, false, { NOW, true, RELEASED },
	    "cert.expired: ", false },
	{ "not all", { ENDED("mail", "Top") }, { ENDED("mail", "Top"), TOP },
	    { { CERT_EXPIRED, 0, "" } }, false, { 0 }, "cert.expired: ",
	    false },
	{ "both ways", { ENDED("mail", "Top") },
	    { ENDED("mail", "Top"), EARLY("Top", "Top") },
	    { { CERT_EXPIRED, 0, "" } }, false, { 0 }, "cert.expired: ",
	    false },
	{ "alone", { ENDED("mail", "mail") }, { ENDED("mail", "mail") },
	    { { CERT_EXPIRED, 0, "" } }, false, { 0 }, "cert.expired: ",
	    false },
	{ "without our anchor", { { "mail", "Top", -9, -1 } },
	    { { "mail", "Top", -9, -1 }, { "Top", "X", -9, -1 } },
	    { { CERT_EXPIRED, 0, "" } }, false, { 0 }, "cert.expired: ",
	    false },
	{ "before the release, early", { EARLY("mail", "Top") },
	    { EARLY("mail", "Top"), TOP }, { { CERT_NOT_YET_VALID, 0, "" } },
	    false, { NOW, false, NOW + DAY },
	    "cert.clock: cert.not-yet-valid: ", false },
	{ "before the release, ended all the same", { ENDED("mail", "Top") },
	    { ENDED("mail", "Top"), TOP }, { { CERT_EXPIRED, 0, "" } }, false,
	    { NOW, false, NOW + DAY }, "cert.expired: ", false },
	{ "before the release, no harm", { LEAF }, { LEAF, TOP }, { { 0 } },
	    false, { NOW, false, NOW + DAY }, "", true }
};

#define FILED	{ NOW, false, RELEASED, true }

/* the same of a file */
static const struct row file_rows[] = {
	{ "all is well", { LEAF, SUB }, { LEAF, SUB, TOP }, { { 0 } }, false,
	    FILED, "", true },
	{ "expired", { { "mail", "Sub", -90, -3 } },
	    { { "mail", "Sub", -90, -3 }, SUB, TOP },
	    { { CERT_EXPIRED, 0, "" } }, false, FILED,
	    "cert.expired: " WHOM " holds a certificate that expired "
	    "3 days ago (CN=mail ended 2026-02-26 12:00:00 UTC)\n", false },
	{ "expired intermediate", { LEAF, { "Sub", "Top", -9, -1 } },
	    { LEAF, { "Sub", "Top", -9, -1 }, TOP },
	    { { CERT_EXPIRED, 1, "" } }, false, FILED,
	    "cert.expired: " WHOM " holds an intermediate that expired 1 day "
	    "ago (CN=Sub ended 2026-02-28 12:00:00 UTC)\n", false },
	{ "incomplete", { { "mail", "Issuing CA" } },
	    { { "mail", "Issuing CA" } }, { { CERT_ISSUER_MISSING, 0, "" } },
	    false, FILED,
	    "cert.incomplete-chain: " WHOM " lacks the intermediate Issuing "
	    "CA (CN=mail is issued by Issuing CA, which is neither in the "
	    "file nor trusted)\n", false },
	{ "twice", { LEAF, SUB, SUB }, { LEAF, SUB, TOP }, { { 0 } }, false,
	    FILED, "cert.untidy: " WHOM " holds an untidy chain: there twice: "
	    "CN=Sub (there twice: CN=Sub)\n", true }
};

/* judge - findings as the rows want them; only the causes when `brief` */
static bool
judge(const struct row *row, bool brief, struct buf *told)
{
	struct cert_facts	sent[LIST], path[LIST];
	struct tls_facts	facts = { .verified = true };
	struct cert_moment	moment = row->moment;
	struct sheet		sheet = { 0 };
	size_t			i;
	bool			go;

	facts.sent = sent;
	facts.path = path;
	facts.nsent = fill(sent, row->sent);
	facts.npath = fill(path, row->path);
	facts.issuer_kin = row->kin;
	(void)snprintf(facts.expected, sizeof(facts.expected),
	    "imap.example.org");
	for (i = 0; i < 3 && row->troubles[i].kind != CERT_OK; i++)
		facts.troubles[facts.ntroubles++] = row->troubles[i];
	if (moment.now == 0)
		moment = (struct cert_moment){ NOW, false, RELEASED };
	go = cert_judge(&sheet, &facts, &moment, WHOM);
	for (i = 0; i < sheet.nfindings; i++) {
		const struct finding *f = &sheet.findings[i];

		assert_int_equal(f->stage, STAGE_TLS);
		(void)buf_fmt(told, "%s: ", cause_info(f->cause)->slug);
		if (!brief)
			(void)buf_fmt(told, "%s (%s)\n", f->sentence,
			    f->detail != NULL ? f->detail : "");
	}
	assert_false(sheet.nomem);
	sheet_free(&sheet);
	return go;
}

static void
run_rows(const struct row *list, size_t n, bool brief)
{
	struct buf told;
	size_t i;

	for (i = 0; i < n; i++) {
		buf_init(&told, 8192);
		if (judge(&list[i], brief, &told) != list[i].go ||
		    strcmp(buf_cstr(&told), list[i].want) != 0) {
			print_error("%s:\n got \"%s\"\nwant \"%s\"\n",
			    list[i].name, buf_cstr(&told), list[i].want);
			fail();
		}
		buf_free(&told);
	}
}

static void
test_troubles(void **state)
{
	(void)state;
	run_rows(rows, sizeof(rows) / sizeof(rows[0]), false);
}

static void
test_tidy(void **state)
{
	(void)state;
	run_rows(tidy_rows, sizeof(tidy_rows) / sizeof(tidy_rows[0]), false);
}

static void
test_clock(void **state)
{
	(void)state;
	run_rows(clock_rows, sizeof(clock_rows) / sizeof(clock_rows[0]), true);
}

static void
test_issuers(void **state)
{
	struct row row = { .name = "issuer",
		.troubles = { { CERT_ISSUER_MISSING, 0, "" } } };
	struct buf told, want;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(issuers) / sizeof(issuers[0]); i++) {
		row.sent[0] = row.path[0] = issuers[i].last;
		row.kin = issuers[i].kin;
		buf_init(&told, 8192);
		buf_init(&want, 100);
		assert_false(judge(&row, true, &told));
		(void)buf_fmt(&want, "%s: ", cause_info(issuers[i].want)->slug);
		if (strcmp(buf_cstr(&told), buf_cstr(&want)) != 0) {
			print_error("issuer %zu: got %s\n", i, buf_cstr(&told));
			fail();
		}
		buf_free(&told);
		buf_free(&want);
	}
}

/* many and long names stay within a sentence */
static void
test_long_names(void **state)
{
	static char		 host[254];
	struct cert_facts	 leaf = cert(&(struct brief)LEAF);
	struct tls_facts	 facts = { .verified = true, .sent = &leaf,
		.nsent = 1, .ntroubles = 1,
		.troubles = { { CERT_WRONG_HOST, 0, "" } } };
	struct cert_moment	 moment = { NOW, true, RELEASED };
	struct sheet		 sheet = { 0 };

	(void)state;
	memset(host, 'x', sizeof(host) - 1);
	for (leaf.nnames = 0; leaf.nnames < NAMES_MAX; leaf.nnames++)
		leaf.names[leaf.nnames] = host;
	leaf.more_names = 372;
	assert_false(cert_judge(&sheet, &facts, &moment, WHOM));
	assert_int_equal(sheet.nfindings, 1);
	assert_non_null(strstr(sheet.findings[0].detail, " and 490 more"));
	sheet_free(&sheet);
}

static void
test_files(void **state)
{
	(void)state;
	run_rows(file_rows, sizeof(file_rows) / sizeof(file_rows[0]), false);
}

/* the first certificate of a file is the one that servers take */
static void
test_displaced(void **state)
{
	struct cert_facts	path[] = { cert(&(struct brief)LEAF),
		cert(&(struct brief)TOP) };
	struct tls_facts	facts = { .verified = true, .sent = path,
		.nsent = 1, .path = path, .npath = 2, .displaced = true };
	struct cert_moment	moment = FILED;
	struct sheet		sheet = { 0 };

	(void)state;
	assert_true(cert_judge(&sheet, &facts, &moment, WHOM));
	assert_int_equal(sheet.nfindings, 1);
	assert_int_equal(sheet.findings[0].cause, CAUSE_CERT_UNTIDY);
	assert_string_equal(sheet.findings[0].detail,
	    "out of order: CN=mail does not stand first");
	sheet_free(&sheet);
}

static void
test_unverified(void **state)
{
	struct cert_facts	leaf = cert(&(struct brief)LEAF);
	struct tls_facts	facts = { .sent = &leaf, .nsent = 1,
		.version = "TLSv1.3", .cipher = "TLS_AES_128_GCM_SHA256" };
	struct cert_moment	moment = { NOW, false, RELEASED };
	struct sheet		sheet = { 0 };
	struct buf		note;
	double			days = 0;

	(void)state;
	assert_true(cert_judge(&sheet, &facts, &moment, WHOM));
	assert_int_equal(sheet.nfindings, 0);
	assert_true(cert_days(&facts, NOW + DAY / 2, &days));
	assert_float_equal(days, 89.5, 0.0001);
	buf_init(&note, 1024);
	cert_note(&note, &facts);
	assert_string_equal(buf_cstr(&note), "TLSv1.3 TLS_AES_128_GCM_SHA256, "
	    "CN=mail, issued by Sub, ends 2026-05-30 12:00:00 UTC");
	buf_free(&note);
	facts.nsent = 0;
	assert_false(cert_days(&facts, NOW, &days));
	sheet_free(&sheet);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_troubles),
		cmocka_unit_test(test_issuers),
		cmocka_unit_test(test_tidy),
		cmocka_unit_test(test_clock),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_displaced),
		cmocka_unit_test(test_long_names),
		cmocka_unit_test(test_unverified)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
