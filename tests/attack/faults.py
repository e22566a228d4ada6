"""An I/O error in each system call that examines a file, in a run for each.

After an error, a command must either report it or print and write the same as without it, because the result didn't matter.
A file that could not be examined must never count as missing.
"""

import os
import re
import shutil

from support import *
from paths import WEB

CALLS = ["openat", "openat2", "newfstatat", "statx", "lstat", "stat", "fstat", "readlink", "getdents64", "read", "access"]
TREE = {"root": {"kustomization.yaml": "# kept\nresources:\n- base\n- web.yaml\nnamePrefix:   x-\npatchesStrategicMerge:\n- p.yaml\n",
                 "web.yaml": WEB, "p.yaml": WEB.replace("value", "patched"),
                 "base": {"kustomization.yaml": "namePrefix: b-\nresources: [a.yaml]\n",
                          "a.yaml": WEB.replace("name: web", "name: a")},
                 "more": {"a.txt": "a\n", "kustomization.yaml": "namePrefix: m-\n"},
                 "Krmfile": "apiVersion: config.k8s.io/v1alpha1\nkind: Krmfile\n"},
        "out": {"one": {"old.yaml": WEB}}, "free": {"a.yaml": WEB, "b": {"c.yaml": WEB.replace("name: web", "name: c")}}}
COMMANDS = {
    "build": ["build", "root"],
    "build -o DIR": ["build", "root", "-o", "out", "--output-layout", "{kind}/{name}.yaml"],
    "cfg cat": ["cfg", "cat", "root"],
    "cfg tree": ["cfg", "tree", "root"],
    "cfg grep": ["cfg", "grep", "kind=ConfigMap", "root"],
    "cfg count": ["cfg", "count", "root"],
    "fmt": ["fmt", "root"],
    "edit fix": ["edit", "fix", "-C", "root"],
    "edit add resource": ["edit", "add", "resource", "base/*.yaml", "-C", "root"],
    "edit add base": ["edit", "add", "base", "more", "-C", "root"],
    "edit add configmap": ["edit", "add", "configmap", "m", "--from-file", "more/*.txt", "-C", "root"],
    "create": ["create", "--autodetect", "--recursive"],
    "localize": ["localize", "root", "copy"],
}


def contents(folder):
    found = {}
    for at, _, files in os.walk(folder):
        for name in files:
            with open(os.path.join(at, name)) as file:
                found[os.path.relpath(os.path.join(at, name), folder)] = file.read()
    return found


def fresh(folder):
    remove(folder)
    put(folder, TREE)
    return folder


def traced(command, folder, log, *options):
    at = os.path.join(folder, "free") if command[0] == "create" else folder
    return run(["strace", "-f", "-qq", "-o", log, *options, KILN, *command], at)


def without_leftovers(files):
    """Leftovers that a command could not remove are left to the next one that writes there."""
    return {path: content for path, content in files.items() if not re.search(r"(^|/)\.?kiln-[0-9a-f]{16}(/|$)", path)}


def calls_of(command, folder, log):
    """The number of calls of each kind in an undisturbed run."""
    result = traced(command, fresh(folder), log, "-e", "trace=" + ",".join("?" + call for call in CALLS))
    with open(log) as file:
        names = re.findall(r"^\d+ +(\w+)\(", file.read(), re.M)
    return result, contents(folder), {call: names.count(call) for call in CALLS if call in names}


def attack_command(part, folder, name, command):
    tree, log = os.path.join(folder, "tree"), os.path.join(folder, "log")
    plain, written, counts = calls_of(command, tree, log)
    if not plain.built:
        part.finding(name, "fails without a fault", plain)
    for call, count in counts.items():
        # With --quick, only the last call, which is seldom part of the program's start.
        for turn in [count] if part.quick else range(1, count + 1):
            result = traced(command, fresh(tree), log, "-e", f"inject={call}:error=EIO:when={turn}")
            part.count("faults")
            what = f"{name}, {call} number {turn}"
            # fmt lists the files that it has formatted, even if another one failed.
            if result.built or command[0] != "fmt":
                part.check(what, result, ())
            # edit fix and fmt warn if they can't tell whether the result builds the same.
            if result.built and result.printed.count(b"arning") <= plain.printed.count(b"arning") and (result.out != plain.out or without_leftovers(contents(tree)) != written):
                with open(log) as file:
                    line = next((line for line in file if "INJECTED" in line), "")
                part.finding(what, f"succeeds with another outcome after {line.strip()[:160]}", result)


def attack(part, only):
    if not shutil.which("strace"):
        part.skip("strace is not on PATH")
        return
    with scratch() as folder:
        put(folder, TREE)
        if not traced(["version"], folder, os.path.join(folder, "log")).built:
            part.skip("strace may not trace here")
            return
        chosen = [item for item in COMMANDS.items() if only in item[0]]
        chosen = chosen[::3] if part.quick else chosen
        in_parallel(lambda at: attack_command(part, os.path.join(folder, str(at[0])), *at[1]), enumerate(chosen))
