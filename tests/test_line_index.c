#include "tests/support.h"

#include "base/line_index.h"

static size_t find(const char *text, uint32_t line, uint32_t column)
{
    struct arena arena = {0};
    struct line_index places = line_index_new(&arena, slice_from(text));
    size_t offset = line_index_find(&places, line, column);
    arena_free(&arena);
    return offset;
}

static void lines_and_columns_are_found(void **state)
{
    (void)state;
    assert_int_equal(find("ab\ncd", 1, 1), 0);
    assert_int_equal(find("ab\ncd", 1, 3), 2);
    assert_int_equal(find("ab\ncd", 2, 2), 4);
    assert_int_equal(find("ab\n\ncd\n", 3, 1), 4);
}

static void a_column_is_a_character(void **state)
{
    (void)state;
    assert_int_equal(find("\xC3\xA4\xE2\x82\xAC\nx", 1, 3), 5);
    assert_int_equal(find("\xEF\xBB\xBFx\n", 1, 1), 3);
    assert_int_equal(find("\xFFx", 1, 2), 1);
}

static void positions_outside_the_text_are_not_found(void **state)
{
    (void)state;
    assert_int_equal(find("ab\ncd", 0, 1), SLICE_NOT_FOUND);
    assert_int_equal(find("ab\ncd", 3, 1), SLICE_NOT_FOUND);
    assert_int_equal(find("ab\ncd", 1, 4), SLICE_NOT_FOUND);
    assert_int_equal(find("", 1, 2), SLICE_NOT_FOUND);
    assert_int_equal(find("", 1, 1), 0);
}

static void each_position_in_long_lines_is_found(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buffer text = {0};
    for (int line = 0; line < 4; line++) {
        for (int i = 0; i < 700 + line; i++)
            buffer_add_text(&text, "\xC3\xA4");
        buffer_add_byte(&text, '\n');
    }
    struct line_index places = line_index_new(&arena, buffer_slice(&text));
    size_t offset = 0;
    for (uint32_t line = 1; line <= 4; line++, offset++)
        for (uint32_t column = 1; column <= 699 + line; column++, offset += 2)
            assert_int_equal(line_index_find(&places, line, column), offset);
    arena_free(&arena);
    buffer_free(&text);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(lines_and_columns_are_found),
    cmocka_unit_test(a_column_is_a_character),
    cmocka_unit_test(positions_outside_the_text_are_not_found),
    cmocka_unit_test(each_position_in_long_lines_is_found),
};

int test_line_index(void)
{
    return cmocka_run_group_tests_name("line_index", tests, NULL, NULL);
}
