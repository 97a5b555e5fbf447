#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""scheduler.py await icinga|nagios DIR SINCE SERVICE STATE [REGEX...]

Wait until the scheduler has stored a result of SERVICE that began after SINCE
(seconds since 1970), and has this STATE; every REGEX must be found in it, as the
scheduler stored it: a first line, then the further output, then the perfdata,
a label to a line.  Says what is stored when that does not come.  SERVICE - is the
host itself, with Nagios alone, and its STATE UP or DOWN.

scheduler.py ready icinga|nagios DIR: wait until it answers.
"""
import json
import re
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

PATIENCE = 60
PAUSE = 0.1
STATES = ("OK", "WARNING", "CRITICAL", "UNKNOWN")
HOST_STATES = ("UP", "DOWN", "UNREACHABLE")


class Icinga:
    """By its API, on the port in DIR/port."""

    def __init__(self, folder):
        with open(folder + "/port", encoding="ascii") as file:
            self.base = "https://127.0.0.1:" + file.read().strip()
        self.context = ssl.create_default_context(
            cafile=folder + "/data/certs/ca.crt")
        self.context.check_hostname = False
        passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
        passwords.add_password(None, self.base, "root", "icinga", True)
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=self.context),
            urllib.request.HTTPBasicAuthHandler(passwords))

    def get(self, path):
        with self.opener.open(self.base + path, timeout=5) as answer:
            return json.load(answer)

    def ready(self):
        return bool(self.get("/v1/status")["results"])

    def stored(self, service):
        """(when it began, state, text) of the last result; None without one."""
        name = urllib.parse.quote("mail.example.test!" + service)
        row = self.get("/v1/objects/services/%s?attrs=last_check_result"
                       % name)["results"][0]["attrs"]["last_check_result"]
        if row is None:
            return None
        return (row["execution_start"], STATES[int(row["state"])], "\n".join(
            [row["output"]] + (row["performance_data"] or [])
            + ["command: %s" % row["command"]]))


class Nagios:
    """By its status.dat."""

    def __init__(self, folder):
        self.path = folder + "/var/status.dat"

    def ready(self):
        return bool(self.rows())

    def rows(self, kind="service"):
        with open(self.path, encoding="utf-8") as file:
            text = file.read()
        for block in re.findall(kind + r"status \{\n(.*?)\n\t\}", text,
                                re.S):
            yield dict(line.strip().split("=", 1)
                       for line in block.split("\n") if "=" in line)

    def stored(self, service):
        of_host = service == "-"
        for row in self.rows("host" if of_host else "service"):
            if not of_host and row["service_description"] != service:
                continue
            if row["has_been_checked"] != "1":
                return None
            # it counts whole seconds
            states = HOST_STATES if of_host else STATES
            return (int(row["last_check"]), states[int(row["current_state"])],
                    "\n".join((row["plugin_output"], row["long_plugin_output"]
                               .replace("\\n", "\n"),
                               row["performance_data"])))
        return None


SCHEDULERS = {"icinga": Icinga, "nagios": Nagios}
NOT_YET = (OSError, urllib.error.URLError, KeyError, IndexError)


def wanted(result, since, state, patterns):
    return result is not None and result[0] > since and \
        result[1] == state and \
        all(re.search(p, result[2], re.M) for p in patterns)


def main():
    verb, kind, folder = sys.argv[1:4]
    scheduler, last = SCHEDULERS[kind](folder), None
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if verb == "ready":
                if scheduler.ready():
                    return
            else:
                last = scheduler.stored(sys.argv[5])
                if wanted(last, float(sys.argv[4]), sys.argv[6],
                          sys.argv[7:]):
                    return
        except NOT_YET as fault:
            last = fault
        time.sleep(PAUSE)
    sys.exit("after %d seconds: %s" % (PATIENCE, last))


main()
