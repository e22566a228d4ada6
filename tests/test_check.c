// `kiln check` and `kiln build --strict`: the roots that are checked, findings of several roots, ignored findings, and
// exit statuses.
#include "tests/call.h"

#include <jansson.h>
#include <string.h>

// The end of the summary line.
#define API ", checked against the API of Kubernetes 1.37"
#define MAP(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

// Patches, an image, and a replacement that match nothing, and an unused file, as found in public repositories.
static void plant_evidence(struct world *world)
{
    world_write(world, "repo/kustomization.yaml",
                "resources: [web.yaml]\n"
                "patches:\n"
                "- target: {kind: Deployment, name: nope}\n"
                "  patch: '- {op: add, path: /spec/replicas, value: 3}'\n"
                "- target: {}\n"
                "  patch: '- {op: add, path: /metadata/labels, value: {a: b}}'\n"
                "images: [{name: ngnix, newTag: '2'}]\n"
                "replacements:\n"
                "- sourceValue: x\n"
                "  targets: [{select: {kind: Service}}]\n");
    world_write(world, "repo/web.yaml", DEPLOYMENT("web"));
    world_write(world, "repo/stray.yaml", MAP("stray"));
}

static void mistakes_that_build_without_a_message_are_found(void **state)
{
    struct world *world = *state;
    plant_evidence(world);
    expect_text(call(world, "check"),
                "kustomization.yaml:3:36: error: the patch matches no resource [patch-no-match]\n"
                "    3 | - target: {kind: Deployment, name: nope}\n"
                "      |                                    ^~~~\n"
                "  hint: did you mean Deployment 'web'?\n"
                "kustomization.yaml:5:11: error: the target is empty: it selects every resource [patch-empty-target]\n"
                "    5 | - target: {}\n"
                "      |           ^\n"
                "  hint: add at least a kind\n"
                "kustomization.yaml:10:29: error: the target matches no resource [replacement-target-no-match]\n"
                "   10 |   targets: [{select: {kind: Service}}]\n"
                "      |                             ^~~~~~~\n"
                "  hint: use the kind 'Deployment' to match Deployment 'web'\n"
                "kustomization.yaml:7:17: warning: no container uses the image 'ngnix' [image-no-match]\n"
                "    7 | images: [{name: ngnix, newTag: '2'}]\n"
                "      |                 ^~~~~\n"
                "  hint: the only image in the resources is 'web'\n"
                "stray.yaml:1:1: warning: no kustomization reads this file [file-not-used]\n"
                "  hint: add it to 'kustomization.yaml', or remove it\n"
                "3 errors, 2 warnings in 1 root (1 resource)" API "\n"
                "status 1");
    expect_call(world, "check --format json", "\"fingerprint\": ");
}

static void a_build_that_stops_at_too_many_errors_says_so(void **state)
{
    enum { STOPS_AT = 200 };
    struct world *world = *state;
    struct buffer entries = {0};
    buffer_add_text(&entries, "resources:\n");
    for (int i = 1; i < STOPS_AT; i++)
        buffer_add_format(&entries, "- n%d.yaml\n", i);
    buffer_add_byte(&entries, '\0');
    world_write(world, "repo/kustomization.yaml", entries.data);
    expect_no(world, "check", "so there may be more");
    entries.length--;
    buffer_add_text(&entries, "- n200.yaml\n");
    buffer_add_byte(&entries, '\0');
    world_write(world, "repo/kustomization.yaml", entries.data);
    expect_call(
        world, "check",
        "kustomization.yaml:1:1: error: the build stopped after 200 errors, so there may be more [build-failed]\n");
    buffer_free(&entries);
}

static void a_target_with_only_a_kind_gets_a_hint_if_a_kind_is_similar(void **state)
{
    struct world *world = *state;
    world_write(world, "repo/web.yaml", DEPLOYMENT("web") "---\n" MAP("settings"));
    static const char patches[] = "resources: [web.yaml]\npatches:\n- target: {kind: %s}\n"
                                  "  patch: '- {op: add, path: /metadata/labels, value: {a: b}}'\n";
    world_write(world, "repo/kustomization.yaml", arena_format(&world->arena, patches, "Deployent").data);
    expect_call(world, "check", "hint: use the kind 'Deployment' to match Deployment 'web'\n");
    world_write(world, "repo/kustomization.yaml", arena_format(&world->arena, patches, "ClusterRole").data);
    expect_call(world, "check", "the patch matches no resource");
    expect_no(world, "check", "hint: use the kind");
}

#define BACKEND(name)                                                                                                  \
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " name ", labels: {tier: backend}}\n---\n"

static void a_label_that_no_resource_has_is_explained(void **state)
{
    struct world *world = *state;
    static const char *const rows[][2] = {
        {"kind: Deployment, labelSelector: tier=back-end", "hint: did you mean 'tier=backend'?\n"},
        {"labelSelector: tier=back-end", "hint: did you mean 'tier=backend'?\n"},
        {"kind: Deployment, labelSelector: 'tier in (other)'",
         "hint: correct or remove `labelSelector`: without it, the target would match Deployment 'a' and Deployment "
         "'b'\n"},
        {"kind: Deployment, annotationSelector: tier=other",
         "hint: correct or remove `annotationSelector`: without it, the target would match Deployment 'a' and "
         "Deployment 'b'\n"},
        {"kind: ConfigMap, labelSelector: tier=other", "hint: correct or remove `labelSelector`: without it, the "
                                                       "target would match ConfigMap 'a', ConfigMap 'b', ConfigMap "
                                                       "'c', ConfigMap 'd', and 2 more\n"},
    };
    world_write(world, "repo/web.yaml",
                BACKEND("a") BACKEND("b")
                    MAP("a") "---\n" MAP("b") "---\n" MAP("c") "---\n" MAP("d") "---\n" MAP("e") "---\n" MAP("f"));
    for (size_t i = 0; i < countof(rows); i++) {
        add_root(world, ".",
                 arena_format(&world->arena,
                              "resources: [web.yaml]\npatches:\n- target: {%s}\n"
                              "  patch: '- {op: add, path: /metadata/labels, value: {a: b}}'\n",
                              rows[i][0])
                     .data);
        expect_call(world, "check", rows[i][1]);
    }
}

static void a_similar_kind_is_preferred_to_the_first_with_the_name(void **state)
{
    struct world *world = *state;
    world_write(world, "repo/web.yaml", DEPLOYMENT("web") "---\n" MAP("web"));
    static const char patch[] = "resources: [web.yaml]\npatches:\n- target: {kind: configmap, name: web}\n"
                                "  patch: '- {op: add, path: /metadata/labels, value: {a: b}}'\n";
    world_write(world, "repo/kustomization.yaml", patch);
    expect_call(world, "check", "hint: use the kind 'ConfigMap' to match ConfigMap 'web'\n");
}

static void a_typo_in_the_kind_of_a_resource_is_corrected_there(void **state)
{
    struct world *world = *state;
    world_write(world, "repo/web.yaml", "apiVersion: apps/v1\nkind: Deployments\nmetadata: {name: web}\n");
    static const char patch[] = "resources: [web.yaml]\npatches:\n- target: {kind: Deployment, name: web}\n"
                                "  patch: '- {op: add, path: /metadata/labels, value: {a: b}}'\n";
    world_write(world, "repo/kustomization.yaml", patch);
    expect_call(world, "check",
                "hint: write `kind: Deployment` in the resource at web.yaml:2:7: it has the kind 'Deployments'\n");
}

