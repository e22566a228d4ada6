// `kiln check --fix`: what it rewrites, and what it leaves alone.
#include "tests/call.h"

#include <string.h>

static void expect_file(struct world *world, const char *path, const char *content)
{
    expect_text(world_read(world, path), content);
}

#define OLD_BASE                                                                                                       \
    "# of the team\n"                                                                                                  \
    "commonLabels:  # on all\n"                                                                                        \
    "  app: web\n"                                                                                                     \
    "\n"                                                                                                               \
    "bases: [../parts]\n"                                                                                              \
    "namePrefix: a-\n"

static void plant(struct world *world)
{
    world_write(world, "repo/base/kustomization.yaml", OLD_BASE);
    world_write(world, "repo/parts/kustomization.yaml", "resources: [web.yaml]\n");
    world_write(world, "repo/parts/web.yaml", "# bases: of what\n" DEPLOYMENT("web"));
    world_write(world, "repo/prod/kustomization.yaml",
                "resources: [../base]\npatchesStrategicMerge:\n# more of them\n- more.yaml\n");
    world_write(world, "repo/prod/more.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 7}\n");
}

static void deprecated_fields_are_replaced(void **state)
{
    struct world *world = *state;
    plant(world);
    struct slice before = world_run(world, arena_format(&world->arena, "%s build repo/prod", test_program()).data);
    expect_text(call_without_release(world, "check --all --fix"),
                "fixed: base/kustomization.yaml:2:1: 'commonLabels' is deprecated [field-deprecated]\n"
                "fixed: base/kustomization.yaml:5:1: 'bases' is deprecated [field-deprecated]\n"
                "fixed: prod/kustomization.yaml:2:1: 'patchesStrategicMerge' is deprecated [field-deprecated]\n"
                "0 errors, 0 warnings in 1 root (1 resource)\nstatus 0");
    // Fields keep their order and all comments.
    expect_file(world, "repo/base/kustomization.yaml",
                "# of the team\n"
                "labels:  # on all\n"
                "- includeSelectors: true\n"
                "  pairs:\n"
                "    app: web\n"
                "\n"
                "resources: [../parts]\n"
                "namePrefix: a-\n");
    expect_file(world, "repo/prod/kustomization.yaml",
                "resources: [../base]\npatches:\n# more of them\n- path: more.yaml\n");
    assert_true(
        slice_equal(before, world_run(world, arena_format(&world->arena, "%s build repo/prod", test_program()).data)));
    // The second time, there is nothing to do.
    world_run(world, "touch -d @0 repo/base/kustomization.yaml");
    expect_text(call_without_release(world, "check --all --fix"),
                "0 errors, 0 warnings in 1 root (1 resource)\nstatus 0");
    expect_text(world_run(world, "find repo -name kustomization.yaml -not -newermt 1971-01-01"),
                "repo/base/kustomization.yaml");
}

static void only_selected_rules_are_fixed(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_call(world, "check --all --fix --rules -field-deprecated", "0 errors, 0 warnings in 1 root");
    expect_file(world, "repo/base/kustomization.yaml", OLD_BASE);
    // A comment says that one of them is intended.
    world_write(world, "repo/base/kustomization.yaml",
                "# kiln: ignore-file field-deprecated: for old kustomize\n" OLD_BASE);
    struct slice said = call_without_release(world, "check --all --fix");
    expect_contains(said, "skipped base/kustomization.yaml: one of its findings is ignored");
    expect_contains(said, "fixed: prod/kustomization.yaml:2:1: 'patchesStrategicMerge' is deprecated");
    expect_contains(said, "0 errors, 0 warnings, 2 ignored");
    expect_contains(world_read(world, "repo/base/kustomization.yaml"), "bases: [../parts]");
    // Findings in the baseline may be fixed, too.
    world_write(world, "repo/base/kustomization.yaml", OLD_BASE);
    call_without_release(world, "check --all --baseline base.json --write-baseline");
    said = call_without_release(world, "check --all --fix --baseline base.json");
    expect_contains(said, "fixed: base/kustomization.yaml:2:1: 'commonLabels' is deprecated");
    expect_contains(said, "note: no longer found: 'field-deprecated' in 'base/kustomization.yaml'");
}

