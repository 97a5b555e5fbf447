/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_render - any run, rendered: findings, stages and metrics of one or of
 * many targets
 *
 * Records of a byte that says what, a byte of choice, a byte of length, and so
 * many bytes of words, which pass through text_clean() as all words do.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "report_look.h"

static struct result *
new_target(struct run *run, uint8_t choice)
{
	static const char host[] = "mail.example.test";
	struct target t = { .port = (uint16_t)(choice + 1),
	    .protocol = "imap", .user = "al'ice" };

	memcpy(t.host, host, sizeof(host));
	memcpy(t.sni, host, sizeof(host));
	t.tls = (enum tls_mode)(choice % 3);
	return run_new_result(run, &t);
}

static void
measure(struct sheet *sheet, uint8_t choice, const uint8_t *p, size_t n)
{
	struct metric *m;
	double value = 0;

	memcpy(&value, p, n < sizeof(value) ? n : sizeof(value));
	if (!isfinite(value) || fabs(value) > 1e15)
		return;
	m = sheet_measure(sheet, (enum metric_id)(choice % METRIC_COUNT),
	    value);
	if (m == NULL)
		return;
	m->has_min = choice % 2 == 0;
	m->has_warn = range_parse((struct span){ (const char *)p, n },
	    UNIT_NONE, false, false, &m->warn);
}

static void
record(struct run *run, uint8_t what, uint8_t choice, const uint8_t *p,
    size_t n)
{
	struct result *r = run->nresults > 0 ?
	    &run->results[run->nresults - 1] : NULL;
	struct sheet *sheet = r == NULL || what >= 0x80 ? &run->sheet :
	    &r->sheet;
	enum stage stage = (enum stage)(what / 8 % STAGE_COUNT);
	struct buf words;

	buf_init(&words, 4096);
	text_clean(&words, (struct span){ (const char *)p, n }, 300);
	switch (what % 8) {
	case 0:
		(void)new_target(run, choice);
		break;
	case 1:
	case 2:
		sheet_find(sheet, (enum cause)(1 + choice % (CAUSE_COUNT - 1)),
		    stage, what % 8 == 1 ? NULL : buf_cstr(&words), "%s",
		    buf_cstr(&words));
		break;
	case 3:
		measure(sheet, choice, p, n);
		break;
	case 4:
		if (r != NULL)
			result_note(r, stage, "%s", buf_cstr(&words));
		break;
	case 5:
		if (r != NULL)
			result_summary(r, "%s", buf_cstr(&words));
		break;
	default:
		if (r != NULL) {
			r->stages[stage].progress =
			    (enum progress)(choice % 4);
			result_spent(r, stage, (int64_t)choice * 1000);
		}
	}
	buf_free(&words);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run;
	size_t n;

	if (size < 1 || size > 4096)
		return 0;
	memset(&run, 0, sizeof(run));
	run.plugin = "check_imap_login";
	run.version = "1";
	run.account = "al\"ice\\";
	run.mailbox = "INBOX";
	if ((data[0] & 1) != 0)
		run.policy.expect = (enum cause)(1 + data[0] % (CAUSE_COUNT -
		    1));
	for (data++, size--; size >= 3; data += 3 + n, size -= 3 + n) {
		n = data[2] < size - 3 ? data[2] : size - 3;
		record(&run, data[0], data[1], data + 3, n);
	}
	look_at_report(&run, 0xff, (struct span){ NULL, 0 });
	run_free(&run);
	return 0;
}
