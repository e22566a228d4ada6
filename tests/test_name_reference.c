#include "tests/support.h"

#include <stdio.h>

#define POD(name, rest) "apiVersion: v1\nkind: Pod\nmetadata: {name: " name "}\nspec: {" rest "}\n"
#define ACCOUNT(name) "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: " name "}\n"
#define USES_SETTINGS "volumes: [{configMap: {name: settings}}]"
#define READER                                                                                                         \
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: reader}\n"                          \
    "rules: [{resources: [configmaps], resourceNames: [settings]}]\n"
#define BINDING(kind, name, subject)                                                                                   \
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: " kind "\nmetadata: {name: " name "}\n"                           \
    "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\nsubjects: [" subject "]\n"

#define RENAMED(namespace, name)                                                                                       \
    "resources: [settings.yaml]\nnamespace: " namespace "\npatches:\n- target: {kind: ConfigMap}\n"                    \
                                                        "  patch: '[{\"op\": \"replace\", \"path\": "                  \
                                                        "\"/metadata/name\", \"value\": \"" name "\"}]'\n"

static const char settings_path[] = "spec.volumes.0.configMap.name";

// A directory with a ConfigMap `settings` and a Pod that uses it, with a unique name.
static void add_pair(struct test_build *build, const char *directory, const char *pod, const char *kustomization)
{
    char path[64], text[256];
    snprintf(path, sizeof path, "%s/kustomization.yaml", directory);
    snprintf(text, sizeof text, "%s\nresources: [settings.yaml, pod.yaml]\n", kustomization);
    tree_add(build, path, text);
    snprintf(path, sizeof path, "%s/settings.yaml", directory);
    tree_add(build, path, CONFIG_MAP("settings"));
    snprintf(path, sizeof path, "%s/pod.yaml", directory);
    snprintf(text, sizeof text, POD("%s", USES_SETTINGS), pod);
    tree_add(build, path, text);
}

static void the_prefix_distinguishes_equal_names(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a, b]\n");
    add_pair(build, "a", "one", "namePrefix: a-");
    add_pair(build, "b", "two", "namePrefix: b-");

    expect_field(build, "Pod", "a-one", settings_path, "a-settings");
    expect_field(build, "Pod", "b-two", settings_path, "b-settings");
}

static void the_suffix_distinguishes_equal_names(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a, b]\n");
    add_pair(build, "a", "one", "nameSuffix: -a");
    add_pair(build, "b", "two", "nameSuffix: -b");

    expect_field(build, "Pod", "one-a", settings_path, "settings-a");
    expect_field(build, "Pod", "two-b", settings_path, "settings-b");
}

// With equal prefixes, only the suffix decides, and vice versa.
static void prefix_and_suffix_must_both_match(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a, b, c]\n");
    add_pair(build, "a", "one", "namePrefix: x-\nnameSuffix: -a");
    add_pair(build, "b", "two", "namePrefix: x-\nnameSuffix: -b");
    add_pair(build, "c", "three", "namePrefix: y-\nnameSuffix: -a");

    expect_field(build, "Pod", "x-one-a", settings_path, "x-settings-a");
    expect_field(build, "Pod", "x-two-b", settings_path, "x-settings-b");
    expect_field(build, "Pod", "y-three-a", settings_path, "y-settings-a");
}

static void the_outermost_prefixes_are_compared(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [x, z]\n");
    tree_add(build, "x/kustomization.yaml", "namePrefix: x-\nresources: [base, pod.yaml]\n");
    tree_add(build, "x/pod.yaml", POD("outer", USES_SETTINGS));
    add_pair(build, "x/base", "inner", "namePrefix: a-");
    tree_add(build, "z/kustomization.yaml", "namePrefix: z-\nresources: [base]\n");
    add_pair(build, "z/base", "inner", "namePrefix: a-");

    expect_field(build, "Pod", "x-outer", settings_path, "x-a-settings");
    expect_field(build, "Pod", "z-a-inner", settings_path, "z-a-settings");
}

// Without a prefix, all fit at first, and then only those without a prefix.
static void an_object_without_a_prefix_refers_to_one_without_a_prefix(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a, plain]\n");
    add_pair(build, "plain", "own", "namespace: default");
    add_pair(build, "a", "one", "namePrefix: a-");

    expect_field(build, "Pod", "own", settings_path, "settings");
    expect_field(build, "Pod", "a-one", settings_path, "a-settings");
}

static void an_object_without_a_suffix_refers_to_one_without_a_suffix(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a, plain]\n");
    add_pair(build, "plain", "own", "namespace: default");
    add_pair(build, "a", "one", "nameSuffix: -a");

    expect_field(build, "Pod", "own", settings_path, "settings");
    expect_field(build, "Pod", "one-a", settings_path, "settings-a");
}

