/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pem_cert - a certificate in PEM, of which only the subject is looked at
 *
 * RFC 5280 section 4.1:
 *
 *	Certificate ::= SEQUENCE { TBSCertificate ... }
 *	TBSCertificate ::= SEQUENCE { [0] version OPTIONAL, serialNumber,
 *		signature, issuer Name, validity, subject Name, ... }
 */
#include "world/pem_cert.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include <openssl/evp.h>

#include "world/der.h"

enum {
	LINE_CHARS = 64,
	LINE_TEXT = LINE_CHARS + 1,	/* with its newline */
	LINE_FOURS = LINE_CHARS / 4,
	PART_CHARS = LINE_CHARS / 4,
	PADDING_MAX = 2,
	BEFORE_SUBJECT = 5		/* version to validity */
};

/* values of 6 bits; of what is no base64, padding too, 0 */
static const unsigned char values[256] = {
	['A'] = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
	18, 19, 20, 21, 22, 23, 24, 25,
	['a'] = 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41,
	42, 43, 44, 45, 46, 47, 48, 49, 50, 51,
	['0'] = 52, 53, 54, 55, 56, 57, 58, 59, 60, 61,
	['+'] = 62, ['/'] = 63
};

/* a quarter of a line, which the compiler takes at once where it can */
typedef unsigned char	part __attribute__((vector_size(PART_CHARS)));
typedef signed char	signed_part __attribute__((vector_size(PART_CHARS)));

/* judge - clear in `good` the characters of a part that are no base64 */
static void
judge(signed_part *good, const char *from)
{
	part c, letter, digit;

	memcpy(&c, from, sizeof(c));
	/* moved so that 'z', and '9', becomes the greatest of signed characters */
	letter = (c | 0x20) + (unsigned char)(SCHAR_MAX - 'z');
	digit = c + (unsigned char)(SCHAR_MAX - '9');
	/* 26 letters; ten digits, and the '/' stands just before them */
	*good &= ((signed_part)letter > (signed char)(SCHAR_MAX - 26)) |
	    ((signed_part)digit > (signed char)(SCHAR_MAX - 11)) |
	    (signed_part)(c == '+');
}

static bool
all(const signed_part *good)
{
	uint64_t half[2];

	memcpy(half, good, sizeof(half));
	return (half[0] & half[1]) == UINT64_MAX;
}

/* fill - make the last line, without its newline, as long as the others; false if it is no whole number of fours */
static bool
fill(char *full, const char *line, size_t len)
{
	size_t i;

	if (len == 0 || len % 4 != 0)
		return false;
	for (i = 0; i < PADDING_MAX && line[len - 1] == '='; i++)
		len--;
	memset(full, 'A', LINE_CHARS);
	memcpy(full, line, len);
	full[LINE_CHARS] = '\n';
	return true;
}

/* open_lines - false if it is no base64 or wrapped in another way */
static bool
open_lines(struct pem_cert *c, struct span lines)
{
	char full[LINE_TEXT];
	const char *line;
	size_t i, n, last;
	signed_part good = { 0 };

	if (lines.len == 0 || lines.p[lines.len - 1] != '\n')
		return false;
	n = (lines.len - 1) / LINE_TEXT;
	last = lines.len - 1 - n * LINE_TEXT;
	if (!fill(full, lines.p + n * LINE_TEXT, last))
		return false;
	good = ~good;
	for (i = 0; i <= n; i++) {
		line = i < n ? lines.p + i * LINE_TEXT : full;
		if (line[LINE_CHARS] != '\n')
			return false;
		judge(&good, line);
		judge(&good, line + PART_CHARS);
		judge(&good, line + 2 * PART_CHARS);
		judge(&good, line + 3 * PART_CHARS);
	}
	if (!all(&good))
		return false;
	c->size = (n * LINE_FOURS + last / 4) * 3;
	c->text = lines;
	c->ready = 0;
	return true;
}

