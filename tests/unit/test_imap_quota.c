/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_imap_quota - QUOTA and QUOTAROOT as servers write them, and the dialogue
 * that asks for them
 */
#include "session_play.h"

#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"
#include "reply/imap_quota.h"
#include "reply/imap_reply.h"

#define BAD "\1bad"

/* what one QUOTA response says: root, then resources as used/limit */
static const struct {
	const char	*bytes;
	const char	*says;
} quotas[] = {
	/* RFC 9208 section 4.2.1 and 4.1.2 */
	{ "* QUOTA \"\" (STORAGE 10 512)\r\n", "|STORAGE 10/512" },
	{ "* QUOTA #user/alice (MESSAGE 42 1000)\r\n",
	    "#user/alice|MESSAGE 42/1000" },
	{ "* QUOTA x (STORAGE 1 2 MESSAGE 3 4 MAILBOX 5 6 ANNOTATION-STORAGE 7 8)\r\n",
	    "x|STORAGE 1/2|MESSAGE 3/4|MAILBOX 5/6|ANNOTATION-STORAGE 7/8" },
	/* Dovecot 2.3: imap-quota-plugin.c */
	{ "* QUOTA \"User quota\" (STORAGE 76 307200 MESSAGE 2 1000)\r\n",
	    "User quota|STORAGE 76/307200|MESSAGE 2/1000" },
	{ "* QUOTA \"User quota\" ()\r\n", "User quota" },
	/* Cyrus 3: imapd.c, print_quota_used() */
	{ "* QUOTA user.bob (STORAGE 1 100 MESSAGE 0 10 X-ANNOTATION-STORAGE "
	    "0 3 X-NUM-FOLDERS 1 10)\r\n", "user.bob|STORAGE 1/100|MESSAGE "
	    "0/10|X-ANNOTATION-STORAGE 0/3|X-NUM-FOLDERS 1/10" },
	/* Gmail and WildDuck: one root without a name */
	{ "* QUOTA \"\" (STORAGE 220676 15728640)\r\n",
	    "|STORAGE 220676/15728640" },
	/* Courier: imapd.C */
	{ "* QUOTA \"ROOT\" (STORAGE 9765 97656)\r\n",
	    "ROOT|STORAGE 9765/97656" },
	{ "* QUOTA \"ROOT\"\r\n", "ROOT" },
	/* James: QuotaResponseEncoder.java; Stalwart: op/quota.rs, the setting as it is */
	{ "* QUOTA #private&bob@example (MESSAGE 3 -1)\r\n",
	    "#private&bob@example|MESSAGE 3/-" },
	{ "* QUOTA  (STORAGE 3 9)\r\n", "|STORAGE 3/9" },
	{ "* QUOTA \"#4\" (STORAGE 3 0)\r\n", "#4|STORAGE 3/0" },
	/* names that look like something else */
	{ "* QUOTA \"(a (b) STORAGE 1 2)\" (STORAGE 3 4)\r\n",
	    "(a (b) STORAGE 1 2)|STORAGE 3/4" },
	{ "* QUOTA \"od\\\"d\\\\(4,\" (MESSAGE 4 5)\r\n",
	    "od\"d\\(4,|MESSAGE 4/5" },
	{ "* QUOTA {4}\r\na\"\\( (MESSAGE 4 5)\r\n", "a\"\\(|MESSAGE 4/5" },
	{ "* QUOTA {0}\r\n (MESSAGE 4 5)\r\n", "|MESSAGE 4/5" },
	{ "* QUOTA user quota (x) (STORAGE 1 2)\r\n",
	    "user quota (x)|STORAGE 1/2" },
	{ "* QUOTA &AOQ- (STORAGE 1 2)\r\n", "&AOQ-|STORAGE 1/2" },
	/* numbers */
	{ "* QUOTA x (STORAGE 18446744073709551615 18446744073709551616)\r\n",
	    "x|STORAGE 18446744073709551615/18446744073709551615" },
	{ "* QUOTA x (STORAGE 99999999999999999999999999 1)\r\n",
	    "x|STORAGE 18446744073709551615/1" },
	{ "* QUOTA x (STORAGE -5 -18446744073709551617)\r\n",
	    "x|STORAGE 0/-" },
	{ "* QUOTA x (STORAGE 5 NIL MESSAGE 1 unlimited)\r\n",
	    "x|STORAGE 5/-|MESSAGE 1/-" },
	{ "* quota x ( storage  5   6  )\r\n", "x|storage 5/6" },
	{ "* QUOTA x (X-CATS 9 9)\r\n", "x|X-CATS 9/9" },
	/* nothing that can be understood */
	{ "* QUOTA\r\n", BAD }, { "* QUOTA x\r\n", BAD },
	{ "* QUOTA \"x\" STORAGE 1 2\r\n", BAD },
	{ "* QUOTA \"x (STORAGE 1 2)\r\n", BAD },
	{ "* QUOTA x (STORAGE 1 2\r\n", BAD },
	{ "* QUOTA x (STORAGE 1)\r\n", BAD },
	{ "* QUOTA x (STORAGE)\r\n", BAD },
	{ "* QUOTA x (STORAGE one 2)\r\n", BAD },
	{ "* QUOTA x (STORAGE 1.5 2)\r\n", BAD },
	{ "* QUOTA x (STORAGE - 2)\r\n", BAD },
	{ "* QUOTA x (\r\n", BAD }, { "* QUOTA {9}\r\n123456789 x\r\n", BAD }
};

