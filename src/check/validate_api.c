// check/validate_api.c
//
// Checks Kubernetes objects against the API table.
#include <inttypes.h>

#include "check/formats.h"
#include "check/key_places.h"
#include "check/misspelled.h"
#include "check/moved_fields.h"
#include "check/stray_field.h"

enum { SUGGESTIONS_MAX = 256 };

static void validate_type(struct validation *, const struct step *, const struct api_field *, uint16_t type,
                          const struct node *, bool in_flow);

// --- Fields that are unknown in a release.

static void find_meanings(struct validation *validation, const struct step *step, uint16_t definition,
                          struct misspelled *misspelled)
{
    struct field_choice choices[SUGGESTIONS_MAX];
    struct api_field field;
    size_t count = 0;
    for (uint32_t at = 0; count < SUGGESTIONS_MAX && api_field_next(definition, &at, &field);)
        if (api_field_is_in(&field, validation->release))
            choices[count++] = (struct field_choice){field.name, api_form_holds(api_type_form(field.type))};
    misspelled_find(misspelled, validation, step, choices, count);
}

// The key of the map or, for an item, of its list.
static struct slice key_of(const struct step *step)
{
    while (step->up && !step->key)
        step = step->up;
    return step->key ? step->key->text : (struct slice){0};
}

static void report_known(struct validation *validation, struct sighting *sighting, const struct api_field *field)
{
    if (field->first > validation->release)
        sighting_hint(validation->judge, sighting, "remove it, or target Kubernetes 1.%u or later", field->first);
    else
        sighting_hint(validation->judge, sighting, "remove it: Kubernetes 1.%u removed the field", field->last + 1);
}

// `moved` says how the field is written today, if it has a hint.
static void report_unknown(struct validation *validation, const struct step *step, uint16_t definition,
                           const struct map_entry *entry, const struct moved_field *moved,
                           struct misspelled *misspelled)
{
    struct api_field other;
    struct judge *judge = validation->judge;
    struct slice meant = misspelled_meaning(misspelled, entry);
    api_field_find(definition, validation->release, entry->key->text, &other);
    bool is_known = other.last || moved->hint.length || validation->trial;
    bool is_sure = meant.length && words_are_near(meant, entry->key->text);
    struct slice becomes = moved->becomes;
    const char *place = is_known || is_sure || key_is_created(judge, entry)
                            ? NULL
                            : stray_field_place(validation, step, definition, misspelled->map, entry, &becomes);
    if (is_known || place)
        meant = (struct slice){0};
    misspelled_set(misspelled, entry, meant.length ? meant : becomes);
    struct sighting *sighting = validation_unknown(validation, step, entry, meant);
    // A hint that validation_unknown found on the line above the field takes precedence, unless another release has the
    // field.
    bool has_hint = sighting && sighting->hint.length;
    if (moved->hint.length && !has_hint)
        sighting_hint(judge, sighting, "%.*s", SLICE_ARGS(moved->hint));
    else if (other.last)
        report_known(validation, sighting, &other);
    else if (place && !has_hint)
        sighting_hint(judge, sighting, "%s", place);
    else if (!has_hint && key_is_created(judge, entry))
        sighting_hint(judge, sighting, "correct this field path: with `create`, it adds the unknown field");
    // A release newer than the table may have the field.
    if (sighting && validation->release > api_newest && !meant.length && !other.last)
        sighting->level = LEVEL_WARNING;
}

static bool is_covered(const struct map_entry *entry, const struct moved_field *moved, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; moved[i].covers[k]; k++)
            if (moved[i].covers[k] == entry)
                return true;
    return false;
}

static void report_unknown_fields(struct validation *validation, const struct step *step, uint16_t definition,
                                  const struct node *map, struct misspelled *misspelled)
{
    enum { MOVED_MAX = 8 };
    struct moved_field moved[MOVED_MAX];
    size_t count = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        struct api_field field;
        if (!api_field_find(definition, validation->release, map->entries[i].key->text, &field))
            misspelled_add(misspelled, &map->entries[i]);
    }
    if (!validation->trial)
        find_meanings(validation, step, definition, misspelled);
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        struct moved_field now = {0};
        struct api_field field;
        if (api_field_find(definition, validation->release, entry->key->text, &field) ||
            is_covered(entry, moved, count))
            continue;
        if (!validation->trial && moved_field_find(validation, key_of(step), map, entry, &now) && count < MOVED_MAX)
            moved[count++] = now;
        report_unknown(validation, step, definition, entry, &now, misspelled);
    }
}

