// JSON in Go's form, strict JSON into nodes, and what a resource loses on the way through JSON.
#include "tests/support.h"

#include <stdlib.h>
#include <string.h>

#include "doc/json.h"
#include "doc/yaml_read.h"
#include "doc/yaml_write.h"

struct json_test {
    struct arena arena;
    struct sources sources;
    struct diagnostics diagnostics;
    struct name_table names;
    struct name_cache cache;
    struct buffer out;
};

static int setup(void **state)
{
    struct json_test *test = calloc(1, sizeof *test);
    assert_non_null(test);
    test->sources.arena = &test->arena;
    diagnostics_init(&test->diagnostics, &test->arena, &test->sources);
    name_table_init(&test->names);
    test->cache.table = &test->names;
    *state = test;
    return 0;
}

static int teardown(void **state)
{
    struct json_test *test = *state;
    buffer_free(&test->out);
    name_table_free(&test->names);
    arena_free(&test->arena);
    free(test);
    return 0;
}

static struct node *read_yaml(struct json_test *test, const char *text)
{
    struct read_context context = {&test->arena, &test->cache, &test->diagnostics};
    struct node_list documents = {0};
    struct source *source = sources_add(&test->sources, slice_literal("r.yaml"), slice_from(text));
    assert_true(yaml_read_resources(&context, source, &documents));
    assert_int_equal(documents.count, 1);
    return documents.items[0];
}

static struct node *read_json(struct json_test *test, const char *text)
{
    struct source *source = sources_add(&test->sources, slice_literal("r.json"), slice_from(text));
    return json_read(&test->arena, &test->cache, source, &test->diagnostics);
}

static struct slice written(struct json_test *test, const struct node *node, bool exact_integers)
{
    test->out.length = 0;
    assert_true(json_write(&test->out, node, exact_integers, &test->diagnostics));
    return buffer_slice(&test->out);
}

// --- Writing.

static void strings_are_escaped_as_go_does(void **state)
{
    struct json_test *test = *state;
    json_write_string(&test->out, slice_literal("a\"\\/\n\r\t\b\f\x01\x7F<>&é\xE2\x80\xA8\xE2\x80\xA9"
                                                "\xF0\x9F\x98\x80"));
    expect_text(buffer_slice(&test->out), "\"a\\\"\\\\/\\n\\r\\t\\b\\f\\u0001\x7F\\u003c\\u003e\\u0026é\\u2028\\u2029"
                                          "\xF0\x9F\x98\x80\"");
}

static void bytes_that_are_no_utf8_become_the_replacement_character(void **state)
{
    struct json_test *test = *state;
    json_write_string(&test->out, slice_literal("a\xFF\xC3"));
    expect_text(buffer_slice(&test->out), "\"a\\ufffd\\ufffd\"");
}

static void keys_are_in_the_order_of_their_bytes(void **state)
{
    struct json_test *test = *state;
    expect_text(written(test, read_yaml(test, "{b: 1, a10: [], a2: {}, B: ~, é: yes}"), true),
                "{\"B\":null,\"a10\":[],\"a2\":{},\"b\":1,\"é\":\"yes\"}");
}

static void numbers_have_gos_form(void **state)
{
    struct json_test *test = *state;
    struct node *node = read_yaml(test, "[0x10, 1.50, 1e20, 1e21, 1e-6, 1e-7, 123456789.5, 18446744073709551615]");
    expect_text(written(test, node, true),
                "[16,1.5,100000000000000000000,1e+21,0.000001,1e-7,123456789.5,18446744073709551615]");
}

static void large_integers_are_exact_only_when_asked(void **state)
{
    struct json_test *test = *state;
    struct node *node = read_yaml(test, "[9007199254740993, 12345678901234567890, -9007199254740993]");
    expect_text(written(test, node, true), "[9007199254740993,12345678901234567890,-9007199254740993]");
    expect_text(written(test, node, false), "[9007199254740992,12345678901234567000,-9007199254740992]");
}

