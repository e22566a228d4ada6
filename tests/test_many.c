// Several roots in one process: which roots are built, with what result, and what is written and printed.
#include "tests/call.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAP(name, key) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\ndata:\n  key: " key "\n"

static void expect_same(struct world *world, const char *root)
{
    world_run(
        world,
        arena_format(&world->arena, "cd repo && %s build %s | cmp - out/%s.yaml", test_program(), root, root).data);
}

// Two overlays of one base, with a component, and a root without a base.
static void plant(struct world *world)
{
    add_root(world, "base", "resources: [map.yaml]\nconfigMapGenerator: [{name: g, literals: [a=b]}]\n");
    world_write(world, "repo/base/map.yaml", MAP("shared", "v"));
    add_root(world, "part", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -c\n");
    add_root(world, "prod", "resources: [../base]\ncomponents: [../part]\nnamePrefix: prod-\n");
    add_root(world, "dev", "resources: [../base]\nnamePrefix: dev-\n");
    add_root(world, "alone", "resources: [own.yaml]\n");
    world_write(world, "repo/alone/own.yaml", MAP("own", "w"));
}

// --- Arguments.

static void each_directory_is_a_separate_build(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_text(call(world, "build prod alone -o out/"), "status 0");
    expect_same(world, "prod");
    expect_same(world, "alone");
    assert_false(world_has(world, "repo/out/dev.yaml"));
}

static void several_directories_need_an_output(void **state)
{
    struct world *world = *state;
    plant(world);
    struct slice said = call(world, "build prod dev");
    expect_contains(said, "'-o DIR/'");
    expect_contains(said, "'--join'");
    expect_contains(said, "status 2");
    static const char *const wrong[][2] = {
        {"build prod dev --join -o out/", "--join writes one stream"},
        {"build prod dev -o dev/kustomization.yaml", "-o names a file"},
        {"build --all -j 0 --join", "invalid value '0' for --jobs: expected a whole number from 1 to 256"},
        {"build --all -j 2x --join", "invalid value '2x' for --jobs: expected a whole number from 1 to 256"},
        {"build --all --join --format json", "--format json prints to standard output"},
        {"build prod --summary", "--summary applies only to several roots"},
        {"build prod --prune-output -o out/", "--prune-output applies only to several roots"},
        {"build prod --if-changed", "--if-changed requires -o"},
        {"build --all -o out/ --output-layout '{name}.yaml'", "add {root} to --output-layout"},
        {"build prod -o out/ --output-layout '{root}/{name}.yaml'", "{root} in a layout applies only to several roots"},
        {"build --all --print-settings", "--print-settings takes only one directory"},
        {"build --all a b --join", "--all takes one directory, not 2"},
        {"build --all --join --fail-fast --keep-going", "--fail-fast cannot be used with --keep-going"},
        {"build --all -o out/ --force", "--force requires --prune-output"},
        {"build --all --join --cache-limit 1GB",
         "invalid value '1GB' for --cache-limit: expected a size such as '512MiB', or 'none'"},
        {"build prod --cache-limit 1", "--cache-limit applies only to several roots"},
    };
    for (size_t i = 0; i < countof(wrong); i++) {
        expect_call(world, wrong[i][0], wrong[i][1]);
        expect_call(world, wrong[i][0], "status 2");
    }
    assert_false(world_has(world, "repo/out"));
}

static void a_pattern_means_several_roots_even_if_one_matches(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_text(call(world, "build 'al*' -o out/"), "status 0");
    expect_same(world, "alone");
    expect_text(call(world, "build alone -o single/"), "status 0");
    assert_true(world_has(world, "repo/single/v1_configmap_own.yaml"));
    expect_call(world, "build 'nothing*' -o out/", "no directory with a kustomization matches 'nothing*'\nstatus 1");
    add_root(world, "odd[1]", "resources: [../alone]\n");
    expect_call(world, "build 'odd[1]'", "name: own");
}

// An output must never be newer than the list of its inputs.
static void a_depfile_of_all_roots_comes_before_their_outputs(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_call(world, "build dev prod -o out/ --depfile gone/all.d", "cannot write 'gone/all.d'");
    assert_false(world_has(world, "repo/out/dev.yaml"));
    expect_call(world, "build dev prod -o out/ --depfile all.d", "status 0");
    assert_true(world_has(world, "repo/out/prod.yaml"));
    expect_text(world_run(world, "find repo/out -name '*.yaml' -newer repo/all.d"), "");
    // If one root fails, or one output can't be written, all stays as it was.
    world_run(world, "cd repo && rm -r out && echo old >all.d && mkdir broken && echo 'resources: [gone.yaml]' "
                     ">broken/kustomization.yaml");
    expect_call(world, "build dev broken -o out/ --depfile all.d", "status 1");
    expect_text(world_run(world, "cat repo/all.d"), "old");
    assert_false(world_has(world, "repo/out/dev.yaml"));
    world_run(world, "mkdir -p repo/out/prod.yaml");
    expect_call(world, "build dev prod -o out/ --depfile all.d", "cannot write 'out/prod.yaml'");
    assert_false(world_has(world, "repo/out/dev.yaml"));
    expect_text(world_run(world, "cat repo/all.d"), "old");
}

static void a_depfile_is_only_written_with_its_output(void **state)
{
    struct world *world = *state;
    plant(world);
    world_run(world, "mkdir -p repo/out/prod.yaml repo/deps && echo old > repo/deps/prod.d");
    expect_call(world, "build prod dev -o out/ --depfile 'deps/{root}.d'", "cannot write 'out/prod.yaml'");
    assert_true(world_has(world, "repo/deps/dev.d"));
    expect_text(world_run(world, "cat repo/deps/prod.d"), "old");
    world_run(world, "rm -r repo/out/dev.yaml && mkdir repo/out/dev.yaml && rm repo/deps/dev.d");
    expect_call(world, "build dev prod -o out/ --depfile 'deps/{root}.d'", "cannot write 'out/dev.yaml'");
    assert_false(world_has(world, "repo/deps/dev.d"));
}

static void a_pattern_skips_components(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_text(call(world, "build '*p*' -o out/"), "status 0");
    expect_text(world_run(world, "cd repo/out && ls"), "prod.yaml");
    expect_call(world, "build 'par?' -o out/", "no directory with a kustomization matches 'par?'\nstatus 1");
    add_root(world, "broken", "resources: [\n");
    expect_call(world, "build 'br*' -o out/", "broken/kustomization.yaml:1:12: ");
}

static void as_kustomize_only_one_directory_is_accepted(void **state)
{
    struct world *world = *state;
    plant(world);
    world_run(world, arena_format(&world->arena, "ln -s %s kustomize", test_program()).data);
    expect_text(
        world_run(world, "cd repo && ../kustomize build prod dev --join 2>&1; echo $?"),
        "Error: specify one path to kustomization.yaml: kiln: build takes one directory, not 2: 'prod', 'dev'\n1");
}

// --- Finding roots.

static void all_finds_roots_but_not_bases_and_components(void **state)
{
    struct world *world = *state;
    plant(world);
    add_root(world, ".hidden", "resources: [a.yaml]\n");
    add_root(world, "node_modules/x", "resources: [a.yaml]\n");
    world_run(world, "ln -s alone repo/link");
    struct slice said = call(world, "build --all -o out/ --summary");
    expect_contains(said, "3 roots: 3 built, 0 failed, 3 changed, 0 unchanged, 5 resources");
    expect_text(world_run(world, "cd repo/out && find . -name '*.yaml' | sort"),
                "./alone.yaml\n./dev.yaml\n./prod.yaml");
    expect_same(world, "prod");
    // Below a directory, but considering references in the whole repository.
    world_run(world, "cd repo && git init -q && rm -r out");
    expect_call(world, "build --all base -o out/ --summary", "0 roots: 0 built");
    expect_call(world, "build --all dev -o out/ --summary", "1 root: 1 built");
}

static void all_finds_roots_that_git_does_not_ignore(void **state)
{
    struct world *world = *state;
    plant(world);
    world_write(world, "repo/.gitignore", "ignored\n");
    add_root(world, "ignored", "resources: [../alone/own.yaml]\n");
    add_root(world, "gone", "resources: [a.yaml]\n");
    world_commit(world, "repo");
    world_run(world, "rm -r repo/gone");
    add_root(world, "untracked", "resources: [own.yaml]\n");
    world_write(world, "repo/untracked/own.yaml", MAP("u", "w"));
    expect_call(world, "build --all -o out/ --summary", "4 roots: 4 built");
    assert_true(world_has(world, "repo/out/untracked.yaml"));
    assert_false(world_has(world, "repo/out/ignored.yaml"));
}

static void the_configuration_adds_and_removes_roots_and_sets_flags(void **state)
{
    struct world *world = *state;
    plant(world);
    world_run(world, "mkdir repo/.git");
    add_root(world, "free/app", "resources: [../../alone/own.yaml]\n");
    world_write(world, "repo/.kiln.yaml",
                "roots: [base, '!al*']\nnotRoots: ['d*']\n"
                "rootFlags: [{match: 'free/**', loadRestrictor: LoadRestrictionsNone}]\n");
    world_run(world, "rmdir repo/.git && cd repo && git init -q");
    expect_call(world, "build --all -o out/ --summary", "3 roots: 3 built");
    expect_text(world_run(world, "cd repo/out && find . -name '*.yaml' | sort"),
                "./base.yaml\n./free/app.yaml\n./prod.yaml");
    // Flags in the file only apply to --all.
    expect_call(world, "build free/app", "is not in or below 'free/app'");
    expect_call(world, "build free/app dev -o out2/", "is not in or below 'free/app'");
    world_write(world, "repo/.kiln.yaml", "roots: ['[']\n");
    expect_call(world, "build --all -o out/", ".kiln.yaml:1:9: invalid pattern '['");
    world_write(world, "repo/.kiln.yaml", "rootFlags: [{match: a, enableExec: true}]\n");
    expect_call(world, "build --all -o out/", "unknown field 'enableExec'");
}

static void a_list_selects_the_roots(void **state)
{
    struct world *world = *state;
    plant(world);
    world_write(world, "repo/list", "prod\n\nalone/\n./prod\n");
    expect_call(world, "build --from-file list -o out/ --summary", "2 roots: 2 built");
    expect_text(
        world_run(world, "cd repo && printf 'prod\\0dev\\0' | $KILN build --from-file - -0 --join | grep Source"),
        "# Source: prod\n# Source: dev");
}

// --- Output.

static void a_root_named_twice_is_built_once(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_contains(call(world, "build alone ./alone 'al*' alone/ -o out/ --summary"), "1 root: 1 built");
    expect_text(call(world, "build prod alone prod/ --join | grep Source"),
                "# Source: prod\n# Source: alone\nstatus 0");
}

static void joined_streams_keep_the_order_of_the_arguments(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_text(call(world, "build prod alone --join -j8 | grep -e Source -e 'name: ' -e ---"),
                "# Source: prod\n  name: prod-g-c-56bb2g847t\n---\n  name: prod-shared-c\n---\n# Source: alone\n  "
                "name: own\nstatus 0");
    world_run(
        world,
        "cd repo && $KILN build prod alone dev --join > a && $KILN build prod alone dev --join -j1 -o b && cmp a b");
}

static void a_cache_limit_does_not_change_the_output(void **state)
{
    struct world *world = *state;
    plant(world);
    world_run(world, arena_format(&world->arena,
                                  "cd repo && '%s' build --all --join > ../all && for limit in 0 1000 1MiB none; do "
                                  "'%s' build --all --join --cache-limit $limit -j4 | cmp - ../all || exit 1; done",
                                  test_program(), test_program())
                         .data);
}

static void a_failed_root_does_not_stop_the_others_and_its_old_file_stays(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_text(call(world, "build prod alone dev -o out/"), "status 0");
    world_run(world, "cp repo/out/alone.yaml old");
    world_write(world, "repo/alone/kustomization.yaml", "resources: [own.yaml, missing.yaml]\n");
    world_write(world, "repo/base/map.yaml", MAP("shared", "new"));
    struct slice said = call(world, "build prod alone dev -o out/");
    expect_contains(said, "alone/kustomization.yaml:1:23: cannot read 'missing.yaml'");
    expect_contains(said, "out/alone.yaml is from an older build");
    expect_contains(said, "3 roots: 2 built, 1 failed, 2 changed, 0 unchanged, 4 resources");
    expect_contains(said, "status 1");
    world_run(world, "cmp old repo/out/alone.yaml");
    expect_same(world, "prod");
    // A joined stream is a single result, so nothing is printed.
    expect_text(call(world, "build prod alone --join 2>/dev/null"), "status 1");
    said = call(world, "build alone prod dev -o out/ --fail-fast -j1");
    expect_contains(said, "0 built, 1 failed, 2 skipped");
}

static void each_root_reports_all_its_errors_up_to_a_limit(void **state)
{
    struct world *world = *state;
    struct buffer many = {0};
    plant(world);
    world_write(world, "repo/alone/kustomization.yaml", "resources: [first.yaml, second.yaml]\nname: x\n");
    buffer_add_text(&many, "resources:\n");
    for (int i = 0; i < 23; i++)
        buffer_add_format(&many, "- missing-%d.yaml\n", i);
    buffer_add_byte(&many, '\0');
    world_write(world, "repo/dev/kustomization.yaml", many.data);
    buffer_free(&many);
    struct slice said = call(world, "build --all -o out/");
    expect_contains(said, "unknown field 'name' in kustomization");
    expect_contains(said, "cannot read 'first.yaml'");
    expect_contains(said, "cannot read 'second.yaml'");
    expect_contains(said, "cannot read 'missing-19.yaml'");
    expect_contains(said, "kiln: 3 more errors of a root are not shown\n  while building dev\n");
    assert_true(slice_find(said, slice_literal("missing-20.yaml'")) == SLICE_NOT_FOUND);
}

static void a_message_about_a_shared_base_is_printed_once_with_its_roots(void **state)
{
    struct world *world = *state;
    plant(world);
    world_write(world, "repo/base/map.yaml", "apiVersion: v1\nkind: [\n");
    struct slice said = call(world, "build --all -o out/ -j8");
    expect_contains(said, "  … and 1 more root: prod\n");
    size_t first = slice_find(said, slice_literal("base/map.yaml:"));
    assert_true(first != SLICE_NOT_FOUND);
    assert_true(slice_find(slice_from_index(said, first + 1), slice_literal("kiln: base/map.yaml:")) ==
                SLICE_NOT_FOUND);
    for (int i = 0; i < 8; i++)
        add_root(world, arena_format(&world->arena, "more/%d", i).data, "resources: [../../base]\n");
    expect_contains(call(world, "build --all -o out/"),
                    "  … and 9 more roots: more/0, more/1, more/2, more/3, more/4 … (--verbose lists all)\n");
    expect_contains(call(world, "build --all -o out/ --verbose"), "more/5, more/6, more/7, prod\n");
}

static void a_message_about_the_end_of_a_build_names_the_root(void **state)
{
    struct world *world = *state;
    plant(world);
    world_write(world, "repo/base/map.yaml", MAP("shared", "v") "  key: w\n");
    struct slice said = call(world, "build --all -o out/ --summary");
    expect_contains(said, "duplicate key 'key': it is already set at base/map.yaml:6:3\n");
    expect_contains(said, "  while building dev\n  … and 1 more root: prod\n");
}

static void unchanged_files_are_not_written_again(void **state)
{
    struct world *world = *state;
    plant(world);
    call(world, "build --all -o out/");
    world_run(world, "touch -d 2001-01-01 repo/out/*.yaml repo/out/.kiln-manifest");
    expect_call(world, "build --all -o out/ --summary", "0 changed, 3 unchanged");
    expect_text(world_run(world, "find repo/out -type f -newermt 2002-01-01"), "");
    // A single root is written every time, unless the flag says otherwise.
    call(world, "build alone -o one.yaml");
    world_run(world, "touch -d 2001-01-01 repo/one.yaml");
    expect_text(call(world, "build alone -o one.yaml --if-changed"), "status 0");
    expect_text(world_run(world, "find repo/one.yaml -newermt 2002-01-01"), "");
    call(world, "build alone -o one.yaml");
    expect_text(world_run(world, "find repo/one.yaml -newermt 2002-01-01"), "repo/one.yaml");
}

static void roots_without_an_output_path_are_refused_before_anything_is_written(void **state)
{
    struct world *world = *state;
    plant(world);
    world_run(world, "mkdir repo/below");
    struct slice said = world_run(world, "cd repo/below && $KILN build ../prod ../dev -o out/ 2>&1; echo $?");
    expect_contains(said, "for '../prod': it is outside the current directory");
    expect_contains(said, "\n2");
    assert_false(world_has(world, "repo/below/out"));
    add_root(world, "repo", "resources: [../alone]\n");
    add_root(world, ".", "resources: [alone]\n");
    said = call(world, "build . repo -o out/");
    expect_contains(said, "'.' and 'repo' would be written to the same file, 'repo.yaml'");
    expect_contains(said, "status 2");
    expect_contains(call(world, "build . https://host/x//y -o out/"),
                    "cannot choose a file below 'out' for 'https://host/x//y': it is remote");
    assert_false(world_has(world, "repo/out"));
    world_run(world, "rm -r repo/repo");
    expect_text(call(world, "build . -o out/ --all"), "status 0");
    assert_true(world_has(world, "repo/out/repo.yaml"));
}

static void a_link_in_the_directory_is_replaced(void **state)
{
    struct world *world = *state;
    plant(world);
    world_write(world, "victim", "old\n");
    world_run(world, "mkdir repo/out && ln -s ../../victim repo/out/alone.yaml && mkdir elsewhere && ln -s "
                     "../../elsewhere repo/out/deep");
    add_root(world, "deep/x", "resources: [../../base]\n");
    struct slice said = call(world, "build alone prod deep/x -o out/");
    expect_contains(said, "status 1");
    expect_text(world_read(world, "victim"), "old\n");
    expect_same(world, "alone");
    expect_text(world_run(world, "ls elsewhere"), "");
}

static void obsolete_output_is_pruned(void **state)
{
    struct world *world = *state;
    plant(world);
    call(world, "build --all -o out/");
    world_write(world, "repo/out/person.yaml", "mine\n");
    world_run(world, "rm -r repo/dev repo/alone && echo changed >> repo/out/alone.yaml");
    expect_text(call(world, "build --all -o out/"), "status 0");
    assert_true(world_has(world, "repo/out/dev.yaml"));
    struct slice said = call(world, "build --all -o out/ --prune-output --summary");
    expect_contains(said, "kept 'alone.yaml': it has changed since kiln wrote it");
    expect_contains(said, "1 file removed");
    assert_false(world_has(world, "repo/out/dev.yaml"));
    assert_true(world_has(world, "repo/out/person.yaml"));
    assert_true(world_has(world, "repo/out/alone.yaml"));
    expect_contains(call(world, "build --all -o out/ --prune-output --force --summary"), "1 file removed");
    assert_false(world_has(world, "repo/out/alone.yaml"));
    // A manipulated manifest doesn't make kiln remove files elsewhere.
    world_write(world, "precious", "x\n");
    world_run(
        world,
        "cd repo && printf '%s  ../../precious\\n' $(sha256sum ../precious | cut -d' ' -f1) >> out/.kiln-manifest");
    expect_text(call(world, "build --all -o out/ --prune-output --force"), "status 0");
    assert_true(world_has(world, "precious"));
}

static void a_root_that_fails_keeps_its_file_when_output_is_pruned(void **state)
{
    struct world *world = *state;
    plant(world);
    call(world, "build --all -o out/");
    world_write(world, "repo/alone/kustomization.yaml", "resources: [missing.yaml]\n");
    expect_contains(call(world, "build --all -o out/ --prune-output"), "status 1");
    assert_true(world_has(world, "repo/out/alone.yaml"));
    world_run(world, "rm -r repo/alone");
    call(world, "build --all -o out/ --prune-output");
    assert_false(world_has(world, "repo/out/alone.yaml"));
}

static void objects_of_several_roots_go_to_separate_files(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_text(call(world, "build --all -o out --output-layout '{root}/{kind}-{name}.yaml'"), "status 0");
    expect_text(world_run(world, "cd repo/out && find . -name '*.yaml' | sort"),
                "./alone/configmap-own.yaml\n./dev/configmap-dev-g-ttb4hkc56t.yaml\n./dev/configmap-dev-shared.yaml\n"
                "./prod/configmap-prod-g-c-56bb2g847t.yaml\n./prod/configmap-prod-shared-c.yaml");
    world_run(world, "rm -r repo/dev");
    expect_contains(
        call(world, "build --all -o out --output-layout '{root}/{kind}-{name}.yaml' --prune-output --summary"),
        "2 files removed");
}

static void a_list_chooses_from_all_roots(void **state)
{
    struct world *world = *state;
    plant(world);
    add_root(world, "loose", "resources: [../shared.yaml]\n");
    world_write(world, "repo/shared.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\n");
    world_write(world, "repo/.kiln.yaml", "rootFlags: [{match: loose, loadRestrictor: LoadRestrictionsNone}]\n");
    world_write(world, "repo/list", "loose\n");
    expect_contains(call(world, "build --from-file list --join"), "is not in or below 'loose'");
    expect_contains(call(world, "build --all --config .kiln.yaml --from-file list --join"), "# Source: loose\n");
    world_write(world, "repo/list", "loose\nbase\n");
    expect_contains(call(world, "build --all --from-file list --join"), "'base' is not one of the roots of --all");
}

static void the_results_are_printed_as_json(void **state)
{
    struct world *world = *state;
    plant(world);
    add_root(world, "bad", "resources: [missing.yaml]\n");
    struct slice said = call(world, "build bad alone -o out/ --format json 2>/dev/null");
    expect_contains(said,
                    "{\"schemaVersion\":1,\"roots\":[{\"path\":\"bad\",\"status\":\"failed\",\"diagnostics\":[{"
                    "\"severity\":\"error\",\"message\":\"cannot read 'missing.yaml': No such file or directory\"");
    expect_contains(said, "\"file\":\"bad/kustomization.yaml\",\"line\":1,\"column\":13,\"root\":\"bad\"");
    expect_contains(said,
                    "{\"path\":\"alone\",\"status\":\"built\",\"output\":\"out/alone.yaml\",\"objects\":1,\"bytes\":68,"
                    "\"sha256\":\"");
    expect_contains(said, "\"changed\":true}],\"built\":1,\"failed\":1,\"skipped\":0}\nstatus 1");
}

static void settings_of_a_root_do_not_affect_another(void **state)
{
    struct world *world = *state;
    plant(world);
    add_root(world, "old", "metadata: {annotations: {kiln.dev/name-hash: v4}}\nresources: [../base]\n");
    world_write(world, "repo/crd/schema.json",
                "{\"definitions\":{\"v1.W\":{\"properties\":{\"items\":{\"type\":\"array\",\"x-kubernetes-patch-"
                "strategy\":\"merge\","
                "\"x-kubernetes-patch-merge-key\":\"id\",\"items\":{\"type\":\"object\"}}},"
                "\"x-kubernetes-group-version-kind\":[{\"group\":\"e\",\"kind\":\"W\",\"version\":\"v1\"}]}}}");
    world_write(world, "repo/wbase/kustomization.yaml", "resources: [w.yaml]\n");
    world_write(world, "repo/wbase/w.yaml", "apiVersion: e/v1\nkind: W\nmetadata: {name: w}\nitems: [{id: a, x: 1}]\n");
    static const char patch[] =
        "patches: [{patch: '{apiVersion: e/v1, kind: W, metadata: {name: w}, items: [{id: b, x: 2}]}'}]\n";
    add_root(world, "keyed",
             arena_format(&world->arena, "openapi: {path: schema.json}\nresources: [../wbase]\n%s", patch).data);
    world_run(world, "cp repo/crd/schema.json repo/keyed/");
    add_root(world, "plain", arena_format(&world->arena, "resources: [../wbase]\n%s", patch).data);
    for (int jobs = 1; jobs <= 8; jobs += 7) {
        expect_text(call(world, arena_format(&world->arena, "build --all -o out/ -j%d", jobs).data), "status 0");
        expect_same(world, "old");
        expect_same(world, "dev");
        expect_same(world, "keyed");
        expect_same(world, "plain");
        world_run(world, "! cmp -s repo/out/keyed.yaml repo/out/plain.yaml && rm -r repo/out");
    }
}

// --- Interrupted builds, and changes meanwhile.

static const char helm_chart[] = "helmCharts: [{name: web, valuesInline: {a: 1}}]\n";

// A root with a chart. {W}/bin/helm runs the lines of `script` when it renders a chart.
static void add_chart_root(struct world *world, const char *root, const char *text, const char *script)
{
    add_root(world, root, arena_format(&world->arena, "%s%s", text, helm_chart).data);
    world_write(world, arena_format(&world->arena, "repo/%s/charts/web/Chart.yaml", root).data,
                "apiVersion: v2\nname: web\nversion: 1.0.0\n");
    world_write(world, arena_format(&world->arena, "repo/%s/charts/web/values.yaml", root).data, "b: 2\n");
    world_write_script(world, "bin/helm",
                       arena_format(&world->arena,
                                    "case $1 in version) echo v3.14.0; exit;; esac\n%s\n"
                                    "printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: chart\\n'\n",
                                    script)
                           .data);
    world_put_on_path(world, "bin");
}

static void expect_nothing_left(struct world *world)
{
    expect_text(world_run(world, "ls -A tmp; find repo -name '*kiln-[0-9a-f]*'"), "");
    // Programs that helm has started are gone, too. kiln has killed them, but a busy machine may take a while.
    // By then, another program may have the same process ID, so look at the command line, too.
    expect_text(world_run(world, "runs() { kill -0 $1 2>/dev/null && ! grep -qs 'State:.Z' /proc/$1/status &&\n"
                                 "{ [ ! -e /proc/$1/cmdline ] || grep -qsa 'sleep\\|helm' /proc/$1/cmdline; }; }\n"
                                 "for pid in $(cat pids); do n=0; while runs $pid && [ $n -lt 200 ]; do\n"
                                 "n=$((n + 1)); sleep 0.05; done; ! runs $pid || echo $pid runs; done"),
                "");
}

static void a_signal_stops_all_programs_and_leaves_complete_files(void **state)
{
    static const struct {
        const char *signal, *status;
        int number;
    } ends[] = {{"INT", "130", SIGINT}, {"TERM", "143", SIGTERM}, {"HUP", "129", SIGHUP}};
    struct world *world = *state;
    for (size_t i = 0; i < countof(ends); i++) {
        // If the tests run in the background, the signal may be ignored, and the program would inherit that.
        void (*before)(int) = signal(ends[i].number, SIG_DFL);
        world_run(world, "rm -rf repo pids");
        plant(world);
        call(world, "build alone dev prod -o out/");
        world_write(world, "repo/base/map.yaml", MAP("shared", "new"));
        add_chart_root(world, "held", "resources: [../base]\n",
                       arena_format(&world->arena, "sleep 60 & echo $! $$ >> {W}/pids; kill -%s $PPID; wait; sleep 60",
                                    ends[i].signal)
                           .data);
        world_run(world, "cp repo/out/prod.yaml old");
        // In this order, so that the test knows which have ended by then.
        const char *command = "build alone dev held prod --enable-helm -o out/ -j1";
        struct slice said = call(world, command);
        expect_text(said, arena_format(&world->arena, "status %s", ends[i].status).data);
        expect_same(world, "dev");
        expect_nothing_left(world);
        world_run(world, "cmp old repo/out/prod.yaml && test ! -e repo/out/held.yaml");
        // Several at once: each file is the old or the new one.
        add_chart_root(
            world, "more", "resources: [../base]\n",
            arena_format(&world->arena, "echo $$ >> {W}/pids; kill -%s $PPID; exec sleep 60", ends[i].signal).data);
        said = call(world, "build --all --enable-helm -o out/ -j8");
        expect_text(said, arena_format(&world->arena, "status %s", ends[i].status).data);
        expect_nothing_left(world);
        world_run(world, arena_format(&world->arena,
                                      "cd repo && %s build prod > ../new && cd out && "
                                      "{ cmp -s ../../old prod.yaml || cmp ../../new prod.yaml; } && "
                                      "test ! -e held.yaml && test ! -e more.yaml",
                                      test_program())
                             .data);
        // A joined stream is printed only when it is complete.
        expect_text(call(world, "build --all --enable-helm --join -j2"),
                    arena_format(&world->arena, "status %s", ends[i].status).data);
        expect_nothing_left(world);
        signal(ends[i].number, before);
    }
}

static void a_file_replaced_during_the_build_is_read_consistently(void **state)
{
    struct world *world = *state;
    plant(world);
    // The first root has already read the base when its chart is rendered.
    add_chart_root(world, "0", "resources: [../base]\n",
                   "sed s/v/w/ {W}/repo/base/map.yaml > {W}/map; mv {W}/map {W}/repo/base/map.yaml");
    expect_text(call(world, "build 0 dev prod --enable-helm -o out/ -j1"), "status 0");
    expect_text(world_run(world, "cat repo/out/*.yaml | grep '  key:' | sort | uniq -c | sed 's/^ *//'"), "3   key: v");
    // No root has read it before.
    plant(world);
    add_root(world, "0", helm_chart);
    expect_text(call(world, "build 0 dev prod --enable-helm -o out/ -j1"), "status 0");
    expect_text(world_run(world, "cat repo/out/*.yaml | grep '  key:' | sort | uniq -c | sed 's/^ *//'"), "2   key: w");
}

// Root can write everywhere, so this runs as another user.
static struct slice call_as_other(struct world *world, const char *lines)
{
    const char *become = geteuid() == 0 ? "setpriv --reuid 65534 --regid 65534 --clear-groups" : "env";
    struct slice can = world_run(
        world,
        arena_format(&world->arena, "%s '%s' version >/dev/null 2>&1 && echo yes; true", become, test_program()).data);
    if (!slice_equals(can, "yes"))
        test_skip("no other user can run kiln here");
    world_write(world, "lines",
                arena_format(&world->arena, "cd repo\nkiln() { '%s' \"$@\" 2>&1; echo \"status $?\"; }\n%s\n",
                             test_program(), lines)
                    .data);
    world_run(world, geteuid() == 0 ? "chown -R 65534:65534 ." : "true");
    return world_run(world, arena_format(&world->arena, "%s sh lines", become).data);
}

static void a_directory_that_accepts_no_files_is_left_alone(void **state)
{
    struct world *world = *state;
    plant(world);
    struct slice said = call_as_other(
        world, "kiln build alone prod -o out/; cp -r out ../before; rm -r alone/own.yaml\n"
               "printf 'configMapGenerator: [{name: new}]\\n' > alone/kustomization.yaml\n"
               "chmod 555 out; kiln build alone prod dev -o out/; chmod 755 out; diff -r out ../before && echo same\n"
               "chmod 555 .; kiln build alone -o new/ --all; chmod 755 .; ls -d new 2>/dev/null; ls ../tmp");
    expect_contains(said, "status 0\nkiln: cannot write 'out/");
    expect_contains(said, "out/alone.yaml': Permission denied");
    expect_contains(said, "out/dev.yaml': Permission denied");
    expect_contains(said, "3 roots: 1 built, 2 failed");
    expect_contains(said, "status 1\nsame\n");
    expect_contains(said, "cannot write 'new': Permission denied");
    assert_true(slice_ends_with(said, slice_literal("status 1")));
}

static void a_file_that_cannot_be_read_is_not_pruned(void **state)
{
    struct world *world = *state;
    plant(world);
    struct slice said = call_as_other(world,
                                      "kiln build alone dev prod -o out/; rm -r dev alone; chmod 000 out/dev.yaml\n"
                                      "kiln build --all -o out/ --prune-output; ls out; chmod 644 out/dev.yaml\n"
                                      "kiln build --all -o out/ --prune-output; ls out");
    expect_text(said, "status 0\nkiln: cannot read 'dev.yaml': Permission denied\nstatus 1\ndev.yaml\nprod.yaml\n"
                      "status 0\nprod.yaml");
}

static void two_runs_for_one_directory_take_turns(void **state)
{
    struct world *world = *state;
    plant(world);
    world_run(world, "mkdir repo/out");
    // The second one starts while the first one holds the directory, and writes to its manifest afterwards.
    add_chart_root(world, "0", "resources: [../base]\n",
                   arena_format(&world->arena,
                                "(cd {W}/repo; '%s' build alone prod -o out/ > {W}/said 2>&1; echo $? >> {W}/said) "
                                ">/dev/null 2>&1 </dev/null &",
                                test_program())
                       .data);
    expect_text(call(world, "build 0 dev --enable-helm -o out/ -j1"), "status 0");
    world_run(world, "n=0; while [ ! -s said ] && [ $n -lt 500 ]; do n=$((n + 1)); sleep 0.02; done");
    expect_text(world_read(world, "said"), "0\n");
    expect_text(world_run(world, "cut -c 67- repo/out/.kiln-manifest | sed 1d"),
                "0.yaml\nalone.yaml\ndev.yaml\nprod.yaml");
}

// --- Progress messages.

static void on_a_terminal_each_root_has_a_line(void **state)
{
    struct world *world = *state;
    plant(world);
    add_root(world, "bad", "resources: [missing.yaml]\n");
    if (world_run(world, "python3 -c 'import pty' 2>/dev/null || echo no").length)
        test_skip("there is no python3");
    static const char program[] = "import os, pty, sys\nsys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))\n";
    world_write(world, "terminal.py", program);
    struct slice said = world_run(
        world,
        arena_format(&world->arena, "cd repo && python3 ../terminal.py %s build --all -o out/ -j1 </dev/null; echo $?",
                     test_program())
            .data);
    expect_contains(said, "[1/4] built alone\r\n[2/4] failed bad\r\n[3/4] built dev\r\n[4/4] built prod\r\n");
    expect_contains(said, "4 roots: 3 built, 1 failed, 3 changed, 0 unchanged, 5 resources");
    expect_contains(said, "bad/kustomization.yaml:1:13: ");
    // Successful roots print nothing to a pipe.
    world_run(world, "rm -r repo/bad");
    expect_text(call(world, "build --all -o out2/ -j1"), "status 0");
}

// --- Memory use.

#ifdef ARENA_SANITIZED

static void a_thousand_roots_take_little_more_memory_than_the_largest(void **state)
{
    (void)state;
    test_skip("a sanitizer takes memory of its own");
}

#else

// The program waits until its output is read: 200 KB are more than a pipe holds.
static long peak_kilobytes(struct world *world, const char *arguments)
{
    struct slice peak = world_run(
        world,
        arena_format(&world->arena,
                     "cd repo && rm -f ../pipe && mkfifo ../pipe && { '%s' %s > ../pipe & } && exec 3< ../pipe && "
                     "head -c 1 <&3 >/dev/null && sed -n 's/^VmHWM:[^0-9]*//p' /proc/$!/status && cat <&3 >/dev/null",
                     test_program(), arguments)
            .data);
    return strtol(peak.data, NULL, 10);
}

static void a_thousand_roots_take_little_more_memory_than_the_largest(void **state)
{
    enum { ROOTS = 1000, OBJECTS = 250 };
    struct world *world = *state;
    struct buffer all = {0};
    if (world_run(world, "grep -l VmHWM /proc/self/status || true").length == 0)
        test_skip("the system does not say how much memory a process has taken");
    for (int i = 0; i < OBJECTS; i++)
        buffer_add_format(&all, "%sapiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map-%d\ndata:\n  key: x%0*d\n",
                          i ? "---\n" : "", i, 800, 1);
    buffer_add_byte(&all, '\0');
    for (int base = 0; base < 4; base++) {
        add_root(world, arena_format(&world->arena, "base%d", base).data, "resources: [all.yaml]\n");
        world_write(world, arena_format(&world->arena, "repo/base%d/all.yaml", base).data, all.data);
    }
    for (int i = 0; i < ROOTS; i++)
        add_root(world, arena_format(&world->arena, "roots/r%03d", i).data,
                 arena_format(&world->arena, "resources: [../../base%d]\nnamePrefix: r%d-\n", i % 4, i).data);
    buffer_free(&all);
    long one = peak_kilobytes(world, "build roots/r000");
    long together = peak_kilobytes(world, "build --all -o out/ --format json -j8");
    assert_true(one > 1000);
    assert_true(together <= 3 * one + 64 * 1024);
}

#endif

// --- Remote bases.

static void a_remote_base_is_refused_without_the_network(void **state)
{
    struct world *world = *state;
    add_root(world, "a", "resources: ['https://example.invalid/x.yaml']\n");
    add_root(world, "b", "resources: ['git@example.invalid:org/repo//d']\n");
    add_root(world, "c", "helmCharts: [{name: web, repo: 'https://charts.example.invalid', version: 1.0.0}]\n");
    world_write_script(world, "bin/git", "touch {W}/called\nexit 1\n");
    world_write_script(world, "bin/curl", "touch {W}/called\nexit 1\n");
    world_write_script(world, "bin/helm", "case $1 in version) echo v3.14.0;; *) touch {W}/called; exit 1;; esac\n");
    world_put_on_path(world, "bin");
    expect_call(world, "build a --no-remote",
                "a/kustomization.yaml:1:13: cannot fetch 'https://example.invalid/x.yaml': remote access is disabled "
                "for this build");
    expect_call(world, "build b --no-remote",
                "cannot fetch 'git@example.invalid:org/repo//d': remote access is disabled for this build");
    expect_call(world, "build c --no-remote --enable-helm",
                "cannot fetch 'https://charts.example.invalid': remote access is disabled for this build");
    expect_call(world, "build 'https://example.invalid/org/repo//d' --no-remote",
                "remote access is disabled for this build");
    assert_false(world_has(world, "called"));
}

static const char *replaced(struct arena *arena, const char *format, const char *text)
{
    const char *at = strstr(format, "%s");
    return arena_format(arena, "%.*s%s%s", (int)(at - format), format, text, at + 2).data;
}

static void no_kind_of_url_is_fetched_without_the_network(void **state)
{
    static const char *const urls[] = {
        "https://example.invalid/x.yaml",
        "http://127.0.0.1:1/x.yaml",
        "https://github.com/org/repo//d?ref=v1",
        "github.com/org/repo//d",
        "git@github.com:org/repo//d",
        "ssh://git@github.com/org/repo//d",
        "git::https://example.invalid/org/repo//d",
        "git::ssh://git@h/org/repo",
        "https://example.invalid/repo.git//d",
        "file://{W}/base//d",
        "org-12345@github.com:org/repo",
        "https://dev.azure.com/o/p/_git/repo//d?version=1",
        "git@ssh.dev.azure.com:v3/o/p/repo",
        "user@host:path/repo.git",
        "git://example.invalid/repo.git",
        "example.invalid/org/repo.git",
        "ext::sh -c true",
        "HTTPS://EXAMPLE.INVALID/x.yaml",
        "oci://example.invalid/x",
    };
    static const char *const fields[] = {
        "resources: ['%s']\n",
        "bases: ['%s']\n",
        "components: ['%s']\n",
        "crds: ['%s']\n",
        "configurations: ['%s']\n",
        "openapi: {path: '%s'}\n",
        "generators: ['%s']\n",
        "transformers: ['%s']\n",
        "validators: ['%s']\n",
        "patches: [{path: '%s'}]\n",
        "patchesStrategicMerge: ['%s']\n",
        "replacements: [{path: '%s'}]\n",
        "configMapGenerator: [{name: a, files: ['%s']}]\n",
        "configMapGenerator: [{name: a, envs: ['%s']}]\n",
        "helmCharts: [{name: web, repo: '%s', version: 1.0.0}]\n",
        "helmCharts: [{name: web, repo: 'https://c.invalid', version: 1.0.0, valuesFile: '%s'}]\n",
    };
    struct world *world = *state;
    for (size_t i = 0; i < countof(fields); i++)
        for (size_t k = 0; k < countof(urls); k++)
            add_root(world, arena_format(&world->arena, "r%zu-%zu", i, k).data,
                     replaced(&world->arena, fields[i], urls[k]));
    world_write(world, "base/d/kustomization.yaml", "configMapGenerator: [{name: a}]\n");
    world_commit(world, "base");
    static const char *const programs[] = {"git", "curl", "ssh", "docker", "podman"};
    for (size_t i = 0; i < countof(programs); i++)
        world_write_script(world, arena_format(&world->arena, "bin/%s", programs[i]).data,
                           "touch {W}/called\nexit 1\n");
    world_write_script(world, "bin/helm",
                       "#!/bin/sh\ncase $1 in version) echo v3.14.0;; *) touch {W}/called; exit 1;; esac\n");
    world_put_on_path(world, "bin");
    struct slice said = call(world, "build 'r*' --no-remote --enable-helm -o out/ --verbose");
    expect_contains(said, "304 roots: 0 built, 304 failed");
    assert_false(world_has(world, "called"));
    if (world_run(world, "strace -o /dev/null -e trace=socket true 2>/dev/null && echo yes || true").length == 0)
        test_skip("there is no strace");
    world_run(world, arena_format(&world->arena,
                                  "cd repo && strace -f -o ../trace -e trace=socket,connect,execve '%s' build 'r*' "
                                  "--no-remote --enable-helm -o out/ 2>/dev/null || true",
                                  test_program())
                         .data);
    expect_text(world_run(world,
                          "grep -e 'socket(' -e 'connect(' trace; sed -n 's/.*execve(\"\\([^\"]*\\)\".*/\\1/p' trace | "
                          "sed 's|.*/||' | sort -u"),
                "helm\nkiln");
}

static const struct CMUnitTest tests[] = {
    world_test(each_directory_is_a_separate_build),
    world_test(several_directories_need_an_output),
    world_test(a_pattern_means_several_roots_even_if_one_matches),
    world_test(a_depfile_of_all_roots_comes_before_their_outputs),
    world_test(a_depfile_is_only_written_with_its_output),
    world_test(a_pattern_skips_components),
    world_test(as_kustomize_only_one_directory_is_accepted),
    world_test(all_finds_roots_but_not_bases_and_components),
    world_test(all_finds_roots_that_git_does_not_ignore),
    world_test(the_configuration_adds_and_removes_roots_and_sets_flags),
    world_test(a_list_selects_the_roots),
    world_test(a_root_named_twice_is_built_once),
    world_test(joined_streams_keep_the_order_of_the_arguments),
    world_test(a_cache_limit_does_not_change_the_output),
    world_test(a_failed_root_does_not_stop_the_others_and_its_old_file_stays),
    world_test(each_root_reports_all_its_errors_up_to_a_limit),
    world_test(a_message_about_a_shared_base_is_printed_once_with_its_roots),
    world_test(a_message_about_the_end_of_a_build_names_the_root),
    world_test(unchanged_files_are_not_written_again),
    world_test(roots_without_an_output_path_are_refused_before_anything_is_written),
    world_test(a_link_in_the_directory_is_replaced),
    world_test(obsolete_output_is_pruned),
    world_test(a_root_that_fails_keeps_its_file_when_output_is_pruned),
    world_test(objects_of_several_roots_go_to_separate_files),
    world_test(a_list_chooses_from_all_roots),
    world_test(the_results_are_printed_as_json),
    world_test(settings_of_a_root_do_not_affect_another),
    world_test(a_signal_stops_all_programs_and_leaves_complete_files),
    world_test(a_file_replaced_during_the_build_is_read_consistently),
    world_test(a_directory_that_accepts_no_files_is_left_alone),
    world_test(a_file_that_cannot_be_read_is_not_pruned),
    world_test(two_runs_for_one_directory_take_turns),
    world_test(on_a_terminal_each_root_has_a_line),
    world_test(a_thousand_roots_take_little_more_memory_than_the_largest),
    world_test(no_kind_of_url_is_fetched_without_the_network),
    world_test(a_remote_base_is_refused_without_the_network),
};

int test_many(void)
{
    return cmocka_run_group_tests_name("many", tests, NULL, NULL);
}
