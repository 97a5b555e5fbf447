/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_netsnmp - what the module "snmp" hands out
 */
#ifndef MODULE_SNMP_NETSNMP_H
#define MODULE_SNMP_NETSNMP_H

#include "dialog/snmp.h"

extern const struct snmp_functions snmp_netsnmp;

#endif
