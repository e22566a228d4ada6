"""Every field that refers to a file or a directory, with every form that a path can have.

Each pair is built as a local root under both load restrictors, and from a clone. If the path leads outside, the target is
valid for the field in one build and broken in another, where a message could show a line of it.
"""

import json
import os
import socket
import stat

from support import *

# --- The fields and valid targets for them.

CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: found\ndata:\n  key: {mark}\n"
WEB = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  key: value\n"
BUILTIN = "apiVersion: builtin\nkind: {kind}\nmetadata:\n  name: plugin\n"
PATCH = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  annotations:\n    seen: {mark}\n"
JSON_PATCH = '- op: add\n  path: /data/seen\n  value: {mark}\n'
REPLACEMENTS = ("- sourceValue: {mark}\n  targets:\n  - select:\n      name: web\n    fieldPaths: [data.key]\n")
GENERATOR = BUILTIN.format(kind="ConfigMapGenerator") + "literals: [seen={mark}]\n"
TRANSFORMER = BUILTIN.format(kind="AnnotationsTransformer") + \
    "annotations: {{seen: {mark}}}\nfieldSpecs: [{{path: metadata/annotations, create: true}}]\n"
VALIDATOR = TRANSFORMER  # a validator that changes something is rejected, with a message that has no values
CONFIGURATION = "commonLabels:\n- path: {mark}/labels\n  create: true\n  kind: None\n"
SCHEMA = '{{"definitions": {{"{mark}": {{"type": "object"}}}}}}\n'
CRDS = '{{"example.v1.Found": {{"Schema": {{"description": "{mark}"}}}}}}\n'
TEXT, ENV, VALUES = "{mark}\n", "seen={mark}\n", "seen: {mark}\n"
CHART = {
    "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "values.yaml": "seen: {mark}\n",
    "templates": {
        "a.yaml": CONFIG_MAP.replace("{mark}", "{{{{ .Values.seen }}}}").replace("found", "chart"),
    },
}


def filled(content, mark):
    if isinstance(content, dict):
        return {name: filled(below, mark) for name, below in content.items()}
    return content.format(mark=mark)


def broken(content):
    """The same with an unreadable line, which a message would show."""
    if isinstance(content, dict):
        return {name: broken(below) for name, below in content.items()}
    return f"{OUTSIDE}: [{{\n{OUTSIDE}\n"


def with_file(resource):
    return {"kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": resource}


class Field:
    """`tree` is the content of the root, with `PATH` in place of the path. Without a `PATH`, the path is fixed, and what the
    form creates takes its place."""

    def __init__(self, name, content, kustomization, more=None, shows=True, fixed=None, jailed=True, flags=()):
        self.name, self.content, self.shows, self.fixed, self.jailed = name, content, shows, fixed, jailed
        self.tree = {"kustomization.yaml": kustomization, "web.yaml": WEB, **(more or {})}
        self.is_directory, self.flags = isinstance(content, dict), list(flags)

    def needs_helm(self):
        return "--enable-helm" in self.flags


HELM = ["--enable-helm"]
ON_WEB = "resources: [web.yaml]\n"
CHARTS = {"charts": {"web": filled(CHART, "default")}}


def plugin(field, kind, more):
    return f"{ON_WEB}{field}: [plugin.yaml]\n", {"plugin.yaml": BUILTIN.format(kind=kind) + more}


