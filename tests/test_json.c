// JSON in Go's form, strict JSON into nodes, and what a resource loses on the way through JSON.
#include "tests/support.h"

#include <string.h>

#include "json/json.h"
#include "yaml/write.h"

static struct node *read_yaml(struct test_reader *test, const char *text)
{
    return reader_resource(test, "r.yaml", text);
}

static struct node *read_json(struct test_reader *test, const char *text)
{
    return json_read(&test->arena, &test->cache, reader_source(test, "r.json", slice_from(text)), &test->diagnostics);
}

static struct slice written(struct test_reader *test, const struct node *node, bool exact_integers)
{
    test->out.length = 0;
    assert_true(json_write(&test->out, node, exact_integers, &test->diagnostics));
    return buffer_slice(&test->out);
}

// --- Writing.

static void strings_are_escaped_as_go_does(void **state)
{
    struct test_reader *test = *state;
    json_write_string(&test->out, slice_literal("a\"\\/\n\r\t\b\f\x01\x7F<>&é\xE2\x80\xA8\xE2\x80\xA9"
                                                "\xF0\x9F\x98\x80"));
    expect_text(buffer_slice(&test->out), "\"a\\\"\\\\/\\n\\r\\t\\b\\f\\u0001\x7F\\u003c\\u003e\\u0026é\\u2028\\u2029"
                                          "\xF0\x9F\x98\x80\"");
}

static void bytes_that_are_no_utf8_become_the_replacement_character(void **state)
{
    struct test_reader *test = *state;
    json_write_string(&test->out, slice_literal("a\xFF\xC3"));
    expect_text(buffer_slice(&test->out), "\"a\\ufffd\\ufffd\"");
}

static void keys_are_in_the_order_of_their_bytes(void **state)
{
    struct test_reader *test = *state;
    expect_text(written(test, read_yaml(test, "{b: 1, a10: [], a2: {}, B: ~, é: yes}"), true),
                "{\"B\":null,\"a10\":[],\"a2\":{},\"b\":1,\"é\":\"yes\"}");
}

static void numbers_have_gos_form(void **state)
{
    struct test_reader *test = *state;
    struct node *node = read_yaml(test, "[0x10, 1.50, 1e20, 1e21, 1e-6, 1e-7, 123456789.5, 18446744073709551615]");
    expect_text(written(test, node, true),
                "[16,1.5,100000000000000000000,1e+21,0.000001,1e-7,123456789.5,18446744073709551615]");
}

static void large_integers_are_exact_only_when_asked(void **state)
{
    struct test_reader *test = *state;
    struct node *node = read_yaml(test, "[9007199254740993, 12345678901234567890, -9007199254740993]");
    expect_text(written(test, node, true), "[9007199254740993,12345678901234567890,-9007199254740993]");
    expect_text(written(test, node, false), "[9007199254740992,12345678901234567000,-9007199254740992]");
}

static void what_json_cannot_hold_is_refused(void **state)
{
    struct test_reader *test = *state;
    static const char *const texts[] = {"{1: a}", "{a: .nan}", "{a: 1, a: 2}", "{a: !!int x}"};
    for (size_t i = 0; i < countof(texts); i++) {
        assert_false(json_write(&test->out, read_yaml(test, texts[i]), true, &test->diagnostics));
        assert_int_equal(test->diagnostics.count, i + 1);
    }
}

// --- Reading.

static void every_kind_of_value_is_read(void **state)
{
    struct test_reader *test = *state;
    struct node *node = read_json(test, " {\"a\": [1, \"1\", true, false, null, {}], \"b\": \"x\\ny\\u00e9\\u0000\"} ");
    assert_non_null(node);
    expect_text(written(test, node, true),
                "{\"a\":[1,\"1\",true,false,null,{}],\"b\":\"x\\nyé\\u0000\"}");
    assert_int_equal(node->entries[0].value->items[1]->tag, TAG_STRING);
    assert_int_equal(node->entries[0].value->items[0]->tag, TAG_IMPLICIT);
}

static void numbers_keep_their_text(void **state)
{
    struct test_reader *test = *state;
    struct node *node = read_json(test, "[1.0, 10, \"3 \\\"4\", -1.50E+2, {\"5\": 123456789012345678901234567890}]");
    assert_non_null(node);
    assert_true(slice_equals(node_text(node->items[0]), "1.0"));
    assert_true(slice_equals(node_text(node->items[1]), "10"));
    assert_true(slice_equals(node_text(node->items[3]), "-1.50E+2"));
    assert_true(slice_equals(node_text(node->items[4]->entries[0].value), "123456789012345678901234567890"));
}

static void of_a_repeated_key_the_last_counts(void **state)
{
    struct test_reader *test = *state;
    struct node *node = read_json(test, "{\"a\": 1.0, \"b\": 18446744073709551616, \"a\": 3}");
    assert_non_null(node);
    expect_text(written(test, node, true), "{\"a\":3,\"b\":18446744073709552000}");
}

static void a_scalar_alone_is_json(void **state)
{
    struct test_reader *test = *state;
    struct node *node = read_json(test, "12");
    assert_non_null(node);
    assert_true(slice_equals(node_text(node), "12"));
}

static void what_is_not_strict_json_is_refused(void **state)
{
    struct test_reader *test = *state;
    static const char *const texts[] = {"",      "{a: 1}",  "[1,]", "[01]", "[1] x", "{\"a\" 1}",
                                        "['a']", "[1e400]", "nul",  "[.5]", "\"\t\""};
    for (size_t i = 0; i < countof(texts); i++) {
        assert_null(read_json(test, texts[i]));
        assert_int_equal(test->diagnostics.count, i + 1);
    }
}

