#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""end_at.py ADDRESS PORT PROGRAM ARGUMENT... - run a program, and send it
SIGTERM as soon as it waits for an answer from there, where nobody answers; the
exit code is that of the program

In the network of the caller, where nobody else may ask there.
"""
import ipaddress
import os
import signal
import subprocess
import sys
import time

SYN_SENT = "02"
MOMENT = 0.01


def asked(address, port):
    """Does anybody wait for an answer from there?"""
    version = ipaddress.ip_address(address).version
    raw = ipaddress.ip_address(address).packed
    # as the kernel writes it: each word of 32 bits in this machine's order
    there = "".join("%08X" % int.from_bytes(raw[i:i + 4], sys.byteorder)
                    for i in range(0, len(raw), 4))
    wanted = ["%s:%04X" % (there, port), SYN_SENT]
    with open("/proc/self/net/tcp%s" % ("6" if version == 6 else ""),
              encoding="ascii") as table:
        return any(line.split()[2:4] == wanted for line in table)


def main(address, port, *command):
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            if asked(address, int(port)):
                os.kill(process.pid, signal.SIGTERM)
                break
            time.sleep(MOMENT)
        return process.wait()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
