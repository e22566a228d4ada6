// Decoding: each kind of field, the effects of kustomize's round trip through JSON, and error messages.
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doc/decode.h"
#include "yaml/read.h"

struct part {
    struct position position;
    struct text name;
    struct integer count;
    bool create;
};

struct whole {
    struct position position;
    struct text title;
    bool flag;
    struct integer number;
    struct text_list words;
    struct text_map labels;
    struct part *part;
    DECODE_LIST_OF(struct part) parts;
    struct node *anything;
    struct node *values;
};

static const struct decode_field part_fields[] = {
    {"name", DECODE_TEXT, offsetof(struct part, name), NULL},
    {"count", DECODE_INTEGER, offsetof(struct part, count), NULL},
    {"create", DECODE_BOOL, offsetof(struct part, create), NULL},
};
static const struct decode_type part_type = DECODE_TYPE("part", struct part, part_fields);

static const struct decode_field whole_fields[] = {
    {"title", DECODE_TEXT, offsetof(struct whole, title), NULL},
    {"flag", DECODE_BOOL, offsetof(struct whole, flag), NULL},
    {"number", DECODE_INTEGER, offsetof(struct whole, number), NULL},
    {"words", DECODE_TEXT_LIST, offsetof(struct whole, words), NULL},
    {"labels", DECODE_TEXT_MAP, offsetof(struct whole, labels), NULL},
    {"part", DECODE_STRUCT, offsetof(struct whole, part), &part_type},
    {"parts", DECODE_LIST, offsetof(struct whole, parts), &part_type},
    {"anything", DECODE_NODE, offsetof(struct whole, anything), NULL},
    {"values", DECODE_MAP, offsetof(struct whole, values), NULL},
};
static const struct decode_type whole_type = DECODE_TYPE("whole", struct whole, whole_fields);

struct decoding {
    struct test_reader reader;
    struct decode_context context;
};

static int setup(void **state)
{
    struct decoding *test = calloc(1, sizeof *test);
    assert_non_null(test);
    reader_begin(&test->reader);
    test->context = (struct decode_context){.arena = &test->reader.arena, .diagnostics = &test->reader.diagnostics};
    *state = test;
    return 0;
}

static int teardown(void **state)
{
    struct decoding *test = *state;
    reader_end(&test->reader);
    free(test);
    return 0;
}

static struct slice messages(struct decoding *test)
{
    test->reader.out.length = 0;
    for (size_t i = 0; i < test->reader.diagnostics.count; i++)
        render_message(&test->reader.diagnostics, &test->reader.diagnostics.items[i], &test->reader.out);
    return buffer_slice(&test->reader.out);
}

static struct node *read_document(struct decoding *test, const char *text)
{
    diagnostics_init(&test->reader.diagnostics, &test->reader.arena, &test->reader.sources);
    struct node *document;
    assert_true(
        yaml_read_first(&test->reader.context, reader_source(&test->reader, "f.yaml", slice_from(text)), &document));
    return document;
}

static struct whole *decode(struct decoding *test, const char *text)
{
    struct whole *whole = decode_struct(&test->context, &whole_type, read_document(test, text));
    if (!whole)
        fail_msg("%.*s", SLICE_ARGS(messages(test)));
    return whole;
}

static void expect_refused(struct decoding *test, const char *text, const char *message)
{
    assert_null(decode_struct(&test->context, &whole_type, read_document(test, text)));
    assert_int_equal(test->reader.diagnostics.error_count, 1);
    expect_contains(messages(test), message);
}

