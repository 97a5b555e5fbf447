/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_netsnmp - questions to SNMP agents (module "snmp"), over net-snmp
 *
 * The library gets a transport that is no socket.  It is never initialised as
 * a whole, so it reads neither snmp.conf nor MIB files nor the variables that
 * name them, and keeps nothing in /var/lib/snmp.  The engine of an agent is
 * asked for here, since the library's own question would wait for the answer.
 */
#include <stdlib.h>
#include <string.h>

#include "base/wipe.h"
#include "module/snmp_netsnmp.h"
#include "module/snmp_parts.h"

#include <net-snmp/library/large_fd_set.h>

enum {
	RETRIES = 1000000,	/* the caller's deadline ends them */
	OUTSIDE_MAX = 3		/* times that an agent may find its time window missed */
};

/* --- what came --- */

/* reports of the agent, and what the library says of an answer */
static const struct {
	int		 code;
	enum snmp_state	 state;
} reports[] = {
	{ SNMPERR_UNKNOWN_USER_NAME, SNMP_NO_USER },
	{ SNMPERR_AUTHENTICATION_FAILURE, SNMP_WRONG_DIGEST },
	{ SNMPERR_DECRYPTION_ERR, SNMP_NOT_DECRYPTED },
	{ SNMPERR_UNSUPPORTED_SEC_LEVEL, SNMP_NO_LEVEL },
	{ SNMPERR_NOT_IN_TIME_WINDOW, SNMP_TIME_WINDOW }
};

static enum snmp_state
report_state(int code)
{
	size_t i;

	for (i = 0; i < sizeof(reports) / sizeof(reports[0]); i++)
		if (reports[i].code == code)
			return reports[i].state;
	return SNMP_REFUSED;
}

static void
take_answer(struct snmp *snmp, const netsnmp_pdu *pdu)
{
	snmp->status = (unsigned)pdu->errstat;
	/* nobody asked for values yet, and nobody vouches for these */
	if (snmp->probing)
		snmp->state = SNMP_REFUSED;
	else if (pdu->errstat == SNMP_ERR_NOERROR) {
		snmp_values_take(snmp, pdu);
		snmp->state = SNMP_ANSWERED;
	} else if (pdu->errstat == SNMP_ERR_NOACCESS ||
	    pdu->errstat == SNMP_ERR_AUTHORIZATIONERROR) {
		snmp->state = SNMP_FORBIDDEN;
	} else {
		snmp->state = SNMP_REFUSED;
	}
}

static void
take_report(struct snmp *snmp, netsnmp_pdu *pdu, bool last)
{
	int code = snmpv3_get_report_type(pdu);

	/* the report that names the engine is what was asked for; and the library itself asks again with the engine's time */
	if (snmp->probing || (code == SNMPERR_NOT_IN_TIME_WINDOW && !last))
		return;
	snmp->status = 0;
	snmp->state = report_state(code);
}

/* asked_again - by the library itself; where a datagram is the reason, that was a report of a missed time window */
static void
asked_again(struct snmp *snmp)
{
	if (snmp->in.p != NULL && ++snmp->outside > OUTSIDE_MAX)
		snmp->state = SNMP_TIME_WINDOW;
}

/* called - netsnmp_callback: 1 when the question is done with */
static int
called(int what, netsnmp_session *session, int id, netsnmp_pdu *pdu,
    void *arg)
{
	struct snmp *snmp = arg;

	(void)session;
	(void)id;
	if (what == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE &&
	    pdu->command == SNMP_MSG_RESPONSE)
		take_answer(snmp, pdu);
	else if (what == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE &&
	    pdu->command == SNMP_MSG_REPORT)
		take_report(snmp, pdu, false);
	else if (what == NETSNMP_CALLBACK_OP_SEC_ERROR &&
	    pdu->command == SNMP_MSG_REPORT)
		take_report(snmp, pdu, true);
	else if (what == NETSNMP_CALLBACK_OP_RESEND)
		asked_again(snmp);
	return 1;
}

