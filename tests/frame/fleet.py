# SPDX-License-Identifier: GPL-3.0-or-later
"""Many scripted servers on one port of 127.1.0.0/16, one address each.

A server is of one KIND and does no more than that; nothing listens where the
kind is "refused".  All of them run in one thread.
"""
import asyncio
import errno
import socket
import struct
import threading
import time

GREETING = b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n"


async def answer(reader, writer):
    """Say OK to every command until the client goes."""
    while True:
        line = await reader.readline()
        if not line:
            return
        writer.write(line.split(b" ")[0].strip() + b" OK done\r\n")


async def good(reader, writer):
    writer.write(GREETING)
    await answer(reader, writer)


async def late(reader, writer):
    await asyncio.sleep(0.1)
    await good(reader, writer)


async def lacks(reader, writer):
    writer.write(b"* OK [CAPABILITY IMAP4rev1 AUTH=GSSAPI] ready\r\n")
    await answer(reader, writer)


async def full(_reader, writer):
    writer.write(b"* BYE [UNAVAILABLE] come back later\r\n")


async def wordy(_reader, writer):
    writer.write(b"* BYE " + b"so many words " * 300 + b"\r\n")


async def silent(reader, _writer):
    await reader.read()


async def reset(_reader, writer):
    writer.get_extra_info("socket").setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


KINDS = {"good": good, "late": late, "lacks": lacks, "full": full,
         "wordy": wordy, "silent": silent, "reset": reset, "refused": None}


def address(number):
    return "127.1.%d.%d" % (number // 200, number % 200 + 1)


class Fleet:
    """kinds -- what each server does, in order of their addresses

    accepted -- time of each connection; most -- open at once, at most
    """

    def __init__(self, kinds, contexts=None):
        self.kinds, self.contexts = list(kinds), contexts or {}
        self.hosts = [address(n) for n in range(len(self.kinds))]
        self.accepted, self.live, self.most = [], 0, 0
        self.loop = asyncio.new_event_loop()

    def sockets(self):
        """Listening on the same port of all addresses that answer."""
        while True:
            port, found = 0, []
            try:
                for host, kind in zip(self.hosts, self.kinds):
                    if KINDS[kind.split("+")[0]] is None:
                        continue
                    found.append((kind, socket.create_server(
                        (host, port), backlog=100)))
                    port = found[-1][1].getsockname()[1]
                return port, found
            except OSError as error:
                for _, one in found:
                    one.close()
                if error.errno != errno.EADDRINUSE:
                    raise

    def serve(self, kind):
        async def served(reader, writer):
            self.accepted.append(time.monotonic())
            self.live += 1
            self.most = max(self.most, self.live)
            try:
                await KINDS[kind](reader, writer)
            except OSError:
                pass
            finally:
                self.live -= 1
                writer.close()
        return served

    async def listen(self, found):
        """A kind may carry the name of a TLS context: good+expired."""
        for kind, one in found:
            name, _, context = kind.partition("+")
            await asyncio.start_server(self.serve(name), sock=one,
                                       ssl=self.contexts.get(context))

    def run(self, found):
        asyncio.set_event_loop(self.loop)
        # what a client does to a connection is no concern of ours
        self.loop.set_exception_handler(lambda loop, context: None)
        self.loop.run_until_complete(self.listen(found))
        self.ready.set()
        self.loop.run_forever()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()

    def __enter__(self):
        self.port, found = self.sockets()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, args=(found,),
                                       daemon=True)
        self.thread.start()
        self.ready.wait(10)
        self.found = found
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        for _, one in self.found:
            one.close()
