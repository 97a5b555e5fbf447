/* SPDX-License-Identifier: GPL-3.0-or-later */
/* module - what is loaded, what is refused, and the names that idn makes */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "module/module.h"
#include "module_files.h"
#include "world/tls_engine.h"

enum {
	NOBODY = 65534
};

static void
refused(const char *dir, const char *name, const char *words)
{
	struct buf	why;

	buf_init(&why, 4096);
	assert_null(module_load_from(dir, name, &why));
	assert_non_null(strstr(buf_cstr(&why), words));
	assert_int_equal(strncmp(buf_cstr(&why), "the module ", 11), 0);
	buf_free(&why);
}

static void
a_good_module_is_loaded(void **state)
{
	char			dir[SCRATCH_MAX];
	const struct module	*module;
	struct buf		why;

	(void)state;
	scratch_new(dir);
	module_copy(dir, "idn", "idn", 0644);
	buf_init(&why, 4096);
	module = module_load_from(dir, "idn", &why);
	assert_string_equal(buf_cstr(&why), "");
	assert_non_null(module);
	assert_int_equal(module->version, MODULE_VERSION);
	assert_string_equal(module->name, "idn");
	/* the second time it is the same one */
	assert_ptr_equal(module_load_from(dir, "idn", &why), module);
	buf_free(&why);
	scratch_free(dir);
}

static void
what_is_no_module_is_refused(void **state)
{
	char	dir[SCRATCH_MAX], path[PATH_MAX];

	(void)state;
	scratch_new(dir);
	module_copy(dir, "bad_version", "bad_version", 0644);
	module_copy(dir, "no_symbol", "no_symbol", 0644);
	module_copy(dir, "idn", "other", 0644);
	scratch_file(scratch_path(path, dir, "text.so"), "text", 4, 0644);
	assert_int_equal(mkdir(scratch_path(path, dir, "folder.so"), 0755), 0);
	refused(dir, "bad_version",
	    "/bad_version.so has version 3 where this program needs 2");
	refused(dir, "no_symbol", "/no_symbol.so is none of ours");
	refused(dir, "other", "/other.so is another one under this name");
	refused(dir, "text", "/text.so does not load (");
	refused(dir, "folder", "/folder.so is no file");
	refused(dir, "missing",
	    "/missing.so is not there (No such file or directory): install");
	scratch_free(dir);
}

static void
names_stay_in_the_folder(void **state)
{
	static const char *const names[] = { "", ".", "../idn", "a/idn", "IDN",
		"idn.so", "idn\n", "i dn", "/idn",
		"idnidnidnidnidnidnidnidnidnidnidnidnidn" };
	char	dir[SCRATCH_MAX], folder[PATH_MAX];
	size_t	i;

	(void)state;
	scratch_new(dir);
	module_copy(dir, "idn", "idn", 0644);
	assert_int_equal(mkdir(scratch_path(folder, dir, "a"), 0700), 0);
	module_copy(folder, "idn", "idn", 0644);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		refused(dir, names[i], "has no proper name");
		refused(folder, names[i], "has no proper name");
	}
	scratch_free(dir);
}

static void
what_others_can_change_is_refused(void **state)
{
	char	dir[SCRATCH_MAX], path[PATH_MAX];

	(void)state;
	scratch_new(dir);
	scratch_path(path, dir, "idn.so");
	module_copy(dir, "idn", "idn", 0664);
	refused(dir, "idn", "/idn.so could be changed by other users");
	assert_int_equal(chmod(path, 0646), 0);
	refused(dir, "idn", "/idn.so could be changed by other users");
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(chmod(dir, 0777), 0);
	refused(dir, "idn", "is in a folder that other users could change");
	assert_int_equal(chmod(dir, 0700), 0);
	if (geteuid() == 0) {
		assert_int_equal(chown(path, NOBODY, NOBODY), 0);
		refused(dir, "idn", "/idn.so could be changed by other users");
		assert_int_equal(chown(path, 0, 0), 0);
		assert_int_equal(chown(dir, NOBODY, NOBODY), 0);
		refused(dir, "idn", "in a folder that other users");
	}
	scratch_free(dir);
}

static void
the_environment_names_no_folder(void **state)
{
	char		dir[SCRATCH_MAX];
	struct buf	why;

	(void)state;
	scratch_new(dir);
	module_copy(dir, "no_symbol", "unit_only", 0644);
	setenv("LD_LIBRARY_PATH", dir, 1);
	setenv("PKGLIBDIR", dir, 1);
	buf_init(&why, 4096);
	assert_null(module_load("unit_only", &why));
	assert_non_null(strstr(buf_cstr(&why), "/unit_only.so is not there"));
	assert_null(strstr(buf_cstr(&why), dir));
	buf_free(&why);
	unsetenv("LD_LIBRARY_PATH");
	unsetenv("PKGLIBDIR");
	scratch_free(dir);
}

