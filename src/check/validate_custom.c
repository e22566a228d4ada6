// check/validate_custom.c
//
// Checks objects against schemas of custom resources and JSON Schema files.
#include <math.h>

#include "base/utf8.h"
#include "base/word_list.h"
#include "check/custom_type.h"
#include "check/formats.h"
#include "check/misspelled.h"

// The maximum nesting of schemas, because alternatives may refer to each other endlessly
enum { REFERENCES_MAX = 100, NESTING_MAX = 500 };

// `values_only`: a part below allOf, anyOf, oneOf, or not, which doesn't define fields of a structural schema.
static void validate(struct validation *, const struct step *, const struct custom_type *, const struct node *,
                     bool in_flow, bool values_only);

static const struct custom_type *type_of(struct validation *validation, const struct node *schema)
{
    return custom_type_of(validation->types, schema);
}

// --- Equality as JSON.

static bool is_number(enum scalar_type type)
{
    return type == SCALAR_INT || type == SCALAR_UINT || type == SCALAR_FLOAT;
}

static double number_of(const struct output_value *value)
{
    return value->type == SCALAR_INT    ? (double)value->value.integer
           : value->type == SCALAR_UINT ? (double)value->value.unsigned_integer
                                        : value->value.number;
}

static bool is_equal(struct validation *validation, const struct node *node, const struct node *other, bool in_flow)
{
    if (validation_is_open(node))
        return true;
    // Lists and maps are rare in schemas, so assume that they are equal.
    if (node->kind != NODE_SCALAR || other->kind != NODE_SCALAR)
        return node->kind == other->kind;
    struct output_value b = validation_value(validation, other, false);
    struct slice copy = arena_copy(validation->types->arena, b.text);
    struct output_value a = validation_value(validation, node, in_flow);
    if (is_number(a.type) && is_number(b.type))
        return number_of(&a) == number_of(&b);
    if (a.type != b.type)
        return false;
    if (a.type == SCALAR_BOOL)
        return a.value.boolean == b.value.boolean;
    return a.type == SCALAR_NULL || slice_equal(a.text, copy);
}

static void validate_set(struct validation *validation, const struct step *step, const struct node *values,
                         const struct node *node, bool in_flow)
{
    struct buffer choices = {0};
    struct slice nearest = {0};
    size_t count = 0;
    for (uint32_t i = 0; i < values->count; i++)
        if (is_equal(validation, node, values->items[i], in_flow))
            return;
    struct slice *texts = arena_array(validation->types->arena, struct slice, values->count + 1);
    for (uint32_t i = 0; i < values->count; i++) {
        struct slice text = node_is_scalar(values->items[i]) ? node_text(values->items[i]) : slice_literal("…");
        buffer_add_format(&choices, "%s%.*s", i ? ", " : "", SLICE_ARGS(text));
        texts[count++] = text;
        if (node->kind == NODE_SCALAR && slice_equal_ignoring_case(text, node_text(node)))
            nearest = text;
    }
    if (!nearest.length && node->kind == NODE_SCALAR)
        nearest = nearest_text(node_text(node), texts, count);
    // The same text as another type.
    if (node->kind == NODE_SCALAR && slice_equal(nearest, node_text(node)))
        nearest = (struct slice){0};
    if (node->kind == NODE_SCALAR)
        validation_not_in_set(validation, step, node, buffer_slice(&choices), nearest);
    buffer_free(&choices);
}

// --- Types.

static unsigned type_bits(struct validation *validation, const struct node *node, bool in_flow)
{
    if (node->kind != NODE_SCALAR)
        return node->kind == NODE_MAP ? TYPE_OBJECT : TYPE_ARRAY;
    struct output_value value = validation_value(validation, node, in_flow);
    switch (value.type) {
    case SCALAR_NULL:
        return TYPE_NULL;
    case SCALAR_BOOL:
        return TYPE_BOOLEAN;
    case SCALAR_INT:
    case SCALAR_UINT:
        return TYPE_INTEGER;
    case SCALAR_FLOAT:
        return floor(value.value.number) == value.value.number ? TYPE_NUMBER | TYPE_INTEGER : TYPE_NUMBER;
    default:
        return TYPE_STRING;
    }
}

