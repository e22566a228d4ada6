// JSON in Go's form, strict JSON into nodes, and what a resource loses on its way through JSON.
#include "tests/support.h"

#include <string.h>

#include "json/json.h"
#include "tests/json_referee.h"
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

static void invalid_utf8_becomes_the_replacement_character(void **state)
{
    struct test_reader *test = *state;
    json_write_string(&test->out, slice_literal("a\xFF\xC3"));
    expect_text(buffer_slice(&test->out), "\"a\\ufffd\\ufffd\"");
}

static void keys_are_sorted_by_their_bytes(void **state)
{
    struct test_reader *test = *state;
    expect_text(written(test, read_yaml(test, "{b: 1, a10: [], a2: {}, B: ~, é: yes}"), true),
                "{\"B\":null,\"a10\":[],\"a2\":{},\"b\":1,\"é\":\"yes\"}");
}

static void numbers_are_formatted_as_in_go(void **state)
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

static void values_that_json_cannot_represent_are_refused(void **state)
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
    expect_text(written(test, node, true), "{\"a\":[1,\"1\",true,false,null,{}],\"b\":\"x\\nyé\\u0000\"}");
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

static void the_last_of_repeated_keys_wins(void **state)
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

static void half_a_surrogate_pair_becomes_the_replacement_character(void **state)
{
    struct test_reader *test = *state;
    struct node *node = read_json(test, "[\"\\ud83d\\ude00\", \"a\\ud800b\", \"\\udc00\\ud800\", \"\\ud800\\u0041\", "
                                        "\"x\xFFy\", {\"\xC3\": \"\\ud800\\n\"}]");
    assert_non_null(node);
    static const char *const texts[] = {"\xF0\x9F\x98\x80", "a\uFFFDb", "\uFFFD\uFFFD", "\uFFFDA", "x\uFFFDy"};
    for (size_t i = 0; i < countof(texts); i++)
        expect_text(node_text(node->items[i]), texts[i]);
    expect_text(node->items[5]->entries[0].key->text, "\uFFFD");
    expect_text(node_text(node->items[5]->entries[0].value), "\uFFFD\n");
}

static void every_node_has_its_position(void **state)
{
    struct test_reader *test = *state;
    struct node *node = read_json(test, "{\"é\": [1,\n  \"\\u00e9\xFF\", {}],\r\n\t\"b\" : null}");
    assert_non_null(node);
    expect_text(node_dump(&test->arena, node), "1:1 map\n"
                                               "  é: 1:7 sequence\n"
                                               "    - 1:8 plain implicit [1]\n"
                                               "    - 2:3 plain string [é\uFFFD]\n"
                                               "    - 2:14 map\n"
                                               "  b: 3:8 plain implicit [null]\n");
    assert_int_equal(node->entries[1].key_line, 3);
    assert_int_equal(node->entries[1].key_column, 2);
}

