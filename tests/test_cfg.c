// cfg/: quantities, ignored files, queries, and safety when writing files. fixtures/cfg and fixtures/fn test what the
// commands print.
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cfg/carry_over.h"
#include "cfg/format.h"
#include "cfg/grep.h"
#include "cfg/ignore.h"
#include "cfg/package.h"
#include "cfg/package_write.h"
#include "load/path.h"
#include "yaml/tree.h"

// --- Quantities.

static int compare(const char *first, const char *second)
{
    struct arena arena = {0};
    struct quantity a, b;
    assert_true(quantity_read(&arena, slice_from(first), &a));
    assert_true(quantity_read(&arena, slice_from(second), &b));
    int order = quantity_compare(&a, &b);
    arena_free(&arena);
    return order < 0 ? -1 : order > 0;
}

static void quantities_are_compared_exactly(void **state)
{
    (void)state;
    assert_int_equal(compare("500m", "0.5"), 0);
    assert_int_equal(compare("1Ki", "1024"), 0);
    assert_int_equal(compare("1Gi", "1G"), 1);
    assert_int_equal(compare("1e3", "1k"), 0);
    assert_int_equal(compare("1E", "1e18"), 0);
    assert_int_equal(compare("-1", "0"), -1);
    assert_int_equal(compare("-1Gi", "-1G"), -1);
    assert_int_equal(compare("99999999999999999999", "99999999999999999998"), 1);
    assert_int_equal(compare("1.0000000000000000001", "1.000000001"), 0);  // nothing is smaller than a billionth
    assert_int_equal(compare("10Ei", "9223372036854775807"), 0);           // binary quantities have a maximum
    assert_int_equal(compare("-0", "0"), 0);
}

static void invalid_quantities_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "abc", "1 ", "0x10", "1_000", "1K", "1ee", "1m5", "1Kii", "1e5x"};
    for (size_t i = 0; i < countof(texts); i++) {
        struct arena arena = {0};
        struct quantity quantity;
        if (quantity_read(&arena, slice_from(texts[i]), &quantity))
            fail_msg("'%s' is taken for a quantity", texts[i]);
        arena_free(&arena);
    }
}

// --- Ignored files.

static bool ignores(const char *patterns, const char *path, bool is_directory)
{
    struct arena arena = {0};
    struct ignore ignore;
    ignore_read(&arena, slice_from(patterns), &ignore);
    bool ignored = ignore_matches(&ignore, slice_from(path), is_directory);
    arena_free(&arena);
    return ignored;
}

static void patterns_match_names_anywhere_or_from_the_top(void **state)
{
    (void)state;
    assert_true(ignores("a.yaml", "x/y/a.yaml", false));
    assert_true(ignores("*.yaml\n", "x/a.yaml", false));
    assert_true(ignores("y/a.yaml", "x/y/a.yaml", false));
    assert_true(ignores("/a.yaml", "a.yaml", false));
    assert_false(ignores("/a.yaml", "x/a.yaml", false));
    assert_true(ignores("/x/*.yaml", "x/a.yaml", false));
    assert_false(ignores("*", "", false) && ignores("x/*", "y/a", false));
}

static void a_trailing_slash_matches_only_directories(void **state)
{
    (void)state;
    assert_true(ignores("tmp/", "x/tmp", true));
    assert_false(ignores("tmp/", "x/tmp", false));
}

static void an_exclamation_mark_includes_a_file_again(void **state)
{
    (void)state;
    assert_false(ignores("!b.yaml\n*.yaml", "b.yaml", false));
    assert_true(ignores("!b.yaml\n*.yaml", "a.yaml", false));
    assert_false(ignores("# a.yaml\n\n/\n!\n", "a.yaml", false));
    assert_true(ignores("\\#a\r\n", "#a", false));
}

// --- Trees.

struct cfg_test {
    struct build *build;
    struct cfg cfg;
};

static struct cfg_test begin(void)
{
    struct build *build = build_new();
    return (struct cfg_test){build, cfg_start(build)};
}

static struct tree_document *read_one(struct cfg_test *test, const char *text)
{
    struct tree_document *document;
    struct source *source = sources_add(&test->build->sources, slice_literal("in.yaml"), slice_from(text));
    assert_true(tree_read_first(&test->cfg.read, source, &document));
    return document;
}

static void expect_tree(const struct tree *tree, const char *expected)
{
    struct buffer text = {0};
    tree_write(&text, tree);
    expect_text(buffer_slice(&text), expected);
    buffer_free(&text);
}

