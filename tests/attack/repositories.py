"""Git repositories that attack the machine that builds them, and URLs that attack git.

Each build runs in a directory surrounded by marks. A file `touched` appears if something ran that must not run.
"""

import os

from support import *
from paths import CONFIG_MAP, WEB, filled

FILES = "configMapGenerator: [{{name: a, files: [{path}]}}]\n"


def repository(folder, files):
    path = os.path.join(folder, "repository")
    put(path, files)
    return path


def hooks(folder):
    """A script committed under every name that git could treat as its own."""
    script = f"#!/bin/sh\ntouch {folder}/touched\n"
    path = repository(folder, {"kustomization.yaml": "resources: [web.yaml]\n", "web.yaml": WEB,
                               "hooks": {"post-checkout": script, "reference-transaction": script},
                               "config": f"[core]\n  fsmonitor = touch {folder}/touched\n  hooksPath = hooks\n",
                               ".gitattributes": "* filter=evil\n"})
    for name in ("post-checkout", "reference-transaction"):
        os.chmod(os.path.join(path, "hooks", name), 0o755)
    commit_all(path)
    return f"file://{path}?ref=main"


def user_hooks(folder):
    """The user's own configuration names hooks and filters; a clone must not start them."""
    url = hooks(folder)
    put(os.path.join(folder, ".gitconfig"), f"[core]\n  hooksPath = {folder}/repository/hooks\n  fsmonitor = touch "
                                            f"{folder}/touched\n[filter \"evil\"]\n  smudge = touch {folder}/touched\n"
                                            f"  clean = cat\n[init]\n  templateDir = {folder}/template\n")
    put(os.path.join(folder, "template/hooks/post-checkout"), f"#!/bin/sh\ntouch {folder}/touched\n")
    os.chmod(os.path.join(folder, "template/hooks/post-checkout"), 0o755)
    return url


def submodule(folder, url, name="sub"):
    path = repository(folder, {"kustomization.yaml": "resources: [sub]\n",
                               ".gitmodules": f"[submodule \"{name}\"]\n  path = {name}\n  url = {url}\n"
                                              f"  update = !touch {folder}/touched\n"})
    other = os.path.join(folder, "other")
    put(other, {"kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": filled(CONFIG_MAP, OUTSIDE)})
    commit_all(other)
    git(path, "init", "-q", "-b", "main")
    git(path, "add", "-A", "-f")
    head = run(["git", "rev-parse", "HEAD"], other).out.decode().strip()
    git(path, "update-index", "--add", "--cacheinfo", f"160000,{head},sub")
    git(path, "commit", "-q", "-m", "attack")
    return f"file://{path}?ref=main"


def local_submodule(folder):
    return submodule(folder, f"file://{folder}/other")


def relative_submodule(folder):
    return submodule(folder, "../other")


def option_submodule(folder):
    return submodule(folder, f"--upload-pack=touch {folder}/touched")


def program_submodule(folder):
    return submodule(folder, f"ext::sh -c 'touch {folder}/touched'")


def git_directory_submodule(folder):
    return submodule(folder, f"file://{folder}/other", "../../x")


def linked(target):
    def make(folder):
        path = repository(folder, {"kustomization.yaml": FILES.format(path="a")})
        put(os.path.join(folder, "outside"), OUTSIDE)
        os.symlink(target.format(folder=folder), os.path.join(path, "a"))
        commit_all(path)
        return f"file://{path}?ref=main"
    return make


def naming(text):
    def make(folder):
        put(os.path.join(folder, "outside"), {"kustomization.yaml": "resources: [a.yaml]\n",
                                              "a.yaml": filled(CONFIG_MAP, OUTSIDE)})
        path = repository(folder, {"kustomization.yaml": text.replace("{folder}", folder)})
        commit_all(path)
        return f"file://{path}?ref=main"
    return make


def linked_root(folder):
    """The directory in the URL is a link that leads out of the clone."""
    path = repository(folder, {"kustomization.yaml": "resources: [web.yaml]\n", "web.yaml": WEB})
    put(os.path.join(folder, "outside"), {"kustomization.yaml": "resources: [a.yaml]\n",
                                          "a.yaml": filled(CONFIG_MAP, OUTSIDE)})
    os.symlink(os.path.join(folder, "outside"), os.path.join(path, "app"))
    commit_all(path)
    return f"file://{path}//app?ref=main"


