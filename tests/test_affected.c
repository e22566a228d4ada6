// `kiln affected` from outside, in real repositories.
#include <signal.h>

#include "tests/world.h"

#define GIT "git -c user.name=a -c user.email=a@example.com -c protocol.file.allow=always "
#define COMMIT "git add -A && " GIT "commit -q -m change"
#define COMPONENT "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
#define MAP "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map\n"

static void write_in(struct world *world, const char *path, const char *text)
{
    world_write(world, arena_format(&world->arena, "repo/%s", path).data, text);
}

static struct slice in_repository(struct world *world, const char *command)
{
    return world_run(world, arena_format(&world->arena, "cd repo && %s", command).data);
}

static void commit(struct world *world)
{
    in_repository(world, COMMIT);
}

// Two overlays of a base, one of them with a component.
static struct world *repository(void **state)
{
    struct world *world = *state;
    world_run(world, arena_format(&world->arena, "mkdir -p bin && ln -s '%s' bin/kiln && %s init -q -b main repo",
                                  test_program(), GIT)
                         .data);
    world_put_on_path(world, "bin");
    write_in(world, "base/kustomization.yaml", "resources: [deploy.yaml, old.yaml]\n");
    write_in(world, "base/deploy.yaml", DEPLOYMENT("web"));
    write_in(world, "base/old.yaml", SERVICE("web"));
    write_in(world, "part/kustomization.yaml", COMPONENT "patches: [{path: patch.yaml}]\n");
    write_in(world, "part/patch.yaml", DEPLOYMENT("web"));
    write_in(world, "prod/kustomization.yaml",
             "resources: [../base]\ncomponents: [../part]\npatches: [{path: patch.yaml}]\n");
    write_in(world, "prod/patch.yaml", DEPLOYMENT("web"));
    write_in(world, "dev/kustomization.yaml", "resources: [../base]\n");
    write_in(world, "README.md", "read me\n");
    commit(world);
    return world;
}

// The output of `kiln affected` on both streams, and its status unless that is 0.
static struct slice call(struct world *world, const char *arguments)
{
    return in_repository(world,
                         arena_format(&world->arena, "{ kiln affected %s 2>&1 || echo status $?; }", arguments).data);
}

// Expects these roots, printed on one line.
static void expect_roots_of(struct world *world, const char *arguments, const char *roots)
{
    struct slice line = in_repository(
        world, arena_format(&world->arena, "kiln affected --format paths %s | tr '\\n' ' '", arguments).data);
    expect_text(slice_trim(line, " "), roots);
}

static void expect_roots(struct world *world, const char *roots)
{
    expect_roots_of(world, "", roots);
}

// --- What a change reaches.

static void a_file_of_a_base_affects_its_overlays(void **state)
{
    struct world *world = repository(state);
    write_in(world, "base/deploy.yaml", DEPLOYMENT("other"));
    expect_roots(world, "dev prod");
}

static void a_file_of_an_overlay_affects_only_that_overlay(void **state)
{
    struct world *world = repository(state);
    write_in(world, "prod/patch.yaml", DEPLOYMENT("other"));
    expect_roots(world, "prod");
}

static void an_unused_file_affects_no_root(void **state)
{
    struct world *world = repository(state);
    write_in(world, "README.md", "other\n");
    write_in(world, "prod/README.md", "new\n");
    expect_text(call(world, ""), "");
    expect_text(call(world, "--why"), "");
    expect_contains(call(world, "--format json"), "\"roots\":[]");
}

static void a_file_of_a_component_affects_its_users(void **state)
{
    struct world *world = repository(state);
    write_in(world, "part/patch.yaml", DEPLOYMENT("other"));
    expect_roots(world, "prod");
    expect_text(call(world, "--why"), "prod    part/patch.yaml ← part ← prod\n1 of 2 roots, from 1 changed file");
}

static void a_file_and_its_entry_are_deleted(void **state)
{
    struct world *world = repository(state);
    write_in(world, "base/kustomization.yaml", "resources: [deploy.yaml]\n");
    in_repository(world, "rm base/old.yaml");
    expect_roots(world, "dev prod");
    struct slice why = call(world, "--why");
    expect_contains(why, "dev     (removed) base/old.yaml ← base ← dev\n");
    expect_contains(call(world, "--format json"),
                    "{\"file\":\"base/old.yaml\",\"status\":\"removed\",\"via\":[{\"kustomization\":"
                    "\"base/kustomization.yaml\",\"line\":1,\"field\":\"resources[1]\",\"removed\":true},");
}

static void a_base_is_renamed(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "git mv base base2 && sed -i s,../base,../base2, */kustomization.yaml");
    expect_roots(world, "dev prod");
    expect_roots_of(world, "--staged", "base2 dev prod");
    commit(world);
    expect_roots_of(world, "--between HEAD~1 HEAD", "dev prod");
}

static void a_file_is_added_that_was_already_listed(void **state)
{
    struct world *world = repository(state);
    write_in(world, "alone/kustomization.yaml", "resources: [later.yaml]\n");
    commit(world);
    expect_roots(world, "");
    write_in(world, "alone/later.yaml", MAP);
    expect_roots(world, "alone");
    expect_contains(call(world, "--why"), "(added) alone/later.yaml ← alone\n");
}

static void a_directory_is_added_that_was_already_listed(void **state)
{
    struct world *world = repository(state);
    write_in(world, "alone/kustomization.yaml", "resources: [../later]\n");
    commit(world);
    write_in(world, "later/kustomization.yaml", "resources: []\n");
    expect_roots(world, "alone");
}

static void a_broken_kustomization_elsewhere_changes_nothing(void **state)
{
    struct world *world = repository(state);
    write_in(world, "broken/kustomization.yaml", "resources: [\n");
    commit(world);
    write_in(world, "prod/patch.yaml", DEPLOYMENT("other"));
    expect_roots_of(world, "2>errors", "prod");
    expect_contains(in_repository(world, "cat errors"), "kiln: broken/kustomization.yaml:1: cannot be read: ");
    expect_text(in_repository(world, "wc -l <errors"), "1");
}

static void a_broken_kustomization_affects_its_users(void **state)
{
    struct world *world = repository(state);
    write_in(world, "base/kustomization.yaml", "resources: [\n");
    expect_roots_of(world, "2>errors", "dev prod");
    expect_contains(call(world, "--format json"), "\"unparsed\":[{\"file\":\"base/kustomization.yaml\",\"line\":1,");
    // What it referred to before it broke still counts.
    commit(world);
    write_in(world, "base/deploy.yaml", DEPLOYMENT("other"));
    expect_roots_of(world, "--since HEAD~1 2>errors", "dev prod");
}

static void a_template_is_listed_as_unparsed(void **state)
{
    struct world *world = repository(state);
    write_in(world, "template/kustomization.yaml", "resources:\n{% for x in y %}\n- a.yaml\n{% endfor %}\n");
    expect_roots_of(world, "2>errors", "template");
    expect_contains(call(world, "--format json"),
                    "\"unparsed\":[{\"file\":\"template/kustomization.yaml\",\"line\":2,");
}

