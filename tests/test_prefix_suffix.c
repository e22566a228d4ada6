#include "tests/support.h"

static void prefix_and_suffix_grow_from_base_to_overlay(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "namePrefix: outer-\nnameSuffix: -outer\nresources: [base]\n");
    tree_add(build, "base/kustomization.yaml", "namePrefix: inner-\nnameSuffix: -inner\nresources: [web.yaml]\n");
    tree_add(build, "base/web.yaml", SERVICE("web"));

    expect_field(build, "Service", "outer-inner-web-inner-outer", "metadata.name", "outer-inner-web-inner-outer");
}

static void references_follow_a_prefix(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "namePrefix: p-\nresources: [settings.yaml, pod.yaml]\n");
    tree_add(build, "settings.yaml", CONFIG_MAP("settings"));
    tree_add(build, "pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\nspec: {volumes: [{configMap: {name: settings}}]}\n");

    expect_field(build, "Pod", "p-pod", "spec.volumes.0.configMap.name", "p-settings");
}

static void definitions_keep_their_names(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "namePrefix: p-\nresources: [space.yaml, crd.yaml]\n");
    tree_add(build, "space.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: space}\n");
    tree_add(build, "crd.yaml",
             "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: foos.foo.io}\n");

    expect_field(build, "Namespace", "space", "metadata.name", "space");
    expect_field(build, "CustomResourceDefinition", "foos.foo.io", "metadata.name", "foos.foo.io");
}

static void names_that_become_equal_are_refused(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [base, web.yaml]\n");
    tree_add(build, "web.yaml", SERVICE("p-web"));
    tree_add(build, "base/kustomization.yaml", "namePrefix: p-\nresources: [web.yaml]\n");
    tree_add(build, "base/web.yaml", SERVICE("web"));

    expect_error(build, ".", "Service 'p-web'");
}

static void an_object_needs_field_specs(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "transformers: [prefix.yaml]\nresources: [web.yaml]\n");
    tree_add(build, "web.yaml", SERVICE("web"));
    tree_add(build, "prefix.yaml", "apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: n}\nprefix: p-\n");

    expect_error(build, ".", "prefix.yaml:1:1: the configuration object has no fieldSpecs");
    expect_error(build, ".", "fieldSpecs: [{path: metadata/name}]");
}

int test_prefix_suffix(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(prefix_and_suffix_grow_from_base_to_overlay),
        build_test(references_follow_a_prefix),
        build_test(definitions_keep_their_names),
        build_test(names_that_become_equal_are_refused),
        build_test(an_object_needs_field_specs),
    };
    return cmocka_run_group_tests_name("prefix_suffix", tests, NULL, NULL);
}