FIELDS = [
    Field("resources (file)", CONFIG_MAP, "resources: [PATH]\n"),
    Field("resources (directory)", with_file(CONFIG_MAP), "resources: [PATH]\n"),
    Field("bases", with_file(CONFIG_MAP), "bases: [PATH]\n"),
    Field("components", {"kustomization.yaml": "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n"
                                               "resources: [a.yaml]\n", "a.yaml": CONFIG_MAP}, "components: [PATH]\n"),
    Field("crds", CRDS, ON_WEB + "crds: [PATH]\n", shows=False),
    Field("configurations", CONFIGURATION, ON_WEB + "configurations: [PATH]\n", shows=False),
    Field("openapi.path", SCHEMA, ON_WEB + "openapi: {path: PATH}\n", shows=False),
    Field("patches[].path", PATCH, ON_WEB + "patches: [{path: PATH}]\n"),
    Field("patches[].path with a target", JSON_PATCH, ON_WEB + "patches: [{path: PATH, target: {name: web}}]\n"),
    Field("patchesStrategicMerge", PATCH, ON_WEB + "patchesStrategicMerge: [PATH]\n"),
    Field("patchesJson6902[].path", JSON_PATCH, ON_WEB +
          "patchesJson6902: [{path: PATH, target: {version: v1, kind: ConfigMap, name: web}}]\n"),
    Field("replacements[].path", REPLACEMENTS, ON_WEB + "replacements: [{path: PATH}]\n"),
    Field("generators (file)", GENERATOR, "generators: [PATH]\n"),
    Field("generators (directory)", with_file(GENERATOR), "generators: [PATH]\n"),
    Field("transformers (file)", TRANSFORMER, ON_WEB + "transformers: [PATH]\n"),
    Field("transformers (directory)", with_file(TRANSFORMER), ON_WEB + "transformers: [PATH]\n"),
    Field("validators (file)", VALIDATOR, ON_WEB + "validators: [PATH]\n", shows=None),
    Field("validators (directory)", with_file(VALIDATOR), ON_WEB + "validators: [PATH]\n", shows=None),
    Field("configMapGenerator files", TEXT, "configMapGenerator: [{name: a, files: [PATH]}]\n"),
    Field("configMapGenerator files with a key", TEXT, 'configMapGenerator: [{name: a, files: ["key=PATH"]}]\n'),
    Field("configMapGenerator envs", ENV, "configMapGenerator: [{name: a, envs: [PATH]}]\n"),
    Field("configMapGenerator env", ENV, "configMapGenerator: [{name: a, env: PATH}]\n"),
    Field("secretGenerator files", TEXT, "secretGenerator: [{name: a, files: [PATH]}]\n"),
    Field("secretGenerator envs", ENV, "secretGenerator: [{name: a, envs: [PATH]}]\n"),
    Field("secretGenerator env", ENV, "secretGenerator: [{name: a, env: PATH}]\n"),
    Field("ConfigMapGenerator files", TEXT, *plugin("generators", "ConfigMapGenerator", "files: [PATH]\n")),
    Field("SecretGenerator envs", ENV, *plugin("generators", "SecretGenerator", "envs: [PATH]\n")),
    Field("PatchTransformer path", PATCH, *plugin("transformers", "PatchTransformer", "path: PATH\n")),
    Field("PatchStrategicMergeTransformer paths", PATCH,
          *plugin("transformers", "PatchStrategicMergeTransformer", "paths: [PATH]\n")),
    Field("PatchJson6902Transformer path", JSON_PATCH,
          *plugin("transformers", "PatchJson6902Transformer",
                  "path: PATH\ntarget: {version: v1, kind: ConfigMap, name: web}\n")),
    Field("ReplacementTransformer path", REPLACEMENTS,
          *plugin("transformers", "ReplacementTransformer", "replacements: [{path: PATH}]\n")),
    Field("kustomization.yaml", "configMapGenerator: [{{name: a, literals: [seen={mark}]}}]\n", "", fixed="kustomization.yaml"),
    Field("helmCharts valuesFile", VALUES, "helmCharts: [{name: web, valuesFile: PATH}]\n", CHARTS, flags=HELM),
    Field("helmCharts additionalValuesFiles", VALUES,
          "helmCharts: [{name: web, additionalValuesFiles: [PATH]}]\n", CHARTS, flags=HELM),
    Field("helmGlobals.chartHome", {"web": CHART}, "helmGlobals: {chartHome: PATH}\nhelmCharts: [{name: web}]\n",
          jailed=False, flags=HELM),
    Field("helmGlobals.configHome", {"empty": ""}, "helmGlobals: {configHome: PATH}\nhelmCharts: [{name: web}]\n",
          CHARTS, shows=None, jailed=False, flags=HELM),
    Field("helmChartInflationGenerator values", VALUES,
          "helmChartInflationGenerator: [{chartName: web, values: PATH}]\n", CHARTS, flags=HELM),
    Field("HelmChartInflationGenerator chartHome", {"web": CHART},
          *plugin("generators", "HelmChartInflationGenerator", "chartHome: PATH\nname: web\nreleaseName: web\n"),
          jailed=False, flags=HELM),
    Field("a chart's directory", CHART, "helmCharts: [{name: web}]\n", {"charts": {}}, fixed="charts/web",
          jailed=False, flags=HELM),
    Field("a chart's values.yaml", VALUES, "helmCharts: [{name: web}]\n", {"charts": {"web": filled(CHART, "x")}},
          fixed="charts/web/values.yaml", jailed=False, flags=HELM),
    Field("a chart's template", CHART["templates"]["a.yaml"].replace("{{{{ .Values.seen }}}}", "{mark}"),
          "helmCharts: [{name: web}]\n", {"charts": {"web": filled(CHART, "x")}}, fixed="charts/web/templates/a.yaml",
          jailed=False, flags=HELM),
]

