/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * metric - what is measured, in base units
 */
#include "report/metric.h"

#define METRIC(ident, label, uom, falling, meaning) \
	[METRIC_##ident] = { label, uom, falling, meaning },
static const struct metric_info metrics[METRIC_COUNT] = {
#include "report/metric_list.h"
};
#undef METRIC

static const enum metric_id durations[STAGE_COUNT] = {
	[STAGE_DNS]	 = METRIC_DNS,
	[STAGE_CONNECT]	 = METRIC_CONNECT,
	[STAGE_GREETING] = METRIC_GREETING,
	[STAGE_TLS]	 = METRIC_TLS,
	[STAGE_AUTH]	 = METRIC_AUTH,
	[STAGE_SUBMIT]	 = METRIC_SUBMIT,
	[STAGE_MAILBOX]	 = METRIC_MAILBOX,
	[STAGE_FETCH]	 = METRIC_FETCH,
	[STAGE_QUOTA]	 = METRIC_QUOTA
};

const struct metric_info *
metric_info(enum metric_id id)
{
	return &metrics[id];
}

enum metric_id
metric_find(struct span label)
{
	unsigned i;

	for (i = 0; i < METRIC_COUNT; i++)
		if (span_is(label, metrics[i].label))
			break;
	return (enum metric_id)i;
}

enum unit
metric_unit(enum metric_id id)
{
	if (id == METRIC_DAYS || id == METRIC_CERT_DAYS)
		return UNIT_DAYS;
	switch (metrics[id].uom[0]) {
	case 's':
		return UNIT_SECONDS;
	case 'B':
		return UNIT_BYTES;
	case '%':
		return UNIT_PERCENT;
	default:
		return UNIT_NONE;
	}
}

bool
metric_is_duration(enum metric_id id)
{
	return id == METRIC_TIME || metric_stage(id) != STAGE_NONE;
}

enum stage
metric_stage(enum metric_id id)
{
	unsigned i;

	for (i = 0; i < STAGE_COUNT; i++)
		if (durations[i] == id)
			return (enum stage)i;
	return STAGE_NONE;
}

enum metric_id
metric_of_stage(enum stage s)
{
	return s < STAGE_COUNT ? durations[s] : METRIC_COUNT;
}

enum metric_id
metric_in_order(unsigned nth, bool tls_first)
{
	enum stage s = metric_stage((enum metric_id)nth);

	if (s == STAGE_NONE)
		return (enum metric_id)nth;
	return metric_of_stage(stage_of_work(s, tls_first));
}
