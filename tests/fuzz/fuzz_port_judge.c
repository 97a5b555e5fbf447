/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_port_judge - any ports of a host, with any policy
 *
 * Three bytes choose addresses, depth, host and ports; then comes a byte for
 * each port, what is expected of it; then ROW_BYTES for each row.  What is left
 * is what the server says.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "judge/port_known.h"
#include "judge/ports.h"
#include "judge/ports_words.h"
#include "report_look.h"

enum {
	ADDRESSES = 4,		/* at most */
	ROW_BYTES = 8,
	FLAG_POLICY = 0x10
};

static const uint16_t ports[] = {
	24, 25, 80, 110, 143, 465, 587, 993, 995, 1143, 4190, 65535
};

enum {
	PORTS = sizeof(ports) / sizeof(ports[0])
};

static void
must(bool good)
{
	if (!good)
		abort();
}

/* next - a byte, 0 after the end */
static uint8_t
next(struct span *rest)
{
	uint8_t c;

	if (rest->len == 0)
		return 0;
	c = (uint8_t)rest->p[0];
	rest->p++;
	rest->len--;
	return c;
}

/* ended - why a connection did not come about, as a sweep tells it */
static void
ended(struct port_row *row, uint8_t choice)
{
	static const uint8_t causes[PORT_VERDICTS][2] = {
		[PORT_UNTRIED] = { CAUSE_NONE, CAUSE_INTERNAL_ERROR },
		[PORT_OPEN] = { CAUSE_NONE, CAUSE_NONE },
		[PORT_REFUSED] = { CAUSE_CONNECT_REFUSED,
		    CAUSE_CONNECT_REFUSED },
		[PORT_REJECTED] = { CAUSE_CONNECT_REJECTED,
		    CAUSE_CONNECT_LOCAL_POLICY },
		[PORT_FILTERED] = { CAUSE_CONNECT_FILTERED,
		    CAUSE_CONNECT_FILTERED },
		[PORT_UNREACHABLE] = { CAUSE_CONNECT_UNREACHABLE,
		    CAUSE_CONNECT_NO_NETWORK },
		[PORT_RESET] = { CAUSE_CONNECT_RESET, CAUSE_CONNECT_RESET }
	};
	static const uint16_t errors[] = {
		0, ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, EPERM, EINVAL,
		EADDRNOTAVAIL, EMFILE
	};

	row->verdict = choice % PORT_VERDICTS;
	row->cause = causes[row->verdict][choice / 128];
	row->error = errors[choice / 8 % 8];
}

/* trouble - one that a probe may find */
static uint8_t
trouble(uint8_t choice)
{
	static const uint8_t causes[] = {
		CAUSE_GREETING_UNAVAILABLE, CAUSE_GREETING_REFUSED,
		CAUSE_GREETING_TIMEOUT, CAUSE_GREETING_CLOSED,
		CAUSE_AUTH_CONNECTION_LIMIT, CAUSE_TLS_STARTTLS_REFUSED,
		CAUSE_TLS_INJECTION, CAUSE_TLS_SERVER_SETUP,
		CAUSE_TLS_VERSION, CAUSE_TLS_POLICY,
		CAUSE_TLS_CLIENT_CERTIFICATE, CAUSE_TLS_HANDSHAKE,
		CAUSE_TLS_TIMEOUT, CAUSE_TLS_CLOSED, CAUSE_INTERNAL_ERROR
	};

	return choice < sizeof(causes) ? causes[choice] : CAUSE_NONE;
}

static void
fill(struct port_row *row, struct span *rest, const char *words)
{
	uint8_t flags;

	ended(row, next(rest));
	row->speech = next(rest) % SPEECHES;
	row->inside = row->speech == SPEECH_TLS ? next(rest) % SPEECHES : 0;
	row->trouble = trouble(next(rest));
	flags = next(rest);
	row->starttls = (flags & 1) != 0;
	row->asked = (flags & 2) != 0;
	row->late = (flags & 4) != 0;
	row->local = (flags & 8) != 0;
	row->icmp = (flags & 16) != 0;
	row->on_link = (flags & 32) != 0;
	row->offender_is_ours = (flags & 64) != 0;
	if ((flags & 128) != 0)
		row->offender = row->address;
	row->icmp_type = next(rest);
	row->icmp_code = next(rest) % 16;
	row->lost = next(rest) % 4;
	row->attempts = 3;
	row->connect_usec = 1 + (uint32_t)flags * 4000;
	row->slowest_usec = row->connect_usec;
	if (row->verdict == PORT_OPEN && words[0] != '\0')
		row->words = sentence_make("%s", words);
}

static void
fill_all(struct port_host *h, const uint16_t *list, struct span rest)
{
	size_t skip = h->naddresses * h->nports * ROW_BYTES, i;
	struct span said = rest;
	struct buf words;

	skip = skip < rest.len ? skip : rest.len;
	said.p += skip;
	said.len -= skip;
	buf_init(&words, TEXT_QUOTE_BUF);
	text_clean(&words, said, TEXT_QUOTE_MAX);
	for (i = 0; i < h->naddresses * h->nports; i++) {
		h->rows[i].port = list[i % h->nports];
		h->rows[i].address = (struct address){ .family =
		    i / h->nports % 2 == 0 ? 4 : 6, .ip = { 32, 1,
		    (uint8_t)(i / h->nports) } };
		fill(&h->rows[i], &rest, buf_cstr(&words));
	}
	buf_free(&words);
}

static uint16_t
no_name(struct span name)
{
	(void)name;
	return 0;
}

