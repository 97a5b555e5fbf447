/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_values - what an answer holds, in our own terms
 */
#include <string.h>

#include "module/snmp_parts.h"

static void
take_number(struct snmp_value *value, uint64_t number)
{
	value->kind = SNMP_NUMBER;
	value->number = number > INT64_MAX ? INT64_MAX : (int64_t)number;
}

static void
take_bytes(struct snmp_value *value, const netsnmp_variable_list *v)
{
	value->kind = SNMP_BYTES;
	value->len = v->val_len < SNMP_BYTES_MAX ? v->val_len :
	    SNMP_BYTES_MAX;
	if (value->len > 0)
		memcpy(value->bytes, v->val.string, value->len);
}

static void
take_value(struct snmp_value *value, const netsnmp_variable_list *v)
{
	size_t n = v->val_len / sizeof(oid);

	switch (v->type) {
	case ASN_INTEGER:
		value->kind = SNMP_NUMBER;
		value->number = *v->val.integer;
		break;
	case ASN_GAUGE:
	case ASN_COUNTER:
	case ASN_TIMETICKS:
	case ASN_UINTEGER:
		take_number(value, (uint32_t)*v->val.integer);
		break;
	case ASN_COUNTER64:
		take_number(value, (uint64_t)v->val.counter64->high << 32 |
		    (v->val.counter64->low & 0xffffffff));
		break;
	case ASN_OCTET_STR:
		take_bytes(value, v);
		break;
	case ASN_OBJECT_ID:
		value->kind = SNMP_NAME;
		value->number = n > 0 ? (int64_t)(uint32_t)
		    v->val.objid[n - 1] : -1;
		break;
	case SNMP_NOSUCHOBJECT:
	case SNMP_NOSUCHINSTANCE:
	case SNMP_ENDOFMIBVIEW:
		value->kind = SNMP_NOTHING;
		break;
	default:
		value->kind = SNMP_OTHER;
	}
}

void
snmp_values_take(struct snmp *snmp, const netsnmp_pdu *pdu)
{
	const netsnmp_variable_list *v;
	struct snmp_value *value;
	size_t i;

	for (v = pdu->variables; v != NULL && snmp->n < SNMP_VALUES_MAX;
	    v = v->next_variable) {
		value = &snmp->values[snmp->n++];
		memset(value, 0, sizeof(*value));
		value->name.n = v->name_length < SNMP_OID_MAX ?
		    v->name_length : SNMP_OID_MAX;
		for (i = 0; i < value->name.n; i++)
			value->name.part[i] = (uint32_t)v->name[i];
		take_value(value, v);
	}
}
