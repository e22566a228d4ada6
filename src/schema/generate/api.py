#!/usr/bin/env python3
"""The facts about the Kubernetes API that `kiln check` uses, and the C table generated from them.

    src/schema/generate/api.py table                   print src/schema/api_table.h
    src/schema/generate/api.py check                   fail if that file differs from what `table` prints
    src/schema/generate/api.py add 1.38 DEFINITIONS    add a release to the facts, from its OpenAPI definitions

`./dev update-api 1.38` adds a release and updates the table. The facts are the TSV files in src/schema/facts/api, described in
their README. Releases can only be added in order.
"""
import collections
import contextlib
import io
import json
import pathlib
import sys

FACTS = pathlib.Path(__file__).resolve().parent.parent / "facts" / "api"
PREFIX = "io.k8s."
# Sorted, in the order of enum api_definition (src/schema/api.h).
WELL_KNOWN = ["api.admissionregistration.v1.WebhookClientConfig", "api.apps.v1.DaemonSetSpec",
              "api.apps.v1.DeploymentSpec", "api.apps.v1.ReplicaSetSpec", "api.apps.v1.StatefulSetSpec",
              "api.autoscaling.v2.HorizontalPodAutoscalerSpec", "api.autoscaling.v2.MetricSpec",
              "api.autoscaling.v2.MetricTarget", "api.batch.v1.CronJobSpec", "api.batch.v1.JobSpec",
              "api.core.v1.EnvFromSource", "api.core.v1.EnvVar", "api.core.v1.EnvVarSource",
              "api.core.v1.LifecycleHandler", "api.core.v1.PersistentVolumeClaimSpec", "api.core.v1.PodSpec",
              "api.core.v1.Probe", "api.core.v1.SecurityContext", "api.core.v1.ServiceSpec", "api.core.v1.Toleration",
              "api.core.v1.Volume", "api.core.v1.VolumeMount", "api.networking.v1.HTTPIngressPath",
              "api.networking.v1.IngressBackend", "api.networking.v1.IngressServiceBackend",
              "api.networking.v1.IngressSpec", "api.networking.v1.NetworkPolicyPeer",
              "api.networking.v1.ServiceBackendPort", "api.policy.v1.PodDisruptionBudgetSpec",
              "api.rbac.v1.Subject",
              "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec",
              "apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig",
              "apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement", "apimachinery.pkg.apis.meta.v1.ObjectMeta"]

# The names of types in the facts, in the order of enum api_form (src/schema/api.h).
SIMPLE = ["any", "string", "string:byte", "time", "integer:int32", "integer:int64", "number", "boolean", "quantity",
          "int-or-string"]
LIST, MAP, OBJECT = len(SIMPLE), len(SIMPLE) + 1, len(SIMPLE) + 2
SAME = {"microtime": "time", "number:double": "number", "integer": "integer:int64"}
PAGE = 4000  # API_TEXT_PAGE


def read(name):
    lines = (FACTS / name).read_text().splitlines()
    comments = [line for line in lines if line.startswith("#")]
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return comments, rows[0], rows[1:]


def write(name, comments, head, rows):
    lines = comments + ["\t".join(head)] + ["\t".join(row) for row in rows]
    (FACTS / name).write_text("\n".join(lines) + "\n")


def minor(release):
    return int(release.split(".")[1])


# --- The table.

class Texts:
    """A block of strings. No string crosses a page, so that each page can be a string literal."""

    def __init__(self):
        self.block, self.places = "", {}

    def place(self, text):
        if text not in self.places:
            room = PAGE - len(self.block) % PAGE
            if len(text) >= room:
                self.block += "\0" * room
            self.places[text] = len(self.block)
            self.block += text
        return self.places[text], len(text)

    def row(self, text):
        return "{%d, %d}" % self.place(text)


class Table:
    def __init__(self):
        self.texts = Texts()
        self.types, self.type_numbers = [], {}
        self.enums, self.enum_numbers, self.values = [(0, 0)], {}, []
        _, _, rows = read("fields.tsv")
        self.fields = collections.defaultdict(list)
        for row in rows:
            self.fields[row[0]].append(row[1:])
        self.definitions = sorted(self.fields)
        self.numbers = {name: i for i, name in enumerate(self.definitions)}
        self.closed = {(d, f): values.split("|") for d, f, _, values in read("enums.tsv")[2]}

    def type_number(self, text):
        text = SAME.get(text, text)
        if text in SIMPLE:
            return SIMPLE.index(text)
        if text[0] in "[{":
            key = (LIST if text[0] == "[" else MAP, self.type_number(text[1:-1]))
        elif text[0] == "@":
            if text[1:] not in self.numbers:
                return 0
            key = (OBJECT, self.numbers[text[1:]])
        else:
            sys.exit(f"api.py: unknown type '{text}'")
        if key not in self.type_numbers:
            self.type_numbers[key] = len(SIMPLE) + len(self.types)
            self.types.append(key)
        return self.type_numbers[key]

    def enum_number(self, values):
        key = tuple(values)
        if not values:
            return 0
        if key not in self.enum_numbers:
            self.enum_numbers[key] = len(self.enums)
            self.enums.append((len(self.values), len(values)))
            self.values += values
        return self.enum_numbers[key]

    def field_rows(self):
        rows, starts = [], []
        for definition in self.definitions:
            starts.append(len(rows))
            for name, type_, required, first, last in sorted(self.fields[definition],
                                                             key=lambda r: (len(r[0]), r[0], minor(r[3]))):
                place, length = self.texts.place(name)
                enum = self.enum_number(self.closed.get((definition, name), []))
                rows.append((place, self.type_number(type_), length, minor(first), minor(last), int(required == "R"),
                             enum))
        return rows, starts + [len(rows)]


