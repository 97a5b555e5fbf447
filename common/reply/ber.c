/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ber - elements of BER, without recursion
 */
#include "reply/ber.h"

enum {
	TAG_GOES_ON = 0x1f,	/* X.690 section 8.1.2.4 */
	LENGTH_LONG = 0x80,	/* section 8.1.3.5 */
	LENGTH_BYTES = 4,
	NUMBER_BYTES = 4
};

static unsigned
byte(struct span s, size_t i)
{
	return (unsigned char)s.p[i];
}

enum ber_head
ber_head(struct span s, size_t *header, uint64_t *content)
{
	size_t i, n;

	if (s.len > 0 && (byte(s, 0) & TAG_GOES_ON) == TAG_GOES_ON)
		return BER_HEAD_BAD;
	if (s.len < 2)
		return BER_HEAD_MORE;
	*header = 2;
	*content = byte(s, 1);
	if (*content < LENGTH_LONG)
		return BER_HEAD_WHOLE;
	n = byte(s, 1) - LENGTH_LONG;
	if (n == 0 || n > LENGTH_BYTES)
		return BER_HEAD_BAD;
	*header += n;
	if (s.len < *header)
		return BER_HEAD_MORE;
	for (*content = 0, i = 2; i < *header; i++)
		*content = *content << 8 | byte(s, i);
	return BER_HEAD_WHOLE;
}

bool
ber_take(struct span *s, unsigned tag, struct span *content)
{
	uint64_t length;
	size_t header;

	if (s->len == 0 || byte(*s, 0) != tag ||
	    ber_head(*s, &header, &length) != BER_HEAD_WHOLE ||
	    length > s->len - header)
		return false;
	*content = (struct span){ s->p + header, (size_t)length };
	s->p += header + content->len;
	s->len -= header + content->len;
	return true;
}

bool
ber_number(struct span content, uint64_t *number)
{
	size_t i;

	if (content.len == 0 || content.len > NUMBER_BYTES ||
	    byte(content, 0) >= LENGTH_LONG)
		return false;
	for (*number = 0, i = 0; i < content.len; i++)
		*number = *number << 8 | byte(content, i);
	return true;
}
