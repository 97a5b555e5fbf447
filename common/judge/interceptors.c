/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * interceptors - those who issue certificates in the name of others
 */
#include <string.h>
#include <strings.h>

#include "judge/cert_words.h"
#include "judge/interceptors.h"

/* what of an issuer is compared, and how: letters without case */
enum part {
	CN,		/* the whole common name */
	CN_BEGINS,
	MAKER,		/* the whole organisation: only with the name that was asked for */
	MAKER_BEGINS
};

/*
 * Where a row comes from:
 *
 * [C]	the list of interception software in Chromium:
 *	chrome/browser/resources/ssl/ssl_error_assistant/
 *	ssl_error_assistant.asciipb
 * [D]	the maker's own documentation of the product
 * [S]	the source code of the product
 * [R]	certificates quoted in public reports of those who met them
 *
 * Palo Alto, Check Point, Cisco Secure Web Appliance, Barracuda, pfSense and
 * Squid have no names by default: who sets them up chooses one.
 */
static const struct {
	enum part	 part;
	const char	*name;
	const char	*product;
} makers[] = {
	/* antivirus */
	{ CN_BEGINS, "avast! Web/Mail Shield", "Avast" },		/* C */
	{ CN_BEGINS, "Avast Web/Mail Shield", "Avast" },		/* R */
	{ CN_BEGINS, "AVG Web/Mail Shield", "AVG" },			/* R */
	{ CN_BEGINS, "Norton Web/Mail Shield", "Norton" },		/* R */
	{ CN_BEGINS, "Bitdefender Personal CA", "Bitdefender" },	/* C */
	{ CN_BEGINS, "Kaspersky Anti-Virus Personal Root",
	    "Kaspersky" },						/* C */
	{ CN, "ESET SSL Filter CA", "ESET" },				/* R */
	{ CN_BEGINS, "SpIDer Gate Trusted Root", "Dr.Web" },		/* D */
	{ CN_BEGINS, "AdGuard Personal CA", "AdGuard" },		/* D */
	/* firewalls and gateways */
	{ CN_BEGINS, "Cisco Umbrella", "Cisco Umbrella" },		/* C */
	{ CN_BEGINS, "Gateway CA - Cloudflare Managed",
	    "Cloudflare Gateway" },					/* D */
	{ CN_BEGINS, "Cloudflare for Teams ECC Certificate Authority",
	    "Cloudflare Gateway" },					/* D */
	{ CN_BEGINS, "ContentKeeper Appliance CA", "ContentKeeper" },	/* C */
	{ MAKER, "Cyberoam Certificate Authority", "Cyberoam" },	/* C */
	{ CN, "Forcepoint Cloud CA", "Forcepoint" },			/* C */
	{ CN, "FortiGate CA", "FortiGate" },				/* C */
	{ CN_BEGINS, "Fortinet_CA_", "FortiGate" },			/* D */
	{ MAKER, "Fortinet", "Fortinet" },				/* C */
	{ MAKER, "Fortinet Ltd.", "Fortinet" },				/* C */
	{ CN_BEGINS, "McAfee Web Gateway", "McAfee Web Gateway" },	/* C */
	{ MAKER, "Netskope Inc.", "Netskope" },				/* R */
	{ MAKER, "NetSpark", "NetSpark" },				/* C */
	{ CN, "Smoothwall-default-root-certificate-authority",
	    "Smoothwall" },						/* C */
	{ MAKER, "HTTPS Management Certificate for SonicWALL",
	    "SonicWall" },						/* C */
	{ CN_BEGINS, "Sophos SSL CA_", "Sophos" },			/* C */
	{ CN_BEGINS, "Sophos_CA_", "Sophos" },				/* C */
	{ CN, "sophosutm Proxy CA", "Sophos UTM" },			/* C */
	{ CN, "Sophos Web Appliance", "Sophos Web Appliance" },		/* C */
	{ MAKER_BEGINS, "Blue Coat", "Blue Coat" },			/* C */
	{ CN, "IWSS.TREND", "Trend Micro InterScan" },			/* C */
	{ CN, "www.untangle.com", "Untangle" },				/* S */
	{ CN, "edge.arista.com", "Untangle" },				/* S */
	{ CN_BEGINS, "Fireware HTTPS Proxy", "WatchGuard" },		/* R */
	{ MAKER, "Zscaler Inc.", "Zscaler" },				/* C */
	/* tools of those who look into connections by hand */
	{ CN, "mitmproxy", "mitmproxy" },				/* S */
	{ CN_BEGINS, "Charles Proxy CA", "Charles" },			/* D */
	{ CN, "DO_NOT_TRUST_FiddlerRoot", "Fiddler" },			/* S */
	{ CN_BEGINS, "Fiddler Root Certificate Authority",
	    "Fiddler" },						/* D */
	{ CN, "PortSwigger CA", "Burp Suite" },				/* D */
	{ CN, "OWASP Zed Attack Proxy Root CA", "ZAP" },		/* S */
	{ CN_BEGINS, "HTTP Toolkit CA", "HTTP Toolkit" },		/* S */
	{ CN_BEGINS, "Proxyman CA", "Proxyman" },			/* R */
	{ CN, "goproxy.github.io", "goproxy" }				/* S */
};

