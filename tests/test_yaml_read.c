// Reading: styles, tags, and positions; splitting files; anchors and merge keys; and errors with their messages.
#include "tests/support.h"

#include <string.h>

#include "yaml/read.h"

static struct read_context *begin(struct test_reader *test)
{
    diagnostics_init(&test->diagnostics, &test->arena, &test->sources);
    test->out.length = 0;
    return &test->context;
}

static struct source *source_of(struct test_reader *test, struct slice text)
{
    return reader_source(test, "f.yaml", text);
}

static struct slice messages(struct test_reader *test)
{
    test->out.length = 0;
    for (size_t i = 0; i < test->diagnostics.count; i++)
        render_message(&test->diagnostics, &test->diagnostics.items[i], &test->out);
    return buffer_slice(&test->out);
}

static struct node_list read_resources(struct test_reader *test, struct slice text)
{
    struct read_context *context = begin(test);
    struct node_list documents = {0};
    if (!yaml_read_resources(context, source_of(test, text), &documents))
        fail_msg("%.*s", SLICE_ARGS(messages(test)));
    return documents;
}

// The documents as node_dump shows them, separated by `===`.
static void expect_resources_of(struct test_reader *test, struct slice text, const char *expected)
{
    struct node_list documents = read_resources(test, text);
    for (size_t i = 0; i < documents.count; i++) {
        if (i)
            buffer_add_text(&test->out, "===\n");
        buffer_add_slice(&test->out, node_dump(&test->arena, documents.items[i]));
    }
    expect_text(buffer_slice(&test->out), expected);
}

static void expect_resources(struct test_reader *test, const char *text, const char *expected)
{
    expect_resources_of(test, slice_from(text), expected);
}

static void expect_refused(struct test_reader *test, const char *text, const char *message)
{
    struct read_context *context = begin(test);
    struct node_list documents = {0};
    assert_false(yaml_read_resources(context, source_of(test, slice_from(text)), &documents));
    assert_int_equal(test->diagnostics.error_count, 1);
    expect_contains(messages(test), message);
}

static struct node *read_first(struct test_reader *test, const char *text)
{
    struct read_context *context = begin(test);
    struct node *document;
    if (!yaml_read_first(context, source_of(test, slice_from(text)), &document))
        fail_msg("%.*s", SLICE_ARGS(messages(test)));
    return document;
}

static void expect_first(struct test_reader *test, const char *text, const char *expected)
{
    struct node *document = read_first(test, text);
    expect_text(node_dump(&test->arena, document), expected);
}

static void expect_first_refused(struct test_reader *test, const char *text, const char *message)
{
    struct read_context *context = begin(test);
    struct node *document;
    assert_false(yaml_read_first(context, source_of(test, slice_from(text)), &document));
    assert_null(document);
    assert_int_equal(test->diagnostics.error_count, 1);
    expect_contains(messages(test), message);
}

// --- Nodes.

static void nodes_keep_style_tag_and_position(void **state)
{
    expect_resources(*state,
                     "a: 1\n"
                     "b: 'x'\n"
                     "c: \"y\\tz\"\n"
                     "d: |\n  line\n"
                     "e: >-\n  folded\n  text\n"
                     "f: {k: [true, ~]}\n"
                     "g:\n"
                     "- h\n"
                     "- - 1.5\n"
                     "é: x\n",
                     "1:1 map\n"
                     "  a: 1:4 plain implicit [1]\n"
                     "  b: 2:4 single string [x]\n"
                     "  c: 3:4 double string [y\tz]\n"
                     "  d: 4:4 literal string [line\n]\n"
                     "  e: 6:4 folded string [folded text]\n"
                     "  f: 9:4 map flow\n"
                     "    k: 9:8 sequence flow\n"
                     "      - 9:9 plain implicit [true]\n"
                     "      - 9:15 plain implicit [~]\n"
                     "  g: 11:1 sequence\n"
                     "    - 11:3 plain implicit [h]\n"
                     "    - 12:3 sequence\n"
                     "      - 12:5 plain implicit [1.5]\n"
                     "  é: 13:4 plain implicit [x]\n");
}

