/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp - the module "snmp", over net-snmp
 *
 * In a file of its own, since the library, too, has a struct module.
 */
#include "module/module.h"
#include "module/snmp_netsnmp.h"

const struct module monitoring_plugins_mail_module = {
	.version = MODULE_VERSION,
	.name = "snmp",
	.functions = &snmp_netsnmp
};
