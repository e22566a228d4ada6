// What is read without libyaml, and that libyaml would see the same.
#include "tests/support.h"

#include <stdio.h>

#include "base/recovery.h"
#include "tests/plain_referee.h"

static bool is_plain(const char *text)
{
    struct plain_events events = {0};
    bool plain = plain_scan(slice_from(text), &events);
    piece_free(events.items);
    return plain;
}

static void expect_same(const char *text)
{
    if (!referee_agrees(slice_from(text)))
        fail_msg("libyaml sees something else in this text:\n%s", text);
}

static void usual_files_are_plain(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "a: b\n",
        "a: b",
        "# note\n\n---\n# note\na: b\n",
        "a:\n  b: c\n  d:\n    e: f\ng: h\n",
        "a:\n- b\n- c\nd:\n  - e\n",
        "- a\n- b: c\n  d: e\n-   f: g\n    h: i\n-\n  j: k\n",
        "a: b # note\nc: #note\n  d: e#f\n",
        "a: 'b: c'\nd: \"e # f\"\ng: ''\nh: '\\n'\n",
        "a: [b, 'c', \"d\", [e, {f: g}], -1, h:i, http://j]\nk: {l: m, n: [o]}\np: []\nq: {}\nr: [ s ]\n",
        "a: http://b/c?d=e&f [g] {h}, i - j\n",
        "a: -1\nb: -c\nd: ~\ne: $(f)\n",
        "  a: b\n  c: d\n",
        "a.b/c-d_e: f\n$g: h\n",
        "a:  b  \n \nc: d\n",
    };
    for (size_t i = 0; i < countof(texts); i++) {
        if (!is_plain(texts[i]))
            fail_msg("not plain:\n%s", texts[i]);
        expect_same(texts[i]);
    }
}

static void input_that_needs_libyaml_is_left_to_it(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "# note\n",
        "a:\n",
        "a:\nb: c\n",
        "- \n- a\n",
        "a\n",
        "a: b\n  c\n",
        "a: b\n\n  c\n",
        "a: b: c\n",
        "a: b:\n",
        "a:b\n",
        "a: b\n c: d\n",
        " a: b\nc: d\n",
        "a:\n  - b\n  c: d\n",
        "a:\n    b: c\n  d: e\n",
        "a: b\n- c\n",
        "- a\nb: c\n",
        "- - a\n",
        "a: - b\n",
        "a: |\n  b\n",
        "a: &b c\nd: *b\n",
        "a: !!str 1\n",
        "<<: {a: b}\n",
        "? a\n: b\n",
        "'a': b\n",
        "a : b\n",
        "a: 'b''c'\n",
        "a: \"b\\n\"\n",
        "a: 'b\n  c'\n",
        "a: 'b' c\n",
        "a: 'b'#c\n",
        "a: 'b': c\n",
        "a: [b,]\n",
        "a: [,b]\n",
        "a: [b\n  c]\n",
        "a: [b c]\n",
        "a: [b: c]\n",
        "a: [b:]\n",
        "a: [b?]\n",
        "a: {b:c}\n",
        "a: {b: }\n",
        "a: {b}\n",
        "a: [b] c\n",
        "a: [b]: c\n",
        "a: [b}\n",
        "a: [#b]\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\nc: d\n",
        "--- a\n",
        "---\n---\na: b\n",
        "%YAML 1.1\n---\na: b\n",
        "a:\tb\n",
        "a: b\r\nc: d\r\n",
        "a: \xC3\xA4\n",
        "\xEF\xBB\xBF[a: b]\n",
        "a: @b\n",
        "a: `b`\n",
        "a: %b\n",
        "a: b\x7F\n",
    };
    for (size_t i = 0; i < countof(texts); i++) {
        if (is_plain(texts[i]))
            fail_msg("plain:\n%s", texts[i]);
        expect_same(texts[i]);
    }
    assert_false(plain_scan((struct slice){"a: b\0c\n", 7}, &(struct plain_events){0}));
}

static void refused_plain_scalars_have_the_message_of_libyaml(void **state)
{
    (void)state;
    expect_same("a: b\na: c\n");
    expect_same("a: b\n1: c\n");
    expect_same("a: [b, c]\n~: d\n");
    // What comes later in the text is found first.
    expect_same("~: a\nb: c\n  d: e: f\n");
}

// --- Texts that nobody would write.

static uint32_t throw_dice(uint64_t *dice, size_t count)
{
    *dice = *dice * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*dice >> 33) % count);
}

static void any_text_reads_the_same(void **state)
{
    (void)state;
    static const char *const heads[] = {"a: ",  "b: ",   "key:", "- ",  "-",    "- c: ", "- - ", "d:  ",  "",
                                        "$e: ", "f.g: ", "1: ",  "~: ", "--- ", "---",   "...",  "? ",    "{",
                                        "[",    "'h': ", "#",    "a:",  "a: ",  "b: ",   "- ",   "-  i:", "true: "};
    static const char *const values[] = {
        "x",         "y z",
        "-1",        "1.0",
        "'q'",       "\"d\"",
        "[a, b]",    "[ a ,b ]",
        "{a: b}",    "{a: [b]}",
        "[]",        "{}",
        "~",         "",
        " ",         " # note",
        "#x",        "x # y",
        "x#y",       "x:",
        "x: y",      "x:y",
        "http://x",  "[a: b]",
        "[a:b]",     "[a,]",
        "{a:b}",     "{a: }",
        "'it''s'",   "\"\\n\"",
        "|",         ">-",
        "&a x",      "*a",
        "!t x",      "<<",
        "[a",        "]",
        "[a] ",      "[a]x",
        "\"a\" b",   "- x",
        "-x",        "--",
        "?x",        "x ",
        "x\t",       "\xC3\xA4",
        "(x)",       "$(x)",
        "[a?b]",     "{a: b, a: c}",
        "\"a\\/b\"", "a\\/b",
        "\"x\"",     "+1",
        "[-, a]",    "[-a]",
        "[a b]",     "{a: 'b', c: \"d\"}",
        "[[[a]]]",   "{a: {b: c}} # d",
    };
    uint64_t dice = 1;
    size_t plain = 0;
    for (int round = 0; round < 20000; round++) {
        char text[512];
        size_t length = 0, lines = 1 + throw_dice(&dice, 5), indent = 0;
        for (size_t i = 0; i < lines; i++) {
            const size_t steps[] = {indent, indent, indent, indent + 2, indent + 2, indent >= 2 ? indent - 2 : 0, 0, 1};
            indent = steps[throw_dice(&dice, countof(steps))];
            length += (size_t)snprintf(text + length, sizeof text - length, "%*s%s%s%s", (int)indent, "",
                                       heads[throw_dice(&dice, throw_dice(&dice, 5) ? 6 : countof(heads))],
                                       values[throw_dice(&dice, throw_dice(&dice, 5) ? 11 : countof(values))],
                                       i + 1 < lines || throw_dice(&dice, 4) ? "\n" : "");
        }
        expect_same(text);
        plain += is_plain(text);
    }
    // Else this says little.
    assert_true(plain > 2000);
}

int test_yaml_plain(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_files_are_plain),
        cmocka_unit_test(input_that_needs_libyaml_is_left_to_it),
        cmocka_unit_test(refused_plain_scalars_have_the_message_of_libyaml),
        cmocka_unit_test(any_text_reads_the_same),
    };
    return cmocka_run_group_tests_name("yaml_plain", tests, NULL, NULL);
}
