// JSON patches: the six operations and their error messages.
#include "tests/support.h"

#include <stdio.h>

#define OBJECT                                                                                                         \
    "apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: foo}\nspec:\n  list: [a, b]\n"                            \
    "  map: {k: v, a/b: 1, c~d: 2}\n  n: 1\n"

static void add_operations(struct test_build *build, const char *operations)
{
    tree_add(build, "object.yaml", OBJECT);
    tree_add(build, "patch.yaml", operations);
    tree_add(build, "kustomization.yaml",
             "resources: [object.yaml]\npatches: [{path: patch.yaml, target: {kind: Foo}}]\n");
}

static void expect_result(void **state, const char *operation, const char *path, const char *value)
{
    add_operations(*state, operation);
    expect_field(*state, "Foo", "foo", path, value);
}

static void expect_failure(void **state, const char *operation, const char *message)
{
    add_operations(*state, operation);
    expect_error(*state, ".", message);
}

static void add_sets_keys_and_inserts_elements(void **state)
{
    expect_result(state, "- {op: add, path: /spec/map/k, value: w}\n", "spec.map.k", "w");
    expect_result(state, "- {op: add, path: /spec/map/new, value: w}\n", "spec.map.new", "w");
    expect_result(state, "- {op: add, path: /spec/list/0, value: x}\n", "spec.list.0", "x");
    expect_result(state, "- {op: add, path: /spec/list/2, value: x}\n", "spec.list.2", "x");
    expect_result(state, "- {op: add, path: /spec/list/-, value: x}\n", "spec.list.2", "x");
    expect_result(state, "- {op: add, path: /spec/list/-1, value: x}\n", "spec.list.2", "x");
    expect_result(state, "- {op: add, path: /spec/list/-3, value: x}\n", "spec.list.0", "x");
}

static void remove_requires_an_existing_value(void **state)
{
    expect_result(state, "- {op: remove, path: /spec/map/k}\n", "spec.map.k", NULL);
    expect_result(state, "- {op: remove, path: /spec/list/-2}\n", "spec.list.0", "b");
    expect_failure(state, "- op: remove\n  path: /spec/mapp\n",
                   "patch.yaml:2:15: cannot remove '/spec/mapp': Foo 'foo' has no '/spec/mapp'\n  hint: did you mean "
                   "'/spec/map'?");
    expect_failure(state, "- {op: remove, path: /spec/map/other}\n",
                   "hint: the keys of 'map' are 'k', 'a/b', and 'c~d'");
    expect_failure(state, "- {op: remove, path: /spec/list/-}\n", "'-' is not a valid index of this list");
}

static void replace_sets_a_missing_value(void **state)
{
    expect_result(state, "- {op: replace, path: /spec/map/new, value: w}\n", "spec.map.new", "w");
    expect_result(state, "- {op: replace, path: /spec/list/01, value: w}\n", "spec.list.1", "w");
    expect_failure(state, "- {op: replace, path: /spec/list/2, value: w}\n", "'2' is not a valid index of this list");
}

static void copy_of_nothing_is_null(void **state)
{
    expect_result(state, "- {op: copy, from: /spec/map, path: /spec/copy}\n", "spec.copy.k", "v");
    add_operations(*state, "- {op: copy, from: /spec/zz, path: /spec/copy}\n");
    assert_true(test_build_run(*state, "."));
    expect_contains(buffer_slice(&((struct test_build *)*state)->stream), "  copy: null\n");
}

static void move_is_remove_and_add(void **state)
{
    expect_result(state, "- {op: move, from: /spec/map/k, path: /spec/k}\n", "spec.k", "v");
    expect_result(state, "- {op: move, from: /spec/list/0, path: /spec/list/-}\n", "spec.list.1", "a");
    expect_failure(state, "- {op: move, from: /spec/zz, path: /spec/k}\n",
                   "move '/spec/zz': Foo 'foo' has no '/spec/zz'");
}

