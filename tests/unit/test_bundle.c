/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_bundle - files of certificates that are none, cut short or broken
 */
#define _GNU_SOURCE
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "world/bundle.h"

#define BEGIN	"-----BEGIN CERTIFICATE-----"
#define END	"-----END CERTIFICATE-----"

static const struct {
	const char	*text;
	const char	*why;
} rows[] = {
	{ "", "it holds no PEM certificate" },
	{ "text\n", "it holds no PEM certificate" },
	{ "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n",
	    "it holds no PEM certificate" },
	{ BEGIN, "certificate 1 in it cannot be read" },
	{ BEGIN "\n", "certificate 1 in it cannot be read" },
	{ BEGIN "\nAAAA\n", "certificate 1 in it cannot be read" },
	{ BEGIN "\nAAAA\n-----END ", "certificate 1 in it cannot be read" },
	{ BEGIN "\nAAAA\n-----END CERT", "certificate 1 in it cannot be read" },
	{ BEGIN "\n\n" END "\n", "certificate 1 in it cannot be read" },
	{ BEGIN "\nAAAA\n" END "\n", "certificate 1 in it cannot be read" },
	{ BEGIN "\n!!\n" END "\n", "certificate 1 in it cannot be read" },
	{ BEGIN END "\n", "certificate 1 in it cannot be read" }
};

static void
test_refused(void **state)
{
	char path[] = "bundle.XXXXXX";
	struct bundle bundle;
	struct buf why;
	size_t i;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(ftruncate(fd, 0), 0);
		assert_int_equal(pwrite(fd, rows[i].text,
		    strlen(rows[i].text), 0), strlen(rows[i].text));
		buf_init(&why, 256);
		assert_false(bundle_open(&bundle, path, &why));
		assert_string_equal(buf_cstr(&why), rows[i].why);
		assert_false(bundle.nomem);
		buf_free(&why);
	}
	close(fd);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
