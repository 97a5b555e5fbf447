/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_pins - how pins are written, and whom they fit
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cert_sample.h"
#include "judge/pins.h"

/* 32 bytes of 00, 01, ... 1f, in either form */
#define BASE64	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define HEX	"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define COLONS	"00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:" \
		"14:15:16:17:18:19:1a:1b:1c:1d:1e:1f"
#define REST	"02030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define KEY	"sha256//" BASE64
#define CERT	"cert-sha256:" HEX

static const struct {
	const char	*text;
	size_t		 n;		/* pins in it; 0: refused */
	bool		 key;		/* the first is one of a key */
} notations[] = {
	{ KEY, 1, true },
	{ CERT, 1, false },
	{ "CERT-SHA256:" COLONS, 1, false },
	{ KEY ";" CERT, 2, true },
	{ CERT ";" KEY ";" CERT, 3, false },
	{ "", 0, false },
	{ ";", 0, false },
	{ ";" KEY, 0, false },
	{ KEY ";;" KEY, 0, false },
	{ KEY "; " KEY, 0, false },
	{ BASE64, 0, false },
	{ HEX, 0, false },
	{ "sha256//", 0, false },
	{ "sha256/" BASE64, 0, false },
	{ "sha256//AAEC", 0, false },
	{ "sha256//AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", 0, false },
	{ "sha256//AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ==", 0,
	    false },
	{ "cert-sha256:", 0, false },
	{ "cert-sha256:00", 0, false },
	{ CERT "0", 0, false },
	{ CERT "00", 0, false },
	{ CERT ":", 0, false },
	{ "cert-sha256:0:0", 0, false },
	/* colons anywhere but between bytes, and the right number of digits */
	{ "cert-sha256:0:001" REST, 0, false },
	{ "cert-sha256:00::01" REST, 0, false },
	{ "cert-sha256::0001" REST, 0, false },
	{ "cert-sha256:0001" REST ":", 0, false },
	{ "cert-sha256:00:01" REST, 1, false },
	{ "cert-sha256:g" HEX, 0, false },
	{ "sha1//AAEC", 0, false }
};

static void
test_notations(void **state)
{
	struct pin_list list;
	struct buf why;
	size_t i;
	bool ok;

	(void)state;
	for (i = 0; i < sizeof(notations) / sizeof(notations[0]); i++) {
		list.n = 0;
		buf_init(&why, 1024);
		ok = pins_add(&list, span_of(notations[i].text), &why);
		if (ok != (notations[i].n > 0) || list.n != notations[i].n ||
		    ok != (why.len == 0)) {
			print_error("%s: %d, %zu pins\n", notations[i].text,
			    ok, list.n);
			fail();
		}
		if (ok) {
			assert_string_equal(list.rows[0].hex, HEX);
			assert_int_equal(list.rows[0].key, notations[i].key);
		}
		buf_free(&why);
	}
}

static void
test_too_many(void **state)
{
	struct pin_list list = { .n = 0 };
	struct buf why;
	size_t i;

	(void)state;
	buf_init(&why, 1024);
	for (i = 0; i < PINS_MAX - 1; i++)
		assert_true(pins_add(&list, span_of(KEY), &why));
	assert_false(pins_add(&list, span_of(KEY ";" KEY), &why));
	assert_string_equal(buf_cstr(&why), "at most 32 of them");
	assert_int_equal(list.n, PINS_MAX - 1);
	assert_true(pins_add(&list, span_of(KEY), &why));
	buf_free(&why);
}

/* whose digests the pin has: bits 0 to 2 the path's, 3 the extra that is sent */
static const struct {
	const char	*pins;
	unsigned	 key_of, cert_of;
	bool		 path, match;
} matches[] = {
	{ KEY, 1 << 0, 0, true, true },
	{ KEY, 1 << 1, 0, true, true },
	{ KEY, 1 << 2, 0, true, true },
	{ KEY, 0, 0xf, true, false },
	{ CERT, 0, 1 << 1, true, true },
	{ CERT, 0xf, 0, true, false },
	{ CERT ";" KEY, 1 << 0, 0, true, true },
	{ KEY, 1 << 3, 0, true, false },
	{ KEY, 1 << 3, 0, false, true },
	{ KEY ";" CERT, 0, 0, true, false },
	{ "", 0, 0, true, true }
};

static void
test_matches(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(matches) / sizeof(matches[0]); i++) {
		struct cert_facts c[4] = { sample("mail", "Sub"),
		    sample("Sub", "Top"), sample("Top", "Top"),
		    sample("Extra", "Top") };
		struct tls_facts facts = { .sent = c, .nsent = 4, .path = c,
		    .npath = matches[i].path ? 3 : 0 };
		struct pin_list list = { .n = 0 };
		struct sheet sheet = { 0 };
		struct buf why;

		buf_init(&why, 1024);
		if (*matches[i].pins != '\0')
			assert_true(pins_add(&list, span_of(matches[i].pins),
			    &why));
		buf_free(&why);
		for (k = 0; k < 4; k++) {
			if ((matches[i].key_of >> k & 1) != 0)
				memcpy(c[k].spki_sha256, HEX,
				    sizeof(HEX));
			if ((matches[i].cert_of >> k & 1) != 0)
				memcpy(c[k].sha256, HEX, sizeof(HEX));
		}
		if (pins_judge(&sheet, &list, &facts, "h:993") !=
		    matches[i].match) {
			print_error("row %zu\n", i);
			fail();
		}
		assert_int_equal(sheet.nfindings, !matches[i].match);
		sheet_free(&sheet);
	}
}

static void
test_words(void **state)
{
	struct cert_facts leaf = sample("mail", "Sub");
	struct tls_facts facts = { .sent = &leaf, .nsent = 1 };
	struct pin_list list = { .rows = { { .key = true, .hex = "00" } },
	    .n = 1 };
	struct sheet sheet = { 0 };
	struct buf out;

	(void)state;
	memcpy(leaf.spki_sha256, HEX, sizeof(HEX));
	assert_false(pins_judge(&sheet, &list, &facts, "h:993"));
	assert_int_equal(sheet.findings[0].cause, CAUSE_CERT_MISMATCH);
	assert_string_equal(sheet.findings[0].sentence, "h:993 presents no "
	    "certificate that is pinned (1 pin)");
	assert_non_null(strstr(sheet.findings[0].detail, "CN=mail, issued by "
	    "Sub, has the key " KEY " and the SHA-256 digest mail0"));
	sheet_free(&sheet);
	/* nothing was presented: nothing disagrees */
	facts.nsent = 0;
	assert_true(pins_judge(&sheet, &list, &facts, "h:993"));
	leaf.spki_sha256[0] = '\0';
	buf_init(&out, 100);
	pins_write_key(&out, &leaf);
	assert_int_equal(out.len, 0);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_notations),
		cmocka_unit_test(test_too_many),
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_words)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