// One without a prefix is accepted if no other fits.
static void no_prefix_matches_better_than_another_prefix(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a, plain, x]\n");
    add_pair(build, "a", "one", "namePrefix: a-");
    add_pair(build, "plain", "own", "nameSuffix: -p");
    tree_add(build, "x/kustomization.yaml", "namePrefix: x-\nresources: [pod.yaml]\n");
    tree_add(build, "x/pod.yaml", POD("two", USES_SETTINGS));

    expect_field(build, "Pod", "x-two", settings_path, "settings-p");
}

static void a_single_candidate_needs_no_affix(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a, b]\n");
    tree_add(build, "a/kustomization.yaml", "namePrefix: a-\nresources: [settings.yaml]\n");
    tree_add(build, "a/settings.yaml", CONFIG_MAP("settings"));
    tree_add(build, "b/kustomization.yaml", "namePrefix: b-\nresources: [pod.yaml]\n");
    tree_add(build, "b/pod.yaml", POD("two", USES_SETTINGS));

    expect_field(build, "Pod", "b-two", settings_path, "a-settings");
}

// A string only takes the name of what it refers to, so two resources with the same name are equivalent.
static void a_string_may_refer_to_one_name_in_two_namespaces(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "namePrefix: p-\nresources: [a, b, reader.yaml]\n");
    tree_add(build, "reader.yaml", READER);
    add_pair(build, "a", "one", "namespace: blue");
    add_pair(build, "b", "two", "namespace: green");

    expect_field(build, "ClusterRole", "p-reader", "rules.0.resourceNames.0", "p-settings");
}

static void a_string_that_could_refer_to_two_names_is_refused(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a, b, reader.yaml]\n");
    tree_add(build, "reader.yaml", READER);
    tree_add(build, "a/kustomization.yaml", RENAMED("blue", "one"));
    tree_add(build, "a/settings.yaml", CONFIG_MAP("settings"));
    tree_add(build, "b/kustomization.yaml", RENAMED("green", "two"));
    tree_add(build, "b/settings.yaml", CONFIG_MAP("settings"));

    expect_error(build, ".",
                 "'settings' in ClusterRole 'reader' is ambiguous: it could refer to ConfigMap 'one' in namespace "
                 "'blue' (a/settings.yaml:1:1) or ConfigMap 'two' in namespace 'green' (b/settings.yaml:1:1)");
}

static void add_accounts(struct test_build *build, const char *binding)
{
    tree_add(build, "kustomization.yaml", "resources: [a, b, binding.yaml]\n");
    tree_add(build, "binding.yaml", binding);
    tree_add(build, "a/kustomization.yaml", "namespace: blue\nresources: [account.yaml]\n");
    tree_add(build, "a/account.yaml", ACCOUNT("runner"));
    tree_add(build, "b/kustomization.yaml", "namespace: green\nresources: [account.yaml]\n");
    tree_add(build, "b/account.yaml", ACCOUNT("runner"));
}

// A map takes the namespace, too: an account must not get what belongs to another one.
static void a_map_that_could_refer_to_two_namespaces_is_refused(void **state)
{
    struct test_build *build = *state;
    add_accounts(build, BINDING("ClusterRoleBinding", "view", "{kind: ServiceAccount, name: runner}"));

    expect_error(
        build, ".",
        "'runner' in ClusterRoleBinding 'view' is ambiguous: it could refer to ServiceAccount 'runner' in "
        "namespace 'blue' (a/account.yaml:1:1) or ServiceAccount 'runner' in namespace 'green' (b/account.yaml:1:1)");
}

static void a_map_with_a_namespace_refers_to_the_object_in_it(void **state)
{
    struct test_build *build = *state;
    add_accounts(build,
                 BINDING("ClusterRoleBinding", "view", "{kind: ServiceAccount, name: runner, namespace: green}"));

    expect_field(build, "ClusterRoleBinding", "view", "subjects.0.name", "runner");
    expect_field(build, "ClusterRoleBinding", "view", "subjects.0.namespace", "green");
}

static void a_blank_namespace_refers_to_no_object(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "namespace: blue\nnamePrefix: p-\nresources: [account.yaml, binding.yaml]\n");
    tree_add(build, "account.yaml", ACCOUNT("runner"));
    tree_add(build, "binding.yaml",
             BINDING("ClusterRoleBinding", "view",
                     "{kind: ServiceAccount, name: runner}, {kind: ServiceAccount, name: runner, namespace: }, "
                     "{kind: ServiceAccount, name: runner, namespace: {}}"));

    expect_field(build, "ClusterRoleBinding", "p-view", "subjects.0.name", "p-runner");
    expect_field(build, "ClusterRoleBinding", "p-view", "subjects.0.namespace", "blue");
    expect_field(build, "ClusterRoleBinding", "p-view", "subjects.1.name", "runner");
    expect_field(build, "ClusterRoleBinding", "p-view", "subjects.2.name", "runner");
}

