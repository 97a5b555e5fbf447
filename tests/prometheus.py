#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""prometheus.py shows PORT REGEX...
prometheus.py alerts PORT RULES FOLDER ALERT LABEL=VALUE...
prometheus.py whole FILE TIMES COMMAND...

shows: node_exporter on that port of 127.0.0.1 shows a line for each REGEX, and
says of the textfile collector that all is well.

alerts: what it shows, were it to stay so for half an hour, fires this alert of
the file RULES, with these labels, and no other one of ours; - as ALERT is none.
promtool judges; FOLDER is for its input.

whole: who reads FILE while COMMAND runs that many times never sees a part.
"""
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

OURS = ("mail_check_", "node_textfile_")
PATIENCE = 10
PAUSE = 0.05
MINUTES = 30


def scrape(port):
    with urllib.request.urlopen("http://127.0.0.1:%s/metrics" % port,
                                timeout=5) as answer:
        return answer.read().decode("utf-8")


def shows(port, *patterns):
    patterns += (r"^node_textfile_scrape_error 0$",)
    end, text = time.monotonic() + PATIENCE, ""
    while time.monotonic() < end:
        try:
            text = scrape(port)
        except (OSError, urllib.error.URLError) as fault:
            text = str(fault)
        missing = [p for p in patterns if not re.search(p, text, re.M)]
        if not missing:
            return
        time.sleep(PAUSE)
    sys.exit("no line like %s in\n%s" % (missing[0], "\n".join(
        line for line in text.splitlines() if line.startswith(OURS)) or text))


def quoted(text):
    return "'%s'" % text.replace("'", "''")


def promtool_input(text, rules, alert, labels):
    """What promtool is to judge; YAML, with all that is not ours quoted."""
    lines = ["rule_files: [%s]" % quoted(os.path.abspath(rules)),
             "evaluation_interval: 1m", "tests:", "  - interval: 1m",
             "    input_series:"]
    for line in text.splitlines():
        if line.startswith("mail_check_"):
            series, value = line.rsplit(" ", 1)
            lines += ["      - series: %s" % quoted(series),
                      "        values: %sx%d"
                      % (quoted(value)[1:-1], MINUTES)]
    names = sorted(["alertname"] + list(labels))
    lines += ["    promql_expr_test:",
              "      - expr: count by (%s) "
              "(ALERTS{alertname=~'Mail.*',alertstate='firing'})"
              % ", ".join(names),
              "        eval_time: %dm" % (MINUTES - 1)]
    if alert != "-":
        lines += ["        exp_samples:", "          - labels: %s"
                  % quoted("{%s}" % ", ".join(
                      '%s="%s"' % pair for pair in
                      [("alertname", alert)] + sorted(labels.items()))),
                  "            value: 1"]
    return "\n".join(lines) + "\n"


def alerts(port, rules, folder, alert, *labels):
    path = os.path.join(folder, "alerts.yml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(promtool_input(
            scrape(port), rules, alert,
            dict(label.split("=", 1) for label in labels)))
    done = subprocess.run(["promtool", "test", "rules", path],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)
    if done.returncode != 0:
        sys.exit(done.stdout.decode("utf-8"))


def whole(path, times, *command):
    parts, over = [], threading.Event()

    def read():
        while not over.is_set():
            with open(path, encoding="utf-8") as file:
                text = file.read()
            if not text.endswith("\n# EOF\n"):
                parts.append(text)

    reader = threading.Thread(target=read)
    reader.start()
    codes = [subprocess.run(command, check=False).returncode
             for _ in range(int(times))]
    over.set()
    reader.join()
    if parts or any(codes):
        sys.exit("%d parts, exit codes %s" % (len(parts), codes))


def main():
    verbs = {"shows": shows, "alerts": alerts, "whole": whole}
    verbs[sys.argv[1]](*sys.argv[2:])


main()