static void what_json_cannot_hold_is_refused(void **state)
{
    struct json_test *test = *state;
    static const char *const texts[] = {"{1: a}", "{a: .nan}", "{a: 1, a: 2}", "{a: !!int x}"};
    for (size_t i = 0; i < countof(texts); i++) {
        assert_false(json_write(&test->out, read_yaml(test, texts[i]), true, &test->diagnostics));
        assert_int_equal(test->diagnostics.count, i + 1);
    }
}

// --- Reading.

static void every_kind_of_value_is_read(void **state)
{
    struct json_test *test = *state;
    struct node *node = read_json(test, " {\"a\": [1, \"1\", true, false, null, {}], \"b\": \"x\\ny\\u00e9\\u0000\"} ");
    assert_non_null(node);
    expect_text(written(test, node, true),
                "{\"a\":[1,\"1\",true,false,null,{}],\"b\":\"x\\nyé\\u0000\"}");
    assert_int_equal(node->entries[0].value->items[1]->tag, TAG_STRING);
    assert_int_equal(node->entries[0].value->items[0]->tag, TAG_IMPLICIT);
}

static void numbers_keep_their_text(void **state)
{
    struct json_test *test = *state;
    struct node *node = read_json(test, "[1.0, 10, \"3 \\\"4\", -1.50E+2, {\"5\": 123456789012345678901234567890}]");
    assert_non_null(node);
    assert_true(slice_equals(node_text(node->items[0]), "1.0"));
    assert_true(slice_equals(node_text(node->items[1]), "10"));
    assert_true(slice_equals(node_text(node->items[3]), "-1.50E+2"));
    assert_true(slice_equals(node_text(node->items[4]->entries[0].value), "123456789012345678901234567890"));
}

static void of_a_repeated_key_the_last_counts(void **state)
{
    struct json_test *test = *state;
    struct node *node = read_json(test, "{\"a\": 1.0, \"b\": 18446744073709551616, \"a\": 3}");
    assert_non_null(node);
    expect_text(written(test, node, true), "{\"a\":3,\"b\":18446744073709552000}");
}

static void a_scalar_alone_is_json(void **state)
{
    struct json_test *test = *state;
    struct node *node = read_json(test, "12");
    assert_non_null(node);
    assert_true(slice_equals(node_text(node), "12"));
}

static void what_is_not_strict_json_is_refused(void **state)
{
    struct json_test *test = *state;
    static const char *const texts[] = {"",      "{a: 1}",  "[1,]", "[01]", "[1] x", "{\"a\" 1}",
                                        "['a']", "[1e400]", "nul",  "[.5]", "\"\t\""};
    for (size_t i = 0; i < countof(texts); i++) {
        assert_null(read_json(test, texts[i]));
        assert_int_equal(test->diagnostics.count, i + 1);
    }
}

static void a_mistake_has_its_line(void **state)
{
    struct json_test *test = *state;
    assert_null(read_json(test, "[\n  1,\n  x\n]"));
    assert_int_equal(test->diagnostics.items[0].position.line, 3);
    expect_contains(test->diagnostics.items[0].message, "not valid JSON: ");
}

static void nesting_has_a_bound(void **state)
{
    struct json_test *test = *state;
    char text[2 * (NODE_DEPTH_MAX + 1) + 1];
    memset(text, '[', NODE_DEPTH_MAX + 1);
    memset(text + NODE_DEPTH_MAX + 1, ']', NODE_DEPTH_MAX + 1);
    text[sizeof text - 1] = '\0';
    assert_null(read_json(test, text));
    text[2 * NODE_DEPTH_MAX + 1] = '\0';
    assert_non_null(read_json(test, text + 1));
}

// --- Through JSON and back.

static struct node *through_json(struct json_test *test, const char *text)
{
    struct node *node = read_yaml(test, text);
    assert_true(node_through_json(&test->arena, node, &test->diagnostics));
    return node;
}

static void expect_after(struct json_test *test, const char *text, const char *printed)
{
    struct node *node = through_json(test, text);
    struct yaml_writer *writer = yaml_writer_new(&test->diagnostics);
    test->out.length = 0;
    bool done = yaml_write_document(writer, &test->out, node);
    yaml_writer_free(writer);
    assert_true(done);
    expect_text(buffer_slice(&test->out), printed);
}