static const char *expected_text(unsigned types)
{
    static const struct {
        unsigned types;
        const char *text;
    } texts[] = {
        {TYPE_STRING, "a string"},
        {TYPE_INTEGER, "an integer"},
        {TYPE_NUMBER | TYPE_INTEGER, "a number"},
        {TYPE_BOOLEAN, "a boolean"},
        {TYPE_OBJECT, "a map"},
        {TYPE_ARRAY, "a list"},
        {TYPE_STRING | TYPE_INTEGER, "an integer or a string"},
        {TYPE_STRING | TYPE_NUMBER | TYPE_INTEGER, "a number or a string"},
    };
    for (size_t i = 0; i < countof(texts); i++)
        if ((types & ~(unsigned)TYPE_NULL) == texts[i].types)
            return texts[i].text;
    return "another type";
}

static bool is_int_or_string(const struct custom_type *type)
{
    return type->int_or_string || slice_equals(type->format, "int-or-string");
}

static bool validate_type(struct validation *validation, const struct step *step, const struct custom_type *type,
                          const struct node *node, bool in_flow)
{
    unsigned types = is_int_or_string(type) ? TYPE_STRING | TYPE_INTEGER : type->types;
    if (!types || types & type_bits(validation, node, in_flow) || validation_is_open(node))
        return true;
    validation_wrong_type(validation, step, node, in_flow, expected_text(types));
    return false;
}

// --- Scalars.

static void validate_text(struct validation *validation, const struct step *step, const struct custom_type *type,
                          const struct node *node, struct slice text)
{
    struct slice shown = validation->trial ? (struct slice){0} : validation_shown(validation, node);
    const char *expected = NULL;
    if (validation_is_open(node))
        return;
    if (type->min_length.is_set || type->max_length.is_set) {
        size_t count = text_width(text);
        if (type->min_length.is_set && count < type->min_length.value)
            validation_find(validation, &schema_range_rule, step, node->position,
                            "%.*s has %zu character%s, but at least %zu are required", SLICE_ARGS(shown), count,
                            count == 1 ? "" : "s", (size_t)type->min_length.value);
        if (type->max_length.is_set && count > type->max_length.value)
            validation_find(validation, &schema_range_rule, step, node->position,
                            "%.*s has %zu characters, but at most %zu are allowed", SLICE_ARGS(shown), count,
                            (size_t)type->max_length.value);
    }
    if (type->pattern) {
        bool gave_up;
        bool matches = pattern_matches_unless_hard(type->pattern, text, &gave_up);
        if (gave_up)
            validation_find(validation, &schema_not_checked_rule, step, node->position,
                            "not checked: matching the pattern '%.*s' takes too long", SLICE_ARGS(type->pattern_text));
        else if (!matches)
            validation_find(validation, &schema_pattern_rule, step, node->position,
                            "%.*s does not match the pattern '%.*s'", SLICE_ARGS(shown),
                            SLICE_ARGS(type->pattern_text));
    }
    if (type->format.length && !format_fits(type->format, text, &expected))
        validation_find(validation, &schema_format_rule, step, node->position, "%.*s is not %s", SLICE_ARGS(shown),
                        expected);
}

static void validate_number(struct validation *validation, const struct step *step, const struct custom_type *type,
                            const struct node *node, const struct output_value *value)
{
    double number = number_of(value);
    struct slice shown = validation->trial ? (struct slice){0} : validation_shown(validation, node);
    const struct custom_bound *low = &type->minimum, *high = &type->maximum;
    bool is_small = slice_equals(type->format, "int32");
    if ((is_small && (number < INT32_MIN || number > INT32_MAX)) ||
        (value->type == SCALAR_UINT && slice_equals(type->format, "int64")))
        validation_find(validation, &schema_range_rule, step, node->position,
                        "%.*s is out of range for a %d-bit integer", SLICE_ARGS(shown), is_small ? 32 : 64);
    if (low->is_set && (low->is_exclusive ? number <= low->value : number < low->value))
        validation_find(validation, &schema_range_rule, step, node->position, "%.*s is too small: it must be %s %g",
                        SLICE_ARGS(shown), low->is_exclusive ? "above" : "at least", low->value);
    if (high->is_set && (high->is_exclusive ? number >= high->value : number > high->value))
        validation_find(validation, &schema_range_rule, step, node->position, "%.*s is too large: it must be %s %g",
                        SLICE_ARGS(shown), high->is_exclusive ? "below" : "at most", high->value);
    if (type->multiple_of > 0) {
        double quotient = number / type->multiple_of;
        if (fabs(quotient - round(quotient)) > 1e-9 * fabs(quotient))
            validation_find(validation, &schema_range_rule, step, node->position, "%.*s is not a multiple of %g",
                            SLICE_ARGS(shown), type->multiple_of);
    }
}

