#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dns_server.py FILE - a name server on port 53 that does as the name says

    nx.*  servfail.*  refused.*     these answers
    silent.*                        no answer
    flood.*                         datagrams without end, none of them an answer
    endless.*                       over UDP: ask by TCP; there, one answer
                                    that comes a byte at a time
    stream.*                        over UDP: ask by TCP; there, messages
                                    without end, none of them the answer
    anything else                   the addresses in the table, or none

The table is on standard input: a name and an address in each line.  FILE is
written when the server is ready.
"""
import ipaddress
import select
import socket
import struct
import sys
import threading
import time

A, AAAA, IN = 1, 28, 1
RCODES = {"servfail": 2, "nx": 3, "refused": 5}
AUTHORITATIVE, AVAILABLE, ANSWER = 0x0400, 0x0080, 0x8000
DESIRED = 0x0100
TRUNCATED = 0x0200
BY_TCP = ("endless", "stream")
FLOOD_SECONDS = 6	# longer than whoever asks has patience
POINTER = 0xC00C	# to the name in the question
TTL = 60


def read_table(lines):
    """{name: [packed addresses]}"""
    table = {}
    for line in lines:
        name, address = line.split()
        table.setdefault(name, []).append(
            ipaddress.ip_address(address).packed)
    return table


def question(packet):
    """name in lower case, type, and the bytes of the question (RFC 1035 4.1.2)"""
    labels, at = [], 12
    while packet[at]:
        labels.append(packet[at + 1:at + 1 + packet[at]].decode("latin-1"))
        at += 1 + packet[at]
    kind = struct.unpack("!H", packet[at + 1:at + 3])[0]
    return ".".join(labels).lower(), kind, packet[12:at + 5]


def answer(packet, table):
    name, kind, asked = question(packet)
    first = name.split(".")[0]
    if first == "silent":
        return None
    size = {A: 4, AAAA: 16}.get(kind)
    found = [a for a in table.get(name, ()) if len(a) == size]
    if first in RCODES:
        found = []
    number, flags = struct.unpack("!HH", packet[:4])
    flags = flags & DESIRED | ANSWER | AVAILABLE | AUTHORITATIVE \
        | RCODES.get(first, 0) | (TRUNCATED if first in BY_TCP else 0)
    out = struct.pack("!HHHHHH", number, flags, 1, len(found), 0, 0) + asked
    for address in found:
        out += struct.pack("!HHHIH", POINTER, kind, IN, TTL,
                           len(address)) + address
    return out


def no_answers(packet):
    """What may look like one: another number, another question, no bytes, noise."""
    number = struct.unpack("!H", packet[:2])[0]
    other = struct.pack("!HH", number ^ 1, ANSWER | AVAILABLE) + packet[4:]
    name = packet[:2] + struct.pack("!H", ANSWER | AVAILABLE) + packet[4:12] \
        + b"\5other" + packet[12:]
    return [other, name, b"", packet, b"\xc0\x0c" * 256]


def flood(server, packet, peer, flooded):
    end = time.monotonic() + FLOOD_SECONDS
    while time.monotonic() < end:
        for message in no_answers(packet) * 20:
            try:
                server.sendto(message, peer)
            except OSError:	# nobody hears it any more, or the wire is full
                pass
    flooded.discard(peer)


def by_tcp(connection):
    """One question, and no end of what comes back; until the client goes."""
    try:
        connection.recv(2, socket.MSG_WAITALL)
        packet = connection.recv(4096)
        first = question(packet)[0].split(".")[0]
        others = [m for m in no_answers(packet) if m]
        while first == "stream":
            for message in others:
                connection.sendall(struct.pack("!H", len(message)) + message)
        connection.sendall(struct.pack("!H", 65535))
        while True:
            connection.sendall(b"\0")
            time.sleep(0.02)
    except (OSError, IndexError, struct.error):
        connection.close()


def accept(listener):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=by_tcp, args=(connection,),
                         daemon=True).start()


def bound(family, kind, address):
    server = socket.socket(family, kind)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    server.bind((address, 53))
    return server


def listen(family, address):
    listener = bound(family, socket.SOCK_STREAM, address)
    listener.listen()
    threading.Thread(target=accept, args=(listener,), daemon=True).start()


def hear(server, table, flooded):
    """One datagram, and what is said to it."""
    packet, peer = server.recvfrom(4096)
    try:
        first = question(packet)[0].split(".")[0]
        reply = answer(packet, table)
    except (IndexError, struct.error) as error:
        print("bad query:", error, file=sys.stderr)
        return
    if first == "flood" and peer not in flooded:
        flooded.add(peer)
        threading.Thread(target=flood, daemon=True,
                         args=(server, packet, peer, flooded)).start()
    elif reply and first != "flood":
        server.sendto(reply, peer)


def main(argv):
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    table = read_table(sys.stdin)
    flooded = set()
    places = [(socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")]
    servers = [bound(family, socket.SOCK_DGRAM, address)
               for family, address in places]
    for family, address in places:
        listen(family, address)
    with open(argv[1], "w", encoding="ascii") as out:
        print("ready", file=out)
    while True:
        for server in select.select(servers, [], [])[0]:
            hear(server, table, flooded)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
