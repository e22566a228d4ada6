// Regular expressions: the meaning of Go's syntax, and what is rejected.
#include "tests/support.h"

#include "base/pattern.h"

static struct arena arena;

static int free_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static bool matches(const char *expression, const char *text)
{
    struct slice error = {0};
    struct pattern *pattern = pattern_compile(&arena, slice_from(expression), &error);
    if (!pattern)
        fail_msg("'%s' does not compile: %.*s", expression, SLICE_ARGS(error));
    return pattern_matches(pattern, slice_from(text));
}

static bool matches_whole(const char *expression, const char *text)
{
    struct slice error = {0};
    struct pattern *pattern = pattern_compile_whole(&arena, slice_from(expression), &error);
    if (!pattern)
        fail_msg("'%s' does not compile: %.*s", expression, SLICE_ARGS(error));
    return pattern_matches(pattern, slice_from(text));
}

static void expect_refused(const char *expression, const char *reason)
{
    struct slice error = {0};
    if (pattern_compile(&arena, slice_from(expression), &error))
        fail_msg("'%s' compiles", expression);
    expect_contains(error, reason);
}

static void a_whole_expression_is_anchored_at_both_ends(void **state)
{
    (void)state;
    assert_true(matches_whole("p-.*|x", "p-a"));
    assert_true(matches_whole("p-.*|x", "x"));
    assert_false(matches_whole("p-", "p-a"));
    assert_false(matches_whole("a|b", "ab"));
    assert_true(matches("a|b", "cab"));
}

static void an_expression_without_special_characters_is_compared_as_a_string(void **state)
{
    (void)state;
    struct slice error;
    struct pattern *plain = pattern_compile_whole(&arena, slice_literal("web-1"), &error);
    assert_true(pattern_is_literal(plain));
    assert_true(pattern_matches(plain, slice_literal("web-1")));
    assert_false(pattern_matches(plain, slice_literal("web-10")));
    assert_false(pattern_is_literal(pattern_compile_whole(&arena, slice_literal("web.1"), &error)));
    assert_false(pattern_is_literal(pattern_compile(&arena, slice_literal("web"), &error)));
}

static void the_empty_expression_matches_everything_but_whole_only_the_empty_string(void **state)
{
    (void)state;
    assert_true(matches("", "anything"));
    assert_true(matches_whole("", ""));
    assert_false(matches_whole("", "a"));
}

static void flags_of_go_work(void **state)
{
    (void)state;
    assert_true(matches_whole("(?i)WEB", "web"));
    assert_true(matches_whole("web-.*7", "web-17"));
    assert_false(matches_whole("web-.*7", "web-18"));
    assert_true(matches_whole("web-7?", "web-"));
    assert_true(matches_whole("web-(7|8)", "web-8"));
    assert_true(matches_whole("a(?i:B)c", "abc"));
    assert_false(matches_whole("a(?i:B)c", "abC"));
    assert_true(matches("(?m)^b$", "a\nb\nc"));
    assert_false(matches("^b$", "a\nb\nc"));
    assert_false(matches_whole("a.b", "a\nb"));
    assert_true(matches_whole("(?s)a.b", "a\nb"));
    assert_true(matches_whole("(?U)a+", "aaa"));
    assert_true(matches_whole("(?i)\xC3\x89", "\xC3\xA9"));
}

static void flags_last_until_the_end_of_their_group(void **state)
{
    (void)state;
    assert_true(matches_whole("(?i)a(?i)b", "AB"));
    assert_true(matches_whole("(?i:a(?-i)b(?i)c)d", "AbCd"));
    assert_false(matches_whole("(?i:a(?-i)b(?i)c)d", "ABCd"));
    assert_false(matches_whole("(?i:a(?-i)b(?i)c)d", "AbCD"));
    assert_true(matches_whole("(?i:a(?-i:b)c)d", "AbCd"));
    assert_false(matches_whole("(?i:a(?-i:b)c)d", "ABCd"));
    assert_true(matches_whole("(a(?i)b|c)d", "Cd"));
    assert_false(matches_whole("(a(?i)b|c)d", "CD"));
    assert_true(matches_whole("((?i)a(?i:b)(?-i:c)d)(?i)e", "ABcDE"));
    assert_false(matches_whole("((?i)a(?i:b)(?-i:c)d)e", "ABcDE"));
}

static void the_end_is_the_end_of_the_text(void **state)
{
    (void)state;
    assert_false(matches("a$", "a\n"));
    assert_false(matches("a\\z", "a\n"));
    assert_true(matches("\\Aa\\z", "a"));
}

