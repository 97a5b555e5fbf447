/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_snmp - how full file systems are, as an SNMP agent says
 */
#include <string.h>

#include "dialog/snmp_disks.h"
#include "judge/names.h"
#include "judge/quota_words.h"
#include "module/module.h"
#include "plugin/quota.h"
#include "report/advice.h"
#include "world/clock.h"
#include "world/resolve.h"
#include "world/secret.h"
#include "world/snmp_talk.h"

/* one run of this back end */
struct asking {
	const struct quota_look *look;
	const struct quota_snmp_options *options;
	const struct snmp_functions *module;
	struct buf	 community, auth, priv;
	struct snmp_account account;
	char		 host[HOST_MAX];
	struct resolved	 to;
	bool		 resolved;
	struct snmp_walk tables[SNMP_TABLES];
};

static bool
check(const struct quota_options *options, const struct settings *settings,
    struct opt_error *error)
{
	if (settings->hosts.n > 0)
		return quota_snmp_fits(&options->snmp, error);
	opt_refuse(error, CAUSE_USAGE_OPTION, "--backend=snmp needs a host: "
	    "name that of the SNMP agent with -H");
	return false;
}

/* secret - into the buffer; nothing where none is kept */
static bool
secret(struct asking *a, const struct snmp_secret *kept, const char *name,
    struct buf *out)
{
	struct run *run = a->look->work->run;
	struct secret_source source = {
		.file = kept->file, .env = kept->env,
		.fd = kept->has_fd ? kept->fd : -1, .allow_readable =
		    a->look->work->settings->allow_readable_secret
	};
	struct buf why;
	bool ok;

	if (kept->file == NULL && kept->env == NULL && !kept->has_fd)
		return true;
	buf_init(&why, SENTENCE_MAX);
	ok = secret_read(&source, a->look->work->deadline, out, &why);
	if (!ok)
		(void)sheet_find(&run->sheet, CAUSE_USAGE_SECRET, STAGE_NONE,
		    NULL, "--snmp-%s-%s: %s", name, kept->file != NULL ?
		    "file" : kept->env != NULL ? "env" : "fd",
		    buf_cstr(&why));
	run->sheet.nomem = run->sheet.nomem || why.nomem || out->nomem;
	buf_free(&why);
	return ok;
}

static bool
prepare(struct asking *a)
{
	const struct quota_snmp_options *o = a->options;
	struct sheet *sheet = &a->look->work->run->sheet;
	const struct module *module;
	struct buf why;

	if (!secret(a, &o->community, "community", &a->community) ||
	    !secret(a, &o->auth, "auth", &a->auth) ||
	    !secret(a, &o->priv, "priv", &a->priv))
		return false;
	a->account = (struct snmp_account){
		.v3 = quota_snmp_v3(o), .user = o->user, .level = o->level,
		.hash = o->hash, .cipher = o->cipher,
		.community = buf_span(&a->community),
		.auth = buf_span(&a->auth), .priv = buf_span(&a->priv),
		.again = SNMP_AGAIN
	};
	buf_init(&why, SENTENCE_MAX);
	module = module_load("snmp", &why);
	if (module == NULL)
		(void)sheet_find(sheet, CAUSE_INTERNAL_MODULE, STAGE_NONE,
		    NULL, "%s", buf_cstr(&why));
	else
		a->module = module->functions;
	buf_free(&why);
	return a->module != NULL;
}

static void
on_resolved(void *arg, const struct resolved *to)
{
	struct asking *a = arg;

	a->to = *to;
	a->resolved = true;
}

/* resolve - the name; false without memory or threads */
static bool
resolve(struct asking *a)
{
	const struct work *work = a->look->work;
	struct loop *loop = loop_new();
	struct resolve *r = loop == NULL ? NULL : resolve_start(loop, a->host,
	    work->settings->family, on_resolved, a);

	while (r != NULL && !a->resolved && *work->stop == 0 &&
	    clock_now() < work->deadline)
		loop_once(loop, work->deadline);
	if (r != NULL && !a->resolved) {
		resolve_so_far(r, &a->to);
		resolve_cancel(r);
	}
	if (loop != NULL)
		loop_free(loop);
	return r != NULL;
}

/* find - the addresses; false with a finding of the dns stage */
static bool
find(struct asking *a, struct result *r)
{
	const struct settings *set = a->look->work->settings;
	int64_t since = clock_now();
	struct buf note;

	a->to.outcome = DNS_FOUND;
	a->to.n = 1;
	a->to.list[0] = set->address;
	if (set->address.family != 0 || address_parse(span_of(a->host),
	    &a->to.list[0]))
		return true;
	a->to.outcome = DNS_OURS;
	a->to.n = 0;
	if (!resolve(a))
		a->to.outcome = DNS_OURS;
	result_spent(r, STAGE_DNS, clock_now() - since);
	names_judge(&r->sheet, &a->to, a->host, set->family, !a->resolved);
	r->stages[STAGE_DNS].progress = a->to.outcome == DNS_FOUND ?
	    PROGRESS_OK : PROGRESS_FAILED;
	if (a->to.outcome != DNS_FOUND)
		return false;
	buf_init(&note, SENTENCE_MAX);
	names_note(&note, &a->to, a->host);
	result_note(r, STAGE_DNS, "%s", buf_cstr(&note));
	buf_free(&note);
	return true;
}

