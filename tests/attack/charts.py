"""Charts in a clone, and a local chart repository, with links and paths that lead outside."""

import hashlib
import http.server
import io
import os
import shutil
import tarfile
import threading

from support import *
from paths import CONFIG_MAP

CHART = {"Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n", "values.yaml": "a: b\n",
         "templates": {"a.yaml": CONFIG_MAP.replace("{mark}", '{{ .Files.Get "file" | quote }}')}}
ENTRY = "helmCharts: [{name: web}]\n"


def committed(tree, links, entry=ENTRY):
    def make(folder, _):
        path = os.path.join(folder, "repository")
        put(path, {"kustomization.yaml": entry, **tree})
        put(os.path.join(folder, "outside"), {"file": OUTSIDE, "web": {**CHART, "file": OUTSIDE}})
        for name, target in links.items():
            os.makedirs(os.path.dirname(os.path.join(path, name)), exist_ok=True)
            os.symlink(target.format(folder=folder), os.path.join(path, name))
        commit_all(path)
        return f"file://{path}?ref=main"
    return make


def archive(entries):
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as tar:
        for name, content, link in entries:
            info = tarfile.TarInfo(name)
            info.size, info.linkname = len(content), link
            info.type = tarfile.SYMTYPE if link else tarfile.REGTYPE
            tar.addfile(info, io.BytesIO(content))
    return written.getvalue()


def chart_archive(folder, *more):
    plain = [("web/Chart.yaml", CHART["Chart.yaml"]), ("web/values.yaml", "a: b\n"),
             ("web/templates/a.yaml", CHART["templates"]["a.yaml"])]
    return archive([(name, text.encode(), "") for name, text in plain] + list(more))


def pulled(more, local=False, entry="helmCharts: [{{name: web, version: 1.0.0, repo: '{url}'}}]\n", links=()):
    """`more` are entries of the archive in addition to those of a good chart."""
    def make(folder, server):
        put(os.path.join(folder, "outside"), {"file": OUTSIDE})
        more_here = [(name.format(folder=folder), content, link.format(folder=folder)) for name, content, link in more]
        url = server.offer(os.path.basename(folder), chart_archive(folder, *more_here))
        path = os.path.join(folder, "repository")
        put(path, {"kustomization.yaml": entry.format(url=url)})
        for name, target in dict(links).items():
            os.symlink(target.format(folder=folder), os.path.join(path, name))
        commit_all(path)
        return path if local else f"file://{path}?ref=main"
    return make


class Server(http.server.ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def offer(self, name, chart):
        url = f"http://127.0.0.1:{self.server_port}/{name}"
        index = (f"apiVersion: v1\nentries:\n  web:\n  - apiVersion: v2\n    name: web\n    version: 1.0.0\n    digest: "
                 f"{hashlib.sha256(chart).hexdigest()}\n    urls: ['{url}/web-1.0.0.tgz']\n")
        self.files[f"/{name}/index.yaml"], self.files[f"/{name}/web-1.0.0.tgz"] = index.encode(), chart
        return url


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        content = self.server.files.get(self.path)
        self.send_response(404 if content is None else 200)
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *arguments):
        pass