static void validate_scalar(struct validation *validation, const struct step *step, const struct custom_type *type,
                            const struct node *node, bool in_flow)
{
    struct output_value value = validation_value(validation, node, in_flow);
    if (is_number(value.type))
        validate_number(validation, step, type, node, &value);
    else if (value.type == SCALAR_STRING)
        validate_text(validation, step, type, node, value.text);
}

// --- Lists.

static const struct node *key_value(struct validation *validation, const struct custom_type *items,
                                    const struct node *item, const struct node *key)
{
    const struct name *name = name_intern(validation->judge->build->names, node_text(key));
    const struct node *value = node_map_get(item, name);
    return value ? value : node_map_get(node_map_get(items->properties, name), NAME(default_));
}

// The identity of an item in a set, or in a list with keys.
static uint64_t item_hash(struct validation *validation, const struct custom_type *type, const struct node *item)
{
    uint64_t hash = 1;
    if (type->list_type != LIST_BY_KEYS)
        return hash_combine(slice_hash(node_text(item)), item->tag == TAG_IMPLICIT);
    const struct custom_type *items = type_of(validation, type->items);
    for (uint32_t i = 0; i < type->list_keys->count; i++) {
        const struct node *value = key_value(validation, items, item, type->list_keys->items[i]);
        hash = hash_combine(hash, node_is_scalar(value) ? slice_hash(node_text(value)) : 0);
    }
    return hash;
}

static bool is_same_item(struct validation *validation, const struct custom_type *type, const struct node *a,
                         const struct node *b, bool in_flow)
{
    if (type->list_type != LIST_BY_KEYS)
        return is_equal(validation, a, b, in_flow);
    const struct custom_type *items = type_of(validation, type->items);
    for (uint32_t i = 0; i < type->list_keys->count; i++) {
        const struct node *left = key_value(validation, items, a, type->list_keys->items[i]);
        const struct node *right = key_value(validation, items, b, type->list_keys->items[i]);
        if (!left != !right || (left && (!node_is_scalar(left) || !node_is_scalar(right) ||
                                         !slice_equal(node_text(left), node_text(right)))))
            return false;
    }
    return true;
}

static void report_duplicate(struct validation *validation, const struct step *step, const struct custom_type *type,
                             const struct node *item, const struct node *first)
{
    struct sighting *sighting;
    if (type->list_type != LIST_BY_KEYS) {
        sighting = validation_find(validation, &schema_duplicate_item_rule, step, item->position, "duplicate item %.*s",
                                   SLICE_ARGS(validation_shown(validation, item)));
        sighting_hint_place(validation->judge, sighting, "see the first one", first->position);
        return;
    }
    struct buffer keys = {0};
    for (uint32_t i = 0; i < type->list_keys->count; i++)
        buffer_add_format(&keys, "%s'%.*s'", i ? ", " : "", SLICE_ARGS(node_text(type->list_keys->items[i])));
    sighting = validation_find(validation, &schema_duplicate_item_rule, step, item->position,
                               "duplicate item: another one has the same %.*s", SLICE_ARGS(buffer_slice(&keys)));
    sighting_hint_place(validation->judge, sighting, "see the first one", first->position);
    buffer_free(&keys);
}

static bool has_only_scalars(const struct node *list)
{
    for (uint32_t i = 0; list && i < list->count; i++)
        if (list->items[i]->kind != NODE_SCALAR)
            return false;
    return list != NULL;
}

static void find_duplicates(struct validation *validation, const struct step *step, const struct custom_type *type,
                            const struct node *list, bool in_flow)
{
    bool by_keys = type->list_type == LIST_BY_KEYS && has_only_scalars(type->list_keys) && type->list_keys->count;
    if ((!by_keys && type->list_type != LIST_SET && !type->unique_items) || list->count < 2)
        return;
    struct arena scratch = {0};
    struct hash_index seen = {0};
    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        const struct step at = {step, NULL, i, step->depth + 1};
        if (by_keys ? item->kind != NODE_MAP : item->kind != NODE_SCALAR)
            continue;
        uint64_t hash = item_hash(validation, type, item);
        uint32_t number;
        bool is_new = true;
        for (struct hash_cursor cursor = hash_index_find(&seen, hash); is_new && hash_cursor_next(&cursor, &number);)
            is_new = !is_same_item(validation, type, item, list->items[number], in_flow);
        if (is_new)
            hash_index_add(&scratch, &seen, hash, i);
        else
            report_duplicate(validation, &at, type, item, list->items[number]);
    }
    arena_free(&scratch);
}