# --- The forms. Each one creates what it needs and returns the path to write.


class Place:
    """The directories of a case. `entry` is the name of what a form creates in the root; `inside` and `outside` are valid for
    the field. All are relative to the root."""

    def __init__(self, case, field, remote):
        self.case, self.remote = case, remote
        self.root, self.far = os.path.join(case, "root"), os.path.join(case, "outside")
        self.leaf = "d" if field.is_directory else "f.yaml"
        self.entry = field.fixed or ("entry" if field.is_directory else "entry.yaml")
        self.inside, self.outside = f"in/{self.leaf}", os.path.join(self.far, self.leaf)
        # From a clone, only an absolute path leads there.
        self.way = self.outside if remote else os.path.relpath(self.outside, os.path.dirname(self.at(self.entry)))

    def at(self, path):
        return os.path.join(self.root, path)

    def link(self, target, name=None):
        path = self.at(name or self.entry)
        remove(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.symlink(target, path)
        return name or self.entry

    def back(self, path):
        """The path from the entry's folder to a path in the root."""
        return os.path.relpath(self.at(path), os.path.dirname(self.at(self.entry)))


def chain(place):
    folder = os.path.dirname(place.entry)
    place.link(place.way, os.path.join(folder, "third"))
    place.link("third", os.path.join(folder, "second"))
    return place.link("second", place.entry)


def linked_folder(place):
    place.link(place.far if place.remote else "../outside", "far")
    return f"far/{place.leaf}"


def up_through_link(place):
    os.makedirs(os.path.join(place.far, "sub"))
    place.link(os.path.join(place.far, "sub") if place.remote else "../outside/sub", "far")
    return f"far/../{place.inside}"


def out_and_back(place):
    return place.link(os.path.join(os.path.relpath(place.case, os.path.dirname(place.at(place.entry))), "root",
                                   place.inside))


def pipe(place):
    remove(place.at(place.entry))
    os.mkfifo(place.at(place.entry))
    return place.entry


def made_socket(place):
    remove(place.at(place.entry))
    made = socket.socket(socket.AF_UNIX)
    folder = os.open(os.path.dirname(place.at(place.entry)), os.O_RDONLY)
    try:  # the name of a socket must be short
        made.bind(f"/proc/self/fd/{folder}/{os.path.basename(place.entry)}")
    finally:
        os.close(folder)
        made.close()
    return place.entry


def device(place):
    remove(place.at(place.entry))
    try:
        os.mknod(place.at(place.entry), 0o644 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        return place.link("/dev/zero")
    return place.entry


def other_kind(place):
    remove(place.at(place.entry))
    if place.leaf == "d":
        put(place.at(place.entry), "a: [\n")
    else:
        os.makedirs(place.at(place.entry))
        put(place.at(os.path.join(place.entry, "none")), "")
    return place.entry


def loop(place):
    return place.link(os.path.basename(place.entry))


GOOD, BAD, FREE, ANY = "builds", "fails", "may read what is outside", "any"


class Form:
    """The expected result for files under the restriction, files without it, directories of a local root, and directories of
    a clone.

    `makes`: the form creates something in the entry's place, so it also suits fixed paths. `real`: git can't commit it."""

    def __init__(self, name, make, restricted, free, directory, remote, makes=False, real=False):
        self.name, self.make, self.makes, self.real = name, make, makes, real
        self.expected = {"restricted": restricted, "free": free, "directory": directory, "remote": remote}


FORMS = [
    Form("a path inside", lambda p: p.inside, GOOD, GOOD, GOOD, GOOD),
    Form("a path outside", lambda p: p.way if not p.remote else os.path.relpath(p.outside, "/tmp/a/b"),
         BAD, FREE, FREE, BAD),
    Form("many ..", lambda p: "../" * 40 + p.outside[1:], BAD, FREE, FREE, BAD),
    Form("an absolute path outside", lambda p: p.outside, BAD, FREE, ANY, BAD),
    Form("an absolute path inside", lambda p: p.at(p.inside), GOOD, GOOD, ANY, BAD),
    Form("a link outside", lambda p: p.link(p.way), BAD, FREE, FREE, BAD, makes=True),
    Form("an absolute link outside", lambda p: p.link(p.outside), BAD, FREE, FREE, BAD, makes=True),
    Form("a link far up", lambda p: p.link("../" * 40 + p.outside[1:]), BAD, FREE, FREE, BAD, makes=True),
    Form("a chain of links outside", chain, BAD, FREE, FREE, BAD, makes=True),
    Form("a directory's link outside", linked_folder, BAD, FREE, FREE, BAD),
    Form("a link inside", lambda p: p.link(p.back(p.inside)), GOOD, GOOD, GOOD, GOOD, makes=True),
    Form("an absolute link inside", lambda p: p.link(p.at(p.inside)), GOOD, GOOD, GOOD, BAD, makes=True),
    Form("a link out and back", out_and_back, GOOD, GOOD, GOOD, GOOD, makes=True),
    Form("a path out and back", lambda p: f"../root/{p.inside}", GOOD, GOOD, GOOD, GOOD),
    Form(".. through a link", up_through_link, GOOD, GOOD, GOOD, GOOD),
    Form("a pipe", pipe, BAD, BAD, BAD, BAD, makes=True, real=True),
    Form("a socket", made_socket, BAD, BAD, BAD, BAD, makes=True, real=True),
    Form("a device", device, BAD, BAD, BAD, BAD, makes=True, real=True),
    Form("a link to a device", lambda p: p.link("/dev/zero"), BAD, BAD, BAD, BAD, makes=True),
    Form("/dev/zero", lambda p: "/dev/zero", BAD, BAD, BAD, BAD),
    Form("/dev/stdin", lambda p: "/dev/stdin", BAD, ANY, ANY, BAD),
    Form("a link to /dev/stdin", lambda p: p.link("/dev/stdin"), BAD, BAD, BAD, BAD, makes=True),
    Form("/proc/self/environ", lambda p: "/proc/self/environ", BAD, ANY, BAD, BAD),
    Form("a link to /proc/self/environ", lambda p: p.link("/proc/self/environ"), BAD, ANY, BAD, BAD, makes=True),
    Form("/proc/self/cwd", lambda p: f"/proc/self/cwd/outside/{p.leaf}", BAD, FREE, ANY, BAD),
    Form("/proc/self/root", lambda p: f"/proc/self/root{p.outside}", BAD, FREE, ANY, BAD),
    Form("a link to /proc/self/root", lambda p: p.link(f"/proc/self/root{p.outside}"), BAD, FREE, FREE, BAD, makes=True),
    Form("a directory in place of a file, or a file of a directory", other_kind, BAD, BAD, BAD, BAD, makes=True),
    Form("a NUL", lambda p: f"{p.inside}\0x", BAD, BAD, BAD, BAD),
    Form("a NUL after a path outside", lambda p: f"{p.way}\0{p.inside}", BAD, BAD, BAD, BAD),
    Form("a slash at the end", lambda p: f"{p.inside}/", ANY, ANY, GOOD, ANY),
    Form("two slashes", lambda p: p.inside.replace("/", "//"), GOOD, GOOD, GOOD, GOOD),
    Form("./ and in/.. often", lambda p: "./in/../" * 450 + p.inside, ANY, ANY, ANY, ANY),
    Form("a link to nothing", lambda p: p.link("nothing"), BAD, BAD, BAD, BAD, makes=True),
    Form("a link to itself", loop, BAD, BAD, BAD, BAD, makes=True),
    Form("a long name", lambda p: "a" * 300, BAD, BAD, BAD, BAD),
    Form("a long path", lambda p: "a/" * 3000 + "b", BAD, BAD, BAD, BAD),
    Form("an empty path", lambda p: "", ANY, ANY, ANY, ANY),
    Form("a name that forges a message", lambda p: "a\nkiln: forged:1:1: wrong\n::error::wrong\x1b[2J", BAD, BAD, BAD, BAD),
    Form("a home", lambda p: f"~/outside/{p.leaf}", BAD, BAD, BAD, BAD),
    Form("a file URL", lambda p: f"file://{p.outside}", BAD, BAD, BAD, BAD),
    Form("git's configuration", lambda p: "../../.git/config", BAD, ANY, BAD, BAD),
]


# One form of each kind.
QUICK_FORMS = ["a path inside", "a path outside", "a link outside", "a directory's link outside", "a link out and back",
               "a pipe", "/dev/zero", "a NUL", "a name that forges a message"]


def lacks(field, form, remote):
    return (field.fixed and not form.makes) or (remote and form.real) or (field.needs_helm() and not shutil.which("helm"))


def expectation(field, form, restrictor, remote):
    # helm renders all files in templates/ and skips directories.
    if field.name == "a chart's template" and (form.make is other_kind or (form.make is chain and not remote)):
        return ANY
    # It needs no content in its configuration.
    if field.name == "helmGlobals.configHome" and not remote:
        return ANY
    if remote:
        # Charts are copied, and a link inside a chart is rejected wherever it leads.
        in_chart = (field.fixed or "").startswith("charts/")
        return ANY if form.expected["remote"] == GOOD and in_chart else form.expected["remote"]
    if field.fixed == "kustomization.yaml" and form.expected["restricted"] == GOOD:
        return GOOD
    # For charts, the restriction only covers values.yaml, which kiln reads itself.
    if not field.jailed and restrictor != "LoadRestrictionsNone":
        return GOOD if form.expected["free"] == GOOD else ANY
    if not field.jailed:
        return form.expected["free"]
    kind = "directory" if field.is_directory else "free" if restrictor == "LoadRestrictionsNone" else "restricted"
    return form.expected[kind]


def prepare(case, field, form, remote, is_broken):
    os.makedirs(case)
    place = Place(case, field, remote)
    for name, content in field.tree.items():
        put(place.at(name), content)
    put(place.at(place.inside), filled(field.content, INSIDE))
    put(place.outside, broken(field.content) if is_broken else filled(field.content, OUTSIDE))
    os.makedirs(os.path.dirname(place.at(place.entry)), exist_ok=True)
    written = json.dumps(form.make(place))
    for name, content in field.tree.items():
        if "PATH" in content:
            put(place.at(name), content.replace('"key=PATH"', '"key=' + written[1:]).replace("PATH", written))
    return place


def judge(part, case, field, form, expected, is_broken, result, remote):
    part.count("builds of a clone" if remote else "local builds")
    may_read = expected in (FREE, ANY) and not remote
    if not part.check(case, result, () if may_read else (OUTSIDE, PLANTED)):
        return
    if expected == BAD and result.built:
        part.finding(case, "builds", result)
    if expected in (GOOD, FREE) and field.shows is not None and not (is_broken and expected == FREE):
        if not result.built:
            part.finding(case, "does not build", result)
        elif field.shows and not contains(result.out, INSIDE if expected == GOOD else OUTSIDE):
            part.finding(case, "builds without what it names", result)


def compare(part, case, flags, folder, result):
    other = run([KUSTOMIZE, "build", *flags], folder, patience=10)
    if other.built and not result.built and b"may not" not in result.err:
        part.count("that kustomize alone builds")
        part.note(f"{case}: only the other program builds: {result.err.decode(errors='replace').strip()[:200]}")


def attack_local(part, folder, field, form, number):
    # Whether the target outside is broken only matters if the path leads there.
    leads_out = FREE in form.expected.values()
    for is_broken in (False, True) if leads_out and not part.quick else (False,):
        case = os.path.join(folder, f"{number}-{int(is_broken)}")
        prepare(case, field, form, False, is_broken)
        restrictors = ["LoadRestrictionsRootOnly", "LoadRestrictionsNone"]
        for restrictor in restrictors[number % 2:][:1] if part.quick else restrictors:
            flags = ["root", "--load-restrictor", restrictor, *field.flags]
            expected = expectation(field, form, restrictor, False)
            result = kiln(["build", *flags], case)
            title = f"{field.name}, {form.name}, {restrictor}{', broken' if is_broken else ''}"
            judge(part, title, field, form, expected, is_broken, result, False)
            if KUSTOMIZE and not is_broken and not form.real and "/dev/" not in form.name:
                compare(part, title, flags, case, result)
        remove(case)


def attack_clones(part, folder, field, forms):
    """A repository for each field, with a directory for each form."""
    repository = os.path.join(folder, "repository")
    for number, form in enumerate(forms):
        prepare(os.path.join(repository, str(number)), field, form, True, False)
        far = os.path.join(folder, "far", str(number))
        os.makedirs(os.path.dirname(far), exist_ok=True)
    commit_all(repository)
    for number, form in enumerate(forms):
        # Lifting restrictions must not help in a clone. Clones take long, so the other restrictor gets only every
        # fourth form.
        for restrictor in ["LoadRestrictionsNone"] + ["LoadRestrictionsRootOnly"] * (number % 4 == 0):
            result = kiln(["build", f"file://{repository}//{number}/root?ref=main", "--load-restrictor", restrictor,
                           *field.flags], os.path.join(repository, str(number)))
            expected = expectation(field, form, restrictor, True)
            judge(part, f"{field.name}, {form.name}, a clone, {restrictor}", field, form, expected, False, result, True)


def attack(part, only):
    fields, kinds = [field for field in FIELDS if only in field.name], FORMS
    if part.quick:  # helm takes long
        fields = [field for field in fields if not field.needs_helm()]
        kinds = [form for form in FORMS if form.name in QUICK_FORMS]
    part.note(f"{len(fields)} fields, {len(kinds)} forms")
    if not shutil.which("helm"):
        part.note("helm is not on PATH: the fields of charts are left out")
    can_clone = part.can_clone()
    with scratch() as folder:
        def one(number):
            field = fields[number]
            here = os.path.join(folder, str(number))
            for i, form in enumerate(kinds):
                if not lacks(field, form, False):
                    attack_local(part, os.path.join(here, "local"), field, form, i)
            forms = [form for form in kinds if not lacks(field, form, True)]
            if part.quick:  # a clone takes long
                forms = forms[number % max(len(forms), 1):][:1]
            if forms and can_clone:
                attack_clones(part, here, field, forms)
            remove(here)
        in_parallel(one, range(len(fields)))
