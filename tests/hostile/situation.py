# SPDX-License-Identifier: GPL-3.0-or-later
"""One row of a table: what a server does, and what must be made of it.

row(name, script, want, ...) adds a situation.  `want` is the cause, None for
OK, or a tuple of causes any of which will do.  State and party are those of
common/report/causes.tsv and the stage follows from the cause unless a row says
otherwise.  Where the verdict is made before the login, the credential must
never have been sent; that needs no saying.
"""

ANY = object()			# whatever it is
USER = "bob@example.test"
PASSWORD = "Tr0ub4dor-and-3"
SHORT = 2			# seconds of -t where a server stays silent

# verdicts that come after a login may have been tried
AFTER_LOGIN = ("auth.", "submit.", "mailbox.", "fetch.", "quota.", "protocol.", "slow",
    "threshold")
# and those of them that mean it must not be tried
NOT_TRIED = ("auth.no-mechanism", "auth.needs-tls", "auth.cleartext",
    "auth.backoff")


class Situation:
	"""A row.  Everything has a default; rows name what is special."""

	defaults = dict(
	    tls="implicit",	# what the check is told
	    serve=None,		# what the server does, where it differs
	    cert="good",	# name in the PKI
	    ca="root.pem",	# whom the check trusts, there
	    versions=None,	# (lowest, highest) that the server speaks
	    ask=None,		# "client certificate", "weak dh"
	    args=(),		# further options
	    user=USER, password=PASSWORD, give="file",
	    timeout=10, max_seconds=None,
	    state=None, stage=None,
	    secret=None,	# True: may be sent, False: never
	    login=None,		# (how, user, password) that the server must get
	    never=(),		# commands that must not come
	    sent=(),		# patterns in what the server got
	    shows=(),		# words that the report must contain
	    hides=(),		# words that it must not contain
	    farewell=True,	# is one said when all is well
	    text=False,		# look at the text form, too
	    trace=False,	# and at the transcript of -vvv
	    connects=True,	# does the check ask the server at all
	    second=None,	# commands that a second connection must bring; None: there is none
	    again=False,	# is there one more connection that sees what TLS was refused
	    runs=None,		# several runs, as changes of this row
	    sleep=0,		# seconds before the run
	    clock=None,		# what the wall clock shows
	    terminate=None,	# SIGTERM after so many seconds
	    module=False)	# needs an installed module

	def __init__(self, name, script, want, **more):
		unknown = set(more) - set(self.defaults)
		if unknown:
			raise TypeError("%s: %s" % (name, unknown))
		self.name, self.script = name, script
		self.changes = more
		for key, value in {**self.defaults, **more}.items():
			setattr(self, key, value)
		self.causes = want if isinstance(want, tuple) else (want,)
		if self.serve is None:
			self.serve = self.tls
		if self.max_seconds is None:
			self.max_seconds = self.timeout + 2
		if self.secret is None:
			self.secret = all(map(self.after_login, self.causes))

	def each_run(self):
		"""This situation once for every time that the check is run."""
		for change in self.runs or ({},):
			more = {**self.changes, **change}
			want = more.pop("want", self.causes)
			more["args"] = (*self.args, *change.get("args", ()))
			yield Situation(self.name, self.script, want, **more)

	@staticmethod
	def after_login(cause):
		return cause is None or cause is ANY or (
		    cause.startswith(AFTER_LOGIN) and cause not in NOT_TRIED)


class Table(list):
	"""The rows for one program; a row is added by calling it."""

	def __call__(self, name, script, want, **more):
		self.append(Situation(name, script, want, **more))

	def silent(self, name, script, want, **more):
		self(name, script, want, timeout=SHORT, **more)

	def starttls(self, name, script, want, **more):
		self(name, script, want, tls="starttls", **more)

	def plain(self, name, script, want, *args, **more):
		self(name, script, want, tls="none",
		    args=("--allow-cleartext",) + args, **more)