static void a_mistake_has_its_line(void **state)
{
    struct test_reader *test = *state;
    assert_null(read_json(test, "[\n  1,\n  x\n]"));
    assert_int_equal(test->diagnostics.items[0].position.line, 3);
    expect_contains(test->diagnostics.items[0].message, "not valid JSON: ");
}

static void nesting_has_a_bound(void **state)
{
    struct test_reader *test = *state;
    char text[2 * (NODE_DEPTH_MAX + 1) + 1];
    memset(text, '[', NODE_DEPTH_MAX + 1);
    memset(text + NODE_DEPTH_MAX + 1, ']', NODE_DEPTH_MAX + 1);
    text[sizeof text - 1] = '\0';
    assert_null(read_json(test, text));
    text[2 * NODE_DEPTH_MAX + 1] = '\0';
    assert_non_null(read_json(test, text + 1));
}

// --- Through JSON and back.

static struct node *through_json(struct test_reader *test, const char *text)
{
    struct node *node = read_yaml(test, text);
    assert_true(node_through_json(&test->arena, &test->names, node, &test->diagnostics));
    return node;
}

static void expect_after(struct test_reader *test, const char *text, const char *printed)
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

static void only_texts_that_yaml_takes_for_something_else_get_quotes(void **state)
{
    struct test_reader *test = *state;
    struct node *node = through_json(
        test, "['web-1', 'a b:c', 'hello, world', 'a#b', '--port', '-x', '/', 'nope', 'off-line', "
              "'a: b', 'a #b', 'a:', 'a ', '-', '---a', '\"', "
              "'off', 'Yes', 'n', '~', '-1', '+.inf', '1e3', '007', '12:30', '2001-01-01', '']");
    static const unsigned end_of_plain = 9, end_of_single = 16;
    for (unsigned i = 0; i < node->count; i++) {
        enum node_style style = i < end_of_plain    ? STYLE_PLAIN
                                : i < end_of_single ? STYLE_SINGLE_QUOTED
                                                    : STYLE_DOUBLE_QUOTED;
        assert_int_equal(node->items[i]->style, style);
        assert_int_equal(node->items[i]->tag, TAG_STRING);
    }
}

static void expect_refusal(struct test_reader *test, const char *text, const char *message)
{
    struct node *node = read_yaml(test, text);
    size_t mark = test->diagnostics.count;
    assert_false(node_through_json(&test->arena, &test->names, node, &test->diagnostics));
    assert_int_equal(test->diagnostics.count, mark + 1);
    expect_text(test->diagnostics.items[mark].message, message);
}

static void keys_are_different_strings(void **state)
{
    expect_refusal(*state, "a: 1\nb: 2\na: 3\n", "the key 'a' is repeated; it stands already at r.yaml:1:1");
    expect_refusal(*state, "x: {a: 1, true: 2}\n", "the key true is not a string");
    expect_refusal(*state, "x: {a: 1, 2: 2}\n", "the key 2 is not a string");
    struct node *node = through_json(*state, "a: 1\n'true': 2\n");
    assert_int_equal(node->entries[0].key_tag, TAG_STRING);
    assert_int_equal(node->entries[1].key_tag, TAG_STRING);
}

static void a_node_in_two_places_becomes_two(void **state)
{
    struct test_reader *test = *state;
    struct node *node = read_yaml(test, "a: &x web\nb: {c: [1]}\nd: 1\ne: 2\n");
    node->entries[2].value = node->entries[0].value;
    node->entries[3].value = node->entries[1].value;
    assert_true(node_separate_through_json(&test->arena, &test->names, node, &test->diagnostics));
    for (unsigned i = 0; i < 2; i++) {
        const struct node *one = node->entries[i].value, *other = node->entries[i + 2].value;
        assert_ptr_not_equal(one, other);
        assert_true(slice_equal(node_dump(&test->arena, one), node_dump(&test->arena, other)));
        assert_int_equal(one->flags, 0);
        assert_int_equal(other->flags, 0);
    }
    assert_ptr_not_equal(node->entries[1].value->entries[0].value->items[0],
                         node->entries[3].value->entries[0].value->items[0]);
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
    struct test_reader *test = *state;
    struct node *node = read_yaml(test, "v: \"\\ta\\nb\"\n");
    assert_false(node_through_json(&test->arena, &test->names, node, &test->diagnostics));
    assert_int_equal(test->diagnostics.count, 1);
}

static const struct CMUnitTest tests[] = {
    reader_test(strings_are_escaped_as_go_does),
    reader_test(bytes_that_are_no_utf8_become_the_replacement_character),
    reader_test(keys_are_in_the_order_of_their_bytes),
    reader_test(numbers_have_gos_form),
    reader_test(large_integers_are_exact_only_when_asked),
    reader_test(what_json_cannot_hold_is_refused),
    reader_test(every_kind_of_value_is_read),
    reader_test(numbers_keep_their_text),
    reader_test(of_a_repeated_key_the_last_counts),
    reader_test(a_scalar_alone_is_json),
    reader_test(what_is_not_strict_json_is_refused),
    reader_test(a_mistake_has_its_line),
    reader_test(nesting_has_a_bound),
    reader_test(integers_pass_through_doubles),
    reader_test(the_text_of_a_number_is_that_of_a_double),
    reader_test(timestamps_and_empty_values_of_flow_maps_become_strings),
    reader_test(folded_text_is_damaged_once),
    reader_test(styles_are_those_of_the_printed_text),
    reader_test(only_texts_that_yaml_takes_for_something_else_get_quotes),
    reader_test(keys_are_different_strings),
    reader_test(a_node_in_two_places_becomes_two),
    reader_test(positions_stay),
    reader_test(text_of_several_lines_with_a_tab_in_front_does_not_survive),
};

int test_json(void)
{
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
