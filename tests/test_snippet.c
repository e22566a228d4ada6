// The line of a file below a message: its form, and the lines that are never shown.
#include "tests/support.h"

#include <string.h>

#include "base/snippet.h"
#include "kustomization/secret_sources.h"

static void expect_snippet(const char *content, uint32_t line, uint32_t column, const char *expected)
{
    struct arena arena = {0};
    struct sources sources = {.arena = &arena, .rules = &secret_sources};
    const struct source *source = sources_add(&sources, slice_literal("f.yaml"), slice_from(content));
    struct buffer out = {0};
    snippet_add(&sources, source_position(source, line, column), 0, &out);
    expect_text(buffer_slice(&out), expected);
    buffer_free(&out);
    arena_free(&arena);
}

static void expect_nothing(const char *content, uint32_t line)
{
    expect_snippet(content, line, 3, "");
}

static void the_mark_is_below_the_column(void **state)
{
    (void)state;
    expect_snippet("a: 1\n  b: 2\n", 2, 3, "    2 |   b: 2\n      |   ^\n");
    expect_snippet("\xEF\xBB\xBF"
                   "a: 1\r\n",
                   1, 4, "    1 | a: 1\n      |    ^\n");
    expect_snippet("a: 1", 1, 99, "    1 | a: 1\n      |     ^\n");
}

static bool is_shown(struct sources *sources, const struct source *source, uint32_t line)
{
    struct buffer out = {0};
    snippet_add(sources, source_position(source, line, 3), 0, &out);
    bool shown = out.length > 0;
    buffer_free(&out);
    return shown;
}

// Many messages about a file scan it only once, so later changes are not seen.
static void the_lines_above_are_scanned_once(void **state)
{
    (void)state;
    char content[] = "stringData:\n\n  # x\n  a: x\n  b: x\nc:\n  d: x\n";
    struct arena arena = {0};
    struct sources sources = {.arena = &arena, .rules = &secret_sources};
    const struct source *source = sources_add(&sources, slice_literal("f.yaml"), slice_from(content));
    assert_false(is_shown(&sources, source, 4));
    assert_true(is_shown(&sources, source, 7));
    memset(content, 'x', 6);
    assert_false(is_shown(&sources, source, 5));
    assert_true(is_shown(&sources, sources_add(&sources, slice_literal("g.yaml"), slice_from(content)), 5));
    arena_free(&arena);
}

static void the_nearest_key_with_less_indentation_counts(void **state)
{
    (void)state;
    expect_nothing("a:\n  stringData:\n    b: x\n    # y\n\n    c: x\n", 6);
    expect_nothing("stringData:\n- a: x\n  b: x\n- c: x\n", 4);
    expect_nothing("stringData:\n  a:\n      b: x\n  c: x\n", 4);
    expect_nothing("env:\n- name: TOKEN\n  # comment\n\n  value: x\n", 5);
    expect_snippet("stringData:\n  a: x\nb:\n  c: x\n", 4, 3, "    4 |   c: x\n      |   ^\n");
    expect_snippet("stringData:\n# x\nb:\n- c: x\n", 4, 3, "    4 | - c: x\n      |   ^\n");
}

static void wide_and_combining_characters_and_tabs_have_their_displayed_width(void **state)
{
    (void)state;
    expect_snippet("a: \xE6\xBC\xA2\xE5\xAD\x97 x\n", 1, 7,
                   "    1 | a: \xE6\xBC\xA2\xE5\xAD\x97 x\n      |         ^\n");
    expect_snippet("e\xCC\x81: x\n", 1, 5, "    1 | e\xCC\x81: x\n      |    ^\n");
    // Symbols older than emoji: some have always been wide, some never.
    expect_snippet("\xE2\x9C\x85: x\n", 1, 4, "    1 | \xE2\x9C\x85: x\n      |     ^\n");
    expect_snippet("\xE2\x9C\x94: x\n", 1, 4, "    1 | \xE2\x9C\x94: x\n      |    ^\n");
    expect_snippet("\xF0\x9F\x9B\xA0: x\n", 1, 4, "    1 | \xF0\x9F\x9B\xA0: x\n      |    ^\n");
    // Thai: two letters, each with a mark.
    expect_snippet("\xE0\xB8\x81\xE0\xB8\xB4\xE0\xB8\x99\xE0\xB9\x88: x\n", 1, 7,
                   "    1 | \xE0\xB8\x81\xE0\xB8\xB4\xE0\xB8\x99\xE0\xB9\x88: x\n      |     ^\n");
    expect_snippet("\tx\n", 1, 2, "    1 |     x\n      |     ^\n");
}

