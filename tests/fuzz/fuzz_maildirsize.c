/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_maildirsize - the quota file of a Maildir: what is whole in it counts,
 * wherever it is cut, and one more line adds what it says
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "reply/maildirsize.h"

enum { FILE_MAX = 4096 };

static void
within_bounds(const struct maildirsize *m)
{
	if ((m->has_bytes_limit && m->bytes_limit <= 0) ||
	    (m->has_messages_limit && m->messages_limit <= 0))
		abort();
}

/* one_more - a line behind a file that makes sense and has an end */
static void
one_more(char *file, size_t size, const struct maildirsize *before)
{
	static const char line[] = "       7          1\n";
	struct maildirsize m;

	memcpy(file + size, line, sizeof(line) - 1);
	if (!maildirsize_read((struct span){ file, size + sizeof(line) - 1 },
	    &m) || m.lines != before->lines + 1 || m.torn)
		abort();
	if (m.bytes != (before->bytes > INT64_MAX - 7 ? INT64_MAX :
	    before->bytes + 7))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char file[FILE_MAX + 64];
	struct maildirsize m, cut;
	struct span whole;

	if (size > FILE_MAX)
		return 0;
	if (size > 0)
		memcpy(file, data, size);
	whole = (struct span){ file, size };
	(void)maildirsize_read(whole, &m);
	within_bounds(&m);
	while (whole.len > 0 && whole.p[whole.len - 1] != '\n')
		whole.len--;
	/* without its torn line it says the same */
	if (m.wrong == 0 && whole.len > 0 &&
	    (!maildirsize_read(whole, &cut) || cut.bytes != m.bytes ||
	    cut.messages != m.messages || cut.lines != m.lines))
		abort();
	if (m.wrong == 0 && whole.len > 0)
		one_more(file, whole.len, &m);
	return 0;
}
