#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""hold_imap.py HOST PORT USER PASSWORD N FILE [tls] - hold N sessions open

Logs in N times, without TLS or after STARTTLS, writes FILE when all are in, and keeps them until
it is ended.  For limits on the number of connections.
"""
import imaplib
import signal
import ssl
import sys


def main(argv):
    if len(argv) not in (7, 8):
        print(__doc__, file=sys.stderr)
        return 2
    sessions = []
    for _ in range(int(argv[5])):
        sessions.append(imaplib.IMAP4(argv[1], int(argv[2])))
        if len(argv) == 8:
            # whose certificate it is does not matter to a session held open
            sessions[-1].starttls(ssl._create_unverified_context())
        sessions[-1].login(argv[3], argv[4])
    with open(argv[6], "w", encoding="ascii") as out:
        print(len(sessions), file=out)
    signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