// --- Objects.

static void find_missing(struct validation *validation, const struct step *step, uint16_t definition,
                         const struct node *map, const struct misspelled *misspelled)
{
    struct api_field field;
    for (uint32_t at = 0; api_field_next(definition, &at, &field);) {
        if (!field.required || !api_field_is_in(&field, validation->release) || misspelled_has(misspelled, field.name))
            continue;
        const struct name *name = name_intern(validation->judge->build->names, field.name);
        const struct node *value = node_map_get(map, name);
        if (node_is_null(value))
            validation_missing(validation, step, map, value, name);
    }
}

// What the fields of a map have been found to be.
struct field_counts {
    unsigned unknown, required;
};

static void finish_map(struct validation *validation, const struct step *step, uint16_t definition,
                       const struct node *map, struct field_counts counts, const struct misspelled *misspelled)
{
    if (validation->is_in_status)
        return;
    if (counts.required < api_required_count(definition, validation->release))
        find_missing(validation, step, definition, map, misspelled);
    validate_semantics(validation, step, definition, map, misspelled);
}

// Not inlined, so that the names aren't on the stack at each level of an object.
__attribute__((noinline)) static void finish_misspelled(struct validation *validation, const struct step *step,
                                                        uint16_t definition, const struct node *map,
                                                        struct field_counts counts)
{
    struct misspelled misspelled = {.map = map};
    report_unknown_fields(validation, step, definition, map, &misspelled);
    finish_map(validation, step, definition, map, counts, &misspelled);
}

static void validate_object(struct validation *validation, const struct step *step, uint16_t definition,
                            const struct node *map, bool in_flow)
{
    struct field_counts counts = {0};
    if (map->kind != NODE_MAP) {
        validation_wrong_type(validation, step, map, in_flow, "a map");
        return;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *entry = &map->entries[i];
        struct api_field field;
        if (!api_field_find(definition, validation->release, entry->key->text, &field)) {
            counts.unknown++;
            continue;
        }
        if (validation_is_null(validation, entry->value, in_flow))
            continue;
        counts.required += field.required;
        const struct step at = {step, entry->key, 0, step->depth + 1};
        bool was_in_status = validation->is_in_status;
        validation->is_in_status |= !step->up && slice_equals(field.name, "status");
        validate_type(validation, &at, &field, field.type, entry->value, in_flow);
        validation->is_in_status = was_in_status;
    }
    if (counts.unknown)
        finish_misspelled(validation, step, definition, map, counts);
    else
        finish_map(validation, step, definition, map, counts, NULL);
}

void validate_definition(struct validation *validation, const struct step *step, uint16_t definition,
                         const struct node *map, bool in_flow)
{
    validation->top = step;
    validation->top_definition = definition;
    validate_object(validation, step, definition, map, in_flow);
}

// --- Scalars.

static bool is_integral(const struct output_value *value)
{
    return value->type == SCALAR_INT || value->type == SCALAR_UINT;
}

// The limits of fields that have the same meaning in each kind. API servers check them, although no schema has them.
static void validate_range(struct validation *validation, const struct step *step, const struct node *node,
                           int64_t value)
{
    enum { PORT_MAX = 65535, MODE_MAX = 0777 };
    static const struct {
        char field[24];
        int64_t least, most;
    } ranges[] = {
        {"containerPort", 1, PORT_MAX},
        {"hostPort", 0, PORT_MAX},
        {"nodePort", 0, PORT_MAX},
        {"number", 1, PORT_MAX},
        {"port", 1, PORT_MAX},
        {"targetPort", 1, PORT_MAX},
        {"defaultMode", 0, MODE_MAX},
        {"mode", 0, MODE_MAX},
        {"replicas", 0, INT32_MAX},
        {"minReadySeconds", 0, INT32_MAX},
        {"revisionHistoryLimit", 0, INT32_MAX},
        {"backoffLimit", 0, INT32_MAX},
        {"completions", 0, INT32_MAX},
        {"parallelism", 0, INT32_MAX},
    };
    for (size_t i = 0; i < countof(ranges); i++) {
        if (!slice_equals(step->key->text, ranges[i].field) || (value >= ranges[i].least && value <= ranges[i].most))
            continue;
        struct sighting *sighting;
        if (value < ranges[i].least)
            sighting = validation_find(validation, &schema_range_rule, step, node->position,
                                       "%.*s is too small: it must be at least %" PRId64,
                                       SLICE_ARGS(validation_shown(validation, node)), ranges[i].least);
        else
            sighting = validation_find(validation, &schema_range_rule, step, node->position,
                                       "%.*s is too large: it must be at most %" PRId64,
                                       SLICE_ARGS(validation_shown(validation, node)), ranges[i].most);
        if (ranges[i].most == MODE_MAX && value > MODE_MAX)
            sighting_hint(validation->judge, sighting, "write an octal mode with a leading zero, such as 0644");
        return;
    }
}

