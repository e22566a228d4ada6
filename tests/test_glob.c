#include "tests/support.h"

#include "load/glob.h"

static void expect_match(const char *pattern, const char *text, bool wanted)
{
    bool matches;
    if (!glob_match(slice_from(pattern), slice_from(text), &matches))
        fail_msg("'%s' counts as malformed", pattern);
    if (matches != wanted)
        fail_msg("'%s' %s '%s'", pattern, matches ? "matches" : "does not match", text);
}

static void stars_stop_at_a_slash(void **state)
{
    (void)state;
    expect_match("*", "", true);
    expect_match("*", "abc", true);
    expect_match("*", "a/b", false);
    expect_match("a*", "abc", true);
    expect_match("*c", "abc", true);
    expect_match("a*/b", "a/c/b", false);
    expect_match("a*/b", "abc/b", true);
    expect_match("a*b*c*d*e*/f", "axbxcxdxe/f", true);
    expect_match("a*b*c*d*e*/f", "axbxcxdxexxx/fff", false);
    expect_match("a*b?c*x", "abxbbxdbxebxczzx", true);
    expect_match("a*b?c*x", "abxbbxdbxebxczzy", false);
    expect_match("old/*.yaml", "old/deep/x.yaml", false);
    expect_match("**", "a/b", false);
}

static void classes_and_escapes_are_those_of_go(void **state)
{
    (void)state;
    expect_match("ab[c]", "abc", true);
    expect_match("ab[b-d]", "abc", true);
    expect_match("ab[e-g]", "abc", false);
    expect_match("ab[^c]", "abc", false);
    expect_match("ab[^e-g]", "abc", true);
    expect_match("a\\*b", "a*b", true);
    expect_match("a\\*b", "axb", false);
    expect_match("a?b", "a☺b", true);
    expect_match("a[^a]b", "a☺b", true);
    expect_match("a???b", "a☺b", false);
    expect_match("[a-ζ]*", "α", true);
    expect_match("*[a-ζ]", "A", false);
    expect_match("a?b", "a/b", false);
    expect_match("[\\]a]", "]", true);
    expect_match("[x\\-]", "-", true);
}

static void malformed_patterns_are_refused_as_far_as_they_are_read(void **state)
{
    (void)state;
    static const char *const patterns[] = {"[]a]", "[-]",  "[x-]", "[-x]", "[a-b-d]", "[",
                                           "[^",   "[^bc", "a\\",  "*[",   "a["};
    bool matches;
    for (size_t i = 0; i < countof(patterns); i++)
        if (glob_match(slice_from(patterns[i]), slice_literal("a"), &matches))
            fail_msg("'%s' counts as well-formed", patterns[i]);
    expect_match("b*[", "a", false);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(stars_stop_at_a_slash),
    cmocka_unit_test(classes_and_escapes_are_those_of_go),
    cmocka_unit_test(malformed_patterns_are_refused_as_far_as_they_are_read),
};

int test_glob(void)
{
    return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}