static void every_kind_of_field_is_read(void **state)
{
    struct decoding *test = *state;
    struct whole *whole = decode(test, "title: x\n"
                                       "flag: true\n"
                                       "number: -7\n"
                                       "words: [a, b]\n"
                                       "labels: {k: v, l: w}\n"
                                       "part: {name: p}\n"
                                       "parts:\n- name: q\n  count: 2\n- {create: true}\n"
                                       "anything: [1]\n"
                                       "values: {a: 1}\n");
    assert_int_equal(test->reader.diagnostics.count, 0);
    expect_text(whole->title.slice, "x");
    assert_int_equal(whole->title.position.line, 1);
    assert_int_equal(whole->title.position.column, 8);
    assert_true(whole->flag);
    assert_int_equal(whole->number.value, -7);
    assert_int_equal(whole->words.count, 2);
    expect_text(whole->words.items[1].slice, "b");
    assert_int_equal(whole->labels.count, 2);
    expect_text(whole->labels.items[1].key.slice, "l");
    expect_text(whole->labels.items[1].value.slice, "w");
    assert_int_equal(whole->labels.items[1].key.position.column, 16);
    expect_text(whole->part->name.slice, "p");
    assert_int_equal(whole->part->position.line, 6);
    assert_int_equal(whole->parts.count, 2);
    assert_int_equal(whole->parts.items[0]->count.value, 2);
    assert_true(whole->parts.items[1]->create);
    assert_int_equal(whole->parts.items[1]->position.line, 10);
    assert_int_equal(whole->anything->kind, NODE_SEQUENCE);
    assert_int_equal(whole->values->count, 1);
}

static void absent_fields_are_zero(void **state)
{
    struct decoding *test = *state;
    struct whole *whole = decode(test, "{}");
    assert_int_equal(whole->title.position.line, 0);
    assert_null(whole->part);
    assert_null(whole->anything);
    assert_int_equal(whole->parts.count, 0);
    assert_int_equal(whole->position.line, 1);
    assert_non_null(decode_struct(&test->context, &whole_type, NULL));
}

static void null_is_the_zero_value(void **state)
{
    struct whole *whole = decode(
        *state, "title: ~\nflag:\nnumber: null\nwords: ~\nlabels: ~\npart:\nparts: NULL\nvalues: ~\nanything: ~\n");
    assert_int_equal(whole->title.position.line, 0);
    assert_int_equal(whole->words.count, 0);
    assert_null(whole->part);
    assert_null(whole->values);
    assert_non_null(whole->anything);

    whole = decode(*state, "words: [~, a]\nlabels: {a: ~}\nparts: [~, {name: b}]\n");
    assert_int_equal(whole->words.count, 2);
    assert_int_equal(whole->words.items[0].slice.length, 0);
    assert_int_equal(whole->words.items[0].position.line, 1);
    assert_int_equal(whole->labels.items[0].value.slice.length, 0);
    assert_int_equal(whole->parts.count, 2);
    assert_int_equal(whole->parts.items[0]->position.line, 3);
}

static void scalars_follow_yaml_11(void **state)
{
    struct whole *whole = decode(*state,
                                 "title: 2001-01-01\nflag: yes\nnumber: 010\nwords: [1:30, '1', \"yes\", !!str 5]\n"
                                 "labels: {1: a, yes: b, 1.5: c}\n");
    expect_text(whole->title.slice, "2001-01-01");
    assert_true(whole->flag);
    assert_int_equal(whole->number.value, 8);
    expect_text(whole->words.items[0].slice, "1:30");
    expect_text(whole->words.items[3].slice, "5");
    expect_text(whole->labels.items[0].key.slice, "1");
    expect_text(whole->labels.items[1].key.slice, "true");
    expect_text(whole->labels.items[2].key.slice, "1.5");
    static const char *const booleans[] = {"on", "Yes", "y", "TRUE"};
    for (size_t i = 0; i < countof(booleans); i++) {
        char text[32];
        snprintf(text, sizeof text, "flag: %s", booleans[i]);
        assert_true(decode(*state, text)->flag);
    }
    assert_false(decode(*state, "flag: off")->flag);
}