/* tell_queue - of the mail servers that the agent knows */
static void
tell_queue(struct result *r, const struct snmp_queue *queue)
{
	struct buf text;
	struct metric *m;

	if (!queue->there)
		return;
	m = sheet_measure(&r->sheet, METRIC_QUEUE, (double)queue->messages);
	if (m != NULL) {
		m->has_min = true;
		m->min = 0;
	}
	buf_init(&text, SENTENCE_MAX);
	(void)buf_fmt(&text, "; the mail queue holds %lld message%s of ",
	    (long long)queue->messages, queue->messages == 1 ? "" : "s");
	quota_words_size(&text, queue->bytes);
	if (queue->oldest >= 0)
		(void)buf_fmt(&text, ", the oldest for %lld s",
		    (long long)queue->oldest);
	result_note_more(r, STAGE_QUOTA, "%s", buf_cstr(&text));
	buf_free(&text);
}

static void
refused(struct result *r, struct quota_refusal *refusal,
    const struct snmp_seen *seen)
{
	size_t n = r->sheet.nfindings;

	quota_refused(r, refusal, r->name);
	if (seen->by_deadline && r->sheet.nfindings > n)
		r->sheet.findings[n].by_deadline = true;
}

static bool
talk(struct asking *a, struct quota_refusal *refusal, struct snmp_seen *seen)
{
	const struct work *work = a->look->work;
	struct snmp_wish wish = {
		.module = a->module, .account = &a->account,
		.addresses = a->to.list, .n = a->to.n,
		.port = a->options->port, .source = work->settings->source,
		.deadline = work->deadline, .stop = work->stop
	};
	size_t i;

	for (i = 0; i < SNMP_TABLES; i++)
		snmp_walk_start(&a->tables[i], &snmp_tables[i]);
	return snmp_talk(&wish, a->tables, SNMP_TABLES, seen, refusal);
}

/* ask - the agent, whose addresses are known */
static void
ask(struct asking *a, struct result *r)
{
	const struct quota_paths *mounts = &a->look->options->mounts;
	struct quota_refusal refusal = { .cause = CAUSE_QUOTA_UNSUPPORTED,
	    .stage = STAGE_QUOTA };
	struct quota_list list = { .n = 0 };
	int64_t since = clock_now();
	struct snmp_queue queue;
	struct snmp_seen seen;
	size_t i;

	buf_init(&refusal.why, SENTENCE_MAX);
	if (talk(a, &refusal, &seen) && snmp_disks_list(a->tables,
	    mounts->rows, mounts->n, &list, &refusal.why)) {
		snmp_queue_of(a->tables, &list, &queue);
		quota_found(r, quota_snmp.name, &list,
		    a->look->work->settings, r->name, mounts->n == 1 ?
		    mounts->rows[0] : NULL);
		tell_queue(r, &queue);
	} else {
		refused(r, &refusal, &seen);
	}
	result_spent(r, STAGE_QUOTA, clock_now() - since);
	for (i = 0; i < SNMP_TABLES; i++)
		snmp_walk_free(&a->tables[i]);
	quota_list_free(&list);
	buf_free(&refusal.why);
}

/* by_hand - its secrets have to be in snmp.conf(5): no command line of ours holds any */
static void
by_hand(const struct asking *a, struct result *r, const char *place)
{
	struct buf command;

	buf_init(&command, SENTENCE_MAX);
	if (quota_snmp_v3(a->options)) {
		(void)buf_fmt(&command, "snmpwalk -v 3 -l %s -u ",
		    quota_snmp_level(a->options));
		advice_word(&command, a->options->user);
	} else {
		(void)buf_str(&command, "snmpwalk -v 2c");
	}
	(void)buf_char(&command, ' ');
	advice_word(&command, place);
	(void)buf_str(&command, " .1.3.6.1.2.1.25.2.3");
	result_by_hand(r, &command);
	buf_free(&command);
}

static void
one(struct asking *a, size_t nth)
{
	const struct work *work = a->look->work;
	struct result *r;
	struct buf name;

	if (!work->host(work->arg, nth, a->host))
		return;
	buf_init(&name, HOST_MAX + 16);
	(void)buf_fmt(&name, strchr(a->host, ':') != NULL ? "[%s]:%u" :
	    "%s:%u", a->host, (unsigned)a->options->port);
	r = quota_result(work->run, buf_cstr(&name));
	if (r != NULL)
		by_hand(a, r, buf_cstr(&name));
	buf_free(&name);
	if (r == NULL)
		return;
	r->beyond = ~(1u << STAGE_QUOTA | 1u << STAGE_DNS);
	if (find(a, r))
		ask(a, r);
}

static void
look(const struct quota_look *look)
{
	static struct asking a;
	size_t i;

	memset(&a, 0, sizeof(a));
	a.look = look;
	a.options = &look->options->snmp;
	buf_init(&a.community, SECRET_MAX + 4);
	buf_init(&a.auth, SECRET_MAX + 4);
	buf_init(&a.priv, SECRET_MAX + 4);
	if (prepare(&a))
		for (i = 0; i < look->work->settings->hosts.n; i++)
			one(&a, i);
	buf_free(&a.community);
	buf_free(&a.auth);
	buf_free(&a.priv);
}

const struct quota_backend quota_snmp = {
	.name = "snmp", .check = check, .look = look
};
