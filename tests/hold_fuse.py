#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""hold_fuse.py KIND FOLDER READY - mount a file system of our own making there

KIND is one of

    silent        nobody ever answers how full it is, or what is in it
    endless       a Maildir whose folders have no end
    BLOCKS,FREE,AVAILABLE,FILES,FILES-FREE,UNIT
                  it says that of itself

It speaks the kernel's FUSE protocol without a library, so that it can leave out
or say what no honest file system does.  READY is written when it is mounted.
Run it in a mount namespace of its own; the file system goes when it ends.
"""
import ctypes
import os
import struct
import sys

LOOKUP, FORGET, GETATTR, STATFS, INIT = 1, 2, 3, 17, 26
OPENDIR, READDIR, RELEASEDIR = 27, 28, 29
INTERRUPT, BATCH_FORGET = 36, 42
ENOENT, ENOSYS = 2, 38
ROOT, FOLDER = 1, 2
DIRECTORY = 0o40755
DT_REG = 8


def attributes(node):
    return struct.pack("<6Q10I", node, 0, 0, 0, 0, 0, 0, 0, 0, DIRECTORY, 2, 0,
                       0, 0, 4096, 0)


def entries(offset, size):
    """Messages from that number on, as many as fit."""
    out = b""
    while True:
        offset += 1
        name = b"%d.M1.mail,S=10:2,S" % offset
        row = struct.pack("<QQII", offset, offset, len(name), DT_REG) + name
        row += b"\0" * (-len(row) % 8)
        if len(out) + len(row) > size:
            return out
        out += row


class Server:
    def __init__(self, kind):
        self.kind = kind
        self.numbers = ([int(n) for n in kind.split(",")]
                        if "," in kind else None)

    def answer(self, opcode, node, body):
        """(errno, bytes); None: silence."""
        if opcode == INIT:
            return 0, struct.pack("<4I2H3I8I", 7, 31, 0, 0, 12, 9, 4096, 1, 0,
                                  *[0] * 8)[:64]
        if opcode in (FORGET, BATCH_FORGET, INTERRUPT):
            return None
        if opcode == GETATTR:
            return 0, struct.pack("<QII", 0, 0, 0) + attributes(node)
        if self.kind == "silent":
            return None
        if opcode == STATFS and self.numbers:
            blocks, bfree, bavail, files, ffree, unit = self.numbers
            return 0, struct.pack("<5Q10I", blocks, bfree, bavail, files,
                                  ffree, unit, 255, unit, 0, *[0] * 6)
        if opcode == LOOKUP:
            if body.rstrip(b"\0") not in (b"cur", b"new"):
                return ENOENT, b""
            return 0, struct.pack("<4Q2I", FOLDER, 0, 0, 0, 0,
                                  0) + attributes(FOLDER)
        if opcode == OPENDIR:
            return 0, struct.pack("<QII", 0, 0, 0)
        if opcode == READDIR:
            offset, size = struct.unpack_from("<QI", body, 8)
            return 0, entries(offset, size) if node == FOLDER else b""
        if opcode == RELEASEDIR:
            return 0, b""
        return ENOSYS, b""


def main(argv):
    kind, folder, ready = argv[1:]
    server = Server(kind)
    device = os.open("/dev/fuse", os.O_RDWR)
    libc = ctypes.CDLL(None, use_errno=True)
    options = "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other" % device
    if libc.mount(b"test", folder.encode(), b"fuse", 6, options.encode()):
        sys.exit("mount: " + os.strerror(ctypes.get_errno()))
    with open(ready, "w", encoding="ascii") as file:
        file.write("ready\n")
    while True:
        try:
            request = os.read(device, 1 << 20)
        except InterruptedError:
            continue
        _, opcode, unique, node = struct.unpack_from("<IIQQ", request)
        found = server.answer(opcode, node, request[40:])
        if found is not None:
            error, body = found
            os.write(device, struct.pack("<IiQ", 16 + len(body), -error,
                                         unique) + body)


if __name__ == "__main__":
    main(sys.argv)