static void validate_count(struct validation *validation, const struct step *step, const struct node *node,
                           const char *what, struct custom_count least, struct custom_count most)
{
    if (least.is_set && node->count < least.value)
        validation_find(validation, &schema_range_rule, step, node->position, "%u %s%s, but at least %zu are required",
                        node->count, what, node->count == 1 ? "" : "s", (size_t)least.value);
    if (most.is_set && node->count > most.value)
        validation_find(validation, &schema_range_rule, step, node->position, "%u %s%s, but at most %zu are allowed",
                        node->count, what, node->count == 1 ? "" : "s", (size_t)most.value);
}

static bool takes_null(const struct custom_type *type)
{
    return type->nullable || type->types & TYPE_NULL || (!type->types && !type->properties && !type->int_or_string);
}

static void validate_list(struct validation *validation, const struct step *step, const struct custom_type *type,
                          const struct node *list, bool in_flow, bool values_only)
{
    validate_count(validation, step, list, "item", type->min_items, type->max_items);
    find_duplicates(validation, step, type, list, in_flow);
    if (!type->items)
        return;
    const struct custom_type *items = type_of(validation, type->items);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct step at = {step, NULL, i, step->depth + 1};
        if (!validation_is_null(validation, list->items[i], in_flow))
            validate(validation, &at, items, list->items[i], in_flow, values_only);
        else if (!takes_null(items))
            validation_find(validation, &schema_null_rule, &at, list->items[i]->position,
                            "an item of the list is null");
    }
}

// --- Maps.

static bool is_resource(const struct step *step, const struct custom_type *type, bool values_only)
{
    return (!step->up || type->embedded) && !values_only;
}

static bool is_false(const struct node *schema)
{
    return node_is_scalar(schema) && slice_equals(node_text(schema), "false");
}

static bool allows_unknown(const struct custom_type *type, bool values_only)
{
    if (values_only || type->pattern_properties)
        return true;
    if (!type->is_structural)
        return !is_false(type->additional);
    bool is_object = type->types & TYPE_OBJECT || type->properties;
    return type->preserves || !is_object || (type->additional && !is_false(type->additional));
}

// True for a field that the type neither names nor allows, and that isn't one that all resources have.
static bool is_unknown(const struct step *step, const struct custom_type *type, const struct map_entry *entry,
                       bool values_only)
{
    bool is_common = is_resource(step, type, values_only) &&
                     (entry->key == NAME(metadata) || entry->key == NAME(kind) || entry->key == NAME(apiVersion));
    return !node_is_map(type->additional) && !allows_unknown(type, values_only) && !is_common &&
           !node_map_get(type->properties, entry->key);
}

static void validate_entry(struct validation *validation, const struct step *step, const struct custom_type *type,
                           const struct map_entry *entry, bool in_flow, bool values_only)
{
    const struct step at = {step, entry->key, 0, step->depth + 1};
    bool of_resource = is_resource(step, type, values_only);
    const struct node *property = node_map_get(type->properties, entry->key);
    if (of_resource && entry->key == NAME(metadata)) {
        if (!node_is_null(entry->value))
            validate_definition(validation, &at, api_definition(API_OBJECT_META), entry->value, in_flow);
        return;
    }
    if (of_resource && !property && (entry->key == NAME(apiVersion) || entry->key == NAME(kind)))
        return;
    if (!property) {
        if (node_is_map(type->additional) && !validation_is_null(validation, entry->value, in_flow))
            validate(validation, &at, type_of(validation, type->additional), entry->value, in_flow, values_only);
        return;
    }
    if (validation->ignores_status && !step->up && slice_equals(entry->key->text, "status"))
        return;
    // API servers drop the field.
    if (validation_is_null(validation, entry->value, in_flow))
        return;
    bool was_in_status = validation->is_in_status;
    validation->is_in_status |= !step->up && slice_equals(entry->key->text, "status");
    validate(validation, &at, type_of(validation, property), entry->value, in_flow, values_only);
    validation->is_in_status = was_in_status;
}

