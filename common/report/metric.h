/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * metric - what is measured, in base units
 *
 * The list is metrics.tsv; metric_list.h is made from it at build time, a row
 * each: METRIC(IDENT, "label", "unit", falling, "meaning").
 */
#ifndef REPORT_METRIC_H
#define REPORT_METRIC_H

#include "base/number.h"
#include "base/range.h"
#include "report/stage.h"

#define METRIC(ident, label, uom, falling, meaning) METRIC_##ident,
enum metric_id {
#include "report/metric_list.h"
	METRIC_COUNT
};
#undef METRIC

struct metric_info {
	const char	*label;
	const char	*uom;		/* as in perfdata: "s", "B", "%" or "" */
	bool		 falling;	/* a bare N in -w and -c means N: */
	const char	*meaning;
};

struct metric {
	enum metric_id	 id;
	uint16_t	 port;		/* of a target with several ports, which one; 0: the whole */
	double		 value;
	struct range	 warn, crit;
	bool		 has_warn, has_crit, has_min, has_max;
	double		 min, max;
	bool		 judged;	/* against its thresholds: a finding was made of it, or none */
};

const struct metric_info *metric_info(enum metric_id);
/* metric_find - METRIC_COUNT if there is none of that label */
enum metric_id		 metric_find(struct span);
/* metric_unit - which suffixes its thresholds take */
enum unit		 metric_unit(enum metric_id);
/* metric_is_duration - does breaking its threshold mean `slow`? metric_stage - the stage it times, else STAGE_NONE */
bool			 metric_is_duration(enum metric_id);
enum stage		 metric_stage(enum metric_id);
/* metric_of_stage - the duration of a stage, METRIC_COUNT if it has none */
enum metric_id		 metric_of_stage(enum stage);
/* metric_in_order - the nth metric (below METRIC_COUNT) as reports list them: the whole, the stages as the work goes, the others */
enum metric_id		 metric_in_order(unsigned nth, bool tls_first);

#endif
