/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt - one table of options, from which all else follows
 *
 * A row is the parser, the line in --help, the paragraph in the man page and
 * the entry in each completion.  A type is a struct of its own, so that a check
 * can bring one along.  Defaults are strings that go through the same parser as
 * the user's, before his.
 */
#ifndef PLUGIN_OPT_H
#define PLUGIN_OPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/span.h"
#include "report/cause.h"
#include "report/render.h"

struct plugin;
struct settings;

/* why a value or a line of options was not taken */
struct opt_error {
	enum cause	cause;		/* usage.option or usage.secret, internal.error without memory; CAUSE_NONE: nothing wrong */
	struct buf	sentence;	/* one line naming option, value and what to do; the caller gives it a cap of SENTENCE_MAX */
};

struct opt_type {
	bool	 has_value;
	bool	 repeatable;		/* each use adds; otherwise the last one wins */
	/*
	 * set - put the value where `field` points.  The value is NUL-ended,
	 * has no control characters, is at most OPT_VALUE_MAX bytes, and lives
	 * as long as the process.  On refusal returns false and says in `why`
	 * what would be right ("a number of seconds such as 10, 500ms or 2m").
	 */
	bool	(*set)(void *field, const char *value, const struct plugin *,
		    struct buf *why);
	const char *const *choices;	/* for completions; NULL none */
	enum { COMPLETE_NONE, COMPLETE_FILE, COMPLETE_DIR, COMPLETE_HOST, COMPLETE_USER } complete;
	bool	 optional;		/* the value may be left out (set() gets NULL) and is never the next word */
	bool	 discreet;		/* a value that is refused may hold a secret and is not repeated */
	const char *noun;		/* "port", for "--port=0 is no port"; NULL: "valid value" */
};

struct opt {
	char			 letter;	/* 0: none */
	const char		*name;
	const struct opt_type	*type;
	size_t			 offset;	/* of the field in the group's base */
	const char		*arg;		/* "PORT"; NULL for flags */
	const char		*deflt;		/* NULL: none; shown and parsed */
	const char		*help;		/* one to three plain sentences; no final full stop needed */
	const char		*alias;		/* row of the same field under an older name: the name it is an alias of; shown in one line */
	unsigned		 uses;		/* enum plugin_uses: the row is not there where the plugin lacks one of them; 0 always there */
};

struct opt_group {
	const char		*title;		/* "Server" */
	const struct opt	*rows;		/* up to a row without name */
	void			*base;		/* what the offsets count from */
};

enum {
	OPT_GROUPS_MAX = 12,
	OPT_VALUE_MAX = 64 * 1024
};

/* what a command line asked for */
enum opt_outcome { OPT_RUN, OPT_HELP, OPT_VERSION, OPT_DESCRIBE, OPT_BAD };

/*
 * opt_parse - defaults, then --extra-opts files, then argv, into the settings
 * and the plugin's own fields.  No abbreviations; "--name=value",
 * "--name value", "-x value", "-xvalue", bundled flags; "--" ends options; any
 * positional argument is refused.  An empty value is refused for every option.
 * A one-letter option that takes a value never takes the next word when that
 * looks like a long option of this table ("-H --port=1" is a missing value).
 */
enum opt_outcome opt_parse(const struct plugin *, struct settings *, int argc,
		    char *const argv[], struct opt_error *);
/* opt_groups - the groups of a plugin in order, its own first; returns how many */
size_t		opt_groups(const struct plugin *, struct settings *,
		    struct opt_group [OPT_GROUPS_MAX]);

/* opt_row - this row of a group or the first behind it that the plugin has; NULL at the end */
const struct opt *opt_row(const struct plugin *, const struct opt *);
/* opt_default - the default of a row in this plugin, NULL none: the row's own, but for -t and --connect-timeout, which each plugin sets */
const char	*opt_default(const struct plugin *, const struct opt *);
/* opt_repeats - does each use of this row add in this plugin (-H only where it takes many) */
bool		 opt_repeats(const struct plugin *, const struct opt *);
/* opt_wanted_format - the output format asked for anywhere on the line; the last one that makes sense, else FORMAT_TEXT */
enum format	 opt_wanted_format(int argc, char *const argv[]);
/* opt_refuse - fill in the error, in place of an earlier one; what comes from outside must have passed text_clean() */
void		 opt_refuse(struct opt_error *, enum cause, const char *fmt, ...)
		    __attribute__((format(printf, 3, 4)));

