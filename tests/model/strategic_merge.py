#!/usr/bin/env python3
"""Builds random resources with random patches with kustomize and kiln. Both must print the same.

    KUSTOMIZE=/path/to/kustomize tests/model/strategic_merge.py KILN [--pairs N] [--seed S]

Many pairs are built at once to start fewer programs. If a batch fails or differs, its pairs are built one by one. A pair that
differs is printed as files that reproduce it. Without KUSTOMIZE, the test is skipped.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile

BATCH = 40
TIME_LIMIT = 60

# --- Random trees as YAML. A node is a string (a scalar as written), a list of (key, node), or a list of nodes.


class Map(list):
    pass


class Seq(list):
    pass


PLAIN = ["1", "2", "5", "x", "y", "true", "yes", "on", "1.50", "0x1F", "010", "2001-01-01", "a-b", "1e3", "-0", "1:30"]
QUOTED = ['"1"', "'1'", '"x"', '"true"', "'yes'", '"null"', '""', "''", '"a b"', '"1.50"', '"a\\n  b\\nc\\n"',
          '"a\\nb"']
BLOCKS = ["|\n{i}line\n", "|-\n{i}5\n", ">\n{i}a\n{i}  b\n{i}c\n", ">-\n{i}true\n", "|\n{i}a\n{i}b\n"]
NULLS = ["null", "~", ""]


class Maker:
    def __init__(self, rng, patch):
        self.rng = rng
        self.patch = patch
        self.odd = rng.random() < 0.3   # missing and repeated keys, wrong kinds
        self.styles = rng.random() < 0.5

    def chance(self, p):
        return self.rng.random() < p

    def scalar(self):
        r = self.rng.random()
        if r < 0.12:
            return self.rng.choice(NULLS)
        if self.styles and r < 0.45:
            return self.rng.choice(QUOTED)
        if self.styles and r < 0.55:
            return self.rng.choice(BLOCKS)
        return self.rng.choice(PLAIN)

    def directive(self, entries, p=0.12):
        if self.patch and self.chance(p):
            word = self.rng.choice(["delete", "replace", "merge"])
            if self.odd and self.chance(0.03):
                word = "foo"
            entries.insert(self.rng.randrange(len(entries) + 1), ("$patch", word))
        return entries

    def map(self, fields, p=0.5):
        entries = Map()
        for key, make in fields:
            if self.chance(p):
                value = self.rng.choice(NULLS) if self.chance(0.08) else make()
                if self.patch and self.odd and self.chance(0.01):
                    value = self.rng.choice([lambda: "x", lambda: Map([("b", "1")]), lambda: Seq(["1"])])()
                entries.append((key, value))
        self.rng.shuffle(entries)
        return self.directive(entries)

    # Random content. The name of a field mostly determines its kind, so that the target and the patch agree.

    def some_map(self, depth=0):
        if self.odd and self.patch and self.chance(0.02):
            return self.scalar()
        below = [("m", lambda: self.some_map(depth + 1)), ("l", lambda: self.some_list(depth + 1))]
        return self.map([(key, self.scalar) for key in "abc"] + (below if depth < 3 else []))

    def some_list(self, depth=0):
        makers = [self.scalar, self.scalar] + ([self.some_map, self.some_list] if depth < 2 else [])
        items = Seq(make(depth + 1) if make != self.scalar else make()
                    for make in self.rng.choices(makers, k=self.rng.randrange(4)))
        if self.patch and self.chance(0.1):
            items.append(Map([("$patch", self.rng.choice(["replace", "delete"]))]))
        return items

    def keyed(self, keys, fields, most=4):
        """A list of maps with merge keys: {key: strings}."""
        items, seen = Seq(), set()
        for _ in range(self.rng.randrange(most + 1)):
            entries = Map()
            for key, texts in keys.items():
                optional = len(keys) > 1 and key != list(keys)[0]
                if self.chance(0.4) if optional else self.odd and self.chance(0.12):
                    continue
                entries.append((key, self.rng.choice(NULLS if self.odd and self.chance(0.04) else texts)))
            ident = tuple(value for key, value in entries)
            if ident in seen and not self.odd:
                continue
            seen.add(ident)
            entries.extend(self.map(fields, 0.4))
            if not any(k == "$patch" for k, _ in entries):
                self.directive(entries, 0.1)
            items.append(entries)
        if self.odd and self.chance(0.06):
            items.insert(self.rng.randrange(len(items) + 1), self.rng.choice(["~", Map(), "x" if self.patch else "~"]))
        if self.patch and self.chance(0.1):
            word = self.rng.choice(["delete", "replace", "merge"])
            items.insert(self.rng.randrange(len(items) + 1), Map([("$patch", word)]))
        return items

    def own_keys(self):
        texts = ["a/x", "b/y", "c/z", "5", '"5"', "yes", '"d"']
        items = Seq(self.rng.choice(texts) for _ in range(self.rng.randrange(4)))
        if not self.odd:
            items = Seq(dict.fromkeys(items))
        elif self.chance(0.1):
            items.append(self.rng.choice(["~", '""', Map()]))
        if self.patch and self.chance(0.1):
            items.append(Map([("$patch", self.rng.choice(["delete", "replace", "merge"]))]))
        return items

    # --- Resources.

    def texts(self):
        return self.map([(k, self.scalar) for k in ("l1", "l2", "a.b/c")], 0.5)

    def config_map(self):
        # A scalar here would be an error in the name references, which are updated later.
        return self.map([("defaultMode", self.scalar), ("items", self.some_list)])

    def volume(self):
        return [("emptyDir", self.some_map), ("configMap", self.config_map)]

    def container(self):
        ports = {"containerPort": ["80", "81", "443"], "protocol": ["TCP", "UDP"]}
        return [
            ("image", self.scalar),
            ("args", lambda: Seq(self.scalar() for _ in range(self.rng.randrange(3)))),
            ("env", lambda: self.keyed({"name": ["X", "Y", "Z"]}, [("value", self.scalar)])),
            ("ports", lambda: self.keyed(ports, [("hostPort", self.scalar), ("name", self.scalar)])),
            ("volumeMounts", lambda: self.keyed({"mountPath": ["/a", "/b"]}, [("name", self.scalar)])),
            ("resources", self.some_map),
        ]

    def pod_spec(self):
        spread = {"topologyKey": ["h", "z"], "whenUnsatisfiable": ["DoNotSchedule", "ScheduleAnyway"]}
        return self.map([
            ("containers", lambda: self.keyed({"name": ["a", "b", "c"]}, self.container())),
            ("initContainers", lambda: self.keyed({"name": ["a", "b"]}, self.container(), 2)),
            ("volumes", lambda: self.keyed({"name": ["v", "w"]}, self.volume())),
            ("imagePullSecrets", lambda: self.keyed({"name": ["s", "t", '"5"']}, [])),
            ("tolerations", self.some_list),
            ("topologySpreadConstraints", lambda: self.keyed(spread, [("maxSkew", self.scalar)])),
            ("hostAliases", lambda: self.keyed({"ip": ["1.1.1.1", "2.2.2.2"]}, [("hostnames", self.some_list)])),
            ("nodeSelector", self.texts),
        ], 0.45)

    def metadata(self, name):
        fields = [
            ("labels", self.texts),
            ("annotations", self.texts),
            ("finalizers", self.own_keys),
            ("ownerReferences", lambda: self.keyed({"uid": ["u1", "u2"]}, [("name", self.scalar)])),
        ]
        entries = self.map(fields, 0.35)
        entries.append(("name", name))
        return entries

    def object(self, kind, name):
        metadata = self.metadata(name)
        if kind == "Pod":
            body = [("apiVersion", "v1"), ("spec", self.pod_spec())]
        elif kind == "Deployment":
            template = Map([("spec", self.pod_spec())])
            spec = self.map([("replicas", self.scalar), ("strategy", self.some_map)])
            spec.append(("template", self.directive(template, 0.03)))
            body = [("apiVersion", "apps/v1"), ("spec", spec)]
        elif kind == "Service":
            ports = {"port": ["80", "81", "443", '"80"'], "protocol": ["TCP", "UDP"]}
            spec = self.map([
                ("ports", lambda: self.keyed(ports, [("targetPort", self.scalar), ("name", self.scalar)], 5)),
                ("selector", self.texts),
            ], 0.8)
            body = [("apiVersion", "v1"), ("spec", spec)]
        elif kind == "ServiceAccount":
            body = [("apiVersion", "v1"), ("secrets", self.keyed({"name": ["a", "b"]}, [])),
                    ("imagePullSecrets", self.keyed({"name": ["a", "b"]}, []))]
        else:
            embedded = Map([("apiVersion", "v1"), ("kind", "Pod"), ("spec", self.pod_spec())])
            spec = self.map([
                ("x", self.some_map),
                ("y", self.some_list),
                ("containers", lambda: self.keyed({"name": ["a", "b"]}, self.container(), 2)),
            ])
            if self.chance(0.4):
                spec.append(("tpl", embedded))
            body = [("apiVersion", "example.com/v1"), ("spec", spec), ("data", self.some_map())]
        entries = Map([("kind", kind), ("metadata", metadata)] + body)
        return self.directive(entries, 0.03)


# --- Writing.

def flow(node):
    if isinstance(node, Map):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in node) + "}"
    if isinstance(node, Seq):
        return "[" + ", ".join(flow(item) or "~" for item in node) + "]"
    return '"block"' if node[:1] in "|>" and node else node


def block(node, rng, indent=""):
    """The text after `key:` or `-`, with its line break."""
    if isinstance(node, (Map, Seq)):
        if not node or rng.random() < 0.08:
            return " " + flow(node) + "\n"
        inner = indent + "  "
        if isinstance(node, Map):
            return "\n" + "".join(f"{inner}{key}:{block(value, rng, inner)}" for key, value in node)
        return "\n" + "".join(f"{inner}-{block(item, rng, inner)}" for item in node)
    if node[:1] in "|>" and node:
        return " " + node.replace("{i}", indent + "  ")
    return f" {node}\n"


def document(node, rng):
    return "".join(f"{key}:{block(value, rng)}" for key, value in node)


# --- Pairs and batches.

KINDS = ["Pod", "Deployment", "Service", "ServiceAccount", "Custom"]


class Pair:
    def __init__(self, rng, number):
        kind = rng.choice(KINDS)
        self.name = f"r{number}"
        self.target = document(Maker(rng, False).object(kind, self.name), rng)
        self.patches = []
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            text = document(Maker(rng, True).object(kind, self.name), rng)
            self.patches.append((text, rng.choice(["id", "id", "target", "older"])))

    def files(self):
        """The files by name, and the kustomization's fields."""
        files = {f"{self.name}.yaml": self.target}
        fields = {"resources": f"- {self.name}.yaml\n", "patches": "", "patchesStrategicMerge": ""}
        for i, (text, way) in enumerate(self.patches):
            path = f"{self.name}-patch{i}.yaml"
            files[path] = text
            if way == "older":
                fields["patchesStrategicMerge"] += f"- {path}\n"
            else:
                target = f"  target: {{name: {self.name}}}\n" if way == "target" else ""
                fields["patches"] += f"- path: {path}\n{target}"
        return files, fields