static void integers_come_from_whole_numbers(void **state)
{
    assert_int_equal(decode(*state, "number: 0x8")->number.value, 8);
    assert_int_equal(decode(*state, "number: 0o10")->number.value, 8);
    assert_int_equal(decode(*state, "number: 3.0")->number.value, 3);
    assert_int_equal(decode(*state, "number: 1e3")->number.value, 1000);
    assert_int_equal(decode(*state, "number: -0.0")->number.value, 0);
    assert_true(decode(*state, "number: 9223372036854775807")->number.value == INT64_MAX);
    assert_true(decode(*state, "number: -9223372036854775808")->number.value == INT64_MIN);
    expect_refused(*state, "number: 3.5", "f.yaml:1:9: expected an integer for 'number', found the number 3.5");
    expect_refused(*state, "number: 9223372036854775808", "expected an integer for 'number'");
    expect_refused(*state, "number: 1e19", "expected an integer for 'number'");
    expect_refused(*state, "number: abc", "found the string 'abc'");
}

static void values_are_never_converted(void **state)
{
    expect_refused(
        *state, "title: 1.10",
        "f.yaml:1:8: expected a string for 'title', found the number 1.10\n  hint: quote it: `title: \"1.10\"`");
    expect_refused(*state, "title: y", "expected a string for 'title', found the boolean y");
    expect_refused(*state, "words:\n- a\n- 1",
                   "f.yaml:3:3: expected a string for 'words[1]', found the number 1\n  hint: quote it: `- \"1\"`");
    expect_refused(*state, "labels: {a: true}",
                   "expected a string for 'labels.a', found the boolean true\n  hint: quote it: `a: \"true\"`");
    expect_refused(
        *state, "flag: 'true'",
        "expected true or false for 'flag', found the string 'true'\n  hint: write it without quotes: `flag: true`");
    expect_refused(*state, "number: \"3\"", "hint: write it without quotes: `number: 3`");
    expect_refused(*state, "flag: 1", "expected true or false for 'flag', found the number 1");
}

static void wrong_types_are_reported_with_their_path(void **state)
{
    expect_refused(*state, "[a]", "f.yaml:1:1: expected a map for 'whole', found a list");
    expect_refused(*state, "title: [a]", "expected a string for 'title', found a list");
    expect_refused(*state, "words: a",
                   "expected a list for 'words', found the string 'a'\n  hint: write each item, even a single one, on "
                   "a line of its own after '- '");
    expect_refused(*state, "labels: [a]", "expected a map for 'labels', found a list");
    expect_refused(*state, "parts: {name: x}", "expected a list for 'parts', found a map");
    expect_refused(*state, "parts: [{}, x]", "expected a map for 'parts[1]', found the string 'x'");
    expect_refused(*state, "parts: [{}, {}, {count: x}]",
                   "f.yaml:1:25: expected an integer for 'parts[2].count', found the string 'x'");
    expect_refused(*state, "part: {create: 1}", "expected true or false for 'part.create'");
    expect_refused(*state, "values: [1]", "expected a map for 'values'");
    expect_refused(*state, "title: {a: b}", "found a map");
}

static void unknown_fields_get_a_suggestion(void **state)
{
    expect_refused(*state, "titel: x", "f.yaml:1:1: unknown field 'titel' in whole\n  hint: did you mean 'title'?");
    expect_refused(*state, "parts:\n- zzzzzz: x",
                   "f.yaml:2:3: unknown field 'zzzzzz' in parts[0]\n  hint: the fields allowed here are 'name', "
                   "'count', and 'create'");
}

static void field_names_match_ignoring_case(void **state)
{
    struct decoding *test = *state;
    expect_text(decode(test, "Title: x\nPARTS: [{Name: z}]\n")->title.slice, "x");
    expect_contains(messages(test), "f.yaml:1:1: ");
    expect_contains(messages(test), "the field 'Title' is read as 'title', and should be spelled that way");
    expect_contains(messages(test), "the field 'Name' is read as 'name', and should be spelled that way");
    assert_int_equal(test->reader.diagnostics.error_count, 0);
}

