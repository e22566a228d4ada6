"""Files, directories, and links that are swapped while kiln reads or writes through them.

A separate process atomically swaps two entries of a directory, thousands of times, while kiln runs again and again. Content
from outside must not be printed, and nothing outside may change.
"""

import ctypes
import multiprocessing
import os
import random
import time

from support import *
from paths import CONFIG_MAP, PATCH, WEB, filled

EXCHANGES, QUICK_EXCHANGES = int(os.environ.get("KILN_ATTACK_EXCHANGES", 10000)), 200
RENAME_EXCHANGE = 2


def exchange(library, folder, first, second):
    return library.renameat2(folder, first.encode(), folder, second.encode(), RENAME_EXCHANGE)


def keep_exchanging(path, first, second, counter, stop):
    library, folder, chance = ctypes.CDLL(None, use_errno=True), os.open(path, os.O_RDONLY), random.Random(1)
    while not stop.value:
        if exchange(library, folder, first, second) == 0:
            counter.value += 1
        # Between nothing and a few times the duration of opening a file.
        until = time.perf_counter() + chance.random() ** 2 * 0.0006
        while time.perf_counter() < until:
            pass


def can_exchange(folder):
    put(os.path.join(folder, "probe"), {"a": "", "b": ""})
    library, opened = ctypes.CDLL(None), os.open(os.path.join(folder, "probe"), os.O_RDONLY)
    try:
        return hasattr(library, "renameat2") and exchange(library, opened, "a", "b") == 0
    finally:
        os.close(opened)


# --- The races: a tree, two entries that are swapped, and a command.

INSIDE_MAP, OUTSIDE_MAP = filled(CONFIG_MAP, INSIDE), filled(CONFIG_MAP, OUTSIDE)
TWO = "resources: [a.yaml, b.yaml]\n"
NAMESPACES = "".join(f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  namespace: {name}\nstringData:\n  key: "
                     f"{OUTSIDE}\n---\n" for name in ("one", "two"))


class Race:
    """`before` is restored before each run; `swap` is the directory and the two names in it. A reader must not print the
    mark; a writer must not change anything in `outside`."""

    def __init__(self, name, tree, swap, command, link, writes=False, reset=None):
        self.name, self.tree, self.swap, self.command, self.link = name, tree, swap, command, link
        self.writes, self.reset = writes, reset or {}


def reader(name, files, entry, target, directory="."):
    return Race(name, {"root": files, "outside": {"a.yaml": OUTSIDE_MAP, "key": OUTSIDE, "values.yaml": f"seen: {OUTSIDE}\n",
                                                  "patch.yaml": filled(PATCH, OUTSIDE),
                                                  "kustomization.yaml": "resources: [a.yaml]\nconfigMapGenerator:\n"
                                                                        f"- {{name: b, literals: [k={OUTSIDE}]}}\n"}},
                (os.path.join("root", directory), entry, "other"), ["build", "root"],
                (os.path.join("root", directory, "other"), target))


def writer(name, files, swap, link, command, reset=None):
    outside = {"d": {"keep.yaml": "keep\n"}, "kustomization.yaml": "# keep\nnamePrefix:   z-\nresources:\n- a.yaml\n", "keep.yaml": "keep: 1\n"}
    return Race(name, {"root": files, "outside": outside}, swap, command, link, True, reset)


KUSTOMIZATION = "namePrefix: x-\nresources:\n- a.yaml\n"
FUNCTION_OUTPUT = {"kustomization.yaml": "resources: [all.yaml]\n", "all.yaml": NAMESPACES}

RACES = [
    reader("a resource and a link outside", {"kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": INSIDE_MAP},
           "a.yaml", "../outside/a.yaml"),
    reader("one of many resources", {"kustomization.yaml": "resources: [" + ", ".join(f"r{i}.yaml" for i in range(40)) +
                                                           ", a.yaml]\n", "a.yaml": INSIDE_MAP,
                                     **{f"r{i}.yaml": WEB.replace("name: web", f"name: w{i}") for i in range(40)}},
           "a.yaml", "../outside/a.yaml"),
    reader("a directory on the way and a link outside",
           {"kustomization.yaml": "resources: [sub/a.yaml]\n", "sub": {"a.yaml": INSIDE_MAP}}, "sub", "../outside"),
    reader("a generator's file", {"kustomization.yaml": "secretGenerator: [{name: a, files: [key]}]\n", "key": INSIDE},
           "key", "../outside/key"),
    reader("a patch", {"kustomization.yaml": "resources: [web.yaml]\npatches: [{path: patch.yaml}]\n", "web.yaml": WEB,
                       "patch.yaml": filled(PATCH, INSIDE)}, "patch.yaml", "../outside/patch.yaml"),
    reader("the kustomization and a link outside",
           {"kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": INSIDE_MAP}, "kustomization.yaml",
           "../outside/kustomization.yaml"),
    reader("a link inside and a link outside", {"kustomization.yaml": "resources: [a.yaml]\n", "b.yaml": INSIDE_MAP},
           "a.yaml", "../outside/a.yaml"),
    writer("-o DIR: a directory in it and a link outside", {**FUNCTION_OUTPUT, "out": {"one": {}}},
           ("root/out", "one", "other"), ("root/out/other", "../../outside/d"),
           ["build", "root", "-o", "root/out", "--output-layout", "{namespace}/{kind}.yaml"]),
    writer("-o DIR: a file in it and a link outside", {**FUNCTION_OUTPUT, "out": {"one-secret.yaml": "old\n"}},
           ("root/out", "one-secret.yaml", "other"), ("root/out/other", "../../outside/keep.yaml"),
           ["build", "root", "-o", "root/out", "--output-layout", "{namespace}-{kind}.yaml"]),
    writer("-o FILE and a link outside", {**FUNCTION_OUTPUT, "out": {"all.yaml": "old\n"}},
           ("root/out", "all.yaml", "other"), ("root/out/other", "../../outside/keep.yaml"),
           ["build", "root", "-o", "root/out/all.yaml"]),
    writer("edit and a link outside", {"kustomization.yaml": KUSTOMIZATION, "a.yaml": WEB},
           ("root", "kustomization.yaml", "other"), ("root/other", "../outside/kustomization.yaml"),
           ["edit", "set", "nameprefix", "y-", "-C", "root"]),
    writer("fmt and a link outside", {"kustomization.yaml": KUSTOMIZATION, "a.yaml": WEB},
           ("root", "kustomization.yaml", "other"), ("root/other", "../outside/kustomization.yaml"), ["fmt", "root"]),
    writer("fn run: a directory and a link outside", {"sub": {"a.yaml": WEB}}, ("root", "sub", "other"),
           ("root/other", "../outside/d"), ["fn", "run", "root", "--enable-exec", "--exec-path", "./function"]),
    writer("localize: what it reads and a link outside",
           {"kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": INSIDE_MAP}, ("root", "a.yaml", "other"),
           ("root/other", "../outside/keep.yaml"), ["localize", "root", "copy"]),
]

