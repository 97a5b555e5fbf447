/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * idn - internationalised names over libidn2: RFC 5891, UTS 46 non-transitional
 *
 * STD3 rules are not asked of the library, since they forbid the underscore
 * that real names hold; what comes out must be a host name by our own rule.
 */
#include <idn2.h>

#include <stdint.h>

#include "base/target.h"
#include "base/text.h"
#include "module/module.h"

static bool
to_ascii(const char *name, char *out, size_t size, struct buf *why)
{
	const int	 flags = IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL;
	char		*ascii = NULL;
	int		 error;
	bool		 done;

	error = idn2_to_ascii_8z(name, &ascii, flags);
	if (error != IDN2_OK) {
		text_clean(why, span_of(name), TEXT_QUOTE_MAX);
		buf_str(why, " is no host name: ");
		text_clean(why, span_of(idn2_strerror(error)), TEXT_QUOTE_MAX);
		return false;
	}
	done = target_is_host(span_of(ascii)) &&
	    span_copy(span_of(ascii), out, size);
	idn2_free(ascii);
	if (!done) {
		text_clean(why, span_of(name), TEXT_QUOTE_MAX);
		buf_str(why, " is no host name: a character that host names "
		    "do not have, or too long");
	}
	return done;
}

static const struct idn_functions functions = { .to_ascii = to_ascii };

const struct module monitoring_plugins_mail_module = {
	.version = MODULE_VERSION,
	.name = "idn",
	.functions = &functions
};
