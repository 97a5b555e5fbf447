/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frame - the way of every check through the house
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dialog/dialects.h"
#include "plugin/describe.h"
#include "plugin/frame.h"
#include "plugin/hosts_file.h"
#include "world/clock.h"
#include "world/secret.h"

/* set by SIGTERM and SIGINT: print what is known and go */
static volatile sig_atomic_t stop;

static void
on_stop(int signal)
{
	(void)signal;
	stop = 1;
}

static void
mind_signals(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = on_stop;
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

static void
describe(const struct plugin *plugin, const struct settings *settings,
    enum opt_outcome outcome, struct buf *out)
{
	static void (*const writers[])(const struct plugin *, struct buf *) = {
		[DESCRIBE_NONE] = describe_help, [DESCRIBE_MAN] = describe_man,
		[DESCRIBE_BASH] = describe_bash, [DESCRIBE_ZSH] = describe_zsh,
		[DESCRIBE_FISH] = describe_fish,
		[DESCRIBE_ICINGA2] = describe_icinga2,
		[DESCRIBE_NAGIOS] = describe_nagios
	};

	if (outcome == OPT_VERSION)
		describe_version(plugin, out);
	else
		writers[outcome == OPT_DESCRIBE ? settings->describe :
		    DESCRIBE_NONE](plugin, out);
}

/* fit_to_run - what the options name is there, and they go together */
static bool
fit_to_run(struct frame *f, struct opt_error *error)
{
	const struct plugin *plugin = f->plugin;
	struct settings *set = &f->settings;

	return hosts_file_read(set, f->started + set->timeout.usec, &stop,
	    error) && requirements_met(plugin, set, error) &&
	    (plugin->check == NULL || plugin->check(plugin, set, error));
}

/* options - the command line into the frame; anything but a run ends here */
static void
options(struct frame *f, int argc, char *argv[])
{
	struct opt_error error;
	enum opt_outcome outcome;
	struct buf text;

	memset(&error, 0, sizeof(error));
	buf_init(&error.sentence, SENTENCE_MAX);
	outcome = opt_parse(f->plugin, &f->settings, argc, argv, &error);
	if (outcome == OPT_RUN && !fit_to_run(f, &error))
		outcome = OPT_BAD;
	if (outcome == OPT_BAD) {
		settings_free(&f->settings);
		output_usage(f->plugin, argc, argv, &error);
	}
	buf_free(&error.sentence);
	if (outcome == OPT_RUN)
		return;
	buf_init(&text, 1024 * 1024);
	describe(f->plugin, &f->settings, outcome, &text);
	output_text(&text);
}

static void
open_run(struct frame *f)
{
	const struct settings *set = &f->settings;
	struct run *run = &f->run;

	run->plugin = f->plugin->name;
	run->version = PACKAGE_VERSION;
	run->account = set->user;
	run->facts = f->plugin->facts;
	run->table = f->plugin->table;
	run->policy.severities = set->severities.rows;
	run->policy.nseverities = set->severities.n;
	run->policy.expect = set->expect;
	run->policy.has_timeout_state = set->timeout.has_state ||
	    set->timeout_result.given;
	run->policy.timeout_state = set->timeout_result.given ?
	    set->timeout_result.state : set->timeout.state;
	buf_init(&f->config, SENTENCE_MAX * 8);
	run->config = &f->config;
}

static void
open_sessions(struct frame *f)
{
	const struct settings *set = &f->settings;
	struct session_config *c = &f->session;
	size_t i;

	f->run.mailbox = f->login.mailbox.p;
	c->protocol = f->plugin->protocol;
	c->ladder = f->plugin->ladder;
	c->cfg = f->plugin->cfg;
	c->login = &f->login;
	c->secret = buf_span(&f->secret);
	for (i = 0; i < SECRET_FORMS_MAX; i++)
		c->secret_forms[i] = buf_span(&f->forms[i]);
	c->moment.now = set->at.given ? set->at.epoch : clock_wall();
	c->moment.given = set->at.given;
	c->moment.released = PACKAGE_EPOCH;
	c->family = set->family;
	c->verify = !set->no_verify;
	c->allow_cleartext = set->allow_cleartext;
	c->started = f->started;
	c->deadline = f->started + set->timeout.usec;
	c->log = set->verbose >= 3;
	c->all_addresses = set->all_addresses;
	c->proxy = set->proxy.kind != PROXY_NONE ? &set->proxy : NULL;
	f->second = *c;
	f->second.ladder = f->plugin->second;
	f->second.all_addresses = false;
	f->second.log_mark = "second";
	f->greeting = *c;
	f->greeting.greet_only = true;
	f->logins = f->run.nresults;
	f->backoff.state_dir = set->state_dir;
	f->backoff.pause = set->backoff;
	f->backoff.now = clock_wall();
}

/* spoken - the configuration of sessions with what that target speaks */
static const struct session_config *
spoken(struct frame *f, struct result *r)
{
	const struct dialect *d = f->plugin->speaks(&r->target);
	struct session_config *c;
	size_t i;

	for (i = 0; i < f->nspoken; i++)
		if (f->spoken[i].ladder == d->ladder &&
		    f->spoken[i].protocol == d->protocol)
			return &f->spoken[i];
	if (f->nspoken == DIALECTS_MAX)
		return &f->greeting;
	c = &f->spoken[f->nspoken++];
	*c = f->session;
	c->protocol = d->protocol;
	c->ladder = d->ladder;
	c->greet_only = true;
	c->keep_tls = true;
	return c;
}

/* config_of - for a session with that result */
static const struct session_config *
config_of(struct frame *f, struct result *r)
{
	if (f->plugin->speaks != NULL)
		return spoken(f, r);
	return f->next < f->logins ? &f->session : &f->greeting;
}

/* next_session - for drive(): the next target that may be asked, with a session of its own */
static struct session *
next_session(void *arg)
{
	struct frame *f = arg;
	struct session *s = second_next(f);

	if (s == NULL)
		s = lenient_next(f);
	if (s != NULL)
		return s;
	while (f->next < f->logins &&
	    account_rejected_before(f, &f->run.results[f->next]))
		f->next++;
	if (f->live == 0 && f->next == f->run.nresults)
		paths_expand(f);
	if (f->next == f->run.nresults)
		return NULL;
	s = malloc(sizeof(*s));
	if (s == NULL) {
		f->run.sheet.nomem = true;
		return NULL;
	}
	session_init(s, config_of(f, &f->run.results[f->next]),
	    &f->run.results[f->next]);
	if (f->next < f->logins && f->plugin->second != NULL)
		f->caller = s;
	f->next++;
	f->live++;
	return s;
}

static void
session_done(void *arg, struct session *s)
{
	struct frame *f = arg;
	bool whole = s->config != &f->greeting && s->config != &f->second;

	f->live--;
	if (s->config->lenient) {
		lenient_done(f, s);
		return;
	}
	if (s->config != &f->second) {
		tally_session(f, s);
		paths_note(f, s);
		lenient_ask(f, s);
	}
	if (f->plugin->conclude != NULL && whole)
		f->plugin->conclude(s);
	second_part(f, s);
	session_free(s);
	free(s);
}

/* world - how the sessions are driven */
static struct drive_config
world(struct frame *f)
{
	const struct settings *set = &f->settings;
	struct drive_config c;

	memset(&c, 0, sizeof(c));
	/* who wants to ask a reference keeps time for it */
	if (set->references.n > 0)
		c.reach = set->timeout.usec / 3 * 2;
	c.deadline = f->session.deadline;
	c.connect_timeout = set->connect_timeout;
	c.source = set->source;
	c.family = set->family;
	c.header = set->proxy_header;
	c.proxy = f->session.proxy;
	c.slots = set->parallel;
	c.rate = set->rate;
	c.stop = &stop;
	c.log_fd = set->verbose >= 3 ? STDERR_FILENO : -1;
	c.arg = f;
	c.next = next_session;
	c.done = session_done;
	c.tls = frame_tls;
	c.tls_lenient = frame_tls_lenient;
	c.patience = LENIENT_PATIENCE;
	return c;
}

/* unreached - a target that nobody asked is not OK */
static void
unreached(struct result *r)
{
	struct finding *finding;
	struct buf name;

	buf_init(&name, HOST_MAX + 16);
	target_write(&name, &r->target);
	finding = sheet_find(&r->sheet, CAUSE_INTERNAL_UNFINISHED, STAGE_NONE,
	    NULL, "%s was not reached before the time-out", buf_cstr(&name));
	if (finding != NULL)
		finding->by_deadline = true;
	if (name.nomem)
		r->sheet.nomem = true;
	buf_free(&name);
}

/* unfinished - targets that the time did not suffice for */
static void
unfinished(struct frame *f)
{
	size_t i, left = f->run.nresults - f->next;
	struct finding *finding;

	for (i = f->next; i < f->run.nresults; i++)
		unreached(&f->run.results[i]);
	if (left == 0 || f->run.nresults == 1)
		return;
	finding = sheet_find(&f->run.sheet, CAUSE_INTERNAL_UNFINISHED,
	    STAGE_NONE, NULL,
	    "%zu of %zu targets were not reached before the time-out", left,
	    f->run.nresults);
	if (finding != NULL)
		finding->by_deadline = true;
}

static void
run_sessions(struct frame *f)
{
	struct drive_config c = world(f);

	if (drive(&c)) {
		lenient_drop(f);
		paths_expand(f);
		unfinished(f);
		paths_judge(f, &c);
		return;
	}
	sheet_find(&f->run.sheet, CAUSE_INTERNAL_ERROR, STAGE_NONE, NULL,
	    "this host gives no memory or no descriptors for the check");
}

static struct work
work_of(struct frame *f)
{
	return (struct work){ .run = &f->run, .settings = &f->settings,
	    .started = f->started, .deadline = f->session.deadline,
	    .stop = &stop, .tls = frame_tls, .host = targets_host,
	    .digests = frame_digests,
	    .secret = f->secret.len > 0 ? buf_span(&f->secret) :
	    (struct span){ NULL, 0 }, .arg = f };
}

/* work - by the check itself */
static void
work(struct frame *f)
{
	struct work w = work_of(f);

	f->plugin->work(&w);
}

/* also - what is no host */
static void
also(struct frame *f)
{
	struct work w = work_of(f);

	f->plugin->also(&w);
}

/* prepare - all that can be wrong on this side is found before anything is contacted */
static bool
prepare(struct frame *f)
{
	if (!account_open(f) || !targets_make(f))
		return false;
	open_sessions(f);
	return frame_tls_ready(f);
}

int
plugin_main(const struct plugin *plugin, int argc, char *argv[])
{
	static struct frame frame;
	struct frame *f = &frame;

	f->started = clock_now();
	f->plugin = plugin;
	output_prepare();
	secret_lock_down();
	mind_signals();
	options(f, argc, argv);
	open_run(f);
	if (!prepare(f)) {
		targets_drop(f);
	} else {
		if (f->settings.verbose >= 2)
			config_lines(f, &f->config);
		if (f->plugin->work != NULL)
			work(f);
		else
			run_sessions(f);
		if (f->plugin->also != NULL)
			also(f);
	}
	account_settle(f);
	tally_run(f);
	output_run(f);
}
