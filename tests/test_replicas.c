#include "tests/support.h"

static void the_count_is_set_by_any_name_that_the_workload_had(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [base]\nnamePrefix: o-\nreplicas: [{name: web, count: 5}]\n");
    tree_add(build, "base/kustomization.yaml", "resources: [web.yaml]\nnamePrefix: b-\n");
    tree_add(build, "base/web.yaml", DEPLOYMENT("web"));
    expect_field(build, "Deployment", "o-b-web", "spec.replicas", "5");

    tree_add(build, "kustomization.yaml", "resources: [base]\nnamePrefix: o-\nreplicas: [{name: b-web, count: 6}]\n");
    expect_field(build, "Deployment", "o-b-web", "spec.replicas", "6");

    tree_add(build, "kustomization.yaml", "resources: [base]\nnamePrefix: o-\nreplicas: [{name: o-b-web, count: 7}]\n");
    expect_field(build, "Deployment", "o-b-web", "spec.replicas", "7");
}

static void a_missing_count_is_zero(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [web.yaml]\nreplicas: [{name: web}]\n");
    tree_add(build, "web.yaml", DEPLOYMENT("web"));

    expect_field(build, "Deployment", "web", "spec.replicas", "0");
}

static void an_unknown_workload_suggests_a_similar_name(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [web.yaml]\nreplicas: [{name: fronted, count: 3}]\n");
    tree_add(build, "web.yaml", DEPLOYMENT("frontend") "---\n" CONFIG_MAP("fronted"));

    expect_error(build, ".", "kustomization.yaml:2:19: replicas: no workload named 'fronted'");
    expect_error(build, ".", "did you mean 'frontend'?");
}

static void replicas_that_are_a_map_are_refused(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [web.yaml]\nreplicas: [{name: web, count: 3}]\n");
    tree_add(build, "web.yaml",
             "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: {min: 1}}\n");

    expect_error(build, ".", "web.yaml:4:18: expected a single value for replicas, found a map");
}

int test_replicas(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(the_count_is_set_by_any_name_that_the_workload_had),
        build_test(a_missing_count_is_zero),
        build_test(an_unknown_workload_suggests_a_similar_name),
        build_test(replicas_that_are_a_map_are_refused),
    };
    return cmocka_run_group_tests_name("replicas", tests, NULL, NULL);
}
