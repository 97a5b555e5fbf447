/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * describe_icinga2 - the option table as a CheckCommand of Icinga 2
 *
 * Each option is a custom variable, --tls-min of check_imap_login that of the
 * name imap_login_tls_min.  The option and its value are one word, "--x=$y$":
 * then no value can be taken for an option.  A password never stands among the
 * arguments, where every user of the host could read it.
 */
#include <string.h>

#include "plugin/describe.h"
#include "plugin/describe_common.h"

#define PASSWORD_ENV	"MAIL_CHECK_PASSWORD"

/* variable - the name of the custom variable of an option */
static void
variable(struct buf *out, const struct plugin *plugin, const char *option)
{
	const char *p;

	buf_fmt(out, "%s_", describe_service(plugin));
	for (p = option; *p != '\0'; p++)
		buf_char(out, *p == '-' ? '_' : *p);
}

/* is_left_out - what has no meaning for a scheduler, or would take the result from it */
static bool
is_left_out(const struct opt *row)
{
	static const char *const names[] = {
		"help", "version", "describe", "output-format", "password-fd",
		"password-env"
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(row->name, names[i]) == 0)
			return true;
	return row->alias != NULL;
}

static void
write_description(const struct plugin *plugin, const struct opt *row,
    struct buf *out)
{
	struct buf text;

	buf_init(&text, DESCRIBE_TEXT_MAX);
	describe_option(plugin, row, &text);
	buf_str(out, "\t\t\tdescription = \"");
	describe_quoted(out, buf_span(&text), "\"\\", "'");
	buf_str(out, "\"\n");
	if (text.nomem)
		out->nomem = true;
	buf_free(&text);
}

static void
write_argument(const struct plugin *plugin, const struct opt *row,
    struct buf *out)
{
	const struct opt_type *type = row->type;

	if (is_left_out(row))
		return;
	buf_fmt(out, "\t\t\"--%s\" = {\n", row->name);
	if (!type->has_value) {
		buf_str(out, "\t\t\tset_if = \"$");
		variable(out, plugin, row->name);
		buf_str(out, "$\"\n");
	} else if (opt_repeats(plugin, row) && !type->optional) {
		buf_str(out, "\t\t\tvalue = \"$");
		variable(out, plugin, row->name);
		buf_str(out, "$\"\n\t\t\trepeat_key = true\n");
	} else {
		buf_fmt(out, "\t\t\tvalue = \"--%s=$", row->name);
		variable(out, plugin, row->name);
		buf_str(out, "$\"\n\t\t\tskip_key = true\n");
	}
	write_description(plugin, row, out);
	buf_str(out, "\t\t}\n");
}

/* write_password - by the environment, and only where there is one */
static void
write_password(const struct plugin *plugin, struct buf *out)
{
	const char *service = describe_service(plugin);

	buf_fmt(out, "\t\t\"--password-env\" = {\n"
	    "\t\t\tvalue = \"" PASSWORD_ENV "\"\n"
	    "\t\t\tset_if = {{ macro(\"$%s_password$\") != \"\" }}\n"
	    "\t\t\tdescription = \"Given where the variable %s_password "
	    "is: Icinga 2 hands the password over in the environment\"\n"
	    "\t\t}\n", service, service);
}

void
describe_icinga2(const struct plugin *plugin, struct buf *out)
{
	const char *service = describe_service(plugin);
	bool password = (plugin->uses & USES_PASSWORD) != 0;

	buf_fmt(out, "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
	    "/* %s for Icinga 2, written by %s --describe=icinga2 */\n"
	    "\nobject CheckCommand \"%s\" {\n"
	    "\tcommand = [ PluginDir + \"/%s\" ]\n\n"
	    "\targuments = {\n", plugin->name, plugin->name, service,
	    plugin->name);
	describe_rows(plugin, write_argument, out);
	if (password)
		write_password(plugin, out);
	buf_str(out, "\t}\n");
	if (password)
		buf_fmt(out, "\n\tenv." PASSWORD_ENV " = \"$%s_password$\"\n",
		    service);
	if ((plugin->uses & USES_HOST) != 0)
		buf_fmt(out, "\n\t/* certificates name hosts, not addresses */\n"
		    "\tvars.%s_hostname = \"$host.name$\"\n", service);
	buf_str(out, "}\n");
}