static void a_report_in_another_format_stays_complete(void **state)
{
    struct world *world = *state;
    plant(world);
    struct slice said = world_run(
        world,
        arena_format(&world->arena, "cd repo && %s check --all --fix --format gitlab 2>../errors", test_program())
            .data);
    expect_text(said, "[]");
    expect_contains(world_read(world, "errors"), "fixed: base/kustomization.yaml:2:1: 'commonLabels' is deprecated");
}

static void fixes_that_would_change_the_build_are_not_made(void **state)
{
    struct world *world = *state;
    plant(world);
    // A label that is in both fields.
    world_write(world, "repo/base/kustomization.yaml",
                "resources: [../parts]\ncommonLabels: {app: web}\nlabels: [{pairs: {app: other}}]\n");
    struct slice said = call_without_release(world, "check --all --fix");
    expect_contains(said, "kept 'commonLabels': 'labels' would produce different output");
    expect_contains(said, "fixed: prod/kustomization.yaml:2:1: ");
    expect_contains(said, "base/kustomization.yaml:2:1: note: 'commonLabels' is deprecated [field-deprecated]");
    expect_file(world, "repo/base/kustomization.yaml",
                "resources: [../parts]\ncommonLabels: {app: web}\nlabels: [{pairs: {app: other}}]\n");
}

static void aliases_and_byte_order_marks_stay(void **state)
{
    struct world *world = *state;
    plant(world);
    world_write(world, "repo/base/kustomization.yaml", "\xEF\xBB\xBF" OLD_BASE);
    call_without_release(world, "check --all --fix");
    expect_file(world, "repo/base/kustomization.yaml",
                "\xEF\xBB\xBF# of the team\nlabels:  # on all\n- includeSelectors: true\n  pairs:\n    app: web\n\n"
                "resources: [../parts]\nnamePrefix: a-\n");
    world_write(world, "repo/base/kustomization.yaml",
                "\xEF\xBB\xBF"
                "commonLabels:\n  app: web\nbases: [../parts]\n");
    call_without_release(world, "check --all --fix");
    expect_file(world, "repo/base/kustomization.yaml",
                "\xEF\xBB\xBF"
                "labels:\n- includeSelectors: true\n  pairs:\n    app: web\nresources: [../parts]\n");
    // The anchor would be on another value, so that the alias would have to go.
    world_write(world, "repo/base/kustomization.yaml",
                "commonLabels: &all\n  app: web\nbases: [../parts]\ncommonAnnotations: *all\n");
    struct slice said = call_without_release(world, "check --all --fix");
    expect_contains(said, "kept 'commonLabels': replacing it would change an anchor or an alias");
    expect_contains(said, "fixed: base/kustomization.yaml:3:1: 'bases' is deprecated");
    expect_file(world, "repo/base/kustomization.yaml",
                "commonLabels: &all\n  app: web\nresources: [../parts]\ncommonAnnotations: *all\n");
    // An anchor that nothing uses may go.
    world_write(world, "repo/base/kustomization.yaml",
                "commonLabels: &all\n  # inside\n  app: web\nbases: [../parts]\n");
    call_without_release(world, "check --all --fix");
    expect_file(
        world, "repo/base/kustomization.yaml",
        "labels: &all\n- includeSelectors: true\n  pairs:\n    # inside\n    app: web\nresources: [../parts]\n");
    // An alias that moves with its value is one still.
    world_write(world, "repo/base/kustomization.yaml",
                "namePrefix: &a a-\nbases: [../parts]\ncommonLabels:\n  app: *a\n");
    call_without_release(world, "check --all --fix");
    expect_file(world, "repo/base/kustomization.yaml",
                "namePrefix: &a a-\nresources: [../parts]\nlabels:\n- includeSelectors: true\n  pairs:\n    app: *a\n");
}