/* heard - the text of a whole reply; each proper prefix of it is none */
static struct span
heard(const char *bytes)
{
	struct scan scan = { 0 };
	struct reply reply;
	size_t n;

	for (n = 1; n < strlen(bytes); n++) {
		memset(&scan, 0, sizeof(scan));
		assert_int_equal(imap_scan(&scan, (struct span){ bytes, n },
		    false), SCAN_MORE);
	}
	memset(&scan, 0, sizeof(scan));
	assert_int_equal(imap_scan(&scan, span_of(bytes), false), SCAN_REPLY);
	assert_true(imap_reply(span_of(bytes), &reply));
	return reply.text;
}

static void
write_item(struct buf *out, const struct imap_quota_item *item)
{
	buf_fmt(out, "|%.*s %llu/", (int)item->resource.len, item->resource.p,
	    (unsigned long long)item->used);
	if (item->limited)
		buf_fmt(out, "%llu", (unsigned long long)item->limit);
	else
		buf_char(out, '-');
}

static void
quota_rows(void **state)
{
	struct imap_quota_item item;
	enum imap_quota_got got;
	struct span text;
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(quotas); i++) {
		text = heard(quotas[i].bytes);
		buf_init(&out, 4096);
		got = IMAP_QUOTA_BAD;
		if (imap_quota_root(&text, &out))
			while ((got = imap_quota_item(&text, &item)) ==
			    IMAP_QUOTA_ITEM)
				write_item(&out, &item);
		if (got == IMAP_QUOTA_BAD) {
			buf_clear(&out);
			buf_str(&out, BAD);
		}
		if (strcmp(buf_cstr(&out), quotas[i].says) != 0)
			print_message("%s", quotas[i].bytes);
		assert_string_equal(buf_cstr(&out), quotas[i].says);
		buf_free(&out);
	}
}

static const struct {
	const char	*bytes;
	const char	*names;		/* the mailbox and the roots, each with a bar behind */
} roots[] = {
	{ "* QUOTAROOT INBOX \"\"\r\n", "INBOX||" },
	{ "* QUOTAROOT comp.mail.mime\r\n", "comp.mail.mime|" },
	{ "* QUOTAROOT \"IN\\\"BOX\" a \"b c\" {3}\r\n(d) \"\" e\r\n",
	    "IN\"BOX|a|b c|(d)||e|" },
	{ "* QUOTAROOT INBOX #private&bob\r\n", "INBOX|#private&bob|" },
	{ "* QUOTAROOT INBOX \"never closed\r\n", BAD },
	{ "* QUOTAROOT INBOX {99}\r\n", NULL }
};

