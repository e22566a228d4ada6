// yaml/walk: bytes, characters, lines, and columns of a text, as libyaml counts them.
#include "tests/support.h"

#include "yaml/walk.h"

static void expect_place(struct slice text, size_t index, size_t at, size_t line, size_t column)
{
    struct yaml_walk walk = yaml_walk_start(text);
    assert_int_equal(yaml_walk_to(&walk, index), at);
    assert_int_equal(walk.line, line);
    assert_int_equal(walk.column, column);
    struct yaml_walk by_byte = yaml_walk_start(text);
    yaml_walk_to_byte(&by_byte, at);
    assert_int_equal(by_byte.index, walk.index);
}

static void characters_are_counted_not_bytes(void **state)
{
    (void)state;
    struct slice text = slice_literal("a\xC3\xA4\xE2\x82\xAC"
                                      "b\nc");
    expect_place(text, 3, 6, 0, 3);
    expect_place(text, 5, 8, 1, 0);
    expect_place(text, 99, 9, 1, 1);
    expect_place(slice_literal("\xEF\xBB\xBF"
                               "ab"),
                 1, 4, 0, 1);
    expect_place((struct slice){0}, 1, 0, 0, 0);
}

static void line_breaks_are_those_of_yaml(void **state)
{
    (void)state;
    expect_place(slice_literal("a\r\nb"), 3, 3, 1, 0);
    expect_place(slice_literal("a\rb"), 2, 2, 1, 0);
    expect_place(slice_literal("a\xC2\x85"
                               "b\xE2\x80\xA8"
                               "c\xE2\x80\xA9"
                               "d"),
                 6, 11, 3, 0);
    assert_int_equal(yaml_break_length(slice_literal("\r\n"), 0), 2);
    assert_int_equal(yaml_break_length(slice_literal("\xE2\x80\xA8"), 0), 3);
    assert_int_equal(yaml_break_length(slice_literal("a"), 0), 0);
    assert_int_equal(yaml_break_length(slice_literal("a"), 1), 0);
}

static void utf16_has_units_of_two_bytes(void **state)
{
    (void)state;
    expect_place(slice_literal("\xFF\xFE"
                               "a\0\n\0b\0"),
                 2, 6, 1, 0);
    // A surrogate pair is one character.
    expect_place(slice_literal("\xFE\xFF"
                               "\xD8\x3D\xDE\x00"
                               "\0a"),
                 1, 6, 0, 1);
    struct yaml_walk walk = yaml_walk_start(slice_literal("\xFE\xFF\0#"));
    assert_int_equal(yaml_walk_unit(&walk), '#');
    yaml_walk_step(&walk);
    assert_true(yaml_walk_at_end(&walk));
    assert_int_equal(yaml_walk_unit(&walk), 0);
}

static void lines_end_with_line_feeds(void **state)
{
    (void)state;
    struct slice text = slice_literal("a: 1\r\n  # b\n\nc");
    assert_int_equal(yaml_line_start(text, 8), 6);
    assert_int_equal(yaml_line_end(text, 6), 11);
    assert_int_equal(yaml_next_line(text, 6), 12);
    assert_int_equal(yaml_next_line(text, 13), 14);
    assert_int_equal(yaml_column(text, 8), 2);
    assert_true(yaml_begins_line(text, 8) && yaml_begins_line(text, 0) && !yaml_begins_line(text, 9));
    expect_text(yaml_line(text, 0), "a: 1");
    assert_true(yaml_is_comment(text, 6) && !yaml_is_comment(text, 0));
    assert_true(yaml_is_blank(text, 12) && !yaml_is_blank(text, 13) && !yaml_is_blank(text, 14));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(characters_are_counted_not_bytes),
    cmocka_unit_test(line_breaks_are_those_of_yaml),
    cmocka_unit_test(utf16_has_units_of_two_bytes),
    cmocka_unit_test(lines_end_with_line_feeds),
};

int test_yaml_walk(void)
{
    return cmocka_run_group_tests_name("yaml_walk", tests, NULL, NULL);
}
