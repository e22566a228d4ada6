// Printing: tables of scalars and keys printed by the real program, and trees from inside the program.
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doc/key_order.h"
#include "schema/well_known_names.h"
#include "yaml/read.h"
#include "yaml/write.h"

struct printing {
    struct test_reader reader;
    struct yaml_writer *writer;
    struct buffer messages;
};

static int setup(void **state)
{
    struct printing *test = calloc(1, sizeof *test);
    assert_non_null(test);
    reader_begin(&test->reader);
    test->writer = yaml_writer_new(&test->reader.diagnostics);
    *state = test;
    return 0;
}

static int teardown(void **state)
{
    struct printing *test = *state;
    yaml_writer_free(test->writer);
    buffer_free(&test->messages);
    reader_end(&test->reader);
    free(test);
    return 0;
}

static struct node *read_document(struct printing *test, struct slice text)
{
    struct node_list documents = {0};
    const struct source *source = reader_source(&test->reader, "r.yaml", text);
    return yaml_read_resources(&test->reader.context, source, &documents) && documents.count ? documents.items[0]
                                                                                             : NULL;
}

static const char *messages(struct printing *test)
{
    test->messages.length = 0;
    for (size_t i = 0; i < test->reader.diagnostics.count; i++)
        render_message(&test->reader.diagnostics, &test->reader.diagnostics.items[i], &test->messages);
    buffer_add_byte(&test->messages, '\0');
    return test->messages.data;
}

static struct slice print(struct printing *test, const struct node *node)
{
    test->reader.out.length = 0;
    if (!yaml_write_document(test->writer, &test->reader.out, node))
        fail_msg("%s", messages(test));
    return buffer_slice(&test->reader.out);
}

static void expect_printed(struct printing *test, const char *input, const char *output)
{
    struct node *node = read_document(test, slice_from(input));
    if (!node)
        fail_msg("%s", messages(test));
    expect_text(print(test, node), output);
}

static void expect_refused(struct printing *test, const struct node *node, const char *message)
{
    size_t count = test->reader.diagnostics.count;
    test->reader.out.length = 0;
    assert_non_null(node);
    assert_false(yaml_write_document(test->writer, &test->reader.out, node));
    assert_int_equal(test->reader.diagnostics.count, count + 1);
    expect_contains(slice_from(messages(test)), message);
}

// --- The tables.

static unsigned hexadecimal(const char *digits)
{
    unsigned number = 0;
    for (int i = 0; i < 4; i++)
        number = number * 16 + (unsigned)(strchr("0123456789abcdef", digits[i]) - "0123456789abcdef");
    return number;
}

static void add_character(struct buffer *out, unsigned code)
{
    if (code < 0x80) {
        buffer_add_byte(out, (char)code);
    } else if (code < 0x800) {
        buffer_add_byte(out, (char)(0xC0 | code >> 6));
        buffer_add_byte(out, (char)(0x80 | (code & 63)));
    } else {
        buffer_add_byte(out, (char)(0xE0 | code >> 12));
        buffer_add_byte(out, (char)(0x80 | (code >> 6 & 63)));
        buffer_add_byte(out, (char)(0x80 | (code & 63)));
    }
}

static struct slice unescape(struct printing *test, struct slice cell)
{
    struct buffer out = {0};
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.data[i] != '\\') {
            buffer_add_byte(&out, cell.data[i]);
            continue;
        }
        switch (cell.data[++i]) {
        case 'n':
            buffer_add_byte(&out, '\n');
            break;
        case 't':
            buffer_add_byte(&out, '\t');
            break;
        case 'r':
            buffer_add_byte(&out, '\r');
            break;
        case 'u':
            add_character(&out, hexadecimal(cell.data + i + 1));
            i += 4;
            break;
        default:
            buffer_add_byte(&out, cell.data[i]);
        }
    }
    struct slice text = arena_copy(&test->reader.arena, buffer_slice(&out));
    buffer_free(&out);
    return text;
}

