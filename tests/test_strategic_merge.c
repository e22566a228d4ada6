// The strategic merge: maps, lists with keys, directives, and quotes.
#include "tests/support.h"

#define FOO "apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: foo}\n"
#define POD "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\n"

static void add_patch(struct test_build *build, const char *object, const char *target, const char *patch)
{
    struct buffer text = {0};
    buffer_add_format(&text, "%s%s%c", object, target, 0);
    tree_add(build, "object.yaml", text.data);
    text.length = 0;
    buffer_add_format(&text, "%s%s%c", object, patch, 0);
    tree_add(build, "patch.yaml", text.data);
    tree_add(build, "kustomization.yaml", "resources: [object.yaml]\npatches: [{path: patch.yaml}]\n");
    buffer_free(&text);
}

// `result` is the stream without its first lines, which all resources of the kind share.
static void expect_foo(void **state, const char *target, const char *patch, const char *result)
{
    struct buffer stream = {0};
    buffer_add_format(&stream, "apiVersion: example.com/v1\nkind: Foo\nmetadata:\n  name: foo\n%s%c", result, 0);
    add_patch(*state, FOO, target, patch);
    expect_stream(*state, ".", stream.data);
    buffer_free(&stream);
}

static void expect_pod(void **state, const char *target, const char *patch, const char *result)
{
    struct buffer stream = {0};
    buffer_add_format(&stream, "apiVersion: v1\nkind: Pod\nmetadata:\n  name: pod\nspec:\n%s%c", result, 0);
    add_patch(*state, POD, target, patch);
    expect_stream(*state, ".", stream.data);
    buffer_free(&stream);
}

static void maps_are_merged_by_key(void **state)
{
    expect_foo(state, "spec: {a: 1, m: {x: 1}}\n", "spec: {b: 2, m: {y: 2}}\n",
               "spec:\n  a: 1\n  b: 2\n  m:\n    x: 1\n    \"y\": 2\n");
    expect_foo(state, "spec: {a: 1}\n", "spec: {}\n", "spec:\n  a: 1\n");
}

static void null_removes_a_field(void **state)
{
    expect_foo(state, "spec: {a: 1, b: 2}\n", "spec: {a: null, c: ~}\n", "spec:\n  b: 2\n");
    expect_foo(state, "spec: {a: 1}\n", "spec: {a: null}\n", "spec: {}\n");
}

static void an_explicit_null_in_the_target_stays(void **state)
{
    expect_foo(state, "spec:\n  a: null\n  b: ~\n  c:\n", "x: 1\n", "spec:\n  a: null\n  b: null\nx: 1\n");
}

static void nulls_in_new_maps_disappear(void **state)
{
    expect_foo(state, "spec: {a: 1}\n", "spec: {h: {i: null, j: 1, k: {l: null}}}\n",
               "spec:\n  a: 1\n  h:\n    j: 1\n    k: {}\n");
}

static void directives_act_on_maps(void **state)
{
    expect_foo(state, "spec: {s: {x: 1}}\n", "spec: {s: {$patch: replace, y: 2}}\n", "spec:\n  s:\n    \"y\": 2\n");
    expect_foo(state, "spec: {s: {x: 1}}\n", "spec: {s: {$patch: delete, y: 2}}\n", "spec: {}\n");
    expect_foo(state, "spec: {s: {x: 1}}\n", "spec: {s: {$patch: merge, y: 2}}\n",
               "spec:\n  s:\n    x: 1\n    \"y\": 2\n");
}

static void an_unknown_directive_is_an_error_or_data(void **state)
{
    add_patch(*state, FOO, "spec: {s: {x: 1}}\n", "spec: {s: {$patch: foo}}\n");
    expect_error(*state, ".", "patch.yaml:4:20: unknown directive '$patch: foo'");
    expect_foo(state, "spec: {}\n", "spec: {s: {$patch: foo}}\n", "spec:\n  s:\n    $patch: foo\n");
}

static void a_directive_at_the_root_deletes_or_does_nothing(void **state)
{
    add_patch(*state, FOO, "spec: {a: 1}\n", "$patch: delete\n");
    expect_stream(*state, ".", "");
    expect_foo(state, "spec: {a: 1}\n", "$patch: replace\nspec: {b: 2}\n", "spec:\n  a: 1\n");
}

static void lists_of_custom_kinds_are_replaced(void **state)
{
    expect_foo(state, "spec: {containers: [{name: a}, {name: b}]}\n", "spec: {containers: [{name: a, x: 1}]}\n",
               "spec:\n  containers:\n  - name: a\n    x: 1\n");
}

