// yaml/tree: reading and printing documents. The expected text is the output of kustomize's YAML library.
#include "tests/support.h"

#include "yaml/tree.h"

struct tree_test {
    struct build *build;
    struct read_context read;
};

static struct tree_test begin(void)
{
    struct build *build = build_new();
    return (struct tree_test){build, {&build->arena, &build->name_cache, &build->diagnostics}};
}

static struct slice print_all(struct tree_test *test, const char *text)
{
    struct tree_documents documents = {0};
    struct buffer out = {0};
    struct source *source = sources_add(&test->build->sources, slice_literal("in.yaml"), slice_from(text));
    assert_true(tree_read(&test->read, source, &documents));
    struct tree_writer writer = {.out = &out};
    for (size_t i = 0; i < documents.count; i++)
        tree_write_document(&writer, documents.items[i]);
    struct slice printed = arena_copy(&test->build->arena, buffer_slice(&out));
    buffer_free(&out);
    return printed;
}

static void expect(const char *text, const char *printed)
{
    struct tree_test test = begin();
    expect_text(print_all(&test, text), printed);
    build_free(test.build);
}

static void expect_same(const char *text)
{
    expect(text, text);
}

static void expect_failure(const char *text, const char *part)
{
    struct tree_test test = begin();
    struct tree_documents documents = {0};
    struct buffer message = {0};
    struct source *source = sources_add(&test.build->sources, slice_literal("in.yaml"), slice_from(text));
    assert_false(tree_read(&test.read, source, &documents));
    assert_int_equal(test.build->diagnostics.error_count, 1);
    render_message(&test.build->diagnostics, &test.build->diagnostics.items[0], &message);
    expect_contains(buffer_slice(&message), part);
    buffer_free(&message);
    build_free(test.build);
}

static void quotes_and_styles_stay(void **state)
{
    (void)state;
    expect_same("a: 'x'\nb: \"y\"\n'c': z\n\"d\": |\n  one\n  two\ne: >-\n  folded\n");
    expect_same("f: [1, {g: h}]\ni: {}\nj: 5\nk: \"5\"\n");
}

static void white_space_is_not_kept(void **state)
{
    (void)state;
    expect("a:    1\nb:\n    -  x\n    -   y:  1\n\n\nc:\n      d: 2\n", "a: 1\nb:\n- x\n- y: 1\nc:\n  d: 2\n");
}

static void comments_have_a_head_a_line_or_a_foot(void **state)
{
    (void)state;
    expect_same("# head\na: 1 # line\n# next\nb: # of the key\n  c: 2\n# foot\n\nd: 3\n# end\n");
}

static void document_comments_are_kept_separate(void **state)
{
    (void)state;
    expect_same("# licence\n\n# head\na: 1\n\n# end\n");
}

static void a_comment_further_left_moves_to_its_map(void **state)
{
    (void)state;
    expect("a:\n  b: 1\n# left\n  c: 2\n", "a:\n  b: 1\n  # left\n  c: 2\n");
}

static void a_comment_after_a_dash_moves_above_its_map(void **state)
{
    (void)state;
    expect("- # one\n  a: 1\n# two\n- b: 2\n", "- # one\n  a: 1\n# two\n- b: 2\n");
}

static void a_comment_after_an_item_in_brackets_breaks_the_line(void **state)
{
    (void)state;
    // A comment directly after the bracket is lost, as in kustomize.
    expect("a: [ # first\n  x, # second\n  y ]\n", "a: [x, # second\n  y]\n");
}

static void anchors_aliases_and_tags_stay(void **state)
{
    (void)state;
    expect_same("a: &x\n  b: 1\nc: *x\nd: !mine 5\ne: !!str 5\nf: !<tag:example.com,2000:t> g\n");
    expect("a:\n  <<: {b: 1}\n", "a:\n  !!merge <<: {b: 1}\n");
}

static void keys_may_be_lists(void **state)
{
    (void)state;
    expect("? [a, b]\n: c\n? |\n  d\n: e\n", "? [a, b]\n: c\n? |\n  d\n: e\n");
}

static void documents_are_split_before_they_are_parsed(void **state)
{
    (void)state;
    expect("a: 1\n--- # note\n# only a comment\n---\nnull\n---\nb: 2 # x\n", "a: 1\n---\nb: 2 # x\n");
    expect("a: 1\r\nb: |\r\n  c\r\n", "a: 1\nb: |\n  c\n");
}