static void a_file_of_a_plugin_affects_its_root(void **state)
{
    struct world *world = repository(state);
    write_in(world, "chart/kustomization.yaml", "generators: [generator.yaml]\n");
    write_in(world, "chart/generator.yaml",
             "apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: c}\nname: foo\n"
             "valuesFile: values.yaml\n");
    write_in(world, "chart/values.yaml", "a: 1\n");
    write_in(world, "inline/kustomization.yaml",
             "transformers:\n- |-\n  apiVersion: builtin\n  kind: PatchTransformer\n  metadata: {name: p}\n"
             "  path: patch.yaml\n");
    write_in(world, "inline/patch.yaml", MAP);
    write_in(world, "plugins/kustomization.yaml", "resources: [more.yaml]\n");
    write_in(world, "plugins/more.yaml",
             "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: m}\nfiles: [k=data.txt]\n");
    write_in(world, "user/kustomization.yaml", "generators: [../plugins]\n");
    write_in(world, "user/data.txt", "a\n");
    commit(world);
    write_in(world, "chart/values.yaml", "a: 2\n");
    write_in(world, "inline/patch.yaml", MAP "data: {a: b}\n");
    write_in(world, "user/data.txt", "b\n");
    expect_roots(world, "chart inline user");
    struct slice json = call(world, "--format json");
    expect_contains(json, "\"kustomization\":\"chart/generator.yaml\",\"line\":5,\"field\":\"valuesFile\"");
    expect_contains(json, "\"kustomization\":\"inline/kustomization.yaml\",\"line\":6,\"field\":\"path\"");
    expect_contains(json, "\"kustomization\":\"plugins/more.yaml\",\"line\":4,\"field\":\"files[0]\"");
}

static void a_file_deep_in_a_chart_affects_its_root(void **state)
{
    struct world *world = repository(state);
    write_in(world, "chart/kustomization.yaml", "helmCharts: [{name: foo}]\n");
    write_in(world, "chart/charts/foo/templates/deep/web.yaml", MAP);
    write_in(world, "chart/charts/bar/templates/web.yaml", MAP);
    commit(world);
    write_in(world, "chart/charts/bar/templates/web.yaml", "a: 1\n");
    expect_roots(world, "");
    write_in(world, "chart/charts/foo/templates/deep/web.yaml", "a: 1\n");
    expect_roots(world, "chart");
    expect_contains(call(world, "--why"), "chart    chart/charts/foo/templates/deep/web.yaml ← chart\n");
}

static void a_second_kustomization_file_affects_users_of_the_directory(void **state)
{
    struct world *world = repository(state);
    write_in(world, "base/Kustomization", "resources: []\n");
    expect_roots(world, "dev prod");
    expect_contains(call(world, "--why"), "(added) base/Kustomization ← base ← dev\n");
}

static void the_target_of_a_link_affects_users_of_the_link(void **state)
{
    struct world *world = repository(state);
    write_in(world, "shared.yaml", MAP);
    write_in(world, "linked/kustomization.yaml", "resources: [shared.yaml, ../to-base]\n");
    in_repository(world, "ln -s ../shared.yaml linked/shared.yaml && ln -s base to-base");
    commit(world);
    write_in(world, "shared.yaml", MAP "data: {a: b}\n");
    expect_roots(world, "linked");
    expect_text(call(world, "--why"),
                "linked    shared.yaml ← linked/shared.yaml ← linked\n1 of 3 roots, from 1 changed file");
    in_repository(world, "git checkout -q . && ln -sf ../README.md linked/shared.yaml");
    expect_roots(world, "linked");
    in_repository(world, "git checkout -q . && ln -sfn part to-base");
    expect_roots(world, "linked");
    in_repository(world, "git checkout -q .");
    write_in(world, "base/deploy.yaml", DEPLOYMENT("other"));
    expect_roots(world, "dev linked prod");
    commit(world);
    expect_roots_of(world, "--between HEAD~1 HEAD", "dev linked prod");
}

static void a_submodule_affects_users_of_paths_in_it(void **state)
{
    struct world *world = repository(state);
    world_run(world, GIT "init -q -b main shared");
    world_write(world, "shared/deep/kustomization.yaml", "resources: [service.yaml]\n");
    world_write(world, "shared/deep/service.yaml", SERVICE("one"));
    world_run(world, "cd shared && " COMMIT);
    write_in(world, "user/kustomization.yaml", "resources: [../sub/deep]\n");
    in_repository(world, GIT "submodule --quiet add ../shared sub && " COMMIT);
    expect_roots(world, "");
    in_repository(world, "echo '#' >>sub/deep/service.yaml");
    expect_roots(world, "user");
    in_repository(world, "cd sub && " GIT "commit -q -a -m two");
    expect_roots(world, "user");
    commit(world);
    expect_roots(world, "");
    expect_roots_of(world, "--between HEAD~1 HEAD", "user");
    in_repository(world, "rm -rf sub && mkdir sub");
    expect_roots_of(world, "--between HEAD~1 HEAD", "user");
}

static void case_is_ignored_if_git_ignores_it(void **state)
{
    struct world *world = repository(state);
    write_in(world, "Upper/kustomization.yaml", "resources: [../Base/Deploy.yaml]\n");
    write_in(world, "chart/kustomization.yaml", "helmCharts: [{name: foo}]\n");
    write_in(world, "chart/Charts/Foo/values.yaml", "a: 1\n");
    commit(world);
    write_in(world, "base/deploy.yaml", DEPLOYMENT("other"));
    write_in(world, "chart/Charts/Foo/values.yaml", "a: 2\n");
    expect_roots(world, "dev prod");
    in_repository(world, "git config core.ignorecase true");
    expect_roots(world, "Upper chart dev prod");
}

static void two_roots_share_a_file_above_them(void **state)
{
    struct world *world = repository(state);
    write_in(world, "a/kustomization.yaml", "resources: [../shared.yaml]\n");
    write_in(world, "b/kustomization.yaml", "resources: [../shared.yaml]\n");
    write_in(world, "shared.yaml", MAP);
    commit(world);
    write_in(world, "shared.yaml", MAP "data: {a: b}\n");
    expect_roots(world, "a b");
}

static void a_program_may_read_anything_below_its_kustomization(void **state)
{
    struct world *world = repository(state);
    write_in(world, "exec/kustomization.yaml", "generators: [plugin.yaml]\n");
    write_in(world, "exec/plugin.yaml", "apiVersion: example.com/v1\nkind: Tool\nmetadata: {name: t}\n");
    write_in(world, "exec/deep/data.txt", "a\n");
    commit(world);
    write_in(world, "exec/deep/data.txt", "b\n");
    expect_roots(world, "exec");
    struct slice json = call(world, "--format json");
    expect_contains(json, "\"certainty\":\"possible\"");
    expect_contains(json, "\"unknown\":[{\"root\":\"exec\",\"why\":\"the plugin 'Tool' may read any file\"}]");
    struct slice why = call(world, "--why");
    expect_contains(why, "exec    exec/deep/data.txt ← exec (possibly)\n");
    expect_contains(why, "unknown: exec: the plugin 'Tool'");
}

static void a_branch_of_a_remote_base_is_unknown(void **state)
{
    struct world *world = repository(state);
    write_in(world, "remote/kustomization.yaml",
             "resources:\n- https://github.com/org/a//base?ref=main\n- https://github.com/org/b?ref=v1.2.3\n"
             "- github.com/org/c?ref=0123456789abcdef0123456789abcdef01234567\n");
    commit(world);
    struct slice json = call(world, "--format json");
    expect_contains(
        json, "\"root\":\"remote\",\"why\":\"the content of 'https://github.com/org/a//base?ref=main' may change");
    expect_absent(json, "org/b");
    expect_absent(json, "org/c");
}

