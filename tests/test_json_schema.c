// JSON Schema from decoding tables, with its notes.
#include "tests/support.h"

#include <string.h>

#include "json/schema.h"
#include "kustomization/field_notes.h"
#include "pipeline/plugins.h"

struct leaf {
    struct position position;
    struct text text;
    bool flag;
    int64_t number;
    struct text_list list;
    struct text_map map;
    struct leaf *own;
};

static const struct decode_type leaf_type;
static const struct decode_field leaf_fields[] = {
    {"text", DECODE_TEXT, offsetof(struct leaf, text), NULL},
    {"flag", DECODE_BOOL, offsetof(struct leaf, flag), NULL},
    {"number", DECODE_INTEGER, offsetof(struct leaf, number), NULL},
    {"list", DECODE_TEXT_LIST, offsetof(struct leaf, list), NULL},
    {"map", DECODE_TEXT_MAP, offsetof(struct leaf, map), NULL},
    {"own", DECODE_STRUCT, offsetof(struct leaf, own), &leaf_type},
};
static const struct decode_type leaf_type = DECODE_TYPE("a leaf", struct leaf, leaf_fields);

static const char *const words[] = {"x", NULL};
static const struct json_schema_note notes[] = {
    {.type = "a leaf", .field = "text", .description = "A text.", .instead = "list", .values = words},
};

static void expect_parts(enum json_schema_draft draft, const char *const *parts)
{
    struct arena arena = {0};
    const struct json_schema_request request = {
        .draft = draft, .title = "Leaf", .description = "One.", .type = &leaf_type, .notes = notes, .note_count = 1};
    struct buffer line = {0};
    // Collapse the text to one line, whatever its indentation.
    struct slice text = json_schema(&arena, &request);
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != '\n' && text.data[i] != ' ')
            buffer_add_byte(&line, text.data[i]);
    for (; *parts; parts++)
        expect_contains(buffer_slice(&line), *parts);
    buffer_free(&line);
    arena_free(&arena);
}

static void each_kind_of_field_has_its_type_or_null(void **state)
{
    (void)state;
    expect_parts(
        JSON_SCHEMA_DRAFT_7,
        (const char *const[]){
            "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"Leaf\",\"description\":\"One.\",",
            "\"flag\":{\"type\":[\"boolean\",\"null\"]}", "\"number\":{\"type\":[\"integer\",\"null\"]}",
            "\"list\":{\"type\":[\"array\",\"null\"],\"items\":{\"type\":[\"string\",\"null\"]}}",
            "\"map\":{\"type\":[\"object\",\"null\"],\"additionalProperties\":{\"type\":[\"string\",\"null\"]}}",
            "\"additionalProperties\":false", NULL});
}

static void a_recursive_type_is_a_single_definition(void **state)
{
    (void)state;
    const char *own = "\"own\":{\"anyOf\":[{\"$ref\":\"#/definitions/aLeaf\"},{\"type\":\"null\"}]}";
    expect_parts(JSON_SCHEMA_DRAFT_7,
                 (const char *const[]){own, "\"definitions\":{\"aLeaf\":{\"type\":\"object\"", NULL});
    expect_parts(JSON_SCHEMA_DRAFT_2020_12,
                 (const char *const[]){"#/$defs/aLeaf", "\"$defs\":{\"aLeaf\":{\"type\":\"object\"", NULL});
}

static void a_note_adds_description_values_and_deprecation(void **state)
{
    (void)state;
    expect_parts(
        JSON_SCHEMA_DRAFT_7,
        (const char *const[]){"\"text\":{\"type\":[\"string\",\"null\"],\"description\":\"Atext.\",\"enum\":[\"x\","
                              "null],\"deprecated\":true,\"deprecationMessage\":\"uselist\"}",
                              NULL});
}

static bool has_note(const char *type, const char *field)
{
    for (size_t i = 0; i < field_note_count; i++)
        if (strcmp(field_notes[i].type, type) == 0 && strcmp(field_notes[i].field, field) == 0)
            return true;
    return false;
}

static void each_field_of_a_kustomization_has_a_note(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct decode_type type = plugins_kustomization_shape(&arena);
    size_t missing = 0;
    for (size_t i = 0; i < type.field_count; i++)
        if (!has_note(type.name, type.fields[i].name)) {
            print_error("src/kustomization/field_notes.c has no row for '%s'\n", type.fields[i].name);
            missing++;
        }
    assert_int_equal(missing, 0);
    arena_free(&arena);
}

static bool has_field(const struct decode_type *type, const struct field_note *note, int depth)
{
    bool found = false;
    for (size_t i = 0; i < type->field_count && !found && depth < 8; i++) {
        const struct decode_field *field = &type->fields[i];
        found = (strcmp(type->name, note->type) == 0 && strcmp(field->name, note->field) == 0) ||
                (field->type && has_field(field->type, note, depth + 1));
    }
    return found;
}

static void each_note_has_its_field(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct decode_type type = plugins_kustomization_shape(&arena);
    size_t wrong = 0;
    for (size_t i = 0; i < field_note_count; i++)
        if (!has_field(&type, &field_notes[i], 0)) {
            print_error("there is no field '%s' in '%s'\n", field_notes[i].field, field_notes[i].type);
            wrong++;
        }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

int test_json_schema(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_field_has_its_type_or_null),
        cmocka_unit_test(a_recursive_type_is_a_single_definition),
        cmocka_unit_test(a_note_adds_description_values_and_deprecation),
        cmocka_unit_test(each_field_of_a_kustomization_has_a_note),
        cmocka_unit_test(each_note_has_its_field),
    };
    return cmocka_run_group_tests_name("json_schema", tests, NULL, NULL);
}