struct name {
	const char	*name;
	size_t		 size;
	const char	*ascii;	/* NULL: refused */
};

/* the first three from UTS 46 section 7.1: what non-transitional means */
static const struct name names[] = {
	{ "fa\xc3\x9f.de", 254, "xn--fa-hia.de" },
	{ "\xce\xb2\xcf\x8c\xce\xbb\xce\xbf\xcf\x82.com", 254,
	    "xn--nxasmm1c.com" },
	{ "B\xc3\xbc" "cher.example", 254, "xn--bcher-kva.example" },
	{ "bu\xcc\x88" "cher.example", 254, "xn--bcher-kva.example" },
	{ "_imaps._tcp.b\xc3\xbc" "cher.example", 254,
	    "_imaps._tcp.xn--bcher-kva.example" },
	{ "b\xc3\xbc" "cher\xe3\x80\x82" "example", 254,
	    "xn--bcher-kva.example" },
	{ "mail.example.org", 254, "mail.example.org" },
	{ "xn--bcher-kva.example", 254, "xn--bcher-kva.example" },
	{ "b\xc3\xbc" "cher.example", 22, "xn--bcher-kva.example" },
	{ "b\xc3\xbc" "cher.example", 21, NULL },
	{ "b\xc3\xbc" "cher example", 254, NULL },
	{ "b\xc3\xbc" "cher'.example", 254, NULL },
	{ "b\xc3.example", 254, NULL },
	{ "b\xff" "cher.example", 254, NULL },
	{ "\xe2\x80\xae" "example", 254, NULL },
	{ "xn--\xc3\xbc.example", 254, NULL },
	{ "\xc3\xbc" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaa.example", 254, NULL }
};

static void
names_become_ascii(void **state)
{
	char				dir[SCRATCH_MAX], out[254];
	const struct module		*module;
	const struct idn_functions	*idn;
	struct buf			why;
	size_t				i;
	bool				done;

	(void)state;
	scratch_new(dir);
	module_copy(dir, "idn", "idn", 0644);
	buf_init(&why, 4096);
	module = module_load_from(dir, "idn", &why);
	assert_non_null(module);
	idn = module->functions;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		done = idn->to_ascii(names[i].name, out, names[i].size, &why);
		assert_int_equal(done, names[i].ascii != NULL);
		if (done) {
			assert_string_equal(out, names[i].ascii);
			assert_string_equal(buf_cstr(&why), "");
		} else
			assert_non_null(strstr(buf_cstr(&why),
			    " is no host name: "));
		buf_clear(&why);
	}
	buf_free(&why);
	scratch_free(dir);
}

/* hex - of a hash, for comparison */
static const char *
hex(const unsigned char hash[DIGEST_SHA256])
{
	static char	text[2 * DIGEST_SHA256 + 1];
	size_t		i;

	for (i = 0; i < DIGEST_SHA256; i++)
		(void)snprintf(text + 2 * i, 3, "%02x", hash[i]);
	return text;
}

/* the examples of RFC 1939 section 7, FIPS 180-2 and RFC 7914 section 11 */
static void
the_engine_in_the_module_hashes(void **state)
{
	char			 dir[SCRATCH_MAX], md5[LOGIN_DIGEST_MAX];
	unsigned char		 hash[DIGEST_SHA256];
	const struct module	*module;
	const struct tls_engine	*engine;
	struct buf		 why;

	(void)state;
	scratch_new(dir);
	module_copy(dir, "tls", "tls", 0644);
	buf_init(&why, 4096);
	module = module_load_from(dir, "tls", &why);
	assert_string_equal(buf_cstr(&why), "");
	assert_non_null(module);
	engine = module->functions;
	assert_ptr_not_equal(engine, &tls_openssl);
	assert_true(engine->digests->md5(
	    span_of("<1896.697170952@dbc.mtview.ca.us>"), span_of("tanstaaf"),
	    md5));
	assert_string_equal(md5, "c4c9334bac560ecc979e58001b3e22fb");
	assert_true(engine->digests->sha256(span_of("abc"), hash));
	assert_string_equal(hex(hash), "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	assert_true(engine->digests->slow(span_of("passwd"),
	    (const unsigned char *)"salt", 4, 1, hash));
	assert_string_equal(hex(hash), "55ac046e56e3089fec1691c22544b605"
	    "f94185216dde0465e68b9d57c20dacbc");
	buf_free(&why);
	scratch_free(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_module_is_loaded),
		cmocka_unit_test(what_is_no_module_is_refused),
		cmocka_unit_test(names_stay_in_the_folder),
		cmocka_unit_test(what_others_can_change_is_refused),
		cmocka_unit_test(the_environment_names_no_folder),
		cmocka_unit_test(names_become_ascii),
		cmocka_unit_test(the_engine_in_the_module_hashes)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