static void text_that_needs_quotes_in_brackets_gets_them(void **state)
{
    (void)state;
    expect("{a: 'b', c: , \"d\": x:y}\n", "{a: 'b', c: '', \"d\": 'x:y'}\n");
}

static void errors_have_positions(void **state)
{
    (void)state;
    expect_failure("a: 1\nb: [1\n", "in.yaml:2:4: the '[' is not closed");
    expect_failure("a: *x\n", "in.yaml:1:4: unknown anchor 'x'");
    expect_failure("a: \"\\/\"\n", "unknown escape");
    expect_failure("a: 1\n- b\n", "in.yaml:2:1: expected a key, found an item of a list");
    expect_failure("--- x\na: 1\n--- y\nb: 1\n", "a line that starts with '---'");
}

static void depth_is_limited(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (int i = 0; i <= NODE_DEPTH_MAX; i++)
        buffer_add_byte(&text, '[');
    for (int i = 0; i <= NODE_DEPTH_MAX; i++)
        buffer_add_byte(&text, ']');
    buffer_add(&text, "\n", 2);
    expect_failure(text.data, "in.yaml:1:1001: maps and lists are nested more than 1000 deep");
    // libyaml checks all open brackets for each token, so the rest isn't scanned.
    text.length = 0;
    for (int i = 0; i < 1000000; i++)
        buffer_add_byte(&text, i % 2 ? '{' : '[');
    buffer_add_byte(&text, '\0');
    expect_failure(text.data, "in.yaml:1:1001: maps and lists are nested more than 1000 deep");
    buffer_free(&text);
}

static void a_node_is_printed_by_itself(void **state)
{
    (void)state;
    struct tree_test test = begin();
    struct arena *arena = &test.build->arena;
    struct tree *map = tree_new(arena, TREE_MAP);
    tree_append(arena, map, tree_new_scalar(arena, slice_literal("number")));
    tree_append(arena, map, tree_new_scalar(arena, slice_literal("5")));
    tree_append(arena, map, tree_new_scalar(arena, slice_literal("string")));
    tree_append(arena, map, tree_new_string(arena, slice_literal("5"), STYLE_PLAIN));
    tree_append(arena, map, tree_new_scalar(arena, slice_literal("lines")));
    tree_append(arena, map, tree_new_scalar(arena, slice_literal("a\nb")));
    struct buffer out = {0};
    tree_write(&out, map);
    expect_text(buffer_slice(&out), "number: 5\nstring: \"5\"\nlines: |-\n  a\n  b\n");
    assert_int_equal(tree_find(map, slice_literal("string")), 2);
    tree_remove_entry(map, 2);
    assert_null(tree_get(map, slice_literal("string")));
    buffer_free(&out);
    build_free(test.build);
}

static void expect_part(struct slice text, size_t start, size_t end, const char *part)
{
    expect_text(slice_part(text, start, end), part);
}

static void spans_give_the_positions_of_nodes(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct slice text = slice_literal(
        "images: # why\n- tag: &x !t '\xC3\xA9' # c\n  b: *x\nlist: [a, {b: c},]\nempty:\n"
        "last: |\n  x\n\n\nkeeps: |+\n  y\n\n? k\n");
    const struct tree *root = tree_read_spans(&arena, text);
    const struct tree *images = tree_get(root, slice_literal("images")), *item = images->items[0];
    expect_part(text, images->span.entry_start, images->span.after, "images:");
    expect_part(text, images->span.content, images->span.end, "- tag: &x !t '\xC3\xA9' # c\n  b: *x");
    expect_part(text, item->span.entry_start, item->span.after, "-");
    const struct tree *tag = item->items[1], *alias = item->items[3];
    expect_part(text, tag->span.start, tag->span.end, "&x !t '\xC3\xA9'");
    expect_part(text, tag->span.content, tag->span.end, "'\xC3\xA9'");
    assert_true(tag->span.tagged && !tag->span.has_alias);
    expect_part(text, alias->span.start, alias->span.end, "*x");
    assert_true(images->span.has_alias && root->span.has_alias);
    const struct tree *list = tree_get(root, slice_literal("list")), *last = tree_get(root, slice_literal("last"));
    expect_part(text, list->span.start, list->span.end, "[a, {b: c},]");
    expect_part(text, list->items[0]->span.entry_start, list->items[0]->span.comma, "a");
    expect_part(text, list->items[1]->span.start, list->items[1]->span.comma, "{b: c}");
    assert_int_equal(list->items[1]->items[1]->span.comma, 0);
    const struct tree *empty = tree_get(root, slice_literal("empty")), *keeps = tree_get(root, slice_literal("keeps"));
    assert_int_equal(empty->span.start, empty->span.end);
    assert_int_equal(empty->span.start, empty->span.after);
    expect_part(text, last->span.content, last->span.end, "|\n  x");
    expect_part(text, keeps->span.content, keeps->span.end, "|+\n  y\n\n");
    const struct tree *absent = tree_get(root, slice_literal("k"));
    expect_part(text, absent->span.entry_start, absent->span.after, "k");
    arena_free(&arena);
}