static void a_strict_build_prints_no_stream(void **state)
{
    struct world *world = *state;
    plant_evidence(world);
    expect_call(world, "build --strict", "error: the patch matches no resource [patch-no-match]");
    expect_call(world, "build --strict", "status 1");
    expect_no(world, "build --strict", "kind: Deployment\n");
    expect_no(world, "build --strict", "file-not-used");
    expect_call(world, "build", "kind: Deployment\n");
    // Warnings are printed, but only fail if that is asked for.
    world_write(world, "repo/kustomization.yaml", "resources: [web.yaml]\nimages: [{name: ngnix, newTag: '2'}]\n");
    expect_call(world, "build --strict", "[image-no-match]");
    expect_call(world, "build --strict", "kind: Deployment\n");
    expect_call(world, "build --strict=warning", "status 1");
    expect_no(world, "build --strict=warning", "kind: Deployment\n");
    expect_call(world, "build --strict=all", "status 2");
    // Settings for kiln check in .kiln.yaml don't apply to builds.
    world_write(world, "repo/.kiln.yaml", "check: {failOn: warning}\n");
    expect_call(world, "check --config .kiln.yaml", "status 1");
    expect_call(world, "build --strict --config .kiln.yaml", "kind: Deployment\n");
    expect_call(world, "build --strict --config .kiln.yaml", "status 0");
    // An invalid configuration is an error even if flags set everything that a build takes from it.
    world_write(world, "repo/.kiln.yaml", "chekc: {}\n");
    expect_call(world, "build --strict --name-hash v4 --compat v5.8.3 --config .kiln.yaml", "unknown field 'chekc'");
    expect_call(world, "build --strict --name-hash v4 --compat v5.8.3 --config .kiln.yaml", "status 1");
    world_write(world, "repo/.kiln.yaml", "check: {failOn: warning}\n");
    // After a blank, a level is read as a directory.
    expect_call(world, "build --strict warning",
                "no directory 'warning'\n  hint: write '--strict=warning' to set the level\nstatus 2");
    expect_call(world, "build --strict error .", "hint: write '--strict=error' to set the level\nstatus 2");
    add_root(world, "warning", "resources: [../web.yaml]\n");
    expect_call(world, "build --strict warning --load-restrictor LoadRestrictionsNone", "kind: Deployment\n");
}

static void a_usage_error_is_not_a_finding(void **state)
{
    struct world *world = *state;
    add_root(world, "web", "resources: [web.yaml]\n");
    world_write(world, "repo/web/web.yaml", DEPLOYMENT("web"));
    world_run(world, "mkdir repo/empty");
    static const char *const wrong[][2] = {
        {"check nowhere", "no directory 'nowhere'\n  hint: use a directory with a kustomization: web\nstatus 2"},
        {"check web nowhere", "no directory 'nowhere'\n  hint: use a directory with a kustomization: web\nstatus 2"},
        {"check --all nowhere", "no directory 'nowhere'\n  hint: use a directory with a kustomization: web\nstatus 2"},
        {"check web/web.yaml", "expected a directory, but 'web/web.yaml' is a file\nstatus 2"},
        {"check 'nowhere*'", "no directory with a kustomization matches 'nowhere*'\nstatus 2"},
        {"check --config nowhere web", "cannot read 'nowhere': No such file or directory\nstatus 2"},
        {"check --since HEAD", "hint: outside a repository, name the directories\nstatus 2"},
        {"check --stdin", "unknown flag '--stdin'\n  hint: run 'kiln check --help' to list the flags of this command; "
                          "'--stdin' is a flag of 'kiln affected'\nstatus 2"},
        {"check --stagd", "hint: did you mean '--staged'?\nstatus 2"},
        {"check empty", "[build-failed]"},
        {"check empty", "status 1"},
        {"check empty web", "1 error, 0 warnings in 2 roots"},
    };
    for (size_t i = 0; i < countof(wrong); i++)
        expect_call(world, wrong[i][0], wrong[i][1]);
}

// --- Several roots.

#define PATCH "patches: [{target: {kind: Deployment}, patch: '- {op: add, path: /spec/replicas, value: 3}'}]\n"

#define COMPONENT "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"

#define ONLY_A_WARNING "this is only a warning because other roots may use this file"
#define IN_COMPONENT "this is only a warning because a component may be meant for other kustomizations\n"

static void a_patch_that_matches_in_one_root_is_fine(void **state)
{
    struct world *world = *state;
    add_root(world, "part", COMPONENT PATCH);
    add_root(world, "one", "resources: [web.yaml]\ncomponents: [../part]\n");
    add_root(world, "two", "resources: [map.yaml]\ncomponents: [../part]\n");
    world_write(world, "repo/one/web.yaml", DEPLOYMENT("web"));
    world_write(world, "repo/two/map.yaml", MAP("map"));
    expect_text(call(world, "check --all"), "0 errors, 0 warnings in 2 roots (2 resources)" API "\nstatus 0");
    // In a component, it is a warning if no root has a matching resource.
    expect_call(world, "check two", "part/kustomization.yaml:3:27: warning: the patch matches no resource");
    expect_call(world, "check two", IN_COMPONENT);
    expect_call(world, "check --all two", IN_COMPONENT);
    expect_call(world, "check two", "status 0");
    // The same for a base outside the directory.
    add_root(world, "base", "resources: [map.yaml]\n" PATCH);
    world_write(world, "repo/base/map.yaml", MAP("map"));
    add_root(world, "three", "resources: [../base]\n");
    expect_call(world, "check three", "base/kustomization.yaml:2:27: warning: the patch matches no resource");
    expect_call(world, "check three", ONLY_A_WARNING);
    expect_call(world, "check three --format json", ONLY_A_WARNING);
    expect_no(world, "check three --rule patch-no-match=warning", "only a warning");
    expect_no(world, "check --all", "only a warning");
    expect_call(world, "check --all", "base/kustomization.yaml:2:27: error: the patch matches no resource");
    // The roots are named one by one, but there is no other root that could use the base.
    expect_call(world, "check one two three", "base/kustomization.yaml:2:27: error: the patch matches no resource");
    world_run(world, "git init -q repo");
    expect_call(world, "check one two three", "base/kustomization.yaml:2:27: error: the patch matches no resource");
    expect_call(world, "check 't*' one", "base/kustomization.yaml:2:27: error: the patch matches no resource");
    expect_no(world, "check one two three", "only a warning");
    expect_call(world, "check two three", "base/kustomization.yaml:2:27: warning: the patch matches no resource");
    // In a component, it stays a warning.
    expect_call(world, "check two three", "part/kustomization.yaml:3:27: warning: the patch matches no resource");
}

#define NAMED_PATCH "patches: [{target: {kind: Deployment, name: nothing}, patch: '- {op: remove, path: /spec}'}]\n"

static void findings_that_may_be_intended_are_less_severe(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "resources: [web.yaml]\nconfigMapGenerator: [{name: a}, {name: b}, {name: c}, {name: d}, {name: e}, "
             "{name: f},\n"
             "  {name: g}, {name: h}, {name: i}, {name: j}, {name: k}]\n"
             "patches: [{target: {kind: ConfigMap}, patch: '{$patch: delete, kind: A, metadata: {name: a}}'}]\n"
             "replacements: [{sourceValue: x, targets: [{select: {kind: Deployment}, reject: [{name: web}]}]}]\n");
    world_write(world, "repo/web.yaml", DEPLOYMENT("web"));
    expect_call(world, "check", "kustomization.yaml:4:20: error: the patch deletes 11 of 12 resources");
    expect_call(world, "check", "warning: the target matches no resource: 'reject' excludes Deployment 'web'");
    expect_call(world, "check", "1 error, 1 warning");
    // The matching resource may be in the root that doesn't build.
    add_root(world, "base", "resources: [map.yaml]\n" PATCH);
    world_write(world, "repo/base/map.yaml", MAP("map"));
    add_root(world, "fine", "resources: [../base]\n");
    expect_call(world, "check --all fine", "base/kustomization.yaml:2:27: error: the patch matches no resource");
    add_root(world, "fine/broken", "resources: [../../base, gone.yaml]\n");
    expect_call(world, "check --all fine", "base/kustomization.yaml:2:27: warning: the patch matches no resource");
    expect_call(world, "check --all fine", "this is only a warning because a root that uses this file does not build");
    // Without another hint, the reason is the hint.
    add_root(world, "base", "resources: [map.yaml]\n" NAMED_PATCH);
    expect_call(
        world, "check --all fine",
        "hint: correct the root that does not build: this is only a warning because that root uses this file\n");
    add_root(world, "part", COMPONENT NAMED_PATCH);
    add_root(world, "fine", "resources: [../base]\ncomponents: [../part]\n");
    expect_call(world, "check --all fine", "hint: " IN_COMPONENT);
}

