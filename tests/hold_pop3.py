#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""hold_pop3.py PORT USER PASSWORD N FILE [tls] - hold N maildrops open

Logs in N times at 127.0.0.1, without TLS or within it, writes FILE when all are
in, and keeps them until it is ended.  For locks and for limits on the number of
connections.
"""
import poplib
import signal
import ssl
import sys


def main(argv):
    if len(argv) not in (6, 7):
        print(__doc__, file=sys.stderr)
        return 2
    sessions = []
    for _ in range(int(argv[4])):
        if len(argv) == 7:
            # whose certificate it is does not matter to a session held open
            sessions.append(poplib.POP3_SSL("127.0.0.1", int(argv[1]),
                            context=ssl._create_unverified_context()))
        else:
            sessions.append(poplib.POP3("127.0.0.1", int(argv[1])))
        sessions[-1].user(argv[2])
        sessions[-1].pass_(argv[3])
        sessions[-1].stat()
    with open(argv[5], "w", encoding="ascii") as out:
        print(len(sessions), file=out)
    signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