static void explicit_tags_are_kept(void **state)
{
    struct test_reader *test = *state;
    struct node_list documents = read_resources(
        test,
        slice_literal("[!!str 5, !!int \"5\", !!float 1, !!bool yes, !!null x, !!timestamp 2001-01-01, !!binary aGk=, "
                      "!foo 5, !<tag:yaml.org,2002:int> 7, ! 5, ! \"5\"]"));
    static const enum node_tag tags[] = {TAG_STRING, TAG_INT,   TAG_FLOAT, TAG_BOOL,     TAG_NULL,  TAG_TIMESTAMP,
                                         TAG_BINARY, TAG_OTHER, TAG_INT,   TAG_IMPLICIT, TAG_STRING};
    struct node *list = documents.items[0];
    assert_int_equal(list->count, countof(tags));
    for (uint32_t i = 0; i < list->count; i++) {
        assert_int_equal(list->items[i]->tag, tags[i]);
        assert_int_equal(list->items[i]->flags, i < 9 ? NODE_TAG_EXPLICIT : 0);
    }
}

static void keys_have_a_position_and_quotes(void **state)
{
    struct test_reader *test = *state;
    struct node_list documents = read_resources(test, slice_literal("a: 1\n\"b\": 2\n  \n? c\n: 3\n!!int 7: x\n"));
    struct node *map = documents.items[0];
    assert_int_equal(map->count, 4);
    static const struct {
        const char *text;
        uint32_t line, column;
        enum node_tag tag;
    } keys[] = {{"a", 1, 1, TAG_IMPLICIT}, {"b", 2, 1, TAG_STRING}, {"c", 4, 3, TAG_IMPLICIT}, {"7", 6, 1, TAG_INT}};
    for (uint32_t i = 0; i < map->count; i++) {
        expect_text(map->entries[i].key->text, keys[i].text);
        assert_int_equal(map->entries[i].key_line, keys[i].line);
        assert_int_equal(map->entries[i].key_column, keys[i].column);
        assert_int_equal(map->entries[i].key_tag, keys[i].tag);
    }
}

static void repeated_keys_of_resources_are_kept(void **state)
{
    expect_resources(*state, "a: 1\na: 2\n",
                     "1:1 map\n"
                     "  a: 1:4 plain implicit [1]\n"
                     "  a: 2:4 plain implicit [2]\n");
}

static void keys_of_large_maps_are_found(void **state)
{
    struct test_reader *test = *state;
    struct buffer text = {0};
    for (int i = 0; i < 5000; i++)
        buffer_add_format(&text, "key-%d: %d\n", i, i);
    struct node_list documents = read_resources(test, buffer_slice(&text));
    assert_int_equal(documents.items[0]->count, 5000);
    for (int i = 0; i < 5000; i += 7) {
        struct slice key = arena_format(&test->arena, "key-%d", i);
        struct node *value = node_map_get(documents.items[0], name_intern(&test->names, key));
        assert_non_null(value);
        expect_text(node_text(value), arena_format(&test->arena, "%d", i).data);
    }
    buffer_free(&text);
}

static void json_is_yaml(void **state)
{
    expect_resources(*state, "{\"a\": [1, \"x\", null, true],\n\t\"b\": {}}",
                     "1:1 map flow\n"
                     "  a: 1:7 sequence flow\n"
                     "    - 1:8 plain implicit [1]\n"
                     "    - 1:11 double string [x]\n"
                     "    - 1:16 plain implicit [null]\n"
                     "    - 1:22 plain implicit [true]\n"
                     "  b: 2:7 map flow\n");
}

// --- Files.

static void a_file_is_split_at_separators(void **state)
{
    expect_resources(*state, "---\na\n--- # note\nb\n---\n---\nc\n---   \n",
                     "2:1 plain implicit [a]\n===\n4:1 plain implicit [b]\n===\n"
                     "7:1 plain implicit [c]\n");
    // Of two adjacent separators, the second remains in the text.
    expect_resources(*state, "a\n---\n--- {b: 1}\n",
                     "1:1 plain implicit [a]\n===\n3:5 map flow\n  b: 3:9 plain implicit [1]\n");
    expect_resources(*state, "--- {b: 1}\n", "1:5 map flow\n  b: 1:9 plain implicit [1]\n");
    expect_resources(*state, "a: 1\n---", "1:1 map\n  a: 1:4 plain implicit [1]\n");
    // Unicode white space, as kustomize trims it.
    expect_resources(*state, "a\n---\xC2\xA0\nb\n", "1:1 plain implicit [a]\n===\n3:1 plain implicit [b]\n");
}