static void a_finding_in_a_base_is_reported_once(void **state)
{
    struct world *world = *state;
    add_root(world, "base", "resources: [web.yaml]\nimages: [{name: a, newTag: b, digest: 'sha256:c'}]\n");
    world_write(world, "repo/base/web.yaml", DEPLOYMENT("web"));
    for (int i = 0; i < 40; i++)
        add_root(world, arena_format(&world->arena, "root%d", i).data, "resources: [../base]\n");
    struct slice said = call(world, "check --all");
    expect_contains(said, "[image-tag-and-digest]");
    expect_contains(said, "built by root0 and 39 more roots");
    expect_contains(said, "0 errors, 2 warnings in 40 roots");
    expect_call(world, "check --all --verbose", "built by root0, root1, root10, root11, ");
    expect_call(world, "check --all -j 1", "0 errors, 2 warnings in 40 roots");
    expect_call(world, "check 'root*' --format json", "\"roots\": 40");
}

static void a_failed_root_does_not_stop_the_others(void **state)
{
    struct world *world = *state;
    add_root(world, "broken", "resources: [gone.yaml, web.yaml]\npatches: [{path: away.yaml}]\n");
    add_root(world, "web", "resources: [web.yaml]\nimages: [{name: a, newTag: b}]\n");
    world_write(world, "repo/web/web.yaml", DEPLOYMENT("web"));
    world_write(world, "repo/broken/web.yaml", DEPLOYMENT("web"));
    struct slice said = call(world, "check --all");
    expect_contains(said, "broken/kustomization.yaml:1:13: error: 'gone.yaml' does not exist [reference-missing]");
    expect_contains(said, "broken/kustomization.yaml:2:18: error: 'away.yaml' does not exist [reference-missing]");
    expect_contains(said, "[image-no-match]");
    expect_contains(said, "2 errors, 1 warning in 2 roots (1 resource)");
}

// Including those in bases that the build never reached.
static void all_missing_paths_are_listed(void **state)
{
    struct world *world = *state;
    add_root(world, "root",
             "resources:\n- one.yaml\n- ../base\n- two.yaml\nconfigMapGenerator:\n"
             "- {name: a, files: [a.txt, key=b.txt], envs: [c.env]}\ncomponents: [../part]\n"
             "transformers: [t.yaml]\nconfigurations: [c.yaml]\ncrds: [d.json]\nopenapi: {path: o.json}\n");
    add_root(world, "base", "resources:\n- three.yaml\n- deep\n");
    add_root(world, "base/deep", "# The root is named again.\nresources: [four.yaml, ../../root]\n");
    struct slice said = call(world, "check root");
    static const char *const places[] = {
        "root/kustomization.yaml:2:3: error: 'one.yaml'",   "root/kustomization.yaml:4:3: error: 'two.yaml'",
        "root/kustomization.yaml:6:21: error: 'a.txt'",     "root/kustomization.yaml:6:28: error: 'b.txt'",
        "root/kustomization.yaml:6:47: error: 'c.env'",     "root/kustomization.yaml:7:14: error: '../part'",
        "root/kustomization.yaml:8:16: error: 't.yaml'",    "root/kustomization.yaml:9:18: error: 'c.yaml'",
        "root/kustomization.yaml:10:8: error: 'd.json'",    "root/kustomization.yaml:11:17: error: 'o.json'",
        "base/kustomization.yaml:2:3: error: 'three.yaml'", "base/deep/kustomization.yaml:2:13: error: 'four.yaml'"};
    for (size_t i = 0; i < countof(places); i++)
        expect_contains(said, places[i]);
    expect_contains(said, "base/deep/kustomization.yaml:2:24: error: cycle");
    expect_contains(said, "13 errors, 0 warnings in 1 root");
}

static void build_errors_have_a_separate_rule(void **state)
{
    struct world *world = *state;
    static const char *const cases[][2] = {
        {"replicas: [{name: nope, count: 2}]\n",
         "kustomization.yaml:2:19: error: replicas: no workload named 'nope' [replica-no-match]"},
        {"replacements: [{source: {version: v1}, targets: [{select: {kind: Deployment}}]}]\n",
         "several resources: Deployment 'web', Deployment 'other' [replacement-source-multiple]"},
        {"replacements: [{sourceValue: x, targets: [{select: {kind: Deployment}, fieldPaths: [spec.x.y]}]}]\n",
         "kustomization.yaml:2:90: error: Deployment 'web' has no field 'spec.x.y' [replacement-target-no-match]"},
        {"patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: nope}}'}]\n",
         "there is no Deployment 'nope' [patch-no-match]"},
        {"imags: []\n", "kustomization.yaml:2:1: error: unknown field 'imags' in kustomization [field-unknown]"},
        {"configurations: [c.yaml]\n", "c.yaml:1:1: error: unknown field 'fooooo'"},
    };
    world_write(world, "repo/web.yaml", DEPLOYMENT("web") "---\n" DEPLOYMENT("other"));
    world_write(world, "repo/c.yaml", "fooooo: x\n");
    for (size_t i = 0; i < countof(cases); i++) {
        add_root(world, ".", arena_format(&world->arena, "resources: [web.yaml]\n%s", cases[i][0]).data);
        expect_call(world, "check", cases[i][1]);
        expect_call(world, "check", "1 error, ");
        // It remains an error even if the rule is turned off.
        expect_call(world, "check --rules image-no-match", "[build-failed]");
        expect_call(world, "check --rules image-no-match", "status 1");
    }
}

static void repeated_keys_of_patches_are_found(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "resources: [web.yaml]\npatches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n"
             "    metadata: {name: web}\n    spec: {replicas: 2, replicas: 3}\n- path: patch.yaml\n"
             "  target: {kind: Deployment}\n"
             "- target: {kind: Deployment}\n  patch: |\n    - op: add\n      path: /a\n      path: /spec/paused\n"
             "      value: true\n");
    world_write(world, "repo/web.yaml", DEPLOYMENT("web"));
    world_write(world, "repo/patch.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 5\n  replicas: 6\n");
    struct slice said = call(world, "check");
    expect_contains(said, "kustomization.yaml:7:25: error: duplicate key 'replicas' (first set on line 7); only one of "
                          "the values is used");
    expect_contains(
        said, "patch.yaml:6:3: error: duplicate key 'replicas' (first set on line 5); only one of the values is used");
    expect_contains(said,
                    "kustomization.yaml:14:7: error: duplicate key 'path' (first set on line 13); the last value wins");
    expect_contains(said, "3 errors, 0 warnings");
    expect_call(world, "build", "replicas: 5\n");
}

static void literals_that_keep_spaces_and_quotes_are_found(void **state)
{
    // A literal, and what is wrong with its value; NULL: nothing.
    static const char *const rows[][2] = {
        {"A= x", "the spaces around"},
        {"A= \"x\"", "the spaces around"},
        {"'A=x '", "the spaces around"},
        {"A=\"\\\"x\\\"\"", "the inner quotes of the value of 'A' are part of it, with their backslashes"},
        {"A=\"\"x\"\"", "the inner quotes of the value of 'A' are part of it ["},
        {"A=\"x", "the quote before"},
        {"'A=\"a\",\"b\"'", "loses its first and its last quote"},
        {"A=x", NULL},
        {"A=\"x\"", NULL},
        {"A=", NULL},
        {"A=''", NULL},
        {"'A=\" x \"'", NULL},
        {"A='\"x\"'", NULL},
        {"'A=\"say \\\"x\\\" twice\"'", NULL},
        {"A=it's", NULL},
        {"'A={\"a\": \"b\"}'", NULL},
        {"'A=[\"a\", \"b\"]'", NULL},
        {"'A=''a'' or ''b'' or c'", NULL},
    };
    struct world *world = *state;
    for (size_t i = 0; i < countof(rows); i++) {
        static const char *const forms[] = {"secretGenerator:\n- name: b\n  literals:\n  - ",
                                            "generators:\n- |\n  apiVersion: builtin\n  kind: ConfigMapGenerator\n"
                                            "  metadata: {name: a}\n  literals:\n  - "};
        for (size_t k = 0; k < countof(forms); k++) {
            add_root(world, ".", arena_format(&world->arena, "%s%s\n", forms[k], rows[i][0]).data);
            struct slice said = call(world, "check --rules generator-literal-quoted");
            if (rows[i][1])
                expect_contains(said, rows[i][1]);
            expect_contains(said, rows[i][1] ? "1 warning in" : "0 warnings in");
        }
    }
}

