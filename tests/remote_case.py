"""A golden case that needs more than files: python3 tests/remote_case.py CASE [NAME=value...] PROGRAM [ARGUMENT...]

PROGRAM runs in a copy of the folder CASE, with the NAMEs in its environment. In this copy,

    git/NAME/   becomes a repository whose content is one commit on the branch main
    git/setup   is then run by sh in git/, if it exists, for tags, branches, and more commits
    http/       has files for a server on 127.0.0.1, in addition to those of tests/http_server.py
    bin/        comes first on PATH

`$GIT` (the folder git), `$HTTP` (host and port of the server), and `$CASE` (the copy) are replaced with their values in all
files, the environment, and the arguments: `file://$GIT/web//base?ref=v1`, `http://$HTTP/x.yaml`. In the output, the values
are replaced with these names again.

The exit status is that of PROGRAM, or 77, with the reason on standard error, if git or curl is needed and missing, or if kiln
refuses to clone because git is too old. Run it with kustomize to make expected.yaml.
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from git_version import refused_as_too_old  # noqa: E402
from http_server import Server  # noqa: E402

SKIPPED = 77
# Fixed dates and names give commits the same hash every time.
COMMITTER = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in {"NAME": "kiln", "EMAIL": "kiln@example.com", "DATE": "2026-01-01T00:00:00Z"}.items()
}


def own_environment(home):
    """The environment without variables through which the user's git, plugins, or proxies could interfere."""
    foreign = ("GIT_", "KUSTOMIZE_", "XDG_", "CURL_", "SSL_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(foreign) and not k.lower().endswith("_proxy")}
    return kept | {"HOME": home, "TMPDIR": home}


def fill_in(folder, values):
    for directory, _, names in os.walk(folder):
        for path in [os.path.join(directory, name) for name in names]:
            if os.path.islink(path):
                continue
            with open(path, "rb+") as file:
                content = file.read()
                filled = with_values(content, values)
                if filled != content:
                    file.seek(0)
                    file.write(filled)
                    file.truncate()


def with_values(content, values):
    for name, value in values.items():
        content = content.replace(name, value)
    return content


def make_repositories(folder, environment):
    def run(*words, directory):
        subprocess.run(words, cwd=directory, env=environment, check=True, stdout=subprocess.DEVNULL)

    for repository in sorted(entry.path for entry in os.scandir(folder) if entry.is_dir()):
        run("git", "init", "--quiet", "--initial-branch=main", directory=repository)
        run("git", "add", "--all", directory=repository)
        run("git", "commit", "--quiet", "--message=first", directory=repository)
    if os.path.exists(os.path.join(folder, "setup")):
        run("sh", "-eu", "setup", directory=folder)


def skip(why):
    print(why, file=sys.stderr)
    return SKIPPED


def main(case, *words):
    with tempfile.TemporaryDirectory(prefix="kiln-remote-") as scratch:
        copy, home = os.path.join(os.path.realpath(scratch), "case"), os.path.join(scratch, "home")
        shutil.copytree(case, copy, symlinks=True)
        os.mkdir(home)
        git, values = os.path.join(copy, "git"), {}
        if os.path.isdir(git):
            values[b"$GIT"] = os.fsencode(git)
        if os.path.isdir(os.path.join(copy, "http")):
            values[b"$HTTP"] = b"127.0.0.1:%d" % Server(folder=os.path.join(copy, "http")).server_port
        values[b"$CASE"] = os.fsencode(copy)
        for name in ("input", "git", "http", "bin"):
            fill_in(os.path.join(copy, name), values)
        words = [os.fsdecode(with_values(os.fsencode(word), values)) for word in words]
        environment = own_environment(home)
        for name, tool in ((b"$GIT", "git"), (b"$HTTP", "curl")):
            if name in values and not shutil.which(tool):
                return skip(f"cannot find {tool}")
        if os.path.isdir(git):
            make_repositories(git, environment | COMMITTER)
        environment["PATH"] = os.path.join(copy, "bin") + os.pathsep + environment["PATH"]
        while "=" in words[0]:
            name, value = words.pop(0).split("=", 1)
            environment[name] = value
        done = subprocess.run(words, cwd=copy, env=environment, capture_output=True)
        if refused_as_too_old(done.stderr):
            return skip("git is too old for kiln to clone with it")
        written = {value: name for name, value in values.items()}
        sys.stdout.buffer.write(with_values(done.stdout, written))
        sys.stderr.buffer.write(with_values(done.stderr, written))
        return done.returncode


sys.exit(main(*sys.argv[1:]))