static void
root_rows(void **state)
{
	struct scan scan = { 0 };
	enum imap_quota_got got;
	struct span text;
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(roots); i++) {
		if (roots[i].names == NULL) {
			assert_int_equal(imap_scan(&scan,
			    span_of(roots[i].bytes), false), SCAN_MORE);
			continue;
		}
		text = heard(roots[i].bytes);
		buf_init(&out, 4096);
		while ((got = imap_quota_name(&text, &out)) ==
		    IMAP_QUOTA_ITEM)
			buf_char(&out, '|');
		if (got == IMAP_QUOTA_BAD) {
			buf_clear(&out);
			buf_str(&out, BAD);
		}
		assert_string_equal(buf_cstr(&out), roots[i].names);
		buf_free(&out);
	}
}

static void
units(void **state)
{
	(void)state;
	assert_int_equal(imap_quota_unit(span_of("storage")), 1024);
	assert_int_equal(imap_quota_unit(span_of("ANNOTATION-STORAGE")), 1024);
	assert_int_equal(imap_quota_unit(span_of("X-ANNOTATION-STORAGE")),
	    1024);
	assert_int_equal(imap_quota_unit(span_of("MESSAGE")), 0);
	assert_int_equal(imap_quota_unit(span_of("X-NUM-FOLDERS")), 0);
}

/* --- the dialogue --- */

static const struct rung ladder[] = {
	RUNG_LADDER(imap_login_ladder),
	RUNG_LADDER(imap_quota_ladder),
	RUNG_END
};

#define CAPS "* OK [CAPABILITY IMAP4rev1 QUOTA] hi\r\n"
#define LOGIN "a1 LOGIN \"bob\" \"geheim\"\r\n"
#define ASK "a2 GETQUOTAROOT \"INBOX\"\r\n"
#define BYE "a3 LOGOUT\r\n"
#define IN "a1 OK in\r\n"
#define ROOT "* QUOTAROOT INBOX \"\"\r\n"
#define HALF ROOT "* QUOTA \"\" (STORAGE 10 512)\r\n"

static const struct imap_wishes wishes = { .folders = true };
static const struct login curious = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("INBOX"),
	.wishes = &wishes };

/* PLAY - what the server says to the first write, and what it says after it */
#define PLAY(n, first, then, ca, se, words) { .name = n, \
	.tls = TLS_IMPLICIT, .steps = { TLS, CAPS, first, then }, \
	.cause = ca, .stage = STAGE_QUOTA, .sent = se, .sentence = words }

