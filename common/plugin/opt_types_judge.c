/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_types_judge - states, causes and thresholds
 */
#include <string.h>

#include "base/number.h"
#include "plugin/nearest.h"
#include "plugin/plugin.h"

#define DAYS_MAX	36525.0		/* a hundred years */

static bool
set_state(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct maybe_state *maybe = field;
	enum state state;

	(void)plugin;
	if (!state_parse(span_of(value), &state)) {
		buf_str(why, "ok, warning, critical or unknown");
		return false;
	}
	*maybe = (struct maybe_state){ .given = true, .state = state };
	return true;
}

static const char *const state_words[] = {
	"ok", "warning", "critical", "unknown", NULL
};

const struct opt_type opt_state = {
	.has_value = true, .set = set_state, .choices = state_words,
	.noun = "state"
};

/* say_nearest - the cause that may have been meant */
static void
say_nearest(struct buf *why, struct span wanted)
{
	struct nearest nearest;
	unsigned i;

	nearest_start(&nearest, wanted);
	for (i = CAUSE_NONE + 1; i < CAUSE_COUNT; i++)
		nearest_try(&nearest, cause_info((enum cause)i)->slug);
	if (nearest.found != NULL)
		buf_fmt(why, "; the nearest cause is %s", nearest.found);
}

static bool
set_cause(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	enum cause *cause = field;
	enum cause found = cause_find(span_of(value));

	(void)plugin;
	if (found == CAUSE_NONE) {
		buf_str(why, "one such as auth.rejected (the manual lists "
		    "them)");
		say_nearest(why, span_of(value));
		return false;
	}
	*cause = found;
	return true;
}

const struct opt_type opt_cause = {
	.has_value = true, .set = set_cause, .noun = "cause"
};

static bool
set_severity(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct severity_list *list = field;
	struct span pattern = { value, strcspn(value, "=") };
	const char *word = value + pattern.len;
	enum state state;
	char *text;

	(void)plugin;
	if (*word != '=' || !state_parse(span_of(word + 1), &state) ||
	    !cause_pattern_ok(pattern)) {
		buf_str(why, "CAUSE=STATE such as cert.expiring=critical or "
		    "'cert.*=warning'");
		say_nearest(why, pattern);
		return false;
	}
	text = list->n < SEVERITIES_MAX ? list->texts[list->n] : NULL;
	if (text == NULL || !span_copy(pattern, text, PATTERN_MAX)) {
		buf_fmt(why, "at most %d of them", SEVERITIES_MAX);
		return false;
	}
	list->rows[list->n++] = (struct severity){ text, state };
	return true;
}

const struct opt_type opt_severity = {
	.has_value = true, .repeatable = true, .set = set_severity,
	.noun = "severity"
};

static bool
measures(const struct plugin *plugin, enum metric_id id)
{
	const enum metric_id *m;

	for (m = plugin->metrics; *m != METRIC_COUNT; m++)
		if (*m == id)
			return true;
	return false;
}

/* put_threshold - one per metric and severity: the last word counts */
static bool
put_threshold(struct threshold_list *list, const struct threshold *t,
    struct buf *why)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (list->rows[i].id == t->id &&
		    list->rows[i].critical == t->critical)
			break;
	if (i == THRESHOLDS_MAX) {
		buf_fmt(why, "at most %d of them", THRESHOLDS_MAX);
		return false;
	}
	list->rows[i] = *t;
	if (i == list->n)
		list->n++;
	return true;
}

/* choose_metric - cut "METRIC=" off the front of the range */
static bool
choose_metric(struct span *s, const struct plugin *plugin, enum metric_id *id,
    struct buf *why)
{
	const char *equals = memchr(s->p, '=', s->len);
	const enum metric_id *m;
	struct span label;

