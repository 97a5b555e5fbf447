# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the program under test and measures what it costs."""
import calendar
import os
import signal
import subprocess
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FORGET = ("STATE_DIRECTORY", "CREDENTIALS_DIRECTORY", "XDG_STATE_HOME",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "MP_CONFIG_FILE")


def compiled(home, source, name, *options):
	path = os.path.join(home, name)
	subprocess.run([os.environ.get("CC", "cc"), "-O1", *options, "-o",
	    path, os.path.join(HERE, source)], check=True)
	return path


def peak_program(home):
	"""One that tells the peak of another, made there: see peak.c."""
	return compiled(home, "peak.c", "peak-of")


class Clock:
	"""The wall clock of others: see clock.c, which is made in home."""

	def __init__(self, home):
		self.library = compiled(home, "clock.c", "clock.so", "-shared",
		    "-fPIC")

	def showing(self, moment):
		"""An environment in which it shows that moment (seconds)."""
		return {"LD_PRELOAD": self.library, "TZ": "UTC0",
		    "CLOCK_AHEAD": "%d" % (moment - time.time()),
		    "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") +
		    ":verify_asan_link_order=0"}


class Outcome:
	def __init__(self, code, out, err, seconds, peak):
		self.code, self.out, self.err = code, out, err
		self.seconds, self.peak = seconds, peak


class Program:
	"""path -- the program; measure -- take its peak memory, too."""

	def __init__(self, path, home, measure=False):
		self.path = os.path.abspath(path)
		self.home = home
		self.peak_of = peak_program(home) if measure else None

	def environment(self, extra):
		env = {k: v for k, v in os.environ.items() if k not in FORGET}
		env.update(HOME=self.home, LC_ALL="C", TZ="UTC0")
		env.update(extra or {})
		return env

	def fake(self, moment):
		"""The environment in which the wall clock shows that moment (UTC)."""
		return Clock(self.home).showing(calendar.timegm(time.strptime(
		    moment, "%Y-%m-%d %H:%M:%S")))

	def run(self, args, env=None, limit=60, terminate=None, fds=()):
		"""limit -- seconds until it is killed; terminate -- SIGTERM then"""
		command = [self.path, *args]
		peak = None
		if self.peak_of:
			handle, peak = tempfile.mkstemp(dir=self.home)
			os.close(handle)
			command = [self.peak_of, peak, *command]
		with tempfile.TemporaryFile() as out, \
		    tempfile.TemporaryFile() as err:
			begin = time.monotonic()
			child = subprocess.Popen(command, stdout=out, stderr=err,
			    stdin=subprocess.DEVNULL, pass_fds=fds,
			    start_new_session=True,
			    env=self.environment(env), cwd=self.home)
			code = self.wait(child, limit, terminate)
			seconds = time.monotonic() - begin
			out.seek(0)
			err.seek(0)
			return Outcome(code, out.read(), err.read(), seconds,
			    self.read_peak(peak))

	@staticmethod
	def wait(child, limit, terminate):
		timers = [threading.Timer(limit, os.killpg,
		    [child.pid, signal.SIGKILL])]
		if terminate:
			timers.append(threading.Timer(terminate,
			    child.send_signal, [signal.SIGTERM]))
		for timer in timers:
			timer.start()
		code = child.wait()
		for timer in timers:
			timer.cancel()
		return code

	@staticmethod
	def read_peak(path):
		if path is None:
			return None
		with open(path, encoding="ascii") as lines:
			text = lines.read()
		os.unlink(path)
		return int(text) if text else None