static const struct row plays[] = {
	PLAY("one round trip", IN HALF "a2 OK done\r\n", NULL, CAUSE_NONE,
	    LOGIN ASK BYE, NULL),
	PLAY("no quota at all", IN "a2 OK No quota.\r\n", NULL, CAUSE_NONE,
	    LOGIN ASK BYE, NULL),
	{ .name = "roots that are told of only when asked",
	    .tls = TLS_IMPLICIT, .steps = { TLS, CAPS, IN
	    "* QUOTAROOT INBOX a \"b\\\\\" c\r\n* QUOTA c (STORAGE 1 2)\r\n"
	    "a2 OK done\r\n", "* QUOTA a (STORAGE 1 2)\r\na3 OK done\r\n",
	    "a4 NO not yours\r\n" }, .cause = CAUSE_NONE, .sent = LOGIN
	    ASK "a3 GETQUOTA \"a\"\r\na4 GETQUOTA \"b\\\\\"\r\n"
	    "a5 LOGOUT\r\n" },
	PLAY("all roots are refused", IN ROOT "a2 OK done\r\n",
	    "a3 NO not yours\r\n", CAUSE_QUOTA_UNSUPPORTED,
	    LOGIN ASK "a3 GETQUOTA \"\"\r\na4 LOGOUT\r\n", "not yours"),
	PLAY("refused too soon", IN "a2 BAD not yet\r\n",
	    HALF "a3 OK done\r\n", CAUSE_NONE,
	    LOGIN ASK "a3 GETQUOTAROOT \"INBOX\"\r\na4 LOGOUT\r\n", NULL),
	PLAY("no mailbox", IN "a2 NO [NONEXISTENT] none\r\n", NULL,
	    CAUSE_MAILBOX_MISSING, LOGIN ASK BYE, "none"),
	PLAY("words that mean nothing", IN "a2 NO the moon\r\n", NULL,
	    CAUSE_QUOTA_UNSUPPORTED, LOGIN ASK BYE, "the moon"),
	PLAY("over quota", IN "a2 NO [OVERQUOTA] full\r\n", NULL,
	    CAUSE_QUOTA_EXCEEDED, LOGIN ASK BYE, "full"),
	PLAY("nonsense in a list", IN "* QUOTA x (STORAGE)\r\n", NULL,
	    CAUSE_PROTOCOL_VIOLATION, LOGIN ASK, NULL),
	PLAY("nonsense in roots", IN "* QUOTAROOT \"x\r\n", NULL,
	    CAUSE_PROTOCOL_VIOLATION, LOGIN ASK, NULL),
	{ .name = "silence", .tls = TLS_IMPLICIT, .steps = { TLS, CAPS, IN,
	    WAKE, TIME }, .cause = CAUSE_QUOTA_TIMEOUT,
	    .stage = STAGE_QUOTA,
	    .sent = LOGIN ASK "a3 GETQUOTAROOT \"INBOX\"\r\na4 LOGOUT\r\n" },
	{ .name = "the end", .tls = TLS_IMPLICIT, .steps = { TLS, CAPS, IN
	    ROOT, FIN }, .cause = CAUSE_QUOTA_CLOSED, .stage = STAGE_QUOTA,
	    .sent = LOGIN ASK },
	{ .name = "BAD, and not offered", .tls = TLS_IMPLICIT, .steps = {
	    TLS, "* OK [CAPABILITY IMAP4rev1] hi\r\n", IN
	    "a2 BAD what\r\n", "a3 BAD what\r\n" },
	    .cause = CAUSE_QUOTA_UNSUPPORTED, .stage = STAGE_QUOTA,
	    .sent = LOGIN ASK "a3 GETQUOTAROOT \"INBOX\"\r\na4 LOGOUT\r\n",
	    .sentence = "does not offer QUOTA" },
	{ .name = "BAD, and offered", .tls = TLS_IMPLICIT, .steps = { TLS,
	    CAPS, IN "a2 BAD what\r\n", "a3 BAD what\r\n" },
	    .cause = CAUSE_PROTOCOL_REJECTED, .stage = STAGE_QUOTA,
	    .sent = LOGIN ASK "a3 GETQUOTAROOT \"INBOX\"\r\na4 LOGOUT\r\n" },
	{ .name = "folders in one go", .tls = TLS_IMPLICIT, .login = &curious,
	    .steps = { TLS, "* OK [CAPABILITY IMAP4rev1 QUOTA LIST-STATUS "
	    "STATUS=SIZE] hi\r\n", IN HALF "a2 OK done\r\n",
	    "* LIST () \"/\" INBOX\r\n* STATUS INBOX (MESSAGES 3 SIZE 99)\r\n"
	    "a3 OK done\r\n" }, .cause = CAUSE_NONE, .sent = LOGIN ASK
	    "a3 LIST \"\" \"*\" RETURN (STATUS (MESSAGES SIZE))\r\n"
	    "a4 LOGOUT\r\n" },
	{ .name = "folders one by one", .tls = TLS_IMPLICIT,
	    .login = &curious, .steps = { TLS, "* OK [CAPABILITY IMAP4rev1 "
	    "QUOTA STATUS=SIZE] hi\r\n", IN HALF "a2 OK done\r\n",
	    "* LIST (\\Noselect) \"/\" x\r\n* LIST () \"/\" {3}\r\na\"b\r\n"
	    "* LIST () NIL INBOX\r\na3 OK done\r\n",
	    "* STATUS \"a\\\"b\" (SIZE 99)\r\na4 OK done\r\na5 NO no\r\n" },
	    .cause = CAUSE_NONE, .sent = LOGIN ASK "a3 LIST \"\" \"*\"\r\n"
	    "a4 STATUS \"a\\\"b\" (MESSAGES SIZE)\r\n"
	    "a5 STATUS \"INBOX\" (MESSAGES SIZE)\r\na6 LOGOUT\r\n" },
	{ .name = "folders without sizes", .tls = TLS_IMPLICIT,
	    .login = &curious, .steps = { TLS, CAPS, IN HALF
	    "a2 OK done\r\n" }, .cause = CAUSE_NONE, .sent = LOGIN ASK BYE }
};