static void errors_have_positions(void **state)
{
    static const struct {
        const char *text, *message, *hint;
        unsigned line, column;
    } mistakes[] = {
        {"", "expected a value, found the end of the input", "", 1, 1},
        {"[\n  1,\n  x\n]", "expected a value", "", 3, 3},
        {"{a: 1}", "expected a key in double quotes, or '}'", "", 1, 2},
        {"['a']", "expected a value, found '''", "write strings in double quotes", 1, 2},
        {"[1,\n]", "expected a value, found ']'", "remove the comma before it", 2, 1},
        {"{\"é\": 1, }", "expected a key in double quotes, found '}'", "remove the comma before it", 1, 10},
        {"[1 2]", "expected ',' or ']'", "", 1, 4},
        {"[1 {}]", "expected ',' or ']', found '{'", "write a comma before it", 1, 4},
        {"[1}", "expected ',' or ']', found '}'", "remove it, or close the list with ']' first", 1, 3},
        {"{\"a\": 1 \"b\"}", "expected ',' or '}', found '\"'", "write a comma before it", 1, 9},
        {"{\"a\": 1]", "expected ',' or '}', found ']'", "remove it, or close the map with '}' first", 1, 8},
        {"{\"a\" 1}", "expected ':' after the key", "", 1, 6},
        {"{\"a\": }", "expected a value, found '}'", "", 1, 7},
        {"[1] /* x */", "expected the end of the document, found '/'", "remove the comment: JSON has none", 1, 5},
        {"[\"a\n", "a string cannot contain the control character U+000A", "write it as '\\n'", 1, 4},
        {"\"a\x01\"", "a string cannot contain the control character U+0001", "write it as '\\u0001'", 1, 3},
        {"\"\v\"", "a string cannot contain the control character U+000B", "write it as '\\u000b'", 1, 2},
        {" \"é\\\"", "the string has no closing quote", "", 1, 2},
        {"\"é\\x\"", "unknown escape in a string", "write a backslash as '\\\\'", 1, 3},
        {"\"\\u12G4\"", "'\\u' requires four hexadecimal digits", "", 1, 2},
        {"[01]", "a number cannot start with a zero", "", 1, 2},
        {"[-]", "expected a digit, found ']'", "", 1, 3},
        {"[1.e5]", "expected a digit", "", 1, 4},
        {"[1e+]", "expected a digit, found ']'", "", 1, 5},
        {"[-1e400]", "the number is out of range", "write it in quotes if you mean a string", 1, 2},
        {"[.5]", "expected a value", "", 1, 2},
        {"nul", "expected a value", "", 1, 1},
    };
    struct test_reader *test = *state;
    for (size_t i = 0; i < countof(mistakes); i++) {
        assert_null(read_json(test, mistakes[i].text));
        assert_int_equal(test->diagnostics.count, i + 1);
        const struct diagnostic *said = &test->diagnostics.items[i];
        expect_text(said->message, arena_format(&test->arena, "invalid JSON: %s", mistakes[i].message).data);
        expect_text(said->hint, mistakes[i].hint);
        assert_int_equal(said->position.line, mistakes[i].line);
        assert_int_equal(said->position.column, mistakes[i].column);
    }
}

static struct node *read_openapi(struct test_reader *test, const char *text, unsigned level)
{
    return json_read_openapi(&test->arena, &test->cache, reader_source(test, "r.json", slice_from(text)), level,
                             &test->diagnostics);
}

static void openapi_rules_are_stricter_from_a_certain_depth(void **state)
{
    static const struct {
        const char *text, *message;
        unsigned level, column;  // the outermost level at which it occurs
    } mistakes[] = {
        {"{\"a\": 1, \"\\u0061\": 2}", "duplicate key 'a': it is already set at r.json:1:2", 1, 10},
        {"{\"a\": [{\"b\": {}, \"b\": 2}]}", "duplicate key 'b': it is already set at r.json:1:9", 3, 18},
        {"[\"é\\ud800\"]", "invalid JSON: the escape is half of a surrogate pair", 1, 4},
        {"[[{}, \"\\udc00\"]]", "invalid JSON: the escape is half of a surrogate pair", 2, 8},
        {"[{\"a\xFF\": 1}]", "invalid JSON: the string is not UTF-8", 2, 5},
    };
    struct test_reader *test = *state;
    for (size_t i = 0; i < countof(mistakes); i++)
        for (unsigned level = 1; level <= 4; level++) {
            size_t mark = test->diagnostics.count;
            const struct node *node = read_openapi(test, mistakes[i].text, level);
            if (level > mistakes[i].level) {
                assert_non_null(node);
                assert_int_equal(test->diagnostics.count, mark);
                continue;
            }
            assert_null(node);
            assert_int_equal(test->diagnostics.count, mark + 1);
            expect_text(test->diagnostics.items[mark].message, mistakes[i].message);
            assert_int_equal(test->diagnostics.items[mark].position.column, mistakes[i].column);
        }
    assert_non_null(read_openapi(test, "[1e999]", 1));
    assert_null(read_openapi(test, "[1e999]", 2));
}