static void terminal_controls_are_not_shown(void **state)
{
    (void)state;
    expect_snippet("a: \x1B[2J\n", 1, 1, "    1 | a: \xEF\xBF\xBD[2J\n      | ^\n");
    expect_snippet("a: \xE2\x80\xAEx\n", 1, 1, "    1 | a: \xEF\xBF\xBDx\n      | ^\n");
    expect_snippet("a: \xFFx\n", 1, 1, "    1 | a: \xEF\xBF\xBDx\n      | ^\n");
}

static void a_long_line_is_cut_around_the_column(void **state)
{
    (void)state;
    char line[1000];
    memset(line, 'x', sizeof line);
    line[500] = 'o';
    line[999] = '\0';
    struct arena arena = {0};
    struct sources sources = {.arena = &arena, .rules = &secret_sources};
    struct buffer out = {0};
    snippet_add(&sources, source_position(sources_add(&sources, slice_literal("f"), slice_from(line)), 1, 501), 0,
                &out);
    struct slice shown, mark;
    slice_cut(buffer_slice(&out), '\n', &shown, &mark);
    // The sign for cut text has three bytes and one column.
    assert_int_equal(slice_find_byte(shown, 'o') - 2, slice_find_byte(mark, '^'));
    assert_true(shown.length < 130);
    buffer_free(&out);
    arena_free(&arena);
}

