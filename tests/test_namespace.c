#include "tests/support.h"

static void objects_move_into_the_namespace(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "namespace: staging\nresources: [web.yaml, space.yaml]\n");
    tree_add(build, "web.yaml", SERVICE("web"));
    tree_add(build, "space.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: old, namespace: kept}\n");

    expect_field(build, "Service", "web", "metadata.namespace", "staging");
    expect_field(build, "Namespace", "staging", "metadata.namespace", "kept");
}

static void an_empty_namespace_changes_nothing(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "namespace: ''\nresources: [web.yaml]\n");
    tree_add(build, "web.yaml", SERVICE("web"));

    expect_field(build, "Service", "web", "metadata.namespace", NULL);
}

static void the_outermost_namespace_wins(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "namespace: outer\nresources: [base]\n");
    tree_add(build, "base/kustomization.yaml", "namespace: inner\nresources: [web.yaml]\n");
    tree_add(build, "base/web.yaml", SERVICE("web"));

    expect_field(build, "Service", "web", "metadata.namespace", "outer");
}

static void two_objects_must_not_get_the_same_id(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "namespace: staging\nresources: [a.yaml, b.yaml]\n");
    tree_add(build, "a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: a}\n");
    tree_add(build, "b.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: b}\n");

    expect_error(build, ".", "Service 'web' in namespace 'staging'");
}

static void subjects_must_be_a_list(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "namespace: staging\nresources: [binding.yaml]\n");
    tree_add(build, "binding.yaml",
             "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\n"
             "subjects: {name: default}\n");

    expect_error(build, ".", "binding.yaml:4:11: expected a list for 'subjects', found a map");
}

static void an_unknown_mode_for_subjects_lists_the_known_ones(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "transformers: [namespace.yaml]\nresources: [web.yaml]\n");
    tree_add(build, "web.yaml", SERVICE("web"));
    tree_add(build, "namespace.yaml",
             "apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: {name: n, namespace: staging}\n"
             "setRoleBindingSubjects: all\n");

    expect_error(build, ".",
                 "namespace.yaml:4:25: setRoleBindingSubjects must be defaultOnly, allServiceAccounts, or none, "
                 "not 'all'");
}

int test_namespace(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(objects_move_into_the_namespace), build_test(an_empty_namespace_changes_nothing),
        build_test(the_outermost_namespace_wins),    build_test(two_objects_must_not_get_the_same_id),
        build_test(subjects_must_be_a_list),         build_test(an_unknown_mode_for_subjects_lists_the_known_ones),
    };
    return cmocka_run_group_tests_name("namespace", tests, NULL, NULL);
}
