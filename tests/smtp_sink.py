#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""smtp_sink.py PORT: an SMTP server that another server relays to.

Listens on 127.0.0.1.  What it says to RCPT stands in the recipient: the local
part of ANSWERS.  It takes everybody else, and no mail: at DATA it prints a line
and hangs up.
"""
import socketserver
import sys

ANSWERS = {
    "full": "552 5.2.2 Mailbox is full",
    "later": "450 4.2.0 Recipient address rejected: Greylisted",
    "relay": "554 5.7.1 Relay access denied",
    "nobody": "550 5.1.1 User unknown",
}
OFFERS = ("250-sink.example.test", "250-PIPELINING", "250-8BITMIME",
    "250-SIZE 1000000", "250 ENHANCEDSTATUSCODES")


class Sink(socketserver.StreamRequestHandler):
	def say(self, *lines):
		self.wfile.write("".join(line + "\r\n" for line in
		    lines).encode())

	def handle(self):
		self.say("220 sink.example.test ESMTP")
		for line in self.rfile:
			if not self.answer(line.decode("latin-1").strip()):
				return

	def answer(self, line):
		verb = line.upper().split(" ")[0]
		if verb == "EHLO":
			self.say(*OFFERS)
		elif verb == "RCPT":
			who = line.split("<")[-1].split("@")[0]
			self.say(ANSWERS.get(who, "250 2.1.5 ok"))
		elif verb in ("QUIT", "DATA", "BDAT"):
			self.say("221 2.0.0 bye")
			if verb != "QUIT":
				print("a mail was sent", flush=True)
			return False
		else:
			self.say("250 2.0.0 ok")
		return True


class Server(socketserver.ThreadingTCPServer):
	allow_reuse_address = True
	daemon_threads = True


if __name__ == "__main__":
	if len(sys.argv) != 2:
		sys.exit(__doc__)
	with Server(("127.0.0.1", int(sys.argv[1])), Sink) as server:
		server.serve_forever()