// Cluster-scoped resources have no namespace, which differs from the empty one.
static void a_namespace_excludes_cluster_scoped_objects(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "namePrefix: p-\nresources: [reader.yaml, uses.yaml]\nconfigurations: [references.yaml]\n");
    tree_add(build, "references.yaml",
             "nameReference:\n- kind: ClusterRole\n  fieldSpecs: [{path: roles, kind: Uses}]\n");
    tree_add(build, "reader.yaml", READER);
    tree_add(build, "uses.yaml",
             "apiVersion: example.com/v1\nkind: Uses\nmetadata: {name: u}\n"
             "roles: [{name: reader}, {name: reader, namespace: \"\"}, {name: reader, namespace: blue}]\n");

    expect_field(build, "Uses", "p-u", "roles.0.name", "p-reader");
    expect_field(build, "Uses", "p-u", "roles.1.name", "reader");
    expect_field(build, "Uses", "p-u", "roles.2.name", "reader");
}

static void objects_in_another_namespace_are_not_referenced(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a, b]\n");
    tree_add(build, "a/kustomization.yaml", "namespace: blue\nnamePrefix: a-\nresources: [settings.yaml]\n");
    tree_add(build, "a/settings.yaml", CONFIG_MAP("settings"));
    tree_add(build, "b/kustomization.yaml", "namespace: green\nresources: [pod.yaml]\n");
    tree_add(build, "b/pod.yaml", POD("two", USES_SETTINGS));

    expect_field(build, "Pod", "two", settings_path, "settings");
}

static void an_account_is_looked_up_in_the_namespace_of_the_subject(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a, b]\n");
    tree_add(build, "a/kustomization.yaml", "namespace: blue\nnamePrefix: a-\nresources: [account.yaml]\n");
    tree_add(build, "a/account.yaml", ACCOUNT("runner"));
    tree_add(build, "b/kustomization.yaml", "namespace: green\nresources: [one.yaml, two.yaml]\n");
    tree_add(build, "b/one.yaml",
             BINDING("RoleBinding", "one", "{kind: ServiceAccount, name: runner, namespace: blue}"));
    tree_add(build, "b/two.yaml", BINDING("RoleBinding", "two", "{kind: ServiceAccount, name: runner}"));

    expect_field(build, "RoleBinding", "one", "subjects.0.name", "a-runner");
    expect_field(build, "RoleBinding", "two", "subjects.0.name", "runner");
}

static void an_empty_subject_namespace_matches_accounts_without_one(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [a, b]\n");
    tree_add(build, "a/kustomization.yaml", "namePrefix: a-\nresources: [account.yaml]\n");
    tree_add(build, "a/account.yaml", ACCOUNT("runner"));
    tree_add(build, "b/kustomization.yaml", "namespace: green\nresources: [one.yaml, two.yaml]\n");
    tree_add(build, "b/one.yaml",
             BINDING("RoleBinding", "one",
                     "{kind: ServiceAccount, name: runner}, {kind: ServiceAccount, name: runner, namespace: \"\"}"));
    tree_add(build, "b/two.yaml", BINDING("RoleBinding", "two", "{kind: ServiceAccount, name: runner}"));

    expect_field(build, "RoleBinding", "one", "subjects.0.name", "a-runner");
    expect_field(build, "RoleBinding", "one", "subjects.1.name", "runner");
    expect_field(build, "RoleBinding", "two", "subjects.0.name", "runner");
}

static void a_role_binding_needs_subjects_that_can_be_read(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "resources: [binding.yaml]\n");
    tree_add(build, "binding.yaml", BINDING("RoleBinding", "view", "runner"));
    expect_error(build, ".", "binding.yaml:5:12: expected a map for a subject of a role binding, found a string");

    tree_add(build, "binding.yaml", BINDING("RoleBinding", "view", "{kind: , name: runner, namespace: blue}"));
    expect_error(build, ".", "expected a string for the kind of a subject that has a namespace, found null");

    tree_add(build, "binding.yaml", BINDING("RoleBinding", "view", "{kind: , name: runner}"));
    expect_silence(build, ".");
    tree_add(build, "binding.yaml", BINDING("ClusterRoleBinding", "view", "{kind: , name: runner, namespace: blue}"));
    expect_silence(build, ".");
}

