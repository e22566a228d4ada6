// check/validate_api.c
//
// Checks Kubernetes objects against the API table.
#include <inttypes.h>

#include "base/word_list.h"
#include "check/formats.h"
#include "check/misspelled.h"
#include "check/moved_fields.h"

enum { SUGGESTIONS_MAX = 256 };

static void validate_type(struct validation *, const struct step *, const struct api_field *, uint16_t type,
                          const struct node *, bool in_flow);

// --- Fields that are unknown in a release.

static unsigned holds_of(enum api_form form)
{
    switch (form) {
    case API_ANY:
        return HOLDS_ANY;
    case API_LIST:
        return HOLDS_LIST;
    case API_MAP:
    case API_OBJECT:
        return HOLDS_MAP;
    default:
        return HOLDS_SCALAR;
    }
}

static void find_meanings(struct validation *validation, const struct step *step, uint16_t definition,
                          struct misspelled *misspelled)
{
    struct field_choice choices[SUGGESTIONS_MAX];
    struct api_field field;
    size_t count = 0;
    for (uint32_t at = 0; count < SUGGESTIONS_MAX && api_field_next(definition, &at, &field);)
        if (api_field_is_in(&field, validation->release))
            choices[count++] = (struct field_choice){field.name, holds_of(api_type_form(field.type))};
    misspelled_find(misspelled, validation, step, choices, count);
}

// The type of what the steps lead to; 0: unknown, or the outermost map.
static uint16_t type_at(const struct validation *validation, const struct step *step)
{
    if (step == validation->top || !step->up)
        return 0;
    uint16_t outer = type_at(validation, step->up);
    bool is_in_top = step->up == validation->top;
    enum api_form form = api_type_form(outer);
    if (!is_in_top && form != API_OBJECT)
        return (form == API_LIST && !step->key) || (form == API_MAP && step->key) ? api_type_items(outer) : 0;
    uint16_t definition = is_in_top ? validation->top_definition : api_type_definition(outer);
    struct api_field field;
    return step->key && api_field_find(definition, validation->release, step->key->text, &field) ? field.type : 0;
}

static bool definition_at(const struct validation *validation, const struct step *step, uint16_t *definition)
{
    uint16_t type = step == validation->top ? 0 : type_at(validation, step);
    if (step != validation->top && api_type_form(type) != API_OBJECT)
        return false;
    *definition = step == validation->top ? validation->top_definition : api_type_definition(type);
    return true;
}

static bool can_have(uint16_t definition, unsigned release, const struct map_entry *entry)
{
    struct api_field field;
    return api_field_find(definition, release, entry->key->text, &field) &&
           field_can_hold(holds_of(api_type_form(field.type)), entry->value);
}

// A field beside the unknown one that is an object with such a field: `spec` for `containers` in `template`.
static struct slice field_around(uint16_t definition, unsigned release, const struct map_entry *entry)
{
    struct api_field field;
    for (uint32_t at = 0; api_field_next(definition, &at, &field);)
        if (api_field_is_in(&field, release) && api_type_form(field.type) == API_OBJECT &&
            can_have(api_type_definition(field.type), release, entry))
            return field.name;
    return (struct slice){0};
}

// The items of a list beside the unknown field, such as `containers`, that may have the field but don't.
struct items_around {
    struct slice list;  // empty: there is no such list
    struct slice names[HINT_NAMES_MAX];
    size_t count;      // of `names`
    bool is_complete;  // all of them have a name, and it is in `names`
    bool others_have;  // other items have the field
};

// True if the item already has what the field is an alternative to, such as `value` for `valueFrom`.
static bool has_alternative(struct slice list, const struct node *item)
{
    static const char *const lists[] = {"env", "envFrom", "volumes", NULL}, *const common[] = {"name", "prefix", NULL};
    for (uint32_t i = 0; slice_is_one_of(list, lists) && i < item->count; i++)
        if (!slice_is_one_of(item->entries[i].key->text, common))
            return true;
    return false;
}

static void take_items(struct items_around *items, const struct node *list, const struct name *field)
{
    items->is_complete = true;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i], *name = node_map_get(item, NAME(name));
        if (!node_is_map(item))
            continue;
        if (node_map_find(item, field))
            items->others_have = true;
        else if (has_alternative(items->list, item))
            continue;
        else if (node_is_scalar(name) && items->count < HINT_NAMES_MAX)
            items->names[items->count++] = node_text(name);
        else
            items->is_complete = false;
    }
}