static void validate_required(struct validation *validation, const struct step *step, const struct custom_type *type,
                              const struct node *map, const struct misspelled *misspelled)
{
    for (uint32_t i = 0; type->required && i < type->required->count; i++) {
        if (!node_is_scalar(type->required->items[i]))
            continue;
        const struct name *name = name_intern(validation->judge->build->names, node_text(type->required->items[i]));
        const struct node *value = node_map_get(map, name), *property = node_map_get(type->properties, name);
        // API servers fill in defaults before they validate.
        if ((type->is_structural && property && node_map_get(property, NAME(default_))) ||
            misspelled_has(misspelled, name->text))
            continue;
        if (!value || (node_is_null(value) && property && !takes_null(type_of(validation, property))))
            validation_missing(validation, step, map, value, name);
    }
}

static unsigned holds_of(const struct custom_type *type)
{
    unsigned types = type->types & ~(unsigned)TYPE_NULL, holds = 0;
    if (!types || type->int_or_string)
        return types ? HOLDS_SCALAR : HOLDS_ANY;
    holds |= types & TYPE_OBJECT ? HOLDS_MAP : 0;
    holds |= types & TYPE_ARRAY ? HOLDS_LIST : 0;
    return holds | (types & ~(unsigned)(TYPE_OBJECT | TYPE_ARRAY) ? HOLDS_SCALAR : 0);
}

static void find_meanings(struct validation *validation, const struct step *step, const struct custom_type *type,
                          struct misspelled *misspelled)
{
    enum { NAMES_MAX = 256 };
    struct field_choice choices[NAMES_MAX];
    size_t count = 0;
    for (uint32_t i = 0; type->properties && count < NAMES_MAX && i < type->properties->count; i++) {
        const struct map_entry *property = &type->properties->entries[i];
        choices[count++] = (struct field_choice){property->key->text, holds_of(type_of(validation, property->value))};
    }
    misspelled_find(misspelled, validation, step, choices, count);
}

// Not inlined, so that the names aren't on the stack at each level of an object.
__attribute__((noinline)) static void validate_names(struct validation *validation, const struct step *step,
                                                     const struct custom_type *type, const struct node *map,
                                                     bool values_only)
{
    struct misspelled misspelled = {.map = map};
    for (uint32_t i = 0; i < map->count; i++)
        if (is_unknown(step, type, &map->entries[i], values_only))
            misspelled_add(&misspelled, &map->entries[i]);
    if (misspelled.count && !validation->trial)
        find_meanings(validation, step, type, &misspelled);
    for (uint32_t i = 0; misspelled.count && i < map->count; i++)
        if (is_unknown(step, type, &map->entries[i], values_only))
            validation_unknown(validation, step, &map->entries[i], misspelled_meaning(&misspelled, &map->entries[i]));
    if (!validation->is_in_status)
        validate_required(validation, step, type, map, &misspelled);
}

static void validate_map(struct validation *validation, const struct step *step, const struct custom_type *type,
                         const struct node *map, bool in_flow, bool values_only)
{
    validate_count(validation, step, map, "field", type->min_properties, type->max_properties);
    validate_names(validation, step, type, map, values_only);
    bool names_nothing = !type->properties && !type->additional && allows_unknown(type, values_only);
    if (names_nothing && !is_resource(step, type, values_only))
        return;
    for (uint32_t i = 0; i < map->count; i++)
        validate_entry(validation, step, type, &map->entries[i], in_flow, values_only);
}

// --- Alternatives.

static struct trial try_schema(struct validation *validation, const struct step *step, const struct node *schema,
                               const struct node *node, bool in_flow, bool values_only)
{
    struct trial trial = {0}, *outer = validation->trial;
    validation->trial = &trial;
    validate(validation, step, type_of(validation, schema), node, in_flow, values_only);
    validation->trial = outer;
    return trial;
}

// Describes alternatives that only require fields: "'a' or 'b'"; empty: they do more.
static struct slice required_choices(struct validation *validation, const struct node *schemas)
{
    struct arena *arena = validation->types->arena;
    struct slice *texts = arena_array(arena, struct slice, schemas->count);
    for (uint32_t i = 0; i < schemas->count; i++) {
        const struct node *schema = schemas->items[i], *names = judge_field(schema, "required");
        bool is_plain = node_is_map(schema) && schema->count == 1 && node_is_sequence(names) && names->count == 1 &&
                        node_is_scalar(names->items[0]);
        if (!is_plain)
            return (struct slice){0};
        texts[i] = node_text(names->items[0]);
    }
    return word_list_quoted(arena, texts, schemas->count, schemas->count, "or");
}

