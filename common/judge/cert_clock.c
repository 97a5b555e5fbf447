/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_clock - is it the certificate that is out of its time, or our clock
 */
#include "base/when.h"
#include "judge/cert_clock.h"

/* out_of_time - is every certificate of a path with our own anchor expired, or every one not yet valid */
static bool
out_of_time(const struct tls_facts *facts, int64_t now)
{
	size_t i, expired = 0, early = 0;

	if (facts->npath < 2 || !facts->path[facts->npath - 1].anchor)
		return false;
	for (i = 0; i < facts->npath; i++) {
		expired += facts->path[i].not_after < now;
		early += facts->path[i].not_before > now;
	}
	return expired == facts->npath || early == facts->npath;
}

static bool
has_trouble(const struct tls_facts *facts, enum cert_problem kind)
{
	size_t i;

	for (i = 0; i < facts->ntroubles; i++)
		if (facts->troubles[i].kind == kind)
			return true;
	return false;
}

/*
 * A clock before the release is slow, and a slow clock explains what is not yet
 * valid; what has expired by it has expired all the more.
 */
void
cert_clock_judge(struct sheet *sheet, const struct tls_facts *facts,
    const struct cert_moment *moment, const char *whom)
{
	bool slow = moment->now < moment->released &&
	    has_trouble(facts, CERT_NOT_YET_VALID);
	struct buf detail;

	if (moment->given || (!slow && !out_of_time(facts, moment->now)))
		return;
	buf_init(&detail, SENTENCE_MAX);
	(void)buf_str(&detail, "this host's clock says ");
	when_write(&detail, moment->now);
	if (slow) {
		(void)buf_str(&detail, ", before this program was released (");
		when_write(&detail, moment->released);
		(void)buf_char(&detail, ')');
	} else {
		(void)buf_str(&detail, ", when no certificate of the path is "
		    "valid, not even the trusted root");
	}
	(void)sheet_find(sheet, CAUSE_CERT_CLOCK, STAGE_TLS, buf_cstr(&detail),
	    "%s cannot be judged: %s", whom, buf_cstr(&detail));
	sheet->nomem = sheet->nomem || detail.nomem;
	buf_free(&detail);
}