static void settings_of_the_repository_affect_all_roots(void **state)
{
    struct world *world = repository(state);
    write_in(world, ".kiln.yaml", "nameHash: v4\n");
    expect_roots(world, "dev prod");
    expect_contains(call(world, "--why"), "dev     (added) .kiln.yaml ← dev\n");
    commit(world);
    write_in(world, ".kiln.yaml", "nameHash: v4\nroots: [base]\n");
    expect_roots(world, "base");
    expect_contains(call(world, "--format json"), "\"newRoots\":[\"base\"]");
    write_in(world, ".kiln.yaml", "nameHash: v4\nnotRoots: [dev]\n");
    expect_roots(world, "");
    expect_contains(call(world, "--format json"), "\"removedRoots\":[\"dev\"]");
    write_in(world, ".kiln.yaml", "nameHash: v4\nrootFlags: [{match: 'p*', enableHelm: true}]\n");
    expect_roots(world, "prod");
    write_in(world, ".kiln.yaml", "nameHash: [\n");
    expect_roots(world, "dev prod");
}

static void settings_reached_by_a_link_affect_all_roots(void **state)
{
    struct world *world = repository(state);
    write_in(world, "settings/kiln.yaml", "nameHash: v4\n");
    in_repository(world, "ln -s settings/kiln.yaml .kiln.yaml");
    commit(world);
    expect_roots(world, "");
    write_in(world, "settings/kiln.yaml", "nameHash: v3\n");
    expect_roots(world, "dev prod");
}

static void plugin_programs_affect_their_roots(void **state)
{
    struct world *world = repository(state);
    write_in(world, "exec/kustomization.yaml", "generators: [plugin.yaml]\n");
    write_in(world, "exec/plugin.yaml", "apiVersion: example.com/v1\nkind: Tool\nmetadata: {name: t}\n");
    write_in(world, "plugins/example.com/v1/tool/Tool", "#!/bin/sh\n");
    write_in(world, "call/kustomization.yaml", "transformers: [function.yaml]\n");
    write_in(world, "call/function.yaml",
             "apiVersion: example.com/v1\nkind: Call\nmetadata:\n  name: c\n  annotations:\n"
             "    config.kubernetes.io/function: \"exec: {path: ../tools/call.sh}\"\n");
    write_in(world, "tools/call.sh", "#!/bin/sh\n");
    commit(world);
    write_in(world, "tools/call.sh", "#!/bin/sh\ncat\n");
    expect_roots(world, "call");
    write_in(world, "plugins/example.com/v1/tool/Tool", "#!/bin/sh\ncat\n");
    expect_roots(world, "call");
    expect_text(in_repository(world, "KUSTOMIZE_PLUGIN_HOME=$PWD/plugins kiln affected"), "call\nexec");
}

static void directories_of_objects_may_list_themselves(void **state)
{
    struct world *world = repository(state);
    write_in(world, "self/kustomization.yaml", "resources: [../turn]\ngenerators: [., ../turn]\n");
    write_in(world, "turn/kustomization.yaml",
             "resources: [../self, ../turn, a, b]\ntransformers: [../self, ../turn, a]\n");
    write_in(world, "turn/a/kustomization.yaml", "resources: [../b, ..]\ngenerators: [.., ../b]\n");
    write_in(world, "turn/b/kustomization.yaml", "resources: [../a, ..]\ngenerators: [.., ../a]\nnamePrefix: x\n");
    commit(world);
    write_in(world, "turn/b/kustomization.yaml", "resources: [../a, ..]\ngenerators: [.., ../a]\nnamePrefix: y\n");
    expect_roots_of(world, "--all-kustomizations", "self turn turn/a turn/b");
}

// --- Roots that come and go.

static void a_new_overlay_is_a_new_root(void **state)
{
    struct world *world = repository(state);
    write_in(world, "test/kustomization.yaml", "resources: [../base]\n");
    expect_roots(world, "test");
    expect_contains(call(world, "--format json"), "\"newRoots\":[\"test\"]");
}

static void an_unused_cycle_consists_of_roots(void **state)
{
    struct world *world = repository(state);
    write_in(world, "a/kustomization.yaml", "resources: [deploy.yaml]\n");
    write_in(world, "a/deploy.yaml", DEPLOYMENT("web"));
    write_in(world, "b/kustomization.yaml", "resources: [../a]\n");
    write_in(world, "below/kustomization.yaml", "resources: []\n");
    commit(world);
    expect_roots_of(world, "--all", "b below dev prod");
    in_repository(world, "kiln build --all -o out/ && echo out >.gitignore");
    commit(world);
    write_in(world, "a/kustomization.yaml", "resources: [deploy.yaml, ../b, ../below]\n");
    expect_roots(world, "a b");
    // Kustomizations in a cycle are not roots, but they are not forgotten, either.
    expect_roots_of(world, "--all", "a b dev prod");
    expect_contains(call(world, "--build"), "2 roots: 0 built, 2 failed");
    expect_contains(in_repository(world, "kiln build --all -o out/ --prune-output 2>&1 || echo status $?"), "status 1");
    in_repository(world, "kiln build --since HEAD -o out/ --prune-output 2>/dev/null || true");
    expect_text(in_repository(world, "ls out"), "b.yaml\ndev.yaml\nprod.yaml");
    // If something outside refers to it, it is built with that.
    write_in(world, "c/kustomization.yaml", "resources: [../a]\n");
    expect_roots_of(world, "--all", "c dev prod");
}

static void a_dangling_kustomization_link_is_a_root(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "kiln build --all -o out/ && echo out >.gitignore && mkdir lost");
    commit(world);
    in_repository(world, "ln -s nowhere.yaml lost/kustomization.yaml");
    expect_roots_of(world, "2>errors", "lost");
    expect_text(in_repository(world, "cat errors"),
                "kiln: lost/kustomization.yaml: cannot be read: the link leads to nothing");
    expect_contains(call(world, "--build"), "1 root: 0 built, 1 failed");
    in_repository(world, "ln -sf nowhere.yaml dev/kustomization.yaml");
    expect_roots_of(world, "2>errors", "dev lost");
    expect_contains(in_repository(world, "kiln build --all -o out/ --prune-output 2>&1 || echo status $?"),
                    "3 roots: 1 built, 2 failed");
    in_repository(world, "kiln build --since HEAD -o out/ --prune-output 2>/dev/null || true");
    expect_text(in_repository(world, "ls out"), "dev.yaml\nprod.yaml");
    expect_contains(in_repository(world, "kiln build '*o*' -o more/ 2>&1 || echo status $?"),
                    "2 roots: 1 built, 1 failed");
    commit(world);
    expect_roots_of(world, "2>errors", "");
    write_in(world, "lost/nowhere.yaml", "resources: []\n");
    expect_roots_of(world, "2>errors", "lost");
    // A directory with this name isn't a kustomization, even through a link.
    in_repository(world, "rm lost/nowhere.yaml && mkdir lost/nowhere.yaml && echo >lost/nowhere.yaml/a");
    expect_roots_of(world, "--all 2>errors", "dev prod");
    // The same without a repository.
    in_repository(world, "rm -rf .git lost/nowhere.yaml");
    expect_roots_of(world, "--all dev/kustomization.yaml 2>errors", "dev lost prod");
}

