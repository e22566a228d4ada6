#include "tests/support.h"

#define OBJECT "objref: {apiVersion: v1, kind: Service, name: web}"
#define VARS(path) "vars:\n- name: V\n  " OBJECT "\n  fieldref: {fieldPath: \"" path "\"}\n"

static void add_tree(struct test_build *build, const char *kustomization, const char *argument)
{
    struct buffer pod = {0};
    buffer_add_format(&pod,
                      "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\n"
                      "spec: {containers: [{name: c, args: ['%s']}]}\n",
                      argument);
    buffer_add_byte(&pod, '\0');
    tree_add(build, "pod.yaml", pod.data);
    tree_add(build, "web.yaml",
             "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"
             "spec: {ports: [{port: 80}], on: true, rate: 1234567.5, small: 1.5e-07,\n"
             "  hex: 0x10, map: {a: b}}\n");
    tree_add(build, "kustomization.yaml", kustomization);
    buffer_free(&pod);
}

#define RESOURCES "resources: [pod.yaml, web.yaml]\n"

static void expect_argument(struct test_build *build, const char *argument, const char *path, const char *expected)
{
    struct buffer text = {0};
    buffer_add_format(
        &text, RESOURCES "namePrefix: p-\nvars:\n- name: V\n  " OBJECT "\n  fieldref: {fieldPath: \"%s\"}\n", path);
    buffer_add_byte(&text, '\0');
    add_tree(build, text.data, argument);
    expect_field(build, "Pod", "p-pod", "spec.containers.0.args.0", expected);
    buffer_free(&text);
}

static void a_var_has_the_final_value_of_its_field(void **state)
{
    expect_argument(*state, "$(V)", "", "p-web");
    expect_argument(*state, "a$(V)b$(V)", "metadata.name", "ap-webbp-web");
    expect_argument(*state, "$(V)", "spec.ports[0].port", "80");
    expect_argument(*state, "$(V)", "spec.ports.0.port", "80");
}

static void other_dollar_signs_stay(void **state)
{
    expect_argument(*state, "$$(V)$$$(V)", "metadata.name", "$(V)$p-web");
    expect_argument(*state, "$x $ $() $(W) $(V) x$", "metadata.name", "$x $ $() $(W) p-web x$");
    expect_argument(*state, "$(V)$(V", "metadata.name", "p-web$(V");
}

static void numbers_in_a_string_are_formatted_as_in_go(void **state)
{
    expect_argument(*state, "x$(V)", "spec.rate", "x1.2345675e+06");
    expect_argument(*state, "x$(V)", "spec.small", "x1.5e-07");
    expect_argument(*state, "x$(V)", "spec.on", "xtrue");
}

static void a_whole_field_takes_the_type_of_the_value(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES VARS("spec.on"), "$(V)");
    assert_true(test_build_run(build, "."));
    expect_contains(buffer_slice(&build->stream), "  - args:\n    - true\n");
    add_tree(build, RESOURCES VARS("metadata.name"), "5");
    assert_true(test_build_run(build, "."));
    expect_contains(buffer_slice(&build->stream), "  - args:\n    - \"5\"\n");
}

static void unused_vars_cause_a_notice(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "vars:\n- {name: Z, " OBJECT "}\n- {name: A, " OBJECT "}\n", "none");
    expect_warning(build, ".", "well-defined vars that were never replaced: A,Z\n");
}

static void a_map_cannot_be_part_of_a_string(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES VARS("spec.map"), "$(V)");
    expect_warning(build, ".", "the value of the var 'V' is a map or a list");
    expect_field(build, "Pod", "pod", "spec.containers.0.args.0", "$(V)");
}

static void the_source_of_a_var_must_exist(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "vars: [{name: V, objref: {apiVersion: v1, kind: Service, name: wep}}]\n", "$(V)");
    expect_error(build, ".", "no resource matches the objref of the var 'V'");
    add_tree(build, RESOURCES VARS("spec.zz"), "$(V)");
    expect_error(build, ".", "var 'V': Service 'web' has no field 'spec.zz'");
    add_tree(build, RESOURCES VARS("spec.hex"), "$(V)");
    expect_error(build, ".", "var 'V': the number 0x10 at 'spec.hex' in Service 'web' cannot be the value of a var");
}

static void a_var_has_one_definition_in_the_whole_tree(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "vars: [{name: V, " OBJECT "}, {name: V, " OBJECT "}]\n", "$(V)");
    expect_error(build, ".", "the var 'V' is already defined");
    tree_add(build, "top/kustomization.yaml", "resources: [../base]\n" VARS("metadata.name"));
    tree_add(build, "base/kustomization.yaml", "resources: [web.yaml]\n" VARS("metadata.name"));
    tree_add(build, "base/web.yaml", SERVICE("web"));
    expect_error(build, "top", "the var 'V' is already defined");
}

static void two_matching_objects_are_an_error(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES VARS("metadata.namespace"), "$(V)");
    tree_add(build, "web.yaml",
             "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: a}\n---\n"
             "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: b}\n");
    expect_error(
        build, ".",
        "the var 'V' is ambiguous: it could refer to Service 'web' in namespace 'a' or Service 'web' in namespace 'b'");
}

static void lists_and_maps_must_contain_strings(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES VARS("metadata.name"), "$(V)");
    tree_add(build, "pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\nspec: {containers: [{args: [5]}]}\n");
    expect_error(build, ".", "pod.yaml:4:29: expected a string in a list where vars are replaced, found a number");
}

static void a_var_follows_an_object_that_a_generator_replaced(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "base/kustomization.yaml",
             "resources: [pod.yaml]\nconfigMapGenerator: [{name: g, literals: [a=b]}]\n"
             "vars:\n- name: V\n  objref: {apiVersion: v1, kind: ConfigMap, name: g}\n"
             "  fieldref: {fieldPath: data.a}\n");
    tree_add(build, "base/pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\n"
             "spec: {containers: [{name: c, args: [$(V)]}]}\n");
    tree_add(build, "kustomization.yaml",
             "resources: [base]\nnamePrefix: o-\n"
             "configMapGenerator: [{name: g, behavior: replace, literals: [a=zz]}]\n");
    expect_field(build, "Pod", "o-pod", "spec.containers.0.args.0", "zz");
}

int test_vars(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(a_var_has_the_final_value_of_its_field),
        build_test(other_dollar_signs_stay),
        build_test(numbers_in_a_string_are_formatted_as_in_go),
        build_test(a_whole_field_takes_the_type_of_the_value),
        build_test(unused_vars_cause_a_notice),
        build_test(a_map_cannot_be_part_of_a_string),
        build_test(the_source_of_a_var_must_exist),
        build_test(a_var_has_one_definition_in_the_whole_tree),
        build_test(two_matching_objects_are_an_error),
        build_test(lists_and_maps_must_contain_strings),
        build_test(a_var_follows_an_object_that_a_generator_replaced),
    };
    return cmocka_run_group_tests_name("vars", tests, NULL, NULL);
}
