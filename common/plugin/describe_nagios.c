/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * describe_nagios - the option table as objects of Nagios, and as the line that
 * NRPE needs
 *
 * Nagios hands the command line to a shell, so that what a host or a service
 * puts into it stands in single quotes.  Passwords come from files: arguments
 * can be read by every user of the host, and by who may see the configuration
 * in the web pages.
 */
#include "plugin/describe.h"
#include "plugin/describe_common.h"

/* write_option - a comment on each, since Nagios has no place for a description */
static void
write_option(const struct plugin *plugin, const struct opt *row,
    struct buf *out)
{
	struct buf text;

	(void)plugin;
	if (row->alias != NULL)
		return;
	buf_init(&text, DESCRIBE_TEXT_MAX);
	describe_brief(row, &text);
	buf_fmt(out, "#   --%s%s%s%s\n#	%s\n", row->name,
	    row->arg == NULL ? "" : row->type->optional ? "[=" : "=",
	    row->arg == NULL ? "" : row->arg,
	    row->arg != NULL && row->type->optional ? "]" : "",
	    buf_cstr(&text));
	if (text.nomem)
		out->nomem = true;
	buf_free(&text);
}

static void
write_command(const struct plugin *plugin, struct buf *out)
{
	const char *name = plugin->name;

	buf_fmt(out, "\n# a service says: check_command %s!OPTIONS\n"
	    "define command {\n\tcommand_name\t%s\n"
	    "\tcommand_line\t$USER1$/%s%s $ARG1$\n}\n", name, name, name,
	    (plugin->uses & USES_HOST) != 0 ? " -H '$HOSTADDRESS$'" : "");
	if ((plugin->uses & USES_PASSWORD) == USES_ACCOUNT)
		buf_fmt(out, "\n# a service says: check_command "
		    "%s_as!USER!PASSWORD-FILE!OPTIONS\n"
		    "define command {\n\tcommand_name\t%s_as\n"
		    "\tcommand_line\t$USER1$/%s -H '$HOSTADDRESS$' -u '$ARG1$' "
		    "--password-file='$ARG2$' $ARG3$\n}\n", name, name, name);
}

static void
write_templates(const struct plugin *plugin, struct buf *out)
{
	const char *service = describe_service(plugin);

	buf_fmt(out, "\n# a service says: use %s\n"
	    "define service {\n\tname\t\t\t%s\n"
	    "\tcheck_command\t\t%s\n"
	    "\tcheck_interval\t\t5\n\tretry_interval\t\t1\n"
	    "\tmax_check_attempts\t3\n\tcheck_period\t\t24x7\n"
	    "\tregister\t\t0\n}\n", service, service, plugin->name);
	buf_fmt(out, "\n# the same through NRPE, in nrpe.cfg of the host that "
	    "checks; its options stand\n# in a section [%s] of "
	    "/etc/monitoring-plugins/monitoring-plugins.ini there\n"
	    "# command[%s]=/usr/lib/nagios/plugins/%s --extra-opts\n",
	    plugin->name, plugin->name, plugin->name);
}

void
describe_nagios(const struct plugin *plugin, struct buf *out)
{
	buf_fmt(out, "# SPDX-License-Identifier: GPL-3.0-or-later\n#\n"
	    "# %s for Nagios, written by %s --describe=nagios\n#\n"
	    "# The address of the host is its name in the DNS, which "
	    "certificates are held\n# against. The options:\n#\n",
	    plugin->name, plugin->name);
	describe_rows(plugin, write_option, out);
	write_command(plugin, out);
	write_templates(plugin, out);
}