# Changes each resource that it reads.
FUNCTION = "#!/bin/sh\nexec sed 's/key: value/key: changed/'\n"


def contents(folder):
    found = {}
    for at, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(at, name)
            with open(path if name in files else os.devnull) as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def is_copied(folder):
    """True if a regular file has content that only the file outside had."""
    for name in os.listdir(folder):
        try:
            with open(os.open(os.path.join(folder, name), os.O_RDONLY | os.O_NOFOLLOW)) as file:
                if "# keep" in file.read():
                    return True
        except OSError:
            pass  # a link, or it was just swapped
    return False


def is_forbidden(race, folder, before, result):
    if race.writes:
        if contents(os.path.join(folder, "outside")) != before:
            return "changes what is outside"
        if race.name.startswith("fmt") and is_copied(os.path.join(folder, "root")):
            return "copies what is outside"
        copied = contents(os.path.join(folder, "copy")) if race.name.startswith("localize") else {}
        return "copies what is outside" if any(text and "keep: 1" in text for text in copied.values()) else None
    return "prints what is outside" if contains(result.printed, OUTSIDE) else None


def repair(race, folder):
    """Restores the entries to swap, after a writer has replaced one of them with a file."""
    remove(os.path.join(folder, "copy"))
    # A single listing: examined one by one, both may seem to be regular files, because they were swapped in between.
    names = os.scandir(os.path.join(folder, race.swap[0]))
    if any(entry.is_symlink() for entry in names if entry.name in race.swap[1:]) or not race.writes:
        return
    path = os.path.join(folder, race.link[0])
    try:
        remove(path)
        os.symlink(race.link[1], path)
    except OSError:
        pass  # swapped meanwhile: then there is a link again, or the next turn makes one


def attack_race(part, race, folder):
    put(folder, race.tree)
    if race.name.startswith("a link inside"):
        os.symlink("b.yaml", os.path.join(folder, "root/a.yaml"))
    os.symlink(race.link[1], os.path.join(folder, race.link[0]))
    put(os.path.join(folder, "function"), FUNCTION)
    os.chmod(os.path.join(folder, "function"), 0o755)
    before = contents(os.path.join(folder, "outside"))
    counter, stop = multiprocessing.Value("L", 0, lock=False), multiprocessing.Value("b", 0, lock=False)
    process = multiprocessing.Process(target=keep_exchanging, daemon=True,
                                      args=(os.path.join(folder, race.swap[0]), *race.swap[1:], counter, stop))
    process.start()
    builds = refusals = 0
    try:
        exchanges = QUICK_EXCHANGES if part.quick else EXCHANGES
        while counter.value < exchanges or not builds or builds + refusals < exchanges // 100:
            result = kiln(race.command, folder)
            part.count("runs")
            builds, refusals = builds + result.built, refusals + (not result.built)
            what = is_forbidden(race, folder, before, result)
            part.check(race.name, result, ())
            if counter.value > 100 * exchanges:
                break
            if what:
                part.finding(race.name, what, result)
                break
            repair(race, folder)
    finally:
        stop.value = 1
        process.join()
    part.count("exchanges", counter.value)
    if not builds:
        part.finding(race.name, "never builds, so nothing was tried", result)
    part.note(f"{race.name}: {counter.value:,} exchanges, {builds:,} runs succeeded, {refusals:,} were refused")


def attack(part, only):
    with scratch() as folder:
        if not can_exchange(folder):
            part.skip("the system cannot exchange two files in one step")
            return
        for number, race in enumerate(race for race in RACES if only in race.name):
            attack_race(part, race, os.path.join(folder, str(number)))