static struct items_around items_around(const struct validation *validation, uint16_t definition,
                                        const struct node *map, const struct map_entry *entry)
{
    // A stray container field usually belongs to an item of `containers`, not of `initContainers`.
    bool has_containers = node_map_find(map, NAME(containers)) != NULL;
    struct api_field field;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct node *list = map->entries[i].value;
        struct items_around items = {.list = map->entries[i].key->text};
        if ((has_containers && map->entries[i].key == NAME(initContainers)) || !node_is_sequence(list) ||
            !api_field_find(definition, validation->release, items.list, &field) ||
            api_type_form(field.type) != API_LIST || api_type_form(api_type_items(field.type)) != API_OBJECT ||
            !can_have(api_type_definition(api_type_items(field.type)), validation->release, entry))
            continue;
        take_items(&items, list, entry->key);
        if (items.count || !items.is_complete)
            return items;
    }
    return (struct items_around){0};
}

static const char *hint_items(struct arena *arena, const struct items_around *items)
{
    if (!items->is_complete)
        return arena_format(arena, "move it to an item of `%.*s`%s", SLICE_ARGS(items->list),
                            items->others_have ? " that lacks it" : "")
            .data;
    struct slice names = word_list_quoted(arena, items->names, items->count, HINT_NAMES_MAX, "or");
    return arena_format(arena, "move it to the item %.*s of `%.*s`", SLICE_ARGS(names), SLICE_ARGS(items->list)).data;
}

// Like field_around, but further inside, along the paths to a workload's Pods: `template.spec` for `containers` in
// `spec`.
static const char *place_inside(uint16_t definition, unsigned release, const struct map_entry *entry)
{
    static const char paths[][32] = {"template.spec", "template.metadata", "jobTemplate.spec",
                                     "jobTemplate.spec.template.spec"};
    for (size_t i = 0; i < countof(paths); i++) {
        struct slice key, rest = slice_from(paths[i]);
        uint16_t inner = definition;
        bool exists = true;
        while (exists && rest.length) {
            struct api_field field;
            slice_cut(rest, '.', &key, &rest);
            exists = api_field_find(inner, release, key, &field) && api_type_form(field.type) == API_OBJECT;
            inner = exists ? api_type_definition(field.type) : 0;
        }
        if (exists && can_have(inner, release, entry))
            return paths[i];
    }
    return NULL;
}

static bool has_field(const struct validation *validation, const struct step *step, struct slice field)
{
    const struct node *map = validation_node(validation, step);
    return node_is_map(map) && node_map_find_text(map, field);
}

// The nearest enclosing map that can have the field. NULL: there is none, or it has another value for it.
static const struct step *place_outside(const struct validation *validation, const struct step *step,
                                        const struct map_entry *entry)
{
    uint16_t definition;
    while (step != validation->top && step->up) {
        step = step->up;
        if (definition_at(validation, step, &definition) && can_have(definition, validation->release, entry))
            return entry->value->kind != NODE_SCALAR || !has_field(validation, step, entry->key->text) ? step : NULL;
    }
    return NULL;
}

// Says where a correctly named field belongs. `becomes` gets the field of the map that will contain it, if any. NULL:
// there is no such place nearby.
static const char *right_place(struct validation *validation, const struct step *step, uint16_t definition,
                               const struct node *map, const struct map_entry *entry, struct slice *becomes)
{
    struct arena *arena = &validation->judge->arena;
    struct items_around items = items_around(validation, definition, map, entry);
    *becomes = items.list;
    if (items.list.length)
        return hint_items(arena, &items);
    struct slice around = field_around(definition, validation->release, entry);
    *becomes = around;
    if (around.length)
        return arena_format(arena, "indent it further to make it a field of `%.*s`", SLICE_ARGS(around)).data;
    const char *inside = place_inside(definition, validation->release, entry);
    if (inside) {
        struct slice rest;
        slice_cut(slice_from(inside), '.', becomes, &rest);
        return arena_format(arena, "move it to `%s`", inside).data;
    }
    const struct step *outside = place_outside(validation, step, entry);
    if (!outside)
        return NULL;
    struct slice path = validation_path(validation, outside);
    if (has_field(validation, outside, entry->key->text))
        return arena_format(arena, "move its content to `%.*s%s%.*s`", SLICE_ARGS(path), path.length ? "." : "",
                            SLICE_ARGS(entry->key->text))
            .data;
    return path.length ? arena_format(arena, "move it to `%.*s`", SLICE_ARGS(path)).data
                       : "move it to the top level of the resource";
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
    const char *place = is_known || is_sure
                            ? NULL
                            : right_place(validation, step, definition, misspelled->map, entry, &becomes);
    if (is_known || place)
        meant = (struct slice){0};
    misspelled_set(misspelled, entry, meant.length ? meant : becomes);
    struct sighting *sighting = validation_unknown(validation, step, entry, meant);
    // What the line above says comes first.
    bool has_hint = sighting && sighting->hint.length;
    if (moved->hint.length && !has_hint)
        sighting_hint(judge, sighting, "%.*s", SLICE_ARGS(moved->hint));
    else if (other.last)
        report_known(validation, sighting, &other);
    else if (place && !has_hint)
        sighting_hint(judge, sighting, "%s", place);
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
        sighting_hint(validation->judge, sighting, "use `stringData` for a value that is not encoded");
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
