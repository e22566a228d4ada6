"""Shared by the attacks: runs of kiln, planted marks, and findings."""

import base64
import concurrent.futures
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tests"))
import git_version  # noqa: E402
KILN = os.path.abspath(os.environ.get("KILN", os.path.join(TOP, "zig-out/bin/kiln")))
# A program to compare with: kiln must build what it builds.
KUSTOMIZE = os.environ.get("KUSTOMIZE")
# Marks of files outside, of which no byte may be printed or copied, and of files that may be read.
OUTSIDE, INSIDE = "Kp7-outside-Qz3", "Kp7-inside-Qz3"
PLANTED = "Kp7-environment-Qz3"
# A run that takes longer has hung. The limit is long, because machines under load are slow.
PATIENCE = 60
JOBS = int(os.environ.get("KILN_ATTACK_JOBS", os.cpu_count() or 2))


def forms_of(text):
    """The text, and its base64 forms at every alignment."""
    found = [text.encode()]
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + text.encode())
        found.append(encoded[4 if shift else 0:len(encoded) // 4 * 4 - 4])
    return found


def contains(printed, text):
    joined = printed.replace(b"\n", b"").replace(b" ", b"")
    return any(form in printed or form in joined for form in forms_of(text))


class Run:
    def __init__(self, status, out, err, hung):
        self.status, self.out, self.err, self.hung = status, out, err, hung
        self.printed = out + b"\n" + err
        self.built = status == 0 and not hung


def environment(home, **more):
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LANG") if name in os.environ}
    return {**kept, "HOME": home, "PLANTED": PLANTED, "GIT_CONFIG_NOSYSTEM": "1", **more}


def run(arguments, folder, standard_input=b"", patience=None, **variables):
    """Runs a program in its own process group, so that all of it can be ended."""
    process = subprocess.Popen(arguments, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, start_new_session=True, env=environment(folder, **variables))
    try:
        out, err = process.communicate(standard_input, timeout=patience or PATIENCE)
        return Run(process.returncode, out, err, False)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        return Run(process.returncode, out, err, True)


def kiln(arguments, folder, **more):
    return run([KILN, *arguments], folder, **more)


def git(folder, *arguments):
    identity = ["-c", "user.name=attack", "-c", "user.email=attack@localhost", "-c", "init.defaultBranch=main",
                "-c", "protocol.file.allow=always", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True,
                   env=environment(folder))


def commit_all(folder):
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A", "-f")
    git(folder, "commit", "-q", "-m", "attack")


def put(path, content):
    """Writes a text to a file, or a dictionary as a directory."""
    if isinstance(content, dict):
        os.makedirs(path, exist_ok=True)
        for name, below in content.items():
            put(os.path.join(path, name), below)
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(content)


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


class Part:
    """Counts attacks and collects findings."""

    def __init__(self, name, quick=False):
        self.name, self.quick, self.counts, self.findings, self.notes = name, quick, {}, [], []
        self.skipped, self.lock = 0, threading.Lock()

    def count(self, what, number=1):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + number

    def note(self, text):
        self.notes.append(text)

    def skip(self, why):
        self.skipped += 1
        self.note(f"skipped: {why}")

    def can_clone(self):
        """Whether kiln clones with this git. If not, what needs a clone is skipped."""
        if not git_version.is_too_old():
            return True
        self.skip("git is too old for kiln to clone with it")
        return False

    def finding(self, case, what, result=None):
        with self.lock:
            text = f"{self.name}: {case}: {what}"
            if result is not None:
                text += f" (exit status {result.status})\n    " + \
                    result.printed.decode(errors="replace").strip().replace("\n", "\n    ")[:1500]
            self.findings.append(text)

    def check(self, case, result, forbidden=(OUTSIDE, PLANTED)):
        """Checks what must hold for every run. True if nothing was found."""
        before = len(self.findings)
        if result.hung:
            self.finding(case, "hangs", result)
        elif result.status not in (0, 1):
            self.finding(case, "ends in an unexpected way", result)
        elif result.status == 1 and result.out:
            self.finding(case, "fails and prints a stream all the same", result)
        elif result.status == 1 and b"kiln: " not in result.err:
            self.finding(case, "fails without a message", result)
        for text in forbidden:
            if contains(result.printed, text):
                self.finding(case, f"prints {text}", result)
        if any(line.startswith((b"kiln: forged", b"::")) for line in result.err.splitlines()):
            self.finding(case, "prints a message that a name has forged", result)
        return len(self.findings) == before

    def summary(self):
        counts = ", ".join(f"{number:,} {what}" for what, number in self.counts.items())
        lines = [f"{self.name}: {counts or 'nothing tried'}; {len(self.findings)} findings"]
        return "\n".join(lines + [f"  {note}" for note in self.notes])


def in_parallel(function, items, jobs=JOBS):
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for future in [pool.submit(function, item) for item in items]:
            future.result()


@contextlib.contextmanager
def scratch():
    # With Python before 3.10, tempfile.TemporaryDirectory can't ignore errors.
    folder = tempfile.mkdtemp(prefix="kiln-attack-")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def say(text):
    print(text, file=sys.stderr, flush=True)
