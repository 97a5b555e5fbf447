#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dns_server.py FILE - a name server on UDP port 53 that does as the name says

    nx.*  servfail.*  refused.*     these answers
    silent.*                        no answer
    anything else                   the addresses in the table, or none

The table is on standard input: a name and an address in each line.  FILE is
written when the server is ready.
"""
import ipaddress
import select
import socket
import struct
import sys

A, AAAA, IN = 1, 28, 1
RCODES = {"servfail": 2, "nx": 3, "refused": 5}
AUTHORITATIVE, AVAILABLE, ANSWER = 0x0400, 0x0080, 0x8000
DESIRED = 0x0100
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
        | RCODES.get(first, 0)
    out = struct.pack("!HHHHHH", number, flags, 1, len(found), 0, 0) + asked
    for address in found:
        out += struct.pack("!HHHIH", POINTER, kind, IN, TTL,
                           len(address)) + address
    return out


def bound(family, address):
    server = socket.socket(family, socket.SOCK_DGRAM)
    if family == socket.AF_INET6:
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    server.bind((address, 53))
    return server


def main(argv):
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    table = read_table(sys.stdin)
    servers = [bound(socket.AF_INET, "0.0.0.0"), bound(socket.AF_INET6, "::")]
    with open(argv[1], "w", encoding="ascii") as out:
        print("ready", file=out)
    while True:
        for server in select.select(servers, [], [])[0]:
            packet, peer = server.recvfrom(4096)
            try:
                reply = answer(packet, table)
            except (IndexError, struct.error) as error:
                print("bad query:", error, file=sys.stderr)
                continue
            if reply:
                server.sendto(reply, peer)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
