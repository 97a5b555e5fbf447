#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""snmp_agent.py MODE FILE - an SNMP agent that misbehaves

Listens on UDP port 0 of 127.0.0.1, writes the number of the port into FILE and
answers GETBULK by hand until it is killed.  What the modes do stands beside
their names below.  A file system is told as (path, type, units, size, used).
"""
import os
import socket
import sys
import time
from bisect import bisect_right

STORAGE = (1, 3, 6, 1, 2, 1, 25, 2, 3, 1)
TYPES = (1, 3, 6, 1, 2, 1, 25, 2, 1)
DISKS = (1, 3, 6, 1, 4, 1, 2021, 9, 1)
MTA = (1, 3, 6, 1, 2, 1, 28, 1, 1)
GROUPS = (1, 3, 6, 1, 2, 1, 28, 2, 1)
USM = (1, 3, 6, 1, 6, 3, 15, 1, 1)
REPORTS = {"level": 1, "window": 2, "user": 3, "engine": 4, "digest": 5,
           "decrypt": 6}
ENGINE = b"\x80\x00\x1f\x88\x04liar"
INTEGER, OCTETS, OID, GAUGE, COUNTER64, END = 2, 4, 6, 0x42, 0x46, 0x82
FIXED = (OID, TYPES + (4,))
GIB = 1024 * 1024


def ber(tag, body):
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes(4, "big").lstrip(b"\0")
    return bytes([tag, 0x80 | len(size)]) + size + body


def integer(n, tag=INTEGER):
    return ber(tag, n.to_bytes(n.bit_length() // 8 + 1, "big", signed=True))


def oid(parts):
    out = bytes([parts[0] * 40 + parts[1]])
    for part in parts[2:]:
        septets = [part & 0x7f]
        while part > 0x7f:
            part >>= 7
            septets.append(part & 0x7f | 0x80)
        out += bytes(reversed(septets))
    return ber(OID, out)


def value(kind, what):
    if kind == OCTETS:
        return ber(OCTETS, what)
    if kind == OID:
        return oid(what)
    if kind == END:
        return ber(END, b"")
    return integer(what, kind)


def cut(data):
    """The tag and the body of what comes first, and the rest."""
    tag, size, at = data[0], data[1], 2
    if size & 0x80:
        n = size & 0x7f
        size, at = int.from_bytes(data[2:2 + n], "big"), 2 + n
    return tag, data[at:at + size], data[at + size:]


def parts(body):
    """The parts of a sequence, as (tag, body)."""
    out = []
    while body:
        tag, one, body = cut(body)
        out.append((tag, one))
    return out


def number(body):
    return int.from_bytes(body, "big", signed=True)


def name(body):
    out, part = [body[0] // 40, body[0] % 40], 0
    for byte in body[1:]:
        part = part << 7 | byte & 0x7f
        if not byte & 0x80:
            out.append(part)
            part = 0
    return tuple(out)


def storage(rows):
    out = {}
    for i, (path, kind, units, size, used) in enumerate(rows, 1):
        words = path if isinstance(path, tuple) else (OCTETS, path)
        for column, cell in enumerate((kind, words, units, size, used), 2):
            out[STORAGE + (column, i)] = \
                cell if isinstance(cell, tuple) else (INTEGER, cell)
    return out


def disk(i, path, columns):
    out = {DISKS + (2, i): (OCTETS, path)}
    out.update({DISKS + (c, i): (GAUGE if c > 10 else INTEGER, n)
                for c, n in columns.items()})
    return out


ROOT = (b"/", FIXED, 4096, GIB, GIB // 4)
# each: what it is, and what it has
TABLES = {
    # an honest one
    "honest": storage([ROOT]),
    # 32 bits have overflowed: 3 * 2^30 units, of which 2^30 are used
    "wrapped": storage([(b"/", FIXED, 4096, -(1 << 30), 1 << 30)]),
    # more than 2^63 bytes
    "vast": storage([(b"/", FIXED, 2**31 - 1, (COUNTER64, 2**63 - 1),
                      (COUNTER64, 2**62))]),
    # numbers where words belong, and words where numbers do
    "types": storage([((INTEGER, 7), (OCTETS, b"x"), (OCTETS, b"y"),
                       (OID, TYPES), (OCTETS, b"z")), ROOT]),
    # units of none, sizes of none
    "zero": storage([(b"/", FIXED, 0, 5, 5), (b"/b", FIXED, 4096, 0, 0)]),
    # a name of escapes, quotes and half a megabyte in all
    "names": storage([(b"/\x1b[31m|'\"<\xff" + b"A" * 4000, FIXED, 1024,
                       10, 9)] * 20),
    # 64 bits in pairs: 6 TiB used, 2 TiB left, inodes
    "pairs": disk(1, b"/srv", {7: 2**31 - 1, 8: 2**31 - 1, 10: 93, 13: 2**31,
                               14: 0, 15: 2**31, 16: 1}),
    # mail servers: two queues
    "queue": {**storage([ROOT]), MTA + (2, 1): (GAUGE, 7),
              MTA + (2, 2): (GAUGE, 5), MTA + (5, 1): (GAUGE, 12),
              GROUPS + (12, 1, 1): (INTEGER, 9000)},
    # a mail server without disks
    "diskless": {MTA + (2, 1): (GAUGE, 7), MTA + (5, 1): (GAUGE, 12)},
    # nothing
    "empty": {},
}


class Agent:
    def __init__(self, mode):
        self.mode = mode
        self.table = TABLES.get(mode, TABLES["honest"])
        self.names = sorted(self.table)
        self.asked = 0

    def after(self, what):
        at = bisect_right(self.names, what)
        if at == len(self.names):
            return what, (END, None)
        return self.names[at], self.table[self.names[at]]

    def follow(self, what):
        """What comes behind that name, in this mode."""
        column, row = what[:11], what[11] if len(what) > 11 else 0
        if self.mode == "endless":
            return column + (row + 1,), (INTEGER, 1)
        if self.mode == "stuck":
            return column + (1,), (INTEGER, 1)
        if self.mode == "back":
            return column + (max(100 - row, 1),), (INTEGER, 1)
        if self.mode == "deep":
            return column + tuple(range(row + 1, row + 60)), (INTEGER, 1)
        return self.after(what)

    def bulk(self, names, times):
        out, now = [], list(names)
        for _ in range(times):
            for i, what in enumerate(now):
                now[i], cell = self.follow(what)
                out.append((now[i], cell))
        if self.mode == "single":
            return out[:1]
        if self.mode == "none":
            return []
        if self.mode == "many":
            return out * 8
        return out[:len(names) * 4] if self.mode == "names" else out

    def response(self, request):
        (_, rid), _, (_, times), (_, binds) = parts(request)
        names = [name(parts(b)[0][1]) for _, b in parts(binds)]
        status = {"generr": 5, "toobig": 1, "noaccess": 6,
                  "status": 99}.get(self.mode, 0)
        rid = number(rid) + (self.mode == "stranger")
        out = [] if status else self.bulk(names, min(number(times), 200))
        body = b"".join(ber(0x30, oid(n) + value(*v)) for n, v in out)
        return ber(0xa2, integer(rid) + integer(status) + integer(0) +
                   ber(0x30, body))

    def v2(self, message):
        (_, version), (_, community), (_, request) = parts(cut(message)[1])
        return ber(0x30, integer(number(version)) + ber(OCTETS, community) +
                   self.response(request))

    def v3(self, message):
        _, (_, header), (_, security), (_, scoped) = parts(cut(message)[1])
        mid = number(parts(header)[0][1])
        (_, engine), _, _, (_, user), _, _ = parts(cut(security)[1])
        report = "engine" if not engine else self.mode
        bind = ber(0x30, oid(USM + (REPORTS.get(report, 9), 0)) +
                   integer(1, 0x41))
        pdu = ber(0xa8, integer(0) * 3 + ber(0x30, bind))
        if self.mode == "unasked" and not engine:
            # values, for which nobody vouches, instead of the engine
            request = parts(scoped)[2][1]
            pdu = ber(0xa2, integer(number(parts(request)[0][1])) +
                      integer(0) * 2 + ber(0x30, b""))
        return ber(0x30, integer(3) + ber(0x30, integer(mid) +
                   integer(65507) + ber(OCTETS, b"\0") + integer(3)) +
                   ber(OCTETS, ber(0x30, ber(OCTETS, ENGINE) + integer(1) +
                   integer(100) + ber(OCTETS, user if engine else b"") +
                   ber(OCTETS, b"") * 2)) +
                   ber(0x30, ber(OCTETS, ENGINE) + ber(OCTETS, b"") + pdu))

    def answers(self, message):
        """Datagrams, in order."""
        self.asked += 1
        if self.mode == "silent" or (self.mode == "faints" and
                                     self.asked > 1):
            return
        if self.mode == "garbage":
            yield from (os.urandom(64), b"", message[:20], message,
                        b"\x30\x84\xff\xff\xff\xff")
            return
        if self.mode == "flood":
            for _ in range(200000):
                yield b"\x30\x82\xff\xff" + b"\0" * 200
            return
        if self.mode == "slow":
            time.sleep(0.3)
        yield self.v3(message) if message[:16].find(b"\x02\x01\x03") >= 0 \
            else self.v2(message)


def main(mode, path):
    agent = Agent(mode)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", 0))
        with open(path + ".new", "w", encoding="ascii") as out:
            out.write("%d\n" % s.getsockname()[1])
        os.rename(path + ".new", path)
        while True:
            message, peer = s.recvfrom(65535)
            try:
                for answer in agent.answers(message):
                    s.sendto(answer, peer)
            except OSError as error:
                print("not sent: %s" % error, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