def tree(pairs):
    files, united = {}, {}
    for pair in pairs:
        more, fields = pair.files()
        files.update(more)
        for field, entries in fields.items():
            united[field] = united.get(field, "") + entries
    files["kustomization.yaml"] = "".join(f"{field}:\n{entries}" for field, entries in united.items() if entries)
    return files


def write(directory, pairs):
    for path, text in tree(pairs).items():
        with open(os.path.join(directory, path), "w", encoding="utf-8") as out:
            out.write(text)


def build(tool, directory):
    run = subprocess.run([tool, "build", directory], capture_output=True, timeout=TIME_LIMIT)
    return (run.returncode == 0, run.stdout, run.stderr)


def incomparable(wanted):
    """True for results that don't matter: crashes of kustomize, and errors in name references."""
    return not wanted[0] and (b"panic: " in wanted[2] or b"updating name reference" in wanted[2])


def build_both(tools, pairs):
    """The results of both programs for the pairs in one kustomization, and whether they are the same."""
    with tempfile.TemporaryDirectory(prefix="merge-") as directory:
        write(directory, pairs)
        wanted, got = (build(tool, directory) for tool in tools)
    return incomparable(wanted) or wanted[:2] == got[:2], wanted, got


def fails(tool, pair):
    with tempfile.TemporaryDirectory(prefix="merge-") as directory:
        write(directory, [pair])
        return not build(tool, directory)[0]


