/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dns_message - a DNS question and its answer: RFC 1035 section 4
 *
 *	message = header question *answer ...
 *	header = id flags qdcount ancount nscount arcount	; 16 bits each
 *	question = name qtype qclass
 *	rr = name type class ttl rdlength rdata			; ttl of 32 bits
 *	name = *(length label) (%x00 / pointer)
 *
 * A pointer (section 4.1.4) must lead to before the labels that it ends: so
 * every jump goes further to the front and no loop is possible.
 */
#include <string.h>

#include "reply/dns_message.h"

enum {
	HEADER_LEN = 12,
	LABEL_MAX = 63,
	NAME_MAX_WIRE = 255,
	POINTER = 0xc0,
	FLAG_RESPONSE = 0x8000,
	FLAG_OPCODE = 0x7800,
	FLAG_TRUNCATED = 0x0200,
	FLAG_RECURSE = 0x0100,
	FLAG_RCODE = 0x000f,
	TYPE_CNAME = 5,
	CLASS_IN = 1
};

/* a name in wire form without compression, in lower case */
struct wire_name {
	uint8_t	bytes[NAME_MAX_WIRE];
	size_t	len;
};

/* where in a message we are */
struct cursor {
	const uint8_t	*data;
	size_t		 len;
	size_t		 at;
};

struct rr {
	struct wire_name name;
	unsigned	 type;
	unsigned	 class;
	size_t		 rdata;		/* offset */
	size_t		 rdlen;
};

static uint8_t
lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c;
}

/* label_add - false when the name is then too long */
static bool
label_add(struct wire_name *name, const uint8_t *label, size_t len)
{
	size_t i;

	/* the root label still has to follow */
	if (name->len + 1 + len + 1 > sizeof(name->bytes))
		return false;
	name->bytes[name->len++] = (uint8_t)len;
	for (i = 0; i < len; i++)
		name->bytes[name->len++] = lower(label[i]);
	return true;
}

/* name_of_text - "mail.example.org", with or without a dot at its end */
static bool
name_of_text(struct span text, struct wire_name *name)
{
	uint8_t label[LABEL_MAX];
	size_t i, len = 0;

	name->len = 0;
	if (text.len > 0 && text.p[text.len - 1] == '.')
		text.len--;
	if (text.len == 0)
		return false;
	for (i = 0; i <= text.len; i++) {
		if (i < text.len && text.p[i] != '.') {
			if (len == sizeof(label))
				return false;
			label[len++] = (uint8_t)text.p[i];
			continue;
		}
		if (len == 0 || !label_add(name, label, len))
			return false;
		len = 0;
	}
	name->bytes[name->len++] = 0;
	return true;
}

/* name_read - a name that may be compressed; the cursor ends behind it */
static bool
name_read(struct cursor *c, struct wire_name *name)
{
	size_t at = c->at, before = c->at;
	bool jumped = false;

	name->len = 0;
	while (at < c->len && c->data[at] != 0) {
		unsigned n = c->data[at];

		if ((n & POINTER) == POINTER) {
			if (at + 1 >= c->len)
				return false;
			if (!jumped)
				c->at = at + 2;
			jumped = true;
			at = (size_t)(n & ~(unsigned)POINTER) << 8 |
			    c->data[at + 1];
			if (at >= before)
				return false;
			before = at;
			continue;
		}
		if (n > LABEL_MAX || n >= c->len - at ||
		    !label_add(name, c->data + at + 1, n))
			return false;
		at += 1 + n;
	}
	if (at >= c->len)
		return false;
	if (!jumped)
		c->at = at + 1;
	name->bytes[name->len++] = 0;
	return true;
}