static void a_separator_ends_a_block_scalar(void **state)
{
    expect_resources(*state, "a: |\n  x\n---\nb\n",
                     "1:1 map\n  a: 1:4 literal string [x\n]\n===\n4:1 plain implicit [b]\n");
}

static void text_after_a_separator_is_refused(void **state)
{
    expect_refused(*state, "a: 1\n--- b\nc: 1\n", "f.yaml:2:1: a line that starts with '---' separates documents");
    expect_refused(*state, "a: 1\n----\nc: 1\n", "f.yaml:2:1: ");
}

static void the_parts_of_a_split_file_add_up_to_it(void **state)
{
    struct test_reader *reader = *state;
    struct yaml_parts parts = {0};
    yaml_split_parts(&reader->context, reader_source(reader, "none.yaml", (struct slice){0}), 10, &parts);
    assert_int_equal(parts.count, 1);
    assert_int_equal(parts.items[0].text.length, 0);
    parts = (struct yaml_parts){0};
    static const char text[] = "a: 1234567\n---\nb: 1234567\n---\nc: 1\n";
    struct source *source = reader_source(reader, "three.yaml", slice_literal(text));
    yaml_split_parts(&reader->context, source, 10, &parts);
    assert_int_equal(parts.count, 3);
    assert_int_equal(parts.items[1].lines_before, 2);
    assert_int_equal(parts.items[2].lines_before, 4);
    struct node_list documents = {0};
    for (size_t i = 0; i < parts.count; i++)
        assert_true(yaml_read_part(&reader->context, &parts.items[i], &documents));
    assert_int_equal(documents.count, 3);
}

static void empty_documents_are_skipped(void **state)
{
    expect_resources(*state, "", "");
    expect_resources_of(*state, (struct slice){0}, "");
    expect_resources(*state, "# comment\n---\n~\n---\nnull\n---\n{}\n---\n[]\n---\n\n---\na\n",
                     "13:1 plain implicit [a]\n");
    expect_resources(*state, "''", "1:1 single string []\n");
}

static void only_the_first_document_of_a_chunk_is_read(void **state)
{
    expect_resources(*state, "a\n...\nb: [\n---\nc\n", "1:1 plain implicit [a]\n===\n5:1 plain implicit [c]\n");
    expect_resources(*state, "{a: 1}\n{b: 2}\n", "1:1 map flow\n  a: 1:5 plain implicit [1]\n");
    // The reader looks two tokens ahead.
    expect_refused(*state, "a\n...\n@", "f.yaml:3:1: a value cannot start with '@'");
}

static void carriage_returns_and_byte_order_marks_are_understood(void **state)
{
    expect_resources(*state, "a: |\r\n  x\r\n---\r\nb\r\n",
                     "1:1 map\n  a: 1:4 literal string [x\n]\n===\n4:1 plain implicit [b]\n");
    expect_resources(*state,
                     "\xEF\xBB\xBF"
                     "a: 1\n",
                     "1:1 map\n  a: 1:4 plain implicit [1]\n");
    expect_resources_of(*state,
                        (struct slice){"\xFF\xFE"
                                       "a\0:\0 \0\xE9\0\n\0",
                                       12},
                        "1:1 map\n  a: 1:4 plain implicit [é]\n");
    expect_resources_of(*state,
                        (struct slice){"\xFE\xFF"
                                       "\0a\0:\0 \0\xE9\0\n",
                                       12},
                        "1:1 map\n  a: 1:4 plain implicit [é]\n");
}

static void text_inside_a_file_has_its_own_positions(void **state)
{
    struct test_reader *test = *state;
    struct read_context *context = begin(test);
    struct source *source = source_of(test, slice_literal("a: 1\n---\nb: 2\n"));
    source->line_offset = 10;
    source->column_offset = 4;
    struct node_list documents = {0};
    assert_true(yaml_read_resources(context, source, &documents));
    // Positions in the file are computed when they are shown.
    expect_text(node_dump(&test->arena, documents.items[1]), "3:1 map\n  b: 3:4 plain implicit [2]\n");
    expect_text(position_text(&test->sources, &test->arena, documents.items[1]->position), "f.yaml:13:5");
}