GROUPS = {"internal.apiserver.k8s.io": "apiserverinternal"}


def definition_of(table, api_version, kind):
    group, _, version = api_version.rpartition("/")
    group = GROUPS.get(group, group.split(".")[0] if group else "core")
    tail = f".{group}.{version}.{kind}"
    found = [name for name in table.definitions if name.endswith(tail)]
    if len(found) != 1:
        sys.exit(f"api.py: {api_version} {kind} has {len(found)} definitions")
    return table.numbers[found[0]]


def release_number(text):
    """The number of a component's release: major * 100 + minor. The major version of Kubernetes is 1."""
    if not text:
        return 0
    major, minor_ = text.split(".")[:2]
    return int(major) * 100 + int(minor_)


def print_numbers(name, numbers):
    print(f"\nstatic const uint16_t {name}[] = {{")
    for i in range(0, len(numbers), 18):
        print("    " + " ".join(f"{number}," for number in numbers[i:i + 18]))
    print("};")


def print_lines(name, rows):
    print(f"\nstatic const struct {name}[] = {{")
    line = "   "
    for row in rows:
        text = row if isinstance(row, str) else "{" + ", ".join(map(str, row)) + "}"
        if len(line) + len(text) > 116:
            print(line)
            line = "   "
        line += f" {text},"
    print(f"{line}\n}};")


def print_texts(block):
    print(f"\nstatic const char api_texts[][{PAGE}] = {{")
    for start in range(0, len(block), PAGE):
        page = block[start:start + PAGE].rstrip("\0")
        print("\n".join('    "%s"' % page[i:i + 100].replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")
                        for i in range(0, len(page), 100)) + ",")
    print("};")


def print_table():
    table = Table()
    fields, starts = table.field_rows()
    kinds = []
    known = {}  # a kind has the same scope in all versions of its group
    for api_version, kind, _, _, scope in read("kinds.tsv")[2]:
        if scope != "-":
            known[api_version.rpartition("/")[0], kind] = scope
    for api_version, kind, first, last, _ in read("kinds.tsv")[2]:
        scope = {"Namespaced": 1, "Cluster": 2}.get(known.get((api_version.rpartition("/")[0], kind)), 0)
        kinds.append((kind, api_version, minor(first), minor(last), scope, definition_of(table, api_version, kind)))
    removals = [(kind, api_version, release_number(deprecated), release_number(removed), replacement, component)
                for component, api_version, kind, deprecated, removed, replacement in read("removals.tsv")[2]]
    text = table.texts.row
    kind_rows = ["{%s, %s, %d, %d, %d, %d}" % (text(k), text(a), *rest) for k, a, *rest in sorted(kinds)]
    removal_rows = ["{%s, %s, %s, %s, %d, %d}" % (text(k), text(a), text(r), text("" if c == "k8s" else c), d, e)
                    for k, a, d, e, r, c in sorted(removals)]
    value_rows = [text(value) for value in table.values]
    if len(table.texts.block) > 0xFFFF or max(len(table.types), len(fields)) > 0xFFFF or len(table.enums) > 0xFF:
        sys.exit("api.py: the table is too large for its integer types")
    if WELL_KNOWN != sorted(WELL_KNOWN):
        sys.exit("api.py: WELL_KNOWN must be sorted, because the program uses a binary search")
    print("// Made by src/schema/generate/api.py from src/schema/facts/api: do not edit.\n#pragma once\n")
    print('#include "schema/api_tables.h"')
    print_texts(table.texts.block)
    print_lines("api_type_row api_types", table.types)
    print_lines("api_field_row api_fields", fields)
    print_numbers("api_definitions", starts)
    print_lines("api_enum_row api_enums", table.enums)
    print_lines("api_text api_values", value_rows)
    print_lines("api_kind_row api_kinds", kind_rows)
    print_lines("api_removal_row api_removals", removal_rows)
    releases = [minor(row[3]) for row in read("kinds.tsv")[2]]
    print(f"\nenum {{\n    API_OLDEST = {min(minor(row[2]) for row in read('kinds.tsv')[2])},")
    print(f"    API_NEWEST = {max(releases)},\n}};")
    print_numbers("api_well_known", [table.numbers[definition] for definition in WELL_KNOWN])


# --- Adding a release.

