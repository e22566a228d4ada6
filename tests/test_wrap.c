// Help on a narrow terminal.
#include "tests/support.h"

#include "cli/wrap.h"

static void expect_wrapped(const char *text, size_t columns, const char *expected)
{
    struct buffer out = {0};
    wrap_text(slice_from(text), columns, &out);
    expect_text(buffer_slice(&out), expected);
    buffer_free(&out);
}

static void text_that_fits_is_unchanged(void **state)
{
    (void)state;
    static const char text[] = "One line.\nAnother line.\n\nFlags:\n  -h, --help    print this help\n";
    expect_wrapped(text, 40, text);
}

static void a_paragraph_is_filled(void **state)
{
    (void)state;
    expect_wrapped("One line that is long enough\nto be cut, another.\n\nShort.\nShort.\n", 20,
                   "One line that is\nlong enough to be\ncut, another.\n\nShort.\nShort.\n");
}

static void a_second_column_continues_below_itself(void **state)
{
    (void)state;
    expect_wrapped("  -o, --output PATH   write to this file, or one file an object\n", 45,
                   "  -o, --output PATH   write to this file, or\n"
                   "                      one file an object\n");
    // If the line has no room left for the text
    expect_wrapped("  -o, --output PATH   write to this file\n", 30,
                   "  -o, --output PATH\n"
                   "      write to this file\n");
    expect_wrapped("    one two three\n", 12, "    one two\n    three\n");
}

static void examples_can_be_copied(void **state)
{
    (void)state;
    static const char text[] = "Examples:\n  kiln build overlays/prod --select Service\n\n";
    expect_wrapped(text, 20, text);
    expect_wrapped("Examples:\n  kiln build overlays/prod\n\nFlags:\n  -a  one two three\n", 15,
                   "Examples:\n  kiln build overlays/prod\n\nFlags:\n  -a\n      one two\n      three\n");
}

static void a_word_is_never_cut(void **state)
{
    (void)state;
    expect_wrapped("Deployment/wordpress-mysql is\n", 10, "Deployment/wordpress-mysql\nis\n");
    // Characters count rather than bytes.
    expect_wrapped("\xC3\xA9\xC3\xA9\xC3\xA9 \xC3\xA9\xC3\xA9\n", 6, "\xC3\xA9\xC3\xA9\xC3\xA9 \xC3\xA9\xC3\xA9\n");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(text_that_fits_is_unchanged),
    cmocka_unit_test(a_paragraph_is_filled),
    cmocka_unit_test(a_second_column_continues_below_itself),
    cmocka_unit_test(examples_can_be_copied),
    cmocka_unit_test(a_word_is_never_cut),
};

int test_wrap(void)
{
    return cmocka_run_group_tests_name("wrap", tests, NULL, NULL);
}