static void test_compares_values(void **state)
{
    expect_result(state, "- {op: test, path: /spec/map, value: {c~d: 2.0, a/b: 1, k: v}}\n", "spec.n", "1");
    expect_result(state, "- {op: test, path: /spec/absent, value: null}\n", "spec.n", "1");
    expect_failure(state, "- {op: test, path: /spec/map/k, value: w}\n",
                   "test '/spec/map/k' failed: Foo 'foo' has a different value there\n  hint: compare with the "
                   "current value, 'v' (a string)");
    expect_failure(state, "- {op: test, path: /spec/n, value: \"1\"}\n", "test '/spec/n' failed");
    expect_failure(state, "[{\"op\": \"test\", \"path\": \"/spec/n\", \"value\": 1.0}]\n", "test '/spec/n' failed");
    expect_result(state, "[{\"op\": \"test\", \"path\": \"/spec/n\", \"value\": 1}]\n", "spec.n", "1");
}

// kustomize compares source text: `\/` differs from `/` here, although they are the same everywhere else.
static void test_compares_strings_of_json_as_they_are_written(void **state)
{
    static const char added[] = "[{\"op\": \"add\", \"path\": \"/spec/s\", \"value\": \"a\\/b\"},\n"
                                " {\"op\": \"test\", \"path\": \"\\/spec\\/s\", \"value\": \"a%sb\"}]\n";
    char operations[200];
    snprintf(operations, sizeof operations, added, "\\/");
    expect_result(state, operations, "spec.s", "a/b");
    snprintf(operations, sizeof operations, added, "/");
    expect_failure(state, operations, "patch.yaml:2:47: test '/spec/s' failed");
    expect_failure(state, "[{\"op\": \"test\", \"path\": \"/spec/map\", \"value\": {\"k\": \"\\u0076\"}}]\n",
                   "test '/spec/map'");
}

// Numbers, too, but only within the patch that wrote them.
static void test_compares_numbers_of_json_as_they_are_written(void **state)
{
    expect_result(state,
                  "[{\"op\": \"add\", \"path\": \"/spec/s\", \"value\": {\"x\": 1.50}},\n"
                  " {\"op\": \"test\", \"path\": \"/spec/s\", \"value\": {\"x\": 1.50}}]\n",
                  "spec.s.x", "1.5");
    expect_failure(state,
                   "[{\"op\": \"add\", \"path\": \"/spec/s\", \"value\": 1.50},\n"
                   " {\"op\": \"test\", \"path\": \"/spec/s\", \"value\": 1.5}]\n",
                   "patch.yaml:2:45: test '/spec/s' failed");
    static const char twice[] = "[{\"op\": \"test\", \"path\": \"/spec/list/0\", \"value\": \"%s\"},\n"
                                " {\"op\": \"replace\", \"path\": \"/spec/list/0\", \"value\": \"\\u0061\"}]\n";
    char operations[200];
    snprintf(operations, sizeof operations, twice, "a");
    add_operations(*state, operations);
    tree_add(*state, "kustomization.yaml",
             "resources: [object.yaml]\npatches:\n- {path: patch.yaml, target: {kind: Foo}}\n"
             "- {path: patch.yaml, target: {kind: Foo}}\n");
    expect_field(*state, "Foo", "foo", "spec.list.0", "a");
    snprintf(operations, sizeof operations, twice, "\\u0061");
    tree_add(*state, "patch.yaml", operations);
    expect_error(*state, ".", "patch.yaml:1:50: test '/spec/list/0' failed");
}

static void paths_escape_slashes_and_drop_their_first_element(void **state)
{
    expect_result(state, "- {op: remove, path: /spec/map/a~1b}\n", "spec.map.a/b", NULL);
    expect_result(state, "- {op: remove, path: /spec/map/c~0d}\n", "spec.map.c~d", NULL);
    expect_result(state, "- {op: add, path: dropped/spec/x, value: w}\n", "spec.x", "w");
    expect_failure(state, "- {op: add, path: spec, value: w}\n", "add: invalid path 'spec'");
}

static void a_parent_must_exist(void **state)
{
    expect_failure(state, "- {op: add, path: /spec/q/r, value: w}\n", "Foo 'foo' has no '/spec/q'\n");
    expect_failure(state, "- {op: add, path: /spec/map/k/r, value: w}\n", "'/spec/map/k' in Foo 'foo' is a string");
}

