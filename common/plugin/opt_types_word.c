/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_types_word - values that are one of a list of words
 */
#include <string.h>

#include "judge/port_facts.h"
#include "plugin/plugin.h"

/*
 * find_word - its place in the list, letters of any case; -1 if it is none of
 * them, with the list in `why`
 */
static int
find_word(struct span s, const char *const *words, struct buf *why)
{
	int i;

	for (i = 0; words[i] != NULL; i++)
		if (span_is(s, words[i]))
			return i;
	for (i = 0; words[i] != NULL; i++)
		buf_fmt(why, "%s%s", i == 0 ? "" :
		    words[i + 1] == NULL ? " or " : ", ", words[i]);
	return -1;
}

static const char *const tls_words[] = { "implicit", "starttls", "none", NULL };
static const enum tls_mode tls_modes[] = {
	TLS_IMPLICIT, TLS_STARTTLS, TLS_NONE
};

static bool
set_tls_mode(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct tls_choice *tls = field;
	int i = find_word(span_of(value), tls_words, why);

	(void)plugin;
	if (i < 0)
		return false;
	*tls = (struct tls_choice){ .given = true, .mode = tls_modes[i] };
	return true;
}

const struct opt_type opt_tls_mode = {
	.has_value = true, .set = set_tls_mode, .choices = tls_words,
	.noun = "TLS mode"
};

static bool
set_tls_ssl(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct tls_choice *tls = field;

	(void)value;
	(void)plugin;
	(void)why;
	*tls = (struct tls_choice){ .given = true, .mode = TLS_IMPLICIT };
	return true;
}

const struct opt_type opt_tls_ssl = { .set = set_tls_ssl };

static const char *const header_words[] = { "v1", "v2", NULL };

static bool
set_proxy_header(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	enum proxy_version *version = field;
	int i = find_word(span_of(value), header_words, why);

	(void)plugin;
	if (i < 0)
		return false;
	*version = (enum proxy_version)(PROXY_HEADER_V1 + i);
	return true;
}

const struct opt_type opt_proxy_header = {
	.has_value = true, .set = set_proxy_header, .choices = header_words,
	.noun = "version of the PROXY protocol"
};

static const char *const probe_words[] = {
	[PROBE_CONNECT] = "connect", [PROBE_GREETING] = "greeting",
	[PROBE_TLS] = "tls", NULL
};

static bool
set_probe(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	enum probe_depth *probe = field;
	int i = find_word(span_of(value), probe_words, why);

	(void)plugin;
	if (i < 0)
		return false;
	*probe = (enum probe_depth)i;
	return true;
}

const struct opt_type opt_probe = {
	.has_value = true, .set = set_probe, .choices = probe_words,
	.noun = "probe"
};

static const char *const version_words[] = { "1.0", "1.1", "1.2", "1.3", NULL };

static bool
set_tls_version(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	int *version = field;
	int i = find_word(span_of(value), version_words, why);

	(void)plugin;
	if (i < 0)
		return false;
	*version = 10 + i;
	return true;
}

const struct opt_type opt_tls_version = {
	.has_value = true, .set = set_tls_version, .choices = version_words,
	.noun = "TLS version"
};

static const char *const format_words[] = {
	"text", "json", "openmetrics", "multi-line", NULL
};

static bool
set_format(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct span s = span_of(value);

	(void)plugin;
	return find_word(s, format_words, why) >= 0 && format_parse(s, field);
}

const struct opt_type opt_format = {
	.has_value = true, .set = set_format, .choices = format_words,
	.noun = "output format"
};

static const char *const describe_words[] = {
	"man", "bash", "zsh", "fish", "icinga2", "nagios", NULL
};

static bool
set_describe(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	enum describe *describe = field;
	int i = find_word(span_of(value), describe_words, why);

	(void)plugin;
	if (i < 0)
		return false;
	*describe = (enum describe)(DESCRIBE_MAN + i);
	return true;
}

const struct opt_type opt_describe = {
	.has_value = true, .set = set_describe, .choices = describe_words,
	.noun = "document"
};

/* those that this program can speak; the last word is none but a way to choose */
static const char *const mechanism_words[] = {
	"PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1",
	"SCRAM-SHA-256", "EXTERNAL", "APOP", "strongest", NULL
};

/* add_mechanism - a second time changes nothing */
static bool
add_mechanism(struct mechanism_list *list, const char *name, struct buf *why)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (list->names[i] == name)
			return true;
	if (list->n == MECHANISMS_MAX) {
		buf_fmt(why, "at most %d of them", MECHANISMS_MAX);
		return false;
	}
	list->names[list->n++] = name;
	return true;
}

static bool
set_mechanisms(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct mechanism_list list = { .n = 0 };
	const char *p = value;

	(void)plugin;
	if (span_is(span_of(value), "strongest")) {
		list.strongest = true;
		memcpy(field, &list, sizeof(list));
		return true;
	}
	for (;; p++) {
		struct span s = { p, strcspn(p, ",") };
		int i = find_word(s, mechanism_words, why);

		if (i < 0)
			return false;
		if (span_is(s, "strongest")) {
			buf_str(why, "strongest alone");
			return false;
		}
		if (!add_mechanism(&list, mechanism_words[i], why))
			return false;
		p += s.len;
		if (*p == '\0')
			break;
	}
	memcpy(field, &list, sizeof(list));
	return true;
}

const struct opt_type opt_mechanisms = {
	.has_value = true, .set = set_mechanisms, .choices = mechanism_words,
	.noun = "list of mechanisms"
};
