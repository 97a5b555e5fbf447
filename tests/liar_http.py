#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""liar_http.py FILE - a web server that answers as the path of nothing says

Writes its port into FILE.  What it answers is told by the API key of the
question, in clear: a word of ANSWERS.
"""
import base64
import socket
import sys
import threading
import time


def page(body, status=b"200 OK", more=b""):
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s" % (
        status, len(body), more, body)


def row(**fields):
    return "{%s}" % ",".join('"%s":"%s"' % item for item in fields.items())


def reply(rows):
    return ('[["doveadmResponse",[%s],"q"]]' % ",".join(rows)).encode()


GOOD = row(root="User quota", type="STORAGE", value="10", limit="100",
           percent="10")


def endless(connection, chunk):
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n[[\"doveadmResponse\",[")
    for _ in range(100000):
        connection.sendall(chunk)


def drip(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    for _ in range(600):
        connection.sendall(b" ")
        time.sleep(0.1)


ANSWERS = {
    "good": page(reply([GOOD])),
    "near": page(reply([row(root="r", type="STORAGE", value="90",
                            limit="100")])),
    "full": page(reply([row(root="r", type="MESSAGE", value="7", limit="7")])),
    "none": page(reply([row(root="r", type="STORAGE", value="9", limit="-")])),
    "negative": page(reply([row(root="r", type="STORAGE", value="-9",
                                limit="100")])),
    "huge": page(reply([row(root="r", type="STORAGE", value="9" * 30,
                            limit="9" * 30)])),
    "words": page(reply([row(root="r", type="STORAGE", value="nine",
                             limit="100")])),
    "nobody": page(reply([])),
    "dying": page(b'[["error",{"type":"exitCode","exitCode":75},"q"]]'),
    "unknown": page(b'[["error",{"type":"unknownMethod","exitCode":0},"q"]]'),
    "user": page(b'[["error",{"type":"exitCode","exitCode":67},"q"]]'),
    "shape": page(b'{"hello":["world"]}'),
    "empty": page(b""),
    "garbage": page(b"\0\xff<html>"),
    "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n[[\"dovea",
    "deep": page(b"[" * 100000 + b"]" * 100000),
    "deeper": page(b'[' * 20 + b'1' + b']' * 20),
    "twice": page(b'[["doveadmResponse",[{"type":"STORAGE","type":"x"}]]]'),
    "nul": page(b'[["doveadmResponse",[{"root":"a\\u0000b","type":"STORAGE",'
                b'"value":"1","limit":"2"}],"q"]]'),
    "hostile": page(reply([row(root="\\u001b[31m|<script>", type="STORAGE",
                               value="99", limit="100")])),
    "refused": page(b"", b"401 Authentication required"),
    "missing": page(b"no", b"404 Not Found"),
    "broken": page(b"no", b"500 Internal Server Error"),
    "elsewhere": page(b"", b"302 Found", b"Location: http://127.0.0.1:1/\r\n"),
    "closed": b"", "no-http": b"* OK IMAP ready\r\n",
    "tls": b"\x15\x03\x03\x00\x02\x02\x28",
    "large": lambda c: endless(c, b'{"type":"STORAGE"},' * 4096),
    "slow": drip, "silent": lambda c: time.sleep(60),
}


def serve(connection):
    text = b""
    try:
        while b"\r\n\r\n" not in text:
            got = connection.recv(65536)
            if not got:
                return
            text += got
        key = text.split(b"X-Dovecot-API ")[1].split(b"\r\n")[0]
        answer = ANSWERS[base64.b64decode(key).decode()]
        if callable(answer):
            answer(connection)
        else:
            connection.sendall(answer)
    except OSError:
        pass
    finally:
        connection.close()


def main():
    server = socket.create_server(("127.0.0.1", 0), backlog=64)
    with open(sys.argv[1], "w", encoding="ascii") as file:
        file.write("%d\n" % server.getsockname()[1])
    while True:
        threading.Thread(target=serve, args=(server.accept()[0],),
                         daemon=True).start()


main()