/* is - letters without case, as RFC 5280 section 7.1 compares names; the first one decides nearly always */
static bool
is(enum part part, const char *name, const struct cert_facts *c)
{
	bool whole = part == CN || part == MAKER;
	const char *of = part == CN || part == CN_BEGINS ? c->issuer_cn :
	    c->issuer_org;

	return whole ? strcasecmp(of, name) == 0 :
	    strncasecmp(of, name, strlen(name)) == 0;
}

/* names_host - was nothing found wrong with the names of the server's own certificate? */
static bool
names_host(const struct tls_facts *facts)
{
	size_t i;

	for (i = 0; i < facts->ntroubles; i++)
		if (facts->troubles[i].kind == CERT_WRONG_HOST)
			return false;
	return facts->verified;
}

static const char *
product_of(const struct cert_facts *c, bool makers_too)
{
	size_t i;

	for (i = 0; i < sizeof(makers) / sizeof(makers[0]); i++)
		if ((makers_too || makers[i].part == CN ||
		    makers[i].part == CN_BEGINS) &&
		    is(makers[i].part, makers[i].name, c))
			return makers[i].product;
	return NULL;
}

const char *
interceptors_find(const struct tls_facts *facts)
{
	const struct cert_facts *c = tls_facts_cert(facts, 0);
	bool makers_too = names_host(facts);
	const char *found = NULL;
	size_t i;

	/* who signed himself was not issued by anybody */
	if (c == NULL || c->self_issued)
		return NULL;
	for (i = 0; found == NULL &&
	    (c = tls_facts_cert(facts, i)) != NULL; i++)
		found = product_of(c, makers_too);
	return found;
}

static void
report(struct sheet *sheet, const struct tls_facts *facts,
    const char *product, const char *whom)
{
	const struct cert_facts *leaf = tls_facts_cert(facts, 0);
	struct buf detail;

	buf_init(&detail, SENTENCE_MAX);
	cert_words_name(&detail, leaf);
	(void)buf_str(&detail, " is issued by ");
	cert_words_issuer(&detail, leaf);
	if (product != NULL)
		(void)sheet_find(sheet, CAUSE_CERT_INTERCEPTED, STAGE_TLS,
		    buf_cstr(&detail), "%s is answered by %s, which puts its "
		    "own certificate in place of the server's", whom, product);
	else
		(void)sheet_find(sheet, CAUSE_CERT_INTERCEPTED, STAGE_TLS,
		    buf_cstr(&detail), "%s presents a certificate that has "
		    "none of the pins and is trusted on this host alone", whom);
	sheet->nomem = sheet->nomem || detail.nomem;
	buf_free(&detail);
}

bool
interceptors_judge(struct sheet *sheet, const struct tls_facts *facts,
    bool mismatch, const char *whom)
{
	const char *product = interceptors_find(facts);

	if (product == NULL && (!mismatch || !facts->anchor_local ||
	    facts->npath == 0 || facts->ntroubles > 0))
		return true;
	report(sheet, facts, product, whom);
	return false;
}
