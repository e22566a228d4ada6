// The hash in the names of generated resources. All values except those for v3 are from kustomize v5.8.1.
#include "tests/support.h"

#define MARK "annotations: {internal.config.kubernetes.io/needsHashSuffix: enabled}"

static void expect_name(struct test_build *build, const char *object, enum name_hash variant, const char *name)
{
    tree_add(build, "kustomization.yaml", "resources: [object.yaml]\n");
    tree_add(build, "object.yaml", object);
    build->options.name_hash = variant;
    assert_true(test_build_run(build, "."));
    expect_contains(buffer_slice(&build->stream), name);
}

static void expect_names(void **state, const char *object, const char *v4, const char *v3)
{
    expect_name(*state, object, NAME_HASH_V4, v4);
    expect_name(*state, object, NAME_HASH_V3, v3);
}

static void missing_or_empty_data_is_hashed(void **state)
{
    expect_names(state, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain, " MARK "}\n",
                 "  name: plain-6ct58987ht\n", "  name: plain-mf875745bb\n");
    expect_names(state, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: empty, " MARK "}\ndata: {}\n",
                 "  name: empty-42745tchd9\n", "  name: empty-b6t642d2fb\n");
    expect_names(state, "apiVersion: v1\nkind: Secret\nmetadata: {name: plain, " MARK "}\n",
                 "  name: plain-2bg6t6bf6t\n", "  name: plain-8cbc9hbmkb\n");
}

static void all_data_and_the_type_are_hashed(void **state)
{
    expect_names(state,
                 "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: both, " MARK "}\n"
                 "data: {b: '1', a: \"<x>\"}\nbinaryData: {c: AAEC}\n",
                 "  name: both-8hm25k2hbd\n", "  name: both-2h85h7gt5t\n");
    expect_names(state,
                 "apiVersion: v1\nkind: Secret\nmetadata: {name: typed, " MARK "}\ntype: kubernetes.io/tls\n"
                 "data: {b: MQ==, a: Mg==}\nstringData: {c: d}\n",
                 "  name: typed-g95fkfmg7b\n", "  name: typed-hkff4gg6cb\n");
}

// v3 hashed base64 without line breaks; v4 hashes it as it is written.
static void wrapped_base64_is_hashed_unwrapped_in_v3(void **state)
{
#define SECRET_OF(data) "apiVersion: v1\nkind: Secret\nmetadata: {name: wrapped, " MARK "}\ndata:\n  a: " data "\n"
#define HALF "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4"
    expect_names(state, SECRET_OF("|\n    " HALF "eHh4\n    " HALF "\n"), "  name: wrapped-f4t45bt5gk\n",
                 "  name: wrapped-9mch25fhh5\n");
    expect_names(state, SECRET_OF(HALF "eHh4" HALF), "  name: wrapped-7b2556ht26\n", "  name: wrapped-9mch25fhh5\n");
}

static void binary_data_that_is_a_list_is_hashed_as_null(void **state)
{
    expect_names(state, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: listed, " MARK "}\nbinaryData: [a]\n",
                 "  name: listed-mfcg99g7t5\n", "  name: listed-gk4275dggd\n");
}

// --- Other kinds.

#define HASHED_JOB                                                                                                     \
    "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: run\n  annotations:\n"                                        \
    "    internal.config.kubernetes.io/needsHashSuffix: enabled\n    other: x\nspec:\n  a: {b: 1}\n  c: {}\n"
#define PLAIN_JOB "apiVersion: batch/v1\nkind: Job\nmetadata: {name: run}\nspec: {a: 1}\n"
#define ASKING_PATCH                                                                                                   \
    "patches:\n- patch: |\n    apiVersion: batch/v1\n    kind: Job\n    metadata:\n      name: run\n"                  \
    "      annotations: {internal.config.kubernetes.io/needsHashSuffix: enabled}\n"
#define PATCH(text)                                                                                                    \
    "patches:\n- patch: |\n    apiVersion: batch/v1\n    kind: Job\n    metadata: {name: run}\n    " text "\n"
#define UNKNOWN "the hash in the name of Job 'run' differs from kustomize's"

static void expect_unknown(struct test_build *build)
{
    build->options.name_hash = NAME_HASH_V4;
    expect_warning(build, ".", UNKNOWN);
}

static void a_map_from_another_place_makes_a_tree_unknown(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "job.yaml", HASHED_JOB);
    tree_add(build, "kustomization.yaml",
             "resources: [job.yaml]\nreplacements:\n- source: {kind: Job, fieldPath: spec.a}\n"
             "  targets: [{select: {kind: Job}, fieldPaths: [spec.c]}]\n");
    expect_unknown(build);
}

static void a_patch_below_the_one_that_asks_makes_a_tree_unknown(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "base/job.yaml", PLAIN_JOB);
    tree_add(build, "base/kustomization.yaml", "resources: [job.yaml]\n" PATCH("spec: {a: 2}"));
    tree_add(build, "kustomization.yaml", "resources: [base]\n" ASKING_PATCH);
    expect_unknown(build);
}

static void a_json_patch_makes_an_unknown_tree_known_again(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "base/job.yaml", PLAIN_JOB);
    tree_add(build, "base/kustomization.yaml", "resources: [job.yaml]\n" PATCH("spec: {a: 2}"));
    tree_add(build, "kustomization.yaml",
             "resources: [base]\n" ASKING_PATCH
             "- target: {kind: Job}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/b\", \"value\": 1}]'\n");
    build->options.name_hash = NAME_HASH_V4;
    expect_field(build, "Job", "run-mt76tmd5kf", "spec.b", "1");
}

// If the annotation and all patches are in one kustomization, their order doesn't matter.
static void a_step_may_ask_after_a_patch(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "job.yaml", PLAIN_JOB);
    tree_add(
        build, "kustomization.yaml",
        "resources: [job.yaml]\ncommonAnnotations: {internal.config.kubernetes.io/needsHashSuffix: enabled}\n" PATCH(
            "spec: {a: 2}"));
    build->options.name_hash = NAME_HASH_V4;
    expect_field(build, "Job", "run-c5cctm8dhb", "spec.a", "2");
}

static void a_generated_object_is_followed_if_a_patch_may_change_its_kind(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "configMapGenerator: [{name: c, literals: [a=1]}]\npatches:\n"
             "- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: c}\n    data: {a: two} # two\n"
             "- target: {name: c}\n  options: {allowKindChange: true}\n"
             "  patch: |\n    apiVersion: v1\n    kind: Thing\n    metadata: {name: c}\n");
    build->options.name_hash = NAME_HASH_V4;
    expect_field(build, "Thing", "c-625g6c5m9c", "data.a", "two");
}

int test_name_hash(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(wrapped_base64_is_hashed_unwrapped_in_v3),
        build_test(binary_data_that_is_a_list_is_hashed_as_null),
        build_test(missing_or_empty_data_is_hashed),
        build_test(all_data_and_the_type_are_hashed),
        build_test(a_map_from_another_place_makes_a_tree_unknown),
        build_test(a_patch_below_the_one_that_asks_makes_a_tree_unknown),
        build_test(a_json_patch_makes_an_unknown_tree_known_again),
        build_test(a_step_may_ask_after_a_patch),
        build_test(a_generated_object_is_followed_if_a_patch_may_change_its_kind),
    };
    return cmocka_run_group_tests_name("name_hash", tests, NULL, NULL);
}
