#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""listener.py KIND HOST PORT FILE - a server that does one thing only

KIND is silent (takes connections and says nothing), reset (cuts them at once
with a reset), closed (ends its half of them at once), imap (greets, and answers
every command with OK), ssh (says what an SSH server says first), or full (takes
none, and has no room for more).  PORT 0 is any.  The port is written to FILE
when the server is ready.
"""
import os
import socket
import struct
import sys
import time

GREETING = b"* OK [CAPABILITY IMAP4rev1] ready\r\n"


def silent(connection, held):
    held.append(connection)


def reset(connection, _):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                          struct.pack("ii", 1, 0))
    connection.close()


def closed(connection, held):
    # to close it all is to reset what still comes
    connection.shutdown(socket.SHUT_WR)
    held.append(connection)


def imap(connection, _):
    with connection, connection.makefile("rb") as lines:
        connection.sendall(GREETING)
        for line in lines:
            tag = line.split(b" ")[0]
            connection.sendall(tag.strip() + b" OK done\r\n")


def ssh(connection, held):
    connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
    held.append(connection)


KINDS = {"silent": silent, "reset": reset, "closed": closed, "imap": imap,
         "ssh": ssh, "full": None}
FULL = 2	# connections that fill the shortest queue there is


def listen(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((host, port))
    return server


def fill(server):
    """Nobody takes these, nor any after them."""
    server.listen(0)
    held = [socket.socket(server.family) for _ in range(FULL)]
    for client in held:
        client.setblocking(False)
        client.connect_ex(server.getsockname()[:2])
    return held


def main(argv):
    if len(argv) != 5 or argv[1] not in KINDS:
        print(__doc__, file=sys.stderr)
        return 2
    server = listen(argv[2], int(argv[3]))
    held = []
    if argv[1] == "full":
        held = fill(server)
    else:
        server.listen(64)
    with open(argv[4] + ".new", "w", encoding="ascii") as out:
        print(server.getsockname()[1], file=out)
    os.rename(argv[4] + ".new", argv[4])
    while argv[1] == "full":
        time.sleep(60)
    while True:
        try:
            KINDS[argv[1]](server.accept()[0], held)
        except OSError as error:
            print(error, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
