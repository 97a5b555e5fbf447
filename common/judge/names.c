/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * names - why a host name gives no address
 */
#include "judge/names.h"

enum {
	NAMES_SHOWN = 6		/* addresses in the note of the dns stage */
};

/* what is missing, in words */
static const char *
family_name(int family)
{
	switch (family) {
	case 4:
		return "IPv4 address";
	case 6:
		return "IPv6 address";
	default:
		return "address";
	}
}

void
names_list(struct buf *out, const struct address *list, size_t n, size_t most)
{
	char text[ADDRESS_TEXT];
	size_t shown = n > most ? most : n;
	size_t i;

	for (i = 0; i < shown; i++) {
		if (i > 0)
			buf_str(out, i + 1 == n ? " and " : ", ");
		buf_str(out, address_text(&list[i], text));
	}
	if (shown < n)
		buf_fmt(out, " and %zu more", n - shown);
}

void
names_note(struct buf *out, const struct resolved *r, const char *host)
{
	buf_fmt(out, "%s is ", host);
	names_list(out, r->list, r->n, NAMES_SHOWN);
}

void
names_judge(struct sheet *sh, const struct resolved *r, const char *host,
    int family, bool by_deadline)
{
	const char *open = r->detail[0] != '\0' ? " (" : "";
	const char *close = r->detail[0] != '\0' ? ")" : "";
	struct finding *f;

	switch (r->outcome) {
	case DNS_FOUND:
		return;
	case DNS_NXDOMAIN:
		sheet_find(sh, CAUSE_DNS_NXDOMAIN, STAGE_DNS, NULL,
		    "%s does not exist%s%s%s", host, open, r->detail, close);
		return;
	case DNS_NO_ADDRESS:
		sheet_find(sh, CAUSE_DNS_NO_ADDRESS, STAGE_DNS, NULL,
		    "%s exists, but has no %s%s%s%s", host,
		    family_name(family), open, r->detail, close);
		return;
	case DNS_SERVER_FAILURE:
		sheet_find(sh, CAUSE_DNS_SERVER_FAILURE, STAGE_DNS, NULL,
		    "%s cannot be resolved: the name server fails%s%s%s",
		    host, open, r->detail, close);
		return;
	case DNS_NO_ANSWER:
		f = sheet_find(sh, CAUSE_DNS_NO_ANSWER, STAGE_DNS, NULL,
		    "%s cannot be resolved: no name server answers%s%s%s",
		    host, open, r->detail, close);
		if (f != NULL)
			f->by_deadline = by_deadline;
		return;
	case DNS_OURS:
		break;
	}
	sheet_find(sh, CAUSE_INTERNAL_ERROR, STAGE_DNS, NULL,
	    "%s cannot be resolved: this check ran out of memory, threads or "
	    "descriptors%s%s%s", host, open, r->detail, close);
}
