// Schemas in comments: which field a comment belongs to, and how its object is read.
#include "tests/support.h"

#include "schema/comment_schema.h"

#define LIST "{\"type\":\"array\",\"x-kubernetes-patch-strategy\":\"merge\",\"x-kubernetes-patch-merge-key\":\"id\"}"
#define POD "{\"$ref\":\"#/definitions/io.k8s.api.core.v1.PodSpec\"}"

static struct schema_type type_of(struct test_reader *reader, const struct schema *schema, const char *text,
                                  uint32_t line, uint32_t column)
{
    struct comment_schemas known = {0};
    struct position key = {reader_source(reader, "a.yaml", slice_from(text))->file, line, column};
    return comment_schema_of(&known, &reader->arena, &reader->names, &reader->sources, schema, key);
}

static struct schema_type type_at(void **state, const char *text, uint32_t line, uint32_t column)
{
    return type_of(*state, schema_builtin(), text, line, column);
}

// Expects the list whose key is at this place to merge by `id`.
static void expect_list(void **state, const char *text, uint32_t line, uint32_t column)
{
    struct schema_merge merge = schema_list_merge(type_at(state, text, line, column));
    if (!merge.merge || merge.key_count != 1 || !slice_equals(merge.keys[0], "id"))
        fail_msg("no schema for line %u in\n%s", line, text);
}

static void expect_nothing(void **state, const char *text, uint32_t line, uint32_t column)
{
    if (schema_type_known(type_at(state, text, line, column)))
        fail_msg("a schema for line %u in\n%s", line, text);
}

static void a_comment_may_follow_the_key_or_the_value(void **state)
{
    expect_list(state, "ports: # " LIST "\n- id: 1\n", 1, 1);
    expect_list(state, "a: 1\nports: [] #" LIST "\n", 2, 1);
    expect_list(state, "'ports': ## " LIST "\n- id: 1\n", 1, 1);
    expect_list(state, "a: {b: 1,\n  ports: [], # " LIST "\n  c: 2}\n", 2, 3);
    expect_list(state, "a: 1\n---\nports: # " LIST "\n- id: 1\n", 3, 1);
    expect_nothing(state, "ports:\n- # " LIST "\n  id: 1\n", 1, 1);
    expect_nothing(state, "ports: &anchor # " LIST "\n- id: 1\n", 1, 1);
    expect_nothing(state, "a: {ports: []} # " LIST "\n", 1, 5);
}

static void a_comment_may_be_above_the_key(void **state)
{
    expect_list(state, "a: 1\n# " LIST "\nports: []\n", 3, 1);
    expect_list(state, "a: 1\n\n# " LIST "\n\nports: []\n", 5, 1);
    expect_list(state, "a:\n  # " LIST "\n\n  ports: []\n", 4, 3);
    expect_list(state, "a:\n# " LIST "\n\n  ports: []\n", 4, 3);
    expect_list(state, "a: 1\n# words\n\n# " LIST "\nports: []\n", 5, 1);
    expect_list(state, "a:\n  # " LIST "\r\n\r\n  ports: []\r\n", 4, 3);
}

static void a_comment_belongs_to_the_previous_node(void **state)
{
    expect_nothing(state, "a: 1\n# " LIST "\n\nports: []\n", 4, 1);
    expect_nothing(state, "a:\n  b: 1\n  # " LIST "\nports: []\n", 4, 1);
    expect_nothing(state, "ports: []\n# " LIST "\n", 1, 1);
    expect_nothing(state, "ports:\n# " LIST "\n- id: 1\n", 1, 1);
}

static void only_the_first_comment_line_is_read(void **state)
{
    expect_list(state, "a:\n  # " LIST "\n  # words\n  ports: []\n", 4, 3);
    expect_list(state, "a:\n  # " LIST "\n\n  # words\n  ports: []\n", 5, 3);
    expect_nothing(state, "a:\n  # words\n  # " LIST "\n  ports: []\n", 4, 3);
    expect_nothing(state, "a:\n  # words\n\n  # " LIST "\n  ports: []\n", 5, 3);
}

static void the_comment_after_a_node_beats_the_one_above(void **state)
{
    expect_list(state, "# words\nports: # " LIST "\n- id: 1\n", 2, 1);
    expect_nothing(state, "# " LIST "\nports: # words\n- id: 1\n", 2, 1);
}

static void words_after_the_object_are_ignored(void **state)
{
    expect_list(state, "ports: # " LIST " words {\n- id: 1\n", 1, 1);
    expect_list(state,
                "ports: # {\"title\":\"}\\\"}\","
                "\"type\":\"array\",\"x-kubernetes-patch-strategy\":\"merge\","
                "\"x-kubernetes-patch-merge-key\":\"id\"} }\n- id: 1\n",
                1, 1);
}

