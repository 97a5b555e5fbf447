/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_quota_disagree - what of several sources does not fit together
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "judge/quota_disagree.h"

enum { SOURCES = 3, ROWS = 2 };

#define GIB	(INT64_C(1024) * 1024 * 1024)

/* what each source says, and which one has the finding with which words */
static const struct {
	const char	*what;
	struct quota_tolerance tolerance;
	struct {
		const char *backend, *account;
		bool	 disk;
		struct { const char *root, *resource; int64_t used, limit; } rows[ROWS];	/* limit below 0: none */
	} sources[SOURCES];
	int		 fuller;	/* -1: they agree */
	const char	*said;
} rows[] = {
	{ "the same", { false, 5 }, { { "imap", "alice", false,
	    { { "User quota", "STORAGE", 6, 10 } } }, { "doveadm", "alice",
	    false, { { "User quota", "STORAGE", 6, 10 } } } }, -1, NULL },
	{ "within the tolerance", { false, 5 }, { { "imap", "alice", false,
	    { { "q", "STORAGE", 60, 100 } } }, { "doveadm", "alice", false,
	    { { "q", "STORAGE", 65, 100 } } } }, -1, NULL },
	{ "beyond it", { false, 5 }, { { "imap", "alice", false,
	    { { "q", "STORAGE", 60, 100 } } }, { "doveadm", "alice", false,
	    { { "q", "STORAGE", 66, 100 } } } }, 1,
	    "alice at 0 (imap) says 60% of 100 bytes, alice at 1 (doveadm) "
	    "says 66% of 100 bytes: doveadm is the fuller one" },
	{ "the first is fuller", { false, 5 }, { { "imap", "alice", false,
	    { { "q", "STORAGE", 90, 100 } } }, { "maildir", "/m", false,
	    { { "", "STORAGE", 66, 100 } } } }, 0, "imap is the fuller one" },
	{ "limits differ, shares do not", { false, 5 }, { { "imap", "alice",
	    false, { { "q", "STORAGE", 0, 100 } } }, { "maildir", "/m", false,
	    { { "", "STORAGE", 0, 50 } } } }, 0, "0% of 50 bytes" },
	{ "bytes, within", { true, 10 }, { { "imap", "alice", false,
	    { { "q", "STORAGE", 6, 100 } } }, { "doveadm", "alice", false,
	    { { "q", "STORAGE", 16, 100 } } } }, -1, NULL },
	{ "bytes, beyond", { true, 10 }, { { "imap", "alice", false,
	    { { "q", "STORAGE", 6, 100 } } }, { "doveadm", "alice", false,
	    { { "q", "STORAGE", 17, 100 } } } }, 1, "doveadm is" },
	{ "bytes do not measure messages", { true, 10 }, { { "imap", "alice",
	    false, { { "q", "MESSAGE", 6, 100 } } }, { "doveadm", "alice",
	    false, { { "q", "MESSAGE", 97, 100 } } } }, -1, NULL },
	{ "messages", { false, 5 }, { { "imap", "alice", false,
	    { { "q", "STORAGE", 6, 100 }, { "q", "MESSAGE", 6, 100 } } },
	    { "doveadm", "alice", false, { { "q", "STORAGE", 6, 100 },
	    { "q", "MESSAGE", 97, 100 } } } }, 1, "97% of 100 messages" },
	{ "a limit that only one knows", { false, 5 }, { { "imap", "alice",
	    false, { { "q", "STORAGE", 60, 100 } } }, { "maildir", "/m",
	    false, { { "", "STORAGE", 60, -1 } } } }, -1, NULL },
	{ "another resource", { false, 5 }, { { "imap", "alice", false,
	    { { "q", "STORAGE", 60, 100 } } }, { "doveadm", "alice", false,
	    { { "q", "MESSAGE", 1, 100 } } } }, -1, NULL },
	{ "another account", { false, 5 }, { { "imap", "alice", false,
	    { { "q", "STORAGE", 60, 100 } } }, { "doveadm", "bob", false,
	    { { "q", "STORAGE", 90, 100 } } }, { "doveadm", "alice", false,
	    { { "q", "STORAGE", 61, 100 } } } }, -1, NULL },
	{ "one of many accounts", { false, 5 }, { { "imap", "alice", false,
	    { { "q", "STORAGE", 60, 100 } } }, { "doveadm", "bob", false,
	    { { "q", "STORAGE", 60, 100 } } }, { "doveadm", "alice", false,
	    { { "q", "STORAGE", 90, 100 } } } }, 2, "alice at 2 (doveadm)" },
	{ "several roots, other names", { false, 5 }, { { "imap", "alice",
	    false, { { "a", "STORAGE", 60, 100 }, { "b", "STORAGE", 1,
	    100 } } }, { "maildir", "/m", false, { { "", "STORAGE", 99,
	    100 } } } }, -1, NULL },
	{ "several roots, one name is known", { false, 5 }, { { "imap",
	    "alice", false, { { "a", "STORAGE", 60, 100 }, { "b", "STORAGE", 1,
	    100 } } }, { "doveadm", "alice", false, { { "b", "STORAGE", 99,
	    100 } } } }, 1, "99% of 100 bytes" },
	{ "the disk is full", { false, 5 }, { { "imap", "alice", false,
	    { { "q", "STORAGE", 6 * GIB, 10 * GIB } } }, { "filesystem",
	    "/var/mail", true, { { "/var/mail", "STORAGE", 100 * GIB,
	    100 * GIB } } } }, 1, "alice at 0 (imap) says 60% of 10 GiB, "
	    "which leaves room for 4 GiB, but /var/mail at 1 (filesystem) is "
	    "full" },
	{ "the disk has less room", { false, 5 }, { { "filesystem", "/var",
	    true, { { "/var", "STORAGE", 98 * GIB, 100 * GIB } } }, { "imap",
	    "alice", false, { { "q", "STORAGE", 6 * GIB, 10 * GIB } } } }, 0,
	    "has room for 2 GiB only" },
	{ "the disk has about as much", { false, 5 }, { { "imap", "alice",
	    false, { { "q", "STORAGE", 6 * GIB, 10 * GIB } } }, { "filesystem",
	    "/var", true, { { "/var", "STORAGE", 96 * GIB + GIB / 4,
	    100 * GIB } } } }, -1, NULL },
	{ "the quota is the fuller one", { false, 5 }, { { "imap", "alice",
	    false, { { "q", "STORAGE", 10 * GIB, 10 * GIB } } }, {
	    "filesystem", "/var", true, { { "/var", "STORAGE", 1 * GIB,
	    100 * GIB } } } }, -1, NULL },
	{ "one of two disks is full", { false, 5 }, { { "imap", "alice", false,
	    { { "q", "STORAGE", 6 * GIB, 10 * GIB } } }, { "filesystem", "/a",
	    true, { { "/a", "STORAGE", 9 * GIB, 9 * GIB } } }, { "filesystem",
	    "/b", true, { { "/b", "STORAGE", 1 * GIB, 99 * GIB } } } }, -1,
	    NULL },
	{ "two disks are no two doors", { false, 5 }, { { "filesystem", "/a",
	    true, { { "/a", "STORAGE", 9 * GIB, 9 * GIB } } }, { "snmp", "/b",
	    true, { { "/b", "STORAGE", 1 * GIB, 99 * GIB } } } }, -1, NULL }
};