extern const struct opt_type opt_flag;		/* bool */
extern const struct opt_type opt_count;		/* unsigned: each use adds one */
extern const struct opt_type opt_text;		/* const char *: not empty, UTF-8, no control characters */
extern const struct opt_type opt_file;		/* const char *: a path of a file */
extern const struct opt_type opt_dir;		/* const char *: a path of a folder */
extern const struct opt_type opt_host;		/* struct host_list: host name or address, IDN allowed */
extern const struct opt_type opt_name;		/* struct host_name: one host name (--sni) */
extern const struct opt_type opt_port;		/* uint16_t: 1-65535 or the name of a mail service */
extern const struct opt_type opt_address;	/* struct address */
extern const struct opt_type opt_reference;	/* struct reference_list: HOST:PORT, at most 4 */
extern const struct opt_type opt_proxy;		/* struct proxy: socks5h://HOST[:PORT] or http://HOST[:PORT] */
extern const struct opt_type opt_duration;	/* int64_t microseconds, above 0, at most 1 day */
extern const struct opt_type opt_pause;		/* int64_t microseconds, 0 allowed, at most 100 years */
extern const struct opt_type opt_timeout;	/* struct timeout: SECONDS[:STATE] */
extern const struct opt_type opt_state;		/* struct maybe_state */
extern const struct opt_type opt_severity;	/* struct severity_list: CAUSE=STATE */
extern const struct opt_type opt_cause;		/* enum cause */
extern const struct opt_type opt_warning;	/* struct threshold_list: [METRIC=]RANGE */
extern const struct opt_type opt_critical;	/* same list */
extern const struct opt_type opt_ports;		/* struct port_set: LIST of base/port_set.h */
extern const struct opt_type opt_expect_ports;	/* struct port_policy: WORD:PORT[,WORD:PORT...] */
extern const struct opt_type opt_probe;		/* enum probe_depth */
extern const struct opt_type opt_attempts;	/* unsigned: 1 to ATTEMPTS_MAX */
extern const struct opt_type opt_days;		/* struct threshold_list: WARN[,CRIT] days on cert_days */
extern const struct opt_type opt_pin;		/* struct pin_list of judge/pins.h: each use adds */
extern const struct opt_type opt_cert_policy;	/* enum cert_policy of judge/hygiene.h */
extern const struct opt_type opt_tls_mode;	/* struct tls_choice */
extern const struct opt_type opt_proxy_header;	/* enum proxy_version: v1 or v2 */
extern const struct opt_type opt_tls_ssl;	/* the same: -S */
extern const struct opt_type opt_tls_version;	/* int: 10 11 12 13 */
extern const struct opt_type opt_mechanisms;	/* struct mechanism_list: MECH[,MECH...] or strongest */
extern const struct opt_type opt_fd;		/* int: 0 to 1023 */
extern const struct opt_type opt_uint;		/* unsigned: 0 to 1000000 */
extern const struct opt_type opt_mailboxes;	/* struct mailbox_list: names in UTF-8 */
extern const struct opt_type opt_folder;	/* const char *: one name in UTF-8, to be written to */
extern const struct opt_type opt_search;	/* const char *: IMAP search criteria that stay on their line */
extern const struct opt_type opt_fetch;		/* unsigned: messages to download, 1 to 1000; 1 when bare */
extern const struct opt_type opt_when;		/* struct maybe_when */
extern const struct opt_type opt_format;	/* enum format */
extern const struct opt_type opt_describe;	/* enum describe */
extern const struct opt_type opt_extra_opts;	/* const char *: [SECTION][@FILE], "" when bare */
extern const struct opt_type opt_ipv4;		/* int: 4; the last of -4 and -6 wins */
extern const struct opt_type opt_ipv6;		/* int: 6 */

#endif