static void a_comment_without_an_object_is_ignored(void **state)
{
    static const char *const comments[] = {"{}",
                                           "words " LIST,
                                           "# " LIST,
                                           "[" LIST "]",
                                           "{\"type\":\"array\"",
                                           "{type: array}",
                                           "{\"type\":\"array\",}",
                                           "{\"type\":3}",
                                           "{",
                                           "{\"a\":\"}"};
    struct test_reader *reader = *state;
    for (size_t i = 0; i < countof(comments); i++)
        expect_nothing(state, arena_format(&reader->arena, "ports: # %s\n- id: 1\n", comments[i]).data, 1, 1);
    assert_int_equal(reader->diagnostics.count, 0);
}

static void an_object_without_merge_information_is_a_schema(void **state)
{
    struct schema_type type = type_at(state, "ports: # {\"title\":\"x\"}\n- id: 1\n", 1, 1);
    assert_true(schema_type_known(type));
    assert_false(schema_list_merge(type).merge);
}

static void a_reference_is_resolved_in_the_definitions(void **state)
{
    struct schema_type pod = type_at(state, "pod: # " POD "\n  containers: []\n", 1, 1);
    struct schema_merge merge = schema_list_merge(schema_field(pod, slice_literal("containers")));
    assert_true(merge.merge);
    expect_text(merge.keys[0], "name");

    struct schema_type list = type_at(state, "pods: # {\"type\":\"array\",\"items\":" POD "}\n- a: 1\n", 1, 1);
    assert_true(schema_list_merge(schema_field(schema_items(list), slice_literal("containers"))).merge);
}

static void a_reference_to_nothing_is_an_empty_schema(void **state)
{
    static const char text[] = "pod: # {\"$ref\":\"#/definitions/none\"}\n  containers: []\n";
    struct schema_type type = type_at(state, text, 1, 1);
    assert_true(schema_type_known(type));
    assert_false(schema_type_known(schema_field(type, slice_literal("containers"))));
    type = type_of(*state, schema_empty(), "pod: # " POD "\n  containers: []\n", 1, 1);
    assert_false(schema_type_known(schema_field(type, slice_literal("containers"))));
}

static void references_follow_another_schema(void **state)
{
    struct test_reader *reader = *state;
    struct comment_schemas known = {0};
    const struct source *source = reader_source(
        reader, "a.yaml", slice_literal("a: # {\"type\":3,\"$ref\":\"\"}\n  b: 1\npod: # " POD "\n  c: 1\n"));
    struct position key = {source->file, 3, 1};
    const struct schema *schemas[] = {schema_empty(), schema_builtin(), schema_empty()};
    for (size_t i = 0; i < countof(schemas); i++) {
        struct schema_type pod = comment_schema_of(&known, &reader->arena, &reader->names, &reader->sources, schemas[i],
                                                   key);
        assert_int_equal(schema_type_known(schema_field(pod, slice_literal("containers"))), i == 1);
    }
}

static void a_comment_that_cannot_be_parsed_ends_the_search(void **state)
{
    struct test_reader *reader = *state;
    expect_list(state, "ports: # " LIST "\n- id: 1\n---\na: [\n", 1, 1);
    expect_nothing(state, "a: [\n---\nports: # " LIST "\n- id: 1\n", 3, 1);
    assert_int_equal(reader->diagnostics.count, 0);
}

static void a_position_without_a_key_has_no_schema(void **state)
{
    expect_nothing(state, "ports: # " LIST "\n- id: 1\n", 1, 2);
    expect_nothing(state, "ports: # " LIST "\n- id: 1\n", 2, 3);
    expect_nothing(state, "ports: # " LIST "\n- id: 1\n", 0, 0);
}

static const struct CMUnitTest tests[] = {
    reader_test(a_comment_may_follow_the_key_or_the_value),
    reader_test(a_comment_may_be_above_the_key),
    reader_test(a_comment_belongs_to_the_previous_node),
    reader_test(only_the_first_comment_line_is_read),
    reader_test(the_comment_after_a_node_beats_the_one_above),
    reader_test(words_after_the_object_are_ignored),
    reader_test(a_comment_without_an_object_is_ignored),
    reader_test(an_object_without_merge_information_is_a_schema),
    reader_test(a_reference_is_resolved_in_the_definitions),
    reader_test(a_reference_to_nothing_is_an_empty_schema),
    reader_test(references_follow_another_schema),
    reader_test(a_comment_that_cannot_be_parsed_ends_the_search),
    reader_test(a_position_without_a_key_has_no_schema),
};

int test_comment_schema(void)
{
    return cmocka_run_group_tests_name("comment_schema", tests, NULL, NULL);
}
