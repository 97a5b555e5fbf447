/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_types_cert - what a certificate is to be measured against
 */
#include <string.h>

#include "judge/hygiene.h"
#include "judge/pins.h"
#include "plugin/plugin.h"

static bool
set_pin(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	(void)plugin;
	return pins_add(field, span_of(value), why);
}

const struct opt_type opt_pin = {
	.has_value = true, .repeatable = true, .set = set_pin, .noun = "pin"
};

static const char *const policy_words[] = { "public", "private", NULL };

static bool
set_policy(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	enum cert_policy *policy = field;

	(void)plugin;
	if (strcmp(value, "public") != 0 && strcmp(value, "private") != 0) {
		(void)buf_str(why, "public or private");
		return false;
	}
	*policy = strcmp(value, "public") == 0 ? CERT_POLICY_PUBLIC :
	    CERT_POLICY_PRIVATE;
	return true;
}

const struct opt_type opt_cert_policy = {
	.has_value = true, .set = set_policy, .choices = policy_words,
	.noun = "policy"
};