// The list in lines takes in what is between brackets, not the other way around, so that one run is enough.
static void a_list_in_lines_keeps_its_anchors(void **state)
{
    struct world *world = *state;
    plant(world);
    world_write(world, "repo/parts/patch.yaml", "- {op: add, path: /metadata/labels, value: {a: b}}\n");
    world_write(world, "repo/parts/more.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 7}\n");
    world_write(world, "repo/parts/kustomization.yaml",
                "resources: [web.yaml]\n"
                "patchesStrategicMerge: [more.yaml]\n"
                "patchesJson6902:\n"
                "# twice\n"
                "- target: &web {group: apps, version: v1, kind: Deployment, name: web}\n"
                "  path: patch.yaml\n"
                "- target: *web\n"
                "  path: patch.yaml\n");
    call_without_release(world, "check --all --fix");
    expect_file(world, "repo/parts/kustomization.yaml",
                "resources: [web.yaml]\n"
                "patches:\n"
                "- path: more.yaml\n"
                "# twice\n"
                "- target: &web {group: apps, version: v1, kind: Deployment, name: web}\n"
                "  path: patch.yaml\n"
                "- target: *web\n"
                "  path: patch.yaml\n");
}

static void links_and_other_repositories_are_left_alone(void **state)
{
    struct world *world = *state;
    plant(world);
    world_run(world, "cd repo && git init -q && mv base/kustomization.yaml base/k.yaml && ln -s k.yaml "
                     "base/kustomization.yaml && mkdir ../away && cp prod/more.yaml ../away");
    world_write(world, "away/kustomization.yaml", "bases: [../repo/parts]\n");
    struct slice said = call_without_release(world, "check prod ../away --fix --rules field-deprecated");
    expect_contains(said, "skipped base/kustomization.yaml: it is not a regular file");
    expect_contains(said, "skipped ../away/kustomization.yaml: it is outside the repository");
    expect_contains(said, "fixed: prod/kustomization.yaml:2:1: ");
    expect_file(world, "repo/base/k.yaml", OLD_BASE);
    expect_file(world, "away/kustomization.yaml", "bases: [../repo/parts]\n");
}

// If a fix can't be verified, everything is undone.
static void all_are_written_or_none(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_call(world, "check --all --fix >/dev/full", "status 1");
    expect_file(world, "repo/base/kustomization.yaml", OLD_BASE);
    expect_contains(world_read(world, "repo/prod/kustomization.yaml"), "patchesStrategicMerge");
    expect_text(world_run(world, "find repo -name '.*' -type f"), "");
}

static void fix_only_works_on_the_work_tree(void **state)
{
    struct world *world = *state;
    plant(world);
    expect_call(world, "check --fix --staged", "--fix cannot be used with --staged\nstatus 2");
    expect_call(world, "check --fix --since HEAD --new", "--fix cannot be used with --new\nstatus 2");
    expect_call(world, "check --fix --baseline a --write-baseline",
                "--fix cannot be used with --write-baseline\nstatus 2");
    expect_call(world, "check --list-rules --format json", "\"fixable\": true");
    expect_call(world, "check --explain field-deprecated", "kiln check --fix");
}

static const struct CMUnitTest tests[] = {
    world_test(deprecated_fields_are_replaced),
    world_test(only_selected_rules_are_fixed),
    world_test(a_report_in_another_format_stays_complete),
    world_test(fixes_that_would_change_the_build_are_not_made),
    world_test(aliases_and_byte_order_marks_stay),
    world_test(a_list_in_lines_keeps_its_anchors),
    world_test(links_and_other_repositories_are_left_alone),
    world_test(all_are_written_or_none),
    world_test(fix_only_works_on_the_work_tree),
};

int test_check_fix(void)
{
    return cmocka_run_group_tests_name("check_fix", tests, NULL, NULL);
}
