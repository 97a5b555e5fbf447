/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * extra_opts - options out of an ini file, as monitoring-plugins reads them
 *
 * The default section is the plugin's name, the default file the first that
 * exists of $MP_CONFIG_FILE, the names monitoring-plugins.ini, plugins.ini and
 * nagios-plugins.ini in each folder of $NAGIOS_CONFIG_PATH, and the well-known
 * places (the list is in extra_opts_find.c).  "@-" is standard input.  A file that
 * everybody may read and that holds the key `password` is refused
 * (usage.secret) unless --allow-readable-secret is on the command line.
 */
#ifndef PLUGIN_EXTRA_OPTS_H
#define PLUGIN_EXTRA_OPTS_H

#include "plugin/opt.h"
#include "plugin/settings.h"

enum {
	INI_FILE_MAX = 1024 * 1024,
	INI_KEYS_MAX = 256,
	EXTRA_OPTS_PATH_MAX = 4096
};

struct ini_pair {
	char	*key;
	char	*value;		/* NULL: a bare flag */
};

/*
 * ini_section - parse the text of a file, which it cuts up (a NUL may come to
 * stand at text[len]) and which must outlive the pairs, and give the pairs of a section; repeated sections merge.
 * Returns how many, INI_BROKEN on a line that cannot be understood and
 * INI_CROWDED on the first pair too many, both with *line set.  *found says
 * whether the section exists.
 */
enum { INI_BROKEN = -1, INI_CROWDED = -2 };
int	ini_section(char *text, size_t len, const char *section, struct ini_pair [INI_KEYS_MAX], unsigned *line, bool *found);
/* ini_holds - does any section have this key?  To be asked before ini_section(). */
bool	ini_holds(const char *text, size_t len, const char *key);

/* what an --extra-opts gave */
struct extra_opts {
	struct ini_pair	 pairs[INI_KEYS_MAX];
	int		 n;
	char		 place[256];	/* "section check_imap_login of /etc/plugins.ini", cleaned, for sentences */
};

/*
 * extra_opts_read - argument of --extra-opts (NULL or "": bare) to pairs; false
 * with the error filled in.  The text goes to the settings, whose
 * allow_readable_secret and timeout (as far as they are known by now) it obeys.
 */
bool	extra_opts_read(const char *arg, const struct plugin *, struct settings *, struct extra_opts *, struct opt_error *);
/* extra_opts_find - the path of the default file; false if there is none */
bool	extra_opts_find(char path[EXTRA_OPTS_PATH_MAX]);
/* extra_opts_names, extra_opts_places - file names looked for in the folders of $NAGIOS_CONFIG_PATH, and whole paths after these; ended by NULL */
extern const char *const extra_opts_names[];
extern const char *const extra_opts_places[];

#endif