static struct slice read_file(struct printing *test, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s; tests run in the top directory", path);
    struct buffer content = {0};
    for (size_t got = 1; got;) {
        got = fread(buffer_reserve(&content, 65536), 1, 65536, file);
        content.length += got;
    }
    fclose(file);
    struct slice text = arena_copy(&test->reader.arena, buffer_slice(&content));
    buffer_free(&content);
    return text;
}

// The string in YAML double quotes.
static void add_quoted(struct buffer *out, struct slice text)
{
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        // NEL, LS, PS, and a byte order mark are escaped, because readers treat them as line breaks or skip them.
        if (byte < 0x20 || byte == 0x7F || byte == '"' || byte == '\\') {
            buffer_add_format(out, "\\x%02x", byte);
        } else if (byte == 0xC2 && (unsigned char)text.data[i + 1] < 0xA0) {
            buffer_add_format(out, "\\x%02x", (unsigned char)text.data[++i]);
        } else if (byte == 0xE2 && text.data[i + 1] == '\x80' && (text.data[i + 2] & '\xFE') == '\xA8') {
            buffer_add_text(out, text.data[i + 2] == '\xA8' ? "\\L" : "\\P");
            i += 2;
        } else if (byte == 0xEF && text.data[i + 1] == '\xBB' && text.data[i + 2] == '\xBF') {
            buffer_add_text(out, "\\ufeff");
            i += 2;
        } else {
            buffer_add_byte(out, (char)byte);
        }
    }
    buffer_add_byte(out, '"');
}

// A row: `input` comes after `head`, and `expected` must be printed after it. False if that isn't so.
static bool row_holds(struct printing *test, struct slice head, struct slice input, struct slice expected)
{
    size_t mark = test->reader.diagnostics.count;
    struct slice text = arena_join(&test->reader.arena, arena_join(&test->reader.arena, head, input),
                                   slice_literal("\n"));
    struct node *node = read_document(test, text);
    test->reader.out.length = 0;
    bool printed = node && yaml_write_document(test->writer, &test->reader.out, node);
    bool diagnosed_once = test->reader.diagnostics.count - mark == !printed;
    diagnostics_forget(&test->reader.diagnostics, mark);
    if (slice_equals(expected, "error"))
        return !printed && diagnosed_once;
    return printed && diagnosed_once &&
           slice_equal(buffer_slice(&test->reader.out), arena_join(&test->reader.arena, head, expected));
}

// The rows of a table; lines at its start with `# ` explain them.
static struct slice read_table(struct printing *test, const char *path)
{
    struct slice rest = read_file(test, path), line;
    while (slice_starts_with(rest, slice_literal("# ")))
        slice_cut(rest, '\n', &line, &rest);
    return rest;
}

static struct slice next_row(struct slice *rest)
{
    struct slice row;
    slice_cut(*rest, '\n', &row, rest);
    return row;
}

static void scalars_are_printed_as_in_the_table(void **state)
{
    struct printing *test = *state;
    struct slice rest = read_table(test, "fixtures/scalars/scalars.tsv");
    size_t rows = 0, wrong = 0;
    for (struct slice row; (row = next_row(&rest)).length; rows++) {
        struct slice input, expected;
        assert_true(slice_cut(row, '\t', &input, &expected));
        struct slice head = slice_literal("apiVersion: v1\nkind: Probe\nmetadata:\n  name: x\nspec:\n  v:");
        if (row_holds(test, head, unescape(test, input), unescape(test, expected)))
            continue;
        wrong++;
        print_error("%.*s\nprints\n%.*s\n", SLICE_ARGS(row), SLICE_ARGS(buffer_slice(&test->reader.out)));
    }
    assert_int_equal(wrong, 0);
    assert_true(rows > 640);
}

