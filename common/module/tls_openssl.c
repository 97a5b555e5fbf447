/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_openssl - the TLS engine (module "tls"), for checks that seldom need it
 *
 * It is the same engine that others are linked with.
 */
#include "module/module.h"
#include "world/tls_engine.h"

const struct module monitoring_plugins_mail_module = {
	.version = MODULE_VERSION,
	.name = "tls",
	.functions = &tls_openssl
};
