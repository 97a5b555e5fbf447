/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_parser - JSON of others (module "json"): RFC 8259, over jansson
 *
 * What is read is told as a walk: one event for each value and each end.
 */
#ifndef MODULE_JSON_PARSER_H
#define MODULE_JSON_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

enum { JSON_DEPTH_MAX = 16 };	/* arrays and objects in each other */

enum json_kind {
	JSON_IS_OBJECT, JSON_IS_OBJECT_END, JSON_IS_ARRAY, JSON_IS_ARRAY_END,
	JSON_IS_STRING, JSON_IS_INTEGER, JSON_IS_OTHER
};

struct json_event {
	enum json_kind	 kind;
	struct span	 key;		/* inside an object; p NULL: in an array, or outermost */
	struct span	 string;	/* of strings, UTF-8; lives until the event is over, as does the key */
	long long	 integer;
};

struct json_functions {
	/* parse - false when it is no JSON, or nested too deep: then nothing was told */
	bool	(*parse)(struct span text, void (*tell)(void *arg, const struct json_event *), void *arg);
};

#endif
