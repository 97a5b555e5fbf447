/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_stale - the certificate that is served, and the one on disk
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cert_sample.h"
#include "judge/stale.h"

#define HOUR	3600
#define ENDS	"2026-05-20 11:59:59 UTC"	/* the sample */
#define LATER	"2026-05-21 11:59:59 UTC"
#define EARLIER	"2026-05-19 11:59:59 UTC"

/* rows - how the file's certificate differs from the one served */
static const struct {
	const char	*cn;		/* its name, and its digest */
	int		 begins, ends;	/* days later */
	int64_t		 age;		/* of the file, seconds */
	enum stale	 want;
	const char	*said;		/* in sentence or note; NULL nothing */
} rows[] = {
	{ "mail", 0, 0, 99 * HOUR, STALE_SAME, NULL },
	{ "mail2", 1, 1, 3 * HOUR, STALE_OLD, "h:993 still serves the "
	    "certificate that ends " ENDS ", /etc/mail.pem has one that ends "
	    LATER " since 3 hours" },
	{ "mail2", 1, 1, HOUR + 1, STALE_OLD, "since 1 hour" },
	{ "mail2", 1, 1, HOUR, STALE_SOON, "so far, a new file waits to be "
	    "taken up: the server serves the certificate that ends " ENDS
	    ", /etc/mail.pem has one that ends " LATER " since 1 hour" },
	{ "mail2", 1, 1, -HOUR, STALE_SOON, "a new file waits" },
	/* one that lives shorter, and is newer for all that */
	{ "mail2", 1, -1, 3 * HOUR, STALE_OLD, "has one that ends " EARLIER },
	{ "mail2", 0, 1, 3 * HOUR, STALE_OLD, "still serves" },
	{ "mail2", -1, 1, 3 * HOUR, STALE_AHEAD, "so far, the server is ahead "
	    "of the file: it serves the certificate that ends " ENDS },
	{ "mail2", 0, -1, 3 * HOUR, STALE_AHEAD, "ahead of the file" },
	{ "mail2", 0, 0, 3 * HOUR, STALE_UNLIKE, "so far, served is another "
	    "than on disk: the certificate that ends " ENDS },
	{ "www", 1, 1, 3 * HOUR, STALE_OTHER, "so far, /etc/mail.pem is for "
	    "other names (www)" }
};

static void
test_rows(void **state)
{
	struct cert_facts served = sample("mail", "Sub");
	struct tls_facts facts = { .sent = &served, .nsent = 1 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct cert_facts disk = sample(rows[i].cn, "Sub");
		struct stale_file file = { "/etc/mail.pem", &disk,
		    SAMPLE_NOW - rows[i].age };
		struct sheet sheet = { 0 };
		struct buf note;
		const char *got;

		if (strcmp(rows[i].cn, "mail2") == 0) {
			disk.names[0] = text("new");
			disk.names[1] = text("MAIL");
			disk.nnames = 2;
		}
		disk.not_before += rows[i].begins * SAMPLE_DAY;
		disk.not_after += rows[i].ends * SAMPLE_DAY;
		buf_init(&note, 1024);
		buf_str(&note, "so far");
		assert_int_equal(stale_judge(&sheet, &facts, &file, SAMPLE_NOW,
		    STALE_GRACE, "h:993", &note), rows[i].want);
		assert_int_equal(sheet.nfindings, rows[i].want == STALE_OLD);
		got = sheet.nfindings > 0 ? sheet.findings[0].sentence :
		    buf_cstr(&note);
		if (rows[i].said == NULL ? note.len != strlen("so far") :
		    strstr(got, rows[i].said) == NULL) {
			print_error("row %zu: %s\n", i, got);
			fail();
		}
		if (sheet.nfindings > 0)
			assert_int_equal(sheet.findings[0].cause,
			    CAUSE_CERT_STALE);
		buf_free(&note);
		sheet_free(&sheet);
	}
}

static void
test_names(void **state)
{
	struct cert_facts served = sample("mail", "Sub");
	struct cert_facts disk = sample("mail2", "Sub");
	struct stale_file file = { "f", &disk, 0 };

	(void)state;
	disk.not_before++;
	/* names that were not kept may be the same */
	disk.more_names = 1;
	assert_int_equal(stale_compare(&served, &file, SAMPLE_NOW, 0),
	    STALE_OLD);
	/* without names it is the subject */
	disk.more_names = disk.nnames = 0;
	assert_int_equal(stale_compare(&served, &file, SAMPLE_NOW, 0),
	    STALE_OTHER);
	disk.subject = text("mail");
	assert_int_equal(stale_compare(&served, &file, SAMPLE_NOW, 0),
	    STALE_OLD);
	assert_int_equal(stale_compare(NULL, &file, SAMPLE_NOW, 0),
	    STALE_UNKNOWN);
}

static void
test_nothing_served(void **state)
{
	struct cert_facts disk = sample("mail", "Sub");
	struct stale_file file = { "f", &disk, 0 };
	struct tls_facts facts = { .nsent = 0 };
	struct sheet sheet = { 0 };
	struct buf note;

	(void)state;
	buf_init(&note, 1024);
	assert_int_equal(stale_judge(&sheet, &facts, &file, SAMPLE_NOW, 0,
	    "h:993", &note), STALE_UNKNOWN);
	assert_int_equal(sheet.nfindings, 0);
	assert_string_equal(buf_cstr(&note),
	    "nothing was served to compare with f");
	buf_free(&note);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_nothing_served)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
