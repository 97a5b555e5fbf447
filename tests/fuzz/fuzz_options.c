/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_options - command lines and ini files, with options of every kind
 *
 * The first byte tells which: lines of words, or the text of a file.  A word
 * that names a file of options is left out: nothing is opened here.
 */
#include <stdlib.h>
#include <string.h>

#include "../unit/fake_plugin.h"
#include "base/text.h"
#include "fuzz.h"
#include "plugin/extra_opts.h"
#include "report_look.h"
#include "world/clock.h"
#include "world/secret.h"

enum { ARGS_MAX = 64 };

/* refused - one clean line, and a fault of the caller */
static void
refused(struct opt_error *error)
{
	struct span said = buf_span(&error->sentence);
	struct run run;

	if (said.len == 0 || text_has_control(said) ||
	    (error->cause != CAUSE_USAGE_OPTION &&
	    error->cause != CAUSE_USAGE_SECRET))
		abort();
	memset(&run, 0, sizeof(run));
	run.plugin = fake_plugin.name;
	run.version = "1";
	sheet_find(&run.sheet, error->cause, STAGE_NONE, NULL, "%s",
	    buf_cstr(&error->sentence));
	look_at_report(&run, 0, (struct span){ NULL, 0 });
	run_free(&run);
}

static void
line(int argc, char *argv[])
{
	struct opt_error error = { .cause = CAUSE_NONE };
	struct settings settings;
	enum opt_outcome outcome;

	memset(&fake_cfg, 0, sizeof(fake_cfg));
	memset(&settings, 0, sizeof(settings));
	buf_init(&error.sentence, SENTENCE_MAX);
	(void)opt_wanted_format(argc, argv);
	outcome = opt_parse(&fake_plugin, &settings, argc, argv, &error);
	if ((outcome == OPT_BAD) != (error.cause != CAUSE_NONE))
		abort();
	if (outcome == OPT_BAD)
		refused(&error);
	settings_free(&settings);
	buf_free(&error.sentence);
}

/* words - cut at line ends; the text ends with a NUL */
static void
words(char *text)
{
	char name[] = "check_fake";
	char *argv[ARGS_MAX] = { name };
	int argc = 1;

	while (text != NULL && argc < ARGS_MAX - 1) {
		char *end = strchr(text, '\n');

		if (end != NULL)
			*end++ = '\0';
		if (strstr(text, "extra-opts") == NULL)
			argv[argc++] = text;
		text = end;
	}
	argv[argc] = NULL;
	line(argc, argv);
}

static void
file(char *text, size_t len)
{
	static struct ini_pair pairs[INI_KEYS_MAX];
	unsigned number = 0;
	bool found;
	int i, n;

	(void)ini_holds(text, len, "password");
	n = ini_section(text, len, "check_fake", pairs, &number, &found);
	if (n < INI_CROWDED || n > INI_KEYS_MAX || (n > 0 && !found))
		abort();
	for (i = 0; i < n; i++)
		if (pairs[i].key[0] == '\0' || (pairs[i].value != NULL &&
		    pairs[i].value[0] == '\0'))
			abort();
}

/* password - as an ini file would hand it over */
static void
password(char *text)
{
	struct secret_source source = { .fd = -1, .given = text };
	struct buf out, why;

	buf_init(&out, SECRET_MAX + 1);
	buf_init(&why, SENTENCE_MAX);
	if (secret_read(&source, clock_now(), &out, &why)) {
		if (out.len == 0 || memchr(buf_span(&out).p, '\n', out.len))
			abort();
	} else if (why.len == 0) {
		abort();
	}
	buf_free(&out);
	buf_free(&why);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text;

	if (size < 1)
		return 0;
	text = malloc(size);
	if (text == NULL)
		return 0;
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	if (data[0] % 3 == 0)
		file(text, size - 1);
	else if (data[0] % 3 == 1)
		words(text);
	else
		password(text);
	free(text);
	return 0;
}
