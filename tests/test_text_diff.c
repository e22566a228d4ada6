#include "tests/support.h"

#include "base/text_diff.h"

static void expect_diff(const char *before, const char *after, const char *expected)
{
    struct arena arena = {0};
    struct buffer out = {0};
    struct text_diff_request request = {slice_literal("a"), slice_literal("b"), TEXT_DIFF_CONTEXT};
    text_diff(&arena, &request, slice_from(before), slice_from(after), &out);
    expect_text(buffer_slice(&out), expected);
    buffer_free(&out);
    arena_free(&arena);
}

static void equal_texts_do_not_differ(void **state)
{
    (void)state;
    expect_diff("", "", "");
    expect_diff("a\nb", "a\nb", "");
}

static void the_shortest_edit_script_is_found(void **state)
{
    (void)state;
    expect_diff("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n",
                "--- a\n+++ b\n@@ -1,7 +1,6 @@\n-a\n-b\n c\n+b\n a\n b\n-b\n a\n+c\n");
}

static void distant_changes_have_separate_hunks(void **state)
{
    (void)state;
    expect_diff("x\n1\n2\n3\n4\n5\n6\n7\ny\n", "X\n1\n2\n3\n4\n5\n6\n7\nY\n",
                "--- a\n+++ b\n@@ -1,4 +1,4 @@\n-x\n+X\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-y\n+Y\n");
}

static void an_empty_side_is_named_by_the_line_before(void **state)
{
    (void)state;
    expect_diff("", "a\n", "--- a\n+++ b\n@@ -0,0 +1 @@\n+a\n");
    expect_diff("a\n", "", "--- a\n+++ b\n@@ -1 +0,0 @@\n-a\n");
}

static void a_missing_line_break_at_the_end_is_a_difference(void **state)
{
    (void)state;
    expect_diff("a", "a\n", "--- a\n+++ b\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(equal_texts_do_not_differ),
    cmocka_unit_test(the_shortest_edit_script_is_found),
    cmocka_unit_test(distant_changes_have_separate_hunks),
    cmocka_unit_test(an_empty_side_is_named_by_the_line_before),
    cmocka_unit_test(a_missing_line_break_at_the_end_is_a_difference),
};

int test_text_diff(void)
{
    return cmocka_run_group_tests_name("text_diff", tests, NULL, NULL);
}
