# SPDX-License-Identifier: GPL-3.0-or-later
"""One row of a table of the port check: who listens, and what must be said.

row(name, servers, want, facts, ...) adds a situation.  `servers` is {port:
script} for one host, or a list of these for several.  `want` is the cause, None
for OK.  `facts` says in the same form what must be told of the ports, as told()
writes it; those that are not in it must be refused.  State and party are those
of common/report/causes.tsv.
"""

USUAL = (25, 110, 143, 465, 587, 993, 995)
VERDICTS = ("open", "refused", "rejected", "filtered", "unreachable", "reset",
    "untried")
QUICK = 2			# seconds of -t where a server stays silent


def told(fact):
	"""A fact in short: "open imap starttls", "open tls/imap", "refused"

	The protocol, what is inside of TLS, and whether STARTTLS is offered
	(starttls), is not (clear), or nobody could tell (no word).
	"""
	words = [fact["verdict"]]
	if fact["protocol"] is not None:
		inside = fact["inside_tls"]
		words.append(fact["protocol"] + ("/" + inside if inside else ""))
	if fact["starttls"] is not None:
		words.append("starttls" if fact["starttls"] else "clear")
	return " ".join(words)


class Situation:
	"""A row.  Everything has a default; rows name what is special."""

	defaults = dict(
	    args=(),		# further options
	    ports=USUAL,	# that are looked at
	    timeout=10, max_seconds=None,
	    stage=None,		# where it is not the one that the cause is named after
	    state=None,		# where it is not that of causes.tsv
	    causes=None,	# of all findings, in any order; None: any
	    shows=(),		# words that the report must contain
	    hides=(),		# words that it must not contain
	    members=None,	# {port: {member of the fact: value}}
	    values=None,	# {label of a metric: value}
	    heard=None,		# {port: commands that came there, on all connections}
	    forms=("json", "text"),
	    cert="good", versions=None, ask=None)	# as for the login checks

	def __init__(self, name, servers, want, facts, **more):
		unknown = set(more) - set(self.defaults)
		if unknown:
			raise TypeError("%s: %s" % (name, unknown))
		self.name, self.want = name, want
		self.servers = servers if isinstance(servers, list) else [servers]
		self.facts = facts if isinstance(facts, list) else [facts]
		for key, value in {**self.defaults, **more}.items():
			setattr(self, key, value)
		if self.max_seconds is None:
			self.max_seconds = self.timeout + 2

	def arguments(self, hosts):
		out = [a for host in hosts for a in ("-H", host)]
		if self.ports != USUAL:
			out.append("--ports=" + ",".join(map(str, self.ports)))
		return out + ["--timeout=%d" % self.timeout, *self.args]


class Table(list):
	"""The rows; one is added by calling it."""

	def __call__(self, name, servers, want, facts, **more):
		self.append(Situation(name, servers, want, facts, **more))

	def silent(self, name, servers, want, facts, **more):
		"""Where somebody is waited for in vain."""
		self(name, servers, want, facts, timeout=QUICK, **more)

	def alone(self, name, port, script, want, fact, **more):
		"""One port, of which it is expected that it is open."""
		self(name, {port: script}, want, {port: fact}, ports=(port,),
		    args=("--expect=open:%d" % port, *more.pop("args", ())),
		    **more)
