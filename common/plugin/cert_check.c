/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_check - options of the check of certificates that do not go together
 */
#include <sys/stat.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "plugin/cert.h"

static bool
has_ports(const struct cert_options *options)
{
	return port_set_next(&options->ports, 1) != 0;
}

/* beside_files - an option that makes no sense with --file; NULL */
static const char *
beside_files(const struct cert_options *options, const struct settings *set)
{
	return set->port != 0 ? "--port" : has_ports(options) ? "--ports" :
	    options->dialect != NULL ? "--protocol" :
	    options->compare != NULL ? "--compare-file" :
	    set->tls.given ? "--tls" :
	    set->address.family != 0 ? "--address" :
	    set->all_addresses ? "--all-addresses" : NULL;
}

/* check_file - so that a wrong path is told before anything is asked */
static bool
check_file(const char *path, struct opt_error *error)
{
	const char *why = NULL;
	struct buf clean;
	struct stat st;

	if (stat(path, &st) != 0 || (S_ISREG(st.st_mode) &&
	    access(path, R_OK) != 0))
		why = errno == EACCES ? "it may not be read: check its "
		    "permissions" : errno == ENOENT ? "there is no such file: "
		    "check the path" : "it cannot be read: check the path";
	else if (!S_ISREG(st.st_mode))
		why = "it is no regular file: name a file of certificates";
	if (why == NULL)
		return true;
	buf_init(&clean, SENTENCE_MAX);
	text_clean(&clean, span_of(path), TEXT_QUOTE_MAX);
	opt_refuse(error, CAUSE_USAGE_OPTION, "--compare-file=%s: %s",
	    buf_cstr(&clean), why);
	buf_free(&clean);
	return false;
}

/* check_starttls - nobody can start TLS in a protocol that is not known */
static bool
check_starttls(const struct cert_options *options, const struct settings *set,
    struct opt_error *error)
{
	const uint16_t *list = &set->port;
	size_t n = 1, i;

	if (!set->tls.given || set->tls.mode != TLS_STARTTLS ||
	    options->dialect != NULL)
		return true;
	if (set->port == 0)
		list = cert_ports(options, set, &n);
	for (i = 0; i < n; i++) {
		if (dialect_of_port(list[i]) != NULL)
			continue;
		opt_refuse(error, CAUSE_USAGE_OPTION, "--tls=starttls on port "
		    "%u needs the protocol: name it with --protocol",
		    (unsigned)list[i]);
		return false;
	}
	return true;
}

/* check_many - each target costs memory */
static bool
check_many(const struct cert_options *options, const struct settings *set,
    struct opt_error *error)
{
	size_t n = 1;

	if (set->port == 0)
		(void)cert_ports(options, set, &n);
	if (set->hosts.n <= CERT_TARGETS_MAX / n)
		return true;
	opt_refuse(error, CAUSE_USAGE_OPTION, "--ports with %zu ports of each "
	    "of %zu hosts: at most %d in one run, so name fewer", n,
	    set->hosts.n, CERT_TARGETS_MAX);
	return false;
}

static bool
check_hosts(const struct cert_options *options, const struct settings *set,
    struct opt_error *error)
{
	if (set->tls.given && set->tls.mode == TLS_NONE) {
		opt_refuse(error, CAUSE_USAGE_OPTION, "--tls=none shows no "
		    "certificate: use implicit or starttls");
		return false;
	}
	if (set->port != 0 && has_ports(options)) {
		opt_refuse(error, CAUSE_USAGE_OPTION, "--port=%u and --ports "
		    "exclude each other: name all of them with --ports",
		    (unsigned)set->port);
		return false;
	}
	return check_many(options, set, error) &&
	    check_starttls(options, set, error) &&
	    (options->compare == NULL || check_file(options->compare, error));
}

bool
cert_check(const struct cert_options *options, const struct settings *set,
    struct opt_error *error)
{
	const char *other = beside_files(options, set);
	struct buf path;

	if (options->files.n == 0 && (set->password_file != NULL ||
	    set->password_env != NULL || set->password_fd >= 0)) {
		opt_refuse(error, CAUSE_USAGE_OPTION, "a password opens a "
		    "file of PKCS#12: name it with --file, or leave the "
		    "password out");
		return false;
	}
	if (options->files.n == 0)
		return check_hosts(options, set, error);
	if (other == NULL)
		return true;
	buf_init(&path, SENTENCE_MAX);
	text_clean(&path, span_of(options->files.paths[0]), TEXT_QUOTE_MAX);
	opt_refuse(error, CAUSE_USAGE_OPTION, "%s says something of servers, "
	    "and --file=%s asks none: leave out one of the two", other,
	    buf_cstr(&path));
	buf_free(&path);
	return false;
}
