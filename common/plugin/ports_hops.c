/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_hops - the ways that were followed, as lines and as facts
 */
#include "judge/hops_words.h"
#include "plugin/ports.h"
#include "report/json.h"
#include "report/line.h"

static const char *const kinds[] = {
	[TRACE_TCP] = "tcp", [TRACE_UDP] = "udp", [TRACE_ECHO] = "echo"
};

static const char *const outcomes[] = {
	[TRACE_DONE] = "done", [TRACE_CUT] = "cut",
	[TRACE_FORBIDDEN] = "forbidden", [TRACE_BLIND] = "blind",
	[TRACE_STUCK] = "stuck"
};

static const char *const answers[] = {
	[HOP_SILENT] = "silent", [HOP_EXPIRED] = "expired",
	[HOP_REJECTED] = "rejected", [HOP_RESET] = "reset",
	[HOP_PORT_UNREACHABLE] = "port-unreachable", [HOP_REPLY] = "reply",
	[HOP_CONNECTED] = "connected"
};

static void
lines_of(struct buf *out, const struct hop_trace *t)
{
	struct buf line;
	char text[ADDRESS_TEXT];
	size_t hop;

	line_word(out, "path");
	buf_fmt(out, "%s ", address_text(&t->to, text));
	hops_title(out, t);
	buf_char(out, '\n');
	for (hop = 1; hop <= hops_lines(t); hop++) {
		buf_init(&line, SENTENCE_MAX);
		hops_line(&line, t, hop);
		line_word(out, "");
		buf_fmt(out, "%s\n", buf_cstr(&line));
		buf_free(&line);
	}
}

void
ports_paths_table(const struct run *run, struct buf *out,
    const struct ports_batch *batch)
{
	size_t i, k;

	(void)run;
	for (i = 0; i < batch->npaths; i++)
		for (k = 0; k < batch->paths[i].ntraces; k++)
			lines_of(out, &batch->paths[i].traces[k]);
}

static void
hop_fact(struct json *j, const struct hop_trace *t, size_t hop)
{
	const struct hop *h = trace_at(t, hop);
	const struct hop_voice *voice = hop_voice(h);
	char text[ADDRESS_TEXT];

	json_object(j, NULL);
	json_uint(j, "hop", hop);
	json_string(j, "address", voice != NULL && voice->from.family != 0 ?
	    address_text(&voice->from, text) : NULL);
	json_string(j, "answer", answers[voice != NULL ? voice->answer :
	    HOP_SILENT]);
	if (voice != NULL)
		json_number(j, "seconds", voice->best_usec / 1e6);
	else
		json_null(j, "seconds");
	json_uint(j, "sent", h->sent);
	json_uint(j, "answered", h->answered);
	json_object_end(j);
}

static void
fact(struct json *j, const char *host, const struct hop_trace *t)
{
	char text[ADDRESS_TEXT];
	size_t hop;

	json_object(j, NULL);
	json_string(j, "host", host);
	json_string(j, "address", address_text(&t->to, text));
	json_string(j, "kind", kinds[t->kind]);
	if (t->kind == TRACE_TCP)
		json_uint(j, "port", t->port);
	else
		json_null(j, "port");
	json_string(j, "outcome", outcomes[t->outcome]);
	json_array(j, "hops");
	for (hop = 1; hop <= hops_lines(t); hop++)
		hop_fact(j, t, hop);
	json_array_end(j);
	json_object_end(j);
}

void
ports_paths_facts(const struct run *run, struct json *j,
    const struct ports_batch *batch)
{
	size_t i, k;

	json_array(j, "paths");
	for (i = 0; i < batch->npaths; i++)
		for (k = 0; k < batch->paths[i].ntraces; k++)
			fact(j, run->results[batch->paths[i].host].target.host,
			    &batch->paths[i].traces[k]);
	json_array_end(j);
}
