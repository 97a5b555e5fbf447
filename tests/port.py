#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""port.py free N | port.py wait HOST PORT SECONDS

Ports for tests: numbers that nobody listens on (all held at once while they
are chosen, so that they differ), and waiting until somebody does.
"""
import errno
import socket
import sys
import time

LOOPBACKS = (socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")


def held():
    """A port that is free on both loopbacks: its number and its sockets."""
    while True:
        first, others = socket.socket(*LOOPBACKS[0][:1]), []
        first.bind((LOOPBACKS[0][1], 0))
        number = first.getsockname()[1]
        try:
            for family, address in LOOPBACKS[1:]:
                if socket.has_ipv6:
                    others.append(socket.socket(family))
                    others[-1].bind((address, number))
        except OSError as error:
            # a host without IPv6 has no second loopback to be busy
            if error.errno == errno.EADDRINUSE:
                continue
        return number, [first] + others


def free(count):
    taken = [held() for _ in range(count)]
    print(*(number for number, _ in taken))
    return 0


def wait(host, port, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection((host, port), 1).close()
            return 0
        except OSError:
            time.sleep(0.02)
    print("nothing listens on %s port %d" % (host, port), file=sys.stderr)
    return 1


def main(argv):
    if argv[1:2] == ["free"] and len(argv) == 3:
        return free(int(argv[2]))
    if argv[1:2] == ["wait"] and len(argv) == 5:
        return wait(argv[2], int(argv[3]), float(argv[4]))
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv))