static void json_patches_that_add_at_the_top_are_found(void **state)
{
    // A path, and what was meant; NULL: the path is right.
    static const char *const rows[][2] = {
        {"/replicas", "'/spec/replicas'"},
        {"/labels", "'/metadata/labels'"},
        {"/metadta", "'/metadata'"},
        {"/containers", "'/spec/template/spec/containers'"},
        {"/spec/replicas", NULL},
        {"/spec/unknown", NULL},
        {"/status", NULL},
        {"/unknown", NULL},
    };
    struct world *world = *state;
    world_write(world, "repo/web.yaml",
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 1, template: {spec: "
                "{containers: [{name: a, image: b}]}}}}\n");
    for (size_t i = 0; i < countof(rows); i++) {
        add_root(world, ".",
                 arena_format(&world->arena,
                              "resources: [web.yaml]\npatches:\n- target: {kind: Deployment}\n"
                              "  patch: '[{\"op\": \"add\", \"path\": \"%s\", \"value\": {}}]'\n",
                              rows[i][0])
                     .data);
        struct slice said = call(world, "check --rules json-patch-new-field");
        expect_contains(said, rows[i][1] ? "kustomization.yaml:4:36: warning: " : "0 warnings in");
        if (rows[i][1])
            expect_contains(said, arena_format(&world->arena, "hint: did you mean %s?", rows[i][1]).data);
    }
}

static void consequences_of_an_error_are_not_reported(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "resources: [web.yaml]\npatches: [{path: patch/a.yaml}]\nreplacements:\n- sourceValue: a\n  targets:\n"
             "  - select: {kind: Service}\n    fieldPaths: [metadata.name]\n");
    world_write(world, "repo/web.yaml", MAP("map") "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n");
    world_write(world, "repo/patches/a.yaml", MAP("map"));
    struct slice said = call(world, "check .");
    expect_contains(said, "kustomization.yaml:2:18: error: 'patch/a.yaml' does not exist [reference-missing]");
    expect_contains(said, "hint: did you mean 'patches/a.yaml'?");
    expect_contains(said, "1 error, 0 warnings");
    add_root(world, ".",
             "resources: [web.yaml]\nreplacements:\n- sourceValue: a\n  targets:\n"
             "  - select: {kind: Service}\n    fieldPaths: [metadata.name]\n");
    said = call(world, "check .");
    expect_contains(said, "[key-duplicate]");
    expect_contains(said, "1 error, 0 warnings");
    world_write(world, "repo/web.yaml", MAP("map"));
    expect_contains(call(world, "check ."), "[replacement-target-no-match]");
    expect_contains(call(world, "check ."), "patches/a.yaml:1:1: warning: no kustomization reads this file");
}

// Whatever rules are selected, and whatever is ignored.
static void a_failed_root_is_never_a_success(void **state)
{
    struct world *world = *state;
    add_root(world, "gone", "# kiln: ignore-file reference-missing, build-failed\nresources: [gone.yaml]\n");
    // An error that occurs only when printing.
    add_root(world, "twice", "resources: [map.yaml]\n");
    world_write(world, "repo/twice/map.yaml", MAP("map") "data: {a: b}\ndata: {a: c}\n");
    static const char *const roots[][2] = {{"gone", "gone/kustomization.yaml:2:13: error: "},
                                           {"twice", "twice/map.yaml:6:1: error: "}};
    static const char *const flags[] = {"", "--rules patch-no-match", "--rules -build-failed,-reference-missing",
                                        "--rule build-failed=off"};
    for (size_t i = 0; i < countof(roots); i++)
        for (size_t k = 0; k < countof(flags); k++) {
            const char *arguments = arena_format(&world->arena, "check %s %s", roots[i][0], flags[k]).data;
            expect_call(world, arguments, roots[i][1]);
            expect_call(world, arguments, "1 error, ");
            expect_call(world, arguments, "status 1");
            expect_call(world, arena_format(&world->arena, "build %s", roots[i][0]).data, "status 1");
        }
    world_write(world, "repo/.kiln.yaml", "check: {ignore: [{rule: build-failed}, {path: '**'}]}\n");
    expect_call(world, "check twice", "1 error, ");
    expect_call(world, "check twice", "status 1");
}

static void a_failed_patch_is_not_reported_twice(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "resources: [web.yaml]\npatches:\n"
             "- patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {$patch: nonsense}}'\n");
    world_write(world, "repo/web.yaml", DEPLOYMENT("web"));
    expect_call(world, "check", "status 1");
    expect_no(world, "check", "patch-no-effect");
}

// --- Changed roots.

static void affected_roots_are_checked(void **state)
{
    struct world *world = *state;
    add_root(world, "base", "resources: [map.yaml]\n");
    world_write(world, "repo/base/map.yaml", MAP("map"));
    add_root(world, "one", "resources: [../base]\n");
    add_root(world, "two", "resources: [own.yaml]\nimages: [{name: a, newTag: b}]\n");
    world_write(world, "repo/two/own.yaml", MAP("own"));
    world_commit(world, "repo");
    expect_text(call(world, "check --since HEAD"), "status 0");
    expect_text(call(world, "check --staged"), "status 0");
    world_write(world, "repo/base/kustomization.yaml", "resources: [map.yaml]\n" PATCH);
    expect_call(world, "check --since HEAD", "base/kustomization.yaml:2:27: warning: the patch matches no resource");
    expect_call(world, "check --since HEAD", "0 errors, 1 warning in 1 root (1 resource)" API "\nstatus 0");
    expect_text(call(world, "check --staged"), "status 0");
    // Reads the index instead of the work tree.
    world_run(world, "cd repo && git add base");
    world_write(world, "repo/base/kustomization.yaml", "resources: [map.yaml]\n");
    expect_call(world, "check --staged", "base/kustomization.yaml:2:27: warning: the patch matches no resource");
    expect_call(world, "check --staged", "    2 | patches: [{target: {kind: Deployment}, ");
    expect_text(call(world, "check --since HEAD"), "status 0");
    expect_text(call(world, "check --staged two"), "status 0");
    expect_call(world, "check --staged --all", "--staged cannot be used with --all\nstatus 2");
    expect_call(world, "check --since nowhere", "status 2");
}

// --- Levels.

static void levels_come_from_the_file_and_from_flags(void **state)
{
    struct world *world = *state;
    plant_evidence(world);
    world_run(world, "rm repo/stray.yaml && cd repo && git init -q && git add .");
    world_write(world, "repo/.kiln.yaml",
                "check:\n  failOn: warning\n  rules: {patch-no-match: warning, image-no-match: 'off'}\n"
                "  ignore: [{rule: patch-empty-target}, {path: 'other/**'}, {kind: Service}]\n");
    struct slice said = call(world, "check --no-config --rules -file-not-in-git");
    expect_contains(said, "3 errors, 1 warning");
    world_run(world, "cd repo && git add .");
    expect_call(world, "check", "1 error, 1 warning, 1 ignored in 1 root");
    expect_call(world, "check --rule replacement-target-no-match=note --rule patch-no-match=off",
                "0 errors, 0 warnings, 1 note, 1 ignored in 1 root (1 resource)" API "\nstatus 0");
    expect_call(world, "check --rules image-no-match --fail-on error",
                "0 errors, 1 warning in 1 root (1 resource)\nstatus 0");
    expect_call(world, "check --rules image-no-match", "status 1");
    expect_call(world, "check --rules -patch-no-match", "1 error, 0 warnings, 1 ignored");
    static const char *const wrong[][2] = {
        {"check --rule patch-no-mach=off",
         "unknown rule 'patch-no-mach'\n  hint: did you mean 'patch-no-match'?\nstatus 2"},
        {"check --rule patch-no-match=loud", "must be error, warning, note, or off, not 'loud'\nstatus 2"},
        {"check --rule patch-no-match", "--rule expects NAME=LEVEL"},
        {"check --rules x", "unknown rule 'x'"},
        {"check --fail-on off", "--fail-on must be error, warning, or note, not 'off'\nstatus 2"},
        {"check --format xml", "invalid value 'xml' for --format: expected text"},
        {"check --explain patch", "unknown rule 'patch'"},
        {"check --all a b", "--all takes one directory, not 2\nstatus 2"},
    };
    for (size_t i = 0; i < countof(wrong); i++)
        expect_call(world, wrong[i][0], wrong[i][1]);
    world_write(world, "repo/.kiln.yaml", "check:\n  rules: {patch-no-mach: warning}\n");
    expect_call(world, "check", ".kiln.yaml:2:11: unknown rule 'patch-no-mach'\n");
    expect_call(world, "check", "status 1");
    world_write(world, "repo/.kiln.yaml", "check:\n  ignore: [{}]\n");
    expect_call(world, "check", "an entry of check.ignore requires 'path', 'rule', or 'kind'");
    expect_call(world, "build", "an entry of check.ignore requires");
}

