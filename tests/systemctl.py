#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""systemctl.py reload|restart UNIT
systemctl.py enable --now TEMPLATE@INSTANCE.timer
systemctl.py stop UNIT

A stand-in for systemctl where no systemd runs, for the commands of README.md.
It starts what the unit's own file says, as the user that it says, with its files
of variables and its credentials, but without its sandbox, and waits until the
program has begun to work.  A program that is there already is ended first, so
that whatever the verb, it knows its new configuration.  A timer runs its
service once, to its end.  $MPM_STARTED is the folder where it notes process ids.
"""
import os
import pwd
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time

UNITS = ("/etc/systemd/system", "/lib/systemd/system")
CREDENTIALS = "/run/credentials"
PORTS = {"nagios-nrpe-server": 5666, "zabbix-agent": 10050}
PATIENCE = 15
PAUSE = 0.05


def settings(name, instance):
    """[(key, value)] of the service, with its instance put in."""
    for folder in UNITS:
        path = os.path.join(folder, name + ".service")
        if os.path.exists(path):
            break
    else:
        sys.exit("there is no unit %s" % name)
    with open(path, encoding="utf-8") as file:
        return [(key, value.replace("%i", instance)) for key, value in
                re.findall(r"^([A-Za-z]+)=(.*)$", file.read(), re.M)]


def variables(pairs):
    """What Environment= and the files say."""
    found = {}
    for key, value in pairs:
        if key == "Environment":
            found.update(w.split("=", 1) for w in shlex.split(value))
        elif key == "EnvironmentFile":
            if value.startswith("-") and not os.path.exists(value[1:]):
                continue
            with open(value.lstrip("-"), encoding="utf-8") as file:
                found.update((k, v.strip("\"'")) for k, v in re.findall(
                    r"^([A-Za-z_0-9]+)=(.*)$", file.read(), re.M))
    return found


def command(line, env):
    """${X} within a word, and $X as a word of its own, which may be many."""
    words = []
    for word in shlex.split(line.lstrip("@-:+!")):
        if re.fullmatch(r"\$[A-Za-z_0-9]+", word):
            words += shlex.split(env.get(word[1:], ""))
        else:
            words.append(re.sub(
                r"\$\$|\$\{([A-Za-z_0-9]+)\}", lambda m:
                env.get(m[1], "") if m[1] else "$", word))
    return words


def credentials(pairs, unit, user):
    """The folder of LoadCredential=, which is the user's alone."""
    folder = os.path.join(CREDENTIALS, unit)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for key, value in pairs:
        if key == "LoadCredential":
            name, source = value.split(":", 1)
            path = os.path.join(folder, name)
            shutil.copyfile(source, path)
            os.chmod(path, 0o400)
            shutil.chown(path, user)
    os.chmod(folder, 0o500)
    shutil.chown(folder, user)
    return folder


def state(pairs, user):
    for key, value in pairs:
        if key == "StateDirectory":
            path = os.path.join("/var/lib", value)
            os.makedirs(path, exist_ok=True)
            os.chmod(path, 0o700)
            shutil.chown(path, user)
            return path
    return None


def prepared(name, instance):
    """(arguments, how they are run) of the unit's program."""
    pairs = settings(name, instance)
    first = dict(reversed(pairs))
    user = first.get("User", "root")
    env = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
           "HOME": pwd.getpwnam(user).pw_dir}
    env.update(variables(pairs))
    if "LoadCredential" in first:
        env["CREDENTIALS_DIRECTORY"] = credentials(pairs, name + instance,
                                                   user)
    if "StateDirectory" in first:
        env["STATE_DIRECTORY"] = state(pairs, user)
    for key, value in pairs:
        if key == "ExecStartPre":
            subprocess.run(command(value, env), env=env, check=True)
    how = {"env": env, "stdin": subprocess.DEVNULL, "cwd": "/"}
    if user != "root":
        how.update(user=user, group=pwd.getpwnam(user).pw_gid,
                   extra_groups=[])
    return command(first["ExecStart"], env), how


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def note(name):
    return os.path.join(os.environ["MPM_STARTED"], name)


def gone(pid):
    try:
        with open("/proc/%d/stat" % pid, encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def stop(name):
    if not os.path.exists(note(name)):
        return
    with open(note(name), encoding="ascii") as file:
        pid = int(file.read())
    os.unlink(note(name))
    for one, patience in ((signal.SIGTERM, PATIENCE), (signal.SIGKILL, 5)):
        end = time.monotonic() + patience
        while not gone(pid) and time.monotonic() < end:
            try:
                os.killpg(pid, one)
            except ProcessLookupError:
                return
            time.sleep(PAUSE)


def start(name):
    arguments, how = prepared(name, "")
    with open(note(name) + ".log", "ab") as log:
        # nobody waits for it: it belongs to the first process there
        process = subprocess.Popen(arguments, stdout=log, stderr=log,
                                   start_new_session=True, **how)
    with open(note(name), "w", encoding="ascii") as file:
        file.write(str(process.pid))
    end = time.monotonic() + PATIENCE
    while name in PORTS and not answers(PORTS[name]):
        if time.monotonic() > end or process.poll() is not None:
            sys.exit("%s does not start" % name)
        time.sleep(PAUSE)


def main():
    verb, unit = sys.argv[1], re.sub(r"\.(service|timer)$", "", sys.argv[-1])
    if verb in ("reload", "restart"):
        stop(unit)
        start(unit)
    elif verb == "stop":
        stop(unit)
    elif sys.argv[1:3] == ["enable", "--now"] and "@" in unit:
        name, instance = unit.split("@")
        arguments, how = prepared(name + "@", instance)
        sys.exit(subprocess.run(arguments, check=False, **how).returncode)
    else:
        sys.exit("%s is not known here" % " ".join(sys.argv[1:]))


main()
