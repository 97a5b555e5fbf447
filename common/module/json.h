/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json - what others say in JSON (module "json"): RFC 8259, over jansson
 *
 * Only a whole and sound text is taken, in UTF-8 and within the caps below.  A
 * member that stands there twice and a NUL in a string are refused.
 * (report/json.h is how we say it.)
 */
#ifndef MODULE_JSON_H
#define MODULE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum {
	JSON_TEXT_MAX = 8 * 1024 * 1024,	/* bytes of a text */
	JSON_DEPTH_MAX = 32,			/* arrays and objects within each other */
	JSON_VALUES_MAX = 1024 * 1024		/* values of a text */
};

enum json_kind {
	JSON_KIND_NONE,		/* there is no such value */
	JSON_KIND_OBJECT,
	JSON_KIND_ARRAY,
	JSON_KIND_STRING,
	JSON_KIND_INTEGER,
	JSON_KIND_OTHER		/* a fraction, true, false, null */
};

struct json_text;
struct json_value;

struct json_functions {
	/* read - NULL with plain words in *why ("it is no JSON") */
	struct json_text *(*read)(struct span, const char **why);
	void		(*free)(struct json_text *);
	/* the value that the text is; all of them live as long as it does, and any may be NULL: no such value */
	const struct json_value *(*top)(const struct json_text *);
	enum json_kind	(*kind)(const struct json_value *);
	/* count - of an array's values; 0 of all else */
	size_t		(*count)(const struct json_value *);
	const struct json_value *(*at)(const struct json_value *array, size_t);
	const struct json_value *(*member)(const struct json_value *object, const char *name);
	/* string - p NULL when it is none */
	struct span	(*string)(const struct json_value *);
	/* integer - false when it is none */
	bool		(*integer)(const struct json_value *, int64_t *);
};

#endif
