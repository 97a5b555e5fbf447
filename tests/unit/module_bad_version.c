/* SPDX-License-Identifier: GPL-3.0-or-later */
/* module_bad_version - as a later release may bring it, for test_module */
#include "module/module.h"

static const struct idn_functions functions;

const struct module monitoring_plugins_mail_module = {
	.version = MODULE_VERSION + 1,
	.name = "bad_version",
	.functions = &functions
};