WITH_LINKS = {"charts": {"web": CHART}}
EVIL = b"#!/bin/sh\ntouch touched\n"
CASES = {
    "a chart": (committed({"charts": {"web": {**CHART, "file": INSIDE}}}, {}), True),
    "a link in a chart": (committed(WITH_LINKS, {"charts/web/file": "{folder}/outside/file"}), False),
    "a link in a chart far up": (committed(WITH_LINKS, {"charts/web/file": "../" * 40 + "proc/self/environ"}), False),
    "a link to a directory in a chart": (committed(WITH_LINKS, {"charts/web/crds": "{folder}/outside"}), False),
    "the chart is a link": (committed({"charts": {}}, {"charts/web": "{folder}/outside/web"}), False),
    "charts is a link": (committed({}, {"charts": "{folder}/outside"}), False),
    "chartHome is a link": (committed({}, {"home": "{folder}/outside"},
                                      "helmGlobals: {chartHome: home}\n" + ENTRY), False),
    "chartHome above the clone": (committed({}, {}, "helmGlobals: {chartHome: ../../outside}\n" + ENTRY), False),
    "a name with ..": (committed(WITH_LINKS, {}, "helmCharts: [{name: ../../outside/web}]\n"), False),
    "a version with ..": (committed(WITH_LINKS, {}, "helmCharts: [{name: web, version: ../../outside}]\n"), False),
    "a name that is an option": (committed(WITH_LINKS, {}, "helmCharts: [{name: --post-renderer=/bin/sh}]\n"), False),
    "a release that is an option": (committed(WITH_LINKS, {}, "helmCharts: [{name: web, releaseName: "
                                                              "'--post-renderer=/bin/sh'}]\n"), False),
    "a configHome with a plugin": (committed({**WITH_LINKS, "home": {"plugins": {"evil": {
        "plugin.yaml": "name: evil\nversion: 1.0.0\nusage: x\ndescription: x\ncommand: touch $HOME/touched\n"
                       "hooks: {install: touch $HOME/touched}\n"}}}}, {},
        "helmGlobals: {configHome: home}\n" + ENTRY), False),
    "values from a link": (committed(WITH_LINKS, {"values.yaml": "{folder}/outside/file"},
                                     "helmCharts: [{name: web, valuesFile: values.yaml}]\n"), False),
    "a chart that is pulled": (pulled([("web/file", INSIDE.encode(), "")]), True),
    "a pulled chart with a link": (pulled([("web/file", b"", "{folder}/outside/file")]), None),
    "a pulled chart with a path outside": (pulled([("../../../../../../{folder}/touched", EVIL, "")]), None),
    "a pulled chart with an absolute path": (pulled([("{folder}/touched", EVIL, "")]), None),
    "a pulled chart through a link": (pulled([("web/d", b"", "{folder}"), ("web/d/touched", EVIL, "")]), None),
    "a pull through a committed link": (pulled([], links={"charts": "{folder}/outside"}), None),
    "a local pull with a path outside": (pulled([("../../../../../../{folder}/touched", EVIL, "")], True), None),
    "a local pull through a link": (pulled([("web/d", b"", "{folder}"), ("web/d/touched", EVIL, "")], True), None),
    "a repository that is an option": (pulled([], entry="helmCharts: [{{name: web, version: 1.0.0, repo: "
                                                        "'--post-renderer=/bin/sh'}}]\n"), False),
    "a repository that is a file": (pulled([], entry="helmCharts: [{{name: web, version: 1.0.0, repo: "
                                                     "'file:///etc'}}]\n"), False),
}


def attack(part, only):
    if not shutil.which("helm"):
        part.skip("helm is not on PATH")
        return
    server, can_clone = Server(), part.can_clone()
    with scratch() as folder:
        def one(numbered):
            number, (name, (make, builds)) = numbered
            case = os.path.join(folder, str(number))
            os.makedirs(case)
            url = make(case, server)
            if url.startswith("file:") and not can_clone:
                return
            listed = sorted(os.listdir(os.path.join(case, "outside")))
            result = kiln(["build", url, "--enable-helm", "--load-restrictor", "LoadRestrictionsNone"], case)
            part.count("builds")
            part.check(name, result)
            if builds is not None and result.built != builds:
                part.finding(name, "does not build" if builds else "builds", result)
            if builds and not contains(result.out, INSIDE):
                part.finding(name, "builds without its file", result)
            if os.path.exists(os.path.join(case, "touched")):
                part.finding(name, "writes or runs what is outside", result)
            if sorted(os.listdir(os.path.join(case, "outside"))) != listed:
                part.finding(name, "writes outside the clone", result)
        chosen = [(name, case) for name, case in CASES.items() if only in name]
        in_parallel(one, enumerate(chosen[::4] if part.quick else chosen))
    server.shutdown()