/* overheard - netsnmp_callback of the session: a message that its keys do not fit comes by here, and by nowhere else */
static int
overheard(int what, netsnmp_session *session, int id, netsnmp_pdu *pdu,
    void *arg)
{
	struct snmp *snmp = arg;

	(void)id;
	(void)pdu;
	if (what == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE &&
	    session->s_snmp_errno == SNMPERR_USM_AUTHENTICATIONFAILURE)
		snmp->state = SNMP_WRONG_DIGEST;
	return 1;
}

/* --- what is sent --- */

static bool
push(struct snmp *snmp, netsnmp_pdu *pdu)
{
	if (snmp_sess_async_send(snmp->session, pdu, called, snmp) != 0)
		return true;
	snmp_free_pdu(pdu);
	return false;
}

static bool
probe(struct snmp *snmp)
{
	netsnmp_pdu *pdu;

	pdu = snmp_pdu_create(SNMP_MSG_GET);
	if (pdu == NULL)
		return false;
	pdu->version = SNMP_VERSION_3;
	pdu->securityName = strdup("");
	pdu->securityNameLen = 0;
	pdu->securityLevel = SNMP_SEC_LEVEL_NOAUTH;
	pdu->securityModel = SNMP_SEC_MODEL_USM;
	snmp->probing = true;
	return push(snmp, pdu);
}

static bool
question(struct snmp *snmp)
{
	netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_GETBULK);
	oid name[SNMP_OID_MAX];
	size_t i, k;

	if (pdu == NULL)
		return false;
	pdu->non_repeaters = 0;
	pdu->max_repetitions = (long)snmp->rows;
	for (i = 0; i < snmp->nasked; i++) {
		for (k = 0; k < snmp->asked[i].n; k++)
			name[k] = snmp->asked[i].part[k];
		if (snmp_add_null_var(pdu, name, snmp->asked[i].n) == NULL) {
			snmp_free_pdu(pdu);
			return false;
		}
	}
	return push(snmp, pdu);
}

static bool
met(const struct snmp *snmp)
{
	return snmp_sess_session(snmp->session)->securityEngineIDLen > 0;
}

/* engine_met - the engine is known: keys for it can be made, and the question be asked */
static void
engine_met(struct snmp *snmp)
{
	netsnmp_session *session = snmp_sess_session(snmp->session);

	snmp->probing = false;
	if (usm_create_user_from_session(session) != SNMPERR_SUCCESS ||
	    !question(snmp))
		snmp->state = SNMP_OURS;
}

static enum snmp_state
ask(struct snmp *snmp, const struct snmp_name *names, size_t n, unsigned rows)
{
	snmp->state = SNMP_OURS;
	if (n > SNMP_ASKED_MAX)
		return snmp->state;
	memcpy(snmp->asked, names, n * sizeof(*names));
	snmp->nasked = n;
	snmp->rows = rows;
	snmp->n = 0;
	snmp->state = SNMP_WAITS;
	if (snmp->v3 && !met(snmp) ? !probe(snmp) : !question(snmp))
		snmp->state = SNMP_OURS;
	return snmp->state;
}

static enum snmp_state
hear(struct snmp *snmp, struct span datagram)
{
	netsnmp_large_fd_set set;

	if (snmp->state != SNMP_WAITS || datagram.len == 0)
		return snmp->state;
	netsnmp_large_fd_set_init(&set, FD_SETSIZE);
	NETSNMP_LARGE_FD_ZERO(&set);
	NETSNMP_LARGE_FD_SET(SNMP_PRETENDED, &set);
	snmp->in = datagram;
	(void)snmp_sess_read2(snmp->session, &set);
	snmp->in = (struct span){ NULL, 0 };
	netsnmp_large_fd_set_cleanup(&set);
	if (snmp->probing && met(snmp))
		engine_met(snmp);
	return snmp->state;
}

