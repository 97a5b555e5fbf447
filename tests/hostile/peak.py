# SPDX-License-Identifier: GPL-3.0-or-later
"""peak.py FILE PROGRAM ARGUMENT... - run it, write its peak memory in KiB.

A process of its own, as small as can be: what wait4() tells of a child counts
the pages of the process it was started from as well.
"""
import os
import signal
import sys

child = os.fork()
if child == 0:
	os.execv(sys.argv[2], sys.argv[2:])
signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w", encoding="ascii") as out:
	out.write(str(usage.ru_maxrss))
code = os.waitstatus_to_exitcode(status)
os._exit(code if code >= 0 else 128 - code)
