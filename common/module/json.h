/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json - reading JSON (module "json"): RFC 8259, over jansson
 *
 * One text becomes one tree, and no text is taken that could swell: it has a
 * cap, so have its depth and the number of values in it.  A name that stands
 * twice in an object, a NUL in a string and bytes that are no UTF-8 are no JSON
 * here.  What is written by us is written by report/json.h, without a library.
 */
#ifndef MODULE_JSON_H
#define MODULE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum {
	JSON_TEXT_MAX = 1024 * 1024,	/* bytes of a text */
	JSON_DEPTH_MAX = 32,		/* arrays and objects within each other */
	JSON_VALUES_MAX = 65536		/* counted as commas and brackets */
};

struct json_value;	/* lives with the tree it belongs to */

enum json_kind {
	JSON_NOTHING,		/* there is no such value, or it is null */
	JSON_FALSE_OR_TRUE,
	JSON_WHOLE,		/* a number without fraction that fits into 64 bits */
	JSON_FRACTION,
	JSON_TEXT,
	JSON_LIST,
	JSON_RECORD
};

struct json_functions {
	/* read - an array or object; NULL: no JSON, beyond a cap, or without memory.  Freed by done(). */
	struct json_value	*(*read)(struct span);
	void			 (*done)(struct json_value *);
	/* kind - also of NULL, which is nothing */
	enum json_kind		 (*kind)(const struct json_value *);
	/* text - of a string, NUL-ended, without a NUL inside; p NULL for all else */
	struct span		 (*text)(const struct json_value *);
	/* whole - of such a number, else 0 */
	int64_t			 (*whole)(const struct json_value *);
	/* member - of an object by its name, NULL none */
	const struct json_value	*(*member)(const struct json_value *, const char *name);
	/* count, item - of an array; 0 and NULL for all else */
	size_t			 (*count)(const struct json_value *);
	const struct json_value	*(*item)(const struct json_value *, size_t);
};

#endif
