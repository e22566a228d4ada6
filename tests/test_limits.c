// The limits of docs/kustomize.md that a whole build meets.
#include <stdio.h>

#include "tests/support.h"

static void add_directory(struct test_build *build, int number, const char *entry)
{
    char path[64], content[64];
    if (number)
        snprintf(path, sizeof path, "d%d/kustomization.yaml", number);
    else
        snprintf(path, sizeof path, "kustomization.yaml");
    snprintf(content, sizeof content, "resources: [%s]\n", entry);
    tree_add(build, path, content);
}

// `count` directories, each of which names the next one; the last one has an object.
static void add_chain(struct test_build *build, int count)
{
    for (int i = 0; i + 1 < count; i++) {
        char entry[32];
        snprintf(entry, sizeof entry, "%sd%d", i ? "../" : "", i + 1);
        add_directory(build, i, entry);
    }
    add_directory(build, count - 1, "map.yaml");
    char path[32];
    snprintf(path, sizeof path, "d%d/map.yaml", count - 1);
    tree_add(build, path, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: deep\n");
}

static void five_hundred_directories_in_a_row_are_built(void **state)
{
    add_chain(*state, 500);
    expect_stream(*state, ".", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: deep\n");
}

static void one_directory_more_is_refused(void **state)
{
    add_chain(*state, 501);
    expect_error(*state, ".", "more than 500 directories refer to each other in a row");
}

static void a_field_path_of_too_many_elements_is_refused(void **state)
{
    struct test_build *build = *state;
    struct buffer text = {0};
    buffer_add_text(
        &text, "resources: [map.yaml]\nreplacements:\n- sourceValue: x\n  targets:\n  - select: {kind: ConfigMap}\n"
               "    fieldPaths: [a");
    for (int i = 0; i < 1000; i++)
        buffer_add_text(&text, ".a");
    buffer_add_text(&text, "]\n");
    buffer_add_byte(&text, '\0');
    tree_add(build, "kustomization.yaml", text.data);
    buffer_free(&text);
    tree_add(build, "map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: deep\n");
    expect_error(build, ".", "the path has 1001 elements, more than 1000");
}

static void definitions_nested_too_deep_are_refused(void **state)
{
    struct test_build *build = *state;
    struct buffer text = {0};
    buffer_add_text(&text, "{");
    for (int i = 0; i <= 101; i++)
        buffer_add_format(&text,
                          "%s\"v1.D%d\": {\"Schema\": {\"properties\": {\"apiVersion\": {\"type\": \"string\"}, "
                          "\"kind\": {\"type\": \"string\"}, \"metadata\": {\"type\": \"object\"}, "
                          "\"x\": {\"$ref\": \"v1.D%d\"}}}}",
                          i ? ", " : "", i, i + 1);
    buffer_add_text(&text, "}");
    buffer_add_byte(&text, '\0');
    tree_add(build, "crds.json", text.data);
    buffer_free(&text);
    tree_add(build, "map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: deep\n");
    tree_add(build, "kustomization.yaml", "resources: [map.yaml]\ncrds: [crds.json]\n");
    expect_error(build, ".", "definitions are nested more than 100 deep");
}

static const struct CMUnitTest tests[] = {
    build_test(a_field_path_of_too_many_elements_is_refused),
    build_test(definitions_nested_too_deep_are_refused),
    build_test(five_hundred_directories_in_a_row_are_built),
    build_test(one_directory_more_is_refused),
};

int test_limits(void)
{
    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