/* strip - the base64 of a block without white space; its length, or 0 */
static size_t
strip(struct span body, char *to)
{
	const char *end;
	size_t len, n = 0;

	while (body.len > 0) {
		end = memchr(body.p, '\n', body.len);
		len = end == NULL ? body.len : (size_t)(end - body.p) + 1;
		memcpy(to + n, body.p, len);
		n += len;
		while (n > 0 && (to[n - 1] == '\n' || to[n - 1] == '\r' ||
		    to[n - 1] == ' '))
			n--;
		body.p += len;
		body.len -= len;
	}
	return n;
}

/* open_any - decode all, however it is wrapped */
static bool
open_any(struct pem_cert *c, struct span body, char *scratch)
{
	size_t n = strip(body, scratch);
	int len = EVP_DecodeBlock(c->der, (const unsigned char *)scratch,
	    (int)n);

	if (len <= 0)
		return false;
	c->text.len = 0;
	c->size = (size_t)len;
	c->ready = SIZE_MAX / 3;
	return true;
}

bool
pem_cert_open(struct pem_cert *c, struct span body, char *scratch)
{
	c->der = (unsigned char *)scratch + body.len;
	return open_lines(c, body) || open_any(c, body, scratch);
}

/* decode_four - as many characters, which are three bytes */
static void
decode_four(const struct pem_cert *c, size_t n)
{
	/* there is a newline after each line */
	const unsigned char *p = (const unsigned char *)c->text.p +
	    n * 4 + n / LINE_FOURS;
	unsigned char *to = c->der + n * 3;
	uint32_t four = (uint32_t)values[p[0]] << 18 |
	    (uint32_t)values[p[1]] << 12 |
	    (uint32_t)values[p[2]] << 6 | values[p[3]];

	to[0] = (unsigned char)(four >> 16);
	to[1] = (unsigned char)(four >> 8);
	to[2] = (unsigned char)four;
}

/* need - bytes that are within the size; asked for in rising order, for what is between is not decoded */
static struct span
need(struct pem_cert *c, size_t at, size_t len)
{
	size_t n = at / 3;

	if (c->ready < n)
		c->ready = n;
	for (; c->ready * 3 < at + len; c->ready++)
		decode_four(c, c->ready);
	return (struct span){ (const char *)c->der + at, len };
}

/* enter - the head of the value at *at, which ends at or before `end` */
static bool
enter(struct pem_cert *c, size_t *at, size_t end, struct der_head *head)
{
	size_t len = end - *at < DER_HEAD_MAX ? end - *at : DER_HEAD_MAX;

	if (!der_head(need(c, *at, len), head) ||
	    head->len > end - *at - head->head)
		return false;
	*at += head->head;
	return true;
}

static bool
step_over(struct pem_cert *c, size_t *at, size_t end, unsigned char *tag)
{
	struct der_head head;

	if (!enter(c, at, end, &head))
		return false;
	*at += head.len;
	*tag = head.tag;
	return true;
}

/* seek - where the subject begins and ends */
static bool
seek(struct pem_cert *c, size_t *from, size_t *to)
{
	struct der_head head;
	size_t at = 0, end = c->size, i;
	unsigned char tag;

	for (i = 0; i < 2; i++) {
		if (!enter(c, &at, end, &head) || head.tag != DER_SEQUENCE)
			return false;
		end = at + head.len;
	}
	for (i = 0; i < BEFORE_SUBJECT; i++) {
		if (!step_over(c, &at, end, &tag))
			return false;
		/* a certificate of version 1 does not say so */
		if (i == 0 && tag != DER_CONTEXT_0)
			i++;
	}
	*from = at;
	if (!enter(c, &at, end, &head) || head.tag != DER_SEQUENCE)
		return false;
	*to = at + head.len;
	return true;
}

bool
pem_cert_subject(struct pem_cert *c, struct span *subject)
{
	size_t from, to;

	if (!seek(c, &from, &to))
		return false;
	*subject = need(c, from, to - from);
	return true;
}

bool
pem_cert_subject_end(struct pem_cert *c, size_t max, struct span *last)
{
	size_t from, to;

	if (!seek(c, &from, &to))
		return false;
	if (to - from > max)
		from = to - max;
	*last = need(c, from, to - from);
	return true;
}