static void rules_are_listed_and_explained(void **state)
{
    struct world *world = *state;
    world_run(world, "mkdir repo");
    expect_call(world, "check --list-rules", "error    patch-no-match ");
    expect_call(world, "check --list-rules --rule patch-no-match=off", "off      patch-no-match ");
    expect_call(world, "check --list-rules --format json", "\"id\": \"patch-no-match\"");
    expect_call(world, "check --explain patch-no-match", "patch-no-match (error)\n\nA patch matches no resource.");
}

// --- Comments.

static void a_comment_ignores_the_finding_at_its_position(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "resources: [web.yaml]\n"
             "patches:\n"
             "- target: {kind: Service}  # kiln: ignore patch-no-match: comes later\n"
             "  patch: '- {op: add, path: /spec/replicas, value: 3}'\n"
             "# kiln: ignore patch-no-match, json-patch-path: the whole entry\n"
             "- target:\n"
             "    kind: Job\n"
             "  patch: '- {op: add, path: /spec/replicas, value: 3}'\n"
             "- target: {kind: Job}\n"
             "  patch: '- {op: add, path: /spec/replicas, value: 3}'\n");
    world_write(world, "repo/web.yaml", DEPLOYMENT("web"));
    struct slice said = call(world, "check");
    expect_contains(said, "kustomization.yaml:9:18: error: the patch matches no resource");
    expect_contains(said, "kustomization.yaml:5:32: note: nothing to ignore: 'json-patch-path' finds nothing here");
    expect_contains(said, "1 error, 0 warnings, 1 note, 2 ignored");
    world_write(world, "repo/kustomization.yaml",
                "# kiln: ignore-file image-no-match: one\nresources: [web.yaml]  # kiln: ignore patch-no-mach\n"
                "images: [{name: a}, {name: b}]\n");
    said = call(world, "check");
    expect_contains(said, "kustomization.yaml:2:39: error: unknown rule 'patch-no-mach' [suppression-unknown]\n"
                          "  hint: did you mean 'patch-no-match'?");
    expect_contains(said, "1 error, 0 warnings, 2 ignored");
    // A comment in the file of the resource.
    world_write(world, "repo/kustomization.yaml", "resources: [map.yaml]\n");
    world_write(world, "repo/map.yaml",
                "kind: A\nmetadata: {name: a, annotations: {kiln.dev/ignore: 'x, object-no-api-version'}}\n---\n"
                "kind: A\nmetadata: {name: b}\n");
    expect_call(world, "check --rules object-no-api-version", "1 error, 0 warnings, 1 ignored");
}

// A finding in a base is reported once, and one root that needs the annotation is enough.
static void annotations_work_like_comments(void **state)
{
    struct world *world = *state;
    add_root(world, "base", "resources: [map.yaml]\n");
    world_write(
        world, "repo/base/map.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"
        "  annotations: {kiln.dev/ignore: 'patch-no-mach, image-no-match,object-no-api-version, file-not-used'}\n"
        "---\nkind: A\nmetadata:\n  name: a\n  annotations:\n    kiln.dev/ignore: object-no-api-version\n");
    for (int i = 0; i < 3; i++)
        add_root(world, arena_format(&world->arena, "root%d", i).data, "resources: [../base]\n");
    struct slice said = call(world, "check --all");
    expect_contains(said, "base/map.yaml:5:34: error: unknown rule 'patch-no-mach' [suppression-unknown]\n");
    expect_contains(said, "hint: did you mean 'patch-no-match'?\n"
                          "  in ConfigMap/a metadata.annotations, built by root0 and 2 more roots\n");
    expect_contains(said, "base/map.yaml:5:34: note: nothing to ignore: 'image-no-match' finds nothing here "
                          "[suppression-unused]\n");
    expect_contains(said, "'object-no-api-version' finds nothing here [suppression-unused]\n");
    expect_contains(said, "1 error, 0 warnings, 2 notes, 1 ignored in 3 roots");
    expect_call(world, "check root0 --rules suppression-unused", "0 errors, 0 warnings in 1 root");
    // It has an effect in one of the roots.
    world_write(world, "repo/root1/kustomization.yaml",
                "resources: [../base]\npatches:\n- target: {kind: ConfigMap}\n"
                "  patch: '- {op: remove, path: /apiVersion}'\n");
    expect_call(world, "check --all", "1 error, 0 warnings, 1 note, 2 ignored in 3 roots");
}

static void an_annotation_ignores_findings_about_a_generated_object(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "resources: [job.yaml]\nconfigMapGenerator:\n- name: a\n  literals: ['a b=c']\n  options:\n"
             "    disableNameSuffixHash: true\n"
             "    annotations: {kiln.dev/ignore: 'generator-no-hash-reference, generator-key-invalid'}\n");
    world_write(world, "repo/job.yaml",
                "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec:\n  template:\n    spec:\n"
                "      restartPolicy: Never\n"
                "      containers:\n      - {name: a, image: b, envFrom: [{configMapRef: {name: a}}]}\n");
    expect_call(world, "check", "0 errors, 0 warnings, 2 ignored in 1 root (2 resources)");
}

// The build may have stopped before the rules that a comment ignores.
static void nothing_is_unused_in_a_root_that_fails(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "resources: [web.yaml, gone.yaml]\nimages:\n- name: a  # kiln: ignore image-no-match\n"
             "- name: b  # kiln: ignore image-no-mach\n");
    world_write(world, "repo/web.yaml", DEPLOYMENT("web"));
    expect_no(world, "check", "suppression-unused");
    expect_call(world, "check", "[suppression-unknown]");
}

static void an_unused_ignore_entry_is_reported(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [web.yaml]\nimages: [{name: a}]\n");
    world_write(world, "repo/web.yaml", DEPLOYMENT("web"));
    world_write(world, "repo/.kiln.yaml",
                "check:\n  ignore:\n  - {rule: image-no-match}\n  - {rule: patch-no-match}\n  - path: vendor/**\n");
    world_commit(world, "repo");
    struct slice said = call(world, "check --all");
    expect_contains(said, ".kiln.yaml:4:5: note: nothing to ignore: the entry matches no finding [suppression-unused]");
    expect_contains(said, ".kiln.yaml:5:5: note: nothing to ignore: the entry matches no finding [suppression-unused]");
    expect_contains(said, "0 errors, 0 warnings, 2 notes, 1 ignored");
    // Checking a part of the roots can't tell.
    expect_call(world, "check .", "0 errors, 0 warnings, 1 ignored");
    expect_call(world, "check --all --rules -patch-no-match", "0 errors, 0 warnings, 1 ignored");
    expect_call(world, "check --all --rules image-no-match", "0 errors, 0 warnings, 1 ignored");
    add_root(world, "broken", "resources: [gone.yaml]\n");
    expect_no(world, "check --all", "suppression-unused");
}