static void validate_integer(struct validation *validation, const struct step *step, const struct node *node,
                             bool in_flow, bool is_small)
{
    struct output_value value = validation_value(validation, node, in_flow);
    if (!is_integral(&value)) {
        validation_wrong_type(validation, step, node, in_flow, "an integer");
        return;
    }
    bool fits = value.type == SCALAR_INT &&
                (!is_small || (value.value.integer >= INT32_MIN && value.value.integer <= INT32_MAX));
    if (!fits)
        validation_find(validation, &schema_range_rule, step, node->position,
                        "%.*s is out of range for a %d-bit integer", SLICE_ARGS(validation_shown(validation, node)),
                        is_small ? 32 : 64);
    else if (step->key && !validation->is_in_status)
        validate_range(validation, step, node, value.value.integer);
}

__attribute__((noinline)) static void validate_set(struct validation *validation, const struct step *step,
                                                   const struct api_field *field, const struct node *node,
                                                   struct slice text)
{
    struct slice values[SUGGESTIONS_MAX], nearest = {0};
    uint32_t count = 0;
    if (!text.length && !field->required)
        return;
    for (; count < SUGGESTIONS_MAX && api_value(field->values, count, &values[count]); count++)
        if (slice_equal(values[count], text))
            return;
    struct buffer choices = {0};
    for (uint32_t i = 0; i < count; i++) {
        buffer_add_format(&choices, "%s%.*s", i ? ", " : "", SLICE_ARGS(values[i]));
        if (slice_equal_ignoring_case(values[i], text))
            nearest = values[i];
    }
    if (!nearest.length)
        nearest = nearest_text(text, values, count);
    validation_not_in_set(validation, step, node, buffer_slice(&choices), nearest);
    buffer_free(&choices);
}

static void validate_bytes(struct validation *validation, const struct step *step, const struct node *node,
                           struct slice text)
{
    if (format_is_base64(text) || validation_is_open(node))
        return;
    struct sighting *sighting = validation_find(validation, &schema_format_rule, step, node->position,
                                                "expected base64");
    const struct step *parent = step->up;
    if (validation->is_secret && parent && parent->key == NAME(data))
        sighting_hint(
            validation->judge, sighting,
            "write `stringData:` instead of `data:` if no value is encoded, or encode every value that is plain text");
}

static void validate_text(struct validation *validation, const struct step *step, const struct api_field *field,
                          enum api_form form, const struct node *node, bool in_flow)
{
    struct output_value value = validation_value(validation, node, in_flow);
    if (value.type != SCALAR_STRING) {
        validation_wrong_type(validation, step, node, in_flow, "a string");
        return;
    }
    if (form == API_BYTES)
        validate_bytes(validation, step, node, value.text);
    else if (form == API_TIME && !format_is_date_time(value.text) && !validation_is_open(node))
        validation_find(validation, &schema_format_rule, step, node->position,
                        "expected a time such as 2026-01-31T12:00:00Z");
    else if (field->values && !validation->is_in_status)
        validate_set(validation, step, field, node, value.text);
}

static void validate_quantity(struct validation *validation, const struct step *step, const struct node *node,
                              bool in_flow)
{
    struct output_value value = validation_value(validation, node, in_flow);
    if (value.type == SCALAR_BOOL)
        validation_wrong_type(validation, step, node, in_flow, "a quantity");
    else if (value.type == SCALAR_STRING && !format_is_quantity(value.text) && !validation_is_open(node))
        sighting_hint(validation->judge,
                      validation_find(validation, &quantity_invalid_rule, step, node->position,
                                      "%.*s is not a quantity", SLICE_ARGS(validation_shown(validation, node))),
                      "write a number, alone or with m, k, M, G, T, Ki, Mi, Gi, or Ti");
}