static enum snmp_state
tick(struct snmp *snmp)
{
	if (snmp->state == SNMP_WAITS)
		snmp_sess_timeout(snmp->session);
	return snmp->state;
}

static const struct snmp_value *
values(const struct snmp *snmp, size_t *n)
{
	*n = snmp->n;
	return snmp->values;
}

static unsigned
status(const struct snmp *snmp)
{
	return snmp->status;
}

/* --- from beginning to end --- */

/* wipe_session - what the library does not; keys of its users it does */
static void
wipe_session(netsnmp_session *s)
{
	wipe(s->securityAuthKey, sizeof(s->securityAuthKey));
	wipe(s->securityPrivKey, sizeof(s->securityPrivKey));
	if (s->community != NULL)
		wipe(s->community, s->community_len);
}

static void
snmp_end(struct snmp *snmp)
{
	if (snmp == NULL)
		return;
	if (snmp->session != NULL) {
		wipe_session(snmp_sess_session(snmp->session));
		(void)snmp_sess_close(snmp->session);
	}
	shutdown_usm();
	free(snmp->values);
	wipe(snmp, sizeof(*snmp));
	free(snmp);
}

/* start_library - once; nothing of it may speak */
static void
start_library(void)
{
	static bool started;

	if (started)
		return;
	started = true;
	(void)netsnmp_register_loghandler(NETSNMP_LOGHANDLER_NONE, LOG_DEBUG);
	netsnmp_ds_set_string(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_APPTYPE,
	    "monitoring-plugins-mail");
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
	    NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
	    NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
	init_secmod();
	/*
	 * what it does when it has read its configuration: make salts, and
	 * the user without a name, who asks for the engine (RFC 3414 section
	 * 4) and for whom there has to be an engine here, too
	 */
	(void)setup_engineID(NULL, NULL);
	(void)snmp_call_callbacks(SNMP_CALLBACK_LIBRARY,
	    SNMP_CALLBACK_POST_PREMIB_READ_CONFIG, NULL);
}

/* add - the session, with our transport; false without memory */
static bool
add(struct snmp *snmp, netsnmp_session *s)
{
	netsnmp_transport *t = snmp_wire(snmp);

	if (t == NULL)
		return false;
	snmp->session = snmp_sess_add(s, t, NULL, NULL);
	if (snmp->session == NULL)
		return false;
	/* it cleared this one, and would wait for the engine */
	if (snmp->v3)
		snmp_sess_session(snmp->session)->flags |=
		    SNMP_FLAGS_DONT_PROBE;
	return true;
}

static struct snmp *
snmp_begin(const struct snmp_account *a, bool (*send)(void *, struct span),
    void *arg, struct buf *why)
{
	struct snmp *snmp = calloc(1, sizeof(*snmp));
	netsnmp_session s;
	bool ok;

	if (snmp == NULL)
		return NULL;
	start_library();
	snmp->send = send;
	snmp->arg = arg;
	snmp->v3 = a->v3;
	snmp->values = calloc(SNMP_VALUES_MAX, sizeof(*snmp->values));
	snmp_sess_init(&s);
	s.timeout = (long)a->again;
	s.retries = RETRIES;
	s.callback = overheard;
	s.callback_magic = snmp;
	s.version = SNMP_VERSION_2c;
	s.community = (u_char *)(uintptr_t)a->community.p;
	s.community_len = a->community.len;
	ok = snmp->values != NULL &&
	    (!a->v3 || snmp_user(&s, a, why)) && add(snmp, &s);
	wipe(&s, sizeof(s));
	if (ok)
		return snmp;
	if (why->len == 0)
		(void)buf_str(why, "net-snmp opens no session");
	snmp_end(snmp);
	return NULL;
}

const struct snmp_functions snmp_netsnmp = {
	.open = snmp_begin,
	.ask = ask,
	.hear = hear,
	.tick = tick,
	.values = values,
	.met = met,
	.status = status,
	.close = snmp_end
};