static void only_yaml_comments_ignore_findings(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "resources: [secret.yaml]\n"
             "configMapGenerator:\n"
             "- {name: c, files: [README.md, data.yaml], literals: ['a=# kiln: ignore LITERAL']}\n"
             "secretGenerator: [{name: s, envs: [s.env]}]\n");
    world_write(world, "repo/README.md", "# kiln: ignore README\n");
    world_write(world, "repo/data.yaml", "a: b  # kiln: ignore DATA\n");
    world_write(world, "repo/s.env", "A=b # kiln: ignore HUNTER\n");
    world_write(world, "repo/secret.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n"
                "  a: '# kiln: ignore QUOTED\"}'\n  b: |\n    # kiln: ignore BLOCK\n  c: x\n"
                "---\napiVersion: v1\nkind: Secret\nmetadata: {name: b}  # kiln: ignore patch-no-match\n");
    expect_text(call(world, "check"),
                "secret.yaml:12:37: note: nothing to ignore: 'patch-no-match' finds nothing here [suppression-unused]\n"
                "0 errors, 0 warnings, 1 note in 1 root (4 resources)" API "\nstatus 0");
    // The same file may also be a resource of another root.
    add_root(world, "other", "resources: [map.yaml]\n");
    world_write(world, "repo/other/map.yaml", MAP("map") "# kiln: ignore OBJECT\n");
    add_root(world, "other/data", "configMapGenerator: [{name: c, files: [../map.yaml]}]\n");
    expect_call(world, "check other/data other --load-restrictor LoadRestrictionsNone", "unknown rule 'OBJECT'");
    expect_call(world, "check other other/data --load-restrictor LoadRestrictionsNone", "unknown rule 'OBJECT'");
}

// Nested, next to each other, and several above the same node.
static void comments_may_be_nested(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "resources: [web.yaml]\n"
             "# kiln: ignore image-no-match: one\n"
             "# kiln: ignore image-no-match: two\n"
             "images:\n"
             "- name: a  # kiln: ignore image-no-match\n"
             "# kiln: ignore image-no-match\n"
             "- name: b\n"
             "- name: c\n"
             "# kiln: ignore patch-no-match\n"
             "patches:\n"
             "# kiln: ignore patch-no-match\n"
             "- target: {kind: X}  # kiln: ignore image-no-match\n"
             "  patch: '- {op: add, path: /a, value: b}'\n"
             "- target: {kind: Z}\n"
             "  patch: '- {op: add, path: /a, value: b}'\n"
             "replacements:\n"
             "- sourceValue: x\n"
             "  targets: [{select: {kind: Service}}]\n");
    world_write(world, "repo/web.yaml", DEPLOYMENT("web"));
    struct slice said = call(world, "check");
    expect_contains(said, "kustomization.yaml:12:37: note: nothing to ignore: 'image-no-match' finds nothing here");
    expect_contains(said, "kustomization.yaml:18:29: error: the target matches no resource");
    expect_contains(said, "1 error, 0 warnings, 1 note, 5 ignored");
}

static void a_comment_ignores_findings_in_its_file(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "namePrefix: a-\n");
    add_root(world, "part", "# kiln: ignore-file component-not-used\n" COMPONENT);
    add_root(world, "old", "# kiln: ignore-file directory-not-used\nnamePrefix: a-\n");
    world_write(world, "repo/.kiln.yaml", "notRoots: [old]\n");
    world_commit(world, "repo");
    const char *rules = "check --all --rules component-not-used,directory-not-used,file-not-in-git";
    expect_call(world, rules, "0 errors, 0 warnings, 2 ignored");
    // A comment in a file that isn't built is never unused.
    add_root(world, "new", COMPONENT);
    expect_call(world, rules, "0 errors, 1 warning, 2 ignored");
}

// --- Positions.

static void columns_are_those_of_the_file(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "\xEF\xBB\xBFresources: [web.yaml]\r\nimages:\r\n- {newTag: \"\xC3\xA4\", name: ngnix}\r\n"
             "patches:\r\n- target: {kind: Deployment}\r\n  patch: |-\r\n    - op: add\r\n      path: spec/replicas\r\n"
             "      value: 2\r\n");
    world_write(world, "repo/web.yaml", DEPLOYMENT("web"));
    struct slice said = call(world, "check");
    expect_contains(said, "kustomization.yaml:3:23: warning: no container uses the image 'ngnix'");
    expect_contains(said, "      |                       ^~~~~\n");
    expect_contains(said, "kustomization.yaml:8:13: warning: the path 'spec/replicas' does not start with '/'");
    // A tab is one character but is shown as four columns.
    world_write(world, "repo/kustomization.yaml", "resources: [web.yaml]\nimages:\t[{\tname: ngnix}]\n");
    said = call(world, "check");
    expect_contains(said, "kustomization.yaml:2:18: warning: no container uses the image 'ngnix'");
    expect_contains(said, "    2 | images:    [{    name: ngnix}]\n      |                        ^~~~~\n");
}

static void positions_in_json_and_lists_are_right(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [map.json, list.yaml]\n");
    world_write(world, "repo/map.json", "{\n  \"kind\": \"A\",\n  \"metadata\": {\"name\": \"a\"}\n}\n");
    world_write(world, "repo/list.yaml",
                "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: b}\n"
                "- kind: A\n  metadata: {name: c}\n");
    struct slice said = call(world, "check");
    expect_contains(said, "list.yaml:7:3: error: A 'c' has no apiVersion [object-no-api-version]");
    expect_contains(said, "map.json:1:1: error: A 'a' has no apiVersion [object-no-api-version]");
    expect_contains(said, "2 errors, 0 warnings in 1 root (3 resources)");
}

static void names_are_looked_up_in_their_namespace(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "resources: [all.yaml]\nnamePrefix: p-\n");
    world_write(
        world, "repo/all.yaml",
        "{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: one}}\n---\n"
        "{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: two}}\n---\n"
        "{apiVersion: example.com/v1, kind: Cup, metadata: {name: one, namespace: one}, spec: {secretName: a}}\n---\n"
        "{apiVersion: example.com/v1, kind: Cup, metadata: {name: three, namespace: three}, spec: {secretName: a}}\n"
        "---\napiVersion: example.com/v1\nkind: Cup\nmetadata: {name: refs, namespace: three}\nspec:\n"
        "  secretRef: {name: a, namespace: two}\n  otherSecretRef: {name: a, namespace: four}\n"
        "  refs: [{kind: Secret, name: a, namespace: one}]\n");
    struct slice said = call(world, "check --rules prefix-breaks-reference");
    expect_contains(said, "all.yaml:5:99: warning: 'a' is the old name of Secret 'p-a' [prefix-breaks-reference]");
    expect_contains(said, "all.yaml:13:21: warning: 'a' is the old name");
    expect_contains(said, "all.yaml:15:31: warning: 'a' is the old name");
    expect_contains(said, "0 errors, 3 warnings");
}

static void a_patch_is_compared_with_a_list_of_any_length(void **state)
{
    struct world *world = *state;
    struct buffer items = {0};
    for (int i = 0; i < 1200; i++)
        buffer_add_format(&items, "{name: n%d}, ", i);
    struct slice list = arena_copy(&world->arena, buffer_slice(&items));
    buffer_free(&items);
    const char *object =
        "{apiVersion: example.com/v1, kind: Tap, metadata: {name: tap}, spec: {pipes: [%.*s{name: %s}]}}\n";
    add_root(world, ".", "resources: [tap.yaml]\npatches: [{path: patch.yaml}]\n");
    world_write(world, "repo/tap.yaml", arena_format(&world->arena, object, SLICE_ARGS(list), "last").data);
    world_write(world, "repo/patch.yaml", arena_format(&world->arena, object, SLICE_ARGS(list), "other").data);
    expect_call(world, "check", "the patch replaces the whole list: 'last' is lost [patch-replaces-list]");
}

static void fingerprints_survive_moved_lines(void **state)
{
    struct world *world = *state;
    plant_evidence(world);
    const char *prints = "check --format json | grep fingerprint | sort";
    struct slice before = call(world, prints);
    world_run(world, "cd repo && { echo '# moved'; echo; cat kustomization.yaml; } >k && mv k kustomization.yaml");
    struct slice after = call(world, prints);
    assert_true(slice_equal(before, after));
    assert_true(before.length > 100);
}