static void spans_cover_only_the_first_document(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_int_equal(tree_read_spans(&arena, slice_literal("a: 1\n--- # next\n`b: [\n"))->count, 2);
    assert_int_equal(tree_read_spans(&arena, slice_literal("a: 1\n%YAML 1.1\n`b\n"))->count, 2);
    assert_null(tree_read_spans(&arena, slice_literal("a: [1\n")));
    assert_null(tree_read_spans(&arena, slice_literal("\xFF\xFE"
                                                      "a\0:\0")));
    arena_free(&arena);
}

static void comments_are_found_without_parsing_the_rest(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct tree_comment_lines comments = {0};
    tree_read_comments(&arena, slice_literal("# a\nb: |- # c\n  # no\nd: '# no' # e\r\nf: g#no\n...\n# behind\n"),
                       &comments);
    assert_int_equal(comments.count, 3);
    expect_text(comments.items[0], "# a");
    expect_text(comments.items[1], "# c");
    expect_text(comments.items[2], "# e");
    tree_read_comments(&arena, slice_literal("# in front\na: [ # of it\n"), &comments);
    assert_int_equal(comments.count, 5);
    arena_free(&arena);
}

static void an_alias_refers_to_the_newest_anchor_before_it(void **state)
{
    (void)state;
    struct tree_test test = begin();
    struct tree_document *document;
    struct source *source = sources_add(&test.build->sources, slice_literal("in.yaml"),
                                        slice_literal("a: &x 1\nb: *x\nc: &x 2\nd: *x\n"));
    assert_true(tree_read_first(&test.read, source, &document));
    expect_text(tree_get(document->root, slice_literal("b"))->target->text, "1");
    expect_text(tree_get(document->root, slice_literal("d"))->target->text, "2");
    build_free(test.build);
}

static void input_that_libyaml_rejects_but_kustomize_reads_is_read(void **state)
{
    (void)state;
    expect_same("a: !b,c[d] e\nf: [!g,h i, !j k]\n");
    expect("a: \"it\\'s\" # b\n", "a: \"it's\" # b\n");
    expect("a: p\xEF\xBB\xBFq # \xEF\xBB\xBF\n", "a: \"p\\uFEFFq\" # \xEF\xBB\xBF\n");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(quotes_and_styles_stay),
    cmocka_unit_test(white_space_is_not_kept),
    cmocka_unit_test(comments_have_a_head_a_line_or_a_foot),
    cmocka_unit_test(document_comments_are_kept_separate),
    cmocka_unit_test(a_comment_further_left_moves_to_its_map),
    cmocka_unit_test(a_comment_after_a_dash_moves_above_its_map),
    cmocka_unit_test(a_comment_after_an_item_in_brackets_breaks_the_line),
    cmocka_unit_test(anchors_aliases_and_tags_stay),
    cmocka_unit_test(keys_may_be_lists),
    cmocka_unit_test(documents_are_split_before_they_are_parsed),
    cmocka_unit_test(text_that_needs_quotes_in_brackets_gets_them),
    cmocka_unit_test(errors_have_positions),
    cmocka_unit_test(depth_is_limited),
    cmocka_unit_test(a_node_is_printed_by_itself),
    cmocka_unit_test(spans_give_the_positions_of_nodes),
    cmocka_unit_test(spans_cover_only_the_first_document),
    cmocka_unit_test(comments_are_found_without_parsing_the_rest),
    cmocka_unit_test(an_alias_refers_to_the_newest_anchor_before_it),
    cmocka_unit_test(input_that_libyaml_rejects_but_kustomize_reads_is_read),
};

int test_yaml_tree(void)
{
    return cmocka_run_group_tests_name("yaml_tree", tests, NULL, NULL);
}