static void only_directories_without_a_kustomization_are_pruned(void **state)
{
    struct world *world = repository(state);
    write_in(world, "prod/eu/kustomization.yaml", "resources: [../../base]\n");
    write_in(world, "old/prod/kustomization.yaml", "resources: [../../base]\n");
    write_in(world, ".gitignore", "out\n");
    commit(world);
    in_repository(world, "kiln build --all -o out/ --output-layout 'x/{root}/{kind}-{name}.yaml'");
    in_repository(world,
                  "git rm -q prod/kustomization.yaml && "
                  "kiln build --since HEAD -o out/ --output-layout 'x/{root}/{kind}-{name}.yaml' --prune-output");
    expect_text(in_repository(world, "cd out && find . -name 'deploy*' | sort"),
                "./x/dev/deployment-web.yaml\n./x/old/prod/deployment-web.yaml\n./x/prod/eu/deployment-web.yaml");
    // A base that was a root still has its kustomization.
    commit(world);
    write_in(world, "new/kustomization.yaml", "resources: [../dev]\n");
    in_repository(world,
                  "kiln build --since HEAD -o out/ --output-layout 'x/{root}/{kind}-{name}.yaml' --prune-output");
    expect_text(in_repository(world, "ls out/x"), "dev\nnew\nold\nprod");
}

static void a_deleted_overlay_is_a_removed_root(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "rm -r prod");
    expect_roots(world, "");
    expect_contains(call(world, "--format json"), "\"removedRoots\":[\"prod\"],\"newRoots\":[]");
    expect_text(call(world, ""), "no longer a root: prod\n0 of 1 root, from 2 changed files");
    expect_contains(call(world, "--build"), "0 roots: 0 built, 0 failed, 0 resources");
    in_repository(world, "rm -r dev");
    // Nothing refers to the base anymore.
    expect_roots(world, "base");
    expect_contains(call(world, "--why"), "base    (removed) ");
}

// --- Which change is examined.

static void staged_changes_are_read_from_the_index(void **state)
{
    struct world *world = repository(state);
    write_in(world, "prod/patch.yaml", DEPLOYMENT("other"));
    expect_roots_of(world, "--staged", "");
    in_repository(world, "git add -A");
    expect_roots_of(world, "--staged", "prod");
    // The kustomization in the index refers to a file that the one in the work tree doesn't.
    in_repository(world, "git reset -q --hard");
    write_in(world, "dev/kustomization.yaml", "resources: [../base, extra.yaml]\n");
    in_repository(world, "git add -A");
    write_in(world, "dev/kustomization.yaml", "resources: []\n");
    write_in(world, "dev/extra.yaml", MAP);
    in_repository(world, "git add dev/extra.yaml && git commit -q -m extra dev/extra.yaml 2>/dev/null || true");
    expect_roots_of(world, "--staged", "dev");
    struct slice build = call(world, "--staged --build");
    expect_contains(build, "1 root: ");
}

static void changes_only_in_the_work_tree_are_reported(void **state)
{
    struct world *world = repository(state);
    write_in(world, "dev/kustomization.yaml", "resources: [../base, extra.yaml, ../new]\n");
    in_repository(world, "git add -A");
    write_in(world, "dev/extra.yaml", MAP);
    expect_contains(
        call(world, "--staged --build"),
        "cannot read 'extra.yaml': it is not in Git's index; if it holds no secrets, add it with 'git add'");
    write_in(world, ".gitignore", "new\n");
    write_in(world, "new/kustomization.yaml", "namePrefix: a-\n");
    in_repository(world, "git add dev/extra.yaml");
    expect_contains(call(world, "--staged --build"),
                    "('new'): it is not in Git's index; if it holds no secrets, add it with 'git add'");
    in_repository(world, "rm -r new");
    expect_contains(call(world, "--staged --build"), "('new'): No such file or directory");
}

static void all_roots_can_be_listed_regardless_of_changes(void **state)
{
    struct world *world = repository(state);
    expect_roots_of(world, "", "");
    expect_roots_of(world, "--all", "dev prod");
    expect_roots_of(world, "--all --staged dev", "dev");
    expect_contains(call(world, "--all --why"), "2 of 2 roots, from 0 changed files");
    expect_contains(call(world, "--all --format json"), "{\"path\":\"dev\",\"reasons\":[],\"certainty\":\"certain\"}");
    expect_contains(call(world, "--all --staged --build"), "2 roots: 2 built");
    // Files are read from the index.
    write_in(world, "base/kustomization.yaml", "resources: [missing.yaml]\n");
    expect_contains(call(world, "--all --staged --build"), "2 roots: 2 built");
    expect_contains(call(world, "--all --build"), "2 roots: 0 built, 2 failed");
}

static void a_branch_is_compared_with_its_branch_point(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "git checkout -q -b work && sed -i s/web/x/ prod/patch.yaml && " COMMIT
                         " && git checkout -q main && sed -i s/web/y/ part/patch.yaml dev/kustomization.yaml && "
                         "echo '#' >>dev/kustomization.yaml && " COMMIT " && git checkout -q work");
    expect_roots_of(world, "--since main", "prod");
    expect_roots_of(world, "--exact-since main", "dev prod");
    expect_roots_of(world, "--between=main..work", "dev prod");
    expect_roots_of(world, "--between=main...work", "prod");
    expect_roots_of(world, "--between=HEAD...main", "dev prod");
    expect_roots_of(world, "--between=main...HEAD~1", "");
    expect_contains(call(world, "--between=main..."), "--between requires two revisions");
    expect_text(in_repository(world, "KILN_BASE=main kiln affected --format paths"), "prod");
    expect_text(in_repository(world, "CI_MERGE_REQUEST_DIFF_BASE_SHA=main kiln affected --format paths"), "prod");
    expect_text(in_repository(world, "git update-ref refs/remotes/origin/main main && "
                                     "GITHUB_BASE_REF=main kiln affected --format paths"),
                "prod");
}

static void zeros_are_not_a_commit(void **state)
{
    struct world *world = repository(state);
    write_in(world, "prod/patch.yaml", DEPLOYMENT("other"));
    expect_text(in_repository(world, "KILN_BASE=0000000000000000000000000000000000000000 kiln affected --format paths"),
                "dev\nprod");
    expect_roots_of(world, "--exact-since=0000000000000000000000000000000000000000", "dev prod");
    expect_roots_of(world, "--between=0000000000000000000000000000000000000000..HEAD", "dev prod");
    expect_roots_of(world, "--since=0000000000000000000000000000000000000000 'd*'", "dev");
    expect_contains(call(world, "--since=0000000000000000000000000000000000000000 --diff"), "2 added in 2 of 2 roots");
    expect_contains(call(world, "--since=000000000000000000000000000000000000000"), "unknown revision");
}

static void affected_roots_are_checked(void **state)
{
    struct world *world = repository(state);
    expect_text(call(world, "--check"), "");
    write_in(world, "dev/kustomization.yaml", "resources: [../base]\nimages: [{name: nobody, newTag: a}]\n");
    write_in(world, "alone/kustomization.yaml", "resources: []\nimages: [{name: somebody, newTag: a}]\n");
    commit(world);
    expect_text(call(world, "--check"), "");
    write_in(world, "dev/kustomization.yaml", "resources: [../base]\nimages: [{name: nobody, newTag: b}]\n");
    struct slice said = call(world, "--check");
    expect_contains(said, "nobody");
    expect_absent(said, "somebody");
    expect_contains(call(world, "--check dev/kustomization.yaml --format json"), "\"root\": \"dev\"");
    expect_text(call(world, "--check prod"), "");
    expect_text(call(world, "--check --staged"), "");
    expect_contains(call(world, "--check --build"), "--check cannot be used with --build");
    expect_contains(call(world, "--check --format dot"), "--check supports only the formats text and json");
}