def type_text(schema):
    reference = schema.get("$ref", "").rpartition("/")[2].removeprefix(PREFIX)
    special = {"apimachinery.pkg.api.resource.Quantity": "quantity", "apimachinery.pkg.util.intstr.IntOrString":
               "int-or-string", "apimachinery.pkg.apis.meta.v1.Time": "time",
               "apimachinery.pkg.apis.meta.v1.MicroTime": "microtime"}
    if reference:
        return special.get(reference, "@" + reference)
    # Some programs that create these documents let every field be null.
    kind = [one for one in [schema.get("type")] if isinstance(one, str)] or \
        [one for one in schema.get("type") or [] if one != "null"]
    if kind == ["array"]:
        return f"[{type_text(schema['items'])}]"
    if kind == ["object"] and isinstance(schema.get("additionalProperties"), dict):
        return "{%s}" % type_text(schema["additionalProperties"])
    if len(kind) != 1 or kind == ["object"]:
        return "any"
    return ":".join(filter(None, kind + [schema.get("format")]))


def add_fields(definitions, release, before):
    comments, head, rows = read("fields.tsv")
    latest = {(row[0], row[1]): row for row in rows if row[5] == before}
    for name, schema in definitions.items():
        for field, property_ in schema.get("properties", {}).items():
            row = [name.removeprefix(PREFIX), field, type_text(property_),
                   "R" if field in schema.get("required", []) else "", release, release]
            known = latest.get((row[0], field))
            if known and [SAME.get(known[2], known[2]), known[3]] == [SAME.get(row[2], row[2]), row[3]]:
                known[5] = release
            else:
                rows.append(row)
    rows.sort(key=lambda row: (row[0], row[1], minor(row[4])))
    write("fields.tsv", comments, head, rows)


def stability(version):
    """A sort key: v2 is after v1, which is after v2beta1, which is after v1alpha1."""
    digits = "".join(c if c.isdigit() else " " for c in version).split()
    level = 0 if "alpha" in version else 1 if "beta" in version else 2
    return level, int(digits[0]) if digits else 0, int(digits[-1]) if digits else 0


def replacement_of(kinds, api_version, kind, release):
    group = api_version.rpartition("/")[0]
    served = [row[0] for row in kinds if row[1] == kind and row[3] == release and row[0].rpartition("/")[0] == group]
    return f"{max(served, key=lambda one: stability(one.rpartition('/')[2]))} {kind}" if served else ""


def add_kinds(definitions, release, before):
    comments, head, rows = read("kinds.tsv")
    known = {(row[0], row[1]): row for row in rows}
    for schema in definitions.values():
        properties = schema.get("properties", {})
        for gvk in schema.get("x-kubernetes-group-version-kind", []):
            api_version = "/".join(filter(None, [gvk["group"], gvk["version"]]))
            if "metadata" not in properties or gvk["kind"].endswith("List") or \
                    gvk["kind"] in ("DeleteOptions", "WatchEvent", "Status", "APIGroup", "APIResourceList"):
                continue
            row = known.get((api_version, gvk["kind"]))
            if row and row[3] == before:
                row[3] = release
            elif not row:
                rows.append([api_version, gvk["kind"], release, release, "-"])
                print(f"new: {api_version} {gvk['kind']}; write its scope into kinds.tsv", file=sys.stderr)
    rows.sort(key=lambda row: ("/" in row[0], row[0], row[1]))
    write("kinds.tsv", comments, head, rows)
    comments, head, removals = read("removals.tsv")
    announced = {(row[1], row[2]): row for row in removals}
    for api_version, kind, _, last, _ in rows:
        if last != before:
            continue
        row = announced.get((api_version, kind))
        if row:
            row[4] = release
        else:
            removals.append(["k8s", api_version, kind, "", release, replacement_of(rows, api_version, kind, release)])
        print(f"gone: {api_version} {kind}", file=sys.stderr)
    write("removals.tsv", comments, head, removals)


def add(release, path):
    newest = max(minor(row[3]) for row in read("kinds.tsv")[2])
    if minor(release) != newest + 1:
        sys.exit(f"api.py: the facts end with 1.{newest}: expected 1.{newest + 1}, found {release}")
    document = json.loads(pathlib.Path(path).read_text())
    definitions = document.get("definitions") or document["$defs"]
    definitions = {name: schema for name, schema in definitions.items() if name.startswith(PREFIX)}
    add_fields(definitions, release, f"1.{newest}")
    add_kinds(definitions, release, f"1.{newest}")


def main():
    if sys.argv[1:] == ["table"]:
        print_table()
    elif sys.argv[1:] == ["check"]:
        with contextlib.redirect_stdout(io.StringIO()) as made:
            print_table()
        if made.getvalue() != (FACTS.parent.parent / "api_table.h").read_text():
            print("src/schema/api_table.h does not match the facts: run `./dev update-api`")
            print("0 passed, 1 failed, 0 skipped")
            sys.exit(1)
        print("1 passed, 0 failed, 0 skipped")
    elif len(sys.argv) == 4 and sys.argv[1] == "add":
        add(sys.argv[2], sys.argv[3])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