def show(pair, wanted, got):
    for path, text in sorted(tree([pair]).items()):
        print(f"=== {path}\n{text}", end="")
    for who, (done, stream, messages) in (("kustomize", wanted), ("kiln", got)):
        print(f"--- {who}\n" + (stream if done else messages).decode(errors="replace"), end="")


def run(pair_type, description):
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("kiln")
    parser.add_argument("--pairs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3, help="how many different pairs are printed")
    options = parser.parse_args()
    reference = os.environ.get("KUSTOMIZE")
    if not reference:
        print("skipped: set KUSTOMIZE to a program to compare with")
        return 0
    tools = (reference, options.kiln)
    rng = random.Random(options.seed)
    different = failed = 0
    for start in range(0, options.pairs, BATCH):
        pairs = [pair_type(rng, start + i) for i in range(min(BATCH, options.pairs - start))]
        # Pairs that fail would make the whole batch fail. kiln quickly tells which ones may.
        alone = [pair for pair in pairs if fails(options.kiln, pair)]
        together = [pair for pair in pairs if pair not in alone]
        equal, wanted, got = build_both(tools, together)
        if not equal or not wanted[0]:
            alone = pairs
        for pair in alone:
            equal, wanted, got = build_both(tools, [pair])
            failed += not wanted[0]
            if equal:
                continue
            different += 1
            if different <= options.show:
                show(pair, wanted, got)
    print(f"{options.pairs} pairs, {failed} of them errors, {different} different")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(run(Pair, __doc__))