/* expect - of each port what its byte says */
static void
expect(struct port_policy *policy, const uint16_t *list, size_t n,
    struct span *rest, bool any)
{
	static const char *const words[] = {
		"open", "closed", "refused", "rejected", "filtered",
		"unreachable", "reset"
	};
	struct buf item, why;
	uint8_t choice;
	size_t i;

	memset(policy, 0, sizeof(*policy));
	for (i = 0; i < n; i++) {
		choice = next(rest) % 8;
		if (!any || choice == 7)
			continue;
		buf_init(&item, 64);
		buf_init(&why, 512);
		buf_fmt(&item, "%s:%u", words[choice], (unsigned)list[i]);
		must(port_policy_parse(policy, buf_span(&item), no_name,
		    &why));
		buf_free(&item);
		buf_free(&why);
	}
}

/* good - the port is, at some address */
static bool
good(const struct port_host *h, size_t port, const struct ports_wish *wish)
{
	size_t a;

	for (a = 0; a < h->naddresses; a++)
		if (ports_cause(h, ports_row(h, a, port), wish) == CAUSE_NONE)
			return true;
	return false;
}

/* kept - the port holds to its word at every address */
static bool
kept(const struct port_host *h, size_t port, const struct ports_wish *wish)
{
	const struct port_row *row;
	size_t a;

	if (port_policy_fits(wish->policy, h->rows[port].port, PORT_OPEN))
		return port_policy_word(wish->policy, h->rows[port].port) ==
		    NULL || good(h, port, wish);
	for (a = 0; a < h->naddresses; a++) {
		row = ports_row(h, a, port);
		if (!port_policy_fits(wish->policy, row->port,
		    (enum port_verdict)row->verdict))
			return false;
	}
	return true;
}

/* well - all is as it has to be, worked out in another way */
static bool
well(const struct port_host *h, const struct ports_wish *wish)
{
	bool any = ports_retrieve(h), all = true;
	size_t i;

	for (i = 0; i < h->nports; i++) {
		if (wish->policy->n > 0)
			all = all && kept(h, i, wish);
		else if (!any)
			all = all && good(h, i, wish);
		else if (port_known(h->rows[i].port)->retrieves &&
		    good(h, i, wish))
			return true;
	}
	return all && (wish->policy->n > 0 || !any);
}

static bool
is_advice(enum cause cause)
{
	return cause == CAUSE_CONNECT_IPV6_DOWN ||
	    cause == CAUSE_CONNECT_ADDRESS_DOWN ||
	    cause == CAUSE_CONNECT_LOSSY;
}

static void
look(const struct result *r, const struct port_host *h, bool fine)
{
	bool failed[STAGE_COUNT] = { false };
	const struct finding *f;
	size_t i, k, bad = 0;

	for (i = 0; i < r->sheet.nfindings; i++) {
		f = &r->sheet.findings[i];
		look_at_text(span_of(f->sentence), (struct span){ NULL, 0 });
		must(strchr(f->sentence, '\n') == NULL);
		must(strchr(f->sentence, '|') == NULL);
		must(strlen(f->sentence) <= SENTENCE_MAX);
		for (k = 0; f->port != 0 && h->rows[k].port != f->port; k++)
			must(k + 1 < h->nports);
		if (is_advice(f->cause))
			continue;
		bad++;
		failed[f->stage] = true;
		must(f->port != 0);
	}
	must(fine == (bad == 0));
	for (i = 0; i < STAGE_COUNT; i++)
		must(failed[i] == (r->stages[i].progress == PROGRESS_FAILED));
}

static void
judge(const struct port_host *h, const struct ports_wish *wish,
    const char *host)
{
	struct target target;
	struct buf sums;
	struct run run;

	memset(&target, 0, sizeof(target));
	memset(&run, 0, sizeof(run));
	run.plugin = "check_mail_ports";
	run.version = "1";
	must(span_copy(span_of(host), target.host, sizeof(target.host)));
	must(run_new_result(&run, &target) != NULL);
	ports_judge(&run.results[0], h, wish);
	look(&run.results[0], h, well(h, wish));
	buf_init(&sums, SENTENCE_MAX);
	ports_sums(&sums, h);
	must(sums.len > 0 && !sums.overflow);
	buf_free(&sums);
	look_at_report(&run, 0xff, (struct span){ NULL, 0 });
	run_free(&run);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const hosts[] = {
		"mail.example", "2001:db8::7", "192.0.2.7",
		"a.very.long.name.of.a.host.that.is.not.known.to.be.short.ex"
	};
	static struct port_policy policy;
	struct span rest = { (const char *)data, size };
	struct port_row rows[ADDRESSES * PORTS];
	struct port_host h = { .rows = rows };
	struct ports_wish wish = { .policy = &policy, .patience = 8000000 };
	uint8_t first = next(&rest), bits = next(&rest), more = next(&rest);
	uint16_t list[PORTS];
	size_t i;

	memset(rows, 0, sizeof(rows));
	h.naddresses = 1 + first % ADDRESSES;
	for (i = 0; i < PORTS; i++)
		if (((bits | more << 8) >> i & 1) != 0)
			list[h.nports++] = ports[i];
	if (h.nports == 0)
		return 0;
	wish.depth = (enum probe_depth)(first / 4 % 4 % 3);
	expect(&policy, list, h.nports, &rest, (first & FLAG_POLICY) != 0);
	fill_all(&h, list, rest);
	judge(&h, &wish, hosts[first >> 6]);
	for (i = 0; i < h.naddresses * h.nports; i++)
		free(rows[i].words);
	return 0;
}