// Its subjects are read as soon as it may refer to anything, even in a field that it doesn't have.
static void a_role_binding_of_another_group_needs_them_once_it_refers(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "references.yaml",
             "nameReference:\n- kind: ConfigMap\n  fieldSpecs: [{path: settings, kind: RoleBinding}]\n");
    tree_add(build, "binding.yaml",
             "apiVersion: example.com/v1\nkind: RoleBinding\nmetadata: {name: view}\nsubjects: [runner]\n");
    tree_add(build, "kustomization.yaml", "resources: [binding.yaml]\n");
    expect_silence(build, ".");

    tree_add(build, "kustomization.yaml", "resources: [binding.yaml]\nconfigurations: [references.yaml]\n");
    expect_error(build, ".", "binding.yaml:4:12: expected a map for a subject of a role binding, found a string");
}

static void a_role_reference_is_resolved_by_its_kind(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "resources: [roles.yaml, binding.yaml]\n"
             "patches:\n"
             "- target: {kind: Role}\n"
             "  patch: '[{\"op\": \"replace\", \"path\": \"/metadata/name\", \"value\": \"edit\"}]'\n");
    tree_add(build, "roles.yaml",
             "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: view}\n---\n"
             "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: view}\n");
    tree_add(build, "binding.yaml", BINDING("RoleBinding", "one", "{kind: User, name: a}"));

    expect_field(build, "RoleBinding", "one", "roleRef.name", "view");
}

static void only_a_name_that_changes_loses_its_type(void **state)
{
    struct test_build *build = *state;
    const char *claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: '12'}\n";
    tree_add(build, "claim.yaml", claim);
    tree_add(build, "pod.yaml", POD("p", "volumes: [{persistentVolumeClaim: {claimName: !!str 12}}]"));
    tree_add(build, "kustomization.yaml", "namespace: blue\nresources: [claim.yaml, pod.yaml]\n");
    assert_true(test_build_run(build, "."));
    expect_contains(buffer_slice(&build->stream), "claimName: \"12\"\n");

    tree_add(build, "kustomization.yaml", "namePrefix: '3'\nresources: [claim.yaml, pod.yaml]\n");
    assert_true(test_build_run(build, "."));
    expect_contains(buffer_slice(&build->stream), "claimName: 312\n");
}

static void an_aliased_value_changes_everywhere(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "namePrefix: p-\nresources: [base]\nconfigurations: [references.yaml]\n");
    tree_add(build, "references.yaml",
             "nameReference:\n- kind: ConfigMap\n  fieldSpecs: [{path: metadata/labels/app, kind: Deployment}]\n");
    tree_add(build, "base/kustomization.yaml", "resources: [settings.yaml, web.yaml]\ncommonLabels: {app: settings}\n");
    tree_add(build, "base/settings.yaml", CONFIG_MAP("settings"));
    tree_add(build, "base/web.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n");

    expect_field(build, "Deployment", "p-web", "metadata.labels.app", "p-settings");
    expect_field(build, "Deployment", "p-web", "spec.selector.matchLabels.app", "p-settings");
}

int test_name_reference(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(the_prefix_distinguishes_equal_names),
        build_test(the_suffix_distinguishes_equal_names),
        build_test(prefix_and_suffix_must_both_match),
        build_test(the_outermost_prefixes_are_compared),
        build_test(an_object_without_a_prefix_refers_to_one_without_a_prefix),
        build_test(an_object_without_a_suffix_refers_to_one_without_a_suffix),
        build_test(no_prefix_matches_better_than_another_prefix),
        build_test(a_single_candidate_needs_no_affix),
        build_test(a_string_may_refer_to_one_name_in_two_namespaces),
        build_test(a_string_that_could_refer_to_two_names_is_refused),
        build_test(a_map_that_could_refer_to_two_namespaces_is_refused),
        build_test(a_map_with_a_namespace_refers_to_the_object_in_it),
        build_test(a_blank_namespace_refers_to_no_object),
        build_test(a_namespace_excludes_cluster_scoped_objects),
        build_test(objects_in_another_namespace_are_not_referenced),
        build_test(an_account_is_looked_up_in_the_namespace_of_the_subject),
        build_test(an_empty_subject_namespace_matches_accounts_without_one),
        build_test(a_role_binding_needs_subjects_that_can_be_read),
        build_test(a_role_binding_of_another_group_needs_them_once_it_refers),
        build_test(a_role_reference_is_resolved_by_its_kind),
        build_test(only_a_name_that_changes_loses_its_type),
        build_test(an_aliased_value_changes_everywhere),
    };
    return cmocka_run_group_tests_name("name_reference", tests, NULL, NULL);
}
