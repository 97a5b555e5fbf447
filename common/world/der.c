/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * der - values in DER, one after the other
 */
#include "world/der.h"

enum { DER_LONG = 0x80 };	/* the rest is how many bytes the length has */

bool
der_head(struct span in, struct der_head *head)
{
	const unsigned char *p = (const unsigned char *)in.p;
	size_t more;

	if (in.len < 2)
		return false;
	head->tag = p[0];
	head->len = p[1];
	head->head = 2;
	if (head->len < DER_LONG)
		return true;
	more = head->len - DER_LONG;
	if (more == 0 || more > DER_HEAD_MAX - 2 || in.len < 2 + more)
		return false;
	for (head->len = 0; head->head < 2 + more; head->head++)
		head->len = head->len << 8 | p[head->head];
	return true;
}

bool
der_next(struct span *in, unsigned char *tag, struct span *value)
{
	struct der_head head;

	if (!der_head(*in, &head) || head.len > in->len - head.head)
		return false;
	*tag = head.tag;
	value->p = in->p + head.head;
	value->len = head.len;
	in->p += head.head + head.len;
	in->len -= head.head + head.len;
	return true;
}

bool
der_take(struct span *in, unsigned char want, struct span *value)
{
	unsigned char tag;

	return der_next(in, &tag, value) && tag == want;
}