// --- Anchors and merge keys.

static void aliases_are_copies(void **state)
{
    struct test_reader *test = *state;
    struct node_list documents = read_resources(test, slice_literal("a: &a {x: [1]}\nb: *a\nc: &a 5\n*a : *a\n"));
    expect_text(node_dump(&test->arena, documents.items[0]), "1:1 map\n"
                                                             "  a: 1:4 map flow\n"
                                                             "    x: 1:11 sequence flow\n"
                                                             "      - 1:12 plain implicit [1]\n"
                                                             "  b: 1:4 map flow\n"
                                                             "    x: 1:11 sequence flow\n"
                                                             "      - 1:12 plain implicit [1]\n"
                                                             "  c: 3:4 plain implicit [5]\n"
                                                             "  5: 3:4 plain implicit [5]\n");
    struct map_entry *entries = documents.items[0]->entries;
    assert_ptr_not_equal(entries[0].value, entries[1].value);
    assert_ptr_not_equal(entries[0].value->entries[0].value, entries[1].value->entries[0].value);
}

static void anchors_of_keys_work(void **state)
{
    expect_resources(*state, "&k key: 1\nb: *k\n",
                     "1:1 map\n  key: 1:9 plain implicit [1]\n  b: 1:1 plain implicit [key]\n");
}

static void merged_keys_of_resources_never_win(void **state)
{
    expect_resources(*state, "a: 1\n<<: {a: 2, b: 2}\nb: 3\n",
                     "1:1 map\n"
                     "  a: 1:4 plain implicit [1]\n"
                     "  b: 3:4 plain implicit [3]\n");
    expect_resources(*state, "<<: [{a: 1, c: 1}, {a: 2, b: 2}]\n",
                     "1:1 map\n"
                     "  a: 1:10 plain implicit [1]\n"
                     "  b: 1:30 plain implicit [2]\n"
                     "  c: 1:16 plain implicit [1]\n");
    // A shallow merge, through maps that merge others themselves.
    expect_resources(*state, "- &a {x: {k: 1}, y: 1}\n- &b {<<: *a, z: 2}\n- {<<: *b, x: {l: 2}}\n",
                     "1:1 sequence\n"
                     "  - 1:3 map flow\n"
                     "    x: 1:10 map flow\n"
                     "      k: 1:14 plain implicit [1]\n"
                     "    y: 1:21 plain implicit [1]\n"
                     "  - 2:3 map flow\n"
                     "    z: 2:18 plain implicit [2]\n"
                     "    x: 1:10 map flow\n"
                     "      k: 1:14 plain implicit [1]\n"
                     "    y: 1:21 plain implicit [1]\n"
                     "  - 3:3 map flow\n"
                     "    x: 3:15 map flow\n"
                     "      l: 3:19 plain implicit [2]\n"
                     "    z: 2:18 plain implicit [2]\n"
                     "    y: 1:21 plain implicit [1]\n");
}

static void a_quoted_merge_key_of_a_resource_is_dropped(void **state)
{
    expect_resources(*state, "'<<': x\na: 1\n", "1:1 map\n  a: 2:4 plain implicit [1]\n");
}

static void invalid_merges_are_refused(void **state)
{
    expect_refused(*state, "<<: 5\n", "f.yaml:1:1: expected a map or a list of maps for '<<', found a number");
    expect_refused(*state, "<<:\n", "found null");
    expect_refused(*state, "a: &a [{b: 1}]\nc:\n  <<: *a\n",
                   "f.yaml:3:3: expected a map or a list of maps for '<<', found a list");
    expect_refused(*state, "<<: [[{a: 1}]]\n", "f.yaml:1:1: ");
    expect_refused(*state, "<<: [5]\n", "f.yaml:1:1: ");
    expect_refused(*state, "<<: {a: 1}\n<<: {b: 1}\n", "f.yaml:2:1: duplicate merge key '<<' (first used on line 1)");
}