static void changed_files_are_listed(void **state)
{
    struct world *world = repository(state);
    expect_roots_of(world, "part/patch.yaml", "prod");
    expect_roots_of(world, "base/gone.yaml README.md", "");
    expect_text(in_repository(world, "printf 'base/deploy.yaml\\n-part/patch.yaml\\n' | "
                                     "kiln affected --stdin --why --absolute 2>&1 | sed s,$PWD/,,g"),
                "dev     base/deploy.yaml ← base ← dev\n"
                "prod    (removed) part/patch.yaml ← part ← prod\n2 of 2 roots, from 2 changed files");
    // Relative to a subdirectory, also for paths that git prints relative to the top.
    expect_text(in_repository(world, "cd base && echo deploy.yaml | kiln affected --stdin --format paths"),
                "../dev\n../prod");
    expect_text(in_repository(world, "cd base && echo part/patch.yaml | kiln affected --stdin --format paths"),
                "../prod");
    // The same without a repository.
    in_repository(world, "rm -rf .git");
    expect_roots_of(world, "part/patch.yaml", "prod");
    expect_roots_of(world, "base/kustomization.yaml", "dev prod");
    expect_contains(call(world, ""), "status 2");
    expect_contains(call(world, ""), "--stdin");
}

static void ignored_files_count_if_they_are_used(void **state)
{
    struct world *world = repository(state);
    write_in(world, ".gitignore", ".env\nother.txt\n");
    write_in(world, "prod/kustomization.yaml", "resources: [../base]\nsecretGenerator: [{name: s, envs: [.env]}]\n");
    commit(world);
    expect_roots(world, "");
    write_in(world, "prod/.env", "a=b\n");
    write_in(world, "dev/other.txt", "a\n");
    expect_roots(world, "prod");
    expect_contains(call(world, "--why"), "prod    (ignored) prod/.env ← prod\n");
    expect_roots_of(world, "prod/.env", "prod");
    expect_roots_of(world, "--staged", "");
}

static void roots_are_searched_in_the_given_directories(void **state)
{
    struct world *world = repository(state);
    write_in(world, "base/deploy.yaml", DEPLOYMENT("other"));
    expect_roots_of(world, "prod", "prod");
    expect_roots_of(world, "'d*'", "dev");
    expect_roots_of(world, "--all-kustomizations", "base dev prod");
    expect_roots_of(world, "--all-kustomizations --depth 1", "base");
    expect_contains(call(world, "--all-kustomizations"), "3 of 4 kustomizations, from 1 changed file");
    expect_text(in_repository(world, "cd dev && kiln affected --format paths ."), ".");
    expect_contains(call(world, "--exit-code"), "status 1");
    expect_contains(call(world, "--exit-code README.md"), "");
}

static void errors_exit_with_2(void **state)
{
    struct world *world = repository(state);
    expect_contains(call(world, "--since nope"), "unknown revision 'nope'");
    expect_contains(call(world, "--since nope"), "status 2");
    expect_contains(call(world, "--since=-x"), "status 2");
    expect_contains(call(world, "--since main --between main main"), "--since cannot be used with --between");
    expect_contains(call(world, "--between main"), "status 2");
    expect_contains(call(world, "-o out/"), "-o requires --build");
    expect_contains(call(world, "--depth x"), "expected a whole number from 1 to 999999999");
    expect_contains(call(world, "-0"), "-0 requires --stdin");
    expect_contains(call(world, "--why -z"), "-z prints only paths and cannot be used with --why");
    expect_contains(call(world, "--format json -z"), "-z prints only paths");
    in_repository(world, "for i in 1 2 3; do echo $i >README.md; " COMMIT "; done; git checkout -q -b side HEAD~2; "
                         "echo x >README.md; " COMMIT "; git checkout -q main");
    world_run(world, GIT "clone -q --depth 1 --no-single-branch file://$PWD/repo shallow");
    struct slice said = world_run(world, "cd shallow && { kiln affected --since origin/side 2>&1 || echo status $?; }");
    expect_contains(said, "no common ancestor");
    expect_contains(said, "fetch-depth");
    expect_contains(said, "--exact-since");
    expect_contains(said, "--stdin");
    expect_contains(said, "status 2");
    expect_contains(world_run(world, "cd shallow && { kiln affected --since HEAD~2 2>&1 || echo status $?; }"),
                    "fetch-depth");
    expect_text(world_run(world, "cd shallow && kiln affected --exact-since origin/side"), "");
}

// --- Formats.

static void any_kind_of_repository_is_read(void **state)
{
    struct world *world = repository(state);
    write_in(world, "part/patch.yaml", DEPLOYMENT("other"));
    in_repository(world, "git update-index --assume-unchanged part/patch.yaml && test -z \"$(git diff HEAD)\"");
    expect_roots(world, "prod");
    in_repository(world, "git update-index --no-assume-unchanged part/patch.yaml");
    commit(world);
    world_run(world, GIT "clone -q --bare repo bare");
    expect_text(world_run(world, "cd bare && kiln affected --between HEAD~1 HEAD --format paths"), "prod");
    expect_contains(world_run(world, "cd bare && { kiln affected 2>&1 || echo status $?; }"), "name two revisions");
    in_repository(world, "git worktree add -q ../linked HEAD~1");
    expect_text(world_run(world, "cd linked && kiln affected --exact-since main --format paths"), "prod");
    world_run(world, GIT "init -q --object-format=sha256 -b main long && cp -r repo/base repo/prod repo/part long && "
                         "cd long && " COMMIT " && echo '#' >>part/patch.yaml");
    expect_text(world_run(world, "cd long && kiln affected --format paths"), "prod");
    // Objects that a partial clone lacks are not fetched.
    in_repository(world, "git config uploadpack.allowFilter true");
    world_run(world, GIT "clone -q --filter=blob:none --no-checkout file://$PWD/repo partial");
    world_run(world, "cd partial && git -c protocol.file.allow=always cat-file -p HEAD:dev/kustomization.yaml");
    struct slice said = world_run(world, "cd partial && kiln affected --between HEAD~1 HEAD 2>&1");
    expect_contains(said, "dev\npart\nprod\n");
    expect_contains(said, "kiln: prod/kustomization.yaml: cannot be read: ");
    expect_absent(said, "kiln: dev/kustomization.yaml: cannot be read: ");
}

static void unusual_names_survive_every_format(void **state)
{
    struct world *world = repository(state);
    write_in(world, "ä b:,%\n/kustomization.yaml", "resources: [\"ä b\\n.yaml\"]\n");
    write_in(world, "ä b:,%\n/ä b\n.yaml", MAP);
    commit(world);
    write_in(world, "ä b:,%\n/ä b\n.yaml", MAP "data: {a: b}\n");
    expect_text(in_repository(world, "kiln affected -z --format paths | tr '\\n\\0' '$@'"), "ä b:,%$@");
    expect_text(in_repository(world, "kiln affected --format paths"), "\"ä b:,%\\n\"");
    expect_contains(call(world, "--format json"), "\"path\":\"ä b:,%\\n\"");
    expect_contains(call(world, "--format github-matrix"),
                    "{\"include\":[{\"root\":\"ä b:,%\\n\",\"name\":\"---b----\"}]}");
    expect_contains(call(world, "--format dot"), "\"ä b:,%\\n\" [shape=box,style=bold];");
    expect_text(
        in_repository(world, "printf 'ä b:,%%\\n/ä b\\n.yaml\\0' | kiln affected --stdin -0 -z | tr '\\n\\0' '$@'"),
        "ä b:,%$@");
    expect_text(in_repository(world, "printf '\"\\\\303\\\\244 b:,%%\\\\n/ä b\\\\n.yaml\"\\n' | kiln affected --stdin"),
                "\"ä b:,%\\n\"");
}