static void yaml_values_follow_yaml_11(void **state)
{
    add_operations(*state, "- {op: add, path: /spec/yes, value: yes}\n- {op: add, path: /spec/octal, value: 010}\n"
                           "- {op: add, path: /spec/date, value: 2001-01-01}\n- {op: remove, path: /spec/list}\n"
                           "- {op: remove, path: /spec/map}\n");
    expect_stream(
        *state, ".",
        "apiVersion: example.com/v1\nkind: Foo\nmetadata:\n  name: foo\nspec:\n  date: \"2001-01-01\"\n  \"n\": 1\n"
        "  octal: 8\n  \"yes\": true\n");
}

// Between two operations, no trace of a removed field can be seen.
static void removed_values_are_missing_for_later_operations(void **state)
{
    static const char removed[] = "- {op: remove, path: /spec/map/k}\n- {op: remove, path: /spec/n}\n%s";
    char operations[400];
    snprintf(operations, sizeof operations, removed,
             "- {op: test, path: /spec/map, value: {a/b: 1, c~d: 2}}\n- {op: copy, from: /spec, path: /copy}\n"
             "- {op: add, path: /spec/map/k, value: again}\n- {op: move, from: /copy/map/a~1b, path: /copy/map/k}\n"
             "- {op: move, from: /copy/map, path: /moved}\n- {op: remove, path: /spec/list}\n");
    add_operations(*state, operations);
    expect_stream(*state, ".",
                  "apiVersion: example.com/v1\ncopy:\n  list:\n  - a\n  - b\nkind: Foo\nmetadata:\n  name: foo\n"
                  "moved:\n  c~d: 2\n  k: 1\nspec:\n  map:\n    a/b: 1\n    c~d: 2\n    k: again\n");
    snprintf(operations, sizeof operations, removed, "- {op: remove, path: /spec/map/k}\n");
    expect_failure(state, operations, "patch.yaml:3:32: cannot remove '/spec/map/k': Foo 'foo' has no '/spec/map/k'");
    expect_failure(state, operations, "the keys of 'map' are 'a/b' and 'c~d'\n");
    snprintf(operations, sizeof operations, removed, "- {op: add, path: /spec/n/o, value: 1}\n");
    expect_failure(state, operations, "Foo 'foo' has no '/spec/n'\n");
    snprintf(operations, sizeof operations, removed, "- {op: test, path: \"\", value: {}}\n");
    expect_failure(state, operations, "test '' failed");
}

static void an_added_value_can_be_changed_and_removed(void **state)
{
    add_operations(*state, "- {op: add, path: /spec/new, value: {a: {b: c, d: e}}}\n"
                           "- {op: remove, path: /spec/new/a/b}\n- {op: remove, path: /spec/new}\n");
    expect_field(*state, "Foo", "foo", "spec.new", NULL);
}

// More keys than are looked up one by one.
static void fields_of_a_large_map_are_removed_and_found(void **state)
{
    struct test_build *build = *state;
    struct buffer object = {0}, patch = {0};
    buffer_add_text(&object, "apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: foo}\nspec:\n");
    for (int i = 0; i < 300; i++)
        buffer_add_format(&object, "  k%d: %d\n", i, i);
    for (int i = 0; i < 300; i += 1 + (i == 150))
        buffer_add_format(&patch, "- {op: remove, path: /spec/k%d}\n", i);
    buffer_add_text(&patch, "- {op: add, path: /spec/k7, value: 1007}\n");
    buffer_add_byte(&object, '\0');
    buffer_add_byte(&patch, '\0');
    add_operations(build, patch.data);
    tree_add(build, "object.yaml", object.data);
    expect_stream(build, ".",
                  "apiVersion: example.com/v1\nkind: Foo\nmetadata:\n  name: foo\nspec:\n  k7: 1007\n  k151: 151\n");
    buffer_free(&object);
    buffer_free(&patch);
}

static void the_first_annotation_can_be_added(void **state)
{
    expect_result(state, "- {op: add, path: /metadata/annotations/note, value: 5}\n", "metadata.annotations.note", "5");
}

static void operations_must_be_complete(void **state)
{
    expect_failure(state, "- {op: foo, path: /spec}\n", "patch.yaml:1:8: unknown operation 'foo'");
    expect_failure(state, "- {path: /spec}\n", "patch.yaml:1:3: the operation has no 'op'");
    expect_failure(state, "- {op: add, value: 1}\n", "add: the operation has no 'path'");
    expect_failure(state, "- {op: add, path: 5}\n", "add: expected a string for 'path', found a number");
    expect_failure(state, "- {op: copy, path: /spec}\n", "copy: the operation has no 'from'");
}