// Expects the values that a path leads to, each followed by `;`.
static void expect_query(const char *text, const char *path, const char *expected)
{
    struct cfg_test test = begin();
    struct query_words words = {0};
    struct field_query query = {0};
    struct query_results results = {0};
    struct buffer found = {0};
    assert_true(query_split(&test.cfg, slice_from(path), &words));
    query_compile(&test.cfg, &words, &query);
    bool ran = query_run(&test.cfg, &query, read_one(&test, text)->root, &results);
    assert_true(ran == (expected != NULL));
    assert_int_equal(test.build->diagnostics.error_count, !ran);
    for (size_t i = 0; i < results.count; i++)
        buffer_add_format(&found, "%.*s;", SLICE_ARGS(results.items[i].node->text));
    if (expected)
        expect_text(buffer_slice(&found), expected);
    buffer_free(&found);
    build_free(test.build);
}

static void queries_follow_maps_lists_and_strings(void **state)
{
    (void)state;
    expect_query("a: {b: c}\n", "a.b", "c;");
    expect_query("a: {b.c: d}\n", "a.b\\.c", "d;");
    expect_query("a: [{n: x, v: 1}, {n: y, v: 2}]\n", "a[n=y].v", "2;");
    expect_query("a: [{n: x, v: 1}, {n: y, v: 2}, {v: 3}]\n", "a[n=.*].v", NULL);  // the dot splits the path
    expect_query("a: [{n: x, v: 1}, {n: y, v: 2}, {v: 3}]\n", "a[n=\\.*].v", "1;2;");
    expect_query("a: [{v: 1}, {v: 2}]\n", "a.1.v", "2;");
    expect_query("a: [{v: 1}, {v: 2}]\n", "a.*.v", "1;2;");
    expect_query("a: [x, yx]\n", "a[=x]", "x;yx;");
    expect_query("a: |\n  b: {c: 5}\n", "a.b.c", "5;");
    expect_query("a: 1\n", "b.c", "");
    expect_query("a: [1]\n", "a.b", NULL);
    expect_query("a: [1]\n", "a.7", NULL);
}

static void an_invalid_expression_only_matters_if_it_is_needed(void **state)
{
    (void)state;
    expect_query("a: 1\n", "b[n=(].c", "");
    expect_query("b: [{n: 1}]\n", "b[n=(].c", NULL);
}

static void fields_are_sorted_and_lists_keep_their_order(void **state)
{
    (void)state;
    struct cfg_test test = begin();
    struct tree_document *document = read_one(&test, "z: 1\nspec: {b: 2, image: x, a: 1, name: n}\nkind: A # a\n"
                                                     "list: [c, a]\napiVersion: v1\n");
    struct tree_documents objects = {.items = &document, .count = 1};
    assert_true(format_objects(&test.cfg, &objects));
    expect_tree(document->root,
                "apiVersion: v1\nkind: A # a\nspec: {name: n, image: x, a: 1, b: 2}\nlist: [c, a]\nz: 1\n");
    assert_int_equal(format_rank(slice_literal("name")), 1);
    assert_int_equal(format_rank(slice_literal("nothing")), 0);
    build_free(test.build);
}

static void annotations_are_added_and_removed(void **state)
{
    (void)state;
    struct cfg_test test = begin();
    struct tree *root = read_one(&test, "kind: A\nmetadata: {}\nb: 1\n")->root;
    assert_true(cfg_set_annotation(&test.cfg, root, CFG_PATH, slice_literal("a.yaml")));
    assert_true(cfg_complete_annotations(&test.cfg, root));
    expect_tree(root, "kind: A\nb: 1\nmetadata:\n  annotations:\n    " CFG_PATH ": 'a.yaml'\n    " CFG_OLD_PATH
                      ": 'a.yaml'\n");
    assert_true(cfg_clear_annotation(&test.cfg, root, CFG_PATH));
    assert_true(cfg_clear_annotation(&test.cfg, root, CFG_OLD_PATH));
    assert_true(cfg_clear_empty_annotations(&test.cfg, root));
    expect_tree(root, "kind: A\nb: 1\n");
    struct tree *odd = read_one(&test, "kind: A\nmetadata: [a]\n")->root;
    assert_false(cfg_set_annotation(&test.cfg, odd, CFG_PATH, slice_literal("a.yaml")));
    assert_int_equal(test.build->diagnostics.error_count, 1);
    build_free(test.build);
}

