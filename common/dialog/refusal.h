/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * refusal - a server's No, turned into a cause
 *
 * For each protocol words that providers and servers publish, and response
 * codes.  Words that a server says whatever it is spoken to in stand in
 * server_refusal.c, once for all protocols.  The words are read first, for where the two disagree they
 * are right (Gmail's [OVERQUOTA] for bandwidth limits); only words of a wrong
 * password give way to a code that says something else.  Words that stand in no
 * table are never guessed at: auth.refused, with the words quoted.
 */
#ifndef DIALOG_REFUSAL_H
#define DIALOG_REFUSAL_H

#include <stddef.h>

#include "reply/reply.h"
#include "report/stage.h"

/* which stages a row speaks of */
#define AT_GREETING	(1u << STAGE_GREETING)
#define AT_TLS		(1u << STAGE_TLS)
#define AT_AUTH		(1u << STAGE_AUTH)
#define AT_SUBMIT	(1u << STAGE_SUBMIT)
#define AT_MAILBOX	(1u << STAGE_MAILBOX)
#define AT_FETCH	(1u << STAGE_FETCH)
#define AT_QUOTA	(1u << STAGE_QUOTA)
#define AT_ANY		(~0u)
#define AT_LOGIN	(AT_GREETING | AT_AUTH)
#define AT_BOX		(AT_MAILBOX | AT_FETCH | AT_QUOTA)

/* the same words are the fault of whatever was under way */
#define TEMPORARY(words, source) \
	{ words, AT_GREETING, CAUSE_GREETING_UNAVAILABLE, source }, \
	{ words, AT_AUTH, CAUSE_AUTH_UNAVAILABLE, source }, \
	{ words, AT_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE, source }, \
	{ words, AT_FETCH, CAUSE_FETCH_REFUSED, source }

struct refusal_words {
	const char	*words;		/* contained in the text, ASCII case ignored; "a*b" is a, and b after it; "a$" ends the text */
	unsigned	 stages;
	enum cause	 cause;
	const char	*source;	/* who says so: RFC, or server and where it stands */
};

struct refusal_code {
	const char	*code;		/* the whole response code, case ignored; of SMTP code and enhanced code, "x" any digit: "4xx", "xxx x.2.2", "535 -" (and none) */
	unsigned	 stages;
	enum cause	 cause;
	const char	*source;
};

enum {
	REFUSAL_LISTS = 3
};

struct refusal_table {
	const struct refusal_words	*words[REFUSAL_LISTS];	/* each up to a row without words; the first that fits counts */
	const struct refusal_code	*codes;	/* up to a row without code */
};

/* refusal_cause - CAUSE_NONE when neither table knows it */
enum cause	refusal_cause(const struct refusal_table *, enum stage, const struct reply *);
/* refusal_says - does the text say the words of a row */
bool		refusal_says(struct span text, const char *words);

/* server_limits - limits, temporary trouble and all else that clears the password; server_rejections - words of a wrong password.  The protocol's own stand between them. */
extern const struct refusal_words server_limits[], server_rejections[];
/* imap_refusals - RFC 3501, 5530, 9051, 9208, 2221 and what servers say */
extern const struct refusal_table imap_refusals;
/* pop3_refusals - RFC 1939, 2449, 3206, 6856 and what servers say */
extern const struct refusal_table pop3_refusals;
/* smtp_refusals - RFC 5321, 3207, 4954, 3463, 5248 and what servers say */
extern const struct refusal_table smtp_refusals;

#endif
