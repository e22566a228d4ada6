// Base64 in its three forms, compared with libsodium's decoder.
#include "tests/support.h"

#include <sodium.h>

#include "base/base64.h"

static bool decode(const char *text, enum base64_form form, const char *expected)
{
    unsigned char bytes[64];
    size_t length;
    if (!base64_decode(slice_from(text), form, bytes, sizeof bytes, &length))
        return false;
    expect_text((struct slice){(const char *)bytes, length}, expected);
    return true;
}

static void all_lengths_are_decoded(void **state)
{
    (void)state;
    assert_true(decode("", BASE64_MADE, ""));
    assert_true(decode("YQ==", BASE64_MADE, "a"));
    assert_true(decode("YWI=", BASE64_MADE, "ab"));
    assert_true(decode("YWJj", BASE64_MADE, "abc"));
    assert_true(decode("YWJjZA==", BASE64_MADE, "abcd"));
    assert_true(decode("+/+/", BASE64_MADE, "\xFB\xFF\xBF"));
}

static void every_byte_comes_back(void **state)
{
    (void)state;
    struct arena arena = {0};
    char bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    for (size_t length = 0; length <= sizeof bytes; length++) {
        struct slice plain = {bytes, length}, decoded;
        struct slice encoded = base64_encode(&arena, plain);
        assert_int_equal(encoded.length, (length + 2) / 3 * 4);
        assert_int_equal(encoded.data[encoded.length], '\0');
        assert_true(base64_decode_new(&arena, encoded, BASE64_MADE, &decoded));
        assert_true(slice_equal(decoded, plain));
    }
    arena_free(&arena);
}

static void nothing_is_base64_of_nothing(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct slice decoded = slice_literal("before");
    assert_true(base64_decode_new(&arena, (struct slice){0}, BASE64_WRITTEN, &decoded));
    assert_int_equal(decoded.length, 0);
    assert_int_equal(base64_encode(&arena, (struct slice){0}).length, 0);
    arena_free(&arena);
}

static void blanks_are_skipped_wherever_they_are(void **state)
{
    (void)state;
    assert_true(decode("\nY\nW\nJj\n", BASE64_MADE, "abc"));
    assert_true(decode("YQ=\n=\n", BASE64_MADE, "a"));
    assert_true(decode(" YW\r\n Jj \r\n", BASE64_WRITTEN, "abc"));
    assert_true(decode("YQ= = ", BASE64_WRITTEN, "a"));
}

static void other_blanks_are_refused(void **state)
{
    (void)state;
    assert_false(decode("YW Jj", BASE64_MADE, ""));
    assert_false(decode("YWJj\r\n", BASE64_MADE, ""));
    assert_false(decode("YW\tJj", BASE64_WRITTEN, ""));
    assert_false(decode("YW Jj", BASE64_GO, ""));
}

static void go_ignores_the_bits_after_the_last_byte(void **state)
{
    (void)state;
    assert_true(decode("Y\r\nR==", BASE64_GO, "a"));
    assert_true(decode("YWJ=", BASE64_GO, "ab"));
    assert_false(decode("YR==", BASE64_WRITTEN, ""));
}

static void other_texts_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "YQ", "YQ=", "Y", "=", "YQ===", "YWJj=", "YR==", "YQ==YQ==", "-_-_", "YW%Jj", "YWJj*", "YWJj\xC3\xA4"};
    for (size_t i = 0; i < countof(texts); i++)
        if (decode(texts[i], BASE64_WRITTEN, ""))
            fail_msg("'%s' is not base64", texts[i]);
}

static void what_comes_before_a_wrong_byte_is_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length;
    } cases[] = {{"YWJj*", 3}, {"YQ==*", 1}, {"YWJjZGVm\n*", 6}, {"YWJjZ*", 0}, {"*YWJj", 0}, {"YWJjZG", 0}};
    for (size_t i = 0; i < countof(cases); i++) {
        unsigned char bytes[16];
        size_t length = 99;
        assert_false(base64_decode(slice_from(cases[i].text), BASE64_MADE, bytes, sizeof bytes, &length));
        assert_int_equal(length, cases[i].length);
        assert_memory_equal(bytes, "abcdef", length);
    }
}

static void no_byte_is_written_beyond_the_capacity(void **state)
{
    (void)state;
    unsigned char bytes[] = "......";
    size_t length;
    assert_true(base64_decode(slice_literal("YWJj"), BASE64_MADE, bytes, 3, &length));
    assert_int_equal(length, 3);
    assert_memory_equal(bytes, "abc...", 6);
    assert_false(base64_decode(slice_literal("YWJjZGVm"), BASE64_MADE, bytes, 4, &length));
    assert_int_equal(length, 0);
    assert_memory_equal(bytes, "abcd..", 6);
}

// Every text of up to six of these bytes, compared with libsodium's decoder.
static void libsodium_decodes_the_same(void **state)
{
    (void)state;
    enum { LENGTH_MAX = 6 };
    static const char some[] = "AQg/=\n\r *";
    static const char *const blanks[] = {[BASE64_MADE] = "\n", [BASE64_WRITTEN] = "\r\n "};
    size_t bytes_count = sizeof some - 1, accepted = 0, texts = 1;
    for (size_t length = 0; length <= LENGTH_MAX; length++, texts *= bytes_count) {
        for (size_t number = 0; number < texts * countof(blanks); number++) {
            char text[LENGTH_MAX + 1] = "";
            for (size_t i = 0, rest = number / countof(blanks); i < length; i++, rest /= bytes_count)
                text[i] = some[rest % bytes_count];
            enum base64_form form = number % countof(blanks) ? BASE64_WRITTEN : BASE64_MADE;
            unsigned char ours[LENGTH_MAX], theirs[LENGTH_MAX];
            size_t our_length, their_length;
            bool is = base64_decode((struct slice){text, length}, form, ours, sizeof ours, &our_length);
            int result = sodium_base642bin(theirs, sizeof theirs, text, length, blanks[form], &their_length, NULL,
                                           sodium_base64_VARIANT_ORIGINAL);
            if (is != (result == 0) || our_length != their_length || memcmp(ours, theirs, our_length) != 0)
                fail_msg("'%s' is decoded differently", text);
            accepted += is;
        }
    }
    assert_true(accepted > 1000);
}

static void a_failed_decode_leaves_the_result_alone(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct slice decoded = slice_literal("before");
    assert_false(base64_decode_new(&arena, slice_literal("YWJj*"), BASE64_WRITTEN, &decoded));
    expect_text(decoded, "before");
    arena_free(&arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(all_lengths_are_decoded),
    cmocka_unit_test(every_byte_comes_back),
    cmocka_unit_test(nothing_is_base64_of_nothing),
    cmocka_unit_test(blanks_are_skipped_wherever_they_are),
    cmocka_unit_test(other_blanks_are_refused),
    cmocka_unit_test(go_ignores_the_bits_after_the_last_byte),
    cmocka_unit_test(other_texts_are_refused),
    cmocka_unit_test(what_comes_before_a_wrong_byte_is_decoded),
    cmocka_unit_test(no_byte_is_written_beyond_the_capacity),
    cmocka_unit_test(libsodium_decodes_the_same),
    cmocka_unit_test(a_failed_decode_leaves_the_result_alone),
};

int test_base64(void)
{
    return cmocka_run_group_tests_name("base64", tests, NULL, NULL);
}
