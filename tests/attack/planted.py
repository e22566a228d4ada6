"""Values planted where messages could show them: in Secrets, in generators of Secrets, and in URLs."""

import http.server
import os
import threading

from support import *
from paths import WEB

TOKEN = "Kp7-secret-Qz3"
SECRET = f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  key: {TOKEN}\n"
ON_SECRET = "resources: [s.yaml]\n"


def built(kustomization, **files):
    """A tree that can't be built; file names have `_` instead of the dot."""
    return {"kustomization.yaml": kustomization, "s.yaml": SECRET,
            **{name.replace("_", "."): text for name, text in files.items()}}


TREES = {
    "test of a JSON patch": built(ON_SECRET + "patches:\n- target: {kind: Secret}\n  patch: |-\n    - op: test\n"
                                  "      path: /stringData/key\n      value: other\n"),
    "the value of a JSON patch's test": built(ON_SECRET + "patches:\n- target: {kind: Secret}\n  patch: |-\n"
                                              f"    - op: test\n      path: /stringData/key\n      value: x{TOKEN}\n"),
    "an index of a replacement": built(ON_SECRET + "replacements:\n- source: {kind: Secret, fieldPath: stringData.key, "
                                       "options: {delimiter: '-', index: 9}}\n  targets:\n  - select: {kind: Secret}\n"
                                       "    fieldPaths: [metadata.name]\n"),
    "literals that are no list": built(f"secretGenerator:\n- name: a\n  literals: pw={TOKEN}\n"),
    "a literal without a key": built(f"secretGenerator:\n- name: a\n  literals: ['{TOKEN}']\n"),
    "a type that is a map": built(f"secretGenerator:\n- name: a\n  type: {{a: {TOKEN}}}\n"),
    "a file with two =": built(f"secretGenerator:\n- name: a\n  files: ['a=b={TOKEN}']\n"),
    "an unknown field beside literals": built(f"secretGenerator:\n- name: a\n  literals: ['pw={TOKEN}']\n  wrong: {TOKEN}\n"),
    "a Secret that is no YAML": built("resources: [a.yaml]\n", a_yaml=SECRET + f"  other: [{TOKEN}\n"),
    "a Secret in a tab": built("resources: [a.yaml]\n", a_yaml=SECRET + f"\tother: {TOKEN}\n"),
    "a Secret with a key twice": built("resources: [a.yaml]\n", a_yaml=SECRET + f"  key: {TOKEN}\n"),
    "a Secret in JSON": built("resources: [a.json]\n", a_json='{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"'
                              f'}}, "stringData": {{"key": "{TOKEN}", }}\n'),
    "a Secret without a name": built("resources: [a.yaml]\n", a_yaml=SECRET.replace("  name: s\n", f"  wrong: {TOKEN}\n")),
    "a folded text at the margin": built("resources: [a.yaml]\n", a_yaml=SECRET.replace(TOKEN, f">-\n{TOKEN}: [\n")),
    "a Secret twice": built("resources: [s.yaml, a.yaml]\n", a_yaml=SECRET),
    "a Secret's patch": built(ON_SECRET + "patches: [{path: a.yaml}]\n", a_yaml=SECRET.replace("name: s", "name: none")),
    "a Secret's patch that is no YAML": built(ON_SECRET + "patches: [{path: a.yaml}]\n", a_yaml=SECRET + f"  x: [{TOKEN}\n"),
    "a Secret's inline patch": built(ON_SECRET + "patches:\n- patch: |-\n    apiVersion: v1\n    kind: Secret\n    metadata: "
                                     f"{{name: s}}\n    stringData: [{TOKEN}: {{\n"),
    "merged Secrets": built(f"{ON_SECRET}secretGenerator:\n- name: none\n  behavior: merge\n  literals: ['pw={TOKEN}']\n"),
}

URLS = {
    "a user that is a token": "https://" + TOKEN + "@127.0.0.1:1/x/y.git?ref=main",
    "a password": "https://user:" + TOKEN + "@127.0.0.1:1/x/y.git?ref=main",
    "a query's signature": "https://127.0.0.1:1/a.yaml?sig=" + TOKEN,
    "a query's token": "https://127.0.0.1:1/a.yaml?access_token=" + TOKEN,
    "a password over http": "http://user:" + TOKEN + "@127.0.0.1:1/a.yaml",
    "a fragment": "https://127.0.0.1:1/a.yaml#" + TOKEN,
    "a password in ssh": "ssh://user:" + TOKEN + "@127.0.0.1:1/x/y.git?ref=main",
    "a password with a comma": "https://user:x," + TOKEN + "@127.0.0.1:1/a.yaml",
    "a password with a slash": "https://user:x/" + TOKEN + "@127.0.0.1:1/a.yaml",
    "a password with a number sign": "https://user:x#" + TOKEN + "@127.0.0.1:1/a.yaml",
    "a query with a quote": "https://127.0.0.1:1/a.yaml?sig=x'" + TOKEN,
    "a query that leads up": "https://127.0.0.1:1/a.yaml?sig=../../" + TOKEN,
    "one slash": "https:/user:" + TOKEN + "@127.0.0.1:1/a.yaml",
    "many slashes": "https:////user:" + TOKEN + "@127.0.0.1:1/a.yaml",
    "git's prefix": "git::https://user:" + TOKEN + "@127.0.0.1:1/x/y.git",
    "an unknown scheme": "ftp://user:" + TOKEN + "@127.0.0.1:1/a.yaml",
    "a password in scp's form": "user:" + TOKEN + "@127.0.0.1:x/y.git",
    "a user in scp's form": TOKEN + "@127.0.0.1:x/y.git",
    "a user without a scheme": TOKEN.replace("-", "_") + "@github.com/x",
    "a query of a repository": "https://127.0.0.1:1/x/y.git?ref=main&token=" + TOKEN,
}