static void a_line_is_cut_to_the_width_of_the_terminal(void **state)
{
    (void)state;
    static const char line[] = "resources: [one/two/three.yaml, four/five/six.yaml, seven.yaml]";
    static const struct {
        size_t columns;
        uint32_t column;
        const char *expected;
    } rows[] = {
        {73, 13, "    1 | resources: [one/two/three.yaml, four/five/six.yaml, seven.yaml]\n      |             ^\n"},
        {50, 13, "    1 | resources: [one/two/three.yaml, four/fiv…\n      |             ^\n"},
        {50, 53,
         "    1 | …ml, four/five/six.yaml, seven.yaml]\n"
         "      |                          ^\n"},
        {10, 13, "    1 | resources: [one/two/…\n      |             ^\n"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct arena arena = {0};
        struct sources sources = {.arena = &arena, .rules = &secret_sources};
        struct buffer out = {0};
        const struct source *source = sources_add(&sources, slice_literal("f"), slice_from(line));
        snippet_add(&sources, source_position(source, 1, rows[i].column), rows[i].columns, &out);
        expect_text(buffer_slice(&out), rows[i].expected);
        buffer_free(&out);
        arena_free(&arena);
    }
}

static void blank_and_missing_lines_show_nothing(void **state)
{
    (void)state;
    expect_nothing("a: 1\n\n", 2);
    expect_nothing("a: 1\n", 7);
    expect_nothing("a: 1\n", 0);
}

static void literals_and_data_are_not_shown(void **state)
{
    (void)state;
    expect_nothing("secretGenerator:\n- name: a\n  literals:\n  - hunter2\n", 4);
    expect_nothing("secretGenerator:\n- name: a\n  literals:\n    # comment\n    - |-\n      hunter\n      two\n", 7);
    expect_nothing("secretGenerator:\n- {name: a, literals: [hunter2]}\n", 2);
    expect_nothing("kind: Secret\nstringData:\n  key: hunter2\n", 3);
    expect_nothing("kind: Secret\ndata: {key: aHVudGVyMg==}\n", 2);
    expect_nothing("kind: Secret\nmetadata:\n  name: x\ndata:\n  key: aHVudGVyMg==\n", 5);
}

static void literals_of_config_maps_are_shown(void **state)
{
    (void)state;
    expect_snippet("configMapGenerator:\n- name: a\n  literals:\n  - b=c\n", 4, 5, "    4 |   - b=c\n      |     ^\n");
    expect_snippet("configMapGenerator:\n- {name: a, literals: [b]}\n", 2, 3,
                   "    2 | - {name: a, literals: [b]}\n      |   ^\n");
    expect_nothing("configMapGenerator:\n- name: a\n  literals:\n  - password=hunter2\n", 4);
    expect_nothing("configMapGenerator:\n- {name: a, literals: [password=hunter2]}\n", 2);
    expect_nothing("configMapGenerator:\n- name: a\nsecretGenerator:\n- name: a\n  literals:\n  - hunter2\n", 6);
    expect_nothing("# configMapGenerator:\n- literals:\n  - hunter2\n", 3);
}

static void text_that_looks_like_a_password_is_not_shown(void **state)
{
    (void)state;
    expect_nothing("MYSQL_PASSWORD: hunter2\n", 1);
    expect_nothing("- hunter=2\n", 1);
    expect_nothing("- hunter.a=2\n", 1);
    expect_snippet("- a.[name=web].b\n", 1, 5, "    1 | - a.[name=web].b\n      |     ^\n");
    expect_nothing("- {name: PASSWORD, value: hunter2}\n", 1);
    expect_nothing("- name: DB_PASSWORD\n  value: hunter2\n", 2);
    expect_nothing("resources:\n- https://me:hunter2@example.com/x//y\n", 2);
    expect_nothing("resources:\n- https://example.com/x//y?sshkey=abc\n", 2);
}

static void names_of_secrets_are_not_secret(void **state)
{
    (void)state;
    expect_snippet("secretGenerator:\n", 1, 1, "    1 | secretGenerator:\n      | ^\n");
    expect_snippet("  literals:\n", 1, 3, "    1 |   literals:\n      |   ^\n");
    expect_snippet("- name: token-server\n", 1, 9, "    1 | - name: token-server\n      |         ^\n");
    expect_snippet("- ssh://git@example.com/x\n", 1, 3, "    1 | - ssh://git@example.com/x\n      |   ^\n");
    expect_snippet("data:\n  a: b\nspec: x\n", 3, 1, "    3 | spec: x\n      | ^\n");
}

static void files_of_generators_are_not_shown(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml", "secretGenerator:\n- name: a\n  envs: [a.env]\n");
    tree_add(build, "a.env", "A: 1=\xFF\n");
    expect_error(build, ".", "a.env:1:1: the line is not valid UTF-8");
    struct buffer out = {0};
    diagnostics_render(&build->build->diagnostics, &build->build->diagnostics.items[0], &out);
    assert_int_equal(slice_find_byte(buffer_slice(&out), '|'), SLICE_NOT_FOUND);
    buffer_free(&out);
}

static void a_string_inside_a_file_shows_the_file(void **state)
{
    struct test_build *build = *state;
    tree_add(build, "kustomization.yaml",
             "patches:\n- patch: |-\n    apiVersion: v1\n    kind: ConfigMap\n    metadata:\n"
             "      name: nobody\n");
    expect_error(build, ".", "there is no ConfigMap 'nobody'");
    struct buffer out = {0};
    diagnostics_render(&build->build->diagnostics, &build->build->diagnostics.items[0], &out);
    expect_contains(buffer_slice(&out), "    4 |     kind: ConfigMap\n      |           ^\n");
    buffer_free(&out);
}

static void without_sources_a_position_is_its_own_place(void **state)
{
    (void)state;
    struct position position = {.file = 1, .line = 3, .column = 5};
    assert_null(sources_get(NULL, position.file));
    assert_int_equal(sources_line_in_file(NULL, position), 3);
    assert_int_equal(sources_file_position(NULL, position).line, 3);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_mark_is_below_the_column),
    cmocka_unit_test(the_lines_above_are_scanned_once),
    cmocka_unit_test(the_nearest_key_with_less_indentation_counts),
    cmocka_unit_test(wide_and_combining_characters_and_tabs_have_their_displayed_width),
    cmocka_unit_test(terminal_controls_are_not_shown),
    cmocka_unit_test(a_long_line_is_cut_around_the_column),
    cmocka_unit_test(a_line_is_cut_to_the_width_of_the_terminal),
    cmocka_unit_test(blank_and_missing_lines_show_nothing),
    cmocka_unit_test(literals_and_data_are_not_shown),
    cmocka_unit_test(literals_of_config_maps_are_shown),
    cmocka_unit_test(text_that_looks_like_a_password_is_not_shown),
    cmocka_unit_test(names_of_secrets_are_not_secret),
    build_test(files_of_generators_are_not_shown),
    build_test(a_string_inside_a_file_shows_the_file),
    cmocka_unit_test(without_sources_a_position_is_its_own_place),
};

int test_snippet(void)
{
    return cmocka_run_group_tests_name("snippet", tests, NULL, NULL);
}