static void the_last_of_several_spellings_in_byte_order_wins(void **state)
{
    struct decoding *test = *state;
    struct whole *whole = decode(test, "title: right\nTitle: wrong\nlabels: {a: x, b: x}\nLabels: {b: z, c: z}\n");
    expect_text(whole->title.slice, "right");
    expect_contains(messages(test), "f.yaml:1:1: ");
    expect_contains(messages(test), "duplicate field 'title' (set on line 2 as 'Title'); this spelling wins");
    // Maps are merged, as when JSON is decoded into an existing map.
    assert_int_equal(whole->labels.count, 3);
    expect_text(whole->labels.items[0].key.slice, "b");
    expect_text(whole->labels.items[0].value.slice, "x");
    whole = decode(test, "part: {name: a}\nPart: {count: 5}\n");
    expect_text(whole->part->name.slice, "a");
    assert_int_equal(whole->part->count.value, 5);
}

static void the_last_of_repeated_fields_wins(void **state)
{
    struct decoding *test = *state;
    expect_text(decode(test, "title: a\ntitle: b\n")->title.slice, "b");
    expect_contains(messages(test), "duplicate key 'title' (first set on line 1)");

    // With nodes that keep repeated keys.
    diagnostics_init(&test->reader.diagnostics, &test->reader.arena, &test->reader.sources);
    struct read_context context = {&test->reader.arena, &test->reader.cache, &test->reader.diagnostics};
    struct source *source = sources_add(&test->reader.sources, slice_literal("f.yaml"),
                                        slice_literal("title: 5\ntitle: b\nlabels: {a: x, a: w, b: z}\nvalues: {}\n"));
    struct node_list documents = {0};
    assert_true(yaml_read_resources(&context, source, &documents));
    struct whole *whole = decode_struct(&test->context, &whole_type, documents.items[0]);
    assert_non_null(whole);
    expect_text(whole->title.slice, "b");
    assert_int_equal(whole->labels.count, 2);
    expect_text(whole->labels.items[0].value.slice, "w");
    assert_int_equal(test->reader.diagnostics.error_count, 0);
    assert_int_equal(test->reader.diagnostics.count, 2);
}

static void plugin_configurations_are_read_like_resources(void **state)
{
    struct decoding *test = *state;
    test->context.ignore_unknown = true;
    struct whole *whole = decode(test, "apiVersion: builtin\nmetadata: {name: x}\ntitle: yes\nflag: true\nnumber: 3\n"
                                       "words: [5, 1.10, true, 2001-01-01, 0x10, 0.123456789]\n");
    expect_text(whole->title.slice, "yes");
    static const char *const words[] = {"5", "1.1", "true", "2001-01-01T00:00:00Z", "16", "0.12345679"};
    for (size_t i = 0; i < countof(words); i++)
        expect_text(whole->words.items[i].slice, words[i]);
    expect_refused(test, "flag: yes", "expected true or false for 'flag', found the string 'yes'");
}

static void a_single_value_and_a_list_can_be_decoded(void **state)
{
    struct decoding *test = *state;
    struct decode_field field = {"parts", DECODE_LIST, 0, &part_type};
    struct decode_list list = {0};
    assert_true(decode_value(&test->context, &field, read_document(test, "[{name: a}]"), &list));
    assert_int_equal(list.count, 1);
    assert_false(decode_value(&test->context, &field, read_document(test, "[{}, {name: 5}]"), &list));
    expect_contains(messages(test), "expected a string for 'parts[1].name', found the number 5");
}

#define decoding_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int test_decode(void)
{
    static const struct CMUnitTest tests[] = {
        decoding_test(every_kind_of_field_is_read),
        decoding_test(absent_fields_are_zero),
        decoding_test(null_is_the_zero_value),
        decoding_test(scalars_follow_yaml_11),
        decoding_test(integers_come_from_whole_numbers),
        decoding_test(values_are_never_converted),
        decoding_test(wrong_types_are_reported_with_their_path),
        decoding_test(unknown_fields_get_a_suggestion),
        decoding_test(field_names_match_ignoring_case),
        decoding_test(the_last_of_several_spellings_in_byte_order_wins),
        decoding_test(the_last_of_repeated_fields_wins),
        decoding_test(plugin_configurations_are_read_like_resources),
        decoding_test(a_single_value_and_a_list_can_be_decoded),
    };
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
