/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json - write RFC 8259 JSON into a buffer, commas and escapes taken care of
 *
 * Strings are taken as UTF-8; control bytes, quotes, backslashes, `<`, `>`, `&`,
 * U+2028 and U+2029 are escaped, an invalid byte becomes U+FFFD.  Numbers never
 * are nan or infinite (null is written).  A NULL string is null.
 * The key is NULL inside arrays.
 */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct json {
	struct buf	*out;
	bool		 first;		/* no comma needed */
};

void	json_init(struct json *, struct buf *);
void	json_object(struct json *, const char *key);
void	json_object_end(struct json *);
void	json_array(struct json *, const char *key);
void	json_array_end(struct json *);
void	json_string(struct json *, const char *key, const char *value);
void	json_span(struct json *, const char *key, struct span value);
void	json_number(struct json *, const char *key, double value);
void	json_uint(struct json *, const char *key, uint64_t value);
void	json_bool(struct json *, const char *key, bool value);
void	json_null(struct json *, const char *key);

#endif