static void both_names_of_an_annotation_follow_a_change(void **state)
{
    (void)state;
    struct cfg_test test = begin();
    struct tree_document *document = read_one(&test, "metadata:\n  annotations:\n    " CFG_OLD_PATH ": a\n    " CFG_PATH
                                                     ": a\n");
    struct tree_documents objects = {.items = &document, .count = 1};
    struct cfg_round round;
    assert_true(cfg_round_begin(&test.cfg, &objects, &round));
    assert_true(cfg_set_annotation(&test.cfg, document->root, CFG_OLD_PATH, slice_literal("b")));
    assert_true(cfg_round_end(&test.cfg, &objects, &round));
    expect_tree(document->root, "metadata:\n  annotations:\n    " CFG_OLD_PATH ": b\n    " CFG_PATH ": b\n");
    assert_true(cfg_round_begin(&test.cfg, &objects, &round));
    assert_true(cfg_set_annotation(&test.cfg, document->root, CFG_OLD_PATH, slice_literal("c")));
    assert_true(cfg_set_annotation(&test.cfg, document->root, CFG_PATH, slice_literal("d")));
    assert_false(cfg_round_end(&test.cfg, &objects, &round));
    build_free(test.build);
}

static void comments_and_order_are_preserved(void **state)
{
    (void)state;
    struct cfg_test test = begin();
    struct tree_document *from = read_one(
        &test, "kind: Deployment # k\napiVersion: apps/v1\nspec: # s\n  template:\n    spec:\n"
               "      containers:\n      # one\n      - name: a # a\n      - name: b # b\n");
    struct tree *changed = read_one(&test,
                                    "apiVersion: apps/v1\nkind: Deployment\nnew: 1\nspec:\n  template:\n    spec:\n"
                                    "      containers:\n      - {image: x, name: b}\n")
                               ->root;
    struct tree_document *to = cfg_item(&test.cfg, changed);
    assert_true(carry_over_comments(&test.cfg, from, to));
    carry_over_order(&test.cfg, from, to);
    struct buffer text = {0};
    tree_write(&text, changed);
    expect_contains(buffer_slice(&text), "kind: Deployment # k\napiVersion: apps/v1\nspec: # s\n");
    expect_contains(buffer_slice(&text), "name: b");
    expect_contains(buffer_slice(&text), "new: 1\n");
    buffer_free(&text);
    struct tree_document *odd = cfg_item(&test.cfg, read_one(&test, "kind: {a: 1}\n")->root);
    assert_false(carry_over_comments(&test.cfg, from, odd));
    build_free(test.build);
}

// --- Files.

static struct slice scratch(struct cfg_test *test)
{
    char name[] = "/tmp/kiln-cfg-XXXXXX";
    assert_non_null(mkdtemp(name));
    return arena_copy(test->cfg.arena, slice_from(name));
}

static struct slice place(struct cfg_test *test, struct slice directory, const char *name)
{
    return arena_copy(test->cfg.arena, path_join(test->cfg.arena, directory, slice_from(name)));
}

