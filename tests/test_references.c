// The table of fields that refer to files or directories, and the file system that records a build's accesses.
#include "tests/world.h"

#include "kustomization/references.h"
#include "load/recording.h"

static struct node *read_first(struct test_reader *reader, const char *text)
{
    struct node *root;
    assert_true(
        yaml_read_first(&reader->context, reader_source(reader, "kustomization.yaml", slice_from(text)), &root));
    return root;
}

static void expect_references(struct test_reader *reader, const struct reference_list *list, const char *expected)
{
    reader->out.length = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct slice path = reference_path(&list->items[i]);
        buffer_add_format(&reader->out, "%.*s %.*s\n", SLICE_ARGS(list->items[i].field), SLICE_ARGS(path));
    }
    expect_text(buffer_slice(&reader->out), expected);
}

static void every_field_with_a_path_is_found(void **state)
{
    struct test_reader *reader = *state;
    struct reference_list list = {0};
    references_in_kustomization(
        &reader->arena,
        read_first(reader,
                   "resources: [a.yaml, ../base]\nbases: [b]\ncomponents: [c]\ncrds: [crd.yaml]\nconfigurations: "
                   "[config.yaml]\n"
                   "openapi: {path: schema.json}\n"
                   "configMapGenerator: [{name: x, files: [f, k=g], envs: [e], env: one}, {name: y, files: [h]}]\n"
                   "secretGenerator: [{name: x, files: [s], envs: [t], env: u}]\n"
                   "helmGlobals: {chartHome: home}\n"
                   "helmCharts: [{name: web, valuesFile: v.yaml, additionalValuesFiles: [w.yaml]}, "
                   "{name: db, version: 1.2.3, repo: https://host}]\n"
                   "helmChartInflationGenerator: [{chartName: old, values: old.yaml, chartHome: old-home}]\n"
                   "patches: [{path: p.yaml}, {patch: 'kind: A'}]\npatchesJson6902: [{path: j.yaml}]\n"
                   "patchesStrategicMerge: [m.yaml]\nreplacements: [{path: r.yaml}]\n"
                   "generators: [gen.yaml]\ntransformers: [tran.yaml]\nvalidators: [val.yaml]\nunknown: [x]\n"),
        &list);
    expect_references(
        reader, &list,
        "openapi.path schema.json\nbases[0] b\ncomponents[0] c\nconfigurations[0] config.yaml\ncrds[0] crd.yaml\n"
        "resources[0] a.yaml\nresources[1] ../base\nconfigMapGenerator[0].env one\nconfigMapGenerator[0].envs[0] e\n"
        "configMapGenerator[0].files[0] f\nconfigMapGenerator[0].files[1] g\nconfigMapGenerator[1].files[0] h\n"
        "secretGenerator[0].env u\nsecretGenerator[0].envs[0] t\nsecretGenerator[0].files[0] s\n"
        "helmChartInflationGenerator[0].values old.yaml\nhelmChartInflationGenerator[0].chartHome old-home\n"
        "helmCharts[0].valuesFile v.yaml\nhelmCharts[0].additionalValuesFiles[0] w.yaml\npatches[0].path p.yaml\n"
        "patchesJson6902[0].path j.yaml\npatchesStrategicMerge[0] m.yaml\nreplacements[0].path r.yaml\n"
        "generators[0] gen.yaml\ntransformers[0] tran.yaml\nvalidators[0] val.yaml\nhelmGlobals.chartHome home\n"
        "helmCharts[0] home/web\nhelmCharts[1] home/db-1.2.3/db\nhelmChartInflationGenerator[0] old-home/old\n");
    assert_int_equal(list.items[5].path.position.column, 13);
    assert_int_equal(list.items[10].kind, REFERENCE_KEYED_FILE);
}

static void other_values_are_skipped_and_the_last_of_repeated_fields_wins(void **state)
{
    struct test_reader *reader = *state;
    struct reference_list list = {0};
    references_in_kustomization(
        &reader->arena,
        read_first(reader,
                   "RESOURCES: [a.yaml, {b: c}, null, '', 7]\npatches: {path: p.yaml}\nconfigMapGenerator: text\n"
                   "crds: one.yaml\ncomponents: [old]\nComponents: [new]\n"),
        &list);
    expect_references(reader, &list, "components[0] new\nresources[0] a.yaml\nresources[4] 7\npatches.path p.yaml\n");
}