static void
dialogues(void **state)
{
	(void)state;
	played = &imap_protocol;
	played_ladder = ladder;
	play(plays, COUNT(plays));
}

/* learnt - play the steps and look before it is forgotten */
static struct imap_quota *
learnt(const struct row *row)
{
	size_t i;

	played = &imap_protocol;
	played_ladder = ladder;
	start(row);
	for (i = 0; i < STEPS_MAX && row->steps[i] != NULL; i++)
		play_step(row->steps[i], false);
	assert_non_null(((struct imap *)s.talk)->quota);
	return ((struct imap *)s.talk)->quota;
}

static void
check_row(const struct quota_row *row, const char *root, const char *resource,
    int64_t used, int64_t limit)
{
	assert_string_equal(row->root, root);
	assert_string_equal(row->resource, resource);
	assert_true(row->used == used);
	assert_int_equal(row->limited, limit >= 0);
	if (limit >= 0)
		assert_true(row->limit == limit);
}

static void
what_is_learnt(void **state)
{
	static const struct row row = { .name = "learnt",
		.tls = TLS_IMPLICIT, .steps = { TLS, CAPS, IN
		"* QUOTA early (STORAGE 1 2)\r\n"
		"* QUOTAROOT INBOX a\r\n* QUOTA a (storage 1 2)\r\n"
		"* QUOTA &AOQ-\x1b (STORAGE 9007199254740993 "
		"99999999999999999999)\r\n* QUOTA a (MESSAGE 5 0)\r\n"
		"* QUOTA a (STORAGE 2 4)\r\n* QUOTA geheim (X-geheim 1 2)\r\n"
		"a2 OK done\r\n" } };
	struct imap_quota *q;

	(void)state;
	q = learnt(&row);
	assert_true(q->answered);
	assert_int_equal(q->list.n, 5);
	check_row(&q->list.rows[0], "early", "STORAGE", 1024, 2048);
	check_row(&q->list.rows[1], "a", "STORAGE", 2048, 4096);
	check_row(&q->list.rows[2], "&AOQ-?", "STORAGE", INT64_MAX, INT64_MAX);
	/* no limit, unless Cyrus says so */
	check_row(&q->list.rows[3], "a", "MESSAGE", 5, -1);
	check_row(&q->list.rows[4], "***", "X-***", 1, 2);
	finish();
}

