# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input from the caller of the port check: refused, and nobody asked."""
import os

import checks
import options
from bench import Failed, run
from port_server import silent

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ASKED = (25, 110, 143, 993)


def refused(bench, case):
	schema = checks.Schema(os.path.dirname(TESTS))
	host = bench.address()
	with bench.servers([host], [{p: silent for p in ASKED}]) as servers:
		for form in ["text"] + ["json"] * case.json:
			args = ["--output-format=" + form, *case.args]
			if not case.bare:
				args[:0] = ["-H", host]
			done = run([bench.program, *args])
			for fault in checks.refusal(done, case, form, schema):
				raise Failed(fault)
	if servers.records:
		raise Failed("the server was contacted")


def rows(bench):
	text = bench.run(["--help"], "text").text
	folder = bench.path("input")
	os.mkdir(folder)
	for case in options.of_ports(text, folder):
		yield "option-" + case.name, \
		    lambda case=case: refused(bench, case), True