static void classes_are_those_of_ascii(void **state)
{
    (void)state;
    assert_true(matches_whole("\\d+", "0123456789"));
    assert_false(matches_whole("\\d", "\xD9\xA3"));
    assert_false(matches_whole("\\w", "\xC3\xA9"));
    assert_false(matches_whole("\\s", "\v"));
    assert_true(matches_whole("[[:space:]]", "\v"));
    assert_true(matches_whole("[^\\D]", "5"));
    assert_true(matches_whole("[[:^alpha:]-]+", "1-2"));
    assert_true(matches_whole("[]a]+", "]a"));
    assert_true(matches_whole("[a-\\x{e9}]", "b"));
    assert_true(matches_whole("\\pL\\p{Greek}\\PN", "a\xCE\xB1-"));
}

static void quoted_text_is_literal(void **state)
{
    (void)state;
    assert_true(matches_whole("\\Qa.b\\E+", "a.bb"));
    assert_false(matches_whole("\\Qa.b\\E", "axb"));
    assert_true(matches_whole("\\x41\\102\\.", "AB."));
}

static void braces_are_counts_only_when_they_look_like_counts(void **state)
{
    (void)state;
    assert_true(matches_whole("a{2}", "aa"));
    assert_true(matches_whole("a{2,}", "aaaa"));
    assert_false(matches_whole("a{1,2}", "aaa"));
    assert_true(matches_whole("a{,2}", "a{,2}"));
    assert_true(matches_whole("a{01}", "a{01}"));
}

static void groups_may_have_names(void **state)
{
    (void)state;
    assert_true(matches_whole("(?P<first>a)(?<second>b)", "ab"));
}

static void syntax_unknown_to_re2_is_refused(void **state)
{
    (void)state;
    expect_refused("(?=a)", "lookahead");
    expect_refused("(?!a)", "lookahead");
    expect_refused("(?<=a)b", "lookahead and lookbehind");
    expect_refused("(?<!a)b", "lookahead and lookbehind");
    expect_refused("(a)\\1", "backreferences");
    expect_refused("(?>a)", "unknown group syntax");
    expect_refused("(?#a)", "unknown group syntax");
    expect_refused("(?R)", "unknown group syntax");
    expect_refused("(?P=n)", "unknown group syntax");
    expect_refused("a*+", "repetition of a repetition");
    expect_refused("a**", "repetition of a repetition");
    expect_refused("*a", "nothing before");
    expect_refused("(|*)", "nothing before");
    expect_refused("\\K", "unknown escape");
    expect_refused("\\C", "unknown escape");
    expect_refused("\\Z", "unknown escape");
    expect_refused("[a-\\d]", "unknown escape");
    expect_refused("a{1001}", "invalid repetition count");
    expect_refused("(a{40}){30}", "invalid repetition count");
    expect_refused("a{3,2}", "invalid repetition count");
    expect_refused("[b-a]", "reversed range");
    expect_refused("[a", "missing ']'");
    expect_refused("(a", "missing ')'");
    expect_refused("a)", "unmatched ')'");
    expect_refused("[[:foo:]]", "unknown character class: '[:foo:]'");
    expect_refused("\\p{Foo}", "");
    expect_refused("a\\", "backslash at the end");
    expect_refused("\xFF", "UTF-8");
}

static void invalid_utf8_does_no_harm(void **state)
{
    (void)state;
    assert_true(matches_whole("a.b", "a\xFF"
                                     "b"));
    assert_true(matches_whole("a..b", "a\xC3\xFF"
                                      "b"));
    assert_false(matches_whole("a.", "a\xFF\xFF"));
}

static void nested_repetitions_terminate(void **state)
{
    (void)state;
    assert_false(matches_whole("(x+x+)+y", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
    assert_true(matches_whole("(a*)*", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}

int test_pattern(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_whole_expression_is_anchored_at_both_ends, free_arena),
        cmocka_unit_test_teardown(an_expression_without_special_characters_is_compared_as_a_string, free_arena),
        cmocka_unit_test_teardown(the_empty_expression_matches_everything_but_whole_only_the_empty_string, free_arena),
        cmocka_unit_test_teardown(flags_of_go_work, free_arena),
        cmocka_unit_test_teardown(flags_last_until_the_end_of_their_group, free_arena),
        cmocka_unit_test_teardown(the_end_is_the_end_of_the_text, free_arena),
        cmocka_unit_test_teardown(classes_are_those_of_ascii, free_arena),
        cmocka_unit_test_teardown(quoted_text_is_literal, free_arena),
        cmocka_unit_test_teardown(braces_are_counts_only_when_they_look_like_counts, free_arena),
        cmocka_unit_test_teardown(groups_may_have_names, free_arena),
        cmocka_unit_test_teardown(syntax_unknown_to_re2_is_refused, free_arena),
        cmocka_unit_test_teardown(invalid_utf8_does_no_harm, free_arena),
        cmocka_unit_test_teardown(nested_repetitions_terminate, free_arena),
    };
    return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
