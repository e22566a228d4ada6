#include "tests/support.h"

#define SOURCE                                                                                                         \
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: src}\n"                                                         \
    "data: {host: db.example.com, number: '7'}\nvalues: {a: 1}\nlist: [x, z]\n"

static void add_tree(struct test_build *build, const char *replacements)
{
    tree_add(build, "kustomization.yaml", replacements);
    tree_add(build, "src.yaml", SOURCE);
    tree_add(build, "web.yaml", DEPLOYMENT("web"));
}

#define RESOURCES "resources: [src.yaml, web.yaml]\n"

static void a_value_goes_from_a_source_to_its_targets(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "replacements:\n"
                              "- source: {kind: ConfigMap, fieldPath: data.host}\n"
                              "  targets:\n"
                              "  - select: {kind: Deployment}\n"
                              "    fieldPaths: [\"spec.template.spec.containers.[name=web].image\"]\n");
    expect_field(build, "Deployment", "web", "spec.template.spec.containers.0.image", "db.example.com");
}

static void a_scalar_keeps_its_type_and_takes_the_value(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "replacements:\n"
                              "- sourceValue: '7'\n"
                              "  targets:\n"
                              "  - {select: {name: src}, fieldPaths: [data.number, values.a]}\n");
    expect_stream(build, ".",
                  "apiVersion: v1\ndata:\n  host: db.example.com\n  number: \"7\"\nkind: ConfigMap\nlist:\n- x\n- z\n"
                  "metadata:\n  name: src\nvalues:\n  a: 7\n---\n"
                  "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n"
                  "  selector:\n    matchLabels:\n"
                  "      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n"
                  "      containers:\n      - image: web:1\n        name: web\n");
}

static void a_value_that_does_not_match_the_type_of_its_target_is_refused(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "replacements:\n"
                              "- sourceValue: many\n"
                              "  targets: [{select: {name: src}, fieldPaths: [values.a]}]\n");
    assert_false(test_build_run(build, "."));
}

static void entries_see_the_results_of_earlier_entries(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "replacements:\n"
                              "- sourceValue: other\n"
                              "  targets: [{select: {name: web}}]\n"
                              "- source: {name: other}\n"
                              "  targets: [{select: {name: src}, fieldPaths: [data.host]}]\n");
    expect_field(build, "ConfigMap", "src", "data.host", "other");
}

static void a_target_is_found_by_any_of_its_earlier_names(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "namePrefix: p-\nreplacements:\n"
                              "- {sourceValue: a, targets: [{select: {name: src}, fieldPaths: [data.host]}]}\n"
                              "- {sourceValue: b, targets: [{select: {name: p-src}, fieldPaths: [data.number]}]}\n");
    expect_field(build, "ConfigMap", "p-src", "data.host", "a");
    expect_field(build, "ConfigMap", "p-src", "data.number", "b");
}

static void rejected_objects_are_left_alone(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "replacements:\n"
                              "- sourceValue: v\n"
                              "  targets:\n"
                              "  - select: {}\n"
                              "    reject: [{kind: Deploy.*}]\n"
                              "    fieldPaths: [metadata.labels.x]\n"
                              "    options: {create: true}\n");
    expect_field(build, "ConfigMap", "src", "metadata.labels.x", "v");
    expect_field(build, "Deployment", "web", "metadata.labels", NULL);
}

static void one_part_of_a_string_is_read_and_replaced(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "replacements:\n"
                              "- source: {name: src, fieldPath: data.host, options: {delimiter: ., index: 1}}\n"
                              "  targets:\n"
                              "  - select: {name: web}\n"
                              "    fieldPaths: [spec.template.spec.containers.*.image]\n"
                              "    options: {delimiter: ':', index: 1}\n");
    expect_field(build, "Deployment", "web", "spec.template.spec.containers.0.image", "web:example");
}

static void json_in_a_string_is_written_as_json(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "resources: [c.yaml]\nreplacements:\n"
             "- sourceValue: new\n"
             "  targets: [{select: {name: c}, fieldPaths: [data.j.a.c]}]\n");
    tree_add(build, "c.yaml",
             "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"
             "data: {j: '{\"b\": 1.0, \"a\": {\"c\": \"old\"}}'}\n");
    expect_field(build, "ConfigMap", "c", "data.j", "{\"a\":{\"c\":\"new\"},\"b\":1}");

    tree_add(build, "c.yaml",
             "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"
             "data:\n  j: |\n    {\n      \"a\": {\"c\": \"old\"},\n"
             "      \"l\": [],\n      \"m\": [1]\n    }\n");
    expect_field(build, "ConfigMap", "c", "data.j",
                 "{\n  \"a\": {\n    \"c\": \"new\"\n  },\n  \"l\": [],\n  \"m\": [\n    1\n  ]\n}");
}