static void a_graph_shows_the_path_of_the_change(void **state)
{
    struct world *world = repository(state);
    expect_text(call(world, "--format dot base/deploy.yaml prod"),
                "digraph affected {\n  rankdir=RL;\n  \"base\" [shape=box];\n  \"prod\" [shape=box,style=bold];\n"
                "  \"base/deploy.yaml\" [shape=note,color=red];\n"
                "  \"base/deploy.yaml\" -> \"base\" [label=\"resources[0]\"];\n"
                "  \"base\" -> \"prod\" [label=\"resources[0]\"];\n}");
}

static void a_matrix_job_may_have_several_roots(void **state)
{
    struct world *world = repository(state);
    write_in(world, "a b/kustomization.yaml", "resources: [../base]\n");
    expect_text(
        call(world, "--format github-matrix base/deploy.yaml --chunks 2"),
        "{\"include\":[{\"roots\":\"'a b'\",\"name\":\"1-of-2\"},{\"roots\":\"dev prod\",\"name\":\"2-of-2\"}]}");
    expect_text(call(world, "--format github-matrix README.md"), "{\"include\":[]}");
}

static void affected_roots_are_built(void **state)
{
    struct world *world = repository(state);
    write_in(world, "part/patch.yaml",
             "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {a: b}}\n");
    expect_contains(call(world, "--build -o out/"), "1 root: 1 built, 0 failed, 1 changed");
    expect_text(in_repository(world, "kiln build prod | cmp - out/prod.yaml && ls out"), "prod.yaml");
    expect_text(in_repository(world, "rm -r out && kiln build --since HEAD -o out/ && ls out"), "prod.yaml");
    // Only outputs of roots that no longer exist are removed.
    in_repository(world,
                  "kiln build --all -o out/ && git rm -qr dev && kiln build --since HEAD -o out/ --prune-output");
    expect_text(in_repository(world, "ls out"), "prod.yaml");
    // The work tree doesn't affect a build from the index.
    in_repository(world, "git reset -q && git checkout -q dev && rm -r out && git add -A && echo '[' >part/patch.yaml");
    expect_contains(call(world, "--staged --build -o out/"), "1 built, 0 failed");
    expect_contains(call(world, "--build"), "0 built, 1 failed");
    expect_contains(call(world, "--build"), "status 1");
}

static void a_repository_is_not_written_to(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "touch -d '1 hour ago' base/deploy.yaml");
    world_run(world, "find repo -printf '%p %T@ %s\\n' | sort > before; chmod -R a-w repo");
    expect_roots(world, "");
    expect_roots_of(world, "--staged", "");
    expect_roots_of(world, "part/patch.yaml", "prod");
    expect_contains(call(world, "--all --build -o ../out/"), "2 roots: 2 built");
    expect_contains(call(world, "--all --staged --build -o ../out/"), "2 roots: 2 built");
    call(world, "--diff");
    call(world, "--all --check");
    world_run(world, "chmod -R u+w repo; find repo -printf '%p %T@ %s\\n' | sort | cmp - before");
}

// If this user can't mount anything, the test above must be enough.
static void a_read_only_mount_is_enough(void **state)
{
    struct world *world = repository(state);
    write_in(world, "part/patch.yaml", DEPLOYMENT("web") "# other\n");
    const char *mount = "unshare -rm sh -c 'mount --bind repo repo && mount -o remount,ro,bind repo && cd repo && %s'";
    struct slice works = world_run(world,
                                   arena_format(&world->arena, "{ %s; } 2>/dev/null || echo no",
                                                arena_format(&world->arena, mount, "! touch base/x 2>/dev/null").data)
                                       .data);
    if (works.length)
        test_skip("this user may not mount");
    static const char *const calls[][2] = {
        {"kiln affected --format paths", "prod"},
        {"kiln affected --staged", ""},
        {"kiln affected --since HEAD --why 2>&1", "part/patch.yaml ← part ← prod"},
        {"kiln affected --build -o ../out/ 2>&1", "1 root: 1 built"},
        {"kiln build --all -o ../out/ --summary 2>&1", "2 roots: 2 built"},
    };
    for (size_t i = 0; i < countof(calls); i++)
        expect_contains(world_run(world, arena_format(&world->arena, mount, calls[i][0]).data), calls[i][1]);
}

// Whenever the signal comes, git ends together with kiln.
static void an_interrupt_leaves_no_files(void **state)
{
    struct world *world = repository(state);
    void (*before)(int) = signal(SIGINT, SIG_DFL);
    write_in(world, "part/patch.yaml", DEPLOYMENT("other"));
    struct slice said = world_run(
        world, "mkdir -p tmp slow && cat >slow/git <<'END'\n#!/bin/sh\necho $$ >>\"$PIDS\"\nsleep 0.01\n"
               "exec \"$GIT\" \"$@\"\nEND\nchmod +x slow/git\n"
               "export GIT=$(command -v git) PIDS=$PWD/pids TMPDIR=$PWD/tmp && PATH=$PWD/slow:$PATH && cd repo\n"
               "for i in 0 1 2 3 4 5 6 7 8 9; do for how in '' --staged '--staged --all --build' --diff; do\n"
               "  timeout -s INT 0.0$((i * 11 % 10))$i kiln affected $how >/dev/null 2>&1\n"
               "done; done\n"
               // Another process may have reused the PID by now, but its environment differs.
               "still_running() {\n  for pid in $(cat ../pids); do\n    kill -0 $pid 2>/dev/null || continue\n"
               "    [ ! -d /proc/$pid ] || grep -qzxF \"PIDS=$PIDS\" /proc/$pid/environ 2>/dev/null || continue\n"
               "    echo $pid is still running\n  done\n}\n"
               "for i in 0 1 2 3 4 5 6 7 8 9; do [ -z \"$(still_running)\" ] || sleep $i; done\nstill_running; ls "
               "../tmp; true");
    signal(SIGINT, before);
    expect_text(said, "");
}

static void a_repository_without_a_commit_is_all_new(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "rm -rf .git && git init -q");
    expect_roots(world, "dev prod");
    expect_contains(call(world, "--format json"), "\"base\":null");
    expect_contains(call(world, "--diff"), "4 added in 2 of 2 roots");
    in_repository(world, "git add -A");
    expect_roots_of(world, "--staged", "dev prod");
    expect_contains(call(world, "--staged --diff"), "status 1");
}

static void a_sparse_work_tree_is_completed_from_the_index(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "git sparse-checkout set --no-cone /prod /part");
    assert_false(world_has(world, "repo/base/kustomization.yaml"));
    write_in(world, "part/patch.yaml", DEPLOYMENT("other"));
    expect_roots(world, "prod");
    expect_roots_of(world, "base/deploy.yaml", "dev prod");
}

// --- Files that Git ignores.

static void files_that_git_ignores_are_examined(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "git update-index --skip-worktree prod/patch.yaml dev/kustomization.yaml && "
                         "git update-index --assume-unchanged part/patch.yaml");
    expect_roots(world, "");
    write_in(world, "prod/patch.yaml", DEPLOYMENT("other"));
    in_repository(world, "test -z \"$(git diff HEAD)\"");
    expect_roots(world, "prod");
    in_repository(world, "git update-index --no-skip-worktree prod/patch.yaml && git checkout -q prod");
    expect_roots(world, "");
    write_in(world, "dev/kustomization.yaml", "resources: [../base, ../part]\n");
    expect_roots(world, "dev");
    in_repository(world, "rm part/patch.yaml");
    expect_roots(world, "dev prod");
    // The same if Git has to be asked for everything.
    in_repository(world, "git checkout -q part && git update-index --split-index");
    expect_roots(world, "dev prod");
}

