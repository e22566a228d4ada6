#include "tests/support.h"

#include "load/path.h"

static struct slice clean(struct arena *arena, const char *path)
{
    return path_clean(arena, slice_from(path));
}

static struct slice join(struct arena *arena, const char *directory, const char *path)
{
    struct slice joined = path_join(arena, slice_from(directory), slice_from(path));
    if (*directory)
        expect_text(path_join_clean(arena, clean(arena, directory), slice_from(path)), joined.data);
    return joined;
}

static void a_clean_path_has_no_needless_elements(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "."},
        {".", "."},
        {"./", "."},
        {"/", "/"},
        {"//", "/"},
        {"/.", "/"},
        {"a", "a"},
        {"a/", "a"},
        {"./a//b/./c/", "a/b/c"},
        {"a/..", "."},
        {"a/../..", ".."},
        {"../..", "../.."},
        {"a/b/../../..", ".."},
        {"../a/../b", "../b"},
        {"/..", "/"},
        {"/../a", "/a"},
        {"/a/../../b", "/b"},
        {"a/...", "a/..."},
        {"a/.b", "a/.b"},
        {"..a/b", "..a/b"},
        {"../../a/../..", "../../.."},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < countof(cases); i++)
        expect_text(clean(&arena, cases[i][0]), cases[i][1]);
    arena_free(&arena);
}

static void a_path_is_joined_to_its_directory(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"/a/b", "c", "/a/b/c"},
        {"/a/b", "../c", "/a/c"},
        {"/a/b", "../../../c", "/c"},
        {"/a/b", "/c/./d", "/c/d"},
        {"/", "a", "/a"},
        {"a", "../..", ".."},
        {"..", "../a", "../../a"},
        {"a/", "./b/", "a/b"},
        {"", "a/../b", "b"},
        {"", "", "."},
        {"a", "", "a"},
        {".", "..", ".."},
        {"../a", "..", ".."},
        {"../a", "../..", "../.."},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < countof(cases); i++)
        expect_text(join(&arena, cases[i][0], cases[i][1]), cases[i][2]);
    arena_free(&arena);
}

static void paths_end_with_a_nul(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct slice path = join(&arena, "/a/b", "../c");
    assert_string_equal(path.data, "/a/c");
    assert_string_equal(clean(&arena, "a/b/..").data, "a");
    arena_free(&arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_clean_path_has_no_needless_elements),
    cmocka_unit_test(a_path_is_joined_to_its_directory),
    cmocka_unit_test(paths_end_with_a_nul),
};

int test_path(void)
{
    return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