static void yaml_in_a_string_keeps_its_comments_and_quotes(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "resources: [c.yaml]\nreplacements:\n"
             "- sourceValue: new\n"
             "  targets: [{select: {name: c}, fieldPaths: [\"data.y.l.[n=b].v\"]}]\n");
    tree_add(build, "c.yaml",
             "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  y: |\n"
             "    # head\n    z: 'it''s'   # why\n\n    # list\n    l:\n"
             "      - n: a\n        v: \"1\"\n"
             "      - {n: b, v: x}\n    # end\n");
    expect_field(build, "ConfigMap", "c", "data.y",
                 "# head\nz: 'it''s' # why\n# list\nl:\n- n: a\n  v: \"1\"\n- {n: b, v: new}\n# end");
}

static void a_second_level_of_structure_is_read_but_not_changed(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "resources: [c.yaml]\nreplacements:\n"
             "- sourceValue: new\n"
             "  targets: [{select: {name: c}, fieldPaths: [data.j.o.i]}]\n");
    tree_add(build, "c.yaml",
             "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"
             "data: {j: '{\"o\": \"{\\\"i\\\": 1}\"}'}\n");
    expect_field(build, "ConfigMap", "c", "data.j", "{\"o\":\"{\\\"i\\\": 1}\"}");
}

static void the_source_must_be_one_object(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "replacements:\n- source: {name: scr}\n  targets: [{select: {name: web}}]\n");
    expect_error(build, ".", "no resource matches the source of the replacement: name scr");
    expect_error(build, ".", "did you mean 'src'?");
    add_tree(build, RESOURCES "replacements:\n- source: {version: v1}\n  targets: [{select: {name: web}}]\n");
    expect_error(build, ".", "matches several resources: ConfigMap 'src', Deployment 'web'");
}

static void a_replacement_needs_a_source_and_targets(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "replacements:\n- targets: [{select: {name: web}}]\n");
    expect_error(build, ".", "the replacement has no 'source'");
    add_tree(build, RESOURCES "replacements:\n- sourceValue: x\n  targets: []\n");
    expect_error(build, ".", "the replacement has no 'targets'");
    add_tree(build, RESOURCES "replacements:\n- sourceValue: x\n  targets: [{fieldPaths: [a]}]\n");
    expect_error(build, ".", "the target has no 'select'");
}

static void a_missing_field_is_an_error_that_names_it(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "replacements:\n- source: {name: src, fieldPath: data.hots}\n"
                              "  targets: [{select: {name: web}}]\n");
    expect_error(build, ".", "ConfigMap 'src' has no field 'data.hots'");
    add_tree(build,
             RESOURCES "replacements:\n- sourceValue: x\n  targets: [{select: {name: web}, fieldPaths: [spec.zz]}]\n");
    expect_error(build, ".", "Deployment 'web' has no field 'spec.zz'");
}

static void a_file_holds_one_replacement_or_a_list(void **state)
{
    struct test_build *build = *state;
    add_tree(build, RESOURCES "replacements: [{path: one.yaml}, {path: two.yaml}]\n");
    tree_add(build, "one.yaml",
             "sourceValue: 5\nunknown: x\ntargets: [{select: {name: src}, fieldPaths: [data.host]}]\n");
    tree_add(build, "two.yaml", "- {sourceValue: yes, targets: [{select: {name: src}, fieldPaths: [data.number]}]}\n");
    expect_field(build, "ConfigMap", "src", "data.host", "5");
    expect_field(build, "ConfigMap", "src", "data.number", "true");
    tree_add(build, "one.yaml", "text\n");
    expect_error(build, ".", "one.yaml:1:1: expected a replacement or a list of them, found a string");
}

static void copies_of_a_value_into_itself_are_limited(void **state)
{
    struct test_build *build = *state;
    struct buffer text = {0};
    buffer_add_text(&text, RESOURCES "replacements:\n");
    for (int i = 0; i < 40; i++)
        buffer_add_format(&text,
                          "- source: {name: src, fieldPath: values}\n"
                          "  targets:\n  - select: {name: src}\n    fieldPaths: [values.v%d]\n"
                          "    options: {create: true}\n",
                          i);
    buffer_add_byte(&text, '\0');
    add_tree(build, text.data);
    expect_error(build, ".", "write more than");
    buffer_free(&text);
}

int test_replacements(void)
{
    static const struct CMUnitTest tests[] = {
        build_test(a_value_goes_from_a_source_to_its_targets),
        build_test(a_scalar_keeps_its_type_and_takes_the_value),
        build_test(a_value_that_does_not_match_the_type_of_its_target_is_refused),
        build_test(entries_see_the_results_of_earlier_entries),
        build_test(a_target_is_found_by_any_of_its_earlier_names),
        build_test(rejected_objects_are_left_alone),
        build_test(one_part_of_a_string_is_read_and_replaced),
        build_test(json_in_a_string_is_written_as_json),
        build_test(yaml_in_a_string_keeps_its_comments_and_quotes),
        build_test(a_second_level_of_structure_is_read_but_not_changed),
        build_test(the_source_must_be_one_object),
        build_test(a_replacement_needs_a_source_and_targets),
        build_test(a_missing_field_is_an_error_that_names_it),
        build_test(a_file_holds_one_replacement_or_a_list),
        build_test(copies_of_a_value_into_itself_are_limited),
    };
    return cmocka_run_group_tests_name("replacements", tests, NULL, NULL);
}