static void plugin_configurations_refer_to_files(void **state)
{
    struct test_reader *reader = *state;
    struct reference_list list = {0};
    static const char *const objects[] = {
        "{apiVersion: builtin, kind: ConfigMapGenerator, metadata: {name: x}, files: [a=b], envs: [c], env: d}",
        "{apiVersion: builtin, kind: PatchTransformer, metadata: {name: x}, path: p}",
        "{apiVersion: builtin, kind: ReplacementTransformer, metadata: {name: x}, replacements: [{path: r}]}",
        "{apiVersion: builtin, kind: PatchStrategicMergeTransformer, metadata: {name: x}, paths: [m, 'kind: A\nx: y']}",
        "{apiVersion: builtin, kind: HelmChartInflationGenerator, metadata: {name: x}, name: web, valuesFile: v}",
        "{apiVersion: other/v1, kind: ConfigMapGenerator, metadata: {name: x}, files: [z]}",
        "{apiVersion: builtin, kind: ValueAddTransformer, metadata: {name: x}, targetFilePath: t}",
    };
    for (size_t i = 0; i < countof(objects); i++)
        references_in_object(&reader->arena, reader_resource(reader, "a.yaml", objects[i]), &list);
    expect_references(reader, &list,
                      "env d\nenvs[0] c\nfiles[0] b\npath p\nreplacements[0].path r\npaths[0] m\n"
                      "paths[1] kind: A x: y\nvaluesFile v\nname charts/web\ntargetFilePath t\n");
    assert_false(reference_may_be_inline(&list.items[5]));
    assert_true(reference_may_be_inline(&list.items[6]));
}

// --- The recording file system.

static const char *const lookup_texts[] = {
    [LOOKUP_READ] = "read", [LOOKUP_TREE] = "tree",   [LOOKUP_LISTED] = "listed",   [LOOKUP_UNREADABLE] = "unreadable",
    [LOOKUP_LINK] = "link", [LOOKUP_FOUND] = "found", [LOOKUP_MISSING] = "missing",
};

// The paths below the folder that a build of FOLDER/app looked up, one per line.
static struct slice record(struct world *world, bool *succeeded)
{
    struct recording *recording = recording_new(&file_system_posix);
    struct build *build = build_new();
    const struct build_options options = {.files = recording_files(recording), .fetches = true};
    struct lookup_list list = {0};
    struct buffer text = {0};
    *succeeded = build_run(build, &options, slice_from(world_path(world, "app")));
    recording_forget_below(recording, build->private_directory);
    recording_list(recording, &world->arena, true, &list);
    build_free(build);
    for (size_t i = 0; i < list.count; i++) {
        assert_true(i == 0 || slice_compare(list.items[i - 1].path, list.items[i].path) < 0);
        if (slice_starts_with(list.items[i].path, slice_from(world->folder)))
            buffer_add_format(&text, "%s %.*s\n", lookup_texts[list.items[i].kind],
                              SLICE_ARGS(slice_from_index(list.items[i].path, strlen(world->folder))));
    }
    struct slice copy = arena_copy(&world->arena, buffer_slice(&text));
    buffer_free(&text);
    recording_free(recording);
    return copy;
}

#define OBJECT(name) "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " name "\n"

static void a_recording_has_what_was_read_and_what_was_missing(void **state)
{
    struct world *world = *state;
    bool succeeded;
    world_require_cloning(world);
    world_write(world, "app/kustomization.yaml",
                "resources: [a.yaml, ../base, 'file://{W}/repo//d']\n"
                "configMapGenerator: [{name: x, files: [link]}]\n");
    world_write(world, "app/a.yaml", OBJECT("a"));
    world_write(world, "app/unused.yaml", OBJECT("u"));
    world_write(world, "app/target", "t");
    world_run(world, "ln -s target app/link");
    world_write(world, "base/Kustomization", "resources: [b.yaml]\n");
    world_write(world, "base/b.yaml", OBJECT("b"));
    world_write(world, "repo/d/kustomization.yaml", "resources: [c.yaml]\n");
    world_write(world, "repo/d/c.yaml", OBJECT("c"));
    world_commit(world, "repo");
    struct slice text = record(world, &succeeded);
    assert_true(succeeded);
    static const char *const parts[] = {
        "read /app/a.yaml\n",
        "read /app/kustomization.yaml\n",
        "missing /app/kustomization.yml\n",
        "missing /app/Kustomization\n",
        "link /app/link\n",
        "read /app/target\n",
        "read /base/Kustomization\n",
        "missing /base/kustomization.yaml\n",
        "read /base/b.yaml\n",
    };
    for (size_t i = 0; i < countof(parts); i++)
        expect_contains(text, parts[i]);
    assert_true(slice_find(text, slice_literal("unused")) == SLICE_NOT_FOUND);
    // Nothing from the clone, which is private to the build.
    assert_true(slice_find(text, slice_literal("c.yaml")) == SLICE_NOT_FOUND);
}

static void a_recording_of_a_failed_build_has_the_missing_files(void **state)
{
    struct world *world = *state;
    bool succeeded;
    world_write(world, "app/kustomization.yaml", "resources: [a.yaml, later.yaml]\n");
    world_write(world, "app/a.yaml", OBJECT("a"));
    struct slice text = record(world, &succeeded);
    assert_false(succeeded);
    expect_contains(text, "missing /app/later.yaml\n");
    expect_contains(text, "read /app/kustomization.yaml\n");
}

static const struct CMUnitTest tests[] = {
    reader_test(every_field_with_a_path_is_found),
    reader_test(other_values_are_skipped_and_the_last_of_repeated_fields_wins),
    reader_test(plugin_configurations_refer_to_files),
    world_test(a_recording_has_what_was_read_and_what_was_missing),
    world_test(a_recording_of_a_failed_build_has_the_missing_files),
};

int test_references(void)
{
    return cmocka_run_group_tests_name("references", tests, NULL, NULL);
}