static void put(struct cfg_test *test, struct slice directory, const char *name, const char *text)
{
    FILE *file = fopen(place(test, directory, name).data, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void expect_file(struct cfg_test *test, struct slice directory, const char *name, const char *expected)
{
    struct slice content, reason;
    bool there = file_system_posix.read(NULL, test->cfg.arena, place(test, directory, name), &content, &reason);
    assert_true(there == (expected != NULL));
    if (expected)
        expect_text(content, expected);
}

static void end(struct cfg_test *test, struct slice directory)
{
    struct slice command = arena_format(test->cfg.arena, "rm -rf %.*s", SLICE_ARGS(directory));
    assert_int_equal(system(command.data), 0);
    build_free(test->build);
}

// Reads a directory into resources that record their files.
static void read_all(struct cfg_test *test, struct slice directory, struct tree_documents *objects,
                     struct path_list *read)
{
    assert_true(package_read(&test->cfg, &(struct package_request){.path = directory}, objects));
    package_paths(&test->cfg, objects, read);
}

static void move(struct cfg_test *test, struct tree_document *object, const char *path)
{
    assert_true(cfg_set_annotation(&test->cfg, object->root, CFG_PATH, slice_from(path)));
    assert_true(cfg_set_annotation(&test->cfg, object->root, CFG_OLD_PATH, slice_from(path)));
}

static void objects_are_written_to_the_files_in_their_annotations(void **state)
{
    (void)state;
    struct cfg_test test = begin();
    struct slice directory = scratch(&test);
    struct tree_documents objects = {0};
    struct path_list read = {0};
    put(&test, directory, "a.yaml", "kind: A # a\n---\nkind: B\n");
    put(&test, directory, "c.yaml", "kind:  C\n");
    read_all(&test, directory, &objects, &read);
    assert_int_equal(objects.count, 3);
    move(&test, objects.items[0], "new/below/x.yaml");
    move(&test, objects.items[2], "a.yaml");
    assert_true(package_write(&test.cfg, directory, &objects, &read));
    expect_file(&test, directory, "new/below/x.yaml", "kind: A # a\n");
    // For equal numbers, the first in the list comes first.
    expect_file(&test, directory, "a.yaml", "kind: C\n---\nkind: B\n");
    expect_file(&test, directory, "c.yaml", NULL);
    end(&test, directory);
}

static void nothing_is_written_unless_everything_can_be(void **state)
{
    (void)state;
    static const char *const paths[] = {"../out.yaml", "/tmp/out.yaml", "d/../../out.yaml",
                                        "taken",       "link/out.yaml", "b.yaml/out.yaml"};
    for (size_t i = 0; i < countof(paths); i++) {
        struct cfg_test test = begin();
        struct slice directory = scratch(&test), outside = scratch(&test);
        struct tree_documents objects = {0};
        struct path_list read = {0};
        put(&test, directory, "a.yaml", "kind:  A\n");
        put(&test, directory, "b.yaml", "kind:  B\n");
        assert_int_equal(mkdir(place(&test, directory, "taken").data, 0777), 0);
        assert_int_equal(symlink(outside.data, place(&test, directory, "link").data), 0);
        read_all(&test, directory, &objects, &read);
        move(&test, objects.items[0], "fresh/a.yaml");
        move(&test, objects.items[1], paths[i]);
        if (package_write(&test.cfg, directory, &objects, &read))
            fail_msg("'%s' was written", paths[i]);
        assert_int_equal(test.build->diagnostics.error_count, 1);
        expect_file(&test, directory, "a.yaml", "kind:  A\n");
        expect_file(&test, directory, "b.yaml", "kind:  B\n");
        assert_int_equal(access(place(&test, directory, "fresh").data, F_OK), -1);
        expect_file(&test, outside, "out.yaml", NULL);
        assert_int_equal(rmdir(outside.data), 0);
        end(&test, directory);
    }
}

static void an_unchanged_file_is_not_written(void **state)
{
    (void)state;
    struct cfg_test test = begin();
    struct slice directory = scratch(&test);
    struct tree_documents objects = {0};
    struct path_list read = {0};
    struct stat before, after;
    put(&test, directory, "a.yaml", "kind: A\n");
    assert_int_equal(stat(place(&test, directory, "a.yaml").data, &before), 0);
    read_all(&test, directory, &objects, &read);
    assert_true(package_write(&test.cfg, directory, &objects, &read));
    assert_int_equal(stat(place(&test, directory, "a.yaml").data, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    end(&test, directory);
}

static void subpackages_are_listed_and_skipped(void **state)
{
    (void)state;
    struct cfg_test test = begin();
    struct slice directory = scratch(&test);
    struct tree_documents objects = {0};
    struct path_list packages = {0};
    assert_int_equal(mkdir(place(&test, directory, "sub").data, 0777), 0);
    put(&test, directory, "a.yaml", "kind: A\n");
    put(&test, directory, "sub/b.yml", "kind: B\n");
    put(&test, directory, "sub/Krmfile", "");
    put(&test, directory, "c.json", "{\"kind\": \"C\"}\n");
    struct package_request request = {.path = directory, .within_package = true};
    assert_true(package_read(&test.cfg, &request, &objects));
    assert_int_equal(objects.count, 1);
    request.within_package = false;
    request.json = true;
    objects.count = 0;
    assert_true(package_read(&test.cfg, &request, &objects));
    assert_int_equal(objects.count, 3);
    assert_true(package_list(&test.cfg, directory, true, &packages));
    assert_int_equal(packages.count, 2);
    expect_text(packages.items[0], directory.data);
    expect_text(packages.items[1], place(&test, directory, "sub").data);
    end(&test, directory);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(quantities_are_compared_exactly),
    cmocka_unit_test(invalid_quantities_are_refused),
    cmocka_unit_test(patterns_match_names_anywhere_or_from_the_top),
    cmocka_unit_test(a_trailing_slash_matches_only_directories),
    cmocka_unit_test(an_exclamation_mark_includes_a_file_again),
    cmocka_unit_test(queries_follow_maps_lists_and_strings),
    cmocka_unit_test(an_invalid_expression_only_matters_if_it_is_needed),
    cmocka_unit_test(fields_are_sorted_and_lists_keep_their_order),
    cmocka_unit_test(annotations_are_added_and_removed),
    cmocka_unit_test(both_names_of_an_annotation_follow_a_change),
    cmocka_unit_test(comments_and_order_are_preserved),
    cmocka_unit_test(objects_are_written_to_the_files_in_their_annotations),
    cmocka_unit_test(nothing_is_written_unless_everything_can_be),
    cmocka_unit_test(an_unchanged_file_is_not_written),
    cmocka_unit_test(subpackages_are_listed_and_skipped),
};

int test_cfg(void)
{
    return cmocka_run_group_tests_name("cfg", tests, NULL, NULL);
}