static void intent_to_add_is_not_committed(void **state)
{
    struct world *world = repository(state);
    write_in(world, "prod/kustomization.yaml", "resources: [../base, later.yaml]\n");
    commit(world);
    write_in(world, "prod/later.yaml", MAP);
    in_repository(world, "git add -N prod/later.yaml");
    expect_roots(world, "prod");
    expect_contains(call(world, "--format json"), "{\"path\":\"prod/later.yaml\",\"status\":\"added\"}");
    expect_roots_of(world, "--staged", "");
    expect_contains(call(world, "--all --staged --build"), "'later.yaml': it is not in Git's index");
    in_repository(world, "rm prod/later.yaml");
    expect_roots(world, "");
}

static void a_second_kustomization_hidden_from_git_counts(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "mkdir new && mkfifo new/kustomization.yaml");
    expect_text(in_repository(world, "timeout 20 kiln affected 2>errors"), "");
    in_repository(world, "mkfifo base/Kustomization");
    expect_text(in_repository(world, "timeout 20 kiln affected 2>errors"), "dev\nprod");
    in_repository(world, "rm base/Kustomization && echo Kustomization >.git/info/exclude");
    write_in(world, "dev/Kustomization", "resources: []\n");
    expect_text(in_repository(world, "kiln affected --why 2>errors"), "dev    (ignored) dev/Kustomization ← dev");
    expect_text(in_repository(world, "cat errors"), "1 of 2 roots, from 2 changed files");
    expect_text(in_repository(world, "git update-index --split-index && kiln affected 2>errors"), "dev");
    expect_text(in_repository(world, "kiln affected --staged 2>errors"), "");
}

static void an_unreadable_kustomization_has_a_separate_reason(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "rm -rf .git dev/kustomization.yaml && mkfifo dev/kustomization.yaml");
    expect_text(in_repository(world, "timeout 20 kiln affected dev/kustomization.yaml 2>&1"),
                "dev\n"
                "kiln: dev/kustomization.yaml: cannot be read: expected a regular file, found a named pipe\n"
                "1 of 2 roots, from 1 changed file");
}

static void a_pipe_does_not_block(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "rm prod/patch.yaml dev/kustomization.yaml && mkfifo prod/patch.yaml dev/kustomization.yaml "
                         "more && ln -s ../more dev/more");
    expect_text(in_repository(world, "timeout 20 kiln affected 2>errors"), "dev\nprod");
    expect_text(in_repository(world, "cat errors"),
                "kiln: dev/kustomization.yaml: cannot be read: expected a regular file, found a named pipe\n"
                "2 of 2 roots, from 4 changed files");
    expect_text(in_repository(world, "git update-index --split-index && timeout 20 kiln affected 2>errors"),
                "dev\nprod");
    expect_text(in_repository(world, "rm -rf .git && timeout 20 kiln affected dev/kustomization.yaml 2>errors"), "dev");
}

static void files_that_only_look_changed_are_compared(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "ln -s ../README.md prod/link.yaml && touch -d '1 hour ago' base/deploy.yaml");
    write_in(world, "prod/kustomization.yaml",
             "resources: [../base, link.yaml]\ncomponents: [../part]\npatches: [{path: patch.yaml}]\n");
    commit(world);
    in_repository(world, "touch base/deploy.yaml && cp base/old.yaml x && mv x base/old.yaml && "
                         "rm prod/link.yaml && ln -s ../README.md prod/link.yaml");
    expect_roots(world, "");
    expect_roots_of(world, "--staged", "");
    // With the same size and time as the file that Git knows.
    in_repository(world, "touch -d '2020-01-01' part/patch.yaml && git add part && touch -r part/patch.yaml x && "
                         "sed -i s/web/wob/ part/patch.yaml && touch -r x part/patch.yaml && rm x");
    expect_roots(world, "prod");
    // Changes in the index that the work tree reverts don't count.
    in_repository(world, "git add part && git checkout -q HEAD^{tree} -- . && echo '#' >>dev/kustomization.yaml && "
                         "git add dev && git show HEAD:dev/kustomization.yaml >dev/kustomization.yaml && git rm -q "
                         "--cached prod/patch.yaml");
    expect_roots(world, "prod");
    expect_roots_of(world, "--staged", "dev prod");
    expect_contains(call(world, "--format json"),
                    "\"changed\":[{\"path\":\"prod/patch.yaml\",\"status\":\"modified\"}]");
    in_repository(world, "echo new >base/new.yaml && git add base/new.yaml && rm base/new.yaml");
    expect_absent(call(world, "--format json"), "new.yaml");
}

static void untracked_and_ignored_directories_are_distinguished(void **state)
{
    struct world *world = repository(state);
    write_in(world, ".gitignore", "ignored/\n*.tmp\n");
    commit(world);
    write_in(world, "ignored/deep/kustomization.yaml", "resources: []\n");
    write_in(world, "new/deep/kustomization.yaml", "resources: []\n");
    write_in(world, "base/more/kustomization.yaml", "resources: []\n");
    write_in(world, "base/a.tmp", "a\n");
    in_repository(world, "mv prod/patch.yaml x && mkdir prod/patch.yaml && mv x prod/patch.yaml/y && "
                         "mv part moved && ln -s moved part");
    expect_roots(world, "base/more new/deep prod");
    expect_contains(call(world, "--format json"), "{\"path\":\"prod/patch.yaml\",\"status\":\"removed\"}");
    // So many files that their names don't fit into one call.
    in_repository(world, "for i in $(seq 600); do echo >dev/$i; done");
    expect_roots(world, "base/more new/deep prod");
}

static void an_index_of_any_version_is_read(void **state)
{
    struct world *world = repository(state);
    static const char *const forms[] = {
        "--index-version 4", "--index-version 3", "--index-version 2", "--split-index", "--no-split-index",
    };
    for (size_t i = 0; i < countof(forms); i++) {
        in_repository(world, arena_format(&world->arena, "git checkout -q . && git update-index %s", forms[i]).data);
        expect_roots(world, "");
        write_in(world, "part/patch.yaml", DEPLOYMENT("other"));
        expect_roots(world, "prod");
        expect_roots_of(world, "--staged", "");
    }
    // git reports a broken repository.
    in_repository(world, "echo broken >.git/index");
    expect_contains(call(world, ""), "status 2");
}

// --- Wrong arguments.

static void a_file_can_be_given_through_a_link(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "ln -s base to-base && ln -s ../part/patch.yaml dev/linked && ln -s repo ../outside");
    expect_roots_of(world, "to-base/deploy.yaml", "dev prod");
    expect_roots_of(world, "dev/linked", "prod");
    expect_roots_of(world, "$PWD/../outside/part/patch.yaml", "prod");
    expect_roots_of(world, "../outside/part/patch.yaml", "prod");
    expect_text(in_repository(world, "cd dev && echo ../to-base/old.yaml | kiln affected --stdin --format paths"),
                ".\n../prod");
    world_write(world, "other.yaml", "a: 1\n");
    expect_contains(call(world, "../other.yaml"), "'../other.yaml' is outside the repository");
    expect_contains(call(world, "/nowhere/x.yaml"), "status 2");
    expect_contains(
        in_repository(world, "rm -rf .git; echo ../other.yaml | kiln affected --stdin 2>&1 || echo status $?"),
        "'../other.yaml' is outside the directory");
}

