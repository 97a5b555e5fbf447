#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""serve.py KIND PKI FILE - the good server of server.py, for other suites

KIND is implicit, starttls, scram or esearch (both implicit, and offering no
more than that), or the name of a certificate in PKI (implicit).  The port is
written to FILE when the server is ready.  It serves until it is ended.
"""
import os
import signal
import sys

sys.dont_write_bytecode = True
import wire
from pki import Pki
from server import CAPS, Server, imap

PATIENCE = 300		# seconds that a client may be busy: valgrind is slow
SCRIPTS = {"scram": dict(caps="IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256"),
    "esearch": dict(caps=CAPS + " ESEARCH IDLE",
    search=['* ESEARCH (TAG "{tag}") MIN 3 COUNT 1', "{tag} OK done"])}


def main(argv):
	if len(argv) != 4:
		print(__doc__, file=sys.stderr)
		return 2
	kind, pki, path = argv[1], Pki(argv[2]), argv[3]
	known = kind in ("implicit", "starttls") or kind in SCRIPTS
	context = pki.context("good" if known else kind, None, None)
	wire.LINGER = PATIENCE
	mode = "starttls" if kind == "starttls" else "implicit"
	script = imap(**SCRIPTS.get(kind, {}))
	with Server(script, mode, lambda: context, "bob", "secret") as server:
		with open(path + ".new", "w", encoding="ascii") as out:
			print(server.port, file=out)
		os.rename(path + ".new", path)
		signal.pause()
	return 0


if __name__ == "__main__":
	sys.exit(main(sys.argv))
