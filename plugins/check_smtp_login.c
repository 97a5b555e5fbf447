/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_smtp_login - can this account log in and submit mail, and if not, which
 * stage broke, and whose fault is it
 */
#include <stddef.h>

#include "plugin/plugin.h"
#include "plugin/smtp.h"
#include "world/tls_engine.h"

static struct smtp_options options;

static const struct opt opts[] = {
	{ 0, "from", &opt_path, offsetof(struct smtp_options, from),
	    "ADDRESS", NULL,
	    "begin a mail from there and give it up again: would it be "
	    "taken? Nothing is ever sent. The empty sender is '<>'. Without "
	    "-u nobody logs in, and the question is whether the server takes "
	    "it from this host" },
	{ 0, "rcpt", &opt_path, offsetof(struct smtp_options, rcpt),
	    "ADDRESS", NULL,
	    "name this recipient, too; with --from only" },
	{ 0, "helo", &opt_helo, offsetof(struct smtp_options, helo),
	    "NAME", NULL,
	    "greet the server with this name; default: this host's own when "
	    "it has a domain, else the address of our end in brackets" },
	{ 0, "lmtp", &opt_flag, offsetof(struct smtp_options, lmtp),
	    NULL, NULL,
	    "speak LMTP, which delivers into mailboxes and mostly knows no "
	    "login: -u may be left out. Port 24 unless -p says otherwise" },
	{ 0 }
};

static const struct rung ladder[] = {
	RUNG_LADDER(smtp_login_ladder),
	RUNG_LADDER(smtp_mail_ladder),
	RUNG_END
};

static const enum metric_id metrics[] = {
	LOGIN_METRICS, METRIC_SUBMIT, METRIC_COUNT
};

static const char *const causes[] = {
	LOGIN_CAUSES, "submit.*", "quota.exceeded", NULL
};

static const char *const examples[] = {
	"check_smtp_login -H smtp.example.org -u alice --password-file=/etc/monitoring-plugins-mail/alice",
	"Log in on port 587 with STARTTLS.",
	"check_smtp_login -H smtp.example.org -u alice --password-file=alice --tls=implicit --from=alice@example.org --rcpt=bob@example.net",
	"Use port 465, and see whether a mail from Alice to Bob would be taken.",
	"check_smtp_login -H mx.example.org -p 25 --from='<>' --rcpt=postmaster@example.org",
	"Without a login: does the domain's server take mail for the postmaster?",
	"check_smtp_login -H localhost --lmtp --tls=none --from='<>' --rcpt=bob",
	"Ask the server behind LMTP whether Bob's mailbox is there and has room.",
	NULL
};

static bool	check(const struct plugin *, const struct settings *,
		    struct opt_error *);

static void
prepare(struct login *login)
{
	smtp_wish(&options, login);
}

static unsigned
asked(void)
{
	return options.from != NULL ? 1u << STAGE_SUBMIT : 0;
}

static bool
anonymous(void)
{
	return options.lmtp || options.from != NULL;
}

static void
conclude(struct session *s)
{
	char sums[LOGIN_SUMS_MAX * 2];

	smtp_conclude(s);
	if (!s->finished)
		return;
	smtp_sums(s, sums);
	result_summary(s->result, "%s", sums);
}

/* not constant: --lmtp makes another protocol of it */
static struct plugin plugin = {
	.name = "check_smtp_login",
	.brief = "log in to a submission server, ask whether it would take a mail, and name the stage that broke",
	.description =
	    "Resolves the name, connects, starts TLS, judges the certificate, "
	    "greets, logs in, and with --from and --rcpt goes into a mail as "
	    "far as its recipient, which it then gives up: nothing is ever "
	    "sent. When a step fails, it says which one, whose fault it is, "
	    "what to do next, and the command that shows it.\n\n"
	    LOGIN_CARE,
	.examples = examples,
	.uses = USES_HOST | USES_DIALOG | USES_TLS | USES_ACCOUNT,
	.opts = opts, .cfg = &options, .timeout = "10",
	.main_metric = METRIC_TIME, .metrics = metrics, .causes = causes,
	.stages = LOGIN_STAGES,
	.tls = &tls_openssl,
	.protocol = &smtp_protocol, .ladder = ladder,
	.check = check, .asked = asked, .anonymous = anonymous,
	.prepare = prepare, .conclude = conclude, .facts = smtp_facts,
};

static bool
check(const struct plugin *unused, const struct settings *settings,
    struct opt_error *error)
{
	(void)unused;
	if (options.lmtp) {
		plugin.protocol = &lmtp_protocol;
		plugin.facts = lmtp_facts;
	}
	return smtp_check(&options, settings, error);
}

int
main(int argc, char *argv[])
{
	return plugin_main(&plugin, argc, argv);
}