def good(folder):
    path = repository(folder, {"kustomization.yaml": "resources: [web.yaml]\n", "web.yaml": WEB})
    commit_all(path)
    return path


def asked(form):
    def make(folder):
        return form.format(path=good(folder), folder=folder)
    return make


def tagged(name):
    """A reference that looks like an option, both in the repository and in the URL."""
    def make(folder):
        path = good(folder)
        with open(os.path.join(path, ".git/packed-refs"), "a") as file:
            head = run(["git", "rev-parse", "HEAD"], path).out.decode().strip()
            file.write(f"{head} refs/tags/{name}\n")
        return f"file://{path}?ref={name}"
    return make


TOUCH = "touch${{IFS}}{folder}/touched"
CASES = {
    "hooks, configuration, and filters in the tree": (hooks, True),
    "hooks and filters of the user": (user_hooks, True),
    "a submodule of this machine": (local_submodule, False),
    "a submodule beside the repository": (relative_submodule, False),
    "a submodule that is an option": (option_submodule, False),
    "a submodule that is a program": (program_submodule, False),
    "a submodule whose path leads out": (git_directory_submodule, False),
    "a link to a file outside": (linked("{folder}/outside"), False),
    "a link to .git/config": (linked(".git/config"), False),
    "a link to /proc/self/environ": (linked("/proc/self/environ"), False),
    "a link to /proc/self/cwd": (linked("/proc/self/cwd/outside"), False),
    ".git/config in a generator": (naming(FILES.format(path=".git/config")), False),
    ".git/HEAD in a generator": (naming(FILES.format(path=".git/HEAD")), False),
    "an absolute base": (naming("resources: [{folder}/outside]\n"), False),
    "a base above the clone": (naming("resources: [../outside]\n"), False),
    "a link of the URL's directory": (linked_root, False),
    "a directory of the URL above the clone": (asked("file://{path}//../outside?ref=main"), False),
    "a reference that is an option": (asked("file://{path}?ref=--upload-pack=" + TOUCH), False),
    "a tag that is an option": (tagged("--output=x"), False),
    "a reference with a range": (asked("file://{path}?ref=main..main"), False),
    "a reference with a colon": (asked("file://{path}?ref=main:refs/heads/x"), False),
    "a reference that is empty": (asked("file://{path}?ref="), None),
    "ext::": (asked("ext::sh -c touch% {folder}/touched%//x?ref=main"), False),
    "git::ext::": (asked("git::ext::sh -c touch% {folder}/touched?ref=main"), False),
    "a host that is an option": (asked("ssh://-oProxyCommand=" + TOUCH + "/x/y.git?ref=main"), False),
    "a host that is an option, in short": (asked("git@-oProxyCommand=" + TOUCH + ":x/y.git?ref=main"), False),
    "a user that is an option": (asked("ssh://-oProxyCommand=" + TOUCH + "@127.0.0.1/x/y.git?ref=main"), False),
    "a path that is an option": (asked("ssh://127.0.0.1/-oProxyCommand=" + TOUCH + ".git?ref=main"), False),
    "a timeout that is no number": (asked("file://{path}?ref=main&timeout=x;" + TOUCH), None),
}


def attack(part, only):
    if not part.can_clone():
        return
    chosen = [(name, *case) for name, case in CASES.items() if only in name]
    chosen = chosen[::2] if part.quick else chosen
    with scratch() as folder:
        def one(numbered):
            number, (name, make, builds) = numbered
            case = os.path.join(folder, str(number))
            os.makedirs(case)
            url = make(case)
            # Once with the URL on the command line, and once in a kustomization.
            put(os.path.join(case, "local/kustomization.yaml"), f"resources:\n- '{url}'\n")
            for target in (url, "local"):
                result = kiln(["build", target, "--load-restrictor", "LoadRestrictionsNone"], case,
                              GIT_SSH_COMMAND="false")
                part.count("builds")
                part.check(name, result)
                if builds is not None and result.built != builds:
                    part.finding(name, "does not build" if builds else "builds", result)
                if os.path.exists(os.path.join(case, "touched")):
                    part.finding(name, "runs a program", result)
        in_parallel(one, enumerate(chosen))