COMMANDS = [["build"], ["localize"], ["fmt"], ["fn", "run"], ["cfg", "cat"], ["cfg", "tree"], ["edit", "add", "resource"],
            ["edit", "add", "component"], ["edit", "add", "base"], ["edit", "add", "generator"], ["edit", "remove", "resource"],
            ["edit", "add", "configmap", "m", "--from-file"], ["edit", "fix", "-C"], ["create", "--resources"],
            ["build", ".", "-o"]]


def attack_tree(part, folder, name, tree):
    put(folder, tree)
    for flags in ([], ["--enable-alpha-plugins"]):
        result = kiln(["build", ".", *flags], folder)
        part.count("builds with a secret")
        part.check(name, result, (TOKEN, PLANTED))
        if result.built:
            part.finding(name, "builds, so no message was looked at", result)


def attack_url(part, folder, name, url):
    os.makedirs(folder)
    for field in ("resources", "components", "crds", "openapi", "configMapGenerator"):
        entry = {"openapi": f"openapi: {{path: '{url}'}}\n",
                 "configMapGenerator": f"configMapGenerator: [{{name: a, files: ['{url}']}}]\n"}.get(
                     field, f"{field}: ['{url}']\n")
        put(os.path.join(folder, field, "kustomization.yaml"), entry + "buildMetadata: [originAnnotations]\n")
        for arguments in (["build", field], ["localize", field, "copy"]):
            result = kiln(arguments, folder, standard_input=b"")
            part.count("runs with a token in a URL")
            part.check(f"{name}, {field}, {arguments[0]}", result, (TOKEN, TOKEN.replace("-", "_"), PLANTED))
            remove(os.path.join(folder, "copy"))
    tokens = (TOKEN, TOKEN.replace("-", "_"), PLANTED)
    for command in COMMANDS[::4] if part.quick else COMMANDS:
        put(os.path.join(folder, "kustomization.yaml"), "namePrefix: x-\n")
        result = kiln([*command, url], folder, GIT_SSH_COMMAND="false")
        part.count("runs with a token in an operand")
        result.status = min(result.status, 1)  # 2 is a usage error
        part.check(f"{name}, {' '.join(command)}", result, tokens)
        remove(os.path.join(folder, "kustomization.yaml"))


def attack_origins(part, folder):
    """A server's file under a URL with a secret, and the origin annotations of its resources."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host = f"127.0.0.1:{server.server_port}"
    for path in ("a.yaml", "x/y/a.yaml", "broken"):
        for url in (f"http://user:{TOKEN}@{host}/{path}", f"http://{TOKEN}@{host}/{path}", f"http://{host}/{path}?sig={TOKEN}",
                    f"http://{host}/{path}#{TOKEN}"):
            put(os.path.join(folder, "kustomization.yaml"), f"resources: ['{url}']\nnamePrefix: x-\nbuildMetadata: "
                                                            "[originAnnotations, transformerAnnotations]\n")
            for arguments in (["build", "."], ["localize", ".", "copy"], ["edit", "fix"], ["build", ".", "--print-settings"]):
                result = kiln(arguments, folder)
                part.count("runs with an answer from a URL with a token")
                part.check(f"{url.replace(host, 'HOST')}, {arguments[0]}", result, (TOKEN, PLANTED))
                if arguments[0] == "build" and len(arguments) == 2 and result.built == (path == "broken"):
                    part.finding(url, "builds" if result.built else "does not build", result)
                remove(os.path.join(folder, "copy"))
    server.shutdown()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"kind: [\n" if "broken" in self.path else WEB.encode())

    def log_message(self, *arguments):
        pass


def attack_clone(part, folder):
    """A repository that is fetched with a login. The user's Git configuration redirects it to this machine."""
    path = os.path.join(folder, "repository")
    put(path, {"kustomization.yaml": "resources: [web.yaml]\nbuildMetadata: [originAnnotations]\n"
                                     "configMapGenerator: [{name: a, literals: [b=c]}]\n", "web.yaml": WEB})
    put(path, {"nosy": {"kustomization.yaml": "configMapGenerator: [{name: a, files: [../.git/config]}]\n"}})
    commit_all(path)
    put(os.path.join(folder, ".gitconfig"), f"[url \"file://{path}\"]\n  insteadOf = https://user:{TOKEN}@127.0.0.1/y.git\n")
    url = f"https://user:{TOKEN}@127.0.0.1/y.git"
    for name in ("", "//nosy"):
        put(os.path.join(folder, "top/kustomization.yaml"),
            f"resources: ['{url}{name}?ref=main']\nbuildMetadata: [originAnnotations, transformerAnnotations]\n")
        for target in (f"{url}{name}?ref=main", "top"):
            result = kiln(["build", target, "--load-restrictor", "LoadRestrictionsNone"], folder,
                          GIT_ALLOW_PROTOCOL="https:file")
            part.count("clones with a token in the URL")
            part.check(f"a clone with a login, {target[:3]}{name}", result, (TOKEN, PLANTED))
            if result.built == bool(name):
                part.finding(f"a clone with a login{name}", "does not build" if not name else "builds", result)


def attack(part, only):
    with scratch() as folder:
        cases = [(attack_tree, name, tree) for name, tree in TREES.items()]
        cases += [(attack_url, name, url) for name, url in URLS.items()]
        in_parallel(lambda at: at[1][0](part, os.path.join(folder, str(at[0])), *at[1][1:]),
                    enumerate(case for case in cases if only in case[1]))
        if only in "origins":
            attack_origins(part, os.path.join(folder, "origins"))
        if only in "a clone with a login" and part.can_clone():
            attack_clone(part, os.path.join(folder, "clone"))
