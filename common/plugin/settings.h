/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * settings - what the options that all checks share were set to
 *
 * Borrowed strings point into argv or into the text of an --extra-opts file,
 * which lives until the process ends.  No secret is ever in here but
 * `password`, which only an --extra-opts file can set and which the secret
 * reader wipes as soon as it has taken it.
 */
#ifndef PLUGIN_SETTINGS_H
#define PLUGIN_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"
#include "base/host_list.h"
#include "base/proxy_header.h"
#include "base/target.h"
#include "judge/threshold.h"
#include "judge/via.h"
#include "report/render.h"
#include "report/result.h"

struct opt_error;
struct plugin;

enum {
	HOSTS_MAX = 65536,
	REFERENCES_MAX = 4,
	SEVERITIES_MAX = 64,
	MECHANISMS_MAX = 8,
	MAILBOX_OPTIONS_MAX = 16,
	THRESHOLDS_MAX = 32,
	PATTERN_MAX = 64,		/* bytes of a cause or a prefix of causes with its NUL */
	EXTRA_OPTS_MAX = 16		/* --extra-opts on one line */
};

enum describe { DESCRIBE_NONE, DESCRIBE_MAN, DESCRIBE_BASH, DESCRIBE_ZSH, DESCRIBE_FISH,
	DESCRIBE_ICINGA2, DESCRIBE_NAGIOS };

struct host_name {
	char		 name[HOST_MAX];	/* ASCII; "" not given */
};

/* hosts that have nothing to do with the server */
struct reference_list {
	struct {
		char	 host[HOST_MAX];
		uint16_t port;
	}		 rows[REFERENCES_MAX];
	size_t		 n;
};

struct timeout {
	int64_t		 usec;
	bool		 has_state;
	enum state	 state;
};

struct maybe_state { bool given; enum state state; };
struct maybe_when { bool given; int64_t epoch; };
struct tls_choice { bool given; enum tls_mode mode; };

struct severity_list {
	struct severity	 rows[SEVERITIES_MAX];	/* their patterns are in texts */
	char		 texts[SEVERITIES_MAX][PATTERN_MAX];
	size_t		 n;
};

struct threshold_list {
	struct threshold rows[THRESHOLDS_MAX];
	size_t		 n;
};

struct mechanism_list {
	const char	*names[MECHANISMS_MAX];	/* upper case IANA names */
	size_t		 n;
	bool		 strongest;
};

struct mailbox_list {
	const char	*names[MAILBOX_OPTIONS_MAX];
	size_t		 n;
	unsigned	 uses;			/* how often it was set, by the default too */
};

/* the text of an --extra-opts file, which others borrow from */
struct ini_text {
	char		*data;
	size_t		 len;
};

struct settings {
	/* server */
	struct host_list hosts;			/* names in UTF-8, addresses without brackets */
	const char	*hosts_file;		/* "-": standard input */
	size_t		 hosts_named;		/* hosts by -H; those from here on are of the file */
	uint16_t	 port;			/* 0: by --tls */
	int		 family;		/* 0 4 6 */
	struct address	 address;
	struct address	 source;
	bool		 all_addresses;
	struct reference_list references;
	struct proxy	 proxy;
	enum proxy_version proxy_header;	/* said before all else */
	int64_t		 connect_timeout;	/* 0: as long as the run */
	unsigned	 parallel;		/* 0: descriptor limit - 64 */
	unsigned	 rate;
	/* TLS */
	struct tls_choice tls;
	const char	*ca_file;
	const char	*ca_path;
	bool		 no_verify;
	struct host_name sni;
	int		 tls_min;		/* 10 11 12 13 */
	int		 tls_max;		/* 0: none */
	const char	*client_cert;
	const char	*client_key;
	struct maybe_when at;
	/* account */
	const char	*user;
	const char	*password_file;
	const char	*password_env;
	int		 password_fd;		/* -1: none */
	char		*password;		/* from --extra-opts only */
	bool		 allow_readable_secret;
	struct mechanism_list auth;
	bool		 allow_cleartext;
	int64_t		 backoff;
	const char	*state_dir;
	/* judgement */
	struct threshold_list thresholds;
	struct timeout	 timeout;
	struct maybe_state timeout_result;
	struct severity_list severities;
	enum cause	 expect;
	/* output */
	enum format	 format;
	unsigned	 verbose;
	enum describe	 describe;
	bool		 help;
	bool		 version;
	/* --extra-opts */
	const char	*extra_opts;		/* the last one; "" bare */
	struct ini_text	 texts[EXTRA_OPTS_MAX];
	size_t		 ntexts;
};

/* settings_init - nothing given, nothing owned */
void	settings_init(struct settings *);
/* settings_check - do the shared options go together?  False with the error filled in; opt_parse() has called it. */
bool	settings_check(const struct settings *, struct opt_error *);
/* settings_origin - "--hostname=", or "--hosts-file: ": what a sentence about that host begins with */
const char *settings_origin(const struct settings *, size_t host);
/* settings_free - wipe and free what the settings own */
void	settings_free(struct settings *);

#endif