static void nesting_is_limited(void **state)
{
    struct test_reader *test = *state;
    char text[2 * (NODE_DEPTH_MAX + 1) + 1];
    memset(text, '[', NODE_DEPTH_MAX + 1);
    memset(text + NODE_DEPTH_MAX + 1, ']', NODE_DEPTH_MAX + 1);
    text[sizeof text - 1] = '\0';
    assert_null(read_json(test, text));
    assert_int_equal(test->diagnostics.items[0].position.column, NODE_DEPTH_MAX + 1);
    assert_true(diagnostics_has_limit(&test->diagnostics, 0));
    text[2 * NODE_DEPTH_MAX + 1] = '\0';
    assert_non_null(read_json(test, text + 1));
}

static void the_last_of_many_repeated_keys_wins(void **state)
{
    struct test_reader *test = *state;
    enum { KEYS = 40, TIMES = 3 };
    struct buffer text = {0};
    for (unsigned i = 0; i < KEYS * TIMES; i++)
        buffer_add_format(&text, "%s\"k%u\": %u", i ? "," : "{", i % KEYS, i);
    buffer_add(&text, "}", sizeof "}");
    struct node *node = read_json(test, arena_copy(&test->arena, buffer_slice(&text)).data);
    buffer_free(&text);
    assert_non_null(node);
    assert_int_equal(node->count, KEYS);
    for (unsigned i = 0; i < KEYS; i++) {
        const struct name *key = name_intern(&test->names, arena_format(&test->arena, "k%u", i));
        assert_ptr_equal(node->entries[i].key, key);
        expect_text(node_text(node_map_get(node, key)), arena_format(&test->arena, "%u", i + KEYS * (TIMES - 1)).data);
    }
}

// --- Comparing with jansson.

static void expect_agreement(struct slice text)
{
    const char *problem = referee_judge(text);
    if (problem)
        fail_msg("%s:\n%.*s", problem, SLICE_ARGS(text));
}

static const char specimen[] =
    "{\"a\\u00e9\\ud83d\\ude00é\\/\": [-0, 1.50e+3, 9223372036854775807, \"x\\n\\\"\", {}, [], true],\r\n"
    " \"b\": {\"b\": false, \"b\": null}, \"\": \"\\ud83d\\ude00\\\\\"}\n";

// The text cut off at every byte, and with each byte replaced by every byte that has a meaning.
static void jansson_agrees_on_every_small_mistake(void **state)
{
    static const char bytes[] = "{}[]:,\"\\/ \t\r\n-+.0159eEuabnrtfls\x7F\xC3\xA9\xED\xFF\x01";
    (void)state;
    char text[sizeof specimen];
    for (size_t at = 0; at < sizeof specimen; at++) {
        expect_agreement((struct slice){specimen, at});
        memcpy(text, specimen, sizeof text);
        for (size_t i = 0; at + 1 < sizeof specimen && i < sizeof bytes; i++) {
            text[at] = bytes[i];
            expect_agreement((struct slice){text, sizeof text - 1});
        }
    }
}