static bool
name_same(const struct wire_name *a, const struct wire_name *b)
{
	return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

static bool
read16(struct cursor *c, unsigned *value)
{
	if (c->len - c->at < 2)
		return false;
	*value = (unsigned)c->data[c->at] << 8 | c->data[c->at + 1];
	c->at += 2;
	return true;
}

static size_t
write16(uint8_t *to, unsigned value)
{
	to[0] = (uint8_t)(value >> 8);
	to[1] = (uint8_t)value;
	return 2;
}

static bool
rr_read(struct cursor *c, struct rr *rr)
{
	unsigned len;

	if (!name_read(c, &rr->name) || !read16(c, &rr->type) ||
	    !read16(c, &rr->class) || c->len - c->at < 4)
		return false;
	c->at += 4;
	if (!read16(c, &len) || len > c->len - c->at)
		return false;
	rr->rdata = c->at;
	rr->rdlen = len;
	c->at += len;
	return true;
}

size_t
dns_message_query(uint8_t out[DNS_QUERY_MAX], uint16_t id, struct span name,
    enum dns_type type)
{
	struct wire_name wire;
	size_t n = 0;

	if (!name_of_text(name, &wire))
		return 0;
	n += write16(out + n, id);
	n += write16(out + n, FLAG_RECURSE);
	n += write16(out + n, 1);
	n += write16(out + n, 0);
	n += write16(out + n, 0);
	n += write16(out + n, 0);
	memcpy(out + n, wire.bytes, wire.len);
	n += wire.len;
	n += write16(out + n, type);
	n += write16(out + n, CLASS_IN);
	return n;
}

/*
 * question_fits - header and question are those of the answer to what we
 * asked.  A server that could not make sense of the question may leave it out.
 */
static bool
question_fits(struct cursor *c, uint16_t id, const struct wire_name *asked,
    enum dns_type type, unsigned *flags, unsigned *answers)
{
	struct wire_name name;
	unsigned got_id, questions, skip, qtype, qclass;

	if (!read16(c, &got_id) || got_id != id || !read16(c, flags) ||
	    !(*flags & FLAG_RESPONSE) || (*flags & FLAG_OPCODE) ||
	    !read16(c, &questions) || !read16(c, answers) ||
	    !read16(c, &skip) || !read16(c, &skip))
		return false;
	if (questions == 0 && *answers == 0)
		return (*flags & FLAG_RCODE) != DNS_NOERROR;
	return questions == 1 && name_read(c, &name) &&
	    name_same(&name, asked) && read16(c, &qtype) &&
	    qtype == (unsigned)type && read16(c, &qclass) &&
	    qclass == CLASS_IN;
}

static void
address_add(struct dns_answer *answer, const uint8_t *ip, enum dns_type type)
{
	struct address *a;

	if (answer->n == DNS_ADDRESSES_MAX)
		return;
	a = &answer->list[answer->n++];
	memset(a, 0, sizeof(*a));
	a->family = type == DNS_TYPE_A ? 4 : 6;
	memcpy(a->ip, ip, type == DNS_TYPE_A ? 4 : 16);
}

/*
 * answers_of - one look at all records: addresses of the name are taken; if
 * the name is an alias, it becomes the name that it stands for.  False when a
 * record is broken.
 */
static bool
answers_of(struct cursor c, unsigned count, struct wire_name *name,
    enum dns_type type, struct dns_answer *answer, bool *alias)
{
	size_t want = type == DNS_TYPE_A ? 4 : 16;
	struct wire_name next;
	struct rr rr;
	unsigned i;

	*alias = false;
	for (i = 0; i < count && i < DNS_RR_MAX; i++) {
		if (!rr_read(&c, &rr))
			return answer->truncated;
		if (rr.class != CLASS_IN || !name_same(&rr.name, name))
			continue;
		if (rr.type == (unsigned)type && rr.rdlen == want)
			address_add(answer, c.data + rr.rdata, type);
		if (rr.type == TYPE_CNAME && !*alias) {
			struct cursor target = { c.data, c.len, rr.rdata };

			if (!name_read(&target, &next))
				return false;
			*alias = true;
		}
	}
	if (*alias)
		*name = next;
	return true;
}

bool
dns_message_answer(struct span message, uint16_t id, struct span name,
    enum dns_type type, struct dns_answer *answer)
{
	struct cursor c = { (const uint8_t *)message.p, message.len, 0 };
	struct wire_name wanted;
	unsigned flags, count, steps = 0;
	bool alias;

	memset(answer, 0, sizeof(*answer));
	if (message.len < HEADER_LEN || !name_of_text(name, &wanted) ||
	    !question_fits(&c, id, &wanted, type, &flags, &count))
		return false;
	answer->rcode = flags & FLAG_RCODE;
	answer->truncated = (flags & FLAG_TRUNCATED) != 0;
	do {
		if (!answers_of(c, count, &wanted, type, answer, &alias))
			return false;
		answer->alias_loop = alias && steps++ == DNS_ALIAS_MAX;
	} while (alias && answer->n == 0 && !answer->alias_loop);
	return true;
}

const char *
dns_rcode_words(unsigned rcode)
{
	static const char *const words[] = {
		[DNS_NOERROR] = "answers NOERROR",
		[DNS_FORMERR] = "answers FORMERR",
		[DNS_SERVFAIL] = "answers SERVFAIL",
		[DNS_NXNAME] = "answers NXDOMAIN",
		[DNS_NOTIMP] = "answers NOTIMP",
		[DNS_REFUSED] = "answers REFUSED"
	};

	return rcode < sizeof(words) / sizeof(words[0]) ? words[rcode] :
	    "answers with an error code";
}