static void validate_scalar(struct validation *validation, const struct step *step, const struct api_field *field,
                            enum api_form form, const struct node *node, bool in_flow)
{
    static const char *const expected[] = {
        [API_STRING] = "a string",   [API_BYTES] = "a string",      [API_TIME] = "a string",
        [API_INT32] = "an integer",  [API_INT64] = "an integer",    [API_NUMBER] = "a number",
        [API_BOOLEAN] = "a boolean", [API_QUANTITY] = "a quantity", [API_INT_OR_STRING] = "an integer or a string",
    };
    struct output_value value;
    if (node->kind != NODE_SCALAR) {
        validation_wrong_type(validation, step, node, in_flow, expected[form]);
        return;
    }
    switch (form) {
    case API_STRING:
    case API_BYTES:
    case API_TIME:
        validate_text(validation, step, field, form, node, in_flow);
        break;
    case API_INT32:
    case API_INT64:
        validate_integer(validation, step, node, in_flow, form == API_INT32);
        break;
    case API_QUANTITY:
        validate_quantity(validation, step, node, in_flow);
        break;
    case API_INT_OR_STRING:
        value = validation_value(validation, node, in_flow);
        if (is_integral(&value))
            validate_integer(validation, step, node, in_flow, true);
        else if (value.type != SCALAR_STRING)
            validation_wrong_type(validation, step, node, in_flow, expected[form]);
        break;
    default:
        value = validation_value(validation, node, in_flow);
        bool is_number = is_integral(&value) || value.type == SCALAR_FLOAT;
        if (form == API_NUMBER ? !is_number : value.type != SCALAR_BOOL)
            validation_wrong_type(validation, step, node, in_flow, expected[form]);
    }
}

// --- All nodes.

static void validate_items(struct validation *validation, const struct step *step, const struct api_field *field,
                           uint16_t type, const struct node *list, bool in_flow)
{
    if (list->kind != NODE_SEQUENCE) {
        validation_wrong_type(validation, step, list, in_flow,
                              api_type_form(type) == API_STRING ? "a list of strings" : "a list");
        return;
    }
    bool is_of_objects = api_type_form(type) == API_OBJECT;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct step at = {step, NULL, i, step->depth + 1};
        struct sighting *sighting;
        // JSON may be null, such as a value of `enum` in a CustomResourceDefinition.
        if (api_type_form(type) == API_ANY || !validation_is_null(validation, list->items[i], in_flow)) {
            validate_type(validation, &at, field, type, list->items[i], in_flow);
            continue;
        }
        sighting = validation_find(validation, &schema_null_rule, &at, list->items[i]->position,
                                   "an item of the list is null");
        // API servers turn it into an empty string.
        if (sighting && !is_of_objects)
            sighting->level = LEVEL_NOTE;
    }
}

static void validate_values(struct validation *validation, const struct step *step, const struct api_field *field,
                            uint16_t type, const struct node *map, bool in_flow)
{
    if (map->kind != NODE_MAP) {
        validation_wrong_type(validation, step, map, in_flow, "a map");
        return;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        const struct step at = {step, map->entries[i].key, 0, step->depth + 1};
        if (!validation_is_null(validation, map->entries[i].value, in_flow))
            validate_type(validation, &at, field, type, map->entries[i].value, in_flow);
    }
}

static void validate_type(struct validation *validation, const struct step *step, const struct api_field *field,
                          uint16_t type, const struct node *node, bool in_flow)
{
    enum api_form form = api_type_form(type);
    if (form == API_ANY || !validation_continues(validation, step, node))
        return;
    in_flow |= node->kind != NODE_SCALAR && node->style == STYLE_FLOW;
    switch (form) {
    case API_LIST:
        validate_items(validation, step, field, api_type_items(type), node, in_flow);
        break;
    case API_MAP:
        validate_values(validation, step, field, api_type_items(type), node, in_flow);
        break;
    case API_OBJECT:
        validate_object(validation, step, api_type_definition(type), node, in_flow);
        break;
    default:
        validate_scalar(validation, step, field, form, node, in_flow);
    }
}