static void unknown_and_circular_aliases_are_refused(void **state)
{
    expect_refused(*state, "a: *z\n", "f.yaml:1:4: unknown anchor 'z'");
    expect_refused(*state, "a: &z 1\n---\nb: *z\n", "f.yaml:3:4: unknown anchor 'z'");
    expect_refused(*state, "a: &a {b: *a}\n", "f.yaml:1:11: the alias '*a' is inside its own anchor");
    expect_refused(*state, "a: &a\n  <<: *a\n", "inside its own anchor");
    // The newest anchor with a name counts, even inside an older one.
    expect_resources(*state, "&a [&a x, *a]\n",
                     "1:1 sequence flow\n  - 1:5 plain implicit [x]\n  - 1:5 plain implicit [x]\n");
}

static void aliases_of_aliases_are_limited(void **state)
{
    struct test_reader *test = *state;
    struct buffer text = {0};
    buffer_add_text(&text, "a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++)
        buffer_add_format(&text, "a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1);
    buffer_add_byte(&text, '\0');
    expect_refused(test, text.data, "the aliases of this file expand to more than");
    buffer_free(&text);
}

static void depth_is_limited(void **state)
{
    struct test_reader *test = *state;
    struct buffer text = {0};
    for (int i = 0; i < NODE_DEPTH_MAX; i++)
        buffer_add_byte(&text, '[');
    buffer_add_byte(&text, '1');
    for (int i = 0; i < NODE_DEPTH_MAX; i++)
        buffer_add_byte(&text, ']');
    assert_int_equal(read_resources(test, buffer_slice(&text)).count, 1);
    memset(text.data, '[', text.length - 1);
    text.data[text.length - 1] = '\0';
    expect_refused(test, text.data, "maps and lists are nested more than 1000 deep");

    text.length = 0;
    buffer_add_text(&text, "a: &a ");
    for (int i = 0; i < 600; i++)
        buffer_add_byte(&text, '[');
    for (int i = 0; i < 600; i++)
        buffer_add_byte(&text, ']');
    buffer_add_text(&text, "\nb: ");
    for (int i = 0; i < 600; i++)
        buffer_add_byte(&text, '[');
    buffer_add_text(&text, "*a");
    for (int i = 0; i < 600; i++)
        buffer_add_byte(&text, ']');
    buffer_add_byte(&text, '\0');
    expect_refused(test, text.data, "maps and lists are nested more than 1000 deep");
    buffer_free(&text);
}

// --- Errors.

static void errors_have_a_position_and_a_cause(void **state)
{
    expect_refused(
        *state, "a: b: c\n",
        "f.yaml:1:5: a value that is not in quotes cannot contain ': '\n  hint: put the whole value in quotes");
    expect_refused(*state, "x\n---\na:\n\tb: 1\n",
                   "f.yaml:4:1: found a tab in the indentation\n  hint: indent it with 2 spaces");
    expect_refused(*state, "a: @b\n", "f.yaml:1:4: a value cannot start with '@'\n  hint: put the value in quotes");
    expect_refused(*state, "a: \x01\n", "f.yaml:1:4: control characters are not allowed");
    expect_refused(*state, "a: 1\nb: \xFF\n",
                   "f.yaml:2:4: found bytes that are not valid UTF-8\n  hint: save the file as UTF-8");
    expect_refused(*state, "a: | b\n", "f.yaml:1:6: found text after '|' or '>'");
    expect_refused(*state, "a: [b, , c]\n", "f.yaml:1:8: expected a value");
    expect_refused(*state, "<!DOCTYPE html>\n<p>: x\n", "f.yaml:1:1: expected YAML or JSON, found a web page");
    expect_refused(*state, "- *.yaml\n", "f.yaml:1:3: a value cannot start with '*'\n  hint: list each file");
}

static void the_line_to_fix_is_shown(void **state)
{
    expect_refused(*state, "a:\n  name:web\n  b: c\n", "f.yaml:2:8: missing space after ':'");
    expect_refused(*state, "a:\n- name:web\n  b: c\n", "f.yaml:2:8: missing space after ':'");
    expect_refused(*state, "a:\n- b\n-c\n", "f.yaml:3:2: missing space after '-'");
    expect_refused(*state, "a: b\nmetadata\n  name: c\n", "f.yaml:2:9: missing ':' after a key");
    expect_refused(*state, "metadata\n  name: c\n", "f.yaml:1:9: missing ':' after a key");
    expect_refused(*state, "a: b\nhttp://x/y\nc: d\n", "f.yaml:2:1: expected `key: value`, found other text");
    expect_refused(*state, "kind Service\nc: d\n", "f.yaml:1:5: missing ':' after a key");
    expect_refused(*state, "a: b\nlist [c]\nd: e\n", "f.yaml:2:5: missing ':' after a key");
    expect_refused(*state, "some more words\nc: d\n", "f.yaml:1:1: expected `key: value`, found other text");
    expect_refused(*state, "a: 1\n b: 2\n", "f.yaml:2:2: this key is part of the value on line 1");
    expect_refused(*state, "- a\n  b: 2\n", "f.yaml:2:3: this key is part of the value on line 1");
    expect_refused(
        *state, "a: \"1\"\n b: 2\n",
        "f.yaml:2:2: wrong indentation: the line is indented further than line 1, which already has a value\n"
        "  hint: start it in the first column, like line 1");
    expect_refused(*state, "a:\n  b: 1\n c: 2\n",
                   "f.yaml:3:2: wrong indentation: the line starts between two levels\n"
                   "  hint: indent it with 2 spaces, like line 2, or start it in the first column, like line 1");
    expect_refused(*state, "a:\n    b: 1\nc:\n    d: 1\n  e: 2\n",
                   "f.yaml:5:3: wrong indentation: the line starts between two levels\n"
                   "  hint: indent it with 4 spaces, like line 4, or start it in the first column");
    expect_refused(
        *state, "a:\n  b: 1\nc:\n    d: 1\n  e: 2\n",
        "f.yaml:3:1: wrong indentation: this key is indented less than line 5, which is part of the same map\n"
        "  hint: indent it with 2 spaces, like line 5");
    expect_refused(*state, "a:\n- b: 1\n c: 2\n", "hint: indent it with 2 spaces, like `b:` on line 2\n");
    expect_refused(*state, "a: 1\n- b\n", "f.yaml:2:1: expected a key, found an item of a list");
    expect_refused(*state, "- b\na: 1\n", "f.yaml:2:1: expected the next item of the list");
}

static void unclosed_syntax_is_shown_where_it_begins(void **state)
{
    expect_refused(*state, "a: [1,\nb: 2\n", "f.yaml:1:4: the '[' is not closed\n  hint: write ']'");
    expect_refused(*state, "a: {b: 1\nc: {d: [2]}\n", "f.yaml:1:4: the '{' is not closed\n  hint: write '}'");
    expect_refused(*state, "[\n", "f.yaml:1:1: the '[' is not closed");
    expect_refused(*state, "{\"a\": [1, 2],\n \"b\": 1\n \"c\": 2}\n",
                   "f.yaml:2:8: expected a comma or '}' after this");
    expect_refused(*state, "a: [b] c\n", "f.yaml:1:7: found text after the closing ']'");
    expect_refused(*state, "{\n  // a comment\n  \"a\": 1\n}\n", "f.yaml:2:3: '//' does not start a comment");
    expect_refused(*state, "a: [b]]\n", "f.yaml:1:7: found ']' without a '['");
    expect_refused(*state, "a: \"x\n", "f.yaml:1:4: the quote is not closed\n  hint: add the closing \"");
    expect_refused(*state, "a: 'x\n...\n", "hint: add the closing ' where the string ends, or indent line 2");
    expect_refused(*state, "a: \"x\nb: \"y\"\n", "f.yaml:1:4: the quote is not closed: the string would end on line 2");
    expect_refused(*state, "a: 'it's'\n",
                   "f.yaml:1:8: found text after the closing quote\n  hint: put the quotes around");
}

static void lists_and_maps_cannot_be_keys(void **state)
{
    expect_refused(*state, "? [a]\n: b\n", "f.yaml:1:3: a list cannot be a key");
    expect_refused(*state, "image: {{ .Values.image }}\n", "f.yaml:1:9: a map cannot be a key");
    expect_refused(*state, "a: &a [1]\n*a : b\n", "f.yaml:2:1: a list cannot be a key");
}

static void escapes_are_those_of_kustomize(void **state)
{
    expect_refused(*state, "a: 'x\\/'\nb: &x !!str # \"\\/\"\n  \"é\\\\/\n  \\/\"\n",
                   "f.yaml:4:3: unknown escape '\\/' in a string in double quotes");
    expect_resources(*state, "a: \"\\\\/\"\nb: '\\/'\nc: \\/ # \"\\/\"\n",
                     "1:1 map\n"
                     "  a: 1:4 double string [\\/]\n"
                     "  b: 2:4 single string [\\/]\n"
                     "  c: 3:4 plain implicit [\\/]\n");
    expect_refused(*state, "a: \"\\ud83d\\ude00\"\n", "invalid Unicode escape");
    expect_resources(*state, "a: \"it\\'s \\a\" # \\'\nb: '\\'\nc: |\n  \"\\'\"\n? \"\\'\"\n: \"\\\\\\'\"\n",
                     "1:1 map\n"
                     "  a: 1:4 double string [it's \a]\n"
                     "  b: 2:4 single string [\\]\n"
                     "  c: 3:4 literal string [\"\\'\"\n]\n"
                     "  ': 6:3 double string [\\']\n");
    expect_refused(*state, "a: \"\\'\\q\"\n", "f.yaml:1:7: unknown escape in a string in double quotes");
}

static void question_marks_in_brackets_are_refused(void **state)
{
    expect_refused(*state, "a: [http://x/?y]\n", "f.yaml:1:5: a string with '?' inside brackets must be quoted");
    expect_resources(*state, "a: http://x/?y\n", "1:1 map\n  a: 1:4 plain implicit [http://x/?y]\n");
}

static void directives_are_refused(void **state)
{
    expect_refused(*state, "%YAML 1.1\n---\na: 1\n", "f.yaml:2:1: found text after the end of the document");
    expect_first_refused(*state, "%YAML 1.2\n---\na: 1\n", "f.yaml:1:1: only YAML 1.1 is supported, not 1.2");
    expect_first(*state, "%YAML 1.1\n---\na: 1\n", "3:1 map\n  a: 3:4 plain implicit [1]\n");
}

// --- The first document as YAML 1.1.

static void only_the_first_document_is_parsed(void **state)
{
    struct test_reader *test = *state;
    expect_first(test, "# x\n---\na: 1\n---\nb: [\n@", "3:1 map\n  a: 3:4 plain implicit [1]\n");
    assert_null(read_first(test, ""));
    assert_null(read_first(test, "# x\n"));
    assert_null(read_first(test, "---\n---\na: 1\n"));
    assert_null(read_first(test, "~\n"));
    expect_first(test, "{}", "1:1 map flow\n");
    expect_first(test, "a: |\r\n  x\r\n", "1:1 map\n  a: 1:4 literal string [x\n]\n");
}

static void keys_become_strings(void **state)
{
    expect_first(
        *state,
        "1: a\nyes: b\n1.5: c\n0x10: d\n1e3: e\n12345678.9: f\n.inf: g\n2001-01-01: h\n!!binary aGk=: i\n'<<': j\n",
        "1:1 map\n"
        "  1: 1:4 plain implicit [a]\n"
        "  true: 2:6 plain implicit [b]\n"
        "  1.5: 3:6 plain implicit [c]\n"
        "  16: 4:7 plain implicit [d]\n"
        "  1000: 5:6 plain implicit [e]\n"
        "  1.2345679e+07: 6:13 plain implicit [f]\n"
        "  .inf: 7:7 plain implicit [g]\n"
        "  2001-01-01: 8:13 plain implicit [h]\n"
        "  hi: 9:16 plain implicit [i]\n"
        "  <<: 10:7 plain implicit [j]\n");
    expect_first_refused(*state, "~: a\n", "f.yaml:1:1: a null cannot be a key");
    expect_first_refused(*state, "18446744073709551615: a\n", "a number of this size cannot be a key");
    expect_first_refused(*state, "[a]: b\n", "a list cannot be a key");
}

static void a_repeated_key_is_kept_once_with_a_warning(void **state)
{
    struct test_reader *test = *state;
    expect_first(test, "a: 1\nb: 2\na: 3\n", "1:1 map\n  a: 3:4 plain implicit [3]\n  b: 2:4 plain implicit [2]\n");
    expect_contains(messages(test), "f.yaml:3:1: ");
    expect_contains(messages(test), "duplicate key 'a' (first set on line 1); the last value wins");
    struct read_context *context = begin(test);
    struct node *document;
    assert_false(yaml_read_first_strict(context, source_of(test, slice_literal("a: 1\na: 2\n")), &document));
    expect_contains(messages(test), "f.yaml:2:1: duplicate key 'a' (first set on line 1)");
}

static void merges_are_done_from_top_to_bottom(void **state)
{
    struct test_reader *test = *state;
    expect_first(test, "a: 1\n<<: {a: 2, b: 2}\nb: 3\n",
                 "1:1 map\n  a: 2:9 plain implicit [2]\n  b: 3:4 plain implicit [3]\n");
    assert_int_equal(test->diagnostics.count, 0);
    expect_first(test, "<<: [{a: 1}, {a: 2}]\n<<: {c: 1}\n",
                 "1:1 map\n  a: 1:10 plain implicit [1]\n  c: 2:9 plain implicit [1]\n");
    expect_first_refused(test, "<<: 5\n", "expected a map or a list of maps for '<<'");
}

static void tags_must_match_their_values(void **state)
{
    expect_first(*state, "a: !!binary aGk=\nb: ! 5\nc: !foo 5\nd: !!bool yes\ne: !!float 5\n",
                 "1:1 map\n"
                 "  a: 1:4 plain string [hi]\n"
                 "  b: 2:4 plain string [5]\n"
                 "  c: 3:4 plain other [5]\n"
                 "  d: 4:4 plain bool [yes]\n"
                 "  e: 5:4 plain float [5]\n");
    expect_first_refused(*state, "a: !!int abc\n", "f.yaml:1:4: 'abc' does not match its tag");
    expect_first_refused(*state, "a: !!binary a\n", "f.yaml:1:4: a !!binary value must be base64");
    expect_first_refused(*state, "a: -.inf\n", "f.yaml:1:4: JSON cannot represent the number -.inf");
}

int test_yaml_read(void)
{
    static const struct CMUnitTest tests[] = {
        reader_test(nodes_keep_style_tag_and_position),
        reader_test(explicit_tags_are_kept),
        reader_test(keys_have_a_position_and_quotes),
        reader_test(repeated_keys_of_resources_are_kept),
        reader_test(keys_of_large_maps_are_found),
        reader_test(json_is_yaml),
        reader_test(a_file_is_split_at_separators),
        reader_test(a_separator_ends_a_block_scalar),
        reader_test(text_after_a_separator_is_refused),
        reader_test(the_parts_of_a_split_file_add_up_to_it),
        reader_test(empty_documents_are_skipped),
        reader_test(only_the_first_document_of_a_chunk_is_read),
        reader_test(carriage_returns_and_byte_order_marks_are_understood),
        reader_test(text_inside_a_file_has_its_own_positions),
        reader_test(aliases_are_copies),
        reader_test(anchors_of_keys_work),
        reader_test(merged_keys_of_resources_never_win),
        reader_test(a_quoted_merge_key_of_a_resource_is_dropped),
        reader_test(invalid_merges_are_refused),
        reader_test(unknown_and_circular_aliases_are_refused),
        reader_test(aliases_of_aliases_are_limited),
        reader_test(depth_is_limited),
        reader_test(errors_have_a_position_and_a_cause),
        reader_test(the_line_to_fix_is_shown),
        reader_test(unclosed_syntax_is_shown_where_it_begins),
        reader_test(lists_and_maps_cannot_be_keys),
        reader_test(escapes_are_those_of_kustomize),
        reader_test(question_marks_in_brackets_are_refused),
        reader_test(directives_are_refused),
        reader_test(only_the_first_document_is_parsed),
        reader_test(keys_become_strings),
        reader_test(a_repeated_key_is_kept_once_with_a_warning),
        reader_test(merges_are_done_from_top_to_bottom),
        reader_test(tags_must_match_their_values),
    };
    return cmocka_run_group_tests_name("yaml_read", tests, NULL, NULL);
}
