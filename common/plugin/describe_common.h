/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * describe_common - what all documents take from the option table
 */
#ifndef PLUGIN_DESCRIBE_COMMON_H
#define PLUGIN_DESCRIBE_COMMON_H

#include "base/buf.h"
#include "plugin/plugin.h"

#ifdef HAVE_CONFIG_H
#include <config.h>
#endif
#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION	"0.0.0"
#endif
#ifndef PACKAGE_DATE
#define PACKAGE_DATE	"January 1, 2026"	/* of the manual, so that it is the same each time it is written */
#endif

#define DESCRIBE_PACKAGE	"monitoring-plugins-mail"

enum {
	DESCRIBE_TEXT_MAX = 64 * 1024	/* bytes of the text of one option */
};

/* describe_rows - have each row of the plugin written, in order */
void		 describe_rows(const struct plugin *, void (*write)(const struct plugin *, const struct opt *, struct buf *), struct buf *);
/* describe_option - what the row does, whether it repeats, its words, its default: whole sentences with a full stop */
void		 describe_option(const struct plugin *, const struct opt *, struct buf *);
/* describe_brief - its first sentence without the full stop */
void		 describe_brief(const struct opt *, struct buf *);
/* describe_service - the name without check_: "imap_login" */
const char	*describe_service(const struct plugin *);
/* describe_is_sentence_end - does a sentence end with this word? */
bool		 describe_is_sentence_end(struct span word);
/* describe_paragraph - cut the next paragraph (up to a blank line) off the front of the text; false at its end */
bool		 describe_paragraph(const char **text, struct span *);
/* describe_word - cut the next word off the front, at any white space; false at the end */
bool		 describe_word(struct span *text, struct span *word);
/* describe_quoted - the text with a backslash before each byte of `special`, and each single quote as `quote` */
void		 describe_quoted(struct buf *, struct span text, const char *special, const char *quote);

#endif