static void an_object_within_an_object_has_its_own_type(void **state)
{
    expect_foo(
        state, "t: {apiVersion: v1, kind: Pod, spec: {containers: [{name: a}, {name: b}]}}\n",
        "t: {spec: {containers: [{name: b, image: x}]}}\n",
        "t:\n  apiVersion: v1\n  kind: Pod\n  spec:\n    containers:\n    - image: x\n      name: b\n    - name: a\n");
}

static void elements_of_the_patch_come_first(void **state)
{
    expect_pod(state, "spec: {containers: [{name: a, image: a}, {name: b, image: b}]}\n",
               "spec: {containers: [{name: c}, {name: b, image: x}, {name: d}]}\n",
               "  containers:\n  - name: c\n  - image: x\n    name: b\n  - name: d\n  - image: a\n    name: a\n");
}

static void long_lists_merge_like_short_ones(void **state)
{
    expect_pod(
        state,
        "spec: {volumes: [{name: a}, {name: b}, {name: c}, {name: d}, {name: e}, {name: f}, {name: g}, {name: h},"
        " {name: i}]}\n",
        "spec: {volumes: [{name: i, x: 1}, {name: z}, {name: c, $patch: delete}]}\n",
        "  volumes:\n  - name: i\n    x: 1\n  - name: z\n  - name: a\n  - name: b\n  - name: d\n  - name: e\n"
        "  - name: f\n  - name: g\n  - name: h\n");
}

static void with_two_keys_only_new_elements_come_first(void **state)
{
    expect_pod(
        state,
        "spec: {containers: [{name: a, ports: [{containerPort: 1, protocol: TCP}, {containerPort: 2, protocol: "
        "TCP}]}]}\n",
        "spec: {containers: [{name: a, ports: [{containerPort: 3, protocol: TCP}, {containerPort: 2, protocol: TCP, "
        "name: x}]}]}\n",
        "  containers:\n  - name: a\n    ports:\n    - containerPort: 3\n      protocol: TCP\n"
        "    - containerPort: 1\n      protocol: TCP\n    - containerPort: 2\n      name: x\n      protocol: TCP\n");
}

static void a_missing_second_key_is_not_the_default(void **state)
{
    expect_pod(state, "spec: {containers: [{name: a, ports: [{containerPort: 443, protocol: TCP}]}]}\n",
               "spec: {containers: [{name: a, ports: [{containerPort: 443, hostPort: 9}]}]}\n",
               "  containers:\n  - name: a\n    ports:\n    - containerPort: 443\n      protocol: TCP\n");
}

static void scalars_are_their_own_keys(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "object.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: pod, finalizers: [a, b]}\n");
    tree_add(build, "patch.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: pod, finalizers: [c, b]}\n");
    tree_add(build, "kustomization.yaml", "resources: [object.yaml]\npatches: [{path: patch.yaml}]\n");

    expect_stream(build, ".",
                  "apiVersion: v1\nkind: Pod\nmetadata:\n  finalizers:\n  - c\n  - b\n  - a\n  name: pod\n");
}

static void directives_act_on_elements(void **state)
{
    expect_pod(state, "spec: {containers: [{name: a, image: a}, {name: b}]}\n",
               "spec: {containers: [{name: a, $patch: delete}, {name: z, $patch: delete}]}\n",
               "  containers:\n  - name: b\n");
    // It replaces nothing but moves the element.
    expect_pod(state, "spec: {containers: [{name: b}, {name: a, image: a}]}\n",
               "spec: {containers: [{name: a, $patch: replace, image: x}]}\n",
               "  containers:\n  - image: a\n    name: a\n  - name: b\n");
}

static void directives_act_on_lists(void **state)
{
    expect_pod(state, "spec: {containers: [{name: a}]}\n", "spec: {containers: [{name: b}, {$patch: replace}]}\n",
               "  containers:\n  - name: b\n");
    expect_pod(state, "spec: {x: 1, containers: [{name: a}]}\n", "spec: {containers: [{$patch: delete}]}\n",
               "  x: 1\n");
}

static void an_element_without_its_key_removes_others(void **state)
{
    expect_pod(state, "spec: {containers: [{name: a}, {name: b}]}\n", "spec: {containers: [{image: x}]}\n",
               "  containers: []\n");
    expect_pod(state, "spec: {containers: [{name: a}, {image: x}, {image: z}]}\n", "spec: {x: 1}\n",
               "  containers:\n  - image: z\n  x: 1\n");
}

