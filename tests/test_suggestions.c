// Hints for misspelled paths, kinds, and names.
#include "tests/support.h"

static void a_missing_file_is_searched_in_the_same_directory(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("web"));
    tree_add(build, "kustomization.yaml", "resources: [wbe.yaml]\n");
    expect_error(build, ".", "hint: did you mean 'web.yaml'?");
    tree_add(build, "kustomization.yaml", "resources: [./web]\n");
    expect_error(build, ".", "hint: did you mean './web.yaml'?");
}

static void a_directory_in_the_middle_of_a_path_may_be_misspelled(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "base/shop/kustomization.yaml", "resources: []\nnamePrefix: a\n");
    tree_add(build, "overlay/kustomization.yaml", "resources: [../bsae/shop]\n");
    expect_error(build, "overlay", "hint: did you mean '../base/shop'?");
    expect_error(build, "bas/shop", "hint: did you mean 'base/shop'?");
}

static void a_path_that_would_be_missing_too_is_not_suggested(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "base/kustomization.yaml", "resources: []\nnamePrefix: a\n");
    test_build_run(build, "bsae/shop");
    assert_int_equal(slice_find(buffer_slice(&build->messages), slice_literal("did you mean")), SLICE_NOT_FOUND);
}

static void a_missing_kustomization_may_be_elsewhere_or_misspelled(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "overlays/prod/kustomization.yaml", "resources: []\nnamePrefix: a\n");
    expect_error(build, ".", "hint: use a directory that has one: overlays/prod");
    tree_add(build, "a/kustomisation.yaml", "resources: []\n");
    expect_error(build, "a", "hint: rename 'kustomisation.yaml' to 'kustomization.yaml'");
    tree_add(build, "b/web.yaml", DEPLOYMENT("web"));
    expect_error(build, "b", "'cd b && kiln create --autodetect'");
    expect_error(build, "overlays/prod/kustomization.yaml", "hint: use its directory: 'overlays/prod'");
}

static void a_component_that_fails_alone_mentions_its_users(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "repo/.git/HEAD", "ref: refs/heads/main\n");
    tree_add(build, "repo/components/ha/kustomization.yaml",
             "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
             "patches: [{patch: '{kind: ConfigMap, apiVersion: v1, metadata: {name: web}}'}]\n");
    expect_error(build, "repo/components/ha", "hint: build a kustomization that lists it under `components`\n");
    tree_add(build, "repo/overlays/prod/kustomization.yaml", "components: [\"../../components/ha\"]\n");
    tree_add(build, "repo/overlays/dev/kustomization.yaml", "components:\n- ../../components/ha-not\n");
    expect_error(build, "repo/components/ha", "lists it under `components`: 'overlays/prod' in ");
}

static void a_target_similar_to_an_object_gets_a_warning(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("frontend"));
    tree_add(build, "kustomization.yaml",
             "resources: [web.yaml]\npatches:\n- target: {kind: Deploymnet}\n  patch: '[]'\n"
             "- target: {kind: Deploymnet}\n  patch: '[{\"op\":\"remove\",\"path\":\"/spec\"}]'\n");
    expect_warning(
        build, ".",
        "kustomization.yaml:5:18: warning: the target selects nothing: no resource has the kind 'Deploymnet'");
    tree_add(build, "kustomization.yaml",
             "resources: [web.yaml]\npatches:\n- target: {name: fronted}\n"
             "  patch: '[{\"op\":\"remove\",\"path\":\"/spec\"}]'\n");
    expect_warning(build, ".", "hint: did you mean 'frontend'?");
}

static void a_target_for_other_objects_gets_no_warning(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "web.yaml", DEPLOYMENT("web-1"));
#define PATCH_OF(target)                                                                                               \
    "resources: [web.yaml]\npatches:\n- target: " target "\n  patch: '[{\"op\":\"remove\",\"path\":\"/spec\"}]'\n"
    tree_add(build, "kustomization.yaml", PATCH_OF("{kind: StatefulSet}"));
    expect_silence(build, ".");
    tree_add(build, "kustomization.yaml", PATCH_OF("{name: web-2}"));
    expect_silence(build, ".");
    tree_add(build, "kustomization.yaml", PATCH_OF("{name: web-.*x}"));
    expect_silence(build, ".");
}

static const struct CMUnitTest tests[] = {
    build_test(a_missing_file_is_searched_in_the_same_directory),
    build_test(a_directory_in_the_middle_of_a_path_may_be_misspelled),
    build_test(a_path_that_would_be_missing_too_is_not_suggested),
    build_test(a_missing_kustomization_may_be_elsewhere_or_misspelled),
    build_test(a_component_that_fails_alone_mentions_its_users),
    build_test(a_target_similar_to_an_object_gets_a_warning),
    build_test(a_target_for_other_objects_gets_no_warning),
};

int test_suggestions(void)
{
    return cmocka_run_group_tests_name("suggestions", tests, NULL, NULL);
}