static void an_unknown_changed_file_is_reported(void **state)
{
    struct world *world = repository(state);
    write_in(world, "prod/kustomization.yaml", "resources: [../base, ../later/x]\n");
    commit(world);
    in_repository(world, "git rm -q --cached base/old.yaml && rm -r base/old.yaml README.md");
    expect_text(call(world, "ovrlays/prod dev/patch.yml"),
                "kiln: warning: 'ovrlays/prod' is not a file here or in Git, and no kustomization names it\n"
                "kiln: warning: 'dev/patch.yml' is not a file here or in Git, and no kustomization names it");
    expect_contains(call(world, "base/old.yaml README.md later"), "dev\nprod\n2 of 2 roots, from 3 changed files");
    expect_absent(call(world, "base/old.yaml README.md later ../repo/base/old.yaml"), "warning");
    struct slice many = in_repository(world, "seq 30 | kiln affected --stdin 2>&1");
    expect_contains(many, "'10' is not");
    expect_absent(many, "'11' is not");
    expect_contains(many, "20 more");
    in_repository(world, "rm -rf .git");
    expect_contains(call(world, "ovrlays/prod"), "'ovrlays/prod' is not a file");
    expect_absent(call(world, "later/x"), "warning");
}

static void a_long_path_costs_linear_time(void **state)
{
    struct world *world = repository(state);
    in_repository(world, "git config core.ignorecase true");
    // Examining each of its directories would take hours.
    in_repository(world, "awk 'BEGIN { for (i = 0; i < 4000000; i++) printf \"a/\"; print \"b\" }' >long && "
                         "{ printf 'resources: ['; tr -d '\n' <long; echo ']'; } >dev/kustomization.yaml");
    expect_text(in_repository(world, "{ cat long; echo part/patch.yaml; } | kiln affected --stdin 2>/dev/null"),
                "prod");
}

static void a_directory_may_have_a_line_break_in_its_name(void **state)
{
    struct world *world = repository(state);
    write_in(world, "part/patch.yaml", DEPLOYMENT("other"));
    world_run(world,
              "mkdir 'a\n/b' 2>/dev/null; d=$(printf 'x\ny'); mkdir \"$d\" && mv repo \"$d/z\" && ln -s \"$d/z\" repo");
    expect_roots(world, "prod");
    expect_roots_of(world, "--staged", "");
    expect_roots_of(world, "--since HEAD", "prod");
}

static void the_hint_names_a_repository_of_another_user(void **state)
{
    struct world *world = repository(state);
    if (in_repository(world, "GIT_TEST_ASSUME_DIFFERENT_OWNER=1 git status 2>&1 | grep safe.directory || true")
            .length == 0)
        test_skip("this version of git doesn't look at owners");
    struct slice said = in_repository(
        world, "cd base && { GIT_TEST_ASSUME_DIFFERENT_OWNER=1 kiln affected 2>&1 || echo status $?; }");
    expect_contains(said, "safe.directory ");
    expect_contains(said, "/repo");
    expect_absent(said, "safe.directory ''");
    expect_contains(said, "status 2");
}

static void an_unknown_name_is_refused(void **state)
{
    struct world *world = repository(state);
    expect_contains(call(world, "--since HEAD 'ovrlays/*'"), "no directory with a kustomization matches 'ovrlays/*'");
}

static void a_list_in_the_other_format_is_refused(void **state)
{
    struct world *world = repository(state);
    expect_contains(in_repository(world, "printf 'a\\0b\\0' | kiln affected --stdin 2>&1 || echo status $?"), "add -0");
    expect_contains(in_repository(world, "printf 'a\\nb\\n' | kiln affected --stdin -0 2>&1 || echo status $?"),
                    "remove -0");
}

static const struct CMUnitTest tests[] = {
    world_test(a_file_of_a_base_affects_its_overlays),
    world_test(a_file_of_an_overlay_affects_only_that_overlay),
    world_test(an_unused_file_affects_no_root),
    world_test(a_file_of_a_component_affects_its_users),
    world_test(a_file_and_its_entry_are_deleted),
    world_test(a_base_is_renamed),
    world_test(a_file_is_added_that_was_already_listed),
    world_test(a_directory_is_added_that_was_already_listed),
    world_test(a_broken_kustomization_elsewhere_changes_nothing),
    world_test(a_broken_kustomization_affects_its_users),
    world_test(a_template_is_listed_as_unparsed),
    world_test(a_file_of_a_plugin_affects_its_root),
    world_test(a_file_deep_in_a_chart_affects_its_root),
    world_test(a_second_kustomization_file_affects_users_of_the_directory),
    world_test(the_target_of_a_link_affects_users_of_the_link),
    world_test(a_submodule_affects_users_of_paths_in_it),
    world_test(case_is_ignored_if_git_ignores_it),
    world_test(two_roots_share_a_file_above_them),
    world_test(a_program_may_read_anything_below_its_kustomization),
    world_test(a_branch_of_a_remote_base_is_unknown),
    world_test(settings_of_the_repository_affect_all_roots),
    world_test(settings_reached_by_a_link_affect_all_roots),
    world_test(plugin_programs_affect_their_roots),
    world_test(directories_of_objects_may_list_themselves),
    world_test(a_new_overlay_is_a_new_root),
    world_test(an_unused_cycle_consists_of_roots),
    world_test(a_dangling_kustomization_link_is_a_root),
    world_test(only_directories_without_a_kustomization_are_pruned),
    world_test(a_deleted_overlay_is_a_removed_root),
    world_test(staged_changes_are_read_from_the_index),
    world_test(changes_only_in_the_work_tree_are_reported),
    world_test(all_roots_can_be_listed_regardless_of_changes),
    world_test(files_that_git_ignores_are_examined),
    world_test(intent_to_add_is_not_committed),
    world_test(a_second_kustomization_hidden_from_git_counts),
    world_test(an_unreadable_kustomization_has_a_separate_reason),
    world_test(a_pipe_does_not_block),
    world_test(files_that_only_look_changed_are_compared),
    world_test(untracked_and_ignored_directories_are_distinguished),
    world_test(an_index_of_any_version_is_read),
    world_test(a_file_can_be_given_through_a_link),
    world_test(an_unknown_changed_file_is_reported),
    world_test(a_long_path_costs_linear_time),
    world_test(a_directory_may_have_a_line_break_in_its_name),
    world_test(the_hint_names_a_repository_of_another_user),
    world_test(an_unknown_name_is_refused),
    world_test(a_list_in_the_other_format_is_refused),
    world_test(a_branch_is_compared_with_its_branch_point),
    world_test(zeros_are_not_a_commit),
    world_test(affected_roots_are_checked),
    world_test(changed_files_are_listed),
    world_test(ignored_files_count_if_they_are_used),
    world_test(roots_are_searched_in_the_given_directories),
    world_test(errors_exit_with_2),
    world_test(any_kind_of_repository_is_read),
    world_test(unusual_names_survive_every_format),
    world_test(a_graph_shows_the_path_of_the_change),
    world_test(a_matrix_job_may_have_several_roots),
    world_test(affected_roots_are_built),
    world_test(a_repository_is_not_written_to),
    world_test(a_read_only_mount_is_enough),
    world_test(an_interrupt_leaves_no_files),
    world_test(a_repository_without_a_commit_is_all_new),
    world_test(a_sparse_work_tree_is_completed_from_the_index),
};

int test_affected(void)
{
    return cmocka_run_group_tests_name("affected", tests, NULL, NULL);
}