// Reports the mistakes of the alternative that matched farthest.
static void report_closest(struct validation *validation, const struct step *step, const struct node *schemas,
                           const struct node *node, bool in_flow, bool values_only, uint32_t closest)
{
    struct slice choices = validation->trial ? (struct slice){0} : required_choices(validation, schemas);
    if (choices.length)
        validation_find(validation, &schema_required_rule, step, node->position, "missing required field %.*s",
                        SLICE_ARGS(choices));
    else
        validate(validation, step, type_of(validation, schemas->items[closest]), node, in_flow, values_only);
}

static void validate_alternatives(struct validation *validation, const struct step *step, const struct node *schemas,
                                  const struct node *node, bool in_flow, bool values_only, bool only_one)
{
    struct trial best = {SIZE_MAX, 0};
    uint32_t closest = 0;
    size_t fitting = 0;
    for (uint32_t i = 0; i < schemas->count; i++) {
        struct trial trial = try_schema(validation, step, schemas->items[i], node, in_flow, values_only);
        fitting += !trial.errors;
        if (!trial.errors && !only_one)
            return;
        if (trial.farthest > best.farthest || (trial.farthest == best.farthest && trial.errors < best.errors)) {
            best = trial;
            closest = i;
        }
    }
    struct slice choices = fitting > 1 && !validation->trial ? required_choices(validation, schemas)
                                                             : (struct slice){0};
    if (choices.length)
        validation_find(validation, &schema_one_of_rule, step, node->position, "only one of %.*s is allowed",
                        SLICE_ARGS(choices));
    else if (fitting > 1)
        validation_find(validation, &schema_one_of_rule, step, node->position,
                        "the value matches %zu of the alternatives in its schema, but only one is allowed", fitting);
    else if (!fitting && schemas->count)
        report_closest(validation, step, schemas, node, in_flow, values_only, closest);
}

static void validate_parts(struct validation *validation, const struct step *step, const struct custom_type *type,
                           const struct node *node, bool in_flow, bool values_only)
{
    bool parts_only = values_only || type->is_structural;
    for (uint32_t i = 0; type->all_of && i < type->all_of->count; i++)
        validate(validation, step, type_of(validation, type->all_of->items[i]), node, in_flow, parts_only);
    if (type->any_of)
        validate_alternatives(validation, step, type->any_of, node, in_flow, parts_only, false);
    if (type->one_of)
        validate_alternatives(validation, step, type->one_of, node, in_flow, parts_only, true);
    if (type->not_of && !try_schema(validation, step, type->not_of, node, in_flow, parts_only).errors)
        validation_find(validation, &schema_one_of_rule, step, node->position, "the schema excludes this value");
}

static void validate_value(struct validation *validation, const struct step *step, const struct custom_type *type,
                           const struct node *node, bool in_flow, bool values_only)
{
    if (type->never) {
        validation_find(validation, &schema_one_of_rule, step, node->position, "no value is allowed here");
        return;
    }
    if (!validate_type(validation, step, type, node, in_flow))
        return;
    if (type->values)
        validate_set(validation, step, type->values, node, in_flow);
    if (type->constant && !is_equal(validation, node, type->constant, in_flow))
        validation_find(validation, &schema_enum_rule, step, node->position, "expected '%.*s'",
                        SLICE_ARGS(node_is_scalar(type->constant) ? node_text(type->constant) : slice_literal("…")));
    bool inner_flow = in_flow || (node->kind != NODE_SCALAR && node->style == STYLE_FLOW);
    if (node->kind == NODE_SCALAR)
        validate_scalar(validation, step, type, node, in_flow);
    else if (node->kind == NODE_SEQUENCE)
        validate_list(validation, step, type, node, inner_flow, values_only);
    else
        validate_map(validation, step, type, node, inner_flow, values_only);
    validate_parts(validation, step, type, node, in_flow, values_only);
}

static void validate(struct validation *validation, const struct step *step, const struct custom_type *type,
                     const struct node *node, bool in_flow, bool values_only)
{
    if (validation->nesting >= NESTING_MAX)
        validation_give_up(validation, step, node);
    if (!validation_continues(validation, step, node))
        return;
    for (int hops = 0; type && type->reference; hops++)
        type = hops < REFERENCES_MAX ? custom_type_follow(validation->types, type) : NULL;
    validation->nesting++;
    if (type)
        validate_value(validation, step, type, node, in_flow, values_only);
    validation->nesting--;
}

void validate_custom(struct validation *validation, const struct step *step, const struct custom_type *type,
                     const struct node *node, bool in_flow)
{
    validate(validation, step, type, node, in_flow, false);
}