static void integers_pass_through_doubles(void **state)
{
    expect_after(*state, "{a: 9007199254740993, b: 12345678901234567890, c: 1000000, d: 0x10, e: 1.0}",
                 "a: 9007199254740992\nb: 12345678901234567000\nc: 1000000\nd: 16\ne: 1\n");
}

static void the_text_of_a_number_is_that_of_a_double(void **state)
{
    struct node *node = through_json(*state, "[100000, 1234567, 1.50, -0.0]");
    assert_true(slice_equals(node_text(node->items[0]), "100000"));
    assert_true(slice_equals(node_text(node->items[1]), "1.234567e+06"));
    assert_true(slice_equals(node_text(node->items[2]), "1.5"));
    assert_true(slice_equals(node_text(node->items[3]), "-0"));
}

static void timestamps_and_empty_values_of_flow_maps_become_strings(void **state)
{
    expect_after(*state, "a: {t: 2001-01-01, e: , n: ~}\nb:\n",
                 "a:\n  e: \"\"\n  \"n\": null\n  t: \"2001-01-01T00:00:00Z\"\nb: null\n");
}

static void folded_text_is_damaged_once(void **state)
{
    expect_after(*state, "v: >\n  a\n\n    b\n", "v: |\n  a\n\n\n    b\n");
}

static void styles_are_those_of_the_printed_text(void **state)
{
    struct node *node = through_json(*state, "['abc', '5', 'a: b', \"a\\nb\", \"a\\tb\", !!int '7', \"0o17\", {}]");
    static const enum node_style styles[] = {STYLE_PLAIN,         STYLE_DOUBLE_QUOTED, STYLE_SINGLE_QUOTED,
                                             STYLE_LITERAL,       STYLE_DOUBLE_QUOTED, STYLE_PLAIN,
                                             STYLE_DOUBLE_QUOTED, STYLE_FLOW};
    for (size_t i = 0; i < countof(styles); i++)
        assert_int_equal(node->items[i]->style, styles[i]);
    assert_int_equal(node->style, STYLE_PLAIN);
    assert_int_equal(node->items[5]->tag, TAG_IMPLICIT);
    assert_int_equal(node->items[0]->tag, TAG_STRING);
}

static void positions_stay(void **state)
{
    struct node *node = through_json(*state, "a: b\nc: 1.50\n");
    assert_int_equal(node->entries[1].value->position.line, 2);
    assert_int_equal(node->entries[1].value->position.column, 4);
    assert_int_equal(node->entries[1].key_line, 2);
}

static void text_of_several_lines_with_a_tab_in_front_does_not_survive(void **state)
{
    struct json_test *test = *state;
    struct node *node = read_yaml(test, "v: \"\\ta\\nb\"\n");
    assert_false(node_through_json(&test->arena, node, &test->diagnostics));
    assert_int_equal(test->diagnostics.count, 1);
}

static const struct CMUnitTest tests[] = {
#define json_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
    json_test(strings_are_escaped_as_go_does),
    json_test(bytes_that_are_no_utf8_become_the_replacement_character),
    json_test(keys_are_in_the_order_of_their_bytes),
    json_test(numbers_have_gos_form),
    json_test(large_integers_are_exact_only_when_asked),
    json_test(what_json_cannot_hold_is_refused),
    json_test(every_kind_of_value_is_read),
    json_test(numbers_keep_their_text),
    json_test(of_a_repeated_key_the_last_counts),
    json_test(a_scalar_alone_is_json),
    json_test(what_is_not_strict_json_is_refused),
    json_test(a_mistake_has_its_line),
    json_test(nesting_has_a_bound),
    json_test(integers_pass_through_doubles),
    json_test(the_text_of_a_number_is_that_of_a_double),
    json_test(timestamps_and_empty_values_of_flow_maps_become_strings),
    json_test(folded_text_is_damaged_once),
    json_test(styles_are_those_of_the_printed_text),
    json_test(positions_stay),
    json_test(text_of_several_lines_with_a_tab_in_front_does_not_survive),
};

int test_json(void)
{
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