static void positions_in_json_are_those_of_the_operation(void **state)
{
    expect_failure(state, "[\n  {\"op\": \"remove\",\n   \"path\": \"/spec/zz\"}\n]\n",
                   "patch.yaml:3:19: cannot remove '/spec/zz'");
    expect_failure(state, "[{op: remove}]\n", "patch.yaml:1:3: invalid JSON: expected a key in double quotes, or '}'");
}

static void every_number_of_the_object_becomes_a_double(void **state)
{
    struct test_build *build = *state;
    add_operations(build, "- {op: remove, path: /spec/map}\n");
    tree_add(
        build, "object.yaml",
        "apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: foo}\nspec: {big: 12345678901234567890, map: {}}\n");

    assert_true(test_build_run(build, "."));
    expect_contains(buffer_slice(&build->stream), "  big: 12345678901234567000\n");
}

static void a_renamed_object_is_found_by_both_names(void **state)
{
    struct test_build *build = *state;
    add_operations(build, "- {op: replace, path: /metadata/name, value: bar}\n");
    tree_add(build, "kustomization.yaml",
             "resources: [object.yaml]\n"
             "patches:\n"
             "- {path: patch.yaml, target: {kind: Foo}}\n"
             "- patch: '{apiVersion: example.com/v1, kind: Foo, metadata: {name: foo}, old: x}'\n"
             "- patch: '{apiVersion: example.com/v1, kind: Foo, metadata: {name: bar}, new: x}'\n");

    expect_field(build, "Foo", "bar", "old", "x");
    expect_field(build, "Foo", "bar", "new", "x");
}

static void the_older_field_requires_a_target_name(void **state)
{
    struct test_build *build = *state;
    add_operations(build, "- {op: remove, path: /spec/map}\n");
    tree_add(build, "kustomization.yaml",
             "resources: [object.yaml]\npatchesJson6902: [{path: patch.yaml, target: {kind: Foo}}]\n");

    expect_error(build, ".", "the entry needs a target with a name");
}

static void copies_of_an_object_into_itself_are_limited(void **state)
{
    struct buffer copies = {0}, levels = {0}, path = {0};
    for (int i = 0; i < 40; i++)
        buffer_add_format(&copies, "- {op: copy, from: /spec, path: /spec/copy-%d}\n", i);
    for (int i = 0; i < 1001; i++) {
        buffer_add_text(&path, "/a");
        buffer_add_format(&levels, "- {op: add, path: /spec%.*s, value: {}}\n", SLICE_ARGS(buffer_slice(&path)));
    }
    buffer_add_byte(&copies, '\0');
    buffer_add_byte(&levels, '\0');
    expect_failure(state, copies.data, "the patch copies more than");
    expect_failure(state, levels.data, "add creates a resource with more than 1000 levels");
    buffer_free(&copies);
    buffer_free(&levels);
    buffer_free(&path);
}

// The same as `expect_failure`, with the Pod in pod.yaml.
static void expect_failure_on_pod(struct test_build *build, const char *operation, const char *message)
{
    tree_add(build, "patch.yaml", operation);
    tree_add(build, "kustomization.yaml",
             "resources: [pod.yaml]\npatches: [{path: patch.yaml, target: {kind: Pod}}]\n");
    expect_error(build, ".", message);
}