static void keys_are_printed_as_in_the_table(void **state)
{
    struct printing *test = *state;
    struct slice rest = read_table(test, "fixtures/scalars/keys.tsv");
    size_t rows = 0, wrong = 0;
    for (struct slice row; (row = next_row(&rest)).length; rows++) {
        struct slice key, value, expected;
        assert_true(slice_cut(row, '\t', &key, &expected) && slice_cut(expected, '\t', &value, &expected));
        struct buffer text = {0};
        buffer_add_text(&text, " {? ");
        add_quoted(&text, unescape(test, key));
        buffer_add_format(&text, " : %.*s}", SLICE_ARGS(value));
        struct slice input = arena_copy(&test->reader.arena, buffer_slice(&text));
        buffer_free(&text);
        struct slice head = slice_literal("apiVersion: v1\nkind: Probe\nmetadata:\n  name: x\nspec:");
        if (row_holds(test, head, input, unescape(test, expected)))
            continue;
        wrong++;
        print_error("%.*s\nprints\n%.*s\n", SLICE_ARGS(row), SLICE_ARGS(buffer_slice(&test->reader.out)));
    }
    assert_int_equal(wrong, 0);
    assert_true(rows > 120);
}

// --- Structure.

static void collections_are_indented_by_two_and_sequences_in_maps_not_at_all(void **state)
{
    expect_printed(*state, "v: {b: 1, a: [x, {d: [y], c: e}, [[1, 2], []], {}]}\n",
                   "v:\n  a:\n  - x\n  - c: e\n    d:\n    - \"y\"\n  - - - 1\n      - 2\n    - []\n  - {}\n  b: 1\n");
}

static void blocks_are_indented_to_their_depth(void **state)
{
    expect_printed(*state, "a:\n- \"x\\ny\"\n- - \" x\\ny\\n\\n\"\n- k: \"x\\n\"\n",
                   "a:\n- |-\n  x\n  y\n- - |2+\n     x\n    y\n\n- k: |\n    x\n");
}

static void documents_follow_each_other_in_one_buffer(void **state)
{
    struct printing *test = *state;
    struct node *node = read_document(test, slice_literal("b: 1\na: 2\n"));
    assert_true(yaml_write_document(test->writer, &test->reader.out, node));
    assert_true(yaml_write_document(test->writer, &test->reader.out, node));
    expect_text(buffer_slice(&test->reader.out), "a: 2\nb: 1\na: 2\nb: 1\n");
}

static void the_tree_keeps_its_order(void **state)
{
    struct printing *test = *state;
    struct node *node = read_document(test, slice_literal("b: 1\na: 2\n"));
    print(test, node);
    assert_true(slice_equals(node->entries[0].key->text, "b"));
}

// --- Keys.

