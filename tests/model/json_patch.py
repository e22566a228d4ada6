#!/usr/bin/env python3
"""Builds random resources with random JSON patches with kustomize and kiln. Both must print the same.

    KUSTOMIZE=/path/to/kustomize tests/model/json_patch.py KILN [--pairs N] [--seed S]
"""

import json
import random
import sys

from strategic_merge import KINDS, Maker, Map, Seq, document, flow, run

OPERATIONS = ["add", "add", "remove", "replace", "replace", "move", "copy", "test"]
VALUES = ["1", "1.0", "true", "yes", "'x'", '"1"', "null", "~", "2001-01-01", "010", "1e3", "9007199254740993", "a b",
          "0.1", "{a: 1, b: {c: x}}", "[1, x, ~]", "{}", "[]", '"<a> & b"', '"a\\nb"', "1e21", "-0", "{yes: on}"]
STRICT = ["1", "1.0", "true", '"x"', '"1"', "null", '{"a": 1, "b": {"c": "x"}}', '[1, "x", null]', "{}", '"a\\/b"',
          "1e3", "12345678901234567890", '"\\u00e9"']


def escape(key):
    return key.strip("'\"").replace("~", "~0").replace("/", "~1")


class Pair:
    def __init__(self, rng, number):
        self.rng = rng
        self.name = f"r{number}"
        maker = Maker(rng, False)
        maker.odd = False
        tree = maker.object(rng.choice(KINDS), self.name)
        self.target = document(tree, rng)
        self.places = []
        self.collect(tree, "")
        self.patches = []
        for _ in range(rng.choice([1, 1, 2])):
            strict = rng.random() < 0.3
            text = self.patch(strict)
            self.patches.append((text, rng.choice(["patches", "patches", "older"])))

    def collect(self, node, path):
        # kustomize would let patches copy its own annotations, and a resource needs a name.
        hidden = path in ("", "/metadata", "/metadata/annotations")
        vital = path in ("/metadata/name", "/kind", "/apiVersion")
        if not hidden and not (vital and self.rng.random() < 0.9):
            self.places.append((path, node))
        if isinstance(node, Map):
            for key, value in node:
                self.collect(value, f"{path}/{escape(key)}")
        elif isinstance(node, Seq):
            for i, item in enumerate(node):
                self.collect(item, f"{path}/{i}")

    def pointer(self, adds):
        rng = self.rng
        path, node = rng.choice(self.places)
        r = rng.random()
        if isinstance(node, Seq) and r < 0.6:
            size = len(node)
            indices = ["0", "-1", str(size - 1)] + (["-", str(size), str(-size)] if adds else [])
            return f"{path}/" + rng.choice(indices)
        if isinstance(node, Map) and r < 0.3:
            return f"{path}/new"
        if r > 0.97:
            return path + rng.choice(["/x", "/x/y", "/-", "/01", "/"])
        return "x" + path if r > 0.95 else path

    def patch(self, strict):
        rng = self.rng
        operations = []
        for _ in range(rng.choice([1, 1, 2, 3])):
            op = rng.choice(OPERATIONS)
            operation = {"op": op, "path": self.pointer(op in ("add", "move", "copy"))}
            if op in ("move", "copy"):
                operation["from"] = self.pointer(False)
            if op in ("add", "replace", "test") and rng.random() < 0.97:
                operation["value"] = rng.choice(STRICT if strict else VALUES)
                if op == "test" and rng.random() < 0.7:
                    path, node = rng.choice(self.places)
                    operation["path"] = path
                    operation["value"] = flow(node) or "~" if not strict else "1"
            operations.append(operation)
        def members(item, quote):
            texts = ((key, value if key == "value" else json.dumps(value)) for key, value in item.items())
            return [f"{quote}{key}{quote}: {text}" for key, text in texts]

        if strict:
            return "[" + ", ".join("{" + ", ".join(members(item, '"')) + "}" for item in operations) + "]\n"
        return "".join("- " + "\n  ".join(members(item, "")) + "\n" for item in operations)

    def files(self):
        files = {f"{self.name}.yaml": self.target}
        fields = {"resources": f"- {self.name}.yaml\n", "patches": "", "patchesJson6902": ""}
        for i, (text, way) in enumerate(self.patches):
            path = f"{self.name}-patch{i}.yaml"
            files[path] = text
            field = "patches" if way == "patches" else "patchesJson6902"
            fields[field] += f"- path: {path}\n  target: {{name: {self.name}}}\n"
        return files, fields


if __name__ == "__main__":
    sys.exit(run(Pair, __doc__))
