#!/usr/bin/env python3
"""Shared by the tests of `kiln affected`: builds of many kustomizations, and Git. KILN names the program (zig-out/bin/kiln)."""

import json
import os
import subprocess
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KILN = os.path.abspath(os.environ.get("KILN", os.path.join(TOP, "zig-out", "bin", "kiln")))
NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"]
FLAGS = ["--load-restrictor", "LoadRestrictionsNone", "--no-remote"]


def call(command, cwd, text=None, fine=(0,)):
    done = subprocess.run(command, cwd=cwd, input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in fine:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def git(cwd, *words):
    return call(["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "core.hooksPath=/dev/null", *words], cwd)


def kustomizations(top):
    """The directories with a kustomization, relative to the top."""
    found = set()
    for at, folders, names in os.walk(top):
        if ".git" in folders:
            folders.remove(".git")
        if any(name in NAMES and os.path.exists(os.path.join(at, name)) for name in names):
            found.add(os.path.relpath(at, top))
    return sorted(found)


def results(top, directories, *flags):
    """The result of building each directory: its status, the hash of its stream, and its errors without hints."""
    found = {}
    if not directories:
        return found
    with tempfile.TemporaryDirectory() as out:
        text = call([KILN, "build", "--from-file", "-", "-0", "-o", out + "/", "--format", "json", *FLAGS, *flags], top,
                    "".join(d + "\0" for d in directories).encode(), (0, 1))
    for root in json.loads(text)["roots"]:
        errors = [d["message"] for d in root.get("diagnostics", []) if d["severity"] == "error"]
        found[root["path"]] = (root["status"], root.get("sha256"), errors if root["status"] == "failed" else None)
    return found


GONE = ("failed", None, None)


def differ(old, new):
    """The directories of the newer state whose builds differ."""
    return {path for path in new if new[path] != old.get(path, GONE)}
