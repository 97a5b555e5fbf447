/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * module - a library is paid for only by the run that uses it
 *
 * A module is a shared object in the package's own folder (PKGLIBDIR, fixed
 * when the package is built; neither the environment nor an option can name
 * another).  It exports one const struct, `monitoring_plugins_mail_module`,
 * whose version must equal MODULE_VERSION, which is raised when anything
 * changes that a module shares with the programs: its functions, and the
 * structs, lists and enumerations that those take.  Modules are never unloaded.
 *
 *	name	functions			declared in
 *	http	struct http_functions		module/http.h
 *	idn	struct idn_functions		here
 *	json	struct json_functions		module/json.h
 *	sasl	struct sasl_functions		dialog/sasl.h
 *	snmp	struct snmp_functions		dialog/snmp.h
 *	tls	struct tls_engine		world/tls_engine.h
 */
#ifndef MODULE_MODULE_H
#define MODULE_MODULE_H

#include "base/buf.h"
#include "base/span.h"

#define MODULE_VERSION 2
#define MODULE_SYMBOL "monitoring_plugins_mail_module"

struct module {
	unsigned	 version;
	const char	*name;		/* "idn" */
	const void	*functions;	/* by the name, see above */
};

/* what each module defines, and nothing else of it can be seen */
extern const struct module monitoring_plugins_mail_module
    __attribute__((visibility("default")));

/* module_load - by name ("idn" is PKGLIBDIR/idn.so); NULL with a sentence in `why` that names file and remedy: internal.module */
const struct module *module_load(const char *name, struct buf *why);
/* module_load_from - the same from a given folder; for the loader's own tests */
const struct module *module_load_from(const char *dir, const char *name, struct buf *why);

/* idn: internationalised names, RFC 5891 (libidn2, non-transitional UTS 46) */
struct idn_functions {
	/* to_ascii - UTF-8 name to A-labels, NUL-ended in `out`; false with plain words in `why` */
	bool	(*to_ascii)(const char *name, char *out, size_t size, struct buf *why);
};

#endif
