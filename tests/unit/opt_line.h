/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_line - a command line of the fake plugin, parsed
 *
 * The including file includes cmocka.h before.
 */
#ifndef OPT_LINE_H
#define OPT_LINE_H

#include <string.h>

#include "fake_plugin.h"

enum {
	WORDS_MAX = 64
};

struct parsed {
	enum opt_outcome	 outcome;
	struct settings		 s;
	struct opt_error	 error;
};

/* WORDS - what stands behind the program's name */
#define WORDS(...)	((const char *const []){ __VA_ARGS__, NULL })

static inline void
parse_with(struct parsed *p, const struct plugin *plugin,
    const char *const words[])
{
	const char *argv[WORDS_MAX] = { "check_fake" };
	char *plain[WORDS_MAX];
	int argc = 1;

	for (; words[argc - 1] != NULL; argc++) {
		assert_true(argc < WORDS_MAX - 1);
		argv[argc] = words[argc - 1];
	}
	memcpy(plain, argv, sizeof(plain));
	memset(&fake_cfg, 0, sizeof(fake_cfg));
	memset(p, 0, sizeof(*p));
	buf_init(&p->error.sentence, SENTENCE_MAX);
	p->outcome = opt_parse(plugin, &p->s, argc, plain, &p->error);
}

static inline void
parse_words(struct parsed *p, const char *const words[])
{
	parse_with(p, &fake_plugin, words);
}

static inline const char *
sentence(struct parsed *p)
{
	return buf_cstr(&p->error.sentence);
}

static inline void
parsed_free(struct parsed *p)
{
	settings_free(&p->s);
	buf_free(&p->error.sentence);
}

/* parse_good - and say why not */
static inline void
parse_good(struct parsed *p, const char *const words[])
{
	parse_words(p, words);
	if (p->outcome != OPT_RUN)
		fail_msg("%s: refused: %s", words[0], sentence(p));
	assert_int_equal(p->error.cause, CAUSE_NONE);
}

/* expect_bad - the line is refused, with that cause and these words in one line */
static inline void
expect_bad(const char *const words[], enum cause cause, const char *said)
{
	struct parsed p;

	parse_words(&p, words);
	if (p.outcome != OPT_BAD)
		fail_msg("%s %s: taken", words[0],
		    words[1] != NULL ? words[1] : "");
	assert_int_equal(p.error.cause, cause);
	if (strstr(sentence(&p), said) == NULL)
		fail_msg("'%s' lacks '%s'", sentence(&p), said);
	assert_null(strchr(sentence(&p), '\n'));
	parsed_free(&p);
}

#endif