static void one_element_of_repeated_keys_remains(void **state)
{
    expect_pod(state, "spec: {containers: [{name: a, env: [{name: X, value: a}, {name: Z}, {name: X, value: b}]}]}\n",
               "spec: {x: 1}\n",
               "  containers:\n  - env:\n    - name: X\n      value: b\n    - name: Z\n    name: a\n  x: 1\n");
}

static void a_wrong_node_kind_is_an_error_in_the_patch(void **state)
{
    add_patch(*state, POD, "spec: {containers: [{name: a}]}\n", "spec: {containers: {name: a}}\n");
    expect_error(*state, ".", "patch.yaml:4:20: expected a list, as in the target at object.yaml:4:20, found a map");
}

static void a_number_keeps_the_quotes_of_the_target(void **state)
{
    expect_foo(state, "spec: {a: \"1\", b: 'x', c: 1, d: \"x\"}\n", "spec: {a: 5, b: true, c: 5, d: 0x1F, e: 7}\n",
               "spec:\n  a: \"5\"\n  b: \"true\"\n  c: 5\n  d: \"0x1F\"\n  e: 7\n");
    expect_foo(state, "spec: {a: 1}\n", "spec: {a: \"5\"}\n", "spec:\n  a: \"5\"\n");
}

static void a_literal_of_a_generator_is_a_string_for_patches_too(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "configMapGenerator: [{name: m, literals: [a=1], options: {disableNameSuffixHash: true}}]\n"
             "patches: [{patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {a: 2}}'}]\n");

    expect_field(build, "ConfigMap", "m", "data.a", "2");
    expect_contains(buffer_slice(&build->stream), "a: \"2\"\n");
}

static void the_identity_of_the_target_stays(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "object.yaml",
             "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: ns, labels: {a: b}}\n");
    tree_add(
        build, "kustomization.yaml",
        "resources: [object.yaml]\n"
        "patches: [{target: {}, patch: '{kind: Foo, apiVersion: x/v9, metadata: {$patch: replace, name: other}}'}]\n");

    expect_stream(build, ".", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\n  namespace: ns\n");
}

static void a_patch_may_rename_when_it_is_allowed_to(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "m.yaml", CONFIG_MAP("m"));
    tree_add(build, "kustomization.yaml",
             "resources: [m.yaml]\n"
             "patches:\n"
             "- target: {name: m}\n"
             "  options: {allowNameChange: true, allowKindChange: true}\n"
             "  patch: '{kind: Other, metadata: {name: renamed}}'\n"
             "- patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {old: id}}'\n"
             "- patch: '{apiVersion: v1, kind: Other, metadata: {name: renamed}, data: {new: id}}'\n");

    expect_field(build, "Other", "renamed", "data.old", "id");
    expect_field(build, "Other", "renamed", "data.new", "id");
}

static void a_patch_without_a_target_suggests_similar_objects(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "m.yaml", CONFIG_MAP("settings"));
    tree_add(
        build, "kustomization.yaml",
        "resources: [m.yaml]\npatches: [{patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: setings}}'}]\n");

    expect_error(build, ".",
                 "the patch matches no resource: there is no ConfigMap 'setings'\n  hint: did you mean 'settings'?");
}

int test_strategic_merge(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(maps_are_merged_by_key),
        build_test(null_removes_a_field),
        build_test(an_explicit_null_in_the_target_stays),
        build_test(nulls_in_new_maps_disappear),
        build_test(directives_act_on_maps),
        build_test(an_unknown_directive_is_an_error_or_data),
        build_test(a_directive_at_the_root_deletes_or_does_nothing),
        build_test(lists_of_custom_kinds_are_replaced),
        build_test(an_object_within_an_object_has_its_own_type),
        build_test(elements_of_the_patch_come_first),
        build_test(long_lists_merge_like_short_ones),
        build_test(with_two_keys_only_new_elements_come_first),
        build_test(a_missing_second_key_is_not_the_default),
        build_test(scalars_are_their_own_keys),
        build_test(directives_act_on_elements),
        build_test(directives_act_on_lists),
        build_test(an_element_without_its_key_removes_others),
        build_test(one_element_of_repeated_keys_remains),
        build_test(a_wrong_node_kind_is_an_error_in_the_patch),
        build_test(a_number_keeps_the_quotes_of_the_target),
        build_test(a_literal_of_a_generator_is_a_string_for_patches_too),
        build_test(the_identity_of_the_target_stays),
        build_test(a_patch_may_rename_when_it_is_allowed_to),
        build_test(a_patch_without_a_target_suggests_similar_objects),
    };
    return cmocka_run_group_tests_name("strategic_merge", tests, NULL, NULL);
}