static void a_secret_is_not_shown(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "secretGenerator: [{name: s, envs: [s.env]}]\n");
    world_write(world, "repo/s.env", "TOKEN=\"hunter2hunter2\"\nexport KEY=correcthorsebattery\n");
    static const char *const forms[] = {"check", "check --format json", "build --strict"};
    for (size_t i = 0; i < countof(forms); i++) {
        expect_call(world, forms[i], "generator-key-invalid");
        expect_no(world, forms[i], "hunter2");
        expect_no(world, forms[i], "correcthorse");
    }
}

static void a_colon_in_an_env_file_is_explained(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "configMapGenerator: [{name: c, envs: [c.env]}]\nsecretGenerator: [{name: s, envs: [c.env]}]\n");
    world_write(world, "repo/c.env", "PORT: 80\nPASSWORD : hunter2\n");
    expect_call(world, "check",
                "c.env:1:1: error: the API server rejects the key 'PORT: 80' [generator-key-invalid]\n"
                "  hint: write `PORT=80`, with '=' between the key and the value\n");
    expect_call(world, "check", "c.env:2:1: error: the API server rejects the key 'PASSWORD: ***'");
    expect_call(world, "check", "hint: write '=' between the key and the value, not ':', without spaces around it");
    expect_no(world, "check", "hunter2");
    expect_no(world, "build", "warning: expected KEY=VALUE, found ':' and no '='\n    ");
}

static void nothing_is_written(void **state)
{
    struct world *world = *state;
    plant_evidence(world);
    world_commit(world, "repo");
    const char *list = "find repo -printf '%p %T@ %s\\n' | sort";
    struct slice before = world_run(world, list);
    call(world, "check --all");
    call(world, "check --all --format json");
    assert_true(slice_equal(before, world_run(world, list)));
}

// --- Files.

static void unused_files_are_found_in_the_whole_repository(void **state)
{
    struct world *world = *state;
    plant_evidence(world);
    world_write(world, "repo/kustomization.yaml", "resources: [web.yaml, sub/named.yaml]\n");
    world_write(world, "repo/sub/named.yaml", MAP("named"));
    world_write(world, "repo/tests/case.yaml", MAP("case"));
    world_write(world, "repo/values.yaml", "replicas: 3\n");
    world_write(world, "repo/.hidden.yaml", MAP("hidden"));
    world_write(world, "repo/.cases/case.yaml", MAP("case"));
    world_write(world, "repo/charts/a/Chart.yaml", "name: a\n");
    world_write(world, "repo/charts/a/templates/a.yaml", MAP("a"));
    add_root(world, "part", COMPONENT "resources: [own.yaml]\n");
    world_write(world, "repo/part/own.yaml", MAP("own"));
    add_root(world, "old", "resources: [own.yaml]\n");
    world_write(world, "repo/old/own.yaml", MAP("own"));
    world_write(world, "repo/.gitignore", "ignored.yaml\n");
    world_write(world, "repo/.kiln.yaml", "notRoots: [old]\n");
    world_commit(world, "repo");
    struct slice said = call(world, "check --all");
    expect_contains(said, "stray.yaml:1:1: warning: no kustomization reads this file [file-not-used]");
    expect_contains(said,
                    "part/kustomization.yaml:1:1: warning: no kustomization uses this component [component-not-used]");
    expect_contains(said, "old/kustomization.yaml:1:1: warning: this kustomization is not a root, and no root uses it "
                          "[directory-not-used]");
    expect_contains(said, "0 errors, 3 warnings in 1 root");
    // Files that are used but not in Git.
    world_write(world, "repo/kustomization.yaml", "resources: [web.yaml, ignored.yaml, new.yaml]\n");
    world_write(world, "repo/ignored.yaml", MAP("i"));
    world_write(world, "repo/new.yaml", MAP("n"));
    said = call(world, "check --rules file-not-in-git");
    expect_contains(said, "ignored.yaml:1:1: warning: the build reads this file, but Git ignores it");
    expect_contains(said, "new.yaml:1:1: warning: the build reads this file, but it is not in Git");
    expect_contains(said, "0 errors, 2 warnings");
    expect_contains(said, "  hint: if it holds no secrets, add it with 'git add --force'\n");
}

static void files_of_other_directories_must_be_in_git(void **state)
{
    struct world *world = *state;
    add_root(world, "base", "resources: [map.yaml, new.yaml]\n");
    world_write(world, "repo/base/map.yaml", MAP("map"));
    add_root(world, "prod", "resources: [../base]\n");
    add_root(world, "stage", "resources: [../base]\n");
    world_commit(world, "repo");
    world_write(world, "repo/base/new.yaml", MAP("new"));
    const char *wanted = "new.yaml:1:1: warning: the build reads this file, but it is not in Git [file-not-in-git]\n";
    struct slice said = call(world, "check prod");
    expect_contains(said, wanted);
    expect_contains(said, "0 errors, 1 warning in 1 root");
    // Not once for each root, and not in a repository inside this one.
    add_root(world, "nested", "resources: [own.yaml]\n");
    world_write(world, "repo/nested/own.yaml", MAP("own"));
    world_run(world, "cd repo/nested && git init -q");
    add_root(world, "prod", "resources: [../base, ../nested]\n");
    said = call(world, "check prod stage");
    expect_contains(said, wanted);
    expect_contains(said, "0 errors, 1 warning in 2 roots");
}

static void secrets_are_not_to_be_committed(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "resources: [secret.yaml, sealed.yaml]\n"
             "secretGenerator: [{name: a, envs: [a.env], files: [key.pem, closed.txt]}]\n");
    world_write(world, "repo/.gitignore", "*.env\n");
    world_commit(world, "repo");
    world_write(world, "repo/a.env", "PASSWORD=hunter2hunter2\n");
    world_write(world, "repo/key.pem", "hunter2hunter2\n");
    world_write(world, "repo/closed.txt", "ENC[AES256_GCM,data:a]\n");
    world_write(world, "repo/secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b}\n");
    world_write(world, "repo/sealed.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: t}\nstringData: {a: 'ENC[]'}\nsops: {version: 3}\n");
    struct slice said = call(world, "check --rules file-not-in-git");
    expect_contains(said,
                    "a.env:1:1: warning: the build reads this file, but Git ignores it [file-not-in-git]\n"
                    "  hint: do not commit secrets in plain text: encrypt the file, or keep a copy on every "
                    "machine that builds this root, and add {rule: file-not-in-git, path: 'a.env'} to `check.ignore`");
    expect_contains(said, "key.pem:1:1: warning: the build reads this file, but it is not in Git [file-not-in-git]\n"
                          "  hint: do not commit secrets in plain text: encrypt the file, or list it in .gitignore, ");
    expect_contains(said, "\nsecret.yaml:1:1: warning: the build reads this file, but it is not in Git "
                          "[file-not-in-git]\n  hint: do not commit");
    expect_contains(said, "closed.txt:1:1: warning: the build reads this file, but it is not in Git [file-not-in-git]\n"
                          "  hint: add it with 'git add'\n");
    expect_contains(said,
                    "sealed.yaml:1:1: warning: the build reads this file, but it is not in Git [file-not-in-git]\n"
                    "  hint: add it with 'git add'\n");
    expect_absent(said, "--force");
    // The entry of the hint works as it is written.
    world_write(world, "repo/.kiln.yaml", "check: {ignore: [{rule: file-not-in-git, path: 'a.env'}]}\n");
    expect_absent(call(world, "check --rules file-not-in-git"), "a.env");
}

// --- Rules whose examples need more than a tree.