static void keys_are_in_natural_order(void **state)
{
    static const char *const sorted[] = {"",    " f",  "#d",  "-",  "1",  "9",   "10a", "A",  "B", "a",
                                         "a-1", "a.b", "a_1", "a1", "a2", "a10", "aB",  "ab", "é"};
    (void)state;
    for (size_t i = 0; i < countof(sorted); i++)
        for (size_t j = 0; j < countof(sorted); j++) {
            int order = key_compare_natural(slice_from(sorted[i]), slice_from(sorted[j]));
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
}

static void zeros_inside_a_number_are_compared_as_its_digits(void **state)
{
    (void)state;
    assert_true(key_compare_natural(slice_literal("a01"), slice_literal("a1")) > 0);
    assert_true(key_compare_natural(slice_literal("a1"), slice_literal("a02")) < 0);
    assert_true(key_compare_natural(slice_literal("a100"), slice_literal("a11")) > 0);
}

static void equal_maps_are_printed_alike_even_if_the_order_is_not_transitive(void **state)
{
    struct printing *test = *state;
    struct slice first = print(test, read_document(test, slice_literal("{\"9\": , 21a: , 2Z: }\n")));
    first = arena_copy(&test->reader.arena, first);
    expect_printed(test, "{2Z: , \"9\": , 21a: }\n", first.data);
    expect_printed(test, "{21a: , 2Z: , \"9\": }\n", first.data);
}

static void many_keys_are_sorted(void **state)
{
    struct printing *test = *state;
    struct node *map = node_new_map(&test->reader.arena, (struct position){0});
    struct buffer expected = {0};
    for (int i = 0; i < 1000; i++) {
        struct slice key = arena_format(&test->reader.arena, "k%d", i * 7919 % 1000);
        struct node *value = node_new_string(&test->reader.arena, slice_literal("v"), (struct position){0});
        node_map_set(&test->reader.arena, map, name_intern(&test->reader.names, key), value);
        buffer_add_format(&expected, "k%d: v\n", i);
    }
    buffer_add_byte(&expected, '\0');
    expect_text(print(test, map), expected.data);
    buffer_free(&expected);
}

static void a_repeated_key_is_refused_with_both_positions(void **state)
{
    struct printing *test = *state;
    expect_refused(test, read_document(test, slice_literal("a: 1\nv:\n  k: 1\n  b: 2\n  k: 3\n")),
                   "r.yaml:5:3: duplicate key 'k': it is already set at r.yaml:3:3\n");
}

static void a_repeated_key_is_found_among_keys_with_digits(void **state)
{
    struct printing *test = *state;
    expect_refused(test, read_document(test, slice_literal("{\"9\": , 21a: , 2Z: , 21a: }\n")), "duplicate key '21a'");
}

static void a_key_that_is_not_a_string_is_refused_at_its_position(void **state)
{
    struct printing *test = *state;
    expect_refused(test, read_document(test, slice_literal("v:\n  80: a\n")),
                   "r.yaml:2:3: the key is read as the number 80, not as a string\n  hint: quote it: \"80\"\n");
}

// --- Values from the program.

static void expect_made(struct printing *test, struct node *value, const char *printed)
{
    struct node *map = node_new_map(&test->reader.arena, (struct position){0});
    node_map_set(&test->reader.arena, map, NAME(value), value);
    expect_text(print(test, map), printed);
}

static struct node *scalar(struct printing *test, const char *text, enum node_style style, enum node_tag tag)
{
    return node_new_scalar(&test->reader.arena, slice_from(text), style, tag, (struct position){0});
}

static void a_string_is_quoted_if_it_looks_like_something_else(void **state)
{
    struct printing *test = *state;
    expect_made(test, scalar(test, "1", STYLE_PLAIN, TAG_STRING), "value: \"1\"\n");
    expect_made(test, scalar(test, "", STYLE_PLAIN, TAG_STRING), "value: \"\"\n");
    expect_made(test, scalar(test, "yes", STYLE_PLAIN, TAG_IMPLICIT), "value: \"yes\"\n");
    expect_made(test, scalar(test, "a: b", STYLE_LITERAL, TAG_STRING), "value: 'a: b'\n");
    expect_made(test, scalar(test, "x\n", STYLE_PLAIN, TAG_STRING), "value: |\n  x\n");
}

static void a_number_in_the_quotes_of_an_old_value_is_a_string(void **state)
{
    struct printing *test = *state;
    expect_made(test, scalar(test, "5", STYLE_DOUBLE_QUOTED, TAG_INT), "value: \"5\"\n");
    expect_made(test, scalar(test, "true", STYLE_SINGLE_QUOTED, TAG_BOOL), "value: \"true\"\n");
    expect_made(test, scalar(test, "5", STYLE_PLAIN, TAG_INT), "value: 5\n");
    expect_made(test, scalar(test, "5", STYLE_PLAIN, TAG_FLOAT), "value: 5\n");
}

static void a_string_that_does_not_match_the_type_of_the_old_value_is_refused(void **state)
{
    struct printing *test = *state;
    expect_refused(test, scalar(test, "true", STYLE_PLAIN, TAG_INT),
                   "'true' is not an integer\n  hint: write an integer, or quote the value that this one replaces: "
                   "kustomize keeps the type of the replaced value\n");
}

static void an_empty_value_is_a_string_below_a_flow_map_only(void **state)
{
    expect_printed(*state, "a: {b: [{c: }]}\nd:\ne: {f: ~}\n", "a:\n  b:\n  - c: \"\"\nd: null\ne:\n  f: null\n");
}

static void a_block_that_starts_with_a_tab_is_refused_and_quoted_text_is_not(void **state)
{
    struct printing *test = *state;
    expect_refused(test, scalar(test, "\tx\n", STYLE_LITERAL, TAG_STRING), "cannot start with a tab");
    expect_refused(test, scalar(test, "\tx\n", STYLE_PLAIN, TAG_STRING), "cannot start with a tab");
    expect_made(test, scalar(test, "\tx\n", STYLE_DOUBLE_QUOTED, TAG_STRING), "value: \"\\tx\\n\"\n");
    expect_made(test, scalar(test, "\tx", STYLE_PLAIN, TAG_STRING), "value: \"\\tx\"\n");
    expect_made(test, scalar(test, "\n\tx", STYLE_LITERAL, TAG_STRING), "value: \"\\n\\tx\"\n");
}

static void values_that_json_or_yaml_cannot_represent_are_refused_at_their_position(void **state)
{
    struct printing *test = *state;
    expect_refused(test, read_document(test, slice_literal("v: -.inf\n")),
                   "r.yaml:1:4: the number -.inf cannot be printed");
    expect_refused(test, read_document(test, slice_literal("v: \"a\\x7f\"\n")),
                   "r.yaml:1:4: the character U+007F cannot be printed here");
    expect_refused(test, scalar(test, "a\xFF", STYLE_PLAIN, TAG_STRING), "not valid UTF-8");
}

static void a_long_string_is_folded_at_the_first_space_after_column_80(void **state)
{
    struct printing *test = *state;
    // The space at column 80 is kept, the next one becomes the line break.
    char text[120];
    memset(text, 'a', sizeof text);
    text[73] = text[75] = ' ';
    text[80] = '\0';
    struct buffer expected = {0};
    buffer_add_format(&expected, "value: %.73s a\n  aaaa\n", text);
    buffer_add_byte(&expected, '\0');
    expect_made(test, scalar(test, text, STYLE_PLAIN, TAG_STRING), expected.data);
    buffer_free(&expected);
}

static const struct CMUnitTest tests[] = {
#define printing_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
    printing_test(scalars_are_printed_as_in_the_table),
    printing_test(keys_are_printed_as_in_the_table),
    printing_test(collections_are_indented_by_two_and_sequences_in_maps_not_at_all),
    printing_test(blocks_are_indented_to_their_depth),
    printing_test(documents_follow_each_other_in_one_buffer),
    printing_test(the_tree_keeps_its_order),
    printing_test(keys_are_in_natural_order),
    printing_test(zeros_inside_a_number_are_compared_as_its_digits),
    printing_test(equal_maps_are_printed_alike_even_if_the_order_is_not_transitive),
    printing_test(many_keys_are_sorted),
    printing_test(a_repeated_key_is_refused_with_both_positions),
    printing_test(a_repeated_key_is_found_among_keys_with_digits),
    printing_test(a_key_that_is_not_a_string_is_refused_at_its_position),
    printing_test(a_string_is_quoted_if_it_looks_like_something_else),
    printing_test(a_number_in_the_quotes_of_an_old_value_is_a_string),
    printing_test(a_string_that_does_not_match_the_type_of_the_old_value_is_refused),
    printing_test(an_empty_value_is_a_string_below_a_flow_map_only),
    printing_test(a_block_that_starts_with_a_tab_is_refused_and_quoted_text_is_not),
    printing_test(values_that_json_or_yaml_cannot_represent_are_refused_at_their_position),
    printing_test(a_long_string_is_folded_at_the_first_space_after_column_80),
};

int test_yaml_write(void)
{
    return cmocka_run_group_tests_name("yaml_write", tests, NULL, NULL);
}
