#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""proxy.py KIND FILE - a proxy for tests, on a port of its own of 127.0.0.1

KIND is socks, http, or locked (SOCKS for who has a login only).  The port is written to FILE when the proxy is ready.
The name asked for decides what happens: codeN.test is answered with N,
close.test hangs up, silent.test gets no answer,
babble.test gets one of no protocol; every other name leads to 127.0.0.1.
"""
import os
import re
import selectors
import socket
import sys
import threading


def exactly(client, n):
    data = b""
    while len(data) < n:
        more = client.recv(n - len(data))
        if not more:
            raise OSError("the client has left")
        data += more
    return data


def relay(a, b):
    other = {a: b, b: a}
    with selectors.DefaultSelector() as ready:
        for end in other:
            ready.register(end, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                data = key.fileobj.recv(65536)
                if not data:
                    return
                other[key.fileobj].sendall(data)


def socks_request(client):
    """Ask for the name and the port, as SOCKS 5 has it."""
    count = exactly(client, 2)[1]
    exactly(client, count)
    client.sendall(b"\x05\x00")
    kind = exactly(client, 4)[3]
    if kind == 3:
        host = exactly(client, exactly(client, 1)[0]).decode("ascii")
    else:
        size, family = {1: (4, socket.AF_INET), 4: (16, socket.AF_INET6)}[kind]
        host = socket.inet_ntop(family, exactly(client, size))
    return host, int.from_bytes(exactly(client, 2), "big")


def locked_request(client):
    exactly(client, exactly(client, 2)[1])
    client.sendall(b"\x05\xff")
    raise OSError("no login")


def socks_answer(code):
    # a bound address that is a name: the longest way to say it
    return bytes([5, code, 0, 3, 4]) + b"here" + b"\x00\x00"


def http_request(client):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += exactly(client, 1)
    host, port = re.fullmatch(rb"CONNECT (\S+):(\d+) HTTP/1\.[01]",
                              head.split(b"\r\n")[0]).groups()
    return host.decode("ascii").strip("[]"), int(port)


def http_answer(code):
    reason = "Connection established" if code == 200 else "No | way"
    return f"HTTP/1.1 {code} {reason}\r\nVia: test\r\n\r\n".encode("ascii")


KINDS = {"socks": (socks_request, socks_answer, 0),
         "locked": (locked_request, socks_answer, 0),
         "http": (http_request, http_answer, 200)}


def serve(client, kind):
    request, answer, good = KINDS[kind]
    host, port = request(client)
    code = re.fullmatch(r"code(\d+)\.test", host)
    if code:
        client.sendall(answer(int(code.group(1))))
    elif host == "babble.test":
        client.sendall(b"220 mail.test ready\r\n" * 4)
    elif host == "silent.test":
        client.recv(1)
    elif host != "close.test":
        target = socket.create_connection(
            ("::1" if host == "::1" else "127.0.0.1", port))
        with target:
            client.sendall(answer(good))
            relay(client, target)


def one(client, kind):
    with client:
        try:
            serve(client, kind)
        except (OSError, AttributeError, KeyError) as error:
            print(error, file=sys.stderr)


def main(argv):
    if len(argv) != 3 or argv[1] not in KINDS:
        print(__doc__, file=sys.stderr)
        return 2
    server = socket.create_server(("127.0.0.1", 0))
    with open(argv[2] + ".new", "w", encoding="ascii") as out:
        print(server.getsockname()[1], file=out)
    os.rename(argv[2] + ".new", argv[2])
    while True:
        threading.Thread(target=one, args=(server.accept()[0], argv[1]),
                         daemon=True).start()


if __name__ == "__main__":
    sys.exit(main(sys.argv))
