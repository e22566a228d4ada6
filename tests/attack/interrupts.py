"""Signals at random times while many roots are being built: whatever kiln was doing, no program keeps running, no temporary
file is left, and each file is complete.
"""

import random
import signal
import subprocess
import tempfile
import time

from support import *
from paths import CONFIG_MAP

ROUNDS, QUICK_ROUNDS = 200, 12
ROOTS = 60
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]

CALLS = [("build", "--all"), ("affected", "--build"), ("affected", "--all", "--staged", "--build")]

# A fake helm that takes a while, leaves files, and has a child.
HELM = """#!/bin/sh
case $1 in
version) echo v3.14.0 ;;
template) echo $$ >>"$PIDS"; sleep 0.02 & wait; echo "$CHART" ;;
esac
"""


def plant(folder):
    tree = {"base": {"kustomization.yaml": "resources: [map.yaml]\n", "map.yaml": CONFIG_MAP}}
    for i in range(ROOTS):
        text = f"resources: [../base]\nnamePrefix: r{i}-\n"
        if i % 5 == 0:
            text += "helmCharts: [{name: web, valuesInline: {a: 1}}]\n"
        tree[f"r{i}"] = {"kustomization.yaml": text}
        if i % 5 == 0:
            tree[f"r{i}"]["charts"] = {"web": {"Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n", "values.yaml": "b: 2\n"}}
    repository = os.path.join(folder, "repo")
    put(repository, tree)
    put(repository, {".gitignore": "out\n"})
    for words in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "all"]):
        subprocess.run(["git", *words], cwd=repository, check=True)
    with open(os.path.join(repository, "base/map.yaml"), "a") as file:
        file.write("# changed\n")
    put(os.path.join(folder, "bin/helm"), HELM)
    os.chmod(os.path.join(folder, "bin/helm"), 0o755)


def files_of(folder):
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"


def of_session(leader):
    """The processes still running in this session, including git, whose process IDs are not recorded."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc") if os.path.isdir("/proc") else []):
        try:
            with open(f"/proc/{pid}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if fields[0] != "Z" and int(fields[3]) == leader:
            found.append(pid)
    return found


def running(pids):
    if not os.path.isdir("/proc") or not os.path.exists(pids):
        return []
    with open(pids) as file:
        return [pid for pid in file.read().split() if is_running(int(pid))]


class Shot:
    """A run that is ended by a signal after a while."""

    def __init__(self, folder, jobs, variables, words=("build", "--all")):
        self.folder, self.variables = folder, variables
        self.out = os.path.join(folder, "repo/out")
        self.command = [KILN, *words, "--enable-helm", "-o", "out/", "-j", str(jobs)]

    def start(self):
        process = subprocess.Popen(self.command, cwd=os.path.join(self.folder, "repo"), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
                                   env=environment(self.folder, **self.variables))
        self.leader = process.pid
        return process


def faults_of(shot, status, number, whole):
    """Describes what is wrong after the end."""
    if status not in (0, -number):
        yield f"ends with {status} after signal {number}"
    # On a busy machine, killed processes may take a moment to disappear.
    for _ in range(100):
        left = running(shot.variables["PIDS"]) + of_session(shot.leader)
        if not left:
            break
        time.sleep(0.1)
    if left:
        yield f"programs go on: {' '.join(left)}"
    temporary = os.listdir(shot.variables["TMPDIR"])
    if temporary:
        yield f"temporary files are left: {' '.join(temporary)}"
    for name, content in files_of(shot.out).items():
        if name == ".kiln-manifest":
            continue
        if name not in whole:
            yield f"'{name}' is left"
        elif content != whole[name]:
            yield f"'{name}' is not whole"


def attack(part, only):
    for number in SIGNALS:  # in the background, they may be ignored, which kiln would inherit
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        plant(folder)
        for name in ("tmp", "pids"):
            os.mkdir(os.path.join(folder, name))
        variables = {"TMPDIR": os.path.join(folder, "tmp"), "PIDS": os.path.join(folder, "pids/helm"),
                     "PATH": os.path.join(folder, "bin") + os.pathsep + os.environ["PATH"],
                     "CHART": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: chart"}
        start = time.monotonic()
        process = Shot(folder, 4, variables).start()
        errors = process.communicate()[1]
        longest = time.monotonic() - start
        whole = files_of(os.path.join(folder, "repo/out"))
        if process.returncode != 0 or len(whole) != ROOTS + 1:
            part.finding("interrupts", f"the roots do not build: {errors.decode(errors='replace')[:500]}")
            return
        chance = random.Random(1)
        for i in range(QUICK_ROUNDS if part.quick else ROUNDS):
            number, jobs = chance.choice(SIGNALS), chance.choice([1, 4, 16])
            shot = Shot(folder, jobs, variables, chance.choice(CALLS))
            if chance.random() < 0.7:
                remove(shot.out)
            remove(variables["PIDS"])
            process = shot.start()
            time.sleep(chance.random() * longest)
            process.send_signal(number)
            try:
                process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
                part.finding(f"round {i}, -j{jobs}", "hangs")
            part.count("signals")
            for what in faults_of(shot, process.returncode, number, whole):
                part.finding(f"round {i}, -j{jobs}", what)
