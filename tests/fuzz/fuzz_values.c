/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_values - numbers, ranges, times, names and encodings; what was taken
 * must be written and taken again
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/number.h"
#include "base/range.h"
#include "base/target.h"
#include "base/text.h"
#include "base/utf7.h"
#include "base/when.h"
#include "fuzz.h"

static void
encodings(struct span all)
{
	struct buf a, b;

	buf_init(&a, 1024 * 1024);
	buf_init(&b, 1024 * 1024);
	base64_encode(&a, all);
	if (!base64_decode(&b, buf_span(&a)) || b.len != all.len ||
	    (all.len > 0 && memcmp(buf_span(&b).p, all.p, all.len) != 0))
		abort();
	buf_clear(&a);
	buf_clear(&b);
	if (utf7_encode(&a, all) && (!utf7_decode(&b, buf_span(&a)) ||
	    b.len != all.len))
		abort();
	buf_clear(&a);
	text_mask(&a, all, 200, (struct span){ all.p, all.len / 8 });
	if (text_has_control(buf_span(&a)) || !text_is_utf8(buf_span(&a)))
		abort();
	buf_free(&a);
	buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span all = { (const char *)data, size };
	struct range range, again;
	struct address address;
	struct buf b;
	double value;
	int64_t moment;

	number_parse(all, UNIT_BYTES, &value);
	number_duration(all, &moment);
	when_parse(all, &moment);
	target_is_host(all);
	address_parse(all, &address);
	buf_init(&b, 4096);
	if (range_parse(all, UNIT_SECONDS, false, false, &range)) {
		range_write(&b, &range);
		if (!range_parse(buf_span(&b), UNIT_SECONDS, false, false,
		    &again))
			abort();
	}
	buf_free(&b);
	encodings(all);
	return 0;
}