/* what came in clear, or before the login, was said by anybody */
static void
what_is_not_believed(void **state)
{
	static const struct row row = { .name = "before TLS",
		.tls = TLS_STARTTLS, .steps = { "* OK [CAPABILITY IMAP4rev1 "
		"STARTTLS] hi\r\n* QUOTA liar (STORAGE 1 1)\r\n"
		"* QUOTAROOT INBOX liar\r\n", "a1 OK begin\r\n", TLS,
		"* CAPABILITY IMAP4rev1 QUOTA X-QUOTA=STORAGE\r\na2 OK\r\n",
		"* QUOTA guest (STORAGE 1 1)\r\na3 OK in\r\n",
		"* QUOTAROOT INBOX a\r\n* QUOTA a (STORAGE 0 0)\r\n"
		"a4 OK done\r\n" } };
	struct imap_quota *q;

	(void)state;
	q = learnt(&row);
	assert_true(q->answered);
	assert_int_equal(q->nroots, 1);
	assert_int_equal(q->list.n, 1);
	/* this one is Cyrus: 0 allows nothing */
	check_row(&q->list.rows[0], "a", "STORAGE", 0, 0);
	finish();
}

/* a thousand roots, and more of everything than is kept */
static void
caps(void **state)
{
	static const struct row row = { .name = "many", .tls = TLS_IMPLICIT,
		.steps = { TLS, CAPS, IN } };
	struct imap_quota *q;
	struct buf line;
	unsigned i;

	(void)state;
	q = learnt(&row);
	buf_init(&line, IMAP_REPLY_MAX);
	buf_str(&line, "* QUOTAROOT INBOX");
	for (i = 0; i < 2000; i++)
		buf_fmt(&line, " r%u", i);
	buf_str(&line, "\r\n");
	play_step(buf_cstr(&line), false);
	for (i = 0; i < 5000; i++) {
		buf_clear(&line);
		buf_fmt(&line, "* QUOTA s%u (STORAGE %u 9 X 1 2)\r\n", i, i);
		play_step(buf_cstr(&line), false);
	}
	play_step("a2 OK done\r\n", false);
	assert_int_equal(q->nroots, IMAP_QUOTA_ROOTS_MAX);
	assert_int_equal(q->list.n, IMAP_QUOTA_ROWS_MAX);
	assert_int_equal(q->list.more, 10000 - IMAP_QUOTA_ROWS_MAX);
	assert_int_equal(q->nasked, IMAP_QUOTA_ASKED_MAX);
	buf_free(&line);
	finish();
}

static void
the_largest(void **state)
{
	static const struct row row = { .name = "largest",
		.tls = TLS_IMPLICIT, .login = &curious, .steps = { TLS,
		"* OK [CAPABILITY IMAP4rev1 QUOTA LIST-STATUS STATUS=SIZE] x\r\n",
		IN HALF "a2 OK done\r\n", "* STATUS c (MESSAGES 1 SIZE 30)\r\n"
		"* STATUS f (MESSAGES 1 SIZE 1)\r\n* STATUS none ()\r\n"
		"* STATUS e (SIZE 10)\r\n* STATUS Entw&APw-rfe (SIZE "
		"18446744073709551615 MESSAGES 7)\r\n* STATUS d (SIZE 20)\r\n"
		"* STATUS b (SIZE 40)\r\na3 OK done\r\n" } };
	static const char *const names[] = { "Entw\xc3\xbcrfe", "b", "c", "d",
		"e" };
	struct imap_folders *f;
	unsigned i;

	(void)state;
	f = &learnt(&row)->folders;
	assert_int_equal(f->ntop, IMAP_FOLDERS_SHOWN);
	assert_int_equal(f->nsized, 6);
	for (i = 0; i < IMAP_FOLDERS_SHOWN; i++)
		assert_string_equal(f->top[i].name, names[i]);
	assert_true(f->top[0].has_messages && f->top[0].messages == 7);
	assert_false(f->top[1].has_messages);
	finish();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quota_rows), cmocka_unit_test(root_rows),
		cmocka_unit_test(units), cmocka_unit_test(dialogues),
		cmocka_unit_test(what_is_learnt),
		cmocka_unit_test(what_is_not_believed),
		cmocka_unit_test(caps), cmocka_unit_test(the_largest)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
