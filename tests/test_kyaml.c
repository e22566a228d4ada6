// KYAML: which keys need quotes, and where comments and aliases go. Golden builds test whole streams.
#include "tests/support.h"

#include "yaml/kyaml.h"

static void keys_that_look_like_another_type_need_quotes(void **state)
{
    (void)state;
    const char *const quoted[] = {
        "",          "null",      "Yes",   "n",   "T",   "0",        "-0",  "08",          "0o7",
        "0b1",       "0x1F",      "1_000", "1e3", "inf", "infinity", "NaN", "0x1p3",       "9223372036854775808",
        "2001-1-31", "2000-2-29", "a b",   "-a",  "a-",  ".a",       "a:b", "\xE2\x80\xA8"};
    const char *const plain[] = {"a",
                                 "a.b/c-d",
                                 "_",
                                 "0x",
                                 "0b2",
                                 "1e",
                                 "1e999",
                                 "tr",
                                 "tT",
                                 "2001-2-29",
                                 "2001-13-1",
                                 "12345-1-1",
                                 "\xC3\xA9\xC2\xBD",
                                 "0xFFFFFFFFFFFFFFFFF"};
    for (size_t i = 0; i < countof(quoted); i++)
        if (!kyaml_key_needs_quotes(slice_from(quoted[i])))
            fail_msg("'%s' needs quotes", quoted[i]);
    for (size_t i = 0; i < countof(plain); i++)
        if (kyaml_key_needs_quotes(slice_from(plain[i])))
            fail_msg("'%s' needs no quotes", plain[i]);
}

static void expect_kyaml(struct test_reader *reader, const char *text, const char *expected)
{
    struct tree_document *document;
    assert_true(tree_read_first(&reader->context, reader_source(reader, "a.yaml", slice_from(text)), &document));
    reader->out.length = 0;
    assert_true(kyaml_write_document(&reader->diagnostics, &reader->out, document));
    expect_text(buffer_slice(&reader->out), expected);
}

static void comments_stay_with_their_nodes(void **state)
{
    expect_kyaml(
        *state,
        "# head\n\na: 1 # line\n# of b\nb: # of the key\n- x # item\n# foot of x\n\n- y\nc:\n- a: b # inside\n# end\n",
        "---\n# head\n{\n  a: 1, # line\n  # of b\n  b: [\n    \"x\", # item\n    # foot of x\n    \"y\",\n  ], # of "
        "the key\n"
        "  c: [{\n    a: \"b\", # inside\n  }],\n  # end\n}\n");
}

static void expect_rewritten(struct test_reader *reader, const char *text, const char *expected)
{
    struct source *source = reader_source(reader, "a.yaml", slice_from(text));
    reader->out.length = 0;
    assert_true(kyaml_is_text(source->content));
    assert_true(kyaml_rewrite(&reader->context, source, NULL, &reader->out));
    expect_text(buffer_slice(&reader->out), expected);
    // Formatting it again doesn't change it.
    source = reader_source(reader, "b.yaml", slice_from(expected));
    reader->out.length = 0;
    assert_true(kyaml_rewrite(&reader->context, source, NULL, &reader->out));
    expect_text(buffer_slice(&reader->out), expected);
}

static void a_comment_after_an_opening_bracket_stays_inside(void **state)
{
    expect_rewritten(*state,
                     "---\n{ # one\n  # two\n  a: [ # three\n    \"x #\", # four\n  ],\n"
                     "  b: [{ # five\n    c: 1,\n  }, {\t# six\n    c: 2,\n  }],\n}\n",
                     "---\n{\n  # one\n  # two\n  a: [\n    # three\n    \"x #\", # four\n  ],\n"
                     "  b: [{\n    # five\n    c: 1,\n  }, {\n    # six\n    c: 2,\n  }],\n}\n");
}

static void a_comment_next_to_the_marker_gets_its_own_line(void **state)
{
    expect_rewritten(*state, "--- # why\n{\n  a: 1,\n}\n", "---\n# why\n{\n  a: 1,\n}\n");
    assert_false(kyaml_is_text(slice_literal("--- a # why\n{\n")));
    assert_false(kyaml_is_text(slice_literal("---#why\n{\n")));
}

static void lines_end_as_the_first_one_does(void **state)
{
    expect_rewritten(*state, "---\r\n{ # c\r\n  a: \"x\",\r\n}\r\n", "---\r\n{\r\n  # c\r\n  a: \"x\",\r\n}\r\n");
}

static void an_alias_is_expanded(void **state)
{
    expect_kyaml(*state, "a: &x {b: 1}\nc: *x\n", "---\n{\n  a: {\n    b: 1,\n  },\n  c: {\n      b: 1,\n    },\n}\n");
}

static void aliases_of_too_many_values_are_refused(void **state)
{
    struct test_reader *reader = *state;
    struct buffer text = {0};
    buffer_add_text(&text, "a0: &a0 [x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++)
        buffer_add_format(&text, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1, i - 1, i - 1,
                          i - 1, i - 1);
    struct tree_document *document;
    assert_true(tree_read_first(&reader->context, reader_source(reader, "a.yaml", buffer_slice(&text)), &document));
    assert_false(kyaml_write_document(&reader->diagnostics, &reader->out, document));
    buffer_free(&text);
}

int test_kyaml(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_that_look_like_another_type_need_quotes),
        reader_test(comments_stay_with_their_nodes),
        reader_test(a_comment_after_an_opening_bracket_stays_inside),
        reader_test(a_comment_next_to_the_marker_gets_its_own_line),
        reader_test(lines_end_as_the_first_one_does),
        reader_test(an_alias_is_expanded),
        reader_test(aliases_of_too_many_values_are_refused),
    };
    return cmocka_run_group_tests_name("kyaml", tests, NULL, NULL);
}