static void urls_are_checked_without_a_network(void **state)
{
    struct world *world = *state;
    add_root(world, ".",
             "resources:\n- https://github.com/example/base//web?ref=main\n"
             "- https://github.com/example/base//web?ref=v1.2.0\n- https://github.com/example/base//web\n"
             "- https://github.com/example/base//web?ref=0123456789abcdef0123456789abcdef01234567\n"
             "- https://raw.githubusercontent.com/example/base/main/a.yaml\n"
             "- https://raw.githubusercontent.com/example/base/v1/a.yaml\n- http://example.com/a.yaml\n"
             "- https://raw.githubusercontent.com/example/base/refs/tags/stable/a.yaml\n"
             "- https://raw.githubusercontent.com/example/base/refs/heads/v1/a.yaml\n"
             "- https://raw.githubusercontent.com/example/base/0123456789ABCDEF0123456789abcdef01234567/a.yaml\n"
             "- https://github.com/example/base/raw/main/a.yaml\n- https://github.com/example/base/blob/v1.2/a.yaml\n"
             "- https://git.example.com/example/base/-/raw/main/a.yaml\n- https://example.com/raw/main/a.yaml\n"
             "- https://github.com/example/base//web?ref=refs/tags/stable\n");
    struct slice said = call(world, "check --no-remote --rules remote-not-pinned,remote-http");
    expect_contains(said, "kustomization.yaml:2:3: warning: 'main' is not a fixed revision [remote-not-pinned]");
    expect_contains(said, "kustomization.yaml:4:3: warning: the URL does not name a revision [remote-not-pinned]");
    expect_contains(said, "kustomization.yaml:6:3: warning: 'main' is not a fixed revision [remote-not-pinned]");
    expect_contains(
        said, "kustomization.yaml:8:3: warning: anyone on the network path can change what is fetched over plain HTTP");
    expect_contains(said, "kustomization.yaml:10:3: warning: 'refs/heads/v1' is not a fixed revision");
    expect_contains(said, "kustomization.yaml:12:3: warning: 'main' is not a fixed revision");
    expect_contains(said, "kustomization.yaml:14:3: warning: 'main' is not a fixed revision");
    expect_contains(said, "5 errors, 7 warnings");
    expect_call(world, "check --no-remote",
                "kustomization.yaml:2:3: error: cannot fetch 'https://github.com/example/base");
}

static void generator_plugins_are_decoded_strictly(void **state)
{
    struct world *world = *state;
    add_root(world, ".", "generators: [a.yaml, b.yaml]\n");
    world_write(world, "repo/a.yaml",
                "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: a}\nliteral: [x=y]\n");
    world_write(world, "repo/b.yaml",
                "apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: b}\nliterals: [x=y]\ntype: Opaque\n");
    struct slice said = call(world, "check");
    expect_contains(said, "a.yaml:4:1: error: unknown field 'literal': it has no effect [field-unknown]");
    expect_contains(said, "did you mean 'literals'?");
    expect_contains(said, "1 error, 0 warnings");
    // Metadata is not part of the plugin's configuration.
    add_root(world, "space", "resources: [map.yaml]\ntransformers: [space.yaml]\n");
    world_write(world, "repo/space/map.yaml", MAP("map"));
    world_write(world, "repo/space/space.yaml",
                "apiVersion: builtin\nkind: NamespaceTransformer\n"
                "metadata: {name: x, namespace: test, labels: {a: b}}\n"
                "fieldSpecs: [{path: metadata/namespace, create: true}]\n");
    expect_call(world, "check space", "0 errors, 0 warnings");
}

static void a_selector_that_has_the_label_is_not_changed(void **state)
{
    struct world *world = *state;
    add_root(world, "base", "resources: [web.yaml]\n");
    world_write(world, "repo/base/web.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
                "spec:\n  selector: {matchLabels: {app: web}}\n  template: {metadata: {labels: {app: web}}}\n");
    add_root(world, "same", "resources: [../base]\ncommonLabels: {app: web}\n");
    add_root(world, "other", "resources: [../base]\ncommonLabels: {app: other}\n");
    expect_call(world, "check --rules label-in-selector same", "0 errors, 0 warnings");
    expect_call(world, "check --rules label-in-selector other",
                "other/kustomization.yaml:2:21: warning: the label changes the selector of Deployment 'web'");
}

static void a_file_outside_the_root_requires_a_flag(void **state)
{
    struct world *world = *state;
    add_root(world, "a", "resources: [../map.yaml]\n");
    world_write(world, "repo/map.yaml", MAP("map"));
    expect_call(world, "check a --load-restrictor LoadRestrictionsNone",
                "a/kustomization.yaml:1:13: note: '../map.yaml' is outside the directory");
    expect_no(world, "check a", "load-restrictor-needed");
}

static void chart_objects_need_a_namespace(void **state)
{
    struct world *world = *state;
    world_write_script(world, "bin/helm",
                       "case $1 in version) echo v3.15.0 ;; *) printf '" MAP("web") "---\\n" MAP(
                           "b") "  namespace: shop\\n' ;; esac\n");
    world_put_on_path(world, "bin");
    add_root(world, ".", "helmCharts: [{name: web, namespace: shop}]\n");
    world_write(world, "repo/charts/web/values.yaml", "");
    world_write(world, "repo/charts/web/Chart.yaml", "{apiVersion: v2, name: web, version: 1.0.0}\n");
    struct slice said = call(world, "check --enable-helm");
    expect_contains(said, "kustomization.yaml:1:14: warning: ConfigMap 'web' of the chart has no namespace");
    expect_contains(said, "0 errors, 1 warning in 1 root (2 resources)");
    world_write(world, "repo/kustomization.yaml", "namespace: shop\nhelmCharts: [{name: web}]\n");
    expect_call(world, "check --enable-helm", "0 errors, 1 warning");
    world_write(world, "repo/kustomization.yaml", "helmCharts: [{name: web}]\n");
    expect_call(world, "check --enable-helm", "0 errors, 0 warnings");
}

static const struct CMUnitTest tests[] = {
    world_test(mistakes_that_build_without_a_message_are_found),
    world_test(a_build_that_stops_at_too_many_errors_says_so),
    world_test(a_target_with_only_a_kind_gets_a_hint_if_a_kind_is_similar),
    world_test(a_label_that_no_resource_has_is_explained),
    world_test(a_similar_kind_is_preferred_to_the_first_with_the_name),
    world_test(a_typo_in_the_kind_of_a_resource_is_corrected_there),
    world_test(a_strict_build_prints_no_stream),
    world_test(a_usage_error_is_not_a_finding),
    world_test(a_patch_that_matches_in_one_root_is_fine),
    world_test(findings_that_may_be_intended_are_less_severe),
    world_test(a_finding_in_a_base_is_reported_once),
    world_test(a_failed_root_does_not_stop_the_others),
    world_test(all_missing_paths_are_listed),
    world_test(build_errors_have_a_separate_rule),
    world_test(repeated_keys_of_patches_are_found),
    world_test(consequences_of_an_error_are_not_reported),
    world_test(a_failed_root_is_never_a_success),
    world_test(literals_that_keep_spaces_and_quotes_are_found),
    world_test(json_patches_that_add_at_the_top_are_found),
    world_test(a_failed_patch_is_not_reported_twice),
    world_test(affected_roots_are_checked),
    world_test(levels_come_from_the_file_and_from_flags),
    world_test(rules_are_listed_and_explained),
    world_test(a_comment_ignores_the_finding_at_its_position),
    world_test(annotations_work_like_comments),
    world_test(an_annotation_ignores_findings_about_a_generated_object),
    world_test(nothing_is_unused_in_a_root_that_fails),
    world_test(an_unused_ignore_entry_is_reported),
    world_test(only_yaml_comments_ignore_findings),
    world_test(comments_may_be_nested),
    world_test(a_comment_ignores_findings_in_its_file),
    world_test(columns_are_those_of_the_file),
    world_test(positions_in_json_and_lists_are_right),
    world_test(names_are_looked_up_in_their_namespace),
    world_test(a_patch_is_compared_with_a_list_of_any_length),
    world_test(fingerprints_survive_moved_lines),
    world_test(a_secret_is_not_shown),
    world_test(a_colon_in_an_env_file_is_explained),
    world_test(nothing_is_written),
    world_test(unused_files_are_found_in_the_whole_repository),
    world_test(files_of_other_directories_must_be_in_git),
    world_test(secrets_are_not_to_be_committed),
    world_test(urls_are_checked_without_a_network),
    world_test(generator_plugins_are_decoded_strictly),
    world_test(a_selector_that_has_the_label_is_not_changed),
    world_test(a_file_outside_the_root_requires_a_flag),
    world_test(chart_objects_need_a_namespace),
};

int test_check(void)
{
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
