#!/usr/bin/env python3
"""Change kiln in small ways, one at a time, and list the changes that no test notices: `./dev mutants [PART_OF_A_FILE_NAME]`.

tests/mutants.txt has the changes, four lines each, separated by empty lines:

    src/json/write.c                     the file
    - depth < LIMIT                     text that occurs there once
    + depth <= LIMIT                    its replacement
    json                                the suite that notices it, or `--golden PART_OF_A_PATH`

That suite runs first, then all suites, then all golden builds, until something fails. A change whose text doesn't occur
exactly once, or that doesn't compile, is an error. MUTANTS_FIND=1 prints the first test that notices each change.
"""

import concurrent.futures
import json
import os
import re
import shlex
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join(TOP, "build", "mutants")
JOBS = os.cpu_count() or 2
SECONDS = 600  # so that an endless loop is noticed, too


class Failure(Exception):
    pass


def run(command, **more):
    done = subprocess.run(command, cwd=TOP, stdin=subprocess.DEVNULL, capture_output=True, **more)
    if done.returncode:
        raise Failure(done.stderr.decode(errors="replace")[:2000])


def compile_source(source, output, flags):
    os.makedirs(os.path.dirname(output), exist_ok=True)
    run(["clang", *flags, "-O0", "-w", "-c", source, "-o", output])


def object_of(source):
    return os.path.join(WORK, "objects", source + ".o")


def newest_header():
    times = [0.0]
    for folder in ("src", "generators", "transformers", "tests"):
        for place, _, names in os.walk(os.path.join(TOP, folder)):
            times += [os.path.getmtime(os.path.join(place, name)) for name in names if name.endswith(".h")]
    return max(times)


def compile_all(sources, flags):
    header = newest_header()

    def compile_one(source):
        made = object_of(source)
        if not os.path.exists(made) or os.path.getmtime(made) <= max(header, os.path.getmtime(os.path.join(TOP, source))):
            compile_source(source, made, flags)

    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(compile_one, sources))


def link(folder, build, replaced=None):
    """Links kiln and kiln-tests; `replaced` is (source, object)."""
    os.makedirs(folder, exist_ok=True)
    for name, sources in (("kiln", build["kiln"]), ("kiln-tests", build["tests"])):
        objects = [replaced[1] if replaced and source == replaced[0] else object_of(source) for source in sources]
        run(["clang", "-o", os.path.join(folder, name), *objects, *build["libraries"], "-lm"])


def read_mutants(only):
    with open(os.path.join(TOP, "tests", "mutants.txt"), encoding="utf-8") as file:
        text = re.sub(r"^#.*\n", "", file.read(), flags=re.M)
    mutants = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.split("\n")
        if len(lines) != 4 or not lines[1].startswith("- ") or not lines[2].startswith("+"):
            sys.exit(f"mutants: tests/mutants.txt: expected a file, a text, its replacement, and a test:\n{block}")
        if only in lines[0]:
            mutants.append((lines[0], lines[1][2:], lines[2][2:], lines[3]))
    return mutants


def first_failure(folder, arguments):
    """The name of a failing test; None if all pass."""
    environment = dict(os.environ, KILN=os.path.join(folder, "kiln"))
    try:
        done = subprocess.run([os.path.join(folder, "kiln-tests"), *arguments], cwd=TOP, env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "(no end)"
    if done.returncode == 0:
        return None
    output = (done.stdout + done.stderr).decode(errors="replace")
    failed = re.findall(r"^(?:\[  FAILED  \]|FAILED:?) (\S+)$", output, flags=re.M)
    return failed[0] if failed else f"(status {done.returncode})"


def try_mutant(number, mutant, build):
    """The result, and the test that noticed the change."""
    source, old, new, test = mutant
    folder = os.path.join(WORK, str(number))
    try:
        with open(os.path.join(TOP, source), encoding="utf-8") as file:
            text = file.read()
    except OSError:
        return "error", "there is no such file"
    if text.count(old) != 1:
        return "error", f"its text stands there {text.count(old)} times"
    changed = os.path.join(folder, "changed.c")
    os.makedirs(folder, exist_ok=True)
    with open(changed, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new))
    try:
        compile_source(changed, os.path.join(folder, "changed.o"), [*build["flags"], "-I" + os.path.dirname(source)])
        link(folder, build, (source, os.path.join(folder, "changed.o")))
    except Failure as failure:
        return "error", str(failure)
    for arguments in (shlex.split(test), [], ["--golden"]):
        failed = first_failure(folder, arguments)
        if failed:
            expected = arguments == shlex.split(test)
            return "seen", failed if expected else f"{failed}, not in '{test}'"
    return "alive", "no test fails"


def main():
    # The flags, libraries, and sources of both programs, as written by build.zig.
    with open(os.path.join(TOP, "build", "programs.json"), encoding="utf-8") as file:
        words = json.load(file)
    mutants = read_mutants(sys.argv[1] if len(sys.argv) > 1 else "")
    os.makedirs(WORK, exist_ok=True)
    try:
        compile_all(sorted({*words["kiln"], *words["tests"]}), words["flags"])
        link(os.path.join(WORK, "unchanged"), words)
    except Failure as failure:
        sys.exit(f"mutants: kiln does not compile:\n{failure}")
    counts = {"seen": 0, "alive": 0, "error": 0}
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        ends = [pool.submit(try_mutant, number, mutant, words) for number, mutant in enumerate(mutants)]
        for mutant, end in zip(mutants, ends):
            how, why = end.result()
            counts[how] += 1
            if how != "seen" or os.environ.get("MUTANTS_FIND"):
                print(f"{how}: {mutant[0]}: {mutant[1]} -> {mutant[2]}: {why}", flush=True)
            elif "not in" in why:
                print(f"note: {mutant[0]}: {mutant[1]}: seen by {why}", flush=True)
    print(f"{len(mutants)} changes: {counts['seen']} seen, {counts['alive']} alive, {counts['error']} errors")
    sys.exit(counts["alive"] + counts["error"] > 0)


main()