static struct quota_facts *
facts_of(size_t i, size_t k)
{
	struct quota_list list = { .n = 0 };
	struct quota_facts *facts;
	struct quota_row *row;
	size_t j;

	for (j = 0; j < ROWS &&
	    rows[i].sources[k].rows[j].root != NULL; j++) {
		row = quota_list_add(&list,
		    span_of(rows[i].sources[k].rows[j].root),
		    span_of(rows[i].sources[k].rows[j].resource),
		    strcmp(rows[i].sources[k].rows[j].resource,
		    "STORAGE") == 0 ? QUOTA_BYTES : QUOTA_COUNT);
		assert_non_null(row);
		row->used = rows[i].sources[k].rows[j].used;
		row->limited = rows[i].sources[k].rows[j].limit >= 0;
		row->limit = row->limited ?
		    rows[i].sources[k].rows[j].limit : 0;
	}
	facts = quota_facts_make(&list, rows[i].sources[k].backend);
	assert_non_null(facts);
	quota_list_free(&list);
	return facts;
}

/* alone - does no other source of the row have this back end */
static bool
alone(size_t i, size_t k)
{
	size_t j;

	for (j = 0; j < SOURCES && rows[i].sources[j].backend != NULL; j++)
		if (j != k && strcmp(rows[i].sources[j].backend,
		    rows[i].sources[k].backend) == 0)
			return false;
	return true;
}

static void
look(size_t i)
{
	struct quota_source sources[SOURCES];
	struct sheet sheets[SOURCES];
	char whom[SOURCES][64];
	size_t n, k;

	memset(sheets, 0, sizeof(sheets));
	for (n = 0; n < SOURCES && rows[i].sources[n].backend != NULL; n++) {
		(void)snprintf(whom[n], sizeof(whom[n]), "%s at %zu",
		    rows[i].sources[n].account, n);
		sources[n] = (struct quota_source){ .facts = facts_of(i, n),
			.sheet = &sheets[n], .whom = whom[n],
			.account = rows[i].sources[n].account,
			.alone = alone(i, n),
			.disk = rows[i].sources[n].disk };
	}
	quota_disagree(sources, n, &rows[i].tolerance);
	for (k = 0; k < n; k++) {
		if (sheets[k].nfindings != ((int)k == rows[i].fuller) ||
		    (sheets[k].nfindings == 1 && strstr(
		    sheets[k].findings[0].sentence, rows[i].said) == NULL))
			fail_msg("%s: %zu: %s", rows[i].what, k,
			    sheets[k].nfindings == 0 ? "nothing" :
			    sheets[k].findings[0].sentence);
		sheet_free(&sheets[k]);
		free(sources[k].facts);
	}
}

static void
sources_are_compared(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		look(i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sources_are_compared)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