	*id = plugin->main_metric;
	if (equals == NULL)
		return true;
	label = (struct span){ s->p, (size_t)(equals - s->p) };
	s->len -= label.len + 1;
	s->p = equals + 1;
	*id = metric_find(label);
	if (*id != METRIC_COUNT && measures(plugin, *id))
		return true;
	buf_str(why, "[METRIC=]RANGE, METRIC one of");
	for (m = plugin->metrics; *m != METRIC_COUNT; m++)
		buf_fmt(why, "%s %s", m == plugin->metrics ? "" : ",",
		    metric_info(*m)->label);
	return false;
}

/* say_range - what a range of this metric may look like */
static void
say_range(struct buf *why, enum metric_id id)
{
	static const char *const samples[] = {
		[UNIT_NONE] = "10, 10:20 or @10:20",
		[UNIT_SECONDS] = "10, 500ms, 1:10 or 2m",
		[UNIT_DAYS] = "21, 21d, 12h or 7:90",
		[UNIT_BYTES] = "9G, 500M or 1G:9G",
		[UNIT_PERCENT] = "80, 80% or 10:90"
	};

	buf_fmt(why, "[METRIC=]RANGE, for %s such as %s",
	    metric_info(id)->label, id == METRIC_DAYS ?
	    "21d, 36h, 7:90 or 25% of the lifetime" :
	    samples[metric_unit(id)]);
}

/* has_whole - can the metric be a share of something? messages are where there are quotas */
static bool
has_whole(enum metric_id id, const struct plugin *plugin)
{
	return id == METRIC_USED || id == METRIC_FREE || id == METRIC_DAYS ||
	    (id == METRIC_MESSAGES && measures(plugin, METRIC_PERCENT));
}

/* beyond_whole - more than all of a lifetime, which nothing can have left */
static bool
beyond_whole(const struct threshold *t)
{
	return t->id == METRIC_DAYS && t->range.percent &&
	    (t->range.start > 100 || (!t->range.no_end && t->range.end > 100));
}

static bool
add_threshold(struct threshold_list *list, const char *value, bool critical,
    const struct plugin *plugin, struct buf *why)
{
	struct threshold t = { .critical = critical };
	struct span s = span_of(value);

	if (!choose_metric(&s, plugin, &t.id, why))
		return false;
	if (!range_parse(s, metric_unit(t.id), metric_info(t.id)->falling,
	    has_whole(t.id, plugin), &t.range) || beyond_whole(&t)) {
		say_range(why, t.id);
		return false;
	}
	return put_threshold(list, &t, why);
}

static bool
set_warning(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	return add_threshold(field, value, false, plugin, why);
}

const struct opt_type opt_warning = {
	.has_value = true, .repeatable = true, .set = set_warning,
	.noun = "threshold"
};

static bool
set_critical(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	return add_threshold(field, value, true, plugin, why);
}

const struct opt_type opt_critical = {
	.has_value = true, .repeatable = true, .set = set_critical,
	.noun = "threshold"
};

static bool
parse_days(struct span s, double *days)
{
	return number_parse(s, UNIT_DAYS, days) && *days >= 0 &&
	    *days <= DAYS_MAX;
}

/*
 * put_days - alert below so many days, on whichever metric this check has for
 * them
 */
static bool
put_days(struct threshold_list *list, double days, bool critical,
    const struct plugin *plugin, struct buf *why)
{
	struct threshold t = {
		.id = measures(plugin, METRIC_CERT_DAYS) ||
		    !measures(plugin, METRIC_DAYS) ?
		    METRIC_CERT_DAYS : METRIC_DAYS,
		.critical = critical,
		.range = { .start = days, .no_end = true }
	};

	return put_threshold(list, &t, why);
}

static bool
set_days(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct span warn = { value, strcspn(value, ",") };
	bool two = value[warn.len] == ',';
	double w, c = 0;

	if (!parse_days(warn, &w) ||
	    (two && !parse_days(span_of(value + warn.len + 1), &c)) || c > w) {
		buf_str(why, "WARN[,CRIT] with no more days for CRIT, such as "
		    "21 or 21,7");
		return false;
	}
	return put_days(field, w, false, plugin, why) &&
	    (!two || put_days(field, c, true, plugin, why));
}

const struct opt_type opt_days = {
	.has_value = true, .set = set_days, .noun = "number of days"
};