static void jansson_agrees_on_rare_cases(void **state)
{
    static const char *const texts[] = {
        "\"\\ud800\"",
        "\"\\ud800\\ud83d\\ude00\"",
        "\"\\udc00\\ud800\"",
        "\"\\\\ud800\"",
        "\"\\ud800\\n\"",
        "\"\\ud800\\udc00\\udbff\\udfff\"",
        "\"\\u0000\"",
        "{\"\\u0000\": 1}",
        "{\"\\ud800\": 1, \"\\udbff\": 2}",
        "1e308",
        "1e309",
        "-1e309",
        "1e-400",
        "18446744073709551616",
        "123456789012345678901234567890",
        "-9223372036854775809",
        "0e1",
        "-0.0E-0",
        "1E05",
        "0.1e+00",
        "[1]\v",
        "[1]\xC2\xA0",
        "\xEF\xBB\xBF[1]",
        "\"\x7F\xEF\xBB\xBF\"",
        "true false",
        "[[[[[[]]]]]]",
        "[1,2,3,4,5,6,7,8,9]",
    };
    (void)state;
    for (size_t i = 0; i < countof(texts); i++)
        expect_agreement(slice_from(texts[i]));
    expect_agreement((struct slice){"[1]\0", 4});
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

static void integers_are_converted_to_doubles(void **state)
{
    expect_after(*state, "{a: 9007199254740993, b: 12345678901234567890, c: 1000000, d: 0x10, e: 1.0}",
                 "a: 9007199254740992\nb: 12345678901234567000\nc: 1000000\nd: 16\ne: 1\n");
}

static void a_number_is_printed_as_a_double(void **state)
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

static void folded_strings_are_damaged_once(void **state)
{
    expect_after(*state, "v: >\n  a\n\n    b\n", "v: |\n  a\n\n\n    b\n");
}

static void styles_match_the_printed_text(void **state)
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

static void only_ambiguous_strings_get_quotes(void **state)
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

static void keys_must_be_distinct_strings(void **state)
{
    expect_refusal(*state, "a: 1\nb: 2\na: 3\n", "duplicate key 'a': it is already set at r.yaml:1:1");
    expect_refusal(*state, "x: {a: 1, true: 2}\n", "the key is read as the boolean true, not as a string");
    expect_refusal(*state, "x: {a: 1, 2: 2}\n", "the key is read as the number 2, not as a string");
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

static void positions_are_kept(void **state)
{
    struct node *node = through_json(*state, "a: b\nc: 1.50\n");
    assert_int_equal(node->entries[1].value->position.line, 2);
    assert_int_equal(node->entries[1].value->position.column, 4);
    assert_int_equal(node->entries[1].key_line, 2);
}

static void a_multi_line_string_with_a_leading_tab_is_refused(void **state)
{
    struct test_reader *test = *state;
    struct node *node = read_yaml(test, "v: \"\\ta\\nb\"\n");
    assert_false(node_through_json(&test->arena, &test->names, node, &test->diagnostics));
    assert_int_equal(test->diagnostics.count, 1);
}

static const struct CMUnitTest tests[] = {
    reader_test(strings_are_escaped_as_go_does),
    reader_test(invalid_utf8_becomes_the_replacement_character),
    reader_test(keys_are_sorted_by_their_bytes),
    reader_test(numbers_are_formatted_as_in_go),
    reader_test(large_integers_are_exact_only_when_asked),
    reader_test(values_that_json_cannot_represent_are_refused),
    reader_test(every_kind_of_value_is_read),
    reader_test(numbers_keep_their_text),
    reader_test(the_last_of_repeated_keys_wins),
    reader_test(a_scalar_alone_is_json),
    reader_test(half_a_surrogate_pair_becomes_the_replacement_character),
    reader_test(every_node_has_its_position),
    reader_test(errors_have_positions),
    reader_test(openapi_rules_are_stricter_from_a_certain_depth),
    reader_test(nesting_is_limited),
    reader_test(the_last_of_many_repeated_keys_wins),
    cmocka_unit_test(jansson_agrees_on_every_small_mistake),
    cmocka_unit_test(jansson_agrees_on_rare_cases),
    reader_test(integers_are_converted_to_doubles),
    reader_test(a_number_is_printed_as_a_double),
    reader_test(timestamps_and_empty_values_of_flow_maps_become_strings),
    reader_test(folded_strings_are_damaged_once),
    reader_test(styles_match_the_printed_text),
    reader_test(only_ambiguous_strings_get_quotes),
    reader_test(keys_must_be_distinct_strings),
    reader_test(a_node_in_two_places_becomes_two),
    reader_test(positions_are_kept),
    reader_test(a_multi_line_string_with_a_leading_tab_is_refused),
};

int test_json(void)
{
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
