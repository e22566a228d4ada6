// JSON for other programs: the order of members, and user input that isn't UTF-8.
#include "tests/support.h"

#include "json/machine.h"

static void expect(json_t *value, size_t flags, const char *wanted)
{
    struct buffer out = {0};
    machine_write(&out, value, flags);
    buffer_add_byte(&out, '\0');
    assert_string_equal(out.data, wanted);
    buffer_free(&out);
}

static void members_keep_their_order(void **state)
{
    (void)state;
    json_t *root = machine_object(), *list = machine_array();
    machine_set(root, "z", json_integer(1));
    machine_set_text(root, "a", slice_literal("x"));
    machine_set_text(root, "absent", (struct slice){0});
    machine_append(list, machine_text_or_null((struct slice){0}));
    machine_append(list, machine_text((struct slice){0}));
    machine_set(root, "m", list);
    expect(root, JSON_COMPACT, "{\"z\":1,\"a\":\"x\",\"m\":[null,\"\"]}\n");
}

static void invalid_utf8_is_repaired(void **state)
{
    (void)state;
    expect(machine_text(slice_literal("a\xFF\xC3"
                                      "b\xED\xA0\x80")),
           JSON_ENCODE_ANY,
           "\"a\uFFFD\uFFFD"
           "b\uFFFD\uFFFD\uFFFD\"\n");
}

static void every_character_is_kept(void **state)
{
    (void)state;
    expect(machine_text((struct slice){"\"\\\n\0\u2028é", 9}), JSON_ENCODE_ANY, "\"\\\"\\\\\\n\\u0000\u2028é\"\n");
}

int test_json_machine(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_keep_their_order),
        cmocka_unit_test(invalid_utf8_is_repaired),
        cmocka_unit_test(every_character_is_kept),
    };
    return cmocka_run_group_tests_name("json_machine", tests, NULL, NULL);
}
