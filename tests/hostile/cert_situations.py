# SPDX-License-Identifier: GPL-3.0-or-later
"""The table for check_tls_cert: TLS at once, and started in every protocol.

Nobody logs in there, and behind TLS nothing is said.
"""
import dialect_situations
import tls_situations
from dialect_servers import END, STREAM, xmpp
from server import close, imap, pause, raw, silence, steps
from situation import Table

# what public CAs must do changes from year to year
PRIVATE = "--policy=private"


class CertTable(Table):
	def __call__(self, name, script, want, **more):
		args = (PRIVATE, *more.pop("args", ()))
		if more.get("tls") == "starttls" and not any(
		    a.startswith("--protocol=") for a in args):
			args += ("--protocol=imap",)
		more.update(args=args, farewell=False, secret=False, trace=False)
		super().__call__(name, script, want, **more)


TABLE = CertTable()
tls_situations.add(TABLE, imap)
for each in dialect_situations.TABLE:
	TABLE(each.name, each.script, each.causes, **each.changes)

TABLE("tls-port-speaks-plaintext", steps(raw(b"* OK ready\r\n"), silence),
    "tls.port-speaks-plaintext", serve="none")
TABLE("imap-preauth", imap("* PREAUTH welcome"), "tls.preauth",
    tls="starttls")
TABLE("xmpp-bad-format", xmpp(stream=[raw(STREAM + b"<stream:error>"
    b"<bad-format xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
    b"</stream:error>" + END), pause(0.1), close]), "protocol.rejected",
    tls="starttls", stage="greeting", args=("--protocol=xmpp",))