static void messages_name_the_items_on_the_path(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n"
             "  - {name: web, image: nginx, ports: [{containerPort: 80}], env: [{name: A, value: x}]}\n"
             "  - {name: log, image: busybox}\n");
    expect_failure_on_pod(
        build, "- {op: remove, path: /spec/containers/0/tty}\n",
        "  hint: the keys of 'containers/0' are 'name', 'image', 'ports', and 'env' ('containers/0' is 'web')\n");
    expect_failure_on_pod(build, "- {op: remove, path: /spec/containers/1/env/0}\n",
                          "  hint: did you mean '/spec/containers/0/env/0'? ('containers/1' is 'log')\n");
    expect_failure_on_pod(build, "- {op: add, path: /spec/containers/1/env/0/value, value: a}\n",
                          "  hint: the keys of 'containers/1' are 'name' and 'image' ('containers/1' is 'log')\n");
    expect_failure_on_pod(build, "- {op: remove, path: /spec/containers/1/imag}\n",
                          "  hint: did you mean '/spec/containers/1/image'? ('containers/1' is 'log')\n");
    expect_failure_on_pod(build, "- {op: remove, path: /spec/containers/-1/env}\n", "('containers/-1' is 'log')\n");
    expect_failure_on_pod(build, "- {op: test, path: /spec/containers/0/env/0/value, value: y}\n",
                          "'x' (a string); 'containers/0' is 'web' and 'env/0' is 'A'\n");
    expect_failure_on_pod(build, "- {op: test, path: /spec/containers/0/ports/0/containerPort, value: 81}\n",
                          "; 'containers/0' is 'web' and 'ports/0' has the containerPort '80'\n");
    expect_failure_on_pod(build, "- {op: add, path: /spec/containers/1/image/tag, value: a}\n",
                          "is a string, which has no fields\n  hint: 'containers/1' is 'log'\n");
    expect_failure_on_pod(build, "- {op: remove, path: /spec/containers/2}\n",
                          "  hint: the indexes of 'containers' are 0 and 1\n  while");
    expect_failure_on_pod(build, "- {op: replace, path: /spec/containers/0/ports/1, value: a}\n",
                          "  hint: the only index of 'ports' is 0 ('containers/0' is 'web')\n");
    tree_add(build, "patch.yaml", "- {op: remove, path: /metadata/labels}\n");
    tree_add(build, "kustomization.yaml",
             "namePrefix: shop-\nresources: [pod.yaml]\npatches: [{path: patch.yaml, target: {kind: Pod}}]\n");
    expect_error(build, ".", "  hint: the only key of 'metadata' is 'name'\n");
}

static void an_index_to_insert_at_may_be_the_next_one(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n"
             "  containers: [{name: a}, {name: b}, {name: c}]\n  initContainers: [{name: a}]\n  volumes: []\n");
    expect_failure_on_pod(build, "- {op: add, path: /spec/containers/4, value: {name: d}}\n",
                          "  hint: use an index from 0 to 3, or '-' to append\n");
    expect_failure_on_pod(build, "- {op: add, path: /spec/initContainers/2, value: {name: b}}\n",
                          "  hint: use index 0 or 1, or '-' to append\n");
    expect_failure_on_pod(build, "- {op: copy, from: /spec/containers/0, path: /spec/containers/4}\n",
                          "  hint: use an index from 0 to 3, or '-' to append\n");
    expect_failure_on_pod(build, "- {op: copy, from: /spec/containers/3, path: /spec/containers/3}\n",
                          "  hint: the indexes of 'containers' are 0 to 2\n");
    expect_failure_on_pod(build, "- {op: add, path: /spec/containers/3/name, value: d}\n",
                          "  hint: the indexes of 'containers' are 0 to 2\n");
    expect_failure_on_pod(build, "- {op: add, path: /spec/volumes/1, value: {name: d}}\n",
                          "  hint: use '-' to append: the list is empty\n");
}

int test_json_patch(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(add_sets_keys_and_inserts_elements),
        build_test(remove_requires_an_existing_value),
        build_test(replace_sets_a_missing_value),
        build_test(copy_of_nothing_is_null),
        build_test(move_is_remove_and_add),
        build_test(test_compares_values),
        build_test(test_compares_strings_of_json_as_they_are_written),
        build_test(test_compares_numbers_of_json_as_they_are_written),
        build_test(paths_escape_slashes_and_drop_their_first_element),
        build_test(a_parent_must_exist),
        build_test(yaml_values_follow_yaml_11),
        build_test(removed_values_are_missing_for_later_operations),
        build_test(an_added_value_can_be_changed_and_removed),
        build_test(fields_of_a_large_map_are_removed_and_found),
        build_test(the_first_annotation_can_be_added),
        build_test(operations_must_be_complete),
        build_test(positions_in_json_are_those_of_the_operation),
        build_test(every_number_of_the_object_becomes_a_double),
        build_test(a_renamed_object_is_found_by_both_names),
        build_test(the_older_field_requires_a_target_name),
        build_test(messages_name_the_items_on_the_path),
        build_test(an_index_to_insert_at_may_be_the_next_one),
        build_test(copies_of_an_object_into_itself_are_limited),
    };
    return cmocka_run_group_tests_name("json_patch", tests, NULL, NULL);
}
